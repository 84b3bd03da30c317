/**
 * The sentences that a kit knows, by what they say, and the way from an operation to the line that makes it;
 * `parse.ts` goes the other way.
 */
import type { FaultCatalogue } from '../../chaos/catalogue.ts';
import type { ClaimFamily } from '../claims/types.ts';
import { InputError } from '../errors.ts';
import type { Claim } from '../claims/claim.ts';
import type { Operation } from '../operations/operation.ts';
import type { OperationFamily } from '../types.ts';
import { faultSentence } from './faultsentence.ts';
import { keywordsIn } from './keywords.ts';
import { renderWith, type Language, type Phrase, type StepText } from './phrase.ts';
import { claimSentence, operationSentence, ownSentence, type OwnPhrase, type Sentence } from './wording.ts';

export type Sentences = ReadonlyMap<string, readonly Sentence[]>;

/** What of a kit brings sentences; a kit is one. */
interface Words {
  readonly operations: readonly OperationFamily<Operation>[];
  readonly claims: readonly ClaimFamily<Claim>[];
  readonly faults: FaultCatalogue;
  readonly phrases: readonly OwnPhrase[];
}

export class Vocabulary {
  /** Sentences of operations, by the name of their family. */
  readonly operations: Sentences;
  /** Sentences of claims, by the name of their family. */
  readonly claims: Sentences;
  /** Sentences of faults, by their kind. */
  readonly faults: Sentences;
  /** Sentences of the user's own, which are read, and printed as what they make. */
  readonly own: readonly Sentence[];
  /** All of them, the English ones first. */
  readonly phrases: readonly Phrase[];
  private readonly operationFamilies: ReadonlyMap<string, OperationFamily<Operation>>;
  private readonly claimFamilies: ReadonlyMap<string, ClaimFamily<Claim>>;

  constructor({ operations, claims, faults, phrases }: Words) {
    this.operationFamilies = new Map(operations.map((f) => [f.op, f]));
    this.claimFamilies = new Map(claims.map((f) => [f.claim, f]));
    this.operations = new Map(
      operations.map((f) => [
        f.op,
        f.phrases.map((wording) => operationSentence(f.op, f.keyword, wording, faults)),
      ]),
    );
    this.claims = new Map(
      claims.map((f) => [f.claim, f.phrases.map((wording) => claimSentence(f.claim, wording))]),
    );
    this.faults = new Map(faults.all.map((f) => [f.kind, f.phrases.map((p) => faultSentence(f.kind, p))]));
    this.own = phrases.map(ownSentence);
    const sentences = [this.operations, this.faults, this.claims].flatMap((of) => [...of.values()].flat());
    const all = [...sentences, ...this.own];
    this.phrases = [...all.map((s) => s.en), ...all.flatMap((s) => [s.ja, ...s.jaToo])];
  }

  /** @throws InputError for an operation that no family is of */
  familyOf(operation: Operation): OperationFamily<Operation> {
    const family = this.operationFamilies.get(operation.op);
    if (family === undefined) throw new InputError(`there is no operation "${operation.op}"`);
    return family;
  }

  /** @throws InputError for a claim that no family is of */
  claimFamilyOf(claim: Claim): ClaimFamily<Claim> {
    const family = this.claimFamilies.get(claim.claim);
    if (family === undefined) throw new InputError(`there is no claim "${claim.claim}"`);
    return family;
  }

  /** Whether an operation says `any`: the scenario is then a property. */
  readonly isQuantifier = (operation: Operation): boolean => this.familyOf(operation).play === undefined;

  /** Whether with it something begins to happen, from where on the past counts. */
  readonly happens = (operation: Operation): boolean => {
    const { role } = this.familyOf(operation);
    return role !== 'scene' && role !== 'judge';
  };

  /** Whether it says after `Then` what must hold: what a property is held against. */
  readonly concludes = (operation: Operation): boolean => {
    const { role, keyword } = this.familyOf(operation);
    return role === 'judge' && keyword === 'Then';
  };

  /** How many things happen in it. */
  sizeOf(operation: Operation): number {
    const { role, size } = this.familyOf(operation);
    return size?.(operation) ?? (role === 'act' ? 1 : 0);
  }

  /** The step that makes an operation. @throws InputError when no sentence says it */
  render(operation: Operation, language: Language = 'en'): StepText {
    for (const sentence of this.sentencesOf(operation)) {
      for (const phrase of language === 'en' ? [sentence.en] : [...sentence.jaToo, sentence.ja]) {
        const step = renderWith(phrase, operation);
        if (step !== undefined) return step;
      }
    }
    throw new InputError(`no phrase says ${JSON.stringify(operation)}`);
  }

  /** `When node "node-1" loses power` */
  renderLine(operation: Operation, language: Language = 'en'): string {
    const step = this.render(operation, language);
    return `${keywordsIn(language)[step.keyword]} ${step.text}`;
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
