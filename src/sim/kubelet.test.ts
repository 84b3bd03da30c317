/** Pods on nodes, played on a whole cluster: what the kubelet, the runtime and the machine make of them. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Event, Pod } from './api/types.ts';
import { Cluster } from './cluster.ts';
import {
  cutOffFromControlPlane,
  partitionNodes,
  podNetwork,
  healNodes,
  reconnectToControlPlane,
  request,
  type RequestOutcome,
  stopKubeProxy,
} from './network/index.ts';
import {
  changeFile,
  containerLogs,
  deleteFile,
  execInContainer,
  hogMemory,
  killContainer,
  latestContainer,
  parseImageBehaviour,
  powerOff,
  powerOn,
  reboot,
  setContainerFault,
  shutdownGracefully,
  startKubelet,
  startRuntime,
  stopKubelet,
  stopRuntime,
} from './node/index.ts';

const INSTANT = {
  sandbox: [0, 0],
  imagePull: [0, 0],
  containerStart: [0, 0],
  containerStop: [0, 0],
} as const;
const cluster = (nodes = 1, latencies: Record<string, readonly [number, number]> = INSTANT): Cluster =>
  Cluster.create({ seed: 7, nodes, latencies });
const WEB = { name: 'web', image: 'nginx:1', ports: [{ containerPort: 80 }] };

function create(
  c: Cluster,
  spec: Record<string, unknown>,
  name = 'p',
  labels: Record<string, string> = {},
): Pod {
  return c
    .client()
    .create<Pod>({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default', labels },
      spec,
    } as never);
}
const pod = (c: Cluster, name = 'p'): Pod | undefined => c.client().find('Pod', 'default', name);
const container = (
  c: Cluster,
  name = 'p',
  index = 0,
): NonNullable<Pod['status']['containerStatuses']>[number] => pod(c, name)!.status.containerStatuses![index]!;
const condition = (c: Cluster, type: string, name = 'p'): string | undefined =>
  pod(c, name)!.status.conditions?.find((x) => x.type === type)?.status;
const isReady = (c: Cluster, name = 'p'): boolean => condition(c, 'Ready', name) === 'True';
const untilReady = (c: Cluster, name = 'p'): void => {
  expect(c.runUntil(() => pod(c, name) !== undefined && isReady(c, name), 120_000)).toBe(true);
};
const target = (c: Cluster, name = 'p', of = 'web'): { podUid: string; container: string } => ({
  podUid: pod(c, name)!.metadata.uid,
  container: of,
});
const events = (c: Cluster, reason: string): string[] =>
  c
    .client()
    .list('Event')
    .filter((e: Event) => e.reason === reason)
    .map((e) => e.message);
const get = (c: Cluster, url: string, from = ''): RequestOutcome => {
  const env = { world: c.world, now: c.now, random: () => c.control.random('test'), hop: () => 0 };
  return request(env, from === '' ? { namespace: 'default' } : { namespace: 'default', pod: from }, url);
};
/** Every value that a reading of the pod took, from now on, while time passes. */
function watch<T>(c: Cluster, ms: number, read: () => T): [number, T][] {
  const seen: [number, T][] = [];
  const from = c.now;
  c.runUntil(() => {
    const value = read();
    if (seen.length === 0 || JSON.stringify(seen.at(-1)![1]) !== JSON.stringify(value))
      seen.push([c.now - from, value]);
    return false;
  }, ms);
  return seen;
}

