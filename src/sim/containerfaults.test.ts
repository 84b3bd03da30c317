/**
 * Faults in containers, played on a whole cluster: what lasts over restarts, and what memory, storage, CPU,
 * signals and registries do.
 */
import { describe, expect, it } from 'vitest';
import type { Event, Pod } from './api/types.ts';
import { Cluster } from './cluster.ts';
import {
  addLastingFault,
  clearContainerFault,
  cutOffRegistry,
  endLastingFault,
  findContainer,
  restoreRegistry,
  setContainerFault,
  type ContainerTarget,
} from './node/index.ts';
import { memoryUsed } from './node/memory.ts';
import { signal } from './node/signal.ts';
import { request } from './network/index.ts';
import { deployment, podsOf } from './testing.ts';

const INSTANT = {
  sandbox: [0, 0],
  imagePull: [0, 0],
  containerStart: [0, 0],
  containerStop: [0, 0],
} as const;
const cluster = (nodes = 1): Cluster => Cluster.create({ seed: 7, nodes, latencies: INSTANT });
const WEB = { name: 'web', image: 'nginx:1', ports: [{ containerPort: 80 }] };
const MI = 1024 * 1024;

function create(
  c: Cluster,
  spec: Record<string, unknown>,
  name = 'p',
  labels: Record<string, string> = {},
): ContainerTarget {
  const { metadata } = c
    .client()
    .create<Pod>({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default', labels },
      spec,
    } as never);
  c.pass(5000);
  return { podUid: metadata.uid, container: (spec['containers'] as { name: string }[])[0]!.name };
}
const pod = (c: Cluster, name = 'p'): Pod => c.client().get('Pod', 'default', name);
const status = (c: Cluster, name = 'p'): NonNullable<Pod['status']['containerStatuses']>[number] =>
  pod(c, name).status.containerStatuses![0]!;
const isReady = (c: Cluster, name = 'p'): boolean =>
  pod(c, name).status.conditions!.find((x) => x.type === 'Ready')!.status === 'True';
const events = (c: Cluster, reason: string): string[] =>
  c
    .client()
    .list('Event')
    .filter((e: Event) => e.reason === reason)
    .map((e) => e.message);
const crash = (c: Cluster, ...containers: ContainerTarget[]): number =>
  addLastingFault(c, { fault: 'crash', detail: { afterMs: 1000, code: 3 }, containers });
const answerMs = (c: Cluster, url = 'http://p/'): number =>
  request({ world: c.world, now: c.now, random: () => 0, hop: () => 0 }, { namespace: 'default' }, url)
    .afterMs;

describe('a fault of a process', () => {
  it('is gone with the process', () => {
    const c = cluster();
    const target = create(c, {
      containers: [
        { ...WEB, livenessProbe: { httpGet: { port: 80 }, periodSeconds: 1, failureThreshold: 2 } },
      ],
    });
    setContainerFault(c, target, 'hang');
    c.pass(10_000);
    expect(status(c)).toMatchObject({ restartCount: 1, ready: true });
    clearContainerFault(c, target, 'hang');
    expect(answerMs(c)).toBe(0);
  });

  it('is cleared without complaint where the container is gone', () => {
    const c = cluster();
    expect(() => clearContainerFault(c, { podUid: 'none', container: 'web' }, 'hang')).not.toThrow();
    expect(() => setContainerFault(c, { podUid: 'none', container: 'web' }, 'hang')).toThrow(
      'container web is not on any machine',
    );
  });
});

