/**
 * What faults of pods and containers decide for themselves: refusals, files, newer changes of others, targets
 * that are none.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { runKubectl } from '../kubectl/index.ts';
import type { Pod } from '../sim/api/types.ts';
import { Cluster } from '../sim/cluster.ts';
import { readFile } from '../sim/node/answer.ts';
import { changeFile, deleteFile, findContainer } from '../sim/node/index.ts';
import { changeImage, deployment, podsOf, readyOf } from '../sim/testing.ts';
import { FAULTS } from './index.ts';
import { activeFaults, healFaults, strikeFault } from './healer.ts';
import type { FaultCall, Struck } from './types.ts';
import { PARTS } from './testing.ts';

const PAGE = '/usr/share/nginx/html/index.html';
const PODS = ['shell', 'api'].map((name) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default' },
  spec: {
    containers: [
      name === 'shell'
        ? { name, image: 'busybox', command: ['sh', '-c', 'sleep 1000000'] }
        : { name, image: 'api:1', ports: [{ containerPort: 80 }] },
    ],
  },
}));

let base: Cluster;
beforeAll(() => {
  base = Cluster.create({ parts: PARTS, seed: 5, nodes: 2 });
  const client = base.client();
  client.create(deployment('web', { readiness: true }));
  for (const pod of PODS) client.create(pod as never);
  client.create({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'web', namespace: 'default' },
    spec: { minAvailable: 3, selector: { matchLabels: { app: 'web' } } },
  } as never);
  base.pass(30_000);
});

const strike = (c: Cluster, call: FaultCall): Struck =>
  strikeFault(c, call, {
    namespace: 'default',
    kubectl: (argv) => void runKubectl(c, argv, { readFile: () => '' }),
  });
const uids = (c: Cluster): string[] =>
  podsOf(c, 'web')
    .map((p) => p.metadata.uid)
    .sort();
const fileOf = (c: Cluster, podUid: string, name: string, path: string): string | undefined => {
  const { machine, container } = findContainer(c, { podUid, container: name });
  return readFile(c.world, machine, container, path);
};
const page = (c: Cluster, pod: Pod): string | undefined => fileOf(c, pod.metadata.uid, 'web', PAGE);

describe('PodEvict', () => {
  it('refused by a budget is no missed target: the output says so, and nobody asks again', () => {
    const c = base.fork();
    const before = uids(c);
    const { targets, said } = strike(c, { kind: 'PodEvict', selector: 'app=web', mode: '2' });
    expect(targets).toHaveLength(2);
    expect(Object.keys(said!)).toEqual(targets);
    expect(Object.values(said!)[0]).toBe(
      "refused: Cannot evict pod as it would violate the pod's disruption budget.",
    );
    c.client().delete('PodDisruptionBudget', 'default', 'web');
    c.pass(60_000);
    expect([uids(c), activeFaults(c)]).toEqual([before, []]);
  });

  it('with a time is asked for again every 5 s, no longer than that', () => {
    const allowAfter = (ms: number): number => {
      const c = base.fork();
      const before = uids(c);
      strike(c, { kind: 'PodEvict', selector: 'app=web', mode: 'one', forMs: 20_000 });
      c.pass(ms);
      c.client().delete('PodDisruptionBudget', 'default', 'web');
      c.pass(60_000);
      expect(activeFaults(c)).toEqual([]);
      return uids(c).filter((uid) => !before.includes(uid)).length;
    };
    expect([14_000, 19_000, 21_000].map(allowAfter)).toEqual([1, 1, 0]);
  });

  it('spares a Pod that took the name of one that is gone', () => {
    const c = base.fork();
    const [first] = podsOf(c, 'web');
    strike(c, { kind: 'PodEvict', pod: first!.metadata.name, forMs: 60_000 });
    c.client().delete('Pod', 'default', first!.metadata.name, { gracePeriodSeconds: 0 });
    const { uid: _, resourceVersion: __, ...metadata } = first!.metadata;
    const again = c
      .client()
      .create<Pod>({ ...first!, metadata: { ...metadata, labels: {}, ownerReferences: [] } } as never);
    c.pass(120_000);
    expect(c.client().get('Pod', 'default', first!.metadata.name).metadata.uid).toBe(again.metadata.uid);
  });
});

describe('ContainerKill', () => {
  it('says where a signal was ignored', () => {
    expect(strike(base.fork(), { kind: 'ContainerKill', pod: 'shell', signal: 'SIGTERM' }).said).toEqual({
      'default/shell/shell': 'SIGTERM is ignored',
    });
    expect(strike(base.fork(), { kind: 'ContainerKill', pod: 'shell' }).said).toBeUndefined();
  });

  it('takes the signals it lists', () => {
    expect(() => strike(base.fork(), { kind: 'ContainerKill', pod: 'shell', signal: 'TERM' })).toThrow(
      'signal of ContainerKill is one of SIGKILL, SIGTERM, SIGINT, SIGQUIT, not "TERM"',
    );
  });
});

describe('files', () => {
  it('without a path it is one that is served, and the output names it', () => {
    const c = base.fork();
    const { said, targets } = strike(c, { kind: 'FileDelete', selector: 'app=web', mode: 'all' });
    expect(new Set(Object.values(said!))).toEqual(new Set([PAGE, '/usr/share/nginx/html/50x.html']));
    expect(Object.keys(said!)).toEqual(targets);
  });

  it.each([
    [{ kind: 'FileDelete', pod: 'api' }, 'there is no file in default/api/api'],
    [{ kind: 'FileDelete', pod: 'api', path: '/none' }, 'there is no file /none in default/api/api'],
    [
      { kind: 'FileChange', pod: 'api', path: 'none', content: 'x' },
      'path begins with /, which "none" does not',
    ],
  ])('%j is refused', (call, message) =>
    expect(() => strike(base.fork(), call)).toThrow(expect.objectContaining({ name: 'FaultError', message })),
  );

  it('come into being, and are gone when the fault is over', () => {
    const c = base.fork();
    strike(c, { kind: 'FileChange', pod: 'api', path: '/flag', content: 'on' });
    const { uid } = c.client().get('Pod', 'default', 'api').metadata;
    expect(fileOf(c, uid, 'api', '/flag')).toBe('on');
    healFaults(c);
    expect(fileOf(c, uid, 'api', '/flag')).toBeUndefined();
  });

  it('are put back in the Pod that has the name, not in what a dead machine keeps of the one before', () => {
    const c = base.fork();
    const api = c.client();
    const onNode = (nodeName: string): Pod =>
      api.create({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'moved', namespace: 'default' },
        spec: { nodeName, containers: [{ name: 'web', image: 'nginx' }] },
      } as never);
    onNode('node-1');
    c.pass(20_000);
    strike(c, { kind: 'NodePowerLoss', node: 'node-1' });
    api.delete('Pod', 'default', 'moved', { gracePeriodSeconds: 0 });
    const pod = onNode('node-2');
    c.pass(20_000);
    strike(c, { kind: 'FileDelete', pod: 'moved', path: PAGE, forMs: 1000 });
    expect(page(c, pod)).toBeUndefined();
    c.pass(1000);
    expect(page(c, pod)).toContain('Welcome to nginx!');
  });

  it('that somebody else has changed since are left as they are', () => {
    const c = base.fork();
    const [pod] = podsOf(c, 'web');
    strike(c, { kind: 'FileChange', pod: pod!.metadata.name, path: PAGE, content: 'broken' });
    changeFile(c, { podUid: pod!.metadata.uid, container: 'web' }, PAGE, 'mended');
    healFaults(c);
    expect(page(c, pod!)).toBe('mended');
    strike(c, { kind: 'FileChange', pod: pod!.metadata.name, path: PAGE, content: 'broken' });
    deleteFile(c, { podUid: pod!.metadata.uid, container: 'web' }, PAGE);
    healFaults(c);
    expect(page(c, pod!)).toBeUndefined();
  });
});

describe('WrongImage', () => {
  const image = (c: Cluster): string | undefined =>
    c.client().get('Deployment', 'default', 'web').spec.template.spec!.containers[0]!.image;
  const call = { kind: 'WrongImage', workload: { kind: 'Deployment', name: 'web' } } as const;

  it('is the present image with a tag that no registry has, and is taken back', () => {
    const c = base.fork();
    strike(c, call);
    expect(image(c)).toBe('nginx:no-such-tag');
    c.pass(60_000);
    expect(readyOf(c, 'web')).toHaveLength(3);
    healFaults(c);
    expect(image(c)).toBe('nginx:1.15');
  });

  it('is not taken back where the operator has mended it himself, or the workload is gone', () => {
    const c = base.fork();
    strike(c, { ...call, forMs: 30_000 });
    changeImage(c, 'web', 'nginx:1.16');
    c.pass(60_000);
    expect(image(c)).toBe('nginx:1.16');
    strike(c, call);
    c.client().delete('Deployment', 'default', 'web');
    expect(() => healFaults(c)).not.toThrow();
  });

  it.each([
    [{ image: 'api:1' }, 'image "api:1" exists: this fault needs one that does not'],
    [{ container: 'none' }, 'Deployment default/web has no container "none"; it has web'],
  ])('with %j is refused', (more, message) => {
    const c = base.fork();
    c.world.images.set('api:1', { startupMs: 1 });
    expect(() => strike(c, { ...call, ...more })).toThrow(
      expect.objectContaining({ name: 'FaultError', message }),
    );
  });
});

describe('faults that stick', () => {
  const crash = (mode: string): number => {
    const c = base.fork();
    strike(c, { kind: 'ContainerCrashLoop', selector: 'app=web', mode });
    for (const pod of podsOf(c, 'web')) c.client().delete('Pod', 'default', pod.metadata.name);
    c.pass(120_000);
    return readyOf(c, 'web').length;
  };
  it('to every Pod of a selector are in Pods made meanwhile, others are not', () =>
    expect([crash('all'), crash('2')]).toEqual([0, 3]));

  it('need what they disturb', () => {
    expect(() => strike(base.fork(), { kind: 'ProbeFlapping', pod: 'api' })).toThrow(
      /^default\/api\/api has no readiness probe that could flap$/,
    );
  });
});

describe('sidecars and init containers', () => {
  const withSidecar = (): Cluster => {
    const c = base.fork();
    c.client().create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'mesh', namespace: 'default', labels: { app: 'mesh' } },
      spec: {
        initContainers: [
          {
            name: 'proxy',
            image: 'nginx:1.25',
            restartPolicy: 'Always',
            ports: [{ containerPort: 80 }],
            readinessProbe: { tcpSocket: { port: 80 }, periodSeconds: 1 },
          },
        ],
        containers: [{ name: 'web', image: 'api:1' }],
      },
    } as never);
    c.pass(30_000);
    return c;
  };
  const restarts = (c: Cluster): Record<string, number> => {
    const { status } = c.client().get('Pod', 'default', 'mesh');
    const all = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
    return Object.fromEntries(all.map((s) => [s.name, s.restartCount]));
  };

  it('are met by their names, by every fault of containers', () => {
    const c = withSidecar();
    const kinds = FAULTS.filter(
      (f) => f.target === 'container' && f.parameters.every((p) => p.required !== true),
    );
    expect(kinds.length).toBeGreaterThan(10);
    for (const { kind } of kinds) {
      const struck = strike(c.fork(), { kind, pod: 'mesh', container: 'proxy' });
      expect(struck.targets).toEqual(['default/mesh/proxy']);
    }
  });

  it('restart alone', () => {
    const c = withSidecar();
    strike(c, { kind: 'ContainerCrash', selector: 'app=mesh', container: 'proxy' });
    c.pass(30_000);
    expect(restarts(c)).toEqual({ proxy: 1, web: 0 });
  });

  it('are met by no fault that names none, and told where a name is wrong', () => {
    const c = withSidecar();
    for (let i = 0; i < 5; i += 1) {
      expect(strike(c, { kind: 'ContainerKill', pod: 'mesh' }).targets).toEqual(['default/mesh/web']);
      c.pass(600_000);
    }
    expect(() => strike(c, { kind: 'ContainerKill', pod: 'mesh', container: 'proxi' })).toThrow(
      'pod "mesh" has no container "proxi"; it has web, proxy',
    );
  });

  it('that have ended are not running', () => {
    const c = base.fork();
    c.client().create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'once', namespace: 'default' },
      spec: {
        initContainers: [{ name: 'setup', image: 'busybox', command: ['sh', '-c', 'sleep 1'] }],
        containers: [{ name: 'web', image: 'nginx:1.25' }],
      },
    } as never);
    c.pass(30_000);
    expect(() => strike(c, { kind: 'ContainerKill', pod: 'once', container: 'setup' })).toThrow(
      'container "setup" of pod "once" is not running',
    );
  });
});
