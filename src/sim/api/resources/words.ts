/**
 * What resources are called in sentences. The words of the built-in ones are part of the language; the others
 * that a cluster serves are called by their kind (`Rollout "web"`), which is looked up where a sentence is
 * played.
 */
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

/** How manifests write kinds, as the source of a regular expression. */
export const KIND_PATTERN = '[A-Z][A-Za-z0-9]*';

const workloadKinds = new Map(WORKLOAD_WORDS);
const workloadWords = new Map(WORKLOAD_WORDS.map(([words, kind]) => [kind, words]));

/** What a workload's words mean: `StatefulSet` for `stateful set`; a kind means itself. */
export const workloadKind = (said: string): string => workloadKinds.get(said) ?? said;

/** The words for a workload's kind: `stateful set` for `StatefulSet`; a kind without stands for itself. */
export const workloadWordsOf = (kind: string): string => workloadWords.get(kind) ?? kind;
