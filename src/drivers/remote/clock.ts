/**
 * The time by which a cluster is watched: real time, or, of one that `seatrial serve` serves, its own, which
 * is moved and not waited for.
 */
import { EPOCH } from '../../sim/api/time.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import type { Line } from './line.ts';

export interface Clock {
  readonly now: Millis;
  /** Lets time pass, so much at most; less where something is told before. */
  advance(ms: Millis): void;
}

const CLOCK = '/seatrial/v1/clock';

/** What is asked again without anything having been told: claims change by time alone, too. */
const GLANCE_MS = 1_000;
/** How far a served clock is moved at once, and claims are asked again; farther where it is calm. */
const STRIDE_MS = 250;
const LONGEST_STRIDE_MS = 2_000;

class RealClock implements Clock {
  private readonly line: Line;

  constructor(line: Line) {
    this.line = line;
  }

  get now(): Millis {
    return Date.now() - EPOCH;
  }

  advance(ms: Millis): void {
    this.line.wait(Math.min(ms, GLANCE_MS));
  }
}

class ServedClock implements Clock {
  now: Millis;
  private readonly line: Line;
  private strideMs = STRIDE_MS;

  constructor(line: Line, now: Millis) {
    this.line = line;
    this.now = now;
  }

  advance(ms: Millis): void {
    const advance = `${Math.max(0, Math.min(ms, this.strideMs))}ms`;
    const { status, body } = this.line.move({
      method: 'POST',
      path: CLOCK,
      body: JSON.stringify({ advance }),
    });
    if (status !== 200) throw new Error(`the clock of the served cluster cannot be moved: ${body}`);
    this.strideMs = this.line.hasNews ? STRIDE_MS : Math.min(2 * this.strideMs, LONGEST_STRIDE_MS);
    this.now = (JSON.parse(body) as { now: Millis }).now;
  }
}

export function clockOf(line: Line): Clock {
  const { status, body } = line.call({ method: 'GET', path: CLOCK });
  if (status !== 200) return new RealClock(line);
  return new ServedClock(line, (JSON.parse(body) as { now: Millis }).now);
}
