import { describe, expect, it } from 'vitest';
import type { Draft } from '../../api/client.ts';
import type { KubeObject, Pod } from '../../api/types.ts';
import { harness } from '../../harness/harness.ts';
import { template } from '../../harness/objects.ts';
import { converge } from '../../harness/play.ts';
import { replicaSetController, replicationController } from './replicaset.ts';

const start = (labels: Record<string, string> = { app: 'web' }) => {
  const h = harness([replicationController, replicaSetController]);
  const kind = { apiVersion: 'v1', kind: 'ReplicationController' };
  const metadata = { name: 'web', namespace: 'default' };
  h.api.create({
    ...kind,
    metadata,
    spec: { replicas: 3, template: template(labels) },
  } as unknown as Draft<KubeObject>);
  return h;
};
const rc = (h: ReturnType<typeof start>) => h.api.get('ReplicationController', 'default', 'web');

describe('ReplicationController', () => {
  it('keeps its replicas as a ReplicaSet does, in its own name', () => {
    const h = start();
    converge(h, ['n1', 'n2']);
    expect(rc(h).status).toEqual({
      replicas: 3,
      fullyLabeledReplicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      observedGeneration: 1,
    });
    expect(new Set(h.events.map((e) => `${e.source} ${e.object}`))).toEqual(
      new Set(['replication-controller ReplicationController/web']),
    );
    const owners = h.list('Pod').flatMap((p) => p.metadata.ownerReferences!);
    expect(new Set(owners.map((o) => `${o.apiVersion} ${o.kind} ${o.name}`))).toEqual(
      new Set(['v1 ReplicationController web']),
    );
  });

  it('replaces what is lost, is scaled, and keeps its selector as it was written', () => {
    const h = start();
    converge(h, ['n1', 'n2']);
    h.api.delete('Pod', 'default', h.list('Pod')[0]!.metadata.name);
    converge(h, ['n1', 'n2']);
    expect(h.list('Pod')).toHaveLength(3);
    h.api.scale('ReplicationController', 'default', 'web', 1);
    converge(h, ['n1', 'n2']);
    expect(h.list('Pod')).toHaveLength(1);
    expect(rc(h).spec.selector).toEqual({ app: 'web' });
    expect(rc(h).status.replicas).toBe(1);
  });

  it('adopts what its selector matches, and leaves what a ReplicaSet owns', () => {
    const h = start();
    converge(h, ['n1']);
    h.api.create<Pod>({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'stray', namespace: 'default', labels: { app: 'web' } },
      spec: template({}).spec,
    } as unknown as Draft<Pod>);
    converge(h, ['n1']);
    expect(h.list('Pod')).toHaveLength(3);
    expect(h.errors).toEqual([]);
  });
});
