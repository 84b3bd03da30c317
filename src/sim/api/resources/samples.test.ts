/** What every built-in kind does with a manifest, from the request to the table. */
import { describe, expect, it } from 'vitest';
import { WORKING } from '../../../fuzz/working.ts';
import { Cluster } from '../../cluster.ts';
import { deepEqual } from '../equal.ts';
import { builtInKinds, fieldsOf, typeOfKind, type ObjectType } from '../schema/types.ts';
import type { Cell, Column } from '../table/column.ts';
import type { KubeObject } from '../types.ts';
import { mergesStrategically, schemaOf } from './definition.ts';
import { BUILT_IN, RESOURCES } from './index.ts';

/** Asked of the server, and not kept by it. */
const NOT_KEPT = [
  'authentication.k8s.io/v1 SelfSubjectReview',
  'authentication.k8s.io/v1 TokenRequest',
  'authentication.k8s.io/v1 TokenReview',
  'authorization.k8s.io/v1 LocalSubjectAccessReview',
  'authorization.k8s.io/v1 SelfSubjectAccessReview',
  'authorization.k8s.io/v1 SelfSubjectRulesReview',
  'authorization.k8s.io/v1 SubjectAccessReview',
  'autoscaling/v1 Scale',
  'policy/v1 Eviction',
  'v1 Binding',
  'v1 ComponentStatus',
];
/** What only conversions of old releases know. */
const FORMER = ['policy/v1beta1 PodDisruptionBudget'];

it('all that the generated schemas have and a server keeps is served', () => {
  const missing = [...builtInKinds()].filter((words) => {
    const [apiVersion, kind] = words.split(' ') as [string, string];
    return BUILT_IN.served(apiVersion, kind) === undefined;
  });
  expect(missing.sort()).toEqual([...NOT_KEPT, ...FORMER].sort());
});

const samples = new Map(WORKING.map((s) => [s['kind'] as string, s as unknown as KubeObject]));

/** Whether all of a value stands in another, before and beside what else does. */
function holds(whole: unknown, part: unknown): boolean {
  if (Array.isArray(part)) return Array.isArray(whole) && part.every((p, i) => holds(whole[i], p));
  if (part === null || typeof part !== 'object') return whole === part;
  return Object.entries(part).every(([key, p]) =>
    holds((whole as Record<string, unknown> | undefined)?.[key], p),
  );
}

/** Upstream has numbers in columns of texts, too. */
const typeFits = ({ type }: Column, cell: Cell): boolean =>
  type === 'string' ? typeof cell !== 'boolean' : typeof cell === (type === 'boolean' ? type : 'number');

describe.each(RESOURCES.map((d) => [d.resource, d] as const))('%s', (_name, d) => {
  const sample = samples.get(d.kind)!;
  const namespace = d.namespaced ? 'default' : '';
  const api = Cluster.create({ seed: 1, nodes: [] }).client();
  const draft = { ...sample, metadata: { ...sample?.metadata, ...(d.namespaced ? { namespace } : {}) } };

  it('keeps what a manifest says, and adds nothing when it is written again', () => {
    expect(sample, 'a manifest in src/fuzz/working.ts').toBeDefined();
    const created = api.create(draft);
    const { name } = created.metadata;
    const read = api.get(d.resource, namespace, name);
    expect(deepEqual(read, created)).toBe(true);
    // What a Secret's author writes as text is kept encoded; status is the server's.
    const { stringData: _, status: _s, ...given } = draft as KubeObject & { stringData?: unknown };
    expect(holds(read, given)).toBe(true);
    expect(deepEqual(api.update(read).metadata, read.metadata)).toBe(true);
  });

  it('prints a cell for every column, each of its type', () => {
    const stored = api.get(d.resource, namespace, draft.metadata.name);
    for (const wide of [false, true]) {
      const row = d.row(stored, { now: 60_000, wide });
      expect(row).toHaveLength(d.columns.length);
      expect(d.columns.filter((column, i) => !typeFits(column, row[i]!)).map((c) => c.name)).toEqual([]);
    }
  });

  it('merges patches by the keys of a schema that is there whole', () => {
    expect(mergesStrategically(d)).toBe(true);
    const seen = new Set<string>();
    const walk = (type: ObjectType): void => {
      if (seen.has(type.name)) return;
      seen.add(type.name);
      for (const field of fieldsOf(type).values()) {
        let inner = field.type;
        while (inner.kind === 'list' || inner.kind === 'map') inner = inner.of;
        if (inner.kind !== 'object') continue;
        if (field.mergeKey !== undefined)
          expect([type.name, field.name, fieldsOf(inner).has(field.mergeKey)]).toEqual([
            type.name,
            field.name,
            true,
          ]);
        walk(inner);
      }
    };
    walk(schemaOf(d)!);
    const { name } = draft.metadata;
    const patched = api.patch(d.resource, namespace, name, 'strategic', {
      metadata: { labels: { patched: 'yes' } },
    });
    expect(patched.metadata.labels).toMatchObject({ patched: 'yes' });
    expect(typeOfKind(d.apiVersion, d.kind)).toBe(schemaOf(d));
  });
});
