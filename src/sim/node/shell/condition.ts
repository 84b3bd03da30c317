/** `[[ … ]]` of bash. */
import type { TestExpression } from 'unbash';
import { evaluateText } from './arithmetic.ts';
import type { ShellEnv } from './env.ts';
import type { Expansion } from './expand.ts';
import { matchesPattern } from './pattern.ts';
import { compareWords, fileIs } from './programs/test.ts';
import { extendedExpression } from './regexp.ts';
import type { ShellProcess } from './state.ts';

/** @throws Suspension, ExpansionError */
export function holds(
  expression: TestExpression,
  expansion: Expansion,
  process: ShellProcess,
  env: ShellEnv,
): boolean {
  const inner = (part: TestExpression): boolean => holds(part, expansion, process, env);
  switch (expression.type) {
    case 'TestLogical':
      return expression.operator === '&&'
        ? expression.operands.every(inner)
        : expression.operands.some(inner);
    case 'TestNot':
      return inner(expression.operand) !== (expression.negations.length % 2 === 1);
    case 'TestGroup':
      return inner(expression.expression);
    case 'TestUnary': {
      const word = expansion.text(expression.operand);
      switch (expression.operator) {
        case '-n':
          return word !== '';
        case '-z':
          return word === '';
        case '-v':
          return process.variables.has(word);
        case '-t':
          return false;
        default:
          return fileIs(expression.operator, word, process.cwd, env.files);
      }
    }
    case 'TestBinary': {
      const { operator, left, right } = expression;
      const a = expansion.text(left);
      if (operator === '==' || operator === '=') return matchesPattern(expansion.pattern(right), a);
      if (operator === '!=') return !matchesPattern(expansion.pattern(right), a);
      const b = expansion.text(right);
      if (operator === '=~') {
        const found = extendedExpression(b)?.exec(a) ?? null;
        process.variables.set('BASH_REMATCH', {
          value: found === null ? [] : [...found].map((group) => group ?? ''),
          exported: false,
          readonly: false,
        });
        return found !== null;
      }
      const number = (text: string): bigint =>
        expansion.calculate(() => evaluateText(text || '0', expansion));
      return /^-(?:eq|ne|lt|le|gt|ge)$/.test(operator)
        ? compareWords(String(number(a)), operator, String(number(b)))
        : compareWords(a, operator, b);
    }
  }
}
