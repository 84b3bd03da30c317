/**
 * Requests to the API server and what comes of them, as plain data: whoever holds the socket, or replays a
 * log of inputs, brings the one and gets the other.
 */
import type { UserInfo } from '../../sim/api/authentication/user.ts';

/** Names are in lower case. */
export type Headers = Readonly<Record<string, string>>;

/** A request, read whole. Plain data. */
export interface HttpRequest {
  /** In capitals. */
  readonly method: string;
  /** Path and query, as sent. */
  readonly url: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** As whom it comes, by certificate or token; absent: nobody said. */
  readonly user?: UserInfo;
  /** Credentials came that are nobody's. */
  readonly refused?: true;
}

/** An answer that is there at once. */
export interface Answer {
  readonly kind: 'answer';
  readonly status: number;
  readonly headers: Headers;
  readonly body: string | Uint8Array;
}

/** An answer whose head is sent at once and whose body grows while the cluster runs. */
export interface Flow {
  readonly kind: 'flow';
  readonly status: number;
  readonly headers: Headers;
  /** What came since it was last asked. */
  take(): readonly string[];
  /** Says where it has come to, if the client takes such; asked after `take`. */
  mark?(): readonly string[];
  /** Whether there will be more; asked after `take`. */
  readonly ended: boolean;
  /** After how many seconds the client wants it to end; absent: when he goes. */
  readonly timeoutSeconds?: number;
}

export type StandardStream = 'stdin' | 'stdout' | 'stderr';

/**
 * A command in a container, or the program of one, whose standard streams go by channels once the connection
 * has been upgraded. Plain data.
 */
export interface Exec {
  readonly kind: 'exec';
  readonly node: string;
  /** The container's runtime id. */
  readonly container: string;
  /** Undefined: the container's own program is attached to. */
  readonly command: readonly string[] | undefined;
  /** Those that the client wants. */
  readonly streams: readonly StandardStream[];
  /** They are a terminal. */
  readonly tty: boolean;
  /** What is read ends where the client ends it. */
  readonly ends: boolean;
}

/** A Pod whose ports are forwarded. Plain data. */
export interface ForwardTarget {
  readonly namespace: string;
  readonly pod: string;
  readonly uid: string;
}

/** A Pod whose ports are reached by streams once the connection has been upgraded. Plain data. */
export interface PortForward {
  readonly kind: 'portForward';
  readonly to: ForwardTarget;
}

export type Reply = Answer | Flow | Exec | PortForward;

export const JSON_TYPE = 'application/json';
export const TEXT_TYPE = 'text/plain; charset=utf-8';

export const jsonAnswer = (status: number, value: unknown, headers: Headers = {}): Answer => ({
  kind: 'answer',
  status,
  headers: { 'content-type': JSON_TYPE, ...headers },
  body: `${JSON.stringify(value)}\n`,
});

export const textAnswer = (status: number, body: string): Answer => ({
  kind: 'answer',
  status,
  headers: { 'content-type': TEXT_TYPE },
  body,
});
