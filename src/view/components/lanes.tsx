/** Pods on nodes over virtual time: two strips each, what the API says above what is so. */
import type { JSX } from 'preact';
import { printClock } from '../../chaos/duration.ts';
import type { Language } from '../../messages/index.ts';
import type { EntryId, Millis } from '../../sim/kernel/types.ts';
import type { Axis } from '../model/axis.ts';
import { jobLanesOf, lanesOf, volumeLanesOf } from '../model/lanes.ts';
import type { Lane, LaneGroup, Segment } from '../model/lanes.ts';
import { faultBars, momentsOf, type FaultBar, type Moment, type MomentKind } from '../model/moments.ts';
import type { Happened, Step } from '../run.ts';
import { pageWords } from '../words/page.ts';
import { type Choosing, Cursor, LABEL, Pieces, PLOT, short, SIGNS, WIDTH } from './picture.tsx';

/** Heights, in the units of the picture. */
const STRIP = 10;
const ROW = 25;
const HEAD = 34;
const HEADING = 15;

const MOMENT_SIGNS: Readonly<Record<MomentKind, string>> = {
  struck: '⚡',
  consequence: '①',
  broke: '✗',
  recovered: '✓',
};

function Strip({
  segments,
  y,
  axis,
  title,
  choose,
}: Choosing & {
  segments: readonly Segment[];
  y: number;
  axis: Axis;
  title: (segment: Segment) => string;
}): JSX.Element {
  return (
    <>
      {segments.map((s) => {
        const [x, end] = [axis.x(s.from), axis.x(s.to)];
        const { letter, hatch } = SIGNS[s.state];
        const width = Math.max(1.5, end - x);
        return (
          <g key={`${s.from} ${s.state}`} onClick={() => choose(s.from, s.entry)} class="bar">
            <title>{title(s)}</title>
            <rect x={x} y={y} width={width} height={STRIP} class={`state ${s.state}`} />
            {hatch !== '' && <rect x={x} y={y} width={width} height={STRIP} fill={`url(#hatch-${hatch})`} />}
            {letter !== '' && width > 11 && (
              <text x={x + 2.5} y={y + STRIP - 2} class="letter">
                {s.where !== '' && width > 14 + 5.5 * s.where.length ? `${letter} ${s.where}` : letter}
              </text>
            )}
          </g>
        );
      })}
    </>
  );
}

interface Row {
  readonly lane: Lane;
  readonly y: number;
}

interface Heading {
  readonly text: string;
  readonly y: number;
}

function rowsOf(groups: readonly LaneGroup[]): { rows: Row[]; headings: Heading[]; height: number } {
  const rows: Row[] = [];
  const headings: Heading[] = [];
  let y = HEAD;
  for (const { name, lanes } of groups) {
    if (name !== '') {
      headings.push({ text: name, y });
      y += HEADING;
    }
    for (const lane of lanes) {
      rows.push({ lane, y });
      y += ROW;
    }
    y += 7;
  }
  return { rows, headings, height: y };
}

/** Nodes with their Pods, then volumes and Jobs, where there are any. */
function groupsOf(run: Happened, language: Language): LaneGroup[] {
  const words = pageWords(language);
  const volumes = volumeLanesOf(run);
  return [
    ...lanesOf(run).map(({ lane, pods }) => ({
      name: lane === undefined ? words.unplaced : '',
      lanes: [...(lane === undefined ? [] : [lane]), ...pods],
    })),
    ...(volumes.length === 0 ? [] : [{ name: words.volumes, lanes: volumes }]),
    ...jobLanesOf(run).map(({ name, lanes }) => ({ name: `${words.job} ${name}`, lanes })),
  ];
}

interface Tick {
  readonly at: Millis;
  readonly pod: string;
  readonly sign: string;
  readonly entry: EntryId;
}

/** Containers that ended or started again, and probes that failed. */
function ticksOf({ entries }: Happened): Tick[] {
  const started = new Set<string>();
  return entries.flatMap((e): Tick[] => {
    if (e.type === 'api') {
      if (e.event?.reason !== 'Unhealthy') return [];
      return [{ at: e.at, pod: e.event.about.replace(/^\S+ /, ''), sign: '!', entry: e.id }];
    }
    const { pod, container } = e.args as { readonly pod?: string; readonly container?: string };
    if (pod === undefined) return [];
    if (e.key === 'containerExited') return [{ at: e.at, pod, sign: '×', entry: e.id }];
    if (e.key !== 'containerStarted') return [];
    const again = started.has(`${pod} ${container}`);
    started.add(`${pod} ${container}`);
    return again ? [{ at: e.at, pod, sign: '↻', entry: e.id }] : [];
  });
}

interface Props extends Choosing {
  readonly run: Happened;
  readonly steps: readonly Step[];
  readonly axis: Axis;
  readonly language: Language;
  readonly at: Millis;
  /** What it is called beside pictures of other runs. */
  readonly title?: string;
}

