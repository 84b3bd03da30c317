import { describe, expect, it } from 'vitest';
import { createdFrom, statusUpdatedFrom, updatedFrom } from '../resources/testing.ts';
import type { KubeObject } from '../types.ts';
import { base64 } from '../base64.ts';
import { encodeStringData } from './secret.ts';

const object = (kind: string, fields: object, metadata: object = {}): KubeObject =>
  ({
    apiVersion: 'v1',
    kind,
    metadata: { name: 'a', namespace: 'default', ...metadata },
    ...fields,
  }) as never;
const create = (kind: string, spec: unknown, metadata: object = {}): KubeObject =>
  createdFrom(object(kind, { spec }, metadata));
const workload = {
  selector: { matchLabels: { a: 'b' } },
  template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i:1' }] } },
};

describe('strategies', () => {
  it.each(['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'])(
    'count the generations of a %s by changes of its spec',
    (kind) => {
      const old = create(kind, workload);
      expect(old.metadata.generation).toBe(1);
      const same = updatedFrom({ ...old, spec: structuredClone(old.spec), status: { replicas: 9 } }, old);
      expect([same.metadata.generation, same.status]).toEqual([1, old.status]);
      const changed = updatedFrom({ ...old, spec: { ...(old.spec as object), minReadySeconds: 3 } }, old);
      expect(changed.metadata.generation).toBe(2);
    },
  );

  it('count annotations of a Deployment, but of no other', () => {
    for (const [kind, generation] of [
      ['Deployment', 2],
      ['ReplicaSet', 1],
    ] as const) {
      const old = create(kind, workload);
      expect(
        updatedFrom({ ...old, metadata: { ...old.metadata, annotations: { a: 'b' } } }, old).metadata
          .generation,
      ).toBe(generation);
    }
  });

  it('count templates of a DaemonSet in its annotation, even when its author leaves it out', () => {
    const key = 'deprecated.daemonset.template.generation';
    const old = create('DaemonSet', workload);
    expect(old.metadata.annotations).toEqual({ [key]: '1' });
    const { annotations: _, ...metadata } = old.metadata;
    expect(updatedFrom({ ...old, metadata }, old).metadata.annotations).toEqual({ [key]: '1' });
    const template = { ...workload.template, metadata: { labels: { a: 'b', c: 'd' } } };
    expect(
      updatedFrom({ ...old, spec: { ...(old.spec as object), template } }, old).metadata.annotations,
    ).toEqual({ [key]: '2' });
  });

  it('let a status update change status only', () => {
    const old = create('Deployment', workload, { labels: { a: '1' } });
    const next = statusUpdatedFrom(
      { ...old, metadata: { ...old.metadata, labels: { a: '2' } }, spec: {}, status: { replicas: 1 } },
      old,
    );
    expect([next.spec, next.status, next.metadata.labels]).toEqual([old.spec, { replicas: 1 }, { a: '1' }]);
    const pod = create('Pod', { containers: [] });
    expect(statusUpdatedFrom({ ...pod, status: { phase: 'Running' } }, pod).status).toEqual({
      phase: 'Running',
      qosClass: 'BestEffort',
    });
  });

  it('write matchLabelKeys into the selectors of a new Pod', () => {
    const term = {
      topologyKey: 'zone',
      labelSelector: { matchLabels: { app: 'x' } },
      matchLabelKeys: ['hash', 'absent'],
    };
    const pod = create(
      'Pod',
      {
        containers: [],
        affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } },
      },
      { labels: { hash: '1' } },
    );
    const spec = pod.spec as {
      affinity: {
        podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { labelSelector: unknown }[] };
      };
    };
    expect(
      spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0]!.labelSelector,
    ).toEqual({
      matchLabels: { app: 'x' },
      matchExpressions: [{ key: 'hash', operator: 'In', values: ['1'] }],
    });
  });

  it('encode stringData', () => {
    expect(['', 'a', 'ab', 'abc', 'pässwörd ☃'].map(base64)).toEqual([
      '',
      'YQ==',
      'YWI=',
      'YWJj',
      'cMOkc3N3w7ZyZCDimIM=',
    ]);
    const secret = encodeStringData(
      object('Secret', { stringData: { a: 'b' }, data: { c: 'ZA==' } }) as never,
    );
    expect(secret).toEqual(object('Secret', { data: { c: 'ZA==', a: 'Yg==' } }));
  });
});
