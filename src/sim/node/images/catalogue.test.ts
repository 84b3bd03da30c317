import { describe, expect, it } from 'vitest';
import { Cluster } from '../../cluster.ts';
import type { ContainerStatus, Pod } from '../../api/types.ts';
import { containerLogs } from '../exec.ts';
import { portsOf } from '../answer.ts';
import { isAssumed, programOf } from '../images.ts';
import { programStarted } from '../programstart.ts';
import type { Machine, RuntimeContainer } from '../world.ts';
import { CATALOGUE, catalogued } from './catalogue.ts';
import { FAMILIES, factsOf, imagesPage } from './page.ts';

const cluster = Cluster.create({ seed: 1, nodes: 1 });

interface Start {
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
}

/** A container of the image as it is when its process starts, its files on a volume at their root. */
function started(
  image: string,
  { command = [], args = [], env = {}, files = {} }: Start = {},
): RuntimeContainer {
  const machine: Machine = cluster.world.machines.get('node-1')!;
  const tree = new Map(
    Object.entries(files).map(([path, content]) => [path, { kind: 'file' as const, content, mode: 0o644 }]),
  );
  const mounts = Object.keys(files).map((path) => ({ path, volume: 'v', subPath: path, readOnly: true }));
  machine.volumes.set('p', new Map([['v', { kind: 'own', files: tree, mode: 0o755 } as never]]));
  const container = {
    image,
    podUid: 'p',
    command: [...command, ...args],
    ownCommand: command.length > 0,
    environment: env,
    ports: [4711],
    files: new Map(),
    mounts,
  } as unknown as RuntimeContainer;
  container.program = programStarted(cluster.world, machine, container);
  return container;
}

const portsAtStart = (image: string, start?: Start): readonly number[] =>
  portsOf(cluster.world, started(image, start));
const program = (image: string, start?: Start) => programOf(cluster.world, started(image, start));