function Faults({
  bars,
  axis,
  height,
  choose,
}: Choosing & { bars: readonly FaultBar[]; axis: Axis; height: number }) {
  return (
    <>
      {bars.map((bar) => {
        const x = axis.x(bar.from);
        const width = bar.to === undefined ? 3 : Math.max(3, axis.x(bar.to) - x);
        return (
          <g key={bar.entry} class="bar" onClick={() => choose(bar.from, bar.entry)}>
            <title>{bar.kind}</title>
            <rect x={x} y={18} width={width} height={12} class="fault" />
            <rect x={x} y={18} width={width} height={12} fill="url(#hatch-rising)" />
            <line x1={x} x2={x} y1={18} y2={height} class="strike-line" />
          </g>
        );
      })}
    </>
  );
}

function Moments({
  moments,
  axis,
  height,
  language,
  choose,
}: Choosing & { moments: readonly Moment[]; axis: Axis; height: number; language: Language }): JSX.Element {
  return (
    <>
      {moments.map((m, i) => (
        <g key={i} class={`bar moment ${m.kind}`} onClick={() => choose(m.at, m.entry)}>
          <title>{`${pageWords(language).moments[m.kind]}, ${printClock(m.at)}`}</title>
          <text
            x={axis.x(m.at) + 10 * moments.slice(0, i).filter((o) => o.at === m.at).length}
            y={height - 3}
          >
            {MOMENT_SIGNS[m.kind]}
          </text>
        </g>
      ))}
    </>
  );
}

export function Lanes({ run, steps, axis, language, at, title, choose }: Props): JSX.Element {
  const words = pageWords(language);
  const groups = groupsOf(run, language);
  const lanes = groups.flatMap((g) => g.lanes);
  const { rows, headings, height: bottom } = rowsOf(groups);
  const height = bottom + 14;
  const moments = momentsOf(run, steps);
  const ticks = ticksOf(run);
  const named = title ?? words.lanes;
  const hint = (lane: Lane, of: string) => (s: Segment) =>
    `${lane.name}, ${of}: ${words.states[s.state]} ${s.where}, ${printClock(s.from)} → ${printClock(s.to)}`;
  return (
    <figure class="lanes">
      <figcaption>{title ?? words.lanesAbout}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={named}>
        <text x={0} y={28} class="label">
          {words.faults}
        </text>
        {headings.map(({ text, y }) => (
          <text key={y} x={0} y={y + 10} class="label node">
            {short(text)}
          </text>
        ))}
        {rows.map(({ lane, y }) => (
          <text key={`${lane.of} ${y}`} x={lane.of === 'node' ? 0 : 8} y={y + 14} class={`label ${lane.of}`}>
            {short(lane.name)}
          </text>
        ))}
        <g transform={`translate(${LABEL} 0)`}>
          <Pieces axis={axis} height={height} />
          <Faults bars={faultBars(run)} axis={axis} height={bottom} choose={choose} />
          {rows.map(({ lane, y }) => (
            <g key={y}>
              <Strip
                segments={lane.api}
                y={y}
                axis={axis}
                title={hint(lane, words.apiSays)}
                choose={choose}
              />
              <Strip
                segments={lane.fact}
                y={y + STRIP + 1}
                axis={axis}
                title={hint(lane, words.isSo)}
                choose={choose}
              />
              {ticks
                .filter((t) => lane.of === 'pod' && (lane.name === t.pod || lane.name.endsWith(`/${t.pod}`)))
                .map((t) => (
                  <text
                    key={t.entry}
                    x={axis.x(t.at)}
                    y={y + ROW - 6}
                    class="tick-sign bar"
                    onClick={() => choose(t.at, t.entry)}
                  >
                    {t.sign}
                  </text>
                ))}
            </g>
          ))}
          <Moments moments={moments} axis={axis} height={height} language={language} choose={choose} />
          <Cursor axis={axis} at={at} height={height} />
        </g>
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
      <Legend lanes={lanes} language={language} />
      <details>
        <summary>{words.asTable}</summary>
        <LaneTable groups={groups} language={language} choose={choose} />
      </details>
    </figure>
  );
}

function Legend({ lanes, language }: { lanes: readonly Lane[]; language: Language }): JSX.Element {
  const states = new Set(lanes.flatMap((l) => [...l.api, ...l.fact]).map((s) => s.state));
  return (
    <ul class="legend">
      {[...states].map((state) => (
        <li key={state}>
          <svg width="18" height="12" aria-hidden="true">
            <rect width="18" height="12" class={`state ${state}`} />
            {SIGNS[state].hatch !== '' && (
              <rect width="18" height="12" fill={`url(#hatch-${SIGNS[state].hatch})`} />
            )}
            <text x="4" y="9.5" class="letter">
              {SIGNS[state].letter}
            </text>
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