describe('a fault that lasts', () => {
  it('is in every process that the container begins with, until it is ended', () => {
    const c = cluster();
    const number = crash(c, create(c, { containers: [WEB] }));
    c.pass(60_000);
    const { restartCount, state, lastState } = status(c);
    expect(restartCount).toBe(3);
    expect(state!.waiting!.reason).toBe('CrashLoopBackOff');
    expect(lastState!.terminated).toMatchObject({ exitCode: 3, reason: 'Error' });
    endLastingFault(c, number);
    c.pass(60_000);
    expect(status(c)).toMatchObject({ restartCount: 4, ready: true });
  });

  it('ended in time, it has done nothing', () => {
    const c = cluster();
    const number = crash(c, create(c, { containers: [WEB] }));
    c.pass(900);
    endLastingFault(c, number);
    c.pass(60_000);
    expect(status(c)).toMatchObject({ restartCount: 0, ready: true });
  });

  it('gives way to an older one of its kind, which holds until it is ended too', () => {
    const c = cluster();
    const target = create(c, { containers: [WEB] });
    const slow = (ms: number): number =>
      addLastingFault(c, { fault: 'slow', detail: { ms }, containers: [target] });
    const [first, second] = [slow(300), slow(700)];
    expect(answerMs(c)).toBe(700);
    endLastingFault(c, second);
    expect(answerMs(c)).toBe(300);
    endLastingFault(c, first);
    endLastingFault(c, first);
    expect(answerMs(c)).toBe(0);
  });

  it('concerns Pods of a selector that are made meanwhile, where it says so', () => {
    const c = cluster();
    const target = create(c, { containers: [WEB] }, 'p', { app: 'web' });
    const number = addLastingFault(c, {
      fault: 'slow',
      detail: { ms: 500 },
      containers: [target],
      also: { namespace: 'default', selector: 'app=web', names: ['web'] },
    });
    create(c, { containers: [WEB] }, 'q', { app: 'web' });
    create(c, { containers: [WEB] }, 'other', { app: 'api' });
    expect(['p', 'q', 'other'].map((name) => answerMs(c, `http://${name}/`))).toEqual([500, 500, 0]);
    endLastingFault(c, number);
    expect(answerMs(c, 'http://q/')).toBe(0);
  });

  it('can wait for the next start', () => {
    const c = cluster();
    const target = create(c, { containers: [WEB] });
    addLastingFault(c, {
      fault: 'slowStart',
      detail: { ms: 30_000 },
      containers: [target],
      fromNextStart: true,
    });
    expect(answerMs(c)).toBe(0);
    const { machine, container } = findContainer(c, target);
    signal(c, machine, container, 'KILL');
    c.pass(20_000);
    expect(
      request(
        { world: c.world, now: c.now, random: () => 0, hop: () => 0 },
        { namespace: 'default' },
        'http://p/',
      ).kind,
    ).toBe('refused');
    c.pass(20_000);
    expect(answerMs(c)).toBe(0);
  });

  it('leaves the same history in a fork, saved and restored', () => {
    const c = cluster();
    crash(c, create(c, { containers: [WEB] }));
    c.pass(3000);
    const [fork, restored] = [c.fork(), Cluster.restore(c.snapshot())];
    for (const each of [c, fork, restored]) {
      each.operation('goes on');
      each.pass(120_000);
      endLastingFault(each, 1);
      each.pass(600_000);
    }
    expect(status(c).ready).toBe(true);
    expect([fork.hash(), restored.hash()]).toEqual([c.hash(), c.hash()]);
  });
});

describe('memory that leaks', () => {
  const leak = (c: Cluster, target: ContainerTarget, bytesPerSecond: number): number =>
    addLastingFault(c, { fault: 'leak', detail: { bytesPerSecond }, containers: [target] });
  const limited = { ...WEB, resources: { limits: { memory: '100Mi' } } };

  it('is at the limit when rate and image say, and the process is killed', () => {
    const c = cluster();
    const target = create(c, { containers: [limited] });
    // nginx takes 10Mi.
    leak(c, target, MI);
    c.pass(89_900);
    expect(status(c).restartCount).toBe(0);
    expect(memoryUsed(c.world, findContainer(c, target).container, c.now)).toBeGreaterThan(99 * MI);
    c.pass(3000);
    expect(status(c)).toMatchObject({
      restartCount: 1,
      lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
    });
    c.pass(200_000);
    expect(status(c).restartCount).toBe(2);
  });

  it('is given back when the leak is stopped', () => {
    const c = cluster();
    const target = create(c, { containers: [limited] });
    const number = leak(c, target, MI);
    c.pass(60_000);
    endLastingFault(c, number);
    c.pass(600_000);
    expect(status(c).restartCount).toBe(0);
    expect(memoryUsed(c.world, findContainer(c, target).container, c.now)).toBe(10 * MI);
  });

  it('without a limit makes the node short of memory, and the pod is evicted', () => {
    const c = cluster();
    leak(c, create(c, { containers: [WEB] }), (30 * MI) / 10);
    c.pass(30 * 60_000);
    expect(pod(c).status).toMatchObject({ phase: 'Failed', reason: 'Evicted' });
    expect(pod(c).status.message).toMatch(/The node was low on resource: memory/);
  });

  it('that is too fast for the kubelet makes the kernel kill the process of the highest score', () => {
    const c = cluster();
    const modest = { ...WEB, resources: { requests: { memory: '2Gi' } } };
    create(c, { containers: [WEB] }, 'besteffort');
    leak(c, create(c, { containers: [modest] }), 1000 * MI);
    c.pass(8000);
    // It uses nearly nothing, but asked for nothing either: 1000 beside 500 and the share in use.
    expect(status(c).lastState).toMatchObject({ terminated: { exitCode: 137, reason: 'OOMKilled' } });
    expect(status(c, 'besteffort').restartCount).toBe(0);
  });
});

