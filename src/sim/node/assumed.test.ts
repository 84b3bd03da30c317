import { describe, expect, it } from 'vitest';
import type { Container, Pod, Service } from '../api/types.ts';
import { Cluster } from '../cluster.ts';
import { request } from '../network/index.ts';

type Spec = Partial<Pod['spec']>;

function clusterWith(pods: Readonly<Record<string, Spec>>, services: readonly Service[] = []): Cluster {
  const cluster = Cluster.create({ seed: 1, nodes: 1 });
  for (const [name, spec] of Object.entries(pods))
    cluster
      .client()
      .create({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name, namespace: 'default', labels: { app: name } },
        spec: { containers: [], ...spec },
      } as never);
  for (const service of services) cluster.client().create(service as never);
  return cluster;
}

const podOf = (cluster: Cluster, name: string): Pod => cluster.client().get('Pod', 'default', name);
const isReady = (cluster: Cluster, name: string): boolean =>
  podOf(cluster, name).status.conditions?.some((c) => c.type === 'Ready' && c.status === 'True') === true;

const app = (more: object = {}): Container =>
  ({ name: 'app', image: 'example.com/app:1', ...more }) as Container;

const service = (name: string, port: object): Service =>
  ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'default' },
    spec: { selector: { app: name }, ports: [port] },
  }) as never;

const OUTSIDE = { namespace: 'default' };
const LOOPBACK = { httpGet: { host: '127.0.0.1', port: 9100 } };

