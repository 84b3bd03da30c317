/** Volumes and variables of pods, played on a whole cluster: when they are there, and when they change. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Draft } from './api/client.ts';
import type { Event, KubeObject, Pod } from './api/types.ts';
import { fromBase64 } from './api/base64.ts';
import { EPOCH } from './api/time.ts';
import { Cluster } from './cluster.ts';
import { fileSystemOf } from './node/files/filesystem.ts';
import {
  findContainer,
  killContainer,
  latestContainer,
  powerOff,
  powerOn,
  startKubelet,
  stopKubelet,
} from './node/index.ts';
import { request } from './network/index.ts';
import { readFile } from './node/answer.ts';
import { appendLines } from './node/logfiles.ts';

let base: Cluster;
beforeAll(() => {
  base = Cluster.create({
    seed: 7,
    nodes: 1,
    latencies: { sandbox: [0, 0], imagePull: [0, 0], containerStart: [0, 0] },
  });
  base.pass(10_000);
});

const create = (c: Cluster, object: object): void => void c.client().create(object as Draft<KubeObject>);
const configMap = (data: Record<string, string>, more: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'conf', namespace: 'default' },
  data,
  ...more,
});
const podOf = (spec: object, container: object = {}, name = 'p'): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default', labels: { app: name } },
  spec: { ...spec, containers: [{ name: 'c', image: 'nginx:1', ...container }] },
});
const VOLUME = { volumes: [{ name: 'v', configMap: { name: 'conf' } }] };
const MOUNTED = { volumeMounts: [{ name: 'v', mountPath: '/v' }] };

const pod = (c: Cluster, name = 'p'): Pod => c.client().get('Pod', 'default', name);
const target = (c: Cluster, name = 'p') => ({ podUid: pod(c, name).metadata.uid, container: 'c' });
const where = (c: Cluster, name = 'p') => findContainer(c, target(c, name));
function read(c: Cluster, path: string, name = 'p'): string | undefined {
  const { machine, container } = where(c, name);
  return readFile(c.world, machine, container, path);
}
function filesOf(c: Cluster, name = 'p') {
  const { machine, container } = where(c, name);
  return fileSystemOf(c, machine, container);
}
const kindOf = (c: Cluster, path: string): string | undefined => filesOf(c).stat(path)?.kind;
const events = (c: Cluster, reason: string): Event[] =>
  c
    .client()
    .list('Event')
    .filter((e) => e.reason === reason);
const waiting = (c: Cluster, name = 'p') => pod(c, name).status.containerStatuses?.[0]?.state?.waiting;
const isRunning = (c: Cluster, name = 'p'): boolean => pod(c, name).status.phase === 'Running';

describe('a volume that cannot be had', () => {
  it('holds the whole pod back, is tried again at growing distances, and is there when its source is', () => {
    const c = base.fork();
    create(c, podOf(VOLUME, MOUNTED));
    c.pass(60_000);
    expect(waiting(c)).toEqual({ reason: 'ContainerCreating' });
    expect(pod(c).status.podIP).toBeUndefined();
    const [failed] = events(c, 'FailedMount');
    expect(failed?.message).toBe('MountVolume.SetUp failed for volume "v" : configmap "conf" not found');
    // At 0, 0.5, 1.5, 3.5, 7.5, 15.5 and 31.5 s.
    expect(failed?.count).toBe(7);
    create(c, configMap({ key: 'x' }));
    c.pass(3_000);
    expect(isRunning(c)).toBe(false);
    c.pass(10_000);
    expect([isRunning(c), read(c, '/v/key')]).toEqual([true, 'x']);
  });

  it('waits two minutes at most', () => {
    const c = base.fork();
    create(c, podOf(VOLUME, MOUNTED));
    c.pass(3_600_000);
    create(c, configMap({ key: 'x' }));
    c.pass(125_000);
    expect(isRunning(c)).toBe(true);
  });

  it('does not hold back containers that run already, but lets none begin', () => {
    const c = base.fork();
    create(c, configMap({ key: 'x' }));
    create(c, podOf(VOLUME, MOUNTED));
    c.pass(10_000);
    c.client().delete('ConfigMap', 'default', 'conf');
    stopKubelet(c, 'node-1');
    startKubelet(c, 'node-1');
    c.pass(10_000);
    expect([isRunning(c), read(c, '/v/key')]).toEqual([true, 'x']);
    killContainer(c, target(c));
    c.pass(30_000);
    expect(where(c).container.state).toBe('exited');
    create(c, configMap({ key: 'y' }));
    c.pass(130_000);
    expect([where(c).container.state, read(c, '/v/key')]).toEqual(['running', 'y']);
  });
});

describe('a variable that cannot be had', () => {
  const FROM = { env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'conf', key: 'key' } } }] };

  it('holds its container back, and not those beside it', () => {
    const c = base.fork();
    const both = podOf({}, FROM) as { spec: { containers: object[] } };
    both.spec.containers.push({ name: 'other', image: 'busybox:1', command: ['sleep', 'infinity'] });
    create(c, both);
    c.pass(30_000);
    const [first, other] = pod(c).status.containerStatuses!;
    expect(first!.state!.waiting).toEqual({
      reason: 'CreateContainerConfigError',
      message: 'configmap "conf" not found',
    });
    expect(other!.state!.running).toBeDefined();
    expect(events(c, 'Failed')[0]!.message).toBe('Error: configmap "conf" not found');
    create(c, configMap({ other: 'x' }));
    c.pass(16_000);
    expect(waiting(c)!.message).toBe("couldn't find key key in ConfigMap default/conf");
    c.client().patch('ConfigMap', 'default', 'conf', 'merge', { data: { key: 'y' } });
    c.pass(16_000);
    expect(where(c).container.environment['A']).toBe('y');
  });

  it('is known on while the API server does not answer, once it was read', () => {
    const c = base.fork();
    create(c, configMap({ key: 'x' }));
    create(c, podOf({}, FROM));
    c.pass(10_000);
    const at = target(c);
    c.control.setServerUp(false, c.by);
    killContainer(c, at);
    c.pass(30_000);
    const { container } = findContainer(c, at);
    expect([container.state, container.attempt, container.environment['A']]).toEqual(['running', 1, 'x']);
  });
});

describe('a ConfigMap that changes', () => {
  const setUp = (): Cluster => {
    const c = base.fork();
    create(c, configMap({ key: 'x' }));
    create(
      c,
      podOf(VOLUME, {
        volumeMounts: [
          { name: 'v', mountPath: '/v' },
          { name: 'v', mountPath: '/one', subPath: 'key' },
        ],
        env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'conf', key: 'key' } } }],
      }),
    );
    c.pass(10_000);
    return c;
  };
  const seen = (c: Cluster) => [read(c, '/v/key'), read(c, '/one'), where(c).container.environment['A']];
  const change = (c: Cluster): void =>
    void c.client().patch('ConfigMap', 'default', 'conf', 'merge', { data: { key: 'y' } });

  it('reaches a volume within the period of syncs, and never what was mounted of it or a variable', () => {
    const c = setUp();
    change(c);
    let after = 0;
    while (read(c, '/v/key') === 'x' && after < 91) {
      c.pass(1000);
      after += 1;
    }
    expect(after).toBeGreaterThan(0);
    expect(after).toBeLessThanOrEqual(90);
    c.pass(300_000);
    expect(seen(c)).toEqual(['y', 'x', 'x']);
    killContainer(c, target(c));
    c.pass(30_000);
    expect(seen(c)).toEqual(['y', 'y', 'y']);
  });

  it('has a directory made of what is mounted of it and is not there, also when that comes later', () => {
    const c = base.fork();
    create(c, configMap({ key: 'x' }));
    const volumeMounts = [
      { name: 'v', mountPath: '/v' },
      { name: 'v', mountPath: '/two', subPath: 'later' },
    ];
    create(c, podOf(VOLUME, { volumeMounts }));
    c.pass(10_000);
    const kinds = (): (string | undefined)[] => ['/v/later', '/two'].map((path) => kindOf(c, path));
    expect(kinds()).toEqual(['directory', 'directory']);
    c.client().patch('ConfigMap', 'default', 'conf', 'merge', { data: { key: 'y', later: 'z' } });
    c.pass(100_000);
    killContainer(c, target(c));
    c.pass(30_000);
    expect([read(c, '/v/key'), ...kinds()]).toEqual(['y', 'directory', 'directory']);
  });

  it('is seen at different times by different pods', () => {
    const c = base.fork();
    create(c, configMap({ key: 'x' }));
    for (const name of ['a', 'b', 'd', 'e']) create(c, podOf(VOLUME, MOUNTED, name));
    c.pass(20_000);
    change(c);
    const times = new Set<number>();
    for (let s = 1; s <= 91; s++) {
      c.pass(1000);
      if (['a', 'b', 'd', 'e'].filter((name) => read(c, '/v/key', name) === 'y').length % 4 !== 0)
        times.add(s);
    }
    expect(times.size).toBeGreaterThan(5);
  });

  it('and is deleted leaves the files, and says so', () => {
    const c = setUp();
    c.client().delete('ConfigMap', 'default', 'conf');
    c.pass(100_000);
    expect([isRunning(c), seen(c)]).toEqual([true, ['x', 'x', 'x']]);
    expect(events(c, 'FailedMount')[0]!.message).toContain('configmap "conf" not found');
  });

  it('and is immutable is not looked at again, not even when it was made anew', () => {
    const c = base.fork();
    create(c, configMap({ key: 'x' }, { immutable: true }));
    create(c, podOf(VOLUME, MOUNTED));
    c.pass(10_000);
    expect(() => change(c)).toThrow(/field is immutable when `immutable` is set/);
    c.client().delete('ConfigMap', 'default', 'conf');
    create(c, configMap({ key: 'y' }));
    c.pass(200_000);
    expect(read(c, '/v/key')).toBe('x');
  });
});

describe('an emptyDir', () => {
  const EMPTY = { volumes: [{ name: 'v', emptyDir: {} }] };

  it('is one for all containers, outlives a restart, and goes with its pod', () => {
    const c = base.fork();
    const both = podOf(EMPTY, MOUNTED) as { spec: { containers: object[] } };
    both.spec.containers.push({
      name: 'd',
      image: 'nginx:1',
      ports: [],
      command: ['sleep', 'infinity'],
      volumeMounts: [{ name: 'v', mountPath: '/other', readOnly: true }],
    });
    create(c, both);
    c.pass(10_000);
    filesOf(c).write('/v/f', 'kept');
    filesOf(c).write('/tmp/f', 'lost');
    const { machine } = where(c);
    const beside = latestContainer(machine, pod(c).metadata.uid, 'd')!;
    expect(readFile(c.world, machine, beside, '/other/f')).toBe('kept');
    expect(fileSystemOf(c, machine, beside).write('/other/f', 'x')).toBe('EROFS');
    killContainer(c, target(c));
    c.pass(30_000);
    expect([where(c).container.attempt, read(c, '/v/f'), read(c, '/tmp/f')]).toEqual([1, 'kept', undefined]);
    c.client().delete('Pod', 'default', 'p');
    c.pass(60_000);
    expect([...machine.volumes.keys()]).toEqual([]);
  });

  it('is still there after the node was off, unless it is in memory', () => {
    const c = base.fork();
    create(c, podOf(EMPTY, MOUNTED, 'disk'));
    create(c, podOf({ volumes: [{ name: 'v', emptyDir: { medium: 'Memory' } }] }, MOUNTED, 'memory'));
    c.pass(20_000);
    for (const name of ['disk', 'memory']) filesOf(c, name).write('/v/f', 'x');
    powerOff(c, 'node-1');
    powerOn(c, 'node-1', 10_000);
    c.pass(100_000);
    expect(['disk', 'memory'].map((name) => [isRunning(c, name), read(c, '/v/f', name)])).toEqual([
      [true, 'x'],
      [true, undefined],
    ]);
  });

  it('that holds more than its limit ends its pod; in memory it takes no more', () => {
    const c = base.fork();
    create(c, podOf({ volumes: [{ name: 'v', emptyDir: { sizeLimit: '1Mi' } }] }, MOUNTED, 'disk'));
    create(
      c,
      podOf(
        { volumes: [{ name: 'v', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } }] },
        MOUNTED,
        'memory',
      ),
    );
    c.pass(20_000);
    const much = { bytes: 2 * 1024 * 1024 };
    expect(['disk', 'memory'].map((name) => filesOf(c, name).write('/v/f', '', much))).toEqual([
      undefined,
      'ENOSPC',
    ]);
    c.pass(15_000);
    expect([pod(c, 'disk').status.reason, pod(c, 'disk').status.message]).toEqual([
      'Evicted',
      'Usage of EmptyDir volume "v" exceeds the limit "1Mi". ',
    ]);
    expect(isRunning(c, 'memory')).toBe(true);
  });

  it('counts to what its pod may write', () => {
    const c = base.fork();
    create(c, podOf(EMPTY, { ...MOUNTED, resources: { limits: { 'ephemeral-storage': '1Mi' } } }));
    c.pass(20_000);
    filesOf(c).write('/v/f', '', { bytes: 2 * 1024 * 1024 });
    c.pass(15_000);
    expect(pod(c).status.message).toBe(
      'Pod ephemeral local storage usage exceeds the total limit of containers 1Mi. ',
    );
  });
});

describe('a token of a service account', () => {
  const volumeOf = (expirationSeconds: number): object => ({
    volumes: [
      { name: 'v', projected: { sources: [{ serviceAccountToken: { path: 'token', expirationSeconds } }] } },
    ],
  });
  const HOUR = 3_600_000;
  /** When the token in the volume was issued and when it expires, in virtual milliseconds. */
  function lifeOf(c: Cluster, at = target(c)): { readonly issuedAt: number; readonly expiresAt: number } {
    const { machine, container } = findContainer(c, at);
    const [, claims] = readFile(c.world, machine, container, '/v/token')!.split('.') as [string, string];
    const { iat, exp } = JSON.parse(fromBase64(claims.replaceAll('-', '+').replaceAll('_', '/'))) as {
      iat: number;
      exp: number;
    };
    return { issuedAt: iat * 1000 - EPOCH, expiresAt: exp * 1000 - EPOCH };
  }
  function began(expirationSeconds: number): Cluster {
    const c = base.fork();
    create(c, podOf(volumeOf(expirationSeconds), MOUNTED));
    c.pass(10_000);
    return c;
  }

  it.each([
    ['an hour', 3600, 0.8 * HOUR],
    ['ten minutes', 600, 0.8 * 600_000],
    ['a week', 7 * 24 * 3600, 24 * HOUR],
  ])('that lives %s is another after four fifths of its life, or a day', (_, seconds, dueMs) => {
    const c = began(seconds);
    const { issuedAt } = lifeOf(c);
    c.pass(dueMs - 30_000);
    expect(lifeOf(c).issuedAt).toBe(issuedAt);
    // The jitter of 10 s, and the next periodic sync.
    c.pass(130_000);
    expect(lifeOf(c).issuedAt).toBeGreaterThanOrEqual(issuedAt + dueMs - 11_000);
  });

  it('is valid at every moment, as long as the API server answers', () => {
    const c = began(600);
    for (let i = 0; i < 60; i++) {
      c.pass(60_000);
      expect(lifeOf(c).expiresAt).toBeGreaterThan(c.now);
    }
  });

  it('stays while the API server does not answer, and is had anew when it does', () => {
    const c = began(600);
    const at = target(c);
    const first = lifeOf(c, at);
    c.control.setServerUp(false, c.by);
    c.pass(20 * 60_000);
    expect(lifeOf(c, at)).toEqual(first);
    expect(first.expiresAt).toBeLessThan(c.now);
    c.control.setServerUp(true, c.by);
    c.pass(3 * 60_000);
    expect(lifeOf(c, at).expiresAt).toBeGreaterThan(c.now);
  });
});

