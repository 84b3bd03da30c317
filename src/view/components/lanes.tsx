/** Pods on nodes over virtual time: two strips each, what the API says above what is so. */
import type { ComponentChildren, JSX } from 'preact';
import { printClock } from '../../chaos/duration.ts';
import type { Language } from '../../messages/index.ts';
import type { EntryId, Millis } from '../../sim/kernel/types.ts';
import { axisOf, type Axis } from '../model/axis.ts';
import { factState, isPod, lanesOf, apiState, truthsAt } from '../model/lanes.ts';
import type { Lane, NodeLanes, Segment, State } from '../model/lanes.ts';
import { faultBars, momentsOf, type FaultBar, type Moment, type MomentKind } from '../model/moments.ts';
import type { Run, Step } from '../run.ts';
import { pageWords } from '../words/page.ts';

/** Widths and heights, in the units of the picture. */
const LABEL = 128;
const PLOT = 640;
const STRIP = 10;
const ROW = 25;
const HEAD = 34;

/** By which letter and hatch a state is told apart: colour only adds to it. */
export const SIGNS: Readonly<Record<State, { readonly letter: string; readonly hatch: string }>> = {
  ready: { letter: 'R', hatch: '' },
  notReady: { letter: 'N', hatch: 'rising' },
  unknown: { letter: '?', hatch: 'crossed' },
  pending: { letter: 'P', hatch: 'dotted' },
  terminating: { letter: 'T', hatch: 'falling' },
  succeeded: { letter: 'D', hatch: '' },
  failed: { letter: 'F', hatch: 'crossed' },
  serving: { letter: 'S', hatch: '' },
  running: { letter: 'r', hatch: 'rising' },
  nothing: { letter: '–', hatch: 'upright' },
  on: { letter: '', hatch: '' },
  off: { letter: 'X', hatch: 'crossed' },
  booting: { letter: 'B', hatch: 'dotted' },
  kubeletDown: { letter: 'K', hatch: 'rising' },
  cutOff: { letter: 'C', hatch: 'falling' },
  absent: { letter: '', hatch: '' },
};

const MOMENT_SIGNS: Readonly<Record<MomentKind, string>> = {
  struck: '⚡',
  consequence: '①',
  broke: '✗',
  recovered: '✓',
};

const HATCHES: Readonly<Record<string, JSX.Element>> = {
  rising: <path d="M-1 7 L7 -1 M-1 1 L1 -1 M5 7 L7 5" />,
  falling: <path d="M-1 -1 L7 7 M-1 5 L1 7 M5 -1 L7 1" />,
  crossed: <path d="M0 0 L6 6 M6 0 L0 6" />,
  upright: <path d="M1 0 L1 6" />,
  dotted: <circle cx="3" cy="3" r="1" />,
};

function Hatches(): JSX.Element {
  return (
    <defs>
      {Object.entries(HATCHES).map(([name, shape]) => (
        <pattern
          key={name}
          id={`hatch-${name}`}
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          class="hatch"
        >
          {shape}
        </pattern>
      ))}
    </defs>
  );
}

interface Choosing {
  readonly choose: (at: Millis, entry?: EntryId) => void;
}

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
                {letter}
              </text>
            )}
          </g>
        );
      })}
    </>
  );
}

/** Pods bear long names of which the end tells them apart. */
const short = (name: string): string => (name.length > 18 ? `…${name.slice(-16)}` : name);

interface Row {
  readonly lane: Lane;
  readonly node: string;
  readonly y: number;
}

function rowsOf(nodes: readonly NodeLanes[], top: number): { rows: Row[]; height: number } {
  const rows: Row[] = [];
  let y = top;
  for (const { node, lane, pods } of nodes) {
    for (const each of [...(lane === undefined ? [] : [lane]), ...pods]) {
      rows.push({ lane: each, node, y });
      y += ROW;
    }
    y += 7;
  }
  return { rows, height: y };
}

interface Tick {
  readonly at: Millis;
  readonly pod: string;
  readonly sign: string;
  readonly entry: EntryId;
}

