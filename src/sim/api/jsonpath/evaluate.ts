/**
 * What a JSONPath template finds in an object. Missing fields are no errors, as kubectl has it unless it is
 * told otherwise. Models staging/src/k8s.io/client-go/util/jsonpath/jsonpath.go.
 */
import { type JsonPath, JsonPathError, type Step } from './parse.ts';

type Value = unknown;
type Fields = Readonly<Record<string, Value>>;

const isMap = (value: Value): value is Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** Elements, values in the order of their keys, or the bytes of a text. */
function childrenOf(value: Value): readonly Value[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'string') return [...new TextEncoder().encode(value)];
  if (!isMap(value)) return [];
  return Object.keys(value)
    .sort()
    .map((key) => value[key]);
}

/** The type of a decoded JSON value, as Go names it. */
function typeOf(value: Value): string {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return Array.isArray(value) ? '[]interface {}' : 'map[string]interface {}';
}

/** As Go's `%v` prints a decoded JSON value: `map[a:1 b:[x y]]`. */
export function goText(value: Value): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (!isMap(value)) return String(value);
  const pairs = Object.keys(value)
    .sort()
    .map((key) => `${key}:${goText(value[key])}`);
  return `map[${pairs.join(' ')}]`;
}

/**
 * The values that each part of a template finds, in order; a text counts as a value.
 * @throws JsonPathError
 */
export function evaluateJsonPath(path: JsonPath, data: Value): (readonly Value[])[] {
  const found: (readonly Value[])[] = [];
  for (const part of path) {
    if (part.type === 'text') found.push([part.text]);
    else if (part.type === 'path') found.push(walk(part.steps, [data]));
    else if (part.type === 'end') throw new JsonPathError('not in range, nothing to end');
    else for (const item of walk(part.steps, [data])) found.push(...evaluateJsonPath(part.body, item));
  }
  return found;
}

function walk(steps: readonly Step[], values: readonly Value[]): readonly Value[] {
  let current = values;
  for (const step of steps) current = take(step, current);
  return current;
}

function take(step: Step, values: readonly Value[]): readonly Value[] {
  switch (step.type) {
    case 'text':
      return [step.text];
    case 'literal':
      return values.map(() => step.value);
    case 'word':
      throw new JsonPathError(`unrecognized identifier ${step.name}`);
    case 'field':
      if (step.name === '') return values;
      return values.flatMap((value) =>
        isMap(value) && Object.hasOwn(value, step.name) && value[step.name] !== undefined
          ? [value[step.name]]
          : [],
      );
    case 'wildcard':
      return values.flatMap(childrenOf);
    case 'recursive':
      return values.flatMap(descend);
    case 'slice':
      return values.flatMap((value) => (value === null ? [] : elements(step, value)));
    case 'union':
      return step.paths.flatMap((path) => walk(path, values));
    case 'filter':
      return values.flatMap((value) => filtered(step, value));
  }
}

/** A value that holds others, and all below it that do. */
function descend(value: Value): Value[] {
  const children = childrenOf(value);
  return children.length === 0 ? [] : [value, ...children.flatMap(descend)];
}

function elements(slice: Step & { type: 'slice' }, value: Value): Value[] {
  if (!Array.isArray(value)) throw new JsonPathError(`${typeOf(value)} is not array or slice`);
  const { length } = value;
  const fromEnd = (bound: number): number => (bound < 0 ? bound + length : bound);
  const from = fromEnd(slice.from ?? 0);
  const to = slice.single ? from + 1 : fromEnd(slice.to ?? length);
  const step = slice.step ?? 1;
  const outside = (index: number): never => {
    throw new JsonPathError(`array index out of bounds: index ${index}, length ${length}`);
  };
  if (step <= 0) throw new JsonPathError('step must be > 0');
  // No elements at all may be asked for anywhere.
  if (from !== to) {
    if (from >= length || from < 0) outside(from);
    if (to > length) outside(to - 1);
  }
  const found: Value[] = [];
  for (let i = from; i < to; i += step) found.push(value[i]);
  return found;
}

function filtered(filter: Step & { type: 'filter' }, value: Value): Value[] {
  if (!Array.isArray(value))
    throw new JsonPathError(`${goText(value)} is not array or slice and cannot be filtered`);
  return value.filter((element) => {
    if (filter.operator === 'exists') return exists(filter.left, element);
    const left = theOne(filter.left, element);
    if (left === undefined) return false;
    const right = theOne(filter.right, element);
    return right !== undefined && compare(left, filter.operator, right);
  });
}

function exists(steps: readonly Step[], element: Value): boolean {
  try {
    return walk(steps, [element]).length > 0;
  } catch (error) {
    // Upstream looks at what came back before it looks at the error: its input.
    if (error instanceof JsonPathError) return true;
    throw error;
  }
}

/** One side of a comparison. */
interface Side {
  readonly value: Value;
  readonly kind: string;
}

function theOne(steps: readonly Step[], element: Value): Side | undefined {
  const values = walk(steps, [element]);
  if (values.length > 1) throw new JsonPathError('can only compare one element at a time');
  if (values.length === 0) return undefined;
  const last = steps.at(-1);
  return { value: values[0], kind: last?.type === 'literal' ? last.kind : typeOf(values[0]) };
}

/** Models the comparisons of third_party/forked/golang/template/funcs.go: kinds must agree. */
function compare({ value: left, kind }: Side, operator: string, other: Side): boolean {
  const known = ['==', '!=', '<', '<=', '>', '>='].includes(operator);
  if (!known) throw new JsonPathError(`unrecognized filter operator ${operator}`);
  const right = other.value;
  for (const side of [left, right])
    if (side === null || typeof side === 'object') throw new JsonPathError('invalid type for comparison');
  if (kind !== other.kind) throw new JsonPathError('incompatible types for comparison');
  if (operator === '==') return left === right;
  if (operator === '!=') return left !== right;
  if (typeof left === 'boolean') throw new JsonPathError('invalid type for comparison');
  const [a, b] = [left as string, right as string];
  if (operator === '<') return a < b;
  if (operator === '<=') return a <= b;
  return operator === '>' ? a > b : a >= b;
}
