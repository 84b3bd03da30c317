/** What the network needs to route a request, and what comes of one. */
import type { Millis } from '../kernel/types.ts';
import type { World } from '../node/world.ts';
import type { Hop } from './way.ts';

/** A connection that is kept open: to which process of which Pod. Plain data. */
export interface Connection {
  readonly node: string;
  readonly podUid: string;
  /** Its runtime id; a container that began anew has another. */
  readonly container: string;
  readonly ip: string;
  readonly port: number;
  /** The node by whose rules it was opened; absent: by none's. */
  readonly entry?: string;
  /** When something last came back on it. */
  readonly usedAt: Millis;
}

/** Given by the cluster, by a process, or by a test. */
export interface NetworkEnv {
  readonly world: World;
  readonly now: Millis;
  /** In [0, 1): which backend, and which node a request from outside enters by. */
  random(): number;
  /** Time of one hop. */
  hop(): Millis;
  /**
   * What the client says it is. Absent: nobody asks, but somebody looks what would be answered, which leaves
   * no trace in the access log, and keeps no server from ending.
   */
  readonly agent?: string;
  /** Only where a request is stopped is asked for, not each place that it comes to. */
  readonly onlyStops?: boolean;
  /** A connection alone is asked for: where one is made, nothing is sent on it. */
  readonly onlyConnects?: true;
  /** Who keeps cookies from one request to the next; absent: nobody does. */
  readonly client?: string;
  /** Told of each connection that is opened, the client's own before those of proxies. */
  readonly opened?: (connection: Connection) => void;
}

/**
 * Where a request comes from: a pod, or outside of the pods (names are then looked up from the namespace).
 */
export type Origin = { readonly namespace: string; readonly pod?: string };

export const OUTSIDE: Origin = { namespace: 'default' };

/** Who answered, where that is known. */
interface Reached {
  readonly afterMs: Millis;
  /**
   * The places that it came to, in their order; the last may say what was in its way. Where only stops are
   * asked for, those that `stopOf` reads.
   */
  readonly hops: readonly Hop[];
  /** `namespace/name` of the pod that the request was sent to. */
  readonly pod?: string;
  readonly node?: string;
}

export type RequestOutcome =
  | (Reached & {
      readonly kind: 'answered';
      readonly status: number;
      readonly body: string;
      readonly location?: string;
      /** Under a certificate that no authority has signed. */
      readonly isSelfSigned?: true;
      /** Its program acts on it before it answers (`acts.ts`). */
      readonly acts?: true;
    })
  | (Reached & {
      readonly kind: 'refused';
      /** It was taken by what speaks no HTTP, which closed the connection, having said something or not. */
      readonly closed?: 'greeted' | 'silently';
    })
  | (Reached & { readonly kind: 'timedOut' | 'notResolved' });

/** What comes of a request on a connection that is kept open: that may break under it. */
export type ClientOutcome = RequestOutcome | (Reached & { readonly kind: 'reset' });

export const succeeded = (outcome: ClientOutcome): boolean =>
  outcome.kind === 'answered' && outcome.status >= 200 && outcome.status < 400;

/** `200`, `refused`, `reset`, `timed out`, `not resolved`. */
export function outcomeText(outcome: ClientOutcome): string {
  switch (outcome.kind) {
    case 'answered':
      return String(outcome.status);
    case 'refused':
    case 'reset':
      return outcome.kind;
    case 'timedOut':
      return 'timed out';
    case 'notResolved':
      return 'not resolved';
  }
}
