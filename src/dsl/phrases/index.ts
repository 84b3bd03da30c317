/** The language as it comes with Seatrial, and how its steps stand in a feature file. */
import { standardFaults } from '../../chaos/index.ts';
import { CLAIM_FAMILIES } from '../claims/index.ts';
import { OPERATION_FAMILIES } from '../operations/index.ts';
import type { StepText } from './phrase.ts';
import { Vocabulary } from './vocabulary.ts';

/** The sentences of the language without a user's own. */
export const LANGUAGE = new Vocabulary({
  operations: OPERATION_FAMILIES,
  claims: CLAIM_FAMILIES,
  faults: standardFaults,
  phrases: [],
});

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
