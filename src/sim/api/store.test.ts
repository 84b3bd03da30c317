import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forkState } from '../kernel/fork.ts';
import { emptyTable, keyOf, objectsIn, objectsInOrder, putObject, sortedByKey } from './store.ts';
import type { KubeObject } from './types.ts';

const step = fc.record({
  namespace: fc.constantFrom('a', 'b', 'c'),
  name: fc.constantFrom('x', 'y', 'z'),
  gone: fc.boolean(),
  fork: fc.boolean(),
});

const objectOf = (namespace: string, name: string, n: number): KubeObject =>
  ({ apiVersion: 'v1', kind: 'Pod', metadata: { namespace, name, uid: `${n}` } }) as KubeObject;

describe('a table of objects', () => {
  it('has in each namespace what of all is in it, in the same order', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let table = emptyTable();
        const model = new Map<string, KubeObject>();
        steps.forEach(({ namespace, name, gone, fork }, i) => {
          if (fork) table = forkState(table);
          const key = keyOf(namespace, name);
          const object = objectOf(namespace, name, i);
          expect(putObject(table, key, gone ? undefined : object)).toBe(model.get(key));
          if (gone) model.delete(key);
          else model.set(key, object);
          expect([...objectsIn(table)]).toEqual([...model.values()]);
          expect(objectsInOrder(table)).toEqual(sortedByKey([...model.values()]));
          for (const ns of ['a', 'b', 'c', 'd'])
            expect([...objectsIn(table, ns)]).toEqual(
              [...model.values()].filter((o) => o.metadata.namespace === ns),
            );
        });
        expect([...(table.indexes.namespace?.values() ?? [])].every((part) => part.size > 0)).toBe(true);
      }),
    );
  });
});
