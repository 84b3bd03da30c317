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

/** What stands around a doc string, and what stands for it in lines that begin with it. */
interface Fence {
  readonly fence: string;
  /** Gherkin takes the first of a line for the fence itself, wherever it stands. */
  readonly mark: string;
}

const QUOTES: Fence = { fence: '"""', mark: '\\"\\"\\"' };
const TICKS: Fence = { fence: '```', mark: '\\`\\`\\`' };

const begins = (line: string, { fence }: Fence): boolean => line.trimStart().startsWith(fence);

/** The lines of a doc string between its fences: what Gherkin's parser makes that text of again. */
function docStringLines(text: string, indent: string): string[] {
  const lines = text.split('\n');
  const holds = (f: Fence): boolean => lines.every((line) => begins(line, f) || !line.includes(f.mark));
  const quoted = [QUOTES, TICKS].filter(holds);
  const chosen = quoted.find((f) => !text.includes(f.fence)) ?? quoted[0] ?? QUOTES;
  const { fence, mark } = chosen;
  const inner = lines.map((line) => {
    const written = begins(line, chosen) ? line.replace(fence, mark) : line;
    return written === '' ? written : indent + written;
  });
  return [indent + fence, ...inner, indent + fence];
}

/**
 * The step as it stands in a feature file, attachment included. A doc string is read again as it was, but for
 * two things that Gherkin has no way to write: a carriage return before the end of a line, and both of
 * `\\"\\"\\"` and ``\\`\\`\\` `` in one text.
 */
export function renderStep(step: StepText, indent = '    '): string {
  const lines = [`${indent}${step.keyword} ${step.text}`];
  if (step.docString !== undefined) lines.push(...docStringLines(step.docString, `${indent}  `));
  for (const row of step.table ?? []) {
    const cells = row.map((c) => c.replace(/\\/g, '\\\\').replace(/\|/g, '\\|').replace(/\n/g, '\\n'));
    lines.push(`${indent}  | ${cells.join(' | ')} |`);
  }
  return lines.join('\n');
}
