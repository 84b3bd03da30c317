/**
 * Lines wider than the formatter's column. It breaks code there and leaves comments and strings as they are;
 * those are broken by hand. What may be wider is said here, with the reason.
 */
import ts from 'typescript-api';

export const WIDTH = 110;

/** Where lines are as long as what they hold. */
const WIDER: readonly (readonly [path: string, why: string])[] = [
  ['src/conformance/cases/', 'tables: a case a row, to be read beside the rows of the tables of upstream'],
  ['src/sim/api/schema/data.ts', 'generated: a type a row'],
  ['src/serve/protobuf/data.ts', 'a table: a message a row'],
  ['steps/', 'generated: an expression is one literal, as editors look for it'],
];

const DOUBLE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/gu;

/** Columns of a terminal that a line takes: Chinese and Japanese characters take two. */
const columnsOf = (line: string): number => line.length + (line.match(DOUBLE)?.length ?? 0);

/** Lines (from 0) within documents, which template literals of several lines are, and with an expression. */
function unbroken(path: string, text: string): ReadonlySet<number> {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const lineOf = (position: number): number => file.getLineAndCharacterOfPosition(position).line;
  const lines = new Set<number>();
  const visit = (node: ts.Node): void => {
    const [first, last] = [lineOf(node.getStart(file)), lineOf(node.getEnd())];
    const isTemplate = ts.isTemplateExpression(node) || ts.isNoSubstitutionTemplateLiteral(node);
    if (ts.isRegularExpressionLiteral(node)) lines.add(first);
    if (isTemplate && last > first) for (let line = first; line <= last; line += 1) lines.add(line);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return lines;
}

/** Lines (from 1) that are too wide, and why they are not broken. */
export function tooWide(path: string, text: string): { line: number; what: string }[] {
  if (WIDER.some(([prefix]) => path.startsWith(prefix))) return [];
  const wide = [...text.split('\n').entries()].filter(([, line]) => columnsOf(line) > WIDTH);
  if (wide.length === 0) return [];
  const exempt = unbroken(path, text);
  return wide
    .filter(([i]) => !exempt.has(i))
    .map(([i]) => ({ line: i + 1, what: `wider than ${WIDTH} columns: break its text ('…' + '…') by hand` }));
}
