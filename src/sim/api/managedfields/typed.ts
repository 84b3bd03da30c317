/**
 * Objects by their fields: which they have, how two differ, what both make together. Sources:
 * structured-merge-diff/typed/{tofieldset,compare,merge,remove,helpers}.go.
 */
import { deepEqual } from '../equal.ts';
import { below, type FieldSet, fieldStep, prefixesOf, type Step } from './fieldset.ts';
import { ANY, LEAF, type ListShape, type MapShape, type Shape } from './shape.ts';

export type Json = unknown;
type JsonMap = Readonly<Record<string, Json>>;

/** What a configuration says that its schema does not. `message` begins with the path. */
export class TypedError extends Error {}

const isMap = (value: Json): value is JsonMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const DEDUCED_MAP: MapShape = { kind: 'map', atomic: false, declared: () => undefined, values: ANY };
const DEDUCED_LIST: ListShape = { kind: 'list', relation: 'atomic', keys: [], defaults: {}, item: ANY };

/** The shape of a value whose type says none. */
const resolved = (shape: Shape, value: Json): Exclude<Shape, { kind: 'any' }> =>
  shape.kind !== 'any'
    ? shape
    : isMap(value)
      ? DEDUCED_MAP
      : Array.isArray(value)
        ? DEDUCED_LIST
        : (LEAF as { kind: 'leaf' });

const childShape = (map: MapShape, name: string): Shape => map.declared(name) ?? map.values ?? ANY;

/** What tells an item of a list from others. @throws TypedError */
function itemStep(list: ListShape, item: Json): Step {
  if (list.relation === 'set') {
    if (typeof item === 'object')
      throw new TypedError(
        item === null
          ? ": associative list without keys has an element that's an explicit null"
          : ": associative list without keys has an element that's a map type",
      );
    return `v:${JSON.stringify(item)}`;
  }
  if (!isMap(item))
    throw new TypedError(
      `: associative list with keys may not have ${item === null ? 'a null element' : 'non-map elements'}`,
    );
  const key: Record<string, Json> = {};
  for (const name of [...list.keys].sort()) {
    const value = item[name] ?? list.defaults[name];
    if (value !== undefined) key[name] = value;
  }
  if (Object.keys(key).length === 0)
    throw new TypedError(
      `: associative list with keys has an element that omits all key fields ${JSON.stringify(list.keys)} ` +
        "(and doesn't have default values for any key fields)",
    );
  return `k:${JSON.stringify(key)}`;
}

/** The items of a list by what tells them apart; more than one where they repeat. */
function itemsByStep(list: ListShape, items: Json): ReadonlyMap<Step, readonly Json[]> {
  const found = new Map<Step, Json[]>();
  for (const item of Array.isArray(items) ? items : []) {
    const step = itemStep(list, item);
    const same = found.get(step);
    if (same === undefined) found.set(step, [item]);
    else same.push(item);
  }
  return found;
}

const isEmpty = (value: Json): boolean =>
  value === undefined || value === null || (value as { length?: number }).length === 0 || isEmptyMap(value);
const isEmptyMap = (value: Json): boolean => isMap(value) && Object.keys(value).length === 0;

/** The fields that an object has. @throws TypedError */
export function fieldSetOf(object: Json, shape: Shape): FieldSet {
  const set = new Set<string>();
  const walk = (value: Json, given: Shape, path: string): void => {
    const of = resolved(given, value);
    if (of.kind === 'leaf' || (of.kind === 'map' ? of.atomic : of.relation === 'atomic')) set.add(path);
    else if (of.kind === 'map') {
      if (!isMap(value)) return;
      for (const [name, child] of Object.entries(value)) {
        if (child === undefined) continue;
        const at = below(path, fieldStep(name));
        walk(child, childShape(of, name), at);
        if (child === null || isEmptyMap(child) || of.declared(name) === undefined) set.add(at);
      }
    } else
      for (const [step, items] of itemsByStep(of, value)) {
        const at = below(path, step);
        if (items.length === 1) walk(items[0], of.item, at);
        set.add(at);
      }
  };
  walk(object, shape, '');
  set.delete('');
  return set;
}