describe('ephemeral storage', () => {
  const limited = (limit: string, name = 'web'): object => ({
    ...WEB,
    name,
    ports: [],
    resources: { limits: { 'ephemeral-storage': limit } },
  });

  it('beyond the limits of all containers: the pod is evicted, and is no target of a disruption', () => {
    const c = cluster();
    const target = create(c, { containers: [limited('1Gi')] });
    setContainerFault(c, target, 'fill', { bytes: 1024 * MI + 1 });
    c.pass(15_000);
    const message = 'Pod ephemeral local storage usage exceeds the total limit of containers 1Gi. ';
    expect(pod(c).status).toMatchObject({ phase: 'Failed', reason: 'Evicted', message });
    expect(pod(c).status.conditions!.some((x) => x.type === 'DisruptionTarget')).toBe(false);
    expect(events(c, 'Evicted')).toEqual([message]);
  });

  it('beyond the limit of one container', () => {
    const c = cluster();
    const target = create(c, { containers: [limited('1Gi'), limited('9Gi', 'other')] });
    setContainerFault(c, target, 'fill', { bytes: 2048 * MI });
    c.pass(15_000);
    expect(pod(c).status.message).toBe('Container web exceeded its local ephemeral storage limit "1Gi". ');
  });

  it('that grows is looked at again and again; without a limit nothing is evicted for it', () => {
    const c = cluster();
    const target = create(c, { containers: [limited('100Mi')] });
    const free = create(c, { containers: [WEB] }, 'free');
    for (const t of [target, free]) setContainerFault(c, t, 'fill', { bytesPerSecond: MI });
    c.pass(95_000);
    expect(pod(c).status.phase).toBe('Running');
    c.pass(20_000);
    expect([pod(c).status.reason, pod(c, 'free').status.phase]).toEqual(['Evicted', 'Running']);
  });
});

describe('CPU that is burnt', () => {
  const hog = (c: Cluster, target: ContainerTarget, milli = 2000): number =>
    addLastingFault(c, { fault: 'cpu', detail: { milli }, containers: [target] });
  const requesting = (cpu: string): object => ({ ...WEB, resources: { requests: { cpu } } });

  it('slows the answers of containers that asked for less, and not of those that asked for enough', () => {
    const c = cluster();
    create(c, { containers: [WEB] }, 'poor');
    create(c, { containers: [requesting('1')] }, 'rich');
    const number = hog(c, create(c, { containers: [requesting('500m')] }));
    expect(answerMs(c, 'http://rich/')).toBe(0);
    // By weight: 1 beside 20 of two CPUs.
    expect(answerMs(c, 'http://poor/')).toBe(210);
    endLastingFault(c, number);
    expect(answerMs(c, 'http://poor/')).toBe(0);
  });

  it('makes probes of throttled containers time out, until it ends', () => {
    const c = cluster();
    const target = create(c, {
      containers: [
        {
          ...WEB,
          resources: { limits: { cpu: '50m' } },
          readinessProbe: { httpGet: { port: 80 }, periodSeconds: 2, failureThreshold: 1 },
        },
      ],
    });
    const number = hog(c, target);
    expect(c.runUntil(() => !isReady(c), 5000)).toBe(true);
    expect(events(c, 'Unhealthy')[0]).toMatch(/context deadline exceeded/);
    endLastingFault(c, number);
    expect(c.runUntil(() => isReady(c), 5000)).toBe(true);
  });

  it('of a process that is gone is there for others', () => {
    const c = cluster();
    create(c, { containers: [WEB] }, 'poor');
    const target = create(c, { containers: [requesting('500m')], restartPolicy: 'Never' });
    hog(c, target);
    const { machine, container } = findContainer(c, target);
    signal(c, machine, container, 'KILL');
    expect(answerMs(c, 'http://poor/')).toBe(0);
  });

  it('is of no effect on another node', () => {
    const c = cluster(2);
    create(c, { containers: [WEB], nodeName: 'node-2' }, 'poor');
    hog(c, create(c, { containers: [requesting('1')], nodeName: 'node-1' }));
    expect(answerMs(c, 'http://poor/')).toBe(0);
  });
});