describe('the life of a pod', () => {
  it('goes from Pending over ContainerCreating to Running at a relist', () => {
    const c = cluster();
    create(c, { containers: [WEB] });
    const phases = watch(c, 5000, () => [
      pod(c)!.status.phase,
      Object.keys(pod(c)!.status.containerStatuses?.[0]?.state ?? {})[0],
      isReady(c),
    ]);
    expect(phases.map(([, v]) => v)).toEqual([
      ['Pending', undefined, false],
      ['Pending', 'waiting', false],
      ['Running', 'running', true],
    ]);
    expect(phases.at(-1)![0]).toBeLessThan(1100);
    expect(pod(c)!.status).toMatchObject({
      hostIP: '192.168.0.10',
      podIP: '10.244.1.2',
      qosClass: 'BestEffort',
    });
    expect(events(c, 'Started')).toEqual(['Container started']);
  });

  it('an idle kubelet schedules nothing', () => {
    const c = cluster();
    create(c, {
      containers: [
        { ...WEB, livenessProbe: { httpGet: { port: 80 } }, readinessProbe: { tcpSocket: { port: 80 } } },
      ],
    });
    untilReady(c);
    c.pass(60_000);
    expect(c.pending().filter((p) => p.process.startsWith('kubelet'))).toEqual([]);
    const before = c.history.length;
    c.pass(24 * 3_600_000);
    // What was said of the boot is forgotten after its hour.
    const since = c.history.slice(before);
    expect(since.filter((e) => e.type !== 'api' || e.kind !== 'Event' || e.after !== undefined)).toEqual([]);
  });

  it(
    'runs init containers in order, then a sidecar up to its startup probe, then the rest; and ends them ' +
      'in the reverse order',
    () => {
      const c = cluster();
      const init = (name: string): unknown => ({
        name,
        image: 'busybox:1',
        command: ['sh', '-c', 'sleep 2'],
      });
      create(c, {
        initContainers: [
          init('a'),
          init('b'),
          {
            ...WEB,
            name: 'side',
            restartPolicy: 'Always',
            startupProbe: { httpGet: { port: 80 }, periodSeconds: 1 },
          },
        ],
        containers: [{ name: 'main', image: 'main:1' }],
      });
      untilReady(c);
      const started = c.history.flatMap((e) =>
        e.type === 'world' && e.key === 'containerStarted' ? [[e.args['container'], e.at] as const] : [],
      );
      expect(started.map(([name]) => name)).toEqual(['a', 'b', 'side', 'main']);
      expect(started[1]![1] - started[0]![1]).toBeGreaterThanOrEqual(2000);
      c.client().delete('Pod', 'default', 'p');
      c.pass(5000);
      const exited = c.history.flatMap((e) =>
        e.type === 'world' && e.key === 'containerExited' ? [e.args['container']] : [],
      );
      expect(exited).toEqual(['a', 'b', 'main', 'side']);
      expect(pod(c)).toBeUndefined();
    },
  );

  it.each([
    ['Never', 3, 'Failed', 0],
    ['Never', 0, 'Succeeded', 0],
    ['OnFailure', 0, 'Succeeded', 0],
    ['OnFailure', 3, 'Running', 1],
    ['Always', 0, 'Running', 1],
  ])('restart policy %s, exit code %i: %s', (restartPolicy, code, phase, restarts) => {
    const c = cluster();
    create(c, {
      restartPolicy,
      containers: [{ name: 'web', image: 'busybox:1', command: ['sh', '-c', `sleep 1; exit ${code}`] }],
    });
    c.pass(5000);
    expect(pod(c)!.status.phase).toBe(phase);
    expect(container(c).restartCount).toBe(restarts);
  });

  it('waits 10 s, 20 s … after the second, third … end, up to 5 min, anew after 10 min of running', () => {
    const c = cluster();
    c.world.images.set('flaky', parseImageBehaviour({ exits: { after: '1s', code: 1 } }));
    create(c, { containers: [{ name: 'web', image: 'flaky' }] });
    c.pass(1_500_000);
    const starts = c.history.flatMap((e) =>
      e.type === 'world' && e.key === 'containerStarted' ? [e.at] : [],
    );
    const waits = starts.slice(1).map((at, i) => Math.round((at - starts[i]! - 1000) / 1000));
    expect(waits.slice(1, 8)).toEqual([10, 20, 40, 80, 160, 300, 300]);
    expect(container(c).state?.waiting).toMatchObject({ reason: 'CrashLoopBackOff' });
    expect(container(c).state?.waiting?.message).toMatch(
      /^back-off 5m0s restarting failed container=web pod=p_default\(/,
    );
    c.world.images.set('flaky', {});
    c.pass(15 * 60_000);
    killContainer(c, target(c));
    c.pass(3000);
    expect(container(c).state).toHaveProperty('running');
    killContainer(c, target(c));
    c.pass(3000);
    expect(container(c).state?.waiting?.message).toMatch(/^back-off 10s /);
  });

  it('tries a missing image again, ever more seldom', () => {
    const c = cluster();
    c.world.images.set('nope:1', { pullMs: 'missing' });
    create(c, { containers: [{ name: 'web', image: 'nope:1' }] });
    c.pass(100_000);
    expect(container(c).state?.waiting?.reason).toBe('ImagePullBackOff');
    const pulls = c
      .client()
      .list('Event')
      .filter((e) => e.reason === 'Pulling');
    expect(pulls.map((e) => e.count)).toEqual([4]);
    c.world.images.set('nope:1', { pullMs: 100 });
    c.pass(200_000);
    expect(isReady(c)).toBe(true);
  });

  it('is killed out of memory at its limit', () => {
    const c = cluster();
    c.world.images.set('leak:1', parseImageBehaviour({ memory: { start: '50Mi', grow: '10Mi/s' } }));
    create(c, { containers: [{ name: 'web', image: 'leak:1', resources: { limits: { memory: '100Mi' } } }] });
    c.pass(7500);
    expect(container(c)).toMatchObject({
      restartCount: 1,
      lastState: { terminated: { reason: 'OOMKilled', exitCode: 137 } },
    });
  });

  it('ends by its deadline', () => {
    const c = cluster();
    create(c, { activeDeadlineSeconds: 10, containers: [WEB] });
    c.pass(12_000);
    expect(pod(c)!.status).toMatchObject({ phase: 'Failed', reason: 'DeadlineExceeded' });
  });

  it('is refused by a node that cannot take it', () => {
    const c = cluster();
    create(c, { nodeName: 'node-1', containers: [{ ...WEB, resources: { requests: { cpu: '3' } } }] });
    c.pass(1000);
    expect(pod(c)!.status).toMatchObject({
      phase: 'Failed',
      reason: 'OutOfcpu',
      message:
        "Pod was rejected: Node didn't have enough resource: cpu, requested: 3000, used: 0, capacity: 2000",
    });
  });
});

describe('the end of a pod', () => {
  const gone = (c: Cluster, options: { gracePeriodSeconds?: number } = {}): number => {
    const from = c.now;
    c.client().delete('Pod', 'default', 'p', options);
    expect(c.runUntil(() => pod(c) === undefined, 60_000)).toBe(true);
    return (c.now - from) / 1000;
  };

  it.each([
    ['a server that ends on SIGTERM', WEB, 30, 0, 1],
    [
      'a shell without a handler is killed after the grace period',
      { name: 'web', image: 'busybox:1', command: ['sleep', '3600'] },
      5,
      5,
      6,
    ],
    [
      'a shell with a trap ends at once where it waits for what runs in the background',
      { name: 'web', image: 'busybox:1', command: ['sh', '-c', 'trap "exit 0" TERM; sleep 3600 & wait'] },
      30,
      0,
      1,
    ],
    [
      'a trap comes after the program that runs in front',
      { name: 'web', image: 'busybox:1', command: ['sh', '-c', 'trap "exit 0" TERM; sleep 3600'] },
      5,
      5,
      6,
    ],
    [
      'preStop comes first',
      { ...WEB, lifecycle: { preStop: { exec: { command: ['sleep', '4'] } } } },
      30,
      4,
      5,
    ],
    [
      'preStop counts against the grace period, which leaves 2 s',
      {
        name: 'web',
        image: 'busybox:1',
        command: ['sleep', '3600'],
        lifecycle: { preStop: { sleep: { seconds: 9 } } },
      },
      10,
      11,
      12,
    ],
  ])('%s', (_, spec, terminationGracePeriodSeconds, from, to) => {
    const c = cluster();
    create(c, { terminationGracePeriodSeconds, containers: [spec] });
    untilReady(c);
    const seconds = gone(c);
    expect(seconds).toBeGreaterThanOrEqual(from);
    expect(seconds).toBeLessThan(to);
  });

  it('a shorter grace period on the second delete counts', () => {
    const c = cluster();
    create(c, { containers: [{ name: 'web', image: 'busybox:1', command: ['sleep', '3600'] }] });
    untilReady(c);
    c.client().delete('Pod', 'default', 'p');
    c.pass(3000);
    expect(gone(c, { gracePeriodSeconds: 5 })).toBeLessThan(3);
  });

  it('a forced delete takes the object at once and the container soon after', () => {
    const c = cluster();
    create(c, { containers: [WEB] });
    untilReady(c);
    const where = target(c);
    expect(gone(c, { gracePeriodSeconds: 0 })).toBe(0);
    c.pass(3000);
    expect(latestContainer(c.world.machines.get('node-1')!, where.podUid, 'web')).toBeUndefined();
  });

  it('an object deleted while the kubelet was away leaves no container behind', () => {
    const c = cluster();
    create(c, { containers: [WEB] });
    untilReady(c);
    const { podUid } = target(c);
    stopKubelet(c, 'node-1');
    c.client().delete('Pod', 'default', 'p', { gracePeriodSeconds: 0 });
    c.pass(5000);
    expect(latestContainer(c.world.machines.get('node-1')!, podUid, 'web')?.state).toBe('running');
    startKubelet(c, 'node-1');
    c.pass(10_000);
    expect(latestContainer(c.world.machines.get('node-1')!, podUid, 'web')).toBeUndefined();
  });
});

describe('a kubelet that starts', () => {
  const running = (c: Cluster): number =>
    [...c.world.machines.get('node-1')!.containers.values()].filter((x) => x.state === 'running').length;
  /** A Pod runs on node-1, its kubelet is stopped; the Pod is deleted meanwhile, or not. */
  function away(deleted: boolean): Cluster {
    const c = cluster();
    create(c, { containers: [WEB] });
    untilReady(c);
    stopKubelet(c, 'node-1');
    if (deleted) c.client().delete('Pod', 'default', 'p', { gracePeriodSeconds: 0 });
    c.pass(1000);
    return c;
  }

  it.each<[string, (c: Cluster, node: string) => void, (c: Cluster, node: string) => void]>([
    ['is cut off', cutOffFromControlPlane, reconnectToControlPlane],
    ['has no runtime', stopRuntime, startRuntime],
  ])('and %s stops what runs without a pod once it can', (_, hinder, mend) => {
    const c = away(true);
    hinder(c, 'node-1');
    startKubelet(c, 'node-1');
    c.pass(60_000);
    expect(running(c)).toBe(1);
    mend(c, 'node-1');
    c.pass(10_000);
    expect(running(c)).toBe(0);
  });

  it('and is cut off before it knows the pods leaves them alone', () => {
    const c = away(false);
    startKubelet(c, 'node-1');
    cutOffFromControlPlane(c, 'node-1');
    c.pass(20_000);
    expect(running(c)).toBe(1);
    reconnectToControlPlane(c, 'node-1');
    c.pass(10_000);
    expect(container(c).restartCount).toBe(0);
  });
});

describe('probes', () => {
  const liveness = {
    httpGet: { path: '/index.html', port: 80 },
    initialDelaySeconds: 5,
    periodSeconds: 3,
    failureThreshold: 2,
  };

  it('a deleted page is noticed by the liveness probe, and healed by the restart', () => {
    const c = cluster();
    create(c, { containers: [{ ...WEB, livenessProbe: liveness }] });
    untilReady(c);
    c.pass(10_000);
    const machine = c.world.machines.get('node-1')!;
    const inside = latestContainer(machine, target(c).podUid, 'web')!;
    expect(
      execInContainer(c, machine, inside, ['rm', '/usr/share/nginx/html/index.html'], podNetwork).code,
    ).toBe(0);
    expect(c.runUntil(() => container(c).restartCount === 1, 15_000)).toBe(true);
    c.pass(5000);
    expect(get(c, 'http://p/')).toMatchObject({ kind: 'answered', status: 200 });
    expect(events(c, 'Unhealthy')).toEqual(['Liveness probe failed: HTTP probe failed with statuscode: 404']);
    expect(events(c, 'Killing')).toEqual(['Container web failed liveness probe, will be restarted']);
    c.pass(600_000);
    expect(container(c).restartCount).toBe(1);
  });

  it.each([
    ['hang', { ms: 0 }, /context deadline exceeded/],
    ['refuse', {}, /connection refused/],
    ['error', { status: 503 }, /statuscode: 503/],
    ['slow', { ms: 5000 }, /deadline exceeded/],
  ])(
    'a process that is at fault (%s) fails its readiness probe until it is well again',
    (fault, detail, message) => {
      const c = cluster();
      create(c, { containers: [{ ...WEB, readinessProbe: { httpGet: { port: 80 }, periodSeconds: 2 } }] });
      untilReady(c);
      setContainerFault(c, target(c), fault, detail);
      expect(c.runUntil(() => !isReady(c), 7000)).toBe(true);
      expect(events(c, 'Unhealthy')[0]).toMatch(message);
      c.world.machines.get('node-1')!.containers.forEach((x) => x.faults.clear());
      changeFile(c, target(c), '/touched', '');
      expect(c.runUntil(() => isReady(c), 2000)).toBe(true);
    },
  );

  it('nothing but the startup probe is asked before it has succeeded', () => {
    const c = cluster();
    c.world.images.set('slow:1', { startupMs: 12_000 });
    create(c, {
      containers: [
        {
          name: 'web',
          image: 'slow:1',
          ports: [{ name: 'http', containerPort: 8080 }],
          startupProbe: { tcpSocket: { port: 'http' }, periodSeconds: 2, failureThreshold: 30 },
          livenessProbe: { httpGet: { port: 'http' }, periodSeconds: 1, failureThreshold: 1 },
        },
      ],
    });
    c.pass(30_000);
    expect(container(c)).toMatchObject({ started: true, ready: true, restartCount: 0 });
    expect(events(c, 'Unhealthy').every((m) => m.startsWith('Startup probe failed: '))).toBe(true);
  });

  /**
   * Which of the fast-check runs ever saw the pod become not ready: the property must not pass by never
   * testing anything.
   */
  it(
    'readiness follows the file as probes in a steady rhythm would have it, though they are computed only ' +
      'when something changes',
    () => {
      let flips = 0;
      fc.assert(
        fc.property(
          fc.record({
            periodSeconds: fc.integer({ min: 1, max: 5 }),
            successThreshold: fc.integer({ min: 1, max: 3 }),
            failureThreshold: fc.integer({ min: 1, max: 3 }),
            gaps: fc.array(fc.integer({ min: 1, max: 12_000 }), { maxLength: 6 }),
          }),
          ({ periodSeconds, successThreshold, failureThreshold, gaps }) => {
            const c = cluster();
            create(c, {
              containers: [
                {
                  ...WEB,
                  image: 'web:1',
                  readinessProbe: {
                    httpGet: { port: 80 },
                    periodSeconds,
                    successThreshold,
                    failureThreshold,
                  },
                },
              ],
            });
            c.world.images.set('web:1', { startupMs: 0, files: { '/page': '' }, http: { '/': '/page' } });
            const seen: [number, boolean][] = [];
            let since = -1;
            const look = (): boolean => {
              if (since < 0 && container(c)?.state?.running !== undefined) since = c.now;
              const ready = isReady(c);
              if (since >= 0 && (seen.length === 0 ? ready : seen.at(-1)![1] !== ready))
                seen.push([c.now, ready]);
              return false;
            };
            c.runUntil(() => pod(c)?.status.containerStatuses?.[0]?.state?.running !== undefined, 10_000);
            const toggles: [number, boolean][] = [];
            let present = true;
            look();
            for (const gap of gaps) {
              c.runUntil(look, gap);
              present = !present;
              toggles.push([c.now, present]);
              changeFile(c, target(c), '/page', present ? '' : null);
            }
            c.runUntil(look, 30_000);
            // The model: one look when the container is first seen to run, then one a tick of the grid.
            const worker = (
              c.kernel.processes.get('kubelet@node-1')!.state as {
                workers: Map<string, { probes: { gridAt: number }[] }>;
              }
            ).workers
              .values()
              .next().value!.probes[0]!;
            const [expected, outcomeAt]: [[number, boolean][], (t: number) => boolean] = [
              [],
              (t) => toggles.findLast(([at]) => at <= t)?.[1] ?? true,
            ];
            let [last, run, ready] = [undefined as boolean | undefined, 0, false];
            const tick = (t: number): void => {
              const outcome = outcomeAt(t);
              run = outcome === last ? run + 1 : 1;
              last = outcome;
              if (run >= (outcome ? successThreshold : failureThreshold) && ready !== outcome)
                expected.push([t, (ready = outcome)]);
            };
            tick(since);
            for (let t = worker.gridAt; t <= c.now; t += periodSeconds * 1000) if (t > since) tick(t);
            expect(seen).toEqual(expected);
            flips += expected.length;
          },
        ),
        { numRuns: 60 },
      );
      expect(flips).toBeGreaterThan(60);
    },
  );
});

describe('machines', () => {
  it('a rebooted node starts its pods again, and counts it as a restart', () => {
    const c = cluster();
    create(c, { containers: [WEB] });
    untilReady(c);
    const { podIP } = pod(c)!.status;
    reboot(c, 'node-1', 20_000);
    c.pass(19_000);
    expect(get(c, 'http://p/')).toMatchObject({ kind: 'timedOut' });
    c.pass(10_000);
    expect(isReady(c)).toBe(true);
    expect(container(c)).toMatchObject({
      restartCount: 1,
      lastState: { terminated: { exitCode: 255, reason: 'Unknown' } },
    });
    expect(pod(c)!.status.podIP).not.toBe(podIP);
    expect(events(c, 'Rebooted')).toHaveLength(1);
    expect(events(c, 'SandboxChanged')).toEqual(['Pod sandbox changed, it will be killed and re-created.']);
  });

  it('a kubelet that restarts leaves running containers alone and the pod Ready', () => {
    const c = cluster();
    create(c, { containers: [{ ...WEB, readinessProbe: { httpGet: { port: 80 } } }] });
    untilReady(c);
    const before = container(c).containerID;
    stopKubelet(c, 'node-1');
    c.pass(5000);
    startKubelet(c, 'node-1');
    expect(
      watch(c, 20_000, () => [isReady(c), container(c).restartCount, container(c).containerID]).map(
        ([, v]) => v,
      ),
    ).toEqual([[true, 0, before]]);
  });

  it('a container that ends while the kubelet is away is restarted when it is back', () => {
    const c = cluster();
    create(c, { containers: [WEB] });
    untilReady(c);
    stopKubelet(c, 'node-1');
    killContainer(c, target(c), 3);
    c.pass(5000);
    expect(container(c).restartCount).toBe(0);
    startKubelet(c, 'node-1');
    c.pass(5000);
    expect(container(c)).toMatchObject({ restartCount: 1, lastState: { terminated: { exitCode: 3 } } });
  });

  it('pods marked for deletion while the node was off are finished off at its return', () => {
    const c = cluster();
    create(c, { containers: [WEB] });
    untilReady(c);
    powerOff(c, 'node-1');
    c.client().delete('Pod', 'default', 'p');
    c.pass(60_000);
    expect(pod(c)).toBeDefined();
    powerOn(c, 'node-1', 1000);
    c.pass(3000);
    expect(pod(c)).toBeUndefined();
  });

  it('a graceful shutdown ends the pods first, as Failed, and says that the node is not ready', () => {
    const c = cluster();
    create(c, { containers: [WEB] });
    untilReady(c);
    shutdownGracefully(c, 'node-1');
    c.pass(5000);
    expect(pod(c)!.status).toMatchObject({
      phase: 'Failed',
      reason: 'Terminated',
      message: 'Pod was terminated in response to imminent node shutdown.',
    });
    expect(condition(c, 'DisruptionTarget')).toBe('True');
    const ready = c
      .client()
      .get('Node', '', 'node-1')
      .status.conditions!.find((x) => x.type === 'Ready')!;
    expect(ready).toMatchObject({
      status: 'False',
      reason: 'KubeletNotReady',
      message: 'node is shutting down',
    });
    expect(c.world.machines.get('node-1')!.power).toBe('off');
  });

  it(
    'without its runtime a node is not ready after 30 s; containers run on and are looked at again when ' +
      'it is back',
    () => {
      const c = cluster();
      create(c, { containers: [WEB] });
      untilReady(c);
      stopRuntime(c, 'node-1');
      c.pass(32_000);
      const ready = (): unknown =>
        c
          .client()
          .get('Node', '', 'node-1')
          .status.conditions!.find((x) => x.type === 'Ready')!;
      expect(ready()).toMatchObject({
        status: 'False',
        reason: 'KubeletNotReady',
        message: 'container runtime is down',
      });
      expect(get(c, 'http://p/')).toMatchObject({ status: 200 });
      killContainer(c, target(c));
      c.pass(5000);
      expect(container(c).restartCount).toBe(0);
      startRuntime(c, 'node-1');
      c.pass(15_000);
      expect(ready()).toMatchObject({ status: 'True' });
      expect(container(c).restartCount).toBe(1);
    },
  );

  it('a node short of memory evicts what uses most beyond its requests', () => {
    const c = cluster();
    c.world.images.set('big:1', { memory: '1500Mi' });
    create(
      c,
      { containers: [{ name: 'web', image: 'big:1', resources: { requests: { memory: '1600Mi' } } }] },
      'modest',
    );
    create(c, { containers: [{ name: 'web', image: 'big:1' }] }, 'greedy');
    untilReady(c, 'modest');
    untilReady(c, 'greedy');
    hogMemory(c, 'node-1', 1100 * 1024 * 1024);
    c.pass(25_000);
    expect(pod(c, 'greedy')!.status).toMatchObject({ phase: 'Failed', reason: 'Evicted' });
    expect(pod(c, 'modest')!.status.phase).toBe('Running');
    expect(
      c
        .client()
        .get('Node', '', 'node-1')
        .status.conditions!.find((x) => x.type === 'MemoryPressure')!.status,
    ).toBe('True');
    hogMemory(c, 'node-1', 0);
    c.pass(400_000);
    expect(
      c
        .client()
        .get('Node', '', 'node-1')
        .status.conditions!.find((x) => x.type === 'MemoryPressure')!.status,
    ).toBe('False');
  });

  it('a kubelet that was cut off puts right what was said of its pods meanwhile', () => {
    const c = cluster(2);
    create(c, { nodeName: 'node-1', containers: [WEB] });
    untilReady(c);
    cutOffFromControlPlane(c, 'node-1');
    c.pass(70_000);
    expect(isReady(c)).toBe(false);
    expect(get(c, 'http://p/')).toMatchObject({ status: 200 });
    reconnectToControlPlane(c, 'node-1');
    c.pass(20_000);
    expect(isReady(c)).toBe(true);
    expect(container(c).restartCount).toBe(0);
  });
});

describe('requests', () => {
  let c: Cluster;
  beforeAll(() => {
    c = cluster(3);
    for (const n of [1, 2])
      create(
        c,
        { nodeName: `node-${n}`, containers: [WEB], hostname: `web-${n}`, subdomain: 'headless' },
        `web-${n}`,
        { app: 'web' },
      );
    const service = (name: string, spec: Record<string, unknown>): void => {
      c.client().create({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name, namespace: 'default' },
        spec,
      } as never);
    };
    service('web', {
      type: 'NodePort',
      selector: { app: 'web' },
      ports: [{ port: 8080, targetPort: 80, nodePort: 30_080 }],
    });
    service('headless', { clusterIP: 'None', selector: { app: 'web' }, ports: [{ port: 80 }] });
    service('local', {
      type: 'NodePort',
      externalTrafficPolicy: 'Local',
      selector: { app: 'web' },
      ports: [{ port: 80, nodePort: 30_081 }],
    });
    service('none', { selector: { app: 'nothing' }, ports: [{ port: 80 }] });
    service('alias', { type: 'ExternalName', externalName: 'headless.default.svc.cluster.local' });
    c.pass(10_000);
  });
  const show = (outcome: RequestOutcome): string =>
    outcome.kind === 'answered' ? String(outcome.status) : outcome.kind;

  it.each([
    ['http://web:8080/', '200'],
    ['http://web.default:8080/nope', '404'],
    ['http://web.default.svc:8080/', '200'],
    ['http://web.default.svc.cluster.local:8080/', '200'],
    ['http://web/', 'timedOut'],
    ['http://web.other:8080/', 'notResolved'],
    ['http://nope/', 'notResolved'],
    ['http://none/', 'refused'],
    ['http://headless/', '200'],
    ['http://web-1.headless/', '200'],
    ['http://web-3.headless/', 'notResolved'],
    ['http://alias/', '200'],
    ['http://web-1/', '200'],
    ['http://web-1:81/', 'refused'],
    ['http://10.244.1.2/', '200'],
    ['http://10.244.9.9/', 'timedOut'],
    ['http://node-1:30080/', '200'],
    ['http://node-3:30080/', '200'],
    ['http://node-3:30081/', 'timedOut'],
    ['http://node-1:30081/', '200'],
    ['http://node-1:80/', 'refused'],
  ])('%s: %s', (url, expected) => {
    expect(show(get(c, url))).toBe(expected);
  });

  it('a pod reaches itself by localhost', () => {
    expect(show(get(c, 'http://localhost/', 'web-1'))).toBe('200');
    expect(show(get(c, 'http://localhost:81/', 'web-1'))).toBe('refused');
    expect(() => get(c, 'http://web/', 'nobody')).toThrow('no request can come from it');
    expect(() => get(c, 'ftp://web/')).toThrow('not an HTTP URL');
  });

  it('a stale endpoint on a dead node times out until the node is known to be dead', () => {
    const f = c.fork();
    powerOff(f, 'node-1');
    const outcomes = (): Set<string> =>
      new Set(Array.from({ length: 40 }, () => show(get(f, 'http://web:8080/'))));
    expect(outcomes()).toEqual(new Set(['200', 'timedOut']));
    expect(show(get(f, 'http://node-1:30080/'))).toBe('timedOut');
    f.pass(70_000);
    expect(outcomes()).toEqual(new Set(['200']));
  });

  it('a stopped kube-proxy goes on by what it knew', () => {
    const f = c.fork();
    stopKubeProxy(f, 'node-3');
    f.client().delete('Pod', 'default', 'web-1');
    f.pass(60_000);
    const via = (node: string): Set<string> =>
      new Set(Array.from({ length: 40 }, () => show(get(f, `http://${node}:30080/`))));
    expect(via('node-2')).toEqual(new Set(['200']));
    expect(via('node-3')).toEqual(new Set(['200', 'timedOut']));
  });

  it('between partitioned nodes nothing passes', () => {
    const f = c.fork();
    partitionNodes(f, 'node-1', 'node-2');
    expect(show(get(f, 'http://web-2/', 'web-1'))).toBe('timedOut');
    expect(show(get(f, 'http://web-1/', 'web-1'))).toBe('200');
    expect(show(get(f, 'http://web-2/'))).toBe('200');
    healNodes(f, 'node-2', 'node-1');
    expect(show(get(f, 'http://web-2/', 'web-1'))).toBe('200');
  });

  it('a page that is gone is not answered; logs are kept of the container before', () => {
    const f = c.fork();
    deleteFile(f, target(f, 'web-1'), '/usr/share/nginx/html/index.html');
    expect(show(get(f, 'http://web-1/'))).toBe('403');
    expect(show(get(f, 'http://web-1/index.html'))).toBe('404');
    killContainer(f, target(f, 'web-1'));
    expect(show(get(f, 'http://web-1/'))).toBe('refused');
    f.pass(5000);
    expect(show(get(f, 'http://web-1/'))).toBe('200');
    const machine = f.world.machines.get('node-1')!;
    expect(containerLogs(machine, target(f, 'web-1').podUid, 'web', true)).toHaveLength(1);
  });
});
