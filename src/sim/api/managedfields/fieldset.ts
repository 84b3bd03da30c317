/**
 * Sets of fields. A path is a list of steps as managedFields write them: `f:spec`, `k:{"name":"web"}`,
 * `v:"x"`. Sources: structured-merge-diff/fieldpath/{element,set,serialize,serialize-pe}.go.
 */

export type Step = string;
export type Path = readonly Step[];

const SEPARATOR = '\u0000';

/** Paths by their text. */
export type FieldSet = ReadonlySet<string>;

export const EMPTY: FieldSet = new Set();
const textOf = (path: Path): string => path.join(SEPARATOR);
const pathOf = (text: string): Path => text.split(SEPARATOR);
export const fieldStep = (name: string): Step => `f:${name}`;
export const below = (path: string, step: Step): string => (path === '' ? step : path + SEPARATOR + step);

export const setOf = (...paths: readonly Path[]): FieldSet => new Set(paths.map(textOf));
export const union = (...sets: readonly FieldSet[]): FieldSet => new Set(sets.flatMap((set) => [...set]));
const filtered = (set: FieldSet, keep: (path: string) => boolean): FieldSet => new Set([...set].filter(keep));
export const difference = (a: FieldSet, b: FieldSet): FieldSet => filtered(a, (path) => !b.has(path));
export const intersection = (a: FieldSet, b: FieldSet): FieldSet => filtered(a, (path) => b.has(path));
export const areEqual = (a: FieldSet, b: FieldSet): boolean =>
  a.size === b.size && [...a].every((path) => b.has(path));

/** The paths that lie at or below a step from the root, or all others. */
export const atOrBelow = (set: FieldSet, step: Step, isInside: boolean): FieldSet =>
  filtered(set, (path) => (path === step || path.startsWith(step + SEPARATOR)) === isInside);

/** Where something lies below: every proper beginning of a path. */
export function prefixesOf(set: FieldSet): ReadonlySet<string> {
  const prefixes = new Set<string>();
  for (const path of set)
    for (let at = path.lastIndexOf(SEPARATOR); at > 0; at = path.lastIndexOf(SEPARATOR, at - 1))
      prefixes.add(path.slice(0, at));
  return prefixes;
}

/** `name="web"` with its fields in order; numbers are bare. */
function stepText(step: Step): string {
  const value = step.slice(2);
  if (step.startsWith('f:')) return `.${value}`;
  if (step.startsWith('v:')) return `[=${value}]`;
  if (step.startsWith('i:')) return `[${value}]`;
  const key = JSON.parse(value) as Readonly<Record<string, unknown>>;
  const parts = Object.keys(key)
    .sort()
    .map((name) => `${name}=${JSON.stringify(key[name])}`);
  return `[${parts.join(',')}]`;
}

/** `.spec.containers[name="web"].image` */
export const pathText = (path: string): string => pathOf(path).map(stepText).join('');

const RANK: Readonly<Record<string, number>> = { f: 0, k: 1, v: 2, i: 3 };

function compareSteps(a: Step, b: Step): number {
  return RANK[a[0]!]! - RANK[b[0]!]! || (a < b ? -1 : a > b ? 1 : 0);
}

/** As paths are ordered: step by step, what is above before what is below. */
export function comparePaths(a: string, b: string): number {
  const [x, y] = [pathOf(a), pathOf(b)];
  for (let i = 0; i < Math.min(x.length, y.length); i += 1) {
    const order = compareSteps(x[i]!, y[i]!);
    if (order !== 0) return order;
  }
  return x.length - y.length;
}

/** A set as managedFields hold it: `{ "f:spec": { "f:replicas": {} } }`. */
export type FieldsV1 = { [step: string]: FieldsV1 };

export function encodeFields(set: FieldSet): FieldsV1 {
  const root: FieldsV1 = {};
  const prefixes = prefixesOf(set);
  for (const path of [...set].sort(comparePaths)) {
    let node = root;
    for (const step of pathOf(path)) node = node[step] ??= {};
    // What is owned itself, beside what lies below it.
    if (prefixes.has(path)) node['.'] = {};
  }
  return root;
}

export function decodeFields(fields: FieldsV1): FieldSet {
  const set = new Set<string>();
  const walk = (node: FieldsV1, path: string): void => {
    const steps = Object.keys(node);
    if (path !== '' && (steps.length === 0 || steps.includes('.'))) set.add(path);
    for (const step of steps) if (step !== '.') walk(node[step]!, below(path, step));
  };
  walk(fields, '');
  return set;
}
