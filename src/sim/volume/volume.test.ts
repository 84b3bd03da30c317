/** Claims that grow and nodes that are full of volumes, played on a whole cluster. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Draft } from '../api/client.ts';
import type { CSINode, KubeObject, PersistentVolumeClaim, Pod } from '../api/types.ts';
import { DEFAULT_DRIVER } from '../api/volumes.ts';
import { Cluster } from '../cluster.ts';

let base: Cluster;
beforeAll(() => {
  base = Cluster.create({ seed: 3, nodes: 2 });
  base.pass(10_000);
});

const create = (c: Cluster, object: object): void => void c.client().create(object as Draft<KubeObject>);
const withClaim = (c: Cluster, name: string, more: object = {}): void => {
  create(c, {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace: 'default' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...more },
  });
  create(c, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default' },
    spec: {
      nodeSelector: { 'kubernetes.io/hostname': 'node-1' },
      containers: [{ name: 'c', image: 'nginx:1', volumeMounts: [{ name: 'v', mountPath: '/v' }] }],
      volumes: [{ name: 'v', persistentVolumeClaim: { claimName: name } }],
    },
  });
};
const claim = (c: Cluster, name = 'a'): PersistentVolumeClaim =>
  c.client().get('PersistentVolumeClaim', 'default', name);
const pod = (c: Cluster, name: string): Pod => c.client().get('Pod', 'default', name);
const reasons = (c: Cluster, kind: string): string[] =>
  c
    .client()
    .list('Event')
    .filter((e) => e.involvedObject.kind === kind)
    .map((e) => e.reason!);
function ask(c: Cluster, storage: string): void {
  const { spec, ...rest } = claim(c);
  c.client().update({ ...rest, spec: { ...spec, resources: { requests: { storage } } } } as never);
}

describe('a claim that asks for more', () => {
  it('tells how far that has come, from the driver to the node', () => {
    const c = base.fork();
    withClaim(c, 'a');
    c.pass(60_000);
    ask(c, '2Gi');
    const stages: unknown[] = [];
    for (let i = 0; i < 600; i += 1) {
      c.pass(100);
      const { allocatedResourceStatuses: stage, capacity } = claim(c).status as never as Record<
        string,
        Record<string, string> | undefined
      >;
      const now = `${stage?.['storage'] ?? 'none'} ${capacity?.['storage']}`;
      if (stages.at(-1) !== now) stages.push(now);
    }
    expect(stages).toEqual(['ControllerResizeInProgress 1Gi', 'NodeResizePending 1Gi', 'none 2Gi']);
    expect(claim(c).status.conditions).toBeUndefined();
    expect(reasons(c, 'PersistentVolumeClaim')).toEqual(
      expect.arrayContaining([
        'ExternalExpanding',
        'Resizing',
        'FileSystemResizeRequired',
        'FileSystemResizeSuccessful',
      ]),
    );
  });

  it('waits for a node that has it', () => {
    const c = base.fork();
    withClaim(c, 'a');
    c.pass(60_000);
    c.client().delete('Pod', 'default', 'a');
    c.pass(120_000);
    ask(c, '2Gi');
    c.pass(60_000);
    expect(claim(c).status.conditions?.map((x) => x.type)).toEqual(['Resizing', 'FileSystemResizePending']);
    expect(claim(c).status.capacity).toEqual({ storage: '1Gi' });
  });

  it('is told why its driver does not, and is served once it does', () => {
    const zoned = Cluster.create({
      seed: 4,
      nodes: [{ name: 'node-1', labels: { 'topology.kubernetes.io/zone': 'a' } }],
    });
    zoned.pass(5_000);
    withClaim(zoned, 'a');
    zoned.pass(60_000);
    zoned.world.storage.zones.add('a');
    ask(zoned, '2Gi');
    zoned.pass(10_000);
    expect(claim(zoned).status.conditions?.map((x) => x.type)).toEqual(['Resizing', 'ControllerResizeError']);
    expect(reasons(zoned, 'PersistentVolumeClaim')).toContain('VolumeResizeFailed');
    zoned.world.storage.zones.delete('a');
    zoned.pass(120_000);
    expect(claim(zoned).status.capacity).toEqual({ storage: '2Gi' });
  });
});

describe('a CSINode', () => {
  it('is there for every node, of the node, and goes with it', () => {
    const c = base.fork();
    const names = c
      .client()
      .list('CSINode')
      .map((n) => [n.metadata.name, n.spec.drivers[0]?.name]);
    expect(names).toEqual([
      ['node-1', DEFAULT_DRIVER],
      ['node-2', DEFAULT_DRIVER],
    ]);
    const node = c.client().get('Node', '', 'node-1');
    const found = c.client().get('CSINode', '', 'node-1') as CSINode;
    expect(found.metadata.ownerReferences?.[0]?.uid).toBe(node.metadata.uid);
    c.client().delete('Node', '', 'node-1');
    c.pass(60_000);
    expect(
      c
        .client()
        .list('CSINode')
        .map((n) => n.metadata.name),
    ).toEqual(['node-2']);
  });

  it('says how many volumes its node takes, and the scheduler heeds it', () => {
    const c = base.fork();
    const found = c.client().get('CSINode', '', 'node-1') as CSINode;
    const drivers = found.spec.drivers.map((d) =>
      d.name === DEFAULT_DRIVER ? { ...d, allocatable: { count: 1 } } : d,
    );
    c.client().update({ ...found, spec: { drivers } } as never);
    c.pass(1_000);
    withClaim(c, 'a');
    c.pass(60_000);
    withClaim(c, 'b');
    c.pass(60_000);
    expect(pod(c, 'a').spec.nodeName).toBe('node-1');
    expect(pod(c, 'b').spec.nodeName).toBeUndefined();
    const why = pod(c, 'b').status.conditions?.find((x) => x.type === 'PodScheduled')?.message;
    expect(why).toContain('1 node(s) exceed max volume count');
  });
});