describe('the catalogue', () => {
  it.each(Object.entries(CATALOGUE))('%s starts without a word, and with any', (name, { image }) => {
    expect(image.startupMs ?? 0).toBeLessThan(60_000);
    for (const start of [{}, { args: ['-x'] }, { command: ['/bin/other'] }, { args: ['--port', 'x'] }])
      expect(() => portsAtStart(name, start)).not.toThrow();
  });

  it.each([
    ['nginx', 80],
    [`docker.io/library/nginx:1.25@sha256:${'0a'.repeat(32)}`, 80],
    ['public.ecr.aws/docker/library/nginx', 80],
    ['nginxinc/nginx-unprivileged:alpine', 8080],
    ['registry.k8s.io/nginx-slim:0.24', 80],
    ['bitnami/nginx', 8080],
    ['httpd:2.4', 80],
    ['redis:7', 6379],
    ['public.ecr.aws/docker/library/redis:7', 6379],
    ['registry.example.com:5000/team/redis:7', 4711],
    ['registry.k8s.io/redis:v1', 4711],
    ['memcached', 11_211],
    ['rabbitmq:3-management', 5672],
    ['stefanprodan/podinfo:6.0.0', 9898],
    ['ghcr.io/stefanprodan/podinfo', 9898],
    ['registry.k8s.io/coredns/coredns:v1.11', 53],
    ['gcr.io/google-samples/hello-app:1.0', 8080],
    ['registry.k8s.io/hpa-example', 80],
    ['traefik/whoami', 80],
    ['calico/node', 4711],
    ['mirror.example.com/team/whoami', 4711],
    ['example.com/shop', 4711],
  ])('%s listens on %i', (image, port) => expect(portsAtStart(image)[0]).toBe(port));

  it.each<[string, string, Start, readonly number[]]>([
    ['a port by a flag', 'redis', { args: ['--port', '6380'] }, [6380]],
    [
      'a port in a file',
      'redis',
      {
        command: ['redis-server', '/etc/redis.conf'],
        files: { '/etc/redis.conf': 'bind 0.0.0.0\nport 7000\n' },
      },
      [7000],
    ],
    [
      'a sentinel',
      'redis',
      { command: ['redis-sentinel', '/etc/s.conf'], files: { '/etc/s.conf': '' } },
      [26_379],
    ],
    ['a port of a variable', 'gcr.io/google-samples/hello-app:2.0', { env: { PORT: '50000' } }, [50_000]],
    ['a text to echo', 'hashicorp/http-echo', { args: ['-text=hi', '-listen=:8081'] }, [8081]],
    ['a module of Python', 'python:3', { command: ['python', '-m', 'http.server', '8080'] }, [8080]],
    [
      'a subcommand',
      'registry.k8s.io/e2e-test-images/agnhost:2.40',
      { args: ['netexec', '--http-port=8083'] },
      [8083],
    ],
    ['a subcommand behind its program', 'agnhost', { command: ['/agnhost', 'serve-hostname'] }, [9376]],
    ['ports in names of variables', 'agnhost', { args: ['porter'], env: { SERVE_PORT_1080: 'x' } }, [1080]],
    ['a program that nobody described', 'mysql:8', { command: ['mysqldump', 'shop'] }, [4711]],
    ['a script that nobody has seen', 'postgres', { command: ['bash', '/init.sh'] }, [4711]],
  ])('reads %s', (_, image, start, ports) => expect(portsAtStart(image, start)).toEqual(ports));

  it.each<[string, Start, number, RegExp]>([
    ['postgres:16', {}, 1, /superuser password is not specified/],
    ['postgres', { env: { POSTGRES_PASSWORD: '' } }, 1, /not specified/],
    ['mysql:8', {}, 1, /MYSQL_ROOT_PASSWORD/],
    ['mariadb', {}, 1, /MARIADB_ROOT_PASSWORD/],
    ['mongo', { env: { MONGO_INITDB_ROOT_USERNAME: 'a' } }, 1, /both must be specified/],
    [
      'redis',
      { command: ['redis-server', '/etc/redis.conf'] },
      1,
      /can't open config file '\/etc\/redis.conf'/,
    ],
    ['agnhost', { args: ['nothing'] }, 1, /unknown command "nothing" for "app"/],
    ['hashicorp/http-echo', {}, 127, /Missing -text option!/],
    ['nginx', { files: { '/etc/nginx/nginx.conf': 'http {' } }, 1, /unexpected end of file/],
  ])('%s given %j ends with %i and says why', (image, start, code, words) => {
    const { exits, logs } = program(image, start);
    expect([exits?.code, logs?.join('\n')]).toEqual([code, expect.stringMatching(words)]);
  });

  it.each<[string, Start]>([
    ['postgres', { env: { POSTGRES_PASSWORD: 'x' } }],
    ['postgres', { env: { POSTGRES_PASSWORD_FILE: '/run/secret' } }],
    ['postgres', { env: { POSTGRES_HOST_AUTH_METHOD: 'trust' } }],
    ['mysql', { env: { MYSQL_ALLOW_EMPTY_PASSWORD: 'yes' } }],
    ['mariadb', { env: { MYSQL_ROOT_PASSWORD: 'x' } }],
    ['mongo', {}],
  ])('%s given %j runs on', (image, start) => expect(program(image, start).exits).toBeUndefined());

  it('takes what it does not know of an image that it knows for assumed', () => {
    expect(isAssumed(cluster.world, started('redis', { args: ['redis-cli', 'ping'] }))).toBe(true);
    expect(isAssumed(cluster.world, started('redis', { args: ['--appendonly', 'yes'] }))).toBe(false);
    expect(catalogued('calico/node:v3')).toBeUndefined();
  });
});

const NGINX = '/etc/nginx/conf.d/default.conf';

