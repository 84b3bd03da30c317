/** How invariants are written. */
import type { Messages } from '../messages/index.ts';
import type { BrokenMessages } from '../messages/broken.ts';
import type { Message } from '../sim/kernel/types.ts';
import type { Kind, KindMap, KubeObject } from '../sim/api/types.ts';
import type { ApiChange, HistoryEntry } from '../sim/kernel/history.ts';
import type { Invariant } from './types.ts';

/**
 * An invariant of one's own; `InvariantView` says what it may look at, `PhysicalInvariantView` of one
 * that asks for what is physically so. Its name must be
 * unlike any other's.
 * @example
 * const fewPods = defineInvariant({
 *   name: 'few-pods',
 *   about: 'There are at most ten Pods.',
 *   asks: 'api',
 *   why: 'A small cluster.',
 *   fails: 'When an eleventh is created.',
 *   init: () => ({}),
 *   observe: (_entry, _state, view) =>
 *     [...view.list('Pod')].length > 10 ? { message: 'more than ten Pods', objects: [] } : undefined,
 * });
 */
export const defineInvariant = <S>(invariant: Invariant<S>): Invariant => invariant as Invariant;

/** A change of the API with its objects' type. */
export interface Change<K extends Kind> extends ApiChange {
  readonly before: KindMap[K] | undefined;
  readonly after: KindMap[K] | undefined;
}

/** The entry as a change of that kind; undefined where it is none. */
export const changeOf = <K extends Kind>(entry: HistoryEntry, kind: K): Change<K> | undefined =>
  entry.type === 'api' && entry.kind === kind ? (entry as Change<K>) : undefined;

/** What was found, as the catalogue words it. */
export const told = <K extends keyof BrokenMessages>(key: K, args: Messages[K]): Message => ({ key, args });

/** Of any kind: `Deployment default/web`. */
export const titled = (o: KubeObject): string => `${o.kind} ${named(o)}`;

export const named = (o: { metadata: { namespace?: string; name: string } }): string =>
  o.metadata.namespace === undefined ? o.metadata.name : `${o.metadata.namespace}/${o.metadata.name}`;
