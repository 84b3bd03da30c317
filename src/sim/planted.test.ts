import { describe, expect, it } from 'vitest';
import type { Pod } from './api/types.ts';
import { Cluster, type ClusterApi } from './cluster.ts';
import { killContainer } from './node/index.ts';
import type { Bug } from './planted.ts';

function clusterWith(planted?: Bug): ClusterApi {
  const cluster = Cluster.create({ seed: 1, nodes: 1, config: planted === undefined ? {} : { planted } });
  cluster
    .client()
    .create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', namespace: 'default' },
      spec: { containers: [{ name: 'web', image: 'nginx' }] },
    } as never);
  cluster.pass(60_000);
  return cluster;
}

/** The container dies. @returns whether its kubelet starts it again */
function restarts(cluster: ClusterApi): boolean {
  const pod = (): Pod => cluster.client().get('Pod', 'default', 'web');
  const count = (): number => pod().status.containerStatuses![0]!.restartCount;
  const before = count();
  killContainer(cluster, { podUid: pod().metadata.uid, container: 'web' }, 1);
  cluster.pass(60_000);
  return count() > before;
}

describe('a planted bug', () => {
  it('is in the cluster made with it, and in no other of the process', () => {
    const broken = clusterWith('kubelet-never-restarts');
    const sound = clusterWith();
    const otherwise = clusterWith('toleration-seconds-ignored');
    expect([sound, broken, otherwise, sound].map(restarts)).toEqual([true, false, true, true]);
  });

  it('goes with forks and snapshots', () => {
    const broken = clusterWith('kubelet-never-restarts');
    const sound = clusterWith();
    expect(restarts(broken.fork())).toBe(false);
    expect(restarts(Cluster.restore(broken.snapshot()))).toBe(false);
    expect(restarts(sound.fork())).toBe(true);
    expect(restarts(Cluster.restore(sound.snapshot()))).toBe(true);
  });
});
