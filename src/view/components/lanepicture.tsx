/** The drawing of lanes: what stands in the picture of a page, and in one that is written as a file. */
import type { ComponentChildren, JSX } from 'preact';
import { printClock } from '../../chaos/duration.ts';
import type { Language } from '../../messages/index.ts';
import type { Axis } from '../model/axis.ts';
import { jobLanesOf, lanesOf, volumeLanesOf } from '../model/lanes.ts';
import type { Lane, LaneGroup, Segment, State } from '../model/lanes.ts';
import { TICK_KINDS, ticksIn, type TickKind, ticksOf } from '../model/ticks.ts';
import {
  faultBars,
  MOMENT_KINDS,
  momentsOf,
  type FaultBar,
  type Moment,
  type MomentKind,
} from '../model/moments.ts';
import type { Happened, Step } from '../run.ts';
import { pageWords } from '../words/page.ts';
import { type Choosing, LABEL, Pieces, short, SIGNS } from './picture.tsx';

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

const TICK_SIGNS: Readonly<Record<TickKind, string>> = { probeFailed: '!', ended: '×', restarted: '↻' };

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

/** Where everything stands in the picture of a run. */
export interface Layout {
  readonly groups: readonly LaneGroup[];
  readonly rows: readonly Row[];
  readonly headings: readonly Heading[];
  /** Where the lanes end, and the picture. */
  readonly bottom: number;
  readonly height: number;
}

export function layoutOf(run: Happened, language: Language): Layout {
  const groups = groupsOf(run, language);
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
  return { groups, rows, headings, bottom: y, height: y + 14 };
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

interface Props extends Choosing {
  readonly layout: Layout;
  readonly run: Happened;
  readonly steps: readonly Step[];
  readonly axis: Axis;
  readonly language: Language;
  /** What stands over the plot. */
  readonly children?: ComponentChildren;
}

/** The contents of an `svg` as high as the layout. */
export function LanePicture({ layout, run, steps, axis, language, choose, children }: Props): JSX.Element {
  const words = pageWords(language);
  const { rows, headings, bottom, height } = layout;
  const ticks = ticksOf(run);
  const hint = (lane: Lane, of: string) => (s: Segment) =>
    `${lane.name}, ${of}: ${words.states[s.state]} ${s.where}, ${printClock(s.from)} → ${printClock(s.to)}`;
  return (
    <>
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
            <Strip segments={lane.api} y={y} axis={axis} title={hint(lane, words.apiSays)} choose={choose} />
            <Strip
              segments={lane.fact}
              y={y + STRIP + 1}
              axis={axis}
              title={hint(lane, words.isSo)}
              choose={choose}
            />
            {ticksIn(lane, ticks).map((t) => (
              <text
                key={t.entry}
                x={axis.x(t.at)}
                y={y + ROW - 6}
                class="tick-sign bar"
                onClick={() => choose(t.at, t.entry)}
              >
                <title>{`${lane.name}: ${words.ticks[t.kind]}, ${printClock(t.at)}`}</title>
                {TICK_SIGNS[t.kind]}
              </text>
            ))}
          </g>
        ))}
        <Moments
          moments={momentsOf(run, steps)}
          axis={axis}
          height={height}
          language={language}
          choose={choose}
        />
        {children}
      </g>
    </>
  );
}

/** How a state is drawn, 18 by 12. */
export function StateSign({ state }: { state: State }): JSX.Element {
  const { letter, hatch } = SIGNS[state];
  return (
    <>
      <rect width="18" height="12" class={`state ${state}`} />
      {hatch !== '' && <rect width="18" height="12" fill={`url(#hatch-${hatch})`} />}
      <text x="4" y="9.5" class="letter">
        {letter}
      </text>
    </>
  );
}

/** What a letter or a sign in the lanes means. */
export interface Meaning {
  readonly means: string;
  readonly state?: State;
  readonly sign?: string;
}

/** The signs that lanes hold: states, then what happened at a moment. */
export function legendOf(
  layout: Layout,
  run: Happened,
  steps: readonly Step[],
  language: Language,
): Meaning[] {
  const words = pageWords(language);
  const ticks = new Set(ticksOf(run).map((t) => t.kind));
  const moments = new Set(momentsOf(run, steps).map((m) => m.kind));
  return [
    ...statesIn(layout).map((state) => ({ state, means: words.states[state] })),
    ...TICK_KINDS.filter((k) => ticks.has(k)).map((k) => ({ sign: TICK_SIGNS[k], means: words.ticks[k] })),
    ...MOMENT_KINDS.filter((k) => moments.has(k)).map((k) => ({
      sign: MOMENT_SIGNS[k],
      means: words.moments[k],
    })),
  ];
}

/** The states that a layout shows. */
const statesIn = ({ rows }: Layout): readonly State[] => [
  ...new Set(rows.flatMap(({ lane }) => [...lane.api, ...lane.fact]).map((s) => s.state)),
];
