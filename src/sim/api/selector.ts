/**
 * Label selectors, parsed and matched.
 * Models staging/src/k8s.io/apimachinery/pkg/labels/selector.go and pkg/apis/meta/v1/helpers.go.
 */
import { remembered } from '../kernel/memo.ts';
import { badRequest } from './errors.ts';
import { labelKeyProblems, labelValueProblems } from './labelsyntax.ts';
import type { LabelSelector } from './types.ts';

export type SelectorOperator = '=' | '==' | '!=' | 'in' | 'notin' | 'exists' | '!' | 'gt' | 'lt';

export interface Requirement {
  readonly key: string;
  readonly operator: SelectorOperator;
  /** Sorted; one for `=`, `==`, `!=`, `gt`, `lt`, none for `exists` and `!`. */
  readonly values: readonly string[];
}

/** Requirements that must all hold, sorted by key. */
export interface Selector {
  readonly requirements: readonly Requirement[];
  /** Matches no object at all, as an absent selector does. */
  readonly nothing: boolean;
}

export const EVERYTHING: Selector = { requirements: [], nothing: false };
export const NOTHING: Selector = { requirements: [], nothing: true };

/** Whether the selector matches every object. */
export const isEverything = (s: Selector): boolean => !s.nothing && s.requirements.length === 0;

const INTEGER = /^[+-]?[0-9]+$/;
const OPERATOR_NAMES = ['in', 'notin', '=', '==', '!=', 'gt', 'lt', 'exists', '!'];
const byKey = (a: Requirement, b: Requirement): number => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);

const goList = (values: readonly string[]): string => `[${values.map((v) => JSON.stringify(v)).join(',')}]`;

/** @throws ApiError BadRequest in Kubernetes' words */
export function requirement(key: string, operator: SelectorOperator, values: readonly string[]): Requirement {
  const problems: string[] = [];
  const keyProblems = labelKeyProblems(key);
  if (keyProblems.length > 0)
    problems.push(`key: Invalid value: ${JSON.stringify(key)}: ${keyProblems.join('; ')}`);
  const refuse = (why: string): void =>
    void problems.push(`values: Invalid value: ${goList(values)}: ${why}`);
  switch (operator) {
    case 'in':
    case 'notin':
      if (values.length === 0) refuse("for 'in', 'notin' operators, values set can't be empty");
      break;
    case '=':
    case '==':
    case '!=':
      if (values.length !== 1) refuse('exact-match compatibility requires one single value');
      break;
    case 'exists':
    case '!':
      if (values.length !== 0) refuse('values set must be empty for exists and does not exist');
      break;
    case 'gt':
    case 'lt':
      if (values.length !== 1) refuse("for 'Gt', 'Lt' operators, exactly one value is required");
      values.forEach((v, i) => {
        if (!INTEGER.test(v))
          problems.push(
            `values[${i}]: Invalid value: ${JSON.stringify(v)}: for 'Gt', 'Lt' operators, the value must ` +
              'be an integer',
          );
      });
      break;
    default:
      problems.push(
        `operator: Unsupported value: ${JSON.stringify(operator)}: supported values: ` +
          `${OPERATOR_NAMES.map((o) => `"${o}"`).join(', ')}`,
      );
  }
  values.forEach((v, i) => {
    const valueProblems = labelValueProblems(v);
    if (valueProblems.length > 0)
      problems.push(`values[${i}][${key}]: Invalid value: ${JSON.stringify(v)}: ${valueProblems.join('; ')}`);
  });
  if (problems.length > 0)
    throw badRequest(problems.length === 1 ? problems[0]! : `[${problems.join(', ')}]`);
  return { key, operator, values };
}

interface Token {
  readonly kind:
    | 'end'
    | 'error'
    | 'word'
    | '('
    | ')'
    | ','
    | '!'
    | '=='
    | '='
    | '>'
    | '<'
    | '!='
    | 'in'
    | 'notin';
  readonly text: string;
}

const SYMBOLS = new Set(['(', ')', ',', '!', '==', '=', '>', '<', '!=']);
const isSpace = (c: string): boolean => c === ' ' || c === '\t' || c === '\r' || c === '\n';
const isSymbol = (c: string): boolean => '=!(),><'.includes(c);

