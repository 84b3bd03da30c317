/**
 * kubectl's JSONPath templates: `{.items[*].metadata.name}`, `{range …}{end}`, filters, slices, unions,
 * recursive descent. Source: staging/src/k8s.io/client-go/util/jsonpath (parser.go, jsonpath.go).
 */
import { KubectlError } from '../errors.ts';
import { goJson } from './json.ts';

type Operand = { type: 'path'; steps: Step[] } | { type: 'literal'; value: unknown };
type Step =
  | { type: 'field'; name: string }
  | { type: 'all' }
  | { type: 'slice'; from?: number; to?: number; by: number }
  | { type: 'index'; index: number }
  | { type: 'union'; paths: Step[][] }
  | { type: 'recursive' }
  | { type: 'root' }
  | { type: 'filter'; left: Operand; operator: string; right: Operand | undefined };

type Part =
  | { type: 'text'; text: string }
  | { type: 'path'; steps: Step[] }
  | { type: 'range'; steps: Step[]; body: Part[] };

export type JsonPath = Part[];

/** Index of the character that closes what opens at `from`, quotes respected; -1 when nothing does. */
function closing(text: string, from: number, open: string, close: string): number {
  let depth = 0;
  let quote = '';
  for (let i = from; i < text.length; i += 1) {
    const c = text[i]!;
    if (quote !== '') {
      if (c === '\\') i += 1;
      else if (c === quote) quote = '';
    } else if (c === '"' || c === "'") quote = c;
    else if (c === open) depth += 1;
    else if (c === close) {
      depth -= 1;
      if (depth === 0) return i;
    }
  }
  return -1;
}

