/** `kubectl logs` of web servers: a line of each request. */
import { beforeEach, expect, it } from 'vitest';
import { Cluster } from '../sim/cluster.ts';
import { request } from '../sim/network/index.ts';
import { runKubectlLine } from './index.ts';

const POD = (name: string, image: string, more = ''): string =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}}, spec: {containers: [{name: c, image: ` +
  `${image}${more}}]}}`;
const io = {
  readFile: (): string => {
    throw new Error('no files');
  },
};

let cluster: Cluster;
const kubectl = (line: string, stdin?: string): string =>
  runKubectlLine(cluster, `kubectl ${line}`, stdin === undefined ? io : { ...io, stdin }).stdout;
const logs = (name: string): string[] => kubectl(`logs ${name}`).trimEnd().split('\n');

beforeEach(() => {
  cluster = Cluster.create({ seed: 3, nodes: 1 });
  const pods = [
    POD('web', 'nginx', ', readinessProbe: {httpGet: {port: 80}}'),
    POD('apache', 'httpd'),
    POD('tool', 'curl', ', command: [sleep, infinity]'),
  ];
  kubectl('apply -f -', pods.join('\n---\n'));
  cluster.pass(20_000);
});

const ADDRESS = String.raw`10\.244\.1\.\d+`;

it('has them in the form of nginx, with what it tells of files that are not there', () => {
  kubectl('exec tool -- curl http://web/');
  kubectl('exec tool -- wget -O- http://web/favicon.ico?v=1');
  const [, page, error, missing, ...more] = logs('web');
  expect(page).toMatch(
    new RegExp(
      `^${ADDRESS} - - \\[05/Jan/2026:09:00:\\d\\d \\+0000\\] "GET / HTTP/1\\.1" 200 \\d+ "-" "curl/`,
    ),
  );
  expect(error).toMatch(
    /^2026\/01\/05 09:00:\d\d \[error\] 29#29: \*2 open\(\) "\/usr\/share\/nginx\/html\/favicon\.ico" failed \(2: No such file or directory\), client: .*, request: "GET \/favicon\.ico\?v=1 HTTP\/1\.1", host: "web"$/,
  );
  expect(missing).toMatch(/"GET \/favicon\.ico\?v=1 HTTP\/1\.1" 404 153 "-" "Wget" "-"$/);
  expect(more).toEqual([]);
});

it('has them in the form of httpd', () => {
  kubectl('exec tool -- curl http://apache/');
  expect(logs('apache')).toEqual([
    expect.stringMatching(
      new RegExp(`^${ADDRESS} - - \\[05/Jan/2026:09:00:\\d\\d \\+0000\\] "GET / HTTP/1\\.1" 200 45$`),
    ),
  ]);
});

it('has none of a name that is looked up, nor of what only looks what would be answered', () => {
  kubectl('exec tool -- nslookup web');
  const env = { world: cluster.world, now: cluster.now, random: () => 0, hop: () => 0 };
  expect(request(env, { namespace: 'default' }, 'http://web/').kind).toBe('answered');
  expect(logs('web')).toHaveLength(1);
});

it('never has what a terminal would obey', () => {
  const env = { world: cluster.world, now: cluster.now, random: () => 0, hop: () => 0, agent: 'test' };
  request(env, { namespace: 'default' }, 'http://web/\u001b[31m"é#frag');
  expect(logs('web').at(-1)).toContain('"GET /\\x1B[31m\\x22\\xC3\\xA9 HTTP/1.1" 404');
});
