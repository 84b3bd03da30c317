/** The way of a request: the places that it came to, when, and what kept it from going on. */
import type { Millis } from '../kernel/types.ts';
import type { Obstacle, Place } from '../messages.ts';

/** A place that a request came to. */
export interface Hop {
  readonly place: Place;
  /** A host name, a node, or `namespace/name`. */
  readonly name: string;
  /** How long after it was sent. */
  readonly afterMs: Millis;
  /** Absent: it went on, or was answered well. */
  readonly obstacle?: Obstacle;
}

/** Where a request ended that was not answered well. */
export interface Stop {
  readonly place: Place;
  readonly name: string;
  readonly obstacle: Obstacle;
  /** The node by whose rules it went, where it met one before. */
  readonly via?: string;
}

/** A way as it is gone. */
export class Way {
  readonly hops: Hop[] = [];
  private passedMs: Millis = 0;

  /** Time passes before the next place. */
  pass(ms: Millis): void {
    this.passedMs += ms;
  }

  reach(place: Place, name: string): void {
    this.hops.push({ place, name, afterMs: this.passedMs });
  }

  /** It goes no further than the last place. */
  stop(obstacle: Obstacle): void {
    const last = this.hops.pop();
    if (last !== undefined) this.hops.push({ ...last, obstacle });
  }
}

/** Undefined: nothing was in the way. */
export function stopOf(hops: readonly Hop[]): Stop | undefined {
  const last = hops.at(-1);
  if (last?.obstacle === undefined) return undefined;
  const { place, name, obstacle } = last;
  const via = hops.find((hop) => hop.place === 'node' && hop !== last)?.name;
  return { place, name, obstacle, ...(via === undefined ? {} : { via }) };
}
