/** Scenarios that need no files beside them. */
import { standardKit } from './kit.ts';
import type { Operation } from './operations/operation.ts';
import { vocabularyOf } from './phrases/vocabulary.ts';
import type { Files, Kit } from './types.ts';

/**
 * What is read from files becomes part of the scenario, so that it needs nothing beside it.
 * @throws InputError for a file that is not there, FaultError for a schedule that is wrong
 */
export const selfContained = (
  operations: readonly Operation[],
  files: Files,
  kit: Kit = standardKit,
): Operation[] =>
  operations.map((o) => vocabularyOf(kit).familyOf(o).selfContained?.(o, files, kit.faults) ?? o);