describe('other volumes', () => {
  it('a hostPath outlives its pod', () => {
    const c = base.fork();
    const host = { volumes: [{ name: 'v', hostPath: { path: '/srv/shop', type: 'DirectoryOrCreate' } }] };
    create(c, podOf(host, MOUNTED, 'first'));
    c.pass(10_000);
    filesOf(c, 'first').write('/v/f', 'kept');
    c.client().delete('Pod', 'default', 'first');
    c.pass(60_000);
    create(c, podOf(host, MOUNTED, 'second'));
    c.pass(10_000);
    expect(read(c, '/v/f', 'second')).toBe('kept');
  });

  it('the labels a pod shows of itself follow it at once', () => {
    const c = base.fork();
    const items = [{ path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }];
    create(c, podOf({ volumes: [{ name: 'v', downwardAPI: { items } }] }, MOUNTED));
    c.pass(10_000);
    expect(read(c, '/v/labels')).toBe('app="p"');
    c.client().patch('Pod', 'default', 'p', 'merge', { metadata: { labels: { tier: 'front' } } });
    c.pass(2_000);
    expect(read(c, '/v/labels')).toBe('app="p"\ntier="front"');
  });

  it('a page of a ConfigMap is what a server answers', () => {
    const c = base.fork();
    create(c, { ...configMap({}), data: { 'index.html': 'hello' } });
    create(c, podOf(VOLUME, { volumeMounts: [{ name: 'v', mountPath: '/usr/share/nginx/html' }] }));
    c.pass(10_000);
    const env = { world: c.world, now: c.now, random: () => 0, hop: () => 0 };
    expect(request(env, { namespace: 'default' }, 'http://p/')).toMatchObject({ status: 200, body: 'hello' });
  });

  const LOGS = { volumes: [{ name: 'v', emptyDir: {} }] };
  const NGINX_LOGS = '/var/log/nginx';

  it('the logs of a server are in a volume that hides their links to the output', () => {
    const c = base.fork();
    create(c, podOf(LOGS, { volumeMounts: [{ name: 'v', mountPath: NGINX_LOGS }] }));
    c.pass(10_000);
    const ask = (path: string, headers?: Readonly<Record<string, string>>): void =>
      void request(
        { world: c.world, now: c.now, random: () => 0, hop: () => 0, agent: 'curl' },
        { namespace: 'default' },
        `http://p${path}`,
        undefined,
        headers,
      );
    const accessLog = (): string => read(c, `${NGINX_LOGS}/access.log`)!;
    expect(accessLog()).toBe('');
    ask('/');
    ask('/nowhere');
    expect(accessLog()).toMatch(/"GET \/ HTTP\/1.1" 200 .*\n.*"GET \/nowhere HTTP\/1.1" 404 .*\n$/);
    ask('/', { ':method': 'HEAD' });
    expect(accessLog()).toMatch(/"HEAD \/ HTTP\/1.1" 200 0 .*\n$/);
    expect(read(c, `${NGINX_LOGS}/error.log`)).toContain('(2: No such file or directory)');
    expect(where(c).container.logs.some(({ line }) => line.includes('GET'))).toBe(false);
    filesOf(c).remove(`${NGINX_LOGS}/access.log`);
    ask('/');
    expect(read(c, `${NGINX_LOGS}/access.log`)).toBeUndefined();
  });

  it('of a server that is asked for ever, only the last lines are kept, and the bytes of all', () => {
    const c = base.fork();
    create(c, podOf(LOGS, { volumeMounts: [{ name: 'v', mountPath: NGINX_LOGS }] }));
    c.pass(10_000);
    const { machine, container } = where(c);
    const line = 'x'.repeat(999);
    for (let i = 0; i < 500; i += 1)
      appendLines(c.world, machine, container, `${NGINX_LOGS}/access.log`, [line]);
    const file = filesOf(c).stat(`${NGINX_LOGS}/access.log`);
    expect(file).toMatchObject({ bytes: 500_000 });
    expect(read(c, `${NGINX_LOGS}/access.log`)!.length).toBeLessThan(400_001);
  });

  it('a server that cannot write its logs ends', () => {
    const c = base.fork();
    create(c, podOf(LOGS, { volumeMounts: [{ name: 'v', mountPath: NGINX_LOGS, readOnly: true }] }));
    c.pass(10_000);
    const why = 'open() "/var/log/nginx/error.log" failed (30: Read-only file system)';
    expect(where(c).container.logs.map(({ line }) => line)).toContain(
      `nginx: [alert] could not open error log file: ${why}`,
    );
    expect(pod(c).status.containerStatuses![0]).toMatchObject({
      ready: false,
      lastState: { terminated: { exitCode: 1 } },
    });
  });

  it('commands are told of variables', () => {
    const c = base.fork();
    create(
      c,
      podOf(
        { restartPolicy: 'Never' },
        { image: 'busybox:1', command: ['echo', '$(A) $(NONE) $$(A)'], env: [{ name: 'A', value: 'x' }] },
      ),
    );
    c.pass(10_000);
    expect(where(c).container.logs.map((l) => l.line)).toEqual(['x $(NONE) $(A)']);
  });
});

describe('a log that a program of an image nobody described writes', () => {
  const following = (image: string): object => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'default' },
    spec: {
      volumes: [{ name: 'logs', emptyDir: {} }],
      containers: [
        { name: 'c', image, volumeMounts: [{ name: 'logs', mountPath: '/logs' }] },
        {
          name: 'logger',
          image: 'alpine:3.22',
          command: ['tail', '-f', '/logs-ro/app.log'],
          volumeMounts: [{ name: 'logs', mountPath: '/logs-ro', readOnly: true }],
        },
      ],
    },
  });

  it.each([
    ['is waited for', 'example.com/app:1', 0],
    ['is not, where the image is known to write none', 'nginx:1', 1],
  ])('%s', (_, image, least) => {
    const c = base.fork();
    create(c, following(image));
    c.pass(60_000);
    const restarts = pod(c).status.containerStatuses?.find((s) => s.name === 'logger')?.restartCount;
    expect(Math.min(1, restarts!)).toBe(least);
  });
});
