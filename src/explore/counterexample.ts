/** A found scenario as a feature of its own: it needs nothing beside it, and fails by itself. */
import type { Operation } from '../dsl/operations/operation.ts';
import type { Kit } from '../dsl/types.ts';
import { say, type Language } from '../messages/index.ts';
import { featureText } from '../dsl/featuretext.ts';
import type { FaultCall } from '../chaos/types.ts';
import { vocabularyOf, type Vocabulary } from '../dsl/phrases/vocabulary.ts';
import type { Concrete } from './trial.ts';

/**
 * Steps that say the same in simpler words, where they do: a schedule of one fault, or whose faults do not
 * wait.
 */
function plainer(operations: readonly Operation[]): Operation[] {
  return operations.flatMap((o): Operation[] => {
    if (o.op !== 'faults') return [o];
    let now = 0;
    const steps = o.strikes.flatMap(({ atMs, fault }): Operation[] => {
      const wait = atMs - now;
      now = atMs;
      return [...(wait > 0 ? [{ op: 'pass', durationMs: wait } as const] : []), { op: 'fault', fault }];
    });
    const end = o.strikes.reduce((last, { atMs, fault }) => Math.max(last, atMs + (fault.forMs ?? 0)), 0);
    return [...steps, ...(end > now ? [{ op: 'pass', durationMs: end - now } as const] : [])];
  });
}

/**
 * The scenario in step phrases instead of a table, if it fails as well (a drain in a step waits for its end).
 */
export function inPlainSteps(found: Concrete, fails: (scenario: Concrete) => boolean): Concrete {
  const plain = { ...found, operations: plainer(found.operations) };
  return fails(plain) ? plain : found;
}

/**
 * @param how a line or more on how it was found. @param kit what it was played with. @param language of its
 * steps
 */
export const featureOf = (
  name: string,
  { seed, operations }: Concrete,
  how: readonly string[],
  kit: Kit,
  language: Language = 'en',
): string =>
  featureText({
    feature: say('counterexamples', {}, language),
    scenario: name,
    seed,
    operations,
    how,
    kit,
    language,
  });

/**
 * A fault as its step says it, with the rows of its table behind.
 * @example 'fault "NodeMemoryPressure" strikes: target node-3, percent 99%'
 */
export function faultInWords(fault: FaultCall, kit: Kit, language: Language = 'en'): string {
  const { text, table = [] } = vocabularyOf(kit).render({ op: 'fault', fault }, language);
  return [text, table.map((row) => row.join(' ')).join(', ')].filter((part) => part !== '').join(' ');
}

/**
 * How many things happen in it: faults, and what the operator does. Time passing and settings are not
 * counted.
 */
export const sizeOf = ({ operations }: Concrete, words: Vocabulary): number =>
  operations.reduce((n, o) => n + words.sizeOf(o), 0);
