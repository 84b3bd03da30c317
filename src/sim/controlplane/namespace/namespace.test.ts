import { describe, expect, it } from 'vitest';
import { harness } from '../../harness/harness.ts';
import { testPod } from '../../harness/objects.ts';
import { rfc3339 } from '../../api/time.ts';
import { deletionConditions, namespaceController } from './namespace.ts';

const going = (): object => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 't', deletionTimestamp: rfc3339(0) },
  spec: { finalizers: ['kubernetes'] },
  status: { phase: 'Terminating' },
});
const config = (name: string, extra: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 't', ...extra },
});

describe('namespace deletion', () => {
  it('leaves a living namespace alone', () => {
    const h = harness([namespaceController]);
    h.put({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 't' },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    });
    h.put(config('a'));
    h.pass(100_000);
    expect([h.writes, h.pending()]).toStrictEqual([[], []]);
  });

  it('empties it, its pods first, and lets it go', () => {
    const h = harness([namespaceController]);
    h.put(config('a'));
    h.put(testPod('p', { namespace: 't' }));
    h.put(going());
    h.pass(4_900);
    expect(h.writes).toStrictEqual([]);
    h.pass(30_000);
    expect(h.writes.filter((w) => w.verb === 'delete').map((w) => w.kind)).toStrictEqual([
      'Pod',
      'ConfigMap',
    ]);
    expect([h.api.find('Namespace', '', 't'), h.pending()]).toStrictEqual([undefined, []]);
  });

  it('waits for pods that end gracefully before anything else goes', () => {
    const h = harness([namespaceController]);
    h.put(config('a'));
    h.put(testPod('p', { namespace: 't', node: 'n' }));
    h.put(going());
    h.pass(15_000);
    const remaining = h.api
      .get('Namespace', '', 't')
      .status.conditions?.find((c) => c.type === 'NamespaceContentRemaining');
    expect([remaining?.status, remaining?.message]).toStrictEqual([
      'True',
      'Some resources are remaining: pods. has 1 resource instances',
    ]);
    expect(h.api.find('ConfigMap', 't', 'a')).toBeDefined();
    h.api.delete('Pod', 't', 'p', { gracePeriodSeconds: 0 });
    h.pass(30_000);
    expect(h.api.find('Namespace', '', 't')).toBeUndefined();
  });

  it('says which finalizers hold it, and goes when they are taken off', () => {
    const h = harness([namespaceController]);
    h.put(config('a', { finalizers: ['example.com/hold'] }));
    h.put(going());
    h.pass(30_000);
    const held = h.api
      .get('Namespace', '', 't')
      .status.conditions?.find((c) => c.type === 'NamespaceFinalizersRemaining');
    expect([held?.status, held?.reason, held?.message]).toStrictEqual([
      'True',
      'SomeFinalizersRemain',
      'Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances',
    ]);
    const { finalizers: _, ...metadata } = h.api.get('ConfigMap', 't', 'a').metadata;
    h.api.update({ ...h.api.get('ConfigMap', 't', 'a'), metadata });
    h.pass(30_000);
    expect(h.api.find('Namespace', '', 't')).toBeUndefined();
  });

  it('has conditions in the words of Kubernetes', () => {
    const done = deletionConditions({
      resources: new Map(),
      finalizers: new Map(),
      errors: [],
      estimateSeconds: 0,
    });
    expect(done.map((c) => `${c.status} ${c.reason}`)).toStrictEqual([
      'False ResourcesDiscovered',
      'False ParsedGroupVersions',
      'False ContentDeleted',
      'False ContentRemoved',
      'False ContentHasNoFinalizers',
    ]);
  });
});