/** @throws KubectlError */
export function parseJsonPath(template: string): JsonPath {
  const stack: { body: Part[]; steps: Step[] }[] = [{ body: [], steps: [] }];
  let i = 0;
  while (i < template.length) {
    const open = template.indexOf('{', i);
    if (open < 0) {
      stack.at(-1)!.body.push({ type: 'text', text: template.slice(i) });
      break;
    }
    if (open > i) stack.at(-1)!.body.push({ type: 'text', text: template.slice(i, open) });
    const close = closing(template, open, '{', '}');
    if (close < 0) throw fail(template, 'unclosed action');
    const inner = template.slice(open + 1, close).trim();
    i = close + 1;
    if (inner === 'end') {
      const done = stack.pop()!;
      if (stack.length === 0) throw fail(template, 'not in range, nothing to end');
      stack.at(-1)!.body.push({ type: 'range', steps: done.steps, body: done.body });
    } else if (/^range\b/.test(inner))
      stack.push({ body: [], steps: parseSteps(inner.slice(5).trim(), template) });
    else if (/^["']/.test(inner)) stack.at(-1)!.body.push({ type: 'text', text: unquote(inner) });
    else stack.at(-1)!.body.push({ type: 'path', steps: parseSteps(inner, template) });
  }
  if (stack.length > 1) throw fail(template, 'unterminated range');
  return stack[0]!.body;
}

const fail = (template: string, why: string): KubectlError =>
  new KubectlError(`error parsing jsonpath ${template}, ${why}`);

function unquote(text: string): string {
  return text
    .slice(1, -1)
    .replace(/\\(.)/g, (_, c: string) => (c === 'n' ? '\n' : c === 't' ? '\t' : c === 'r' ? '\r' : c));
}

function parseSteps(text: string, template: string): Step[] {
  const steps: Step[] = [];
  let i = 0;
  while (i < text.length) {
    const c = text[i]!;
    if (c === '$') {
      steps.push({ type: 'root' });
      i += 1;
    } else if (c === '@' || c === ' ') i += 1;
    else if (c === '.' && text[i + 1] === '.') {
      steps.push({ type: 'recursive' });
      i += 1;
      if (text[i + 1] === '[' || text[i + 1] === '*') i += 1;
    } else if (c === '[') {
      const close = closing(text, i, '[', ']');
      if (close < 0) throw fail(template, 'unterminated array');
      steps.push(parseBracket(text.slice(i + 1, close).trim(), template));
      i = close + 1;
    } else if (c === '*') {
      steps.push({ type: 'all' });
      i += 1;
    } else {
      if (c === '.') i += 1;
      let name = '';
      while (i < text.length && !/[.[\] ]/.test(text[i]!)) {
        if (text[i] === '\\' && i + 1 < text.length) i += 1;
        name += text[i];
        i += 1;
      }
      if (name === '*') steps.push({ type: 'all' });
      else if (name !== '') steps.push({ type: 'field', name });
      else if (i < text.length && text[i] === ']') throw fail(template, 'unexpected ]');
    }
  }
  return steps;
}

function parseBracket(inner: string, template: string): Step {
  if (inner === '*') return { type: 'all' };
  if (inner.startsWith('?(') && inner.endsWith(')')) return parseFilter(inner.slice(2, -1).trim(), template);
  const parts = splitOutside(inner, ',');
  if (parts.length > 1) return { type: 'union', paths: parts.map((p) => [parseBracket(p.trim(), template)]) };
  if (/^["']/.test(inner)) return { type: 'field', name: unquote(inner) };
  if (/^-?\d+$/.test(inner)) return { type: 'index', index: Number(inner) };
  const slice = /^(-?\d*):(-?\d*)(?::(\d+))?$/.exec(inner);
  if (slice !== null) {
    return {
      type: 'slice',
      by: slice[3] === undefined ? 1 : Number(slice[3]),
      ...(slice[1] === '' ? {} : { from: Number(slice[1]) }),
      ...(slice[2] === '' ? {} : { to: Number(slice[2]) }),
    };
  }
  throw fail(template, `invalid array index ${inner}`);
}

function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = [];
  let quote = '';
  let start = 0;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i]!;
    if (quote !== '') {
      if (c === quote) quote = '';
    } else if (c === '"' || c === "'") quote = c;
    else if (c === separator) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

function parseFilter(text: string, template: string): Step {
  const match = /^(.*?)\s*(==|!=|<=|>=|<|>)\s*(.*)$/s.exec(text);
  if (match === null)
    return { type: 'filter', left: operand(text, template), operator: 'exists', right: undefined };
  return {
    type: 'filter',
    left: operand(match[1]!, template),
    operator: match[2]!,
    right: operand(match[3]!, template),
  };
}

function operand(text: string, template: string): Operand {
  const t = text.trim();
  if (/^["']/.test(t)) return { type: 'literal', value: unquote(t) };
  if (/^-?\d+(\.\d+)?$/.test(t)) return { type: 'literal', value: Number(t) };
  if (t === 'true' || t === 'false') return { type: 'literal', value: t === 'true' };
  return { type: 'path', steps: parseSteps(t, template) };
}

function descend(value: unknown, into: unknown[]): void {
  into.push(value);
  if (value === null || typeof value !== 'object') return;
  for (const child of childrenOf(value)) descend(child, into);
}

/** Values of a map in key order, as kubectl goes through them. */
function childrenOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (value === null || typeof value !== 'object') return [];
  const object = value as Record<string, unknown>;
  return Object.keys(object)
    .sort()
    .map((k) => object[k]);
}

function walk(steps: readonly Step[], values: readonly unknown[], root: unknown): unknown[] {
  let current = [...values];
  for (const step of steps) {
    const next: unknown[] = [];
    for (const value of current) {
      switch (step.type) {
        case 'root':
          next.push(root);
          break;
        case 'field':
          if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
            const found = (value as Record<string, unknown>)[step.name];
            if (found !== undefined && found !== null) next.push(found);
          }
          break;
        case 'all':
          next.push(...childrenOf(value));
          break;
        case 'index':
          if (Array.isArray(value)) {
            const at = step.index < 0 ? value.length + step.index : step.index;
            if (at >= value.length || at < 0)
              throw new KubectlError(
                `error executing jsonpath: array index out of bounds: index ${step.index}, length ${value.length}`,
              );
            next.push(value[at]);
          }
          break;
        case 'slice':
          if (Array.isArray(value)) {
            const part = value.slice(step.from, step.to);
            next.push(...part.filter((_, i) => i % step.by === 0));
          }
          break;
        case 'union':
          for (const path of step.paths) next.push(...walk(path, [value], root));
          break;
        case 'recursive':
          descend(value, next);
          break;
        case 'filter':
          for (const child of Array.isArray(value) ? value : [])
            if (passes(step, child, root)) next.push(child);
          break;
      }
    }
    current = next;
  }
  return current;
}

function passes(step: Step & { type: 'filter' }, value: unknown, root: unknown): boolean {
  const evaluate = (o: Operand): unknown =>
    o.type === 'literal' ? o.value : walk(o.steps, [value], root)[0];
  const left = evaluate(step.left);
  if (step.right === undefined) return left !== undefined;
  const right = evaluate(step.right);
  if (left === undefined || right === undefined) return false;
  const [a, b] = typeof left === typeof right ? [left, right] : [String(left), String(right)];
  switch (step.operator) {
    case '==':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return (a as number) < (b as number);
    case '>':
      return (a as number) > (b as number);
    case '<=':
      return (a as number) <= (b as number);
    default:
      return (a as number) >= (b as number);
  }
}

export function valueText(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  return typeof value === 'object' ? goJson(value) : String(value);
}

function render(parts: JsonPath, value: unknown, root: unknown): string {
  let out = '';
  for (const part of parts) {
    if (part.type === 'text') out += part.text;
    else if (part.type === 'path') out += walk(part.steps, [value], root).map(valueText).join(' ');
    else for (const item of walk(part.steps, [value], root)) out += render(part.body, item, root);
  }
  return out;
}

export const renderJsonPath = (path: JsonPath, data: unknown): string => render(path, data, data);

/** All values a template's paths find. */
export function findJsonPath(path: JsonPath, data: unknown): unknown[] {
  return path.flatMap((part) => (part.type === 'path' ? walk(part.steps, [data], data) : []));
}

/** `.x.y`, `x.y`, `{x.y}` and `{.x.y}` all mean `{.x.y}`. Source: kubectl/pkg/cmd/get/customcolumn.go. */
export function relaxedPath(text: string): string {
  const match = /^\{?\.?([^{}]+)\}?$/.exec(text);
  if (match === null)
    throw new KubectlError(
      `unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'`,
    );
  return `{.${match[1]}}`;
}