describe('a signal', () => {
  const shell = (script: string): object => ({
    name: 'web',
    image: 'busybox',
    command: ['sh', '-c', script],
  });
  const send = (
    spec: Record<string, unknown>,
    name: string,
    code?: number,
  ): [string, number | undefined, string | undefined] => {
    const c = cluster();
    const target = create(c, { restartPolicy: 'Never', ...spec });
    const { machine, container } = findContainer(c, target);
    const outcome = signal(c, machine, container, name, code);
    c.pass(3000);
    return [outcome, status(c).state?.terminated?.exitCode, status(c).state?.terminated?.reason];
  };

  it.each([
    ['KILL ends all', { containers: [WEB] }, 'KILL', undefined, ['killed', 137, 'Error']],
    ['TERM is handled by servers', { containers: [WEB] }, 'TERM', undefined, ['ends', 0, 'Completed']],
    ['the handler may say so', { containers: [WEB] }, 'TERM', 143, ['ends', 143, 'Error']],
    [
      'the first process does not heed what it does not handle',
      { containers: [shell('sleep 3600')] },
      'TERM',
      undefined,
      ['ignored', undefined, undefined],
    ],
    ['KILL it does', { containers: [shell('sleep 3600')] }, 'KILL', undefined, ['killed', 137, 'Error']],
    [
      'a trap is a handler',
      { containers: [shell('trap "exit 0" TERM; sleep 3600 & wait')] },
      'TERM',
      undefined,
      ['ends', 0, 'Completed'],
    ],
    [
      'a process that is not the first dies of it',
      { shareProcessNamespace: true, containers: [shell('sleep 3600')] },
      'TERM',
      undefined,
      ['killed', 143, 'Error'],
    ],
    [
      'of SIGINT too',
      { shareProcessNamespace: true, containers: [shell('sleep 3600')] },
      'INT',
      undefined,
      ['killed', 130, 'Error'],
    ],
    ['others change nothing', { containers: [WEB] }, 'HUP', undefined, ['ignored', undefined, undefined]],
    ["the image's own ends it in order", { containers: [WEB] }, 'QUIT', undefined, ['ends', 0, 'Completed']],
    [
      'also where others do not heed it',
      { containers: [{ name: 'web', image: 'httpd' }] },
      'WINCH',
      undefined,
      ['ends', 0, 'Completed'],
    ],
    ['as they do not', { containers: [WEB] }, 'WINCH', undefined, ['ignored', undefined, undefined]],
  ])('%s', (_, spec, name, code, end) => expect(send(spec, name, code)).toEqual(end));
});

describe('a server that is told to stop', () => {
  /** A Pod that answers in two seconds was asked at `at`, and deleted a second later. */
  function deleted(image: string): { c: Cluster; at: number; ask: () => string } {
    const c = cluster();
    const target = create(c, { containers: [{ ...WEB, image }] });
    const { ip } = c.world.machines.get('node-1')!.sandboxes.get(target.podUid)!;
    setContainerFault(c, target, 'slow', { ms: 2000 });
    const ask = (): string => {
      const env = { world: c.world, now: c.now, random: () => 0, hop: () => 0, agent: 'test' };
      return request(env, { namespace: 'default' }, `http://${ip}/`).kind;
    };
    const at = c.now;
    expect(ask()).toBe('answered');
    c.pass(1000);
    c.client().delete('Pod', 'default', 'p');
    c.pass(100);
    return { c, at, ask };
  }

  const exits = (c: Cluster): number[] =>
    c.history.flatMap((e) => (e.type === 'world' && e.key === 'containerExited' ? [e.at] : []));

  it('answers what it has accepted, takes no more, and is Terminating meanwhile', () => {
    const { c, at, ask } = deleted('nginx');
    expect([ask(), status(c).state?.running !== undefined]).toEqual(['refused', true]);
    expect(exits(c)).toEqual([]);
    c.pass(at + 1990 - c.now);
    expect(c.client().find('Pod', 'default', 'p')).toBeDefined();
    c.pass(2000);
    expect(c.client().find('Pod', 'default', 'p')).toBeUndefined();
    expect(exits(c)).toEqual([at + 2000]);
  });

  it('waits for nobody where its image says nothing of that', () => {
    const { c, at } = deleted('example.com/web');
    expect(exits(c)).toEqual([at + 1006]);
  });
});

