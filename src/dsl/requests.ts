/** Requests of the language: what one meets, and the notes that clients' requests leave in the history. */
import type { Context } from '../sim/api/client.ts';
import type { ClusterApi } from '../sim/cluster.ts';
import type { HistoryEntry } from '../sim/kernel/history.ts';
import type { World } from '../sim/node/world.ts';
import { InputError } from './errors.ts';
import type { Answer } from './phrases/parameters.ts';

export interface RequestResult {
  readonly answer: Answer;
  /** What it met, in a few words; '' when there is nothing to add. */
  readonly why: string;
}

/** As `sendRequest`, from within a process. */
export function requestFrom(ctx: Context<World>, url: string, from: { namespace: string; name: string } | undefined, namespace: string): RequestResult {
  return sendRequest(ctx as never, url, from, namespace);
}

/** Sends a request now, from a pod or (undefined) from outside the pods. */
export function sendRequest(_cluster: ClusterApi, url: string, _from: { namespace: string; name: string } | undefined, _namespace: string): RequestResult {
  throw new InputError(`requests are not simulated yet: ${url}`);
}

export interface RequestNote {
  readonly url: string;
  readonly ok: boolean;
  readonly outcome: string;
}

/** The request a client's note tells of. */
export function isRequestNote(entry: HistoryEntry): RequestNote | undefined {
  return entry.type === 'world' && entry.detail['request'] !== undefined ? (entry.detail['request'] as RequestNote) : undefined;
}
