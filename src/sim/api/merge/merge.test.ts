import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { typeOfKind, type FieldType } from '../schema/types.ts';
import { diffMaps, jsonEqual } from './diff.ts';
import { applyPatch, threeWayPatch, twoWayPatch } from './index.ts';
import { isObject, type Json } from './jsonmerge.ts';
import { fieldOf, itemType, strategicMerge } from './strategic.ts';

const DEPLOYMENT = typeOfKind('apps/v1', 'Deployment');
const POD = typeOfKind('v1', 'Pod');

/**
 * A deployment's manifest in which each part may be missing, so that any two differ in every way that
 * matters.
 */
const word = fc.constantFrom('a', 'b', 'c');
const maybe = <T>(arb: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arb, { nil: undefined });
const compact = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(compact)
    : isObject(value)
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([, v]) => v !== undefined)
            .map(([k, v]) => [k, compact(v)]),
        )
      : value;
const container = fc.record({
  name: word,
  image: maybe(word),
  command: maybe(fc.array(word, { maxLength: 2 })),
  env: maybe(
    fc.uniqueArray(fc.record({ name: word, value: word }), {
      selector: (e) => e.name,
      minLength: 1,
      maxLength: 3,
    }),
  ),
  resources: maybe(fc.record({ limits: maybe(fc.dictionary(word, word, { maxKeys: 2 })) })),
});
const volume = fc.record({
  name: word,
  emptyDir: maybe(fc.constant({})),
  configMap: maybe(fc.record({ name: word })),
});
const manifest: fc.Arbitrary<Json> = fc
  .record({
    apiVersion: fc.constant('apps/v1'),
    kind: fc.constant('Deployment'),
    metadata: fc.record({
      name: fc.constant('web'),
      labels: maybe(fc.dictionary(word, word, { maxKeys: 3 })),
      finalizers: maybe(fc.uniqueArray(word, { minLength: 1, maxLength: 3 })),
    }),
    spec: fc.record({
      replicas: maybe(fc.integer({ min: 0, max: 3 })),
      strategy: maybe(
        fc.record({
          type: maybe(word),
          rollingUpdate: maybe(fc.record({ maxSurge: maybe(word), maxUnavailable: maybe(word) })),
        }),
      ),
      template: fc.record({
        spec: fc.record({
          containers: fc.uniqueArray(container, { selector: (c) => c.name, minLength: 1, maxLength: 3 }),
          volumes: maybe(fc.uniqueArray(volume, { selector: (v) => v.name, minLength: 1, maxLength: 3 })),
          tolerations: maybe(fc.array(fc.record({ key: word }), { maxLength: 2 })),
        }),
      }),
    }),
  })
  .map((m) => compact(m) as Json);
const deployment = typeOfKind('apps/v1', 'Deployment')!;

/** What apply must lead to, said field by field, order of merged lists aside. */
function applied(
  last: unknown,
  modified: unknown,
  live: unknown,
  type: FieldType | undefined,
  retainKeys = false,
): unknown {
  if (!isObject(modified)) return modified;
  const result: Json = {};
  const lastMap = isObject(last) ? last : {};
  const liveMap = isObject(live) ? live : {};
  // As upstream: an empty map retains all.
  const clears = retainKeys && Object.keys(modified).length > 0;
  for (const key of Object.keys(liveMap))
    if (!(key in modified) && !(key in lastMap) && !clears) result[key] = liveMap[key];
  for (const key of Object.keys(modified)) {
    const field = fieldOf(type, key);
    const to = modified[key];
    if (Array.isArray(to) && field?.strategy === 'merge') {
      result[key] = appliedList(
        listOf(lastMap[key]),
        to,
        listOf(liveMap[key]),
        itemType(field.type),
        field.mergeKey,
        field.retainKeys,
      );
    } else {
      result[key] = applied(lastMap[key], to, liveMap[key], field?.type, field?.retainKeys);
    }
  }
  return result;
}
const listOf = (v: unknown): unknown[] => (Array.isArray(v) ? v : []);
function appliedList(
  last: unknown[],
  modified: unknown[],
  live: unknown[],
  type: FieldType | undefined,
  mergeKey: string | undefined,
  retainKeys: boolean,
): unknown[] {
  const id = (item: unknown): unknown => (mergeKey === undefined ? item : (item as Json)[mergeKey]);
  const find = (list: unknown[], item: unknown): unknown => list.find((other) => id(other) === id(item));
  const kept = live.filter((item) => find(modified, item) === undefined && find(last, item) === undefined);
  return [
    ...modified.map((item) =>
      mergeKey === undefined ? item : applied(find(last, item), item, find(live, item), type, retainKeys),
    ),
    ...kept,
  ];
}
/** With merged lists sorted, so that only their content is compared. */
function unordered(value: unknown, type: FieldType | undefined): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, v]) => {
      const field = fieldOf(type, key);
      if (Array.isArray(v) && field?.strategy === 'merge') {
        const items = v.map((item) => unordered(item, itemType(field.type)));
        return [
          key,
          items.sort((a, b) =>
            JSON.stringify(keyOf(a, field.mergeKey)) < JSON.stringify(keyOf(b, field.mergeKey)) ? -1 : 1,
          ),
        ];
      }
      return [key, unordered(v, field?.type)];
    }),
  );
}
const keyOf = (item: unknown, mergeKey: string | undefined): unknown =>
  mergeKey === undefined ? item : (item as Json)[mergeKey];

