/**
 * The sentences that a kit knows, by what they say, and the way from an operation to the line that makes it;
 * `parse.ts` goes the other way.
 */
import type { FaultCatalogue } from '../../chaos/catalogue.ts';
import { CLAIM_FAMILIES } from '../claims/index.ts';
import { InputError } from '../errors.ts';
import { OPERATION_FAMILIES } from '../operations/index.ts';
import type { Operation } from '../operations/types.ts';
import { faultSentence } from './faultsentence.ts';
import { renderWith, type Language, type Phrase, type StepText } from './phrase.ts';
import { claimSentence, operationSentence, ownSentence, type OwnPhrase, type Sentence } from './wording.ts';

export type Sentences = ReadonlyMap<string, readonly Sentence[]>;

/** What of a kit brings sentences; a kit is one. */
interface Words {
  readonly faults: FaultCatalogue;
  readonly phrases: readonly OwnPhrase[];
}

/** Sentences of claims, by the name of their family. */
const CLAIM_SENTENCES: Sentences = new Map(
  CLAIM_FAMILIES.map((f) => [f.claim, f.phrases.map((wording) => claimSentence(f.claim, wording))]),
);

export class Vocabulary {
  /** Sentences of operations, by the name of their family. */
  readonly operations: Sentences;
  readonly claims: Sentences = CLAIM_SENTENCES;
  /** Sentences of faults, by their kind. */
  readonly faults: Sentences;
  /** Sentences of the user's own, which are read, and printed as what they make. */
  readonly own: readonly Sentence[];
  /** All of them, the English ones first. */
  readonly phrases: readonly Phrase[];

  constructor({ faults, phrases }: Words) {
    this.operations = new Map(
      OPERATION_FAMILIES.map((f) => [
        f.op,
        f.phrases.map((wording) => operationSentence(f.op, f.keyword, wording, faults)),
      ]),
    );
    this.faults = new Map(faults.all.map((f) => [f.kind, f.phrases.map((p) => faultSentence(f.kind, p))]));
    this.own = phrases.map(ownSentence);
    const sentences = [this.operations, this.faults, this.claims].flatMap((of) => [...of.values()].flat());
    const all = [...sentences, ...this.own];
    this.phrases = [...all.map((s) => s.en), ...all.map((s) => s.ja)];
  }

  /** The step that makes an operation. @throws InputError when no sentence says it */
  render(operation: Operation, language: Language = 'en'): StepText {
    for (const sentence of this.sentencesOf(operation)) {
      const step = renderWith(sentence[language], operation);
      if (step !== undefined) return step;
    }
    throw new InputError(`no phrase says ${JSON.stringify(operation)}`);
  }

  /** `When node "node-1" loses power` */
  renderLine(operation: Operation): string {
    const step = this.render(operation);
    return `${step.keyword} ${step.text}`;
  }

  /** Sentences that may say an operation; a fault's own stand before the general one. */
  private sentencesOf(operation: Operation): readonly Sentence[] {
    const general = this.operations.get(operation.op) ?? [];
    if (operation.op === 'assert') return this.claims.get(operation.claim.claim) ?? [];
    return operation.op === 'fault'
      ? [...(this.faults.get(operation.fault.kind) ?? []), ...general]
      : general;
  }
}

const made = new WeakMap<Words, Vocabulary>();

/** The vocabulary of a kit, made once. */
export function vocabularyOf(kit: Words): Vocabulary {
  let vocabulary = made.get(kit);
  if (vocabulary === undefined) made.set(kit, (vocabulary = new Vocabulary(kit)));
  return vocabulary;
}
