/** What the pictures of a run over time share: the axis, the hatches, the cursor. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { printClock } from '../../chaos/duration.ts';
import type { EntryId, Millis } from '../../sim/kernel/types.ts';
import { axisOf, type Axis } from '../model/axis.ts';
import type { State } from '../model/lanes.ts';
import type { Happened, Step } from '../run.ts';

/** Widths, in the units of a picture: of the names on its left, and of what they name. */
export const LABEL = 128;
export const PLOT = 640;
export const WIDTH = LABEL + PLOT + 8;

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
  bound: { letter: 'b', hatch: 'dotted' },
  attached: { letter: 'A', hatch: '' },
  mounted: { letter: 'M', hatch: '' },
  unused: { letter: '○', hatch: 'upright' },
  absent: { letter: '', hatch: '' },
};

const HATCHES: Readonly<Record<string, JSX.Element>> = {
  rising: <path d="M-1 7 L7 -1 M-1 1 L1 -1 M5 7 L7 5" />,
  falling: <path d="M-1 -1 L7 7 M-1 5 L1 7 M5 -1 L7 1" />,
  crossed: <path d="M0 0 L6 6 M6 0 L0 6" />,
  upright: <path d="M1 0 L1 6" />,
  dotted: <circle cx="3" cy="3" r="1" />,
};

/** What pictures are hatched with. */
export function HatchPatterns(): JSX.Element {
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

/** The hatches of all pictures of a page, in which they stand once. */
export function Hatches(): JSX.Element {
  return (
    <svg width="0" height="0" class="defs" aria-hidden="true">
      <HatchPatterns />
    </svg>
  );
}

/** Pods bear long names of which the end tells them apart. */
export const short = (name: string): string => (name.length > 18 ? `…${name.slice(-16)}` : name);

/** What a click on something that happened asks for. */
export interface Choosing {
  readonly choose: (at: Millis, entry?: EntryId) => void;
}

/** One axis for pictures of several runs. */
export const axisOfRuns = (runs: readonly Happened[], steps: readonly Step[]): Axis =>
  axisOf(
    [
      ...runs.flatMap((run) => [...run.entries, ...run.truths].map((e) => e.at)),
      ...steps.flatMap((s) => (s.from === undefined ? [] : [s.from, s.to ?? s.from])),
    ],
    Math.max(1, ...runs.map((run) => run.endedAt)),
    PLOT,
  );

const seconds = (ms: Millis): string =>
  ms < 60_000 ? `${Math.round(ms / 1000)} s` : printClock(Math.round(ms / 1000) * 1000).replace(/^0:0?/, '');

export function Pieces({ axis, height }: { axis: Axis; height: number }): JSX.Element {
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

/** The moment that all panes show. Where a picture is wider than its place, it is brought into sight. */
export function Cursor({ axis, at, height }: { axis: Axis; at: Millis; height: number }): JSX.Element {
  const line = useRef<SVGLineElement>(null);
  const x = axis.x(at);
  useEffect(() => {
    const picture = line.current?.ownerSVGElement;
    const frame = picture?.parentElement;
    if (!picture || !frame || frame.scrollWidth <= frame.clientWidth) return;
    const place = ((LABEL + x) * picture.clientWidth) / WIDTH;
    const isSeen = place > frame.scrollLeft && place < frame.scrollLeft + frame.clientWidth;
    if (!isSeen) frame.scrollLeft = place - frame.clientWidth / 2;
  }, [x]);
  return <line ref={line} x1={x} x2={x} y1={12} y2={height} class="cursor" />;
}