/** The paths of an object that its schema does not know. @throws TypedError for the first */
export function checkFields(object: Json, shape: Shape): void {
  const walk = (value: Json, given: Shape, path: string): void => {
    const of = resolved(given, value);
    if (of.kind === 'map' && isMap(value))
      for (const [name, child] of Object.entries(value)) {
        const inner = of.declared(name) ?? of.values;
        if (inner === undefined) throw new TypedError(`${path}.${name}: field not declared in schema`);
        walk(child, inner, `${path}.${name}`);
      }
    else if (of.kind === 'map' && value !== null && value !== undefined)
      throw new TypedError(`${path}: expected map, got &{${String(value)}}`);
    else if (of.kind === 'list' && Array.isArray(value)) {
      const seen = new Set<Step>();
      value.forEach((item, i) => {
        if (of.relation === 'atomic') {
          walk(item, of.item, `${path}[${i}]`);
          return;
        }
        let step;
        try {
          step = itemStep(of, item);
        } catch (error) {
          if (!(error instanceof TypedError)) throw error;
          throw new TypedError(`${path}: element ${i}${error.message}`);
        }
        if (seen.has(step)) throw new TypedError(`${path}: duplicate entries for key ${shownStep(step)}`);
        seen.add(step);
        walk(item, of.item, `${path}${shownStep(step)}`);
      });
    }
  };
  walk(object, shape, '');
}

function shownStep(step: Step): string {
  const value = step.slice(2);
  if (step.startsWith('v:')) return `[=${value}]`;
  const key = JSON.parse(value) as JsonMap;
  return `[${Object.keys(key)
    .map((name) => `${name}=${JSON.stringify(key[name])}`)
    .join(',')}]`;
}

/** How one object differs from another. */
export interface Comparison {
  readonly added: FieldSet;
  readonly modified: FieldSet;
  readonly removed: FieldSet;
}

export function compare(from: Json, to: Json, shape: Shape): Comparison {
  const [added, modified, removed] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const leaf = (a: Json, b: Json, path: string): void => {
    if (a === undefined) added.add(path);
    else if (b === undefined) removed.add(path);
    else if (!deepEqual(a, b)) modified.add(path);
  };
  const walk = (a: Json, b: Json, given: Shape, path: string): void => {
    const [x, y] = [resolved(given, a), resolved(given, b)];
    // Nothing takes the form of what it is compared with.
    const of = b === undefined ? x : y;
    if (given.kind === 'any' && a !== undefined && b !== undefined && x.kind !== y.kind) {
      leaf(a, b, path);
      return;
    }
    if (
      of.kind === 'leaf' ||
      (of.kind === 'map' ? of.atomic : of.relation === 'atomic') ||
      (isEmpty(a) && isEmpty(b))
    ) {
      leaf(a, b, path);
      return;
    }
    if (of.kind === 'map') {
      const [left, right] = [isMap(a) ? a : {}, isMap(b) ? b : {}];
      for (const name of new Set([...Object.keys(left), ...Object.keys(right)])) {
        if (left[name] === undefined && right[name] === undefined) continue;
        walk(left[name], right[name], childShape(of, name), below(path, fieldStep(name)));
      }
    } else items(a, b, of, path);
    if (a === undefined) added.add(path);
    else if (b === undefined) removed.add(path);
  };
  const items = (a: Json, b: Json, of: ListShape, path: string): void => {
    const [left, right] = [itemsByStep(of, a), itemsByStep(of, b)];
    for (const step of new Set([...left.keys(), ...right.keys()])) {
      const [l, r] = [left.get(step) ?? [], right.get(step) ?? []];
      const at = below(path, step);
      if (l.length <= 1 && r.length <= 1) walk(l[0], r[0], of.item, at);
      else if (l.length >= 2 && r.length >= 2) {
        if (!deepEqual(l, r)) modified.add(at);
      } else if (l.length >= 2) {
        if (r.length > 0) walk(undefined, r[0], of.item, at);
        removed.add(at);
      } else {
        if (l.length > 0) walk(l[0], undefined, of.item, at);
        added.add(at);
      }
    }
  };
  walk(from, to, shape, '');
  for (const set of [added, modified, removed]) set.delete('');
  return { added, modified, removed };
}