describe('a program that nobody described', () => {
  it.each<[string, Spec]>([
    [
      'on a port it declares',
      { containers: [app({ ports: [{ containerPort: 80 }], readinessProbe: { tcpSocket: { port: 80 } } })] },
    ],
    [
      'on a port that only its probe names',
      { containers: [app({ readinessProbe: { httpGet: { port: 10254 } } })] },
    ],
    ['by gRPC', { containers: [app({ readinessProbe: { grpc: { port: 9000 } } })] }],
    [
      'over TLS, with headers',
      {
        containers: [
          app({
            readinessProbe: {
              httpGet: { port: 8443, scheme: 'HTTPS', httpHeaders: [{ name: 'Host', value: 'a' }] },
            },
          }),
        ],
      },
    ],
    [
      'by a command of its own',
      { containers: [app({ readinessProbe: { exec: { command: ['/bin/app-healthy'] } } })] },
    ],
    [
      'by a shell that looks for what it would have made',
      { containers: [app({ readinessProbe: { exec: { command: ['cat', '/tmp/healthy'] } } })] },
    ],
    [
      'on the network of its node',
      { hostNetwork: true, containers: [app({ readinessProbe: { httpGet: { port: 9100 } } })] },
    ],
    [
      'on the network of its node, at loopback',
      { hostNetwork: true, containers: [app({ readinessProbe: LOOPBACK })] },
    ],
    [
      'on the port of the container beside it',
      {
        containers: [
          app({ readinessProbe: { httpGet: { port: 8080 } } }),
          { ...app({ ports: [{ containerPort: 8080 }] }), name: 'beside' },
        ],
      },
    ],
    [
      'where it runs a script that nobody has seen',
      {
        containers: [
          app({ command: ['/bin/bash', '/opt/start.sh'], readinessProbe: { httpGet: { port: 80 } } }),
        ],
      },
    ],
  ])('answers its probe %s', (_, spec) => {
    const cluster = clusterWith({ app: spec });
    cluster.pass(60_000);
    expect(isReady(cluster, 'app')).toBe(true);
    expect(podOf(cluster, 'app').status.containerStatuses!.map((s) => s.restartCount)).not.toContain(1);
  });

  const ENV = { env: [{ name: 'MODE', value: 'slow' }] };
  const SHELL = (script: string): string[] => ['/bin/sh', '-c', script];

  it.each([
    ['an exit code', SHELL('exit 3')],
    ['a command that fails', ['false']],
    ['what follows a pause', SHELL('sleep 0.1; echo bad >/tmp/why; exit 3')],
    ['a variable of the manifest', SHELL('test "$MODE" = fast')],
    ['a file that the script has made', SHELL('echo down >/tmp/state; grep -q up /tmp/state')],
    ['how a number compares', SHELL('[ $((1 + 1)) -gt 2 ]')],
  ])('fails a probe or a hook by what its words decide: %s', (_, command) => {
    const exec = { exec: { command } };
    const hook = { lifecycle: { postStart: exec } };
    const cluster = clusterWith({
      probed: { containers: [app({ ...ENV, readinessProbe: exec })] },
      hooked: { containers: [app({ ...ENV, ...hook })] },
    });
    cluster.pass(60_000);
    expect(isReady(cluster, 'probed')).toBe(false);
    const reasons = cluster
      .client()
      .list('Event')
      .map((e) => e['reason']);
    expect(reasons).toContain('FailedPostStartHook');
    expect(reasons).toContain('Unhealthy');
  });

  it.each([
    ['a file that it would have made', SHELL('[ -f /tmp/ready ] || exit 3')],
    ['what a directory holds', SHELL('ls /var/run | grep -q sock')],
    ['a process of it', SHELL('pgrep server || exit 3')],
    ['what it answers', SHELL('[ "$(wget -qO- http://localhost:8080/)" = ok ]')],
    ['a port that it may listen on', SHELL('nc -z 127.0.0.1 9999')],
    ['a variable of its image', SHELL('[ "$APP_HOME" = /srv ]')],
    ['a program of its image', SHELL('app-cli ping && exit 3')],
  ])('passes a probe or a hook that cannot be followed: it asks %s', (_, command) => {
    const exec = { exec: { command } };
    const cluster = clusterWith({
      app: { containers: [app({ readinessProbe: exec, lifecycle: { postStart: exec } })] },
    });
    cluster.pass(60_000);
    expect(isReady(cluster, 'app')).toBe(true);
    expect(podOf(cluster, 'app').status.containerStatuses!.map((s) => s.restartCount)).toEqual([0]);
  });

  it('is not at the loopback of its node where it has a network of its own', () => {
    const cluster = clusterWith({ app: { containers: [app({ readinessProbe: LOOPBACK })] } });
    cluster.pass(60_000);
    expect(isReady(cluster, 'app')).toBe(false);
    expect(
      cluster
        .client()
        .list('Event')
        .map((e) => e['message']),
    ).toContainEqual(
      'Readiness probe failed: Get "http://127.0.0.1:9100/": dial tcp 127.0.0.1:9100: connect: connection ' +
        'refused',
    );
  });

  it('is asked where a probe names a host, and not in its stead', () => {
    const probe = { httpGet: { host: 'shop.example.com', port: 80 } };
    const cluster = clusterWith({ app: { containers: [app({ readinessProbe: probe })] } });
    cluster.pass(60_000);
    expect(
      cluster
        .client()
        .list('Event')
        .map((e) => e['message']),
    ).toContainEqual(
      'Readiness probe failed: Get "http://shop.example.com:80/": dial tcp: lookup shop.example.com: no ' +
        'such host',
    );
  });

  it('listens on the numeric ports that Services send to, and on no other', () => {
    const cluster = clusterWith(
      { app: { containers: [app()] }, page: { containers: [{ name: 'web', image: 'nginx' }] } },
      [service('app', { port: 80, targetPort: 8080 }), service('page', { port: 80, targetPort: 8080 })],
    );
    cluster.pass(60_000);
    const ip = podOf(cluster, 'app').status.podIP!;
    const ask = (url: string): string => {
      const result = request(
        { world: cluster.world, now: cluster.now, random: () => 0, hop: () => 0 },
        OUTSIDE,
        url,
      );
      return result.kind === 'answered' ? String(result.status) : result.kind;
    };
    expect([ask('http://app/'), ask(`http://${ip}:8080/`), ask(`http://${ip}:8081/`)]).toEqual([
      '200',
      '200',
      'refused',
    ]);
    // What is described does what it is described to.
    expect(ask('http://page/')).toBe('refused');
  });

  it.each([
    ['a host of the internet that everyone knows', 'wget -qO /tmp/page http://kubernetes.io'],
    ['the first process of its container', 'test -d /proc/1'],
  ])('is not what a script waits for that looks for %s', (_, script) => {
    const containers = [{ ...app({ command: SHELL(script) }), image: 'busybox' }];
    const cluster = clusterWith({ app: { restartPolicy: 'Never', containers } });
    cluster.pass(30_000);
    expect(podOf(cluster, 'app').status.phase).toBe('Succeeded');
  });

  it('is its own where distributions have one of its name', () => {
    const cluster = clusterWith({
      app: {
        initContainers: [app({ command: ['/opt/cni/bin/install'] })],
        containers: [app({ name: 'main' })],
      },
    });
    cluster.pass(60_000);
    expect(isReady(cluster, 'app')).toBe(true);
  });

  it('ends well in an init container, and runs on elsewhere', () => {
    const cluster = clusterWith({
      app: { initContainers: [app({ args: ['migrate'] })], containers: [{ ...app(), name: 'main' }] },
      once: { restartPolicy: 'Never', containers: [app()] },
    });
    cluster.pass(60_000);
    expect(['app', 'once'].map((name) => podOf(cluster, name).status.phase)).toEqual(['Running', 'Running']);
  });
});
