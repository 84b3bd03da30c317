/** Scenarios that are played with a kit of the user's own, in sentences of its own. */
import { Before, Given, Then, When } from '@cucumber/cucumber';
import { type Kit, standardKit } from '../src/dsl/kit.ts';
import { vocabularyOf } from '../src/dsl/phrases/vocabulary.ts';
import { playWith } from './scenario.ts';
import { step } from './step.ts';

const DEFINE = { Given, When, Then };

/**
 * Plays all scenarios with a kit, and defines the steps of its phrases and faults. Call it in a support file.
 * @example useKit(extendKit(standardKit, { faults: [slowDisk] }));
 */
export function useKit(kit: Kit): void {
  Before(function () {
    playWith(this, kit);
  });
  const { faults, own } = vocabularyOf(kit);
  const known = new Set(standardKit.faults.all);
  const more = kit.faults.all.filter((f) => !known.has(f));
  for (const sentence of [...more.flatMap((f) => faults.get(f.kind)!), ...own])
    for (const phrase of [sentence.en, sentence.ja]) DEFINE[phrase.keyword](phrase.expression, step(phrase));
}