describe('registries that do not answer', () => {
  const waiting = (c: Cluster, name = 'p'): { reason?: string; message?: string } =>
    status(c, name).state?.waiting ?? {};

  it('let pulls run into a time-out, and into back-off with the same words', () => {
    const c = cluster();
    cutOffRegistry(c, 'all');
    create(c, { containers: [WEB] });
    expect(waiting(c).reason).toBe('ContainerCreating');
    c.pass(26_500);
    expect(waiting(c)).toMatchObject({
      reason: 'ErrImagePull',
      message: expect.stringMatching(
        /^rpc error: code = DeadlineExceeded desc = failed to pull and unpack image "docker.io\/library\/nginx:1": failed to resolve reference .*: failed to do request: Head "https:\/\/registry-1.docker.io\/v2\/library\/nginx\/manifests\/1": dial tcp .*: i\/o timeout$/,
      ),
    });
    c.pass(4000);
    expect(waiting(c)).toMatchObject({
      reason: 'ImagePullBackOff',
      message: expect.stringMatching(
        /^Back-off pulling image "nginx:1": ErrImagePull: failed to pull .*i\/o timeout$/,
      ),
    });
    restoreRegistry(c, 'all');
    // What the last try said holds until the next.
    expect(waiting(c).message).toMatch(/i\/o timeout/);
    c.pass(60_000);
    expect(status(c).ready).toBe(true);
  });

  it.each([
    ['one image', { image: 'nginx:1' } as const, ['Pending', 'Running', 'Pending']],
    ['one node', { node: 'node-1' } as const, ['Pending', 'Pending', 'Running']],
  ])('concern %s', (_, what, phases) => {
    const c = cluster(2);
    cutOffRegistry(c, what);
    create(c, { containers: [WEB], nodeName: 'node-1' }, 'a');
    create(c, { containers: [{ ...WEB, image: 'httpd:2' }], nodeName: 'node-1' }, 'b');
    create(c, { containers: [WEB], nodeName: 'node-2' }, 'c');
    c.pass(60_000);
    expect(['a', 'b', 'c'].map((name) => pod(c, name).status.phase)).toEqual(phases);
  });

  it('do not matter to images that are there, unless the policy is Always', () => {
    const c = cluster();
    create(c, { containers: [WEB] });
    cutOffRegistry(c, { image: 'docker.io/library/nginx:1' });
    create(c, { containers: [WEB] }, 'q');
    create(c, { containers: [{ ...WEB, imagePullPolicy: 'Always' }] }, 'r');
    c.pass(40_000);
    expect([status(c, 'q').ready, waiting(c, 'r').reason]).toEqual([true, 'ImagePullBackOff']);
  });
});

describe('readiness that says no', () => {
  it.each([
    ['httpGet', { httpGet: { port: 80 } }, 'Readiness probe failed: HTTP probe failed with statuscode: 503'],
    ['tcpSocket', { tcpSocket: { port: 80 } }, /connect: connection refused/],
    ['exec', { exec: { command: ['ls', '/'] } }, 'Readiness probe failed: '],
    [
      'grpc',
      { grpc: { port: 80 } },
      'Readiness probe failed: service unhealthy (responded with "NOT_SERVING")',
    ],
  ])('by %s: the pod is not ready, and answers', (_, handler, message) => {
    const c = cluster();
    const target = create(c, {
      containers: [
        {
          ...WEB,
          readinessProbe: { ...handler, periodSeconds: 1, failureThreshold: 2 },
          livenessProbe: { httpGet: { port: 80, path: '/index.html' }, periodSeconds: 1 },
        },
      ],
    });
    c.pass(5000);
    expect(isReady(c)).toBe(true);
    const number = addLastingFault(c, { fault: 'unready', detail: {}, containers: [target] });
    c.pass(4000);
    expect(isReady(c)).toBe(false);
    expect(events(c, 'Unhealthy')[0]).toMatch(message);
    expect(answerMs(c)).toBe(0);
    endLastingFault(c, number);
    c.pass(4000);
    expect(isReady(c)).toBe(true);
    expect(status(c).restartCount).toBe(0);
  });

  it('restarts a container whose liveness probe asks the same', () => {
    const c = cluster();
    const probe = { httpGet: { port: 80 }, periodSeconds: 1, failureThreshold: 3 };
    const target = create(c, {
      containers: [{ ...WEB, readinessProbe: probe, livenessProbe: { ...probe, failureThreshold: 5 } }],
    });
    addLastingFault(c, { fault: 'unready', detail: {}, containers: [target] });
    c.pass(15_000);
    expect(status(c).restartCount).toBeGreaterThan(0);
  });
});

it('faults that are off cost no event and no random number', () => {
  const play = (touch: boolean): string => {
    const c = cluster(2);
    c.client().create(deployment('web', { readiness: true }));
    if (touch) {
      addLastingFault(c, {
        fault: 'slow',
        detail: { ms: 1 },
        containers: [],
        also: { namespace: 'default', selector: 'app=none', names: ['web'] },
      });
      endLastingFault(c, 1);
      c.world.nextLasting = 1;
    }
    c.pass(60_000);
    return `${c.hash()} ${podsOf(c, 'web').length}`;
  };
  expect(play(true)).toBe(play(false));
});