describe('kubectl apply', () => {
  it('leads to the new configuration, less what it dropped, beside what others set', () => {
    fc.assert(
      fc.property(fc.option(manifest, { nil: undefined }), manifest, manifest, (last, modified, live) => {
        const before = structuredClone(live);
        const patch = threeWayPatch(DEPLOYMENT, last, modified, live);
        const result =
          patch === undefined ? live : (applyPatch('strategic', DEPLOYMENT, live, patch) as Json);
        expect(unordered(result, deployment)).toEqual(
          unordered(applied(last, modified, live, deployment), deployment),
        );
        expect(live).toEqual(before);
      }),
      { numRuns: 500 },
    );
  });

  it('changes nothing when applied again', () => {
    fc.assert(
      fc.property(manifest, manifest, manifest, (last, modified, live) => {
        const patch = threeWayPatch(DEPLOYMENT, last, modified, live);
        const result =
          patch === undefined ? live : (applyPatch('strategic', DEPLOYMENT, live, patch) as Json);
        const again = threeWayPatch(DEPLOYMENT, modified, modified, result);
        // Where others added items to a list, its order is sent again, as upstream.
        expect(again === undefined ? result : applyPatch('strategic', DEPLOYMENT, result, again)).toEqual(
          result,
        );
        expect(threeWayPatch(DEPLOYMENT, modified, modified, modified)).toBeUndefined();
      }),
    );
  });

  it('puts containers in the order of the manifest', () => {
    fc.assert(
      fc.property(manifest, manifest, (modified, live) => {
        const names = (m: Json): string[] =>
          (
            m as { spec: { template: { spec: { containers: { name: string }[] } } } }
          ).spec.template.spec.containers.map((c) => c.name);
        const patch = threeWayPatch(DEPLOYMENT, live, modified, live);
        expect(
          names(patch === undefined ? live : (applyPatch('strategic', DEPLOYMENT, live, patch) as Json)),
        ).toEqual(names(modified));
      }),
    );
  });

  it('sends the patches that kubectl sends', () => {
    const live = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      spec: {
        replicas: 3,
        template: {
          spec: {
            containers: [
              { name: 'a', image: 'x' },
              { name: 'b', image: 'y' },
            ],
          },
        },
      },
    };
    const modified = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      spec: { template: { spec: { containers: [{ name: 'b', image: 'z' }] } } },
    };
    expect(threeWayPatch(DEPLOYMENT, live, modified, live)).toEqual({
      spec: {
        replicas: null,
        template: {
          spec: {
            '$setElementOrder/containers': [{ name: 'b' }],
            containers: [
              { name: 'b', image: 'z' },
              { $patch: 'delete', name: 'a' },
            ],
          },
        },
      },
    });
    expect(
      threeWayPatch(
        DEPLOYMENT,
        undefined,
        { spec: { strategy: { type: 'Recreate' } } },
        { spec: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } } },
      ),
    ).toEqual({ spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } });
  });
});

describe('two-way patches', () => {
  it('lead from one object to the other', () => {
    fc.assert(
      fc.property(manifest, manifest, (from, to) => {
        const patch = twoWayPatch(DEPLOYMENT, from, to);
        expect(patch === undefined).toBe(jsonEqual(from, to));
        expect(strategicMerge(from, patch ?? {}, deployment)).toEqual(to);
        expect(diffMaps(from, from, deployment, { ignoreChanges: false, ignoreDeletions: false })).toEqual(
          {},
        );
      }),
      { numRuns: 500 },
    );
  });
});

describe('patches by type', () => {
  it('share what they leave alone', () => {
    const object = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { labels: { a: '1' } },
      spec: { containers: [{ name: 'c' }] },
    };
    const patched = applyPatch('strategic', POD, object, {
      metadata: { labels: { b: '2' } },
    }) as typeof object;
    expect(patched.spec).toBe(object.spec);
    expect(patched.metadata.labels).toEqual({ a: '1', b: '2' });
  });

  it('are refused when they are none', () => {
    expect(() => applyPatch('json', POD, {}, {})).toThrow(expect.objectContaining({ reason: 'BadRequest' }));
    expect(() => applyPatch('merge', POD, {}, 3)).toThrow(expect.objectContaining({ reason: 'BadRequest' }));
    expect(() => applyPatch('json', POD, { a: 1 }, [{ op: 'test', path: '/a', value: 2 }])).toThrow(
      expect.objectContaining({ reason: 'Invalid' }),
    );
  });

  it('do not reach into prototypes', () => {
    const patch = JSON.parse(
      '{"__proto__":{"polluted":true},"metadata":{"labels":{"__proto__":"x"}}}',
    ) as Json;
    applyPatch('merge', POD, {}, patch);
    applyPatch('strategic', POD, { metadata: { labels: {} } }, patch);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
