/** Scenarios that are played with a kit of the user's own, in sentences of its own. */
import { Before, When } from '@cucumber/cucumber';
import { type Kit, standardKit } from '../src/dsl/kit.ts';
import { faultSentence } from '../src/dsl/phrases/faultsentence.ts';
import { playWith } from './scenario.ts';
import { step } from './step.ts';

/**
 * Plays all scenarios with a kit, and defines the steps of its faults. Call it in a support file.
 * @example useKit(extendKit(standardKit, { faults: [slowDisk] }));
 */
export function useKit(kit: Kit): void {
  Before(function () {
    playWith(this, kit);
  });
  const known = new Set(standardKit.faults.all);
  for (const { kind, phrases } of kit.faults.all.filter((f) => !known.has(f)))
    for (const sentence of phrases.map((p) => faultSentence(kind, p)))
      for (const phrase of [sentence.en, sentence.ja]) When(phrase.expression, step(phrase));
}
