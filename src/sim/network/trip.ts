/** One request on its way: who sends it, to where, and how far it has come. */
import type { Millis } from '../kernel/types.ts';
import type { Machine } from '../node/world.ts';
import type { End } from './impair.ts';
import type { Endpoint } from './proxy.ts';
import type { NetworkEnv, Origin, RequestOutcome } from './types.ts';
import type { Obstacle } from '../messages.ts';
import type { Way } from './way.ts';

export interface Target {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** What the client says beside it, by names in small letters; `host`: in place of the URL's. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Where a request starts: the pod's own machine, or, from outside, the machine whose rules it meets first.
 */
export interface Source {
  readonly machine: Machine | undefined;
  readonly podUid: string | undefined;
  readonly address: string;
}

/** A client outside of the cluster (RFC 5737). */
export const SOMEWHERE = '203.0.113.10';

/** What a request is sent to in the end. */
export interface Destination {
  readonly ip: string;
  readonly port: number;
  /** Whose address it is by the API's word, where a Service led there. */
  readonly endpoint?: Endpoint;
  /** Whether only the node that routes there has not heard that it leads nowhere. */
  readonly isStale?: () => boolean;
}

export interface Trip {
  readonly env: NetworkEnv;
  readonly source: Source;
  readonly from: Origin;
  readonly target: Target;
  readonly timeoutMs: Millis;
  readonly way: Way;
  /** Through how many servers of names a question has come. */
  readonly forwards?: number;
}

/** Of a request from outside, nothing but the other end can be in the way. */
export const endOf = (source: Source): End =>
  source.podUid === undefined
    ? { machine: undefined }
    : { machine: source.machine, sandbox: source.machine?.sandboxes.get(source.podUid) };

/** Nothing comes back. */
export function lost({ timeoutMs, way }: Trip, obstacle: Obstacle): RequestOutcome {
  way.stop(obstacle);
  return { kind: 'timedOut', afterMs: timeoutMs, hops: way.hops };
}

/** Nothing listens at a place that was not reached before. */
export function refused({ way }: Trip, afterMs: Millis, place: string): RequestOutcome {
  way.reach('pod', place);
  way.stop('notListening');
  return { kind: 'refused', afterMs, hops: way.hops };
}

export function notResolved({ env, way }: Trip, obstacle: Obstacle): RequestOutcome {
  way.stop(obstacle);
  return { kind: 'notResolved', afterMs: env.hop(), hops: way.hops };
}
