/** An axis of virtual time that skips where nothing happens: long gaps shrink to a piece of a fixed width. */
import type { Millis } from '../../sim/kernel/types.ts';

export interface Piece {
  readonly from: Millis;
  readonly to: Millis;
  /** Where it begins, and how wide it is. */
  readonly x: number;
  readonly width: number;
  /** Whether time is skipped in it. */
  readonly idle: boolean;
}

export interface Axis {
  readonly pieces: readonly Piece[];
  readonly width: number;
  x(at: Millis): number;
  timeAt(x: number): Millis;
}

/** Gaps longer than this are idle. */
const IDLE_MS = 15_000;
/** Of a gap that is skipped: enough for its label. */
const IDLE_WIDTH = 46;

/** @param moments at which something happens, in any order @param width of the whole */
export function axisOf(moments: readonly Millis[], end: Millis, width: number): Axis {
  const times = [...new Set([0, ...moments.filter((t) => t > 0 && t < end), end])].sort((a, b) => a - b);
  const gaps: { from: Millis; to: Millis; idle: boolean; changes: number }[] = [];
  for (let i = 1; i < times.length; i += 1) {
    const [from, to] = [times[i - 1]!, times[i]!];
    const idle = to - from > IDLE_MS;
    const last = gaps[gaps.length - 1];
    if (!idle && last?.idle === false) {
      last.to = to;
      last.changes += 1;
    } else gaps.push({ from, to, idle, changes: 1 });
  }
  const idle = gaps.filter((g) => g.idle).length;
  const idleWidth = Math.min(IDLE_WIDTH, width / 2 / Math.max(1, idle));
  const weight = ({ from, to, changes }: (typeof gaps)[number]): number =>
    8 + changes + Math.sqrt((to - from) / 1000) * 4;
  const busy = gaps.filter((g) => !g.idle).reduce((sum, g) => sum + weight(g), 0);
  const room = width - idle * idleWidth;
  let x = 0;
  const pieces = gaps.map((gap): Piece => {
    const wide = busy === 0 ? width / gaps.length : gap.idle ? idleWidth : (room * weight(gap)) / busy;
    const piece = { from: gap.from, to: gap.to, idle: gap.idle, x, width: wide };
    x += wide;
    return piece;
  });
  return {
    pieces,
    width,
    x(at) {
      const piece = pieces.find((p) => at <= p.to);
      if (piece === undefined || at <= 0) return at <= 0 ? 0 : width;
      return piece.x + (piece.width * (at - piece.from)) / (piece.to - piece.from);
    },
    timeAt(at) {
      const piece = pieces.find((p) => at <= p.x + p.width);
      if (piece === undefined || at <= 0) return at <= 0 ? 0 : end;
      return Math.round(piece.from + ((at - piece.x) / piece.width) * (piece.to - piece.from));
    },
  };
}
