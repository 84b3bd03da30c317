/** `$((…))`, `((…))` and `let` (POSIX 2.6.4, with what bash adds). Numbers are whole, of 64 bits. */
import type { ArithmeticExpression } from 'unbash';
import { parse } from 'unbash';

/** What arithmetic reads and writes. */
export interface ArithmeticScope {
  get(name: string): string;
  set(name: string, value: string): void;
  /** The text of a word in it (`$x`, `${x:-1}`) once it is expanded. */
  expand(word: Extract<ArithmeticExpression, { type: 'ArithmeticWord' }>): string;
  substitute(part: { readonly text: string; readonly pos: number }): string;
}

export class ArithmeticError extends Error {}

const NAME = /^[A-Za-z_]\w*$/;
const wrapped = (value: bigint): bigint => BigInt.asIntN(64, value);
const truth = (holds: boolean): bigint => (holds ? 1n : 0n);

/** @throws ArithmeticError */
function numberOf(text: string, scope: ArithmeticScope, depth = 0): bigint {
  const word = text.trim();
  if (word === '') return 0n;
  if (NAME.test(word)) {
    if (depth > 20) throw new ArithmeticError(`${word}: expression recursion level exceeded`);
    return numberOf(scope.get(word), scope, depth + 1);
  }
  if (/^0[xX][0-9a-fA-F]+$|^[1-9][0-9]*$|^0$/.test(word)) return wrapped(BigInt(word));
  if (/^0[0-7]+$/.test(word)) return wrapped(BigInt(`0o${word.slice(1)}`));
  const based = /^(\d+)#([0-9a-zA-Z]+)$/.exec(word);
  if (based !== null) {
    const base = Number(based[1]);
    let value = 0n;
    for (const digit of based[2]!.toLowerCase()) {
      const n = Number.parseInt(digit, 36);
      if (!(n < base)) throw new ArithmeticError(`${word}: value too great for base`);
      value = value * BigInt(base) + BigInt(n);
    }
    return wrapped(value);
  }
  if (/^[-+]/.test(word) && /^\d+$/.test(word.slice(1)))
    return word.startsWith('-')
      ? -numberOf(word.slice(1), scope, depth)
      : numberOf(word.slice(1), scope, depth);
  if (depth > 20) throw new ArithmeticError(`${word}: expression recursion level exceeded`);
  return evaluateText(word, scope, depth + 1);
}

/** Of a text that is an expression: what `let` is given, or what a variable holds. @throws ArithmeticError */
export function evaluateText(text: string, scope: ArithmeticScope, depth = 0): bigint {
  const command = parse(`((${text}\n))`).commands[0]?.command;
  const expression = command?.type === 'ArithmeticCommand' ? command.expression : undefined;
  if (expression === undefined || (expression.type === 'ArithmeticWord' && depth > 0))
    throw new ArithmeticError(`arithmetic expression: expecting primary: "${text}"`);
  return evaluate(expression, scope, depth);
}

/** @throws ArithmeticError */
export function evaluate(expression: ArithmeticExpression, scope: ArithmeticScope, depth = 0): bigint {
  switch (expression.type) {
    case 'ArithmeticWord': {
      const { value } = expression;
      return numberOf(value.includes('$') ? scope.expand(expression) : value, scope, depth);
    }
    case 'ArithmeticGroup':
      return evaluate(expression.expression, scope, depth);
    case 'ArithmeticCommandExpansion':
      return numberOf(scope.substitute(expression), scope, depth);
    case 'ArithmeticTernary':
      return evaluate(expression.test, scope, depth) === 0n
        ? evaluate(expression.alternate, scope, depth)
        : evaluate(expression.consequent, scope, depth);
    case 'ArithmeticUnary':
      return unary(expression, scope, depth);
    case 'ArithmeticBinary':
      return binary(expression, scope, depth);
  }
}

function assign(target: ArithmeticExpression, value: bigint, scope: ArithmeticScope): bigint {
  if (target.type !== 'ArithmeticWord' || !NAME.test(target.value.trim()))
    throw new ArithmeticError('arithmetic expression: assignment to something that is no variable');
  scope.set(target.value.trim(), String(value));
  return value;
}

function unary(
  { operator, operand, prefix }: Extract<ArithmeticExpression, { type: 'ArithmeticUnary' }>,
  scope: ArithmeticScope,
  depth: number,
): bigint {
  const value = evaluate(operand, scope, depth);
  switch (operator) {
    case '++':
    case '--': {
      const after = assign(operand, wrapped(operator === '++' ? value + 1n : value - 1n), scope);
      return prefix ? after : value;
    }
    case '-':
      return wrapped(-value);
    case '!':
      return truth(value === 0n);
    case '~':
      return wrapped(~value);
    default:
      return value;
  }
}

function binary(
  { operator, left, right }: Extract<ArithmeticExpression, { type: 'ArithmeticBinary' }>,
  scope: ArithmeticScope,
  depth: number,
): bigint {
  if (operator === '=') return assign(left, evaluate(right, scope, depth), scope);
  if (operator === ',') {
    evaluate(left, scope, depth);
    return evaluate(right, scope, depth);
  }
  if (operator === '&&')
    return truth(evaluate(left, scope, depth) !== 0n && evaluate(right, scope, depth) !== 0n);
  if (operator === '||')
    return truth(evaluate(left, scope, depth) !== 0n || evaluate(right, scope, depth) !== 0n);
  const a = evaluate(left, scope, depth);
  const b = evaluate(right, scope, depth);
  if (/^(?:[-+*/%&|^]|<<|>>)=$/.test(operator))
    return assign(left, combined(operator.slice(0, -1), a, b), scope);
  return combined(operator, a, b);
}

function combined(operator: string, a: bigint, b: bigint): bigint {
  switch (operator) {
    case '+':
      return wrapped(a + b);
    case '-':
      return wrapped(a - b);
    case '*':
      return wrapped(a * b);
    case '/':
    case '%':
      if (b === 0n) throw new ArithmeticError('arithmetic expression: division by zero');
      return wrapped(operator === '/' ? a / b : a % b);
    case '**':
      if (b < 0n) throw new ArithmeticError('arithmetic expression: exponent less than 0');
      return b > 4096n ? 0n : wrapped(a ** b);
    case '<<':
      return wrapped(a << (b & 63n));
    case '>>':
      return a >> (b & 63n);
    case '&':
      return a & b;
    case '|':
      return a | b;
    case '^':
      return a ^ b;
    case '<':
      return truth(a < b);
    case '<=':
      return truth(a <= b);
    case '>':
      return truth(a > b);
    case '>=':
      return truth(a >= b);
    case '==':
      return truth(a === b);
    case '!=':
      return truth(a !== b);
    default:
      throw new ArithmeticError(`arithmetic expression: unknown operator ${operator}`);
  }
}
