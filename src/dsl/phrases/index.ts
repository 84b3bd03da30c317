/**
 * Every phrase of the language, and the two ways through it: a line to its operation, an operation to its
 * line.
 */
import { FAULTS } from '../../chaos/index.ts';
import { CLAIM_PHRASES } from '../claims/index.ts';
import { InputError } from '../errors.ts';
import type { Operation } from '../operations.ts';
import { ACTION_PHRASES } from './actions.ts';
import { fillExpression, renderWith, type Phrase, type StepText } from './phrase.ts';
import { faultPhrase } from './phraseof.ts';
import { SETUP_PHRASES } from './setup.ts';
import { japanese } from './twins.ts';

/** Of an operation that several phrases say, the first is printed. */
export const FAULT_PHRASES: readonly Phrase[] = (['en', 'ja'] as const).flatMap((language) =>
  FAULTS.flatMap((f) => f.phrases.map((p) => faultPhrase(f.kind, p, language))),
);

const isGeneral = (phrase: Phrase): boolean => phrase.expression === 'fault {string} strikes:';

/** A fault's own phrases stand before the general one. */
const ENGLISH: readonly Phrase[] = [
  ...SETUP_PHRASES,
  ...ACTION_PHRASES.filter((p) => !isGeneral(p)),
  ...ACTION_PHRASES.filter(isGeneral),
  ...CLAIM_PHRASES,
];

export const PHRASES: readonly Phrase[] = [
  ...SETUP_PHRASES,
  ...ACTION_PHRASES.filter((p) => !isGeneral(p)),
  ...FAULT_PHRASES,
  ...ACTION_PHRASES.filter(isGeneral),
  ...CLAIM_PHRASES,
  ...ENGLISH.flatMap(japanese),
];

/** The step that makes an operation. */
export function render(operation: Operation): StepText {
  for (const phrase of PHRASES) {
    const step = renderWith(phrase, operation);
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

export { fillExpression };
export type { Phrase, StepText };
