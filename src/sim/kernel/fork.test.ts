import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cells, forkState, Table } from './fork.ts';
import { decodeState, encodeState } from './snapshot.ts';

interface Cell {
  n: number;
  readonly inner: Map<string, number[]>;
}

interface World {
  readonly names: Map<string, string>;
  readonly cells: Map<string, Cell>;
  /** Tables within cells, as caches within watchers. */
  readonly nested: Map<string, Map<string, string>>;
}

/** The same state, in maps that forks share and in maps that they copy. */
const shared = (): World => ({ names: new Table(), cells: new Cells(), nested: new Cells() });
const plain = (): World => ({ names: new Map(), cells: new Map(), nested: new Map() });

/** More than are copied at once, so that forks of both kinds come about. */
const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
const step = fc.record({
  side: fc.nat(3),
  do: fc.constantFrom(
    'set',
    'delete',
    'clear',
    'put',
    'change',
    'drop',
    'sweep',
    'read',
    'nest',
    'fork',
    'save',
  ),
  key,
  other: key,
  value: fc.nat(99),
});

function act(
  world: World,
  what: string,
  k: string,
  other: string,
  value: number,
  table: typeof Map,
): unknown {
  switch (what) {
    case 'set':
      return void world.names.set(k, `v${value}`);
    case 'delete':
      return world.names.delete(k);
    case 'clear':
      return value % 5 === 0 ? void world.names.clear() : undefined;
    case 'put':
      return void world.cells.set(k, { n: value, inner: new Map() });
    case 'change': {
      const cell = world.cells.get(k);
      if (cell === undefined) return undefined;
      cell.n += value;
      cell.inner.set(other, [...(cell.inner.get(other) ?? []), value]);
      cell.inner.get(other)!.push(value);
      return cell.n;
    }
    case 'drop':
      return world.cells.delete(k);
    case 'sweep':
      for (const cell of world.cells.values()) cell.n += 1;
      return world.cells.size;
    case 'read':
      return world.cells.get(k)?.inner.get(other);
    default: {
      let inner = world.nested.get(k);
      if (inner === undefined) world.nested.set(k, (inner = new table()));
      if (inner.has(other)) inner.delete(other);
      else inner.set(other, `v${value}`);
      return inner.size;
    }
  }
}

/** All of it, in its order. */
const picture = (world: World): unknown => [
  [...world.names],
  [...world.cells].map(([k, { n, inner }]) => [k, n, [...inner]]),
  [...world.nested].map(([k, inner]) => [k, [...inner]]),
];

describe('forks that share', () => {
  it('go on as plain copies do, whoever writes', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const sides = [shared()];
        const models = [plain()];
        for (const { side: nth, do: what, key: k, other, value } of steps) {
          const side = nth % sides.length;
          if (what === 'fork') {
            if (sides.length === 4) continue;
            sides.push(forkState(sides[side]!));
            models.push(structuredClone(models[side]!));
          } else if (what === 'save') sides[side] = decodeState(encodeState(sides[side])) as World;
          else {
            const made = act(sides[side]!, what, k, other, value, Table as unknown as typeof Map);
            expect(made).toEqual(act(models[side]!, what, k, other, value, Map));
          }
          // A look at all of it would make it everybody's own: only one side is looked at on the way.
          if (value % 7 === 0) expect(picture(sides[side]!)).toEqual(picture(models[side]!));
        }
        sides.forEach((world, i) => expect(picture(world)).toEqual(picture(models[i]!)));
      }),
    );
  });

  it('copy neither a table nor a cell that nobody writes to', () => {
    const world = {
      names: new Table([['a', {}]]),
      cells: new Cells(['a', 'b', 'c', 'd', 'e', 'f'].map((name, n) => [name, { n }])),
    };
    const fork = forkState(world);
    expect(fork.names.get('a')).toBe(world.names.get('a'));
    expect(fork.cells.peek().get('b')).toBe(world.cells.peek().get('b'));
    expect(fork.cells.get('a')).not.toBe(world.cells.peek().get('a'));
    expect(fork.cells.peek().get('b')).toBe(world.cells.peek().get('b'));
  });

  it('copy few cells at once, and keep no account of them', () => {
    const cells = new Cells([['a', { n: 1 }]]);
    const fork = forkState(cells);
    expect(fork.get('a')).toEqual({ n: 1 });
    fork.get('a')!.n = 2;
    expect([cells.get('a'), fork.get('a')]).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('copy objects of few members and of many alike', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.nat(), fc.record({ n: fc.nat() })), { maxLength: 40 }), (values) => {
        const object = Object.fromEntries(values.map((value, i) => [`m${i}`, value]));
        const copy = forkState(object);
        expect(JSON.stringify(copy)).toBe(JSON.stringify(object));
        for (const value of Object.values(copy)) if (typeof value === 'object') value.n = -1;
        expect(Object.values(object).some((v) => typeof v === 'object' && v.n === -1)).toBe(false);
      }),
    );
  });
});
