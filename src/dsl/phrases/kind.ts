/** Kinds as steps name them: in words, or as manifests write them, which the user's own resources are. */
import { KIND_PATTERN } from '../../sim/api/resources/words.ts';
import type { ParameterKind } from './parameterkind.ts';

/** @param spellings of the kinds that have words of their own: `['config map', 'ConfigMap']` */
export function kindParameter(
  name: string,
  spellings: readonly (readonly [words: string, kind: string])[],
): ParameterKind<string> {
  const kinds = new Map(spellings);
  const words = new Map(spellings.map(([spelling, kind]) => [kind, spelling]));
  return {
    name,
    pattern: [...kinds.keys(), KIND_PATTERN].join('|'),
    parse: (text) => kinds.get(text) ?? text,
    print: (kind) => words.get(kind) ?? kind,
    words: spellings,
  };
}
