/** Pods on nodes over virtual time: two strips each, what the API says above what is so. */
import type { JSX } from 'preact';
import { printClock } from '../../chaos/duration.ts';
import type { Language } from '../../messages/index.ts';
import type { EntryId, Millis } from '../../sim/kernel/types.ts';
import type { Axis } from '../model/axis.ts';
import type { Segment } from '../model/lanes.ts';
import { ticksIn, ticksOf } from '../model/ticks.ts';
import type { Happened, Step } from '../run.ts';
import { pageWords } from '../words/page.ts';
import { LanePicture, type Layout, layoutOf, legendOf, type Meaning, StateSign } from './lanepicture.tsx';
import { type Choosing, Cursor, PLOT, WIDTH } from './picture.tsx';

interface Props extends Choosing {
  readonly run: Happened;
  readonly steps: readonly Step[];
  readonly axis: Axis;
  readonly language: Language;
  readonly at: Millis;
  /** What it is called beside pictures of other runs. */
  readonly title?: string;
}

export function Lanes({ run, steps, axis, language, at, title, choose }: Props): JSX.Element {
  const words = pageWords(language);
  const layout = layoutOf(run, language);
  const named = title ?? words.lanes;
  return (
    <figure class="lanes">
      <figcaption>{title ?? words.lanesAbout}</figcaption>
      <div class="wide">
        <svg viewBox={`0 0 ${WIDTH} ${layout.height}`} role="img" aria-label={named}>
          <LanePicture
            layout={layout}
            run={run}
            steps={steps}
            axis={axis}
            language={language}
            choose={choose}
          >
            <Cursor axis={axis} at={at} height={layout.height} />
          </LanePicture>
        </svg>
        <input
          type="range"
          class="seek"
          min={0}
          max={PLOT}
          step={1}
          value={axis.x(at)}
          aria-label={`${words.time}: ${named}`}
          aria-valuetext={printClock(at)}
          onInput={(e) => choose(axis.timeAt(Number(e.currentTarget.value)))}
        />
      </div>
      <Legend meanings={legendOf(layout, run, steps, language)} />
      <details>
        <summary>{words.asTable}</summary>
        <LaneTable layout={layout} run={run} language={language} choose={choose} />
      </details>
    </figure>
  );
}

function Legend({ meanings }: { meanings: readonly Meaning[] }): JSX.Element {
  return (
    <ul class="legend">
      {meanings.map(({ means, state, sign }) => (
        <li key={means}>
          {state === undefined ? (
            <strong aria-hidden="true">{sign}</strong>
          ) : (
            <svg width="18" height="12" aria-hidden="true">
              <StateSign state={state} />
            </svg>
          )}{' '}
          {means}
        </li>
      ))}
    </ul>
  );
}

interface Line {
  readonly name: string;
  /** By whom it is so; nobody says what happens at a moment. */
  readonly of: string;
  readonly is: string;
  readonly from: Millis;
  readonly to?: Millis;
  readonly entry: EntryId;
}

function LaneTable({
  layout,
  run,
  language,
  choose,
}: Choosing & { layout: Layout; run: Happened; language: Language }): JSX.Element {
  const words = pageWords(language);
  const ticks = ticksOf(run);
  const rows = layout.groups.flatMap(({ name, lanes }) =>
    lanes.flatMap((lane): Line[] => {
      const named = lane.of === 'job' ? `${name} ${lane.name}` : lane.name;
      const line =
        (of: string) =>
        ({ state, where, from, to, entry }: Segment): Line => ({
          name: named,
          of,
          is: `${words.states[state]} ${where}`,
          from,
          to,
          entry,
        });
      return [
        ...lane.api.map(line(words.apiSays)),
        ...lane.fact.map(line(words.isSo)),
        ...ticksIn(lane, ticks).map(({ kind, at, entry }) => ({
          name: named,
          of: '',
          is: words.ticks[kind],
          from: at,
          entry,
        })),
      ];
    }),
  );
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{words.subject}</th>
          <th scope="col">
            {words.api} / {words.fact}
          </th>
          <th scope="col">{words.state}</th>
          <th scope="col">{words.from}</th>
          <th scope="col">{words.to}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, of, is, from, to, entry }, i) => (
          <tr key={i}>
            <th scope="row">{name}</th>
            <td>{of}</td>
            <td>{is}</td>
            <td>
              <button type="button" class="clock" onClick={() => choose(from, entry)}>
                {printClock(from)}
              </button>
            </td>
            <td>{to === undefined ? '' : printClock(to)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