describe('nginx', () => {
  it.each<[string, string, readonly number[]]>([
    ['one port', 'server { listen 8080; }', [8080]],
    [
      'ports of several servers',
      'server { listen 80; listen [::]:80; }\nserver { listen 0.0.0.0:8443 ssl; }',
      [80, 8443],
    ],
    ['none, which is 80', 'server { location / { return 200; } }', [80]],
    ['a comment with a brace', '# } \nserver { # listen 1;\n listen 81; }', [81]],
    ['braces in quotes', 'server { listen 82; add_header X "{;}"; }', [82]],
  ])('listens where its configuration says: %s', (_, text, ports) =>
    expect(portsAtStart('nginx', { files: { [NGINX]: text } })).toEqual(ports),
  );

  it('answers what its locations return, and files elsewhere', () => {
    const text =
      'server { listen 80; root /srv/; location = /healthz { return 200 "ok\\n"; } ' +
      'location /api { proxy_pass http://api; } location /old { return 301 /; } }';
    expect(program('nginx', { files: { [NGINX]: text } })).toMatchObject({
      root: '/srv',
      http: { '/healthz': { status: 200, body: 'ok\n' }, '/api*': { status: 200 }, '/old*': { status: 301 } },
    });
  });

  it('reads what its main file includes', () => {
    const files = {
      '/etc/nginx/nginx.conf': 'events {}\nhttp { include mime.types; include /etc/nginx/sites/*.conf; }',
      '/etc/nginx/sites/a.conf': 'server { listen 9000; }',
    };
    expect(portsAtStart('nginx', { files })).toEqual([9000]);
  });
});

describe('in a cluster', () => {
  const play = (spec: object, ms: number): { statuses: readonly ContainerStatus[]; logs: string } => {
    const c = cluster.fork();
    const metadata = { name: 'p', namespace: 'default' };
    c.client().create({ apiVersion: 'v1', kind: 'Pod', metadata, spec } as never);
    c.pass(ms);
    const pod: Pod = c.client().get('Pod', 'default', 'p');
    const statuses = pod.status.containerStatuses!;
    const machine = c.world.machines.get('node-1')!;
    const lines = statuses.flatMap(({ name }) => containerLogs(machine, pod.metadata.uid, name, true) ?? []);
    return { statuses, logs: lines.map(({ line }) => line).join('\n') };
  };

  it('a database without its password crashes, and tells why', () => {
    const { statuses, logs } = play({ containers: [{ name: 'db', image: 'postgres:16' }] }, 60_000);
    expect(statuses[0]!.state).toMatchObject({ waiting: { reason: 'CrashLoopBackOff' } });
    expect(logs).toContain('superuser password is not specified');
  });

  it('the liveness server of the documentation is restarted once it turns', () => {
    const livenessProbe = {
      httpGet: { path: '/healthz', port: 8080 },
      initialDelaySeconds: 3,
      periodSeconds: 3,
    };
    const container = {
      name: 'liveness',
      image: 'registry.k8s.io/e2e-test-images/agnhost:2.40',
      args: ['liveness'],
      livenessProbe,
    };
    const { statuses } = play({ containers: [container] }, 45_000);
    expect(statuses[0]!.restartCount).toBeGreaterThan(0);
  });

  it('a probe by HTTP of what does not speak it fails', () => {
    const readinessProbe = { httpGet: { port: 6379 } };
    const { statuses } = play({ containers: [{ name: 'r', image: 'redis', readinessProbe }] }, 30_000);
    expect(statuses[0]!.ready).toBe(false);
  });

  it('of two servers on one port the second says who has it, and ends', () => {
    const { statuses, logs } = play(
      { containers: ['a', 'b'].map((name) => ({ name, image: 'nginx' })) },
      60_000,
    );
    expect(statuses.map((s) => s.ready)).toEqual([true, false]);
    expect(logs).toContain('nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)');
  });
});

it('every image of the catalogue is on its page, with what is known of it', () => {
  const listed = FAMILIES.flatMap(({ images }) => Object.keys(images));
  expect(listed.sort()).toEqual(Object.keys(CATALOGUE).sort());
  const page = imagesPage();
  for (const name of listed) expect(page).toContain(`| \`${name}\` | `);
  expect(Object.fromEntries(factsOf(CATALOGUE['nginx']!))).toMatchObject({
    ports: '80',
    'is stopped by': 'SIGQUIT, having answered what it took',
  });
});
