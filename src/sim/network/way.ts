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

/**
 * A way as it is gone. Of one that nobody asks to see, only where it was stopped is kept, and the node by
 * whose rules it came there: clients send many requests, and look at those that fail.
 */
export class Way {
  readonly hops: Hop[] = [];
  private readonly isSeen: boolean;
  private passedMs: Millis = 0;
  /** Of a way that is not seen: the last place, and the first node. */
  private place: Place = 'name';
  private name = '';
  private node: string | undefined;
  private isAtFirstNode = false;

  constructor(isSeen = true) {
    this.isSeen = isSeen;
  }

  /** Time passes before the next place. */
  pass(ms: Millis): void {
    this.passedMs += ms;
  }

  reach(place: Place, name: string): void {
    if (this.isSeen) {
      this.hops.push({ place, name, afterMs: this.passedMs });
      return;
    }
    this.place = place;
    this.name = name;
    this.isAtFirstNode = place === 'node' && this.node === undefined;
    if (this.isAtFirstNode) this.node = name;
  }

  /** It goes no further than the last place. */
  stop(obstacle: Obstacle): void {
    const { hops, passedMs: afterMs, place, name, node } = this;
    if (this.isSeen) {
      const last = hops.pop();
      if (last !== undefined) hops.push({ ...last, obstacle });
      return;
    }
    hops.length = 0;
    if (node !== undefined && !this.isAtFirstNode) hops.push({ place: 'node', name: node, afterMs });
    hops.push({ place, name, afterMs, obstacle });
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