function tokens(text: string): Token[] {
  const result: Token[] = [];
  let i = 0;
  while (i < text.length) {
    const c = text[i]!;
    if (isSpace(c)) {
      i++;
    } else if (isSymbol(c)) {
      const two = text.slice(i, i + 2);
      const symbol = two.length === 2 && SYMBOLS.has(two) ? two : c;
      result.push({ kind: symbol as Token['kind'], text: symbol });
      i += symbol.length;
    } else {
      let end = i;
      while (end < text.length && !isSpace(text[end]!) && !isSymbol(text[end]!)) end++;
      const word = text.slice(i, end);
      result.push({ kind: word === 'in' || word === 'notin' ? word : 'word', text: word });
      i = end;
    }
  }
  result.push({ kind: 'end', text: '' });
  return result;
}

/** `in` and `notin` are operators only where an operator can stand. */
const isWord = (t: Token): boolean => t.kind === 'word' || t.kind === 'in' || t.kind === 'notin';
const OPERATORS: Partial<Record<Token['kind'], SelectorOperator>> = {
  in: 'in',
  notin: 'notin',
  '=': '=',
  '==': '==',
  '!=': '!=',
  '>': 'gt',
  '<': 'lt',
};

function parse(text: string): Requirement[] {
  const list = tokens(text);
  let at = 0;
  const peek = (): Token => list[Math.min(at, list.length - 1)]!;
  const next = (): Token => {
    const token = peek();
    at++;
    return token;
  };

  const parseValues = (): string[] => {
    const open = next();
    if (open.kind !== '(') throw badRequest(`found '${open.text}' expected: '('`);
    const first = peek();
    if (first.kind === ')') {
      next();
      return [''];
    }
    if (!isWord(first) && first.kind !== ',')
      throw badRequest(`found '${first.text}', expected: ',', ')' or identifier`);
    const values = new Set<string>();
    for (;;) {
      const token = next();
      if (isWord(token)) {
        values.add(token.text);
        const after = peek();
        if (after.kind === ',') continue;
        if (after.kind === ')') break;
        throw badRequest(`found '${after.text}', expected: ',' or ')'`);
      }
      if (token.kind !== ',') throw badRequest(`found '${token.text}', expected: ',', or identifier`);
      if (values.size === 0) values.add('');
      const after = peek();
      if (after.kind === ')') {
        values.add('');
        break;
      }
      if (after.kind === ',') values.add('');
    }
    const close = next();
    if (close.kind !== ')') throw badRequest(`found '${first.text}', expected: ')'`);
    return [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  };

  const parseRequirement = (): Requirement => {
    let token = next();
    const negated = token.kind === '!';
    if (negated) token = next();
    if (!isWord(token)) throw badRequest(`found '${token.text}', expected: identifier`);
    const key = token.text;
    const keyProblems = labelKeyProblems(key);
    if (keyProblems.length > 0)
      throw badRequest(`<nil>: Invalid value: ${JSON.stringify(key)}: ${keyProblems.join('; ')}`);
    if (negated) return requirement(key, '!', []);
    const after = peek();
    if (after.kind === 'end' || after.kind === ',') return requirement(key, 'exists', []);
    const operatorToken = next();
    const operator = OPERATORS[operatorToken.kind];
    if (operator === undefined)
      throw badRequest(`found '${operatorToken.text}', expected: in, notin, =, ==, !=, gt, lt`);
    if (operator === 'in' || operator === 'notin') return requirement(key, operator, parseValues());
    const value = peek();
    if (value.kind === 'end' || value.kind === ',') return requirement(key, operator, ['']);
    next();
    if (!isWord(value)) throw badRequest(`found '${value.text}', expected: identifier`);
    return requirement(key, operator, [value.text]);
  };

  const requirements: Requirement[] = [];
  for (;;) {
    const token = peek();
    if (token.kind === 'end') return requirements;
    if (!isWord(token) && token.kind !== '!')
      throw badRequest(`found '${token.text}', expected: !, identifier, or 'end of string'`);
    try {
      requirements.push(parseRequirement());
    } catch (error) {
      throw badRequest(`unable to parse requirement: ${(error as Error).message}`);
    }
    const after = next();
    if (after.kind === 'end') return requirements;
    if (after.kind !== ',') throw badRequest(`found '${after.text}', expected: ',' or 'end of string'`);
    const follows = peek();
    if (!isWord(follows) && follows.kind !== '!')
      throw badRequest(`found '${follows.text}', expected: identifier after ','`);
  }
}

/** `app=web,tier in (a,b),!canary`. @throws ApiError BadRequest in Kubernetes' words */
export const parseLabelSelector = remembered(
  5_000,
  (text: string): Selector => ({ requirements: parse(text).sort(byKey), nothing: false }),
);

const STRUCTURED: Readonly<Record<string, SelectorOperator>> = {
  In: 'in',
  NotIn: 'notin',
  Exists: 'exists',
  DoesNotExist: '!',
};
const converted = new WeakMap<LabelSelector, Selector>();

/**
 * The structured form as a selector: absent matches nothing, empty everything. @throws ApiError BadRequest
 * for an invalid one
 */
export function selectorOf(ls: LabelSelector | undefined | null): Selector {
  if (ls === undefined || ls === null) return NOTHING;
  let selector = converted.get(ls);
  if (selector === undefined) {
    selector = convert(ls);
    converted.set(ls, selector);
  }
  return selector;
}

function convert(ls: LabelSelector): Selector {
  const requirements: Requirement[] = [];
  const labels = ls.matchLabels ?? {};
  for (const key of Object.keys(labels)) requirements.push(requirement(key, '=', [labels[key]!]));
  for (const expression of ls.matchExpressions ?? []) {
    const operator = Object.hasOwn(STRUCTURED, expression.operator)
      ? STRUCTURED[expression.operator]
      : undefined;
    if (operator === undefined)
      throw badRequest(`${JSON.stringify(expression.operator)} is not a valid label selector operator`);
    requirements.push(requirement(expression.key, operator, [...(expression.values ?? [])]));
  }
  return requirements.length === 0 ? EVERYTHING : { requirements: requirements.sort(byKey), nothing: false };
}

/**
 * A selector for exactly these labels, unchecked, as a Service's or a ReplicationController's; empty matches
 * everything.
 */
export function selectorFromLabels(labels: Readonly<Record<string, string>> | undefined): Selector {
  const keys = Object.keys(labels ?? {});
  if (keys.length === 0) return EVERYTHING;
  return {
    requirements: keys
      .map((key): Requirement => ({ key, operator: '=', values: [labels![key]!] }))
      .sort(byKey),
    nothing: false,
  };
}

type Labels = Readonly<Record<string, string>> | undefined;

function holds(r: Requirement, labels: Labels): boolean {
  const value =
    labels === undefined || labels === null || !Object.hasOwn(labels, r.key) ? undefined : labels[r.key];
  switch (r.operator) {
    case '=':
    case '==':
      return value === r.values[0];
    case 'in':
      return value !== undefined && r.values.includes(value);
    case '!=':
    case 'notin':
      return value === undefined || !r.values.includes(value);
    case 'exists':
      return value !== undefined;
    case '!':
      return value === undefined;
    case 'gt':
      return value !== undefined && INTEGER.test(value) && BigInt(value) > BigInt(r.values[0]!);
    case 'lt':
      return value !== undefined && INTEGER.test(value) && BigInt(value) < BigInt(r.values[0]!);
  }
}

export function matches(selector: Selector, labels: Labels): boolean {
  if (selector.nothing) return false;
  const list = selector.requirements;
  for (let i = 0; i < list.length; i++) {
    if (!holds(list[i]!, labels)) return false;
  }
  return true;
}

function requirementText(r: Requirement): string {
  const values =
    r.values.length > 1
      ? [...r.values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)).join(',')
      : (r.values[0] ?? '');
  switch (r.operator) {
    case '!':
      return `!${r.key}`;
    case 'exists':
      return r.key;
    case 'in':
    case 'notin':
      return `${r.key} ${r.operator} (${values})`;
    case 'gt':
      return `${r.key}>${values}`;
    case 'lt':
      return `${r.key}<${values}`;
    default:
      return `${r.key}${r.operator}${values}`;
  }
}

/** The text that parses to the selector: `a=b,c in (d,e),!f`. */
export const printSelector = (s: Selector): string => s.requirements.map(requirementText).join(',');

/** As metav1.FormatLabelSelector, which kubectl's SELECTOR column shows. */
export function selectorText(ls: LabelSelector | undefined | null): string {
  try {
    return printSelector(selectorOf(ls)) || '<none>';
  } catch {
    return '<error>';
  }
}
