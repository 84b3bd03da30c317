/**
 * What Kubernetes' CEL has for lists, sets and quantities:
 * staging/src/k8s.io/apiserver/pkg/cel/library/{lists,quantity}.go and cel-go's ext/sets.go.
 */
import type { Environment } from '@marcbachmann/cel-js';
import { compareQuantities, parseQuantity, type Quantity as Parsed } from '../quantity.ts';

type Comparable = bigint | number | string | boolean;

const before = (a: Comparable, b: Comparable): boolean => a < b;

/** What is equal reads the same. */
const key = (value: unknown): string =>
  JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? Number(v) : (v as unknown)));

const extreme =
  (better: (a: Comparable, b: Comparable) => boolean, name: string) =>
  (list: readonly Comparable[]): Comparable => {
    if (list.length === 0) throw new Error(`${name} called on empty list`);
    return list.reduce((best, one) => (better(one, best) ? one : best));
  };

function sum(list: readonly (bigint | number)[]): bigint | number {
  return typeof list[0] === 'number'
    ? (list as readonly number[]).reduce((a, b) => a + b, 0)
    : (list as readonly bigint[]).reduce((a, b) => a + b, 0n);
}

class Sets {}

class Quantity {
  readonly value: Parsed;
  readonly text: string;

  constructor(text: string) {
    this.value = parseQuantity(text);
    this.text = text;
  }
}

function isQuantity(text: string): boolean {
  try {
    parseQuantity(text);
    return true;
  } catch {
    return false;
  }
}

const compare = (a: Quantity, b: Quantity): number => compareQuantities(a.value, b.value);
const has = (list: readonly unknown[], items: readonly unknown[]): boolean => {
  const keys = new Set(list.map(key));
  return items.every((item) => keys.has(key(item)));
};

export const addNumbers = (env: Environment): Environment =>
  env
    .registerFunction('list.isSorted(): bool', (list: readonly Comparable[]) =>
      list.every((one, i) => i === 0 || !before(one, list[i - 1]!)),
    )
    .registerFunction('list.sum(): dyn', sum)
    .registerFunction('list.min(): dyn', extreme(before, 'min'))
    .registerFunction(
      'list.max(): dyn',
      extreme((a, b) => before(b, a), 'max'),
    )
    .registerFunction('list.indexOf(dyn): int', (list: readonly unknown[], item: unknown) =>
      BigInt(list.map(key).indexOf(key(item))),
    )
    .registerFunction('list.lastIndexOf(dyn): int', (list: readonly unknown[], item: unknown) =>
      BigInt(list.map(key).lastIndexOf(key(item))),
    )
    .registerType('Sets', { ctor: Sets })
    .registerConstant('sets', 'Sets', new Sets())
    .registerFunction('Sets.contains(list, list): bool', (_: Sets, a: unknown[], b: unknown[]) => has(a, b))
    .registerFunction(
      'Sets.equivalent(list, list): bool',
      (_: Sets, a: unknown[], b: unknown[]) => has(a, b) && has(b, a),
    )
    .registerFunction('Sets.intersects(list, list): bool', (_: Sets, a: unknown[], b: unknown[]) =>
      b.some((item) => has(a, [item])),
    )
    .registerType('Quantity', { ctor: Quantity })
    .registerFunction('isQuantity(string): bool', isQuantity)
    .registerFunction('quantity(string): Quantity', (text: string) => new Quantity(text))
    .registerFunction(
      'Quantity.isGreaterThan(Quantity): bool',
      (a: Quantity, b: Quantity) => compare(a, b) > 0,
    )
    .registerFunction('Quantity.isLessThan(Quantity): bool', (a: Quantity, b: Quantity) => compare(a, b) < 0)
    .registerFunction('Quantity.compareTo(Quantity): int', (a: Quantity, b: Quantity) =>
      BigInt(compare(a, b)),
    )
    .registerFunction('Quantity.sign(): int', (a: Quantity) => BigInt(compare(a, new Quantity('0'))));
