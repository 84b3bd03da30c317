/** Pods on nodes over virtual time: two strips each, what the API says above what is so. */
import type { JSX } from 'preact';
import { printClock } from '../../chaos/duration.ts';
import type { Language } from '../../messages/index.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import type { Axis } from '../model/axis.ts';
import type { LaneGroup, State } from '../model/lanes.ts';
import type { Happened, Step } from '../run.ts';
import { pageWords } from '../words/page.ts';
import { LanePicture, layoutOf, StateSign, statesIn } from './lanepicture.tsx';
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
      <svg viewBox={`0 0 ${WIDTH} ${layout.height}`} role="img" aria-label={named}>
        <LanePicture layout={layout} run={run} steps={steps} axis={axis} language={language} choose={choose}>
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
      <Legend states={statesIn(layout)} language={language} />
      <details>
        <summary>{words.asTable}</summary>
        <LaneTable groups={layout.groups} language={language} choose={choose} />
      </details>
    </figure>
  );
}

function Legend({ states, language }: { states: readonly State[]; language: Language }): JSX.Element {
  return (
    <ul class="legend">
      {states.map((state) => (
        <li key={state}>
          <svg width="18" height="12" aria-hidden="true">
            <StateSign state={state} />
          </svg>{' '}
          {pageWords(language).states[state]}
        </li>
      ))}
    </ul>
  );
}

function LaneTable({
  groups,
  language,
  choose,
}: Choosing & { groups: readonly LaneGroup[]; language: Language }): JSX.Element {
  const words = pageWords(language);
  const rows = groups.flatMap(({ name, lanes }) =>
    lanes.flatMap((lane) =>
      [
        ...lane.api.map((segment) => ({ of: words.apiSays, segment })),
        ...lane.fact.map((segment) => ({ of: words.isSo, segment })),
      ].map((row) => ({ ...row, name: lane.of === 'job' ? `${name} ${lane.name}` : lane.name })),
    ),
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
        {rows.map(({ name, of, segment }, i) => (
          <tr key={i}>
            <th scope="row">{name}</th>
            <td>{of}</td>
            <td>{`${words.states[segment.state]} ${segment.where}`}</td>
            <td>
              <button type="button" class="clock" onClick={() => choose(segment.from, segment.entry)}>
                {printClock(segment.from)}
              </button>
            </td>
            <td>{printClock(segment.to)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
