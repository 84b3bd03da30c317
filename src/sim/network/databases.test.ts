/** Databases that do not speak HTTP, and those who ask whether they are up. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { KubeObject, Pod } from '../api/types.ts';
import { Cluster } from '../cluster.ts';
import { execInContainer, type ExecResult } from '../node/exec.ts';
import { killContainer, latestContainer } from '../node/index.ts';
import { podNetwork } from './reach.ts';

const pod = (name: string, container: object): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', labels: { app: name } },
    spec: { containers: [{ name: 'c', ...container }] },
  }) as never;
const service = (name: string, port: number): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'default' },
    spec: { selector: { app: name }, ports: [{ port }] },
  }) as never;

const base = Cluster.create({ seed: 1, nodes: 1 });
const containerOf = (c: Cluster, name: string) => {
  const { uid } = (c.client().get('Pod', 'default', name) as Pod).metadata;
  return latestContainer(c.world.machines.get('node-1')!, uid, 'c')!;
};
function run(c: Cluster, name: string, ...command: string[]): ExecResult {
  return execInContainer(c, c.world.machines.get('node-1')!, containerOf(c, name), command, podNetwork);
}
const inShell = (c: Cluster, name: string, text: string): ExecResult => run(c, name, 'sh', '-c', text);

beforeAll(() => {
  for (const one of [
    pod('cache', { image: 'redis:7' }),
    pod('store', { image: 'postgres:16', env: [{ name: 'POSTGRES_PASSWORD', value: 'x' }] }),
    pod('shop', { image: 'mysql:8', env: [{ name: 'MYSQL_ROOT_PASSWORD', value: 'x' }] }),
    pod('curl', { image: 'curlimages/curl', command: ['sleep', 'infinity'] }),
    pod('page', { image: 'nginx:1.25' }),
    service('page', 80),
    service('shop', 3306),
    pod('shell', { image: 'busybox', command: ['sleep', 'infinity'] }),
    service('cache', 6379),
    service('store', 5432),
    service('gone', 5432),
  ])
    base.client().create(one);
  base.pass(60_000);
});

describe('a database', () => {
  it.each([
    ['shell', 'nc -z cache 6379 && nc -z store 5432 && echo up', 'up\n'],
    ['cache', 'redis-cli ping', 'PONG\n'],
    ['cache', 'redis-cli -h cache -p 6379 -a secret --no-auth-warning ping hello', 'hello\n'],
    ['cache', '[ "$(redis-cli -u redis://u:p@cache:6379/0 PING)" = PONG ] && echo up', 'up\n'],
    ['store', 'pg_isready', '/var/run/postgresql:5432 - accepting connections\n'],
    ['store', 'pg_isready -h store -U postgres -d app', 'store:5432 - accepting connections\n'],
    ['store', "psql -U postgres -tAc 'SELECT 1;'", '1\n'],
    [
      'store',
      'psql postgres://u:p@store/app -c "select 1"',
      ' ?column? \n----------\n        1\n(1 row)\n\n',
    ],
    ['shop', 'mysqladmin ping -h localhost -uroot -p$MYSQL_ROOT_PASSWORD', 'mysqld is alive\n'],
    ['shop', "mysql -h 127.0.0.1 -P 3306 -pX -e 'SELECT 1'", '1\n1\n'],
  ])('answers %s: %s', (name, text, out) => {
    expect(inShell(base, name, text)).toMatchObject({ code: 0, stdout: out, stderr: '', unknown: false });
  });

  it.each([
    ['shell', 'nc -z cache 6380', 1, ''],
    ['store', 'redis-cli ping', 127, ''],
    ['cache', 'redis-cli -h store ping', 1, ''],
    ['store', 'pg_isready -h gone', 2, 'gone:5432 - no response\n'],
    ['store', 'pg_isready -p 5433', 2, '/var/run/postgresql:5433 - no response\n'],
    ['store', "psql -h nobody -c 'select 1'", 2, ''],
    ['shop', 'mysqladmin ping -h cache', 1, ''],
    ['shop', "mysql -P 3307 -e 'SELECT 1'", 1, ''],
  ])('does not answer %s: %s', (name, text, code, out) => {
    const { code: found, stdout, stderr } = inShell(base, name, `${text} || exit $?`);
    // Of a program that the image may have beside its server nothing is known.
    expect([found, stdout]).toEqual([code === 127 ? 0 : code, out]);
    if (out === '' && code < 127 && name !== 'shell') expect(stderr).not.toBe('');
  });

  it('that hangs takes connections, and says nothing', () => {
    const c = base.fork();
    containerOf(c, 'cache').faults.set('hang', {});
    expect(inShell(c, 'shell', 'nc -z cache 6379').code).toBe(0);
    const asked = inShell(c, 'shell', 'nc -z cache 6379');
    expect(asked.afterMs).toBeLessThan(1000);
    const { code, afterMs } = run(c, 'cache', 'redis-cli', '-h', 'cache', 'ping');
    expect([code, afterMs > 60_000]).toEqual([1, true]);
  });

  it('is there for who waits until it has started', () => {
    const c = base.fork();
    const hook = { exec: { command: ['sh', '-c', 'sleep 5; redis-cli ping'] } };
    c.client().create(pod('late', { image: 'redis:7', lifecycle: { postStart: hook } }));
    c.pass(30_000);
    const { containerStatuses } = (c.client().get('Pod', 'default', 'late') as Pod).status;
    expect(containerStatuses![0]).toMatchObject({ ready: true, restartCount: 0 });
  });

  it('that is gone refuses, and is there again when it has started', () => {
    const c = base.fork();
    const { uid } = (c.client().get('Pod', 'default', 'store') as Pod).metadata;
    killContainer(c, { podUid: uid, container: 'c' });
    c.pass(3000);
    expect(inShell(c, 'shell', 'nc -z store 5432').code).toBe(1);
    c.pass(60_000);
    expect(inShell(c, 'shell', 'nc -z store 5432').code).toBe(0);
  });
});

describe('a program that nobody plays', () => {
  it.each([
    ['cache', ['redis-cli', 'set', 'a', '1'], 'redis-cli set a 1'],
    ['store', ['pg_dump', '-Fc', 'app'], 'pg_dump'],
  ])('is passed over, and said so to who runs it in %s: %s', (name, command, what) => {
    expect(run(base, name, ...command)).toMatchObject({
      code: 0,
      stdout: '',
      stderr: `not simulated, passed over: ${what}\n`,
    });
  });

  it('is not there in an image whose programs are all known', () => {
    expect(run(base, 'shell', 'pg_isready')).toMatchObject({
      code: 127,
      stderr: expect.stringContaining('exec: "pg_isready": executable file not found in $PATH'),
    });
  });
});

describe('who speaks HTTP to a database', () => {
  it.each([
    ['curl', 'curl -s http://cache:6379/', 52, ''],
    ['curl', 'curl http://store:5432/', 52, 'curl: (52) Empty reply from server\n'],
    ['curl', 'curl http://shop:3306/', 1, 'curl: (1) Received HTTP/0.9 when not allowed\n'],
    ['shell', 'wget -q http://cache:6379/', 1, 'wget: error getting response: Connection reset by peer\n'],
  ])('is told so: %s: %s', (name, text, code, err) => {
    expect(inShell(base, name, text)).toMatchObject({ code, stdout: '', stderr: err });
  });
});

it('nginx has pages of its own for what is not there, and for what may not be listed', () => {
  const page = (title: string): string =>
    `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n` +
    '<hr><center>nginx/1.25.5</center>\r\n</body>\r\n</html>\r\n';
  expect(inShell(base, 'curl', 'curl -s http://page/none').stdout).toBe(page('404 Not Found'));
  inShell(base, 'page', 'rm /usr/share/nginx/html/index.html');
  expect(inShell(base, 'curl', 'curl -s http://page/').stdout).toBe(page('403 Forbidden'));
});

describe('nginx beside its server', () => {
  it.each([
    [
      'nginx -t',
      0,
      /^nginx: the configuration file \/etc\/nginx\/nginx.conf syntax is ok\n.* test is successful\n$/,
    ],
    ['nginx -s reload', 0, /^2026\/01\/05 09:0\d:\d\d \[notice\] (\d+)#\1: signal process started\n$/],
    ['nginx -s leave', 1, /^nginx: invalid option: "-s leave"\n$/],
    ['nginx -v', 0, /^nginx version: nginx\/1\.25\.5\n$/],
    ['nginx -V', 0, /^nginx version: nginx\/1\.25\.5\nbuilt by gcc .*\n[^]*\nconfigure arguments: --prefix=/],
  ])('%s', (text, code, err) => {
    const found = inShell(base, 'page', text);
    expect([found.code, found.stdout, containerOf(base, 'page').state]).toEqual([code, '', 'running']);
    expect(found.stderr).toMatch(err);
  });

  it.each(['quit', 'stop'])('-s %s ends it', (word) => {
    const c = base.fork();
    const { id } = containerOf(c, 'page');
    expect(run(c, 'page', 'nginx', '-s', word).code).toBe(0);
    c.pass(5000);
    expect(c.world.machines.get('node-1')!.containers.get(id)?.state).toBe('exited');
  });
});

it('nginx says what it is and when it answered', () => {
  expect(inShell(base, 'curl', 'curl -sI http://page/none').stdout).toMatch(
    new RegExp(
      '^HTTP/1.1 404 Not Found\\r\\nServer: nginx/1.25.5\\r\\n' +
        'Date: Mon, 05 Jan 2026 09:0\\d:\\d\\d GMT\\r\\n' +
        'Content-Type: text/html\\r\\nContent-Length: 153\\r\\nConnection: keep-alive\\r\\n\\r\\n$',
    ),
  );
});
