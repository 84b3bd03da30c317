/** What resources are called in sentences. */
import { BUILT_IN } from './index.ts';

/** `replica set` for `ReplicaSet`. */
const wordsOfKind = (kind: string): string => kind.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();

/** The words of each built-in kind, and the kind: `['config map', 'ConfigMap']`. */
export const KIND_WORDS: readonly (readonly [words: string, kind: string])[] = [...BUILT_IN.all()].map(
  ({ kind }) => [wordsOfKind(kind), kind],
);

/** The words of each built-in workload, and its kind: `['stateful set', 'StatefulSet']`. */
export const WORKLOAD_WORDS: readonly (readonly [words: string, kind: string])[] = [
  ...BUILT_IN.workloads(),
].map(({ kind }) => [wordsOfKind(kind), kind]);
