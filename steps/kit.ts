/** Scenarios that are played with a kit of the user's own, in sentences of its own. */
import { Before, Given, Then, When } from '@cucumber/cucumber';
import type { Kit } from '../src/dsl/types.ts';
import { LANGUAGE } from '../src/dsl/phrases/index.ts';
import { vocabularyOf } from '../src/dsl/phrases/vocabulary.ts';
import { playWith } from './scenario.ts';
import { step } from './step.ts';

const DEFINE = { Given, When, Then };

/**
 * Plays all scenarios with a kit, and defines the steps of what it has of its own. Call it in a support file.
 * @example useKit(extendKit(standardKit, { faults: [slowDisk] }));
 */
export function useKit(kit: Kit): void {
  Before(function () {
    playWith(this, kit);
  });
  const known = new Set(LANGUAGE.phrases.map((p) => p.expression));
  for (const phrase of vocabularyOf(kit).phrases)
    if (!known.has(phrase.expression)) DEFINE[phrase.keyword](phrase.expression, step(phrase));
}
