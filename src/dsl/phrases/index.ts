/**
 * Every sentence of the language, by what it says, and the way from an operation to the line that makes it;
 * `parse.ts` goes the other way.
 */
import { FAULTS } from '../../chaos/index.ts';
import { CLAIM_FAMILIES } from '../claims/index.ts';
import { InputError } from '../errors.ts';
import { OPERATION_FAMILIES } from '../operations/index.ts';
import type { Operation } from '../operations/types.ts';
import { faultSentence } from './faultsentence.ts';
import { renderWith, type Language, type Phrase, type StepText } from './phrase.ts';
import { claimSentence, operationSentence, type Sentence } from './wording.ts';

type Sentences = ReadonlyMap<string, readonly Sentence[]>;

/** Sentences of operations, by the name of their family. */
export const OPERATION_SENTENCES: Sentences = new Map(
  OPERATION_FAMILIES.map((f) => [
    f.op,
    f.phrases.map((wording) => operationSentence(f.op, f.keyword, wording)),
  ]),
);
/** Sentences of claims, by the name of their family. */
export const CLAIM_SENTENCES: Sentences = new Map(
  CLAIM_FAMILIES.map((f) => [f.claim, f.phrases.map((wording) => claimSentence(f.claim, wording))]),
);
/** Sentences of faults, by their kind. */
export const FAULT_SENTENCES: Sentences = new Map(
  FAULTS.map((f) => [f.kind, f.phrases.map((p) => faultSentence(f.kind, p))]),
);

const SENTENCES: readonly Sentence[] = [OPERATION_SENTENCES, FAULT_SENTENCES, CLAIM_SENTENCES].flatMap(
  (sentences) => [...sentences.values()].flat(),
);
export const PHRASES: readonly Phrase[] = [...SENTENCES.map((s) => s.en), ...SENTENCES.map((s) => s.ja)];

/** Sentences that may say an operation; a fault's own stand before the general one. */
function sentencesOf(operation: Operation): readonly Sentence[] {
  const general = OPERATION_SENTENCES.get(operation.op) ?? [];
  if (operation.op === 'assert') return CLAIM_SENTENCES.get(operation.claim.claim) ?? [];
  return operation.op === 'fault'
    ? [...(FAULT_SENTENCES.get(operation.fault.kind) ?? []), ...general]
    : general;
}

/** The step that makes an operation. */
export function render(operation: Operation, language: Language = 'en'): StepText {
  for (const sentence of sentencesOf(operation)) {
    const step = renderWith(sentence[language], operation);
    if (step !== undefined) return step;
  }
  throw new InputError(`no phrase says ${JSON.stringify(operation)}`);
}

/** `When node "node-1" loses power` */
export const renderLine = (operation: Operation): string => {
  const step = render(operation);
  return `${step.keyword} ${step.text}`;
};

const indentBlock = (text: string, by: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? line : by + line))
    .join('\n');

/** The step as it stands in a feature file, attachment included. */
export function renderStep(step: StepText, indent = '    '): string {
  const lines = [`${indent}${step.keyword} ${step.text}`];
  if (step.docString !== undefined) {
    const fence = step.docString.includes('"""') ? '```' : '"""';
    lines.push(`${indent}  ${fence}`, indentBlock(step.docString, `${indent}  `), `${indent}  ${fence}`);
  }
  for (const row of step.table ?? []) {
    lines.push(
      `${indent}  | ${row.map((c) => c.replace(/\\/g, '\\\\').replace(/\|/g, '\\|').replace(/\n/g, '\\n')).join(' | ')} |`,
    );
  }
  return lines.join('\n');
}