/** Containers that ended or started again, and probes that failed. */
function ticksOf({ entries }: Run): Tick[] {
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
  readonly run: Run;
  readonly steps: readonly Step[];
  readonly language: Language;
  readonly at: Millis;
}

/** The axis that all pictures of a run share. */
const axisOfRun = (run: Run, steps: readonly Step[]): Axis =>
  axisOf(
    [
      ...run.entries.map((e) => e.at),
      ...run.truths.map((t) => t.at),
      ...steps.flatMap((s) => (s.from === undefined ? [] : [s.from, s.to ?? s.from])),
    ],
    Math.max(1, run.endedAt),
    PLOT,
  );

const seconds = (ms: Millis): string =>
  ms < 60_000 ? `${Math.round(ms / 1000)} s` : printClock(ms).replace(/^0:/, '');

function Pieces({ axis, height }: { axis: Axis; height: number }): JSX.Element {
  return (
    <>
      {axis.pieces.map((p) => (
        <g key={p.from}>
          {p.idle && <rect x={p.x} y={14} width={p.width} height={height - 14} class="idle" />}
          <text x={p.x + (p.idle ? p.width / 2 : 2)} y={10} class={p.idle ? 'skipped' : 'tick'}>
            {p.idle ? `⋯ ${seconds(p.to - p.from)}` : p.width > 44 ? printClock(p.from) : ''}
          </text>
        </g>
      ))}
    </>
  );
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

export function Lanes({ run, steps, language, at, choose }: Props): JSX.Element {
  const words = pageWords(language);
  const axis = axisOfRun(run, steps);
  const nodes = lanesOf(run);
  const { rows, height: bottom } = rowsOf(nodes, HEAD);
  const height = bottom + 14;
  const moments = momentsOf(run, steps);
  const ticks = ticksOf(run);
  const title = (lane: Lane, of: string) => (s: Segment) =>
    `${lane.name}, ${of}: ${words.states[s.state]}, ${printClock(s.from)} → ${printClock(s.to)}`;
  return (
    <figure class="lanes">
      <figcaption>{words.lanesAbout}</figcaption>
      <svg viewBox={`0 0 ${LABEL + PLOT + 8} ${height}`} role="img" aria-label={words.lanes}>
        <Hatches />
        <text x={0} y={28} class="label">
          {words.faults}
        </text>
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
                title={title(lane, words.apiSays)}
                choose={choose}
              />
              <Strip
                segments={lane.fact}
                y={y + STRIP + 1}
                axis={axis}
                title={title(lane, words.isSo)}
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
          <line x1={axis.x(at)} x2={axis.x(at)} y1={12} y2={height} class="cursor" />
        </g>
      </svg>
      <input
        type="range"
        class="seek"
        min={0}
        max={PLOT}
        step={1}
        value={axis.x(at)}
        aria-label={words.time}
        aria-valuetext={printClock(at)}
        onInput={(e) => choose(axis.timeAt(Number(e.currentTarget.value)))}
      />
      <Legend nodes={nodes} language={language} />
      <details>
        <summary>{words.asTable}</summary>
        <LaneTable nodes={nodes} language={language} choose={choose} />
      </details>
      <Availability run={run} axis={axis} language={language} at={at} />
    </figure>
  );
}

function Legend({ nodes, language }: { nodes: readonly NodeLanes[]; language: Language }): JSX.Element {
  const lanes = nodes.flatMap((n) => [...(n.lane === undefined ? [] : [n.lane]), ...n.pods]);
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
  nodes,
  language,
  choose,
}: Choosing & { nodes: readonly NodeLanes[]; language: Language }): JSX.Element {
  const words = pageWords(language);
  const lanes = nodes.flatMap((n) => [...(n.lane === undefined ? [] : [n.lane]), ...n.pods]);
  const rows = lanes.flatMap((lane) => [
    ...lane.api.map((segment) => ({ lane, of: words.apiSays, segment })),
    ...lane.fact.map((segment) => ({ lane, of: words.isSo, segment })),
  ]);
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
        {rows.map(({ lane, of, segment }, i) => (
          <tr key={i}>
            <th scope="row">{lane.name}</th>
            <td>{of}</td>
            <td>{words.states[segment.state]}</td>
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

interface Count {
  readonly at: Millis;
  readonly ready: number;
  readonly serving: number;
}

function countsOf({ truths, endedAt }: Run): Count[] {
  const times = [...new Set([...truths.map((t) => Math.max(0, t.at)), endedAt])];
  return times.map((at) => {
    const pods = truthsAt(truths, at).filter(isPod);
    return {
      at,
      ready: pods.filter((p) => apiState(p) === 'ready').length,
      serving: pods.filter((p) => factState(p) === 'serving').length,
    };
  });
}

/** How many Pods are ready by the API and how many serve; hatched where a client's requests fail. */
function Availability({
  run,
  axis,
  language,
  at,
}: {
  run: Run;
  axis: Axis;
  language: Language;
  at: Millis;
}): JSX.Element | null {
  const words = pageWords(language);
  const counts = countsOf(run);
  const most = Math.max(...counts.map((c) => Math.max(c.ready, c.serving)), 0);
  if (most === 0) return null;
  const [height, top] = [72, 18];
  const y = (n: number): number => height - (n / most) * (height - top);
  const path = (of: (count: Count) => number): string =>
    counts.map((c, i) => `${i === 0 ? `M${axis.x(c.at)} ` : `H${axis.x(c.at)} V`}${y(of(c))}`).join(' ');
  return (
    <>
      <h3>{words.availability}</h3>
      <svg viewBox={`0 0 ${LABEL + PLOT + 8} ${height + 4}`} role="img" aria-label={words.availability}>
        <text x={0} y={16} class="label">{`- - ${words.states.ready}`}</text>
        <text x={0} y={32} class="label">{`—— ${words.states.serving}`}</text>
        <g transform={`translate(${LABEL} 0)`}>
          <Pieces axis={axis} height={height} />
          {outagesOf(run).map(({ from, to }) => (
            <rect
              key={from}
              x={axis.x(from)}
              y={14}
              width={Math.max(2, axis.x(to) - axis.x(from))}
              height={height - 14}
              fill="url(#hatch-falling)"
              class="outage"
            />
          ))}
          <path d={path((c) => c.ready)} class="count ready" />
          <path d={path((c) => c.serving)} class="count serving" />
          <line x1={axis.x(at)} x2={axis.x(at)} y1={12} y2={height} class="cursor" />
          <text x={-14} y={y(most) + 8} class="label">
            {String(most)}
          </text>
          <text x={-14} y={height} class="label">
            0
          </text>
        </g>
      </svg>
      <details>
        <summary>{words.asTable}</summary>
        <CountTable counts={counts} language={language} />
      </details>
    </>
  );
}

function CountTable({
  counts,
  language,
}: {
  counts: readonly Count[];
  language: Language;
}): ComponentChildren {
  const words = pageWords(language);
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{words.time}</th>
          <th scope="col">{words.states.ready}</th>
          <th scope="col">{words.states.serving}</th>
        </tr>
      </thead>
      <tbody>
        {counts.map((c) => (
          <tr key={c.at}>
            <th scope="row">{printClock(c.at)}</th>
            <td>{c.ready}</td>
            <td>{c.serving}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** When requests of a client failed, from the first to the next that succeeded. */
function outagesOf({ entries, endedAt }: Run): { from: Millis; to: Millis }[] {
  const open = new Map<string, Millis>();
  const outages: { from: Millis; to: Millis }[] = [];
  for (const e of entries) {
    if (e.type !== 'world') continue;
    const url = String(e.args['url'] ?? '');
    if (e.key === 'requestsFail' && !open.has(url)) open.set(url, e.at);
    const from = open.get(url);
    if (e.key !== 'requestsSucceed' || from === undefined) continue;
    outages.push({ from, to: e.at });
    open.delete(url);
  }
  return [...outages, ...[...open.values()].map((from) => ({ from, to: endedAt }))];
}
