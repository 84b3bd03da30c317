import { describe, expect, it } from 'vitest';
import { Cluster } from '../sim/cluster.ts';
import type { NodeOptions } from '../sim/clusterapi.ts';
import { runKubectlLine } from './run.ts';

const planeNode = (name: string): NodeOptions => ({ name, controlPlane: true });
const plain = Cluster.create({ seed: 1, nodes: 2 });
const plane = Cluster.create({
  seed: 1,
  nodes: [...['a', 'b', 'c'].map((name) => planeNode(`control-plane-${name}`)), { name: 'node-1' }],
});
plane.pass(60_000);
const kubectl = (cluster: Cluster, line: string, files?: Map<string, string>) =>
  runKubectlLine(cluster, `kubectl ${line}`, {
    readFile: () => '',
    ...(files === undefined ? {} : { writeFile: (path, content) => void files.set(path, content) }),
  });
const forked = (cluster: Cluster): Cluster => cluster.fork() as Cluster;

const withoutQuorum = (cluster: Cluster): Cluster => {
  const broken = forked(cluster);
  if (cluster === plain) broken.control.setQuorum(false, broken.by);
  else for (const at of ['a', 'b']) broken.control.stop(`etcd@control-plane-${at}`, broken.by);
  return broken;
};

describe('what an API server says of its health', () => {
  it.each([
    ['/healthz', 'healthz', false],
    ['/livez', 'livez', false],
    ['/readyz', 'readyz', true],
  ])('%s: all checks pass', (path, name, isReadiness) => {
    expect(kubectl(plain, `get --raw ${path}`).stdout).toBe('ok');
    const told = kubectl(plain, `get --raw '${path}?verbose'`).stdout;
    expect(told).toMatch(/^\[\+\]ping ok\n\[\+\]log ok\n\[\+\]etcd ok\n/);
    expect(told.endsWith(`${isReadiness ? '[+]shutdown ok\n' : ''}${name} check passed\n`)).toBe(true);
    expect(told.includes('[+]informer-sync ok\n')).toBe(isReadiness);
  });

  it.each([
    ['one of one server', plain],
    ['of three members two', plane],
  ])('without a quorum of etcd (%s lost) it is not well, and says why', (_, cluster) => {
    const broken = withoutQuorum(cluster);
    expect(kubectl(broken, 'get --raw /readyz').stderr).toMatch(
      /^Error from server \(InternalError\): an error on the server \("\[\+\]ping ok\\n\[\+\]log ok\\n\[-\]etcd failed: reason withheld\\n\[-\]etcd-readiness failed/,
    );
    expect(kubectl(broken, 'get --raw /livez/etcd').stderr).toContain('error getting data from etcd');
    expect(kubectl(broken, 'get --raw /livez/ping').stdout).toBe('ok');
    expect(kubectl(broken, "get --raw '/livez?exclude=etcd'").stdout).toBe('ok');
    expect(kubectl(broken, "get --raw '/livez?verbose&exclude=etcd&exclude=x'").stdout).toMatch(
      /\n\[\+\]etcd excluded: ok\n(?:.*\n)+warn: some health checks cannot be excluded: no matches for "x"\nlivez check passed\n$/,
    );
    expect(kubectl(broken, 'get componentstatuses').stdout).toContain('etcd-0               Unhealthy');
  });

  it('answers nobody when it is down', () => {
    const down = forked(plain);
    down.control.setServerUp(false, down.by);
    for (const line of ['get --raw /healthz', 'get --raw /metrics', 'get cs', 'cluster-info dump'])
      expect(kubectl(down, line).stderr).toMatch(/^The connection to the server \S+ was refused/);
  });

  it.each([
    [
      'get --raw /readyz/nothing',
      'Error from server (NotFound): the server could not find the requested resource',
    ],
    ["get --raw '/readyz?limit=1'", 'error: ?limit= is not simulated for --raw'],
    [
      'get --raw /metrics --as bob',
      'Error from server (Forbidden): forbidden: User "bob" cannot get path "/metrics"',
    ],
    [
      'get cs --as bob',
      'Error from server (Forbidden): componentstatuses is forbidden: User "bob" cannot list resource ' +
        '"componentstatuses" in API group "" at the cluster scope',
    ],
  ])('%s is refused', (line, said) => {
    expect(kubectl(plain, line).stderr).toBe(`${said}\n`);
  });

  it('tells everybody who has logged in whether it is well, and its version', () => {
    for (const path of ['/healthz', '/livez', '/readyz', '/version', '/api', '/apis'])
      expect(kubectl(plain, `get --raw ${path} --as bob`).code).toBe(0);
  });
});

describe('what an API server counts', () => {
  const valueOf = (text: string, sample: string): number =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${sample} `))
        ?.slice(sample.length),
    );

  it('is what the cluster has and what was written', () => {
    const cluster = forked(plain);
    const metrics = (): string => kubectl(cluster, 'get --raw /metrics').stdout;
    const pods = 'apiserver_resource_objects{group="",resource="pods"}';
    const request = (subresource: string, verb: string, code: number): string =>
      `apiserver_request_total{code="${code}",component="apiserver",dry_run="",group="",resource="pods",` +
      `scope="resource",subresource="${subresource}",verb="${verb}",version="v1"}`;
    expect(valueOf(metrics(), pods)).toBe(0);
    kubectl(cluster, 'create deployment web --image=nginx --replicas=3');
    cluster.pass(60_000);
    expect(valueOf(metrics(), pods)).toBe(3);
    expect(valueOf(metrics(), request('', 'POST', 201))).toBe(3);
    expect(valueOf(metrics(), request('binding', 'POST', 201))).toBe(3);
    expect(valueOf(metrics(), request('status', 'PUT', 200))).toBeGreaterThanOrEqual(3);
    kubectl(cluster, 'scale deployment web --replicas=2');
    cluster.pass(60_000);
    expect(valueOf(metrics(), pods)).toBe(2);
    // The controller's, and the kubelet's when the containers have ended.
    expect(valueOf(metrics(), request('', 'DELETE', 200))).toBe(2);
    expect(valueOf(metrics(), 'etcd_requests_total{group="",operation="create",resource="pods"}')).toBe(3);
    expect(valueOf(metrics(), 'etcd_requests_total{group="",operation="delete",resource="pods"}')).toBe(1);
  });

  it('begins anew with the process', () => {
    const cluster = forked(plain);
    const start = (): number =>
      valueOf(kubectl(cluster, 'get --raw /metrics').stdout, 'process_start_time_seconds');
    const first = start();
    cluster.control.setServerUp(false, cluster.by);
    cluster.pass(60_000);
    cluster.control.setServerUp(true, cluster.by);
    expect(start() - first).toBeGreaterThanOrEqual(60);
  });

  it('changes nothing by being looked at', () => {
    const cluster = forked(plain);
    const before = cluster.hash();
    kubectl(cluster, 'get --raw /metrics');
    expect(cluster.hash()).toBe(before);
  });

  it('leaves out what a history that was cut cannot tell', () => {
    const cluster = Cluster.create({ seed: 1, nodes: 1, history: { keep: 'tail', tail: 2 } });
    const text = kubectl(cluster, 'get --raw /metrics').stdout;
    expect(text).toContain('# This run keeps the end of its history only');
    expect(text).not.toContain('apiserver_request_total{');
  });
});

describe('kubectl get componentstatuses', () => {
  const WELL =
    'NAME                 STATUS    MESSAGE   ERROR\n' +
    'controller-manager   Healthy   ok        \n' +
    'etcd-0               Healthy   ok        \n' +
    'scheduler            Healthy   ok        \n';

  it.each(['componentstatuses', 'componentstatus', 'cs'])('%s: warns, and shows three', (type) => {
    for (const cluster of [plain, plane]) {
      const { stdout, stderr } = kubectl(cluster, `get ${type}`);
      expect(stdout).toBe(WELL);
      expect(stderr).toBe('Warning: v1 ComponentStatus is deprecated in v1.19+\n');
    }
  });

  it('shows who does not answer', () => {
    const stopped = forked(plain);
    stopped.control.stop('kube-scheduler', stopped.by);
    expect(kubectl(stopped, 'get cs scheduler').stdout).toContain(
      'scheduler   Unhealthy   Get "https://127.0.0.1:10259/healthz": dial tcp 127.0.0.1:10259: connect: ' +
        'connection refused',
    );
    expect(kubectl(stopped, "get cs/scheduler -o jsonpath='{.conditions[0].status}'").stdout).toBe('False');
    expect(kubectl(stopped, 'get cs nothing').stderr).toContain(
      'Error from server: Component not found: nothing\n',
    );
    const without = forked(plane);
    without.control.stop('kube-scheduler@control-plane-a', without.by);
    expect(kubectl(without, 'get cs scheduler').stdout).toContain('Unhealthy');
  });
});

describe('kubectl cluster-info', () => {
  it('names CoreDNS where it runs', () => {
    expect(kubectl(plane, 'cluster-info').stdout).toContain(
      'CoreDNS is running at ' +
        'https://172.18.0.2:6443/api/v1/namespaces/kube-system/services/kube-dns:dns/proxy',
    );
    expect(kubectl(plain, 'cluster-info').stdout).not.toContain('CoreDNS');
  });

  it('dumps what it is asked for, to the terminal or to files', () => {
    const cluster = forked(plane);
    kubectl(cluster, 'run web --image=nginx');
    cluster.pass(60_000);
    const all = kubectl(cluster, 'cluster-info dump').stdout;
    expect(all).toMatch(/^\{\n {4}"kind": "NodeList",\n {4}"apiVersion": "v1",/);
    expect(all).toContain('==== START logs for container coredns of pod kube-system/coredns-');
    expect(all).toContain('==== END logs for container web of pod default/web ====\n');
    const files = new Map<string, string>();
    const said = kubectl(cluster, 'cluster-info dump -A -o yaml --output-directory=out/', files);
    expect(said.stdout).toBe('Cluster info dumped to out/\n');
    expect(files.get('out/nodes.yaml')).toContain('kind: NodeList');
    expect(files.get('out/default/web/logs.txt')).toContain('container web of pod default/web');
    expect([...files.keys()]).toContain('out/kube-node-lease/replication-controllers.yaml');
    expect(kubectl(cluster, 'cluster-info dump --output-directory=out').stderr).toContain('keeps no files');
    expect(kubectl(cluster, 'cluster-info dump --namespaces=kube-public').stdout).not.toContain('==== START');
  });
});