/** An object with what a configuration says of it. @throws TypedError */
export function merge(live: Json, config: Json, given: Shape): Json {
  const of = resolved(given, config === undefined ? live : config);
  if (
    of.kind === 'leaf' ||
    (of.kind === 'map' ? of.atomic : of.relation === 'atomic') ||
    (isEmpty(live) && isEmpty(config))
  )
    return config === undefined ? live : config;
  if (of.kind === 'list') return mergeLists(live, config, of);
  const [left, right] = [isMap(live) ? live : {}, isMap(config) ? config : {}];
  const out: Record<string, Json> = {};
  for (const name of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const value = merge(left[name], right[name], childShape(of, name));
    if (value !== undefined) out[name] = value;
  }
  return Object.keys(out).length === 0 ? undefined : out;
}

/** The order of both is kept as far as it can be; where they disagree, the configuration's. */
function mergeLists(live: Json, config: Json, of: ListShape): Json {
  const left = Array.isArray(live) ? live : [];
  const leftSteps = left.map((item) => itemStep(of, item));
  const rightItems = itemsByStep(of, config);
  const right = [...rightItems.keys()];
  for (const [step, { length }] of rightItems)
    if (length > 1) throw new TypedError(`: duplicate entries for key ${shownStep(step)}`);
  const byStep = itemsByStep(of, live);
  /** Items that repeat are not merged with what replaces them. */
  const known = (step: Step): Json => {
    const found = byStep.get(step);
    return found === undefined ? undefined : found.length > 1 ? null : found[0];
  };
  const shared = right.filter((step) => byStep.has(step));
  let nextShared = shared.shift();
  const done = new Set<Step>();
  const out: Json[] = [];
  const push = (a: Json, b: Json): void => {
    const value = merge(a ?? undefined, b, of.item);
    if (value !== undefined) out.push(value);
  };
  for (let l = 0, r = 0; l < left.length || r < right.length; ) {
    const step = leftSteps[l];
    if (step !== undefined && r < right.length) {
      if (step === right[r]) {
        done.add(step);
        push(known(step), rightItems.get(step)![0]);
        l += 1;
        r += 1;
        nextShared = shared.shift();
        continue;
      }
      if (rightItems.has(step) && nextShared !== undefined && nextShared !== step) {
        l += 1;
        continue;
      }
    }
    if (step !== undefined) {
      if (!rightItems.has(step)) {
        push(left[l], undefined);
        l += 1;
        continue;
      }
      if (done.has(step)) l += 1;
    }
    const next = right[r];
    if (next !== undefined) {
      done.add(next);
      push(known(next), rightItems.get(next)![0]);
      r += 1;
      if (nextShared === next) nextShared = shared.shift();
    }
  }
  return out.length === 0 ? undefined : out;
}

/** An object without some of its fields; what is left empty is null. */
export function withoutFields(object: Json, set: FieldSet, shape: Shape): Json {
  const prefixes = prefixesOf(set);
  const walk = (value: Json, given: Shape, path: string): Json => {
    const of = resolved(given, value);
    if (of.kind === 'leaf' || isEmpty(value)) return value;
    if (of.kind === 'map') {
      if (of.atomic || !isMap(value)) return null;
      const out: Record<string, Json> = {};
      for (const [name, child] of Object.entries(value)) {
        const at = below(path, fieldStep(name));
        if (set.has(at)) continue;
        out[name] = prefixes.has(at) ? walk(child, childShape(of, name), at) : child;
      }
      return Object.keys(out).length === 0 ? null : out;
    }
    if (of.relation === 'atomic' || !Array.isArray(value)) return null;
    const out = value.flatMap((item) => {
      const at = below(path, itemStep(of, item));
      if (set.has(at)) return [];
      return [prefixes.has(at) ? walk(item, of.item, at) : item];
    });
    return out.length === 0 ? null : out;
  };
  return set.size === 0 ? object : walk(object, shape, '');
}

/** The set with the declared fields above its paths. */
export function withNamedFields(set: FieldSet, shape: Shape): FieldSet {
  const out = new Set(set);
  for (const prefix of prefixesOf(set)) {
    const steps = prefix.split('\u0000');
    const last = steps.at(-1)!;
    if (!last.startsWith('f:')) continue;
    const parent = steps.slice(0, -1).reduce<Shape | undefined>(stepInto, shape);
    if (parent?.kind === 'map' && parent.declared(last.slice(2)) !== undefined) out.add(prefix);
  }
  return out;
}

function stepInto(shape: Shape | undefined, step: Step): Shape | undefined {
  if (shape?.kind === 'map')
    return step.startsWith('f:') ? (shape.declared(step.slice(2)) ?? shape.values) : undefined;
  return shape?.kind === 'list' ? shape.item : shape;
}
