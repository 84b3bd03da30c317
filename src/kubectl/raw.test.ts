import { describe, expect, it } from 'vitest';
import { Cluster } from '../sim/cluster.ts';
import { runKubectlLine } from './run.ts';

const cluster = Cluster.create({ seed: 1, nodes: 2 });
const kubectl = (line: string) => runKubectlLine(cluster, `kubectl ${line}`, { readFile: () => '' });
const raw = (path: string): any => JSON.parse(kubectl(`get --raw '${path}'`).stdout);
kubectl('create deployment web --image=nginx --replicas=2');
cluster.pass(60_000);

describe('kubectl get --raw', () => {
  it('finds every resource that discovery names where discovery says it is', () => {
    const groups: { groupVersion: string }[] = raw('/apis').groups.flatMap((g: any) => g.versions);
    const places = ['/api/v1', ...groups.map(({ groupVersion }) => `/apis/${groupVersion}`)];
    expect(places.length).toBeGreaterThan(15);
    const lists = places.flatMap((place) =>
      raw(place)
        .resources.filter(({ name, verbs }: any) => !name.includes('/') && verbs.includes('list'))
        .map(({ name, kind }: any) => [`${place}/${name}`, kind]),
    );
    expect(lists.map(([path]) => raw(path).kind)).toEqual(lists.map(([, kind]) => `${kind}List`));
  });

  it('selects, and shows objects with their subresources', () => {
    expect(raw('/api/v1/namespaces/default/pods?labelSelector=app%3Dweb&limit=500').items).toHaveLength(2);
    expect(raw('/api/v1/pods?fieldSelector=spec.nodeName=nowhere').items).toEqual([]);
    const place = '/apis/apps/v1/namespaces/default/deployments/web';
    expect(raw(place).metadata.name).toBe('web');
    expect(raw(`${place}/scale`)).toMatchObject({
      kind: 'Scale',
      spec: { replicas: 2 },
      status: { replicas: 2, selector: 'app=web' },
    });
    expect(raw(`${place}/status`).status.readyReplicas).toBe(2);
    expect(raw('/version').gitVersion).toBe('v1.36.0');
    expect(kubectl('get --raw /healthz').stdout).toBe('ok');
    expect(JSON.parse(kubectl('get --raw /').stdout).paths).toEqual(
      expect.arrayContaining(['/api/v1', '/apis/apps/v1', '/livez/ping']),
    );
  });

  it.each([
    ['/nowhere', 'Error from server (NotFound): the server could not find the requested resource\n'],
    [
      '/apis/apps/v9/deployments',
      'Error from server (NotFound): the server could not find the requested resource\n',
    ],
    ['/api/v1/namespaces/default/pods/x', 'Error from server (NotFound): pods "x" not found\n'],
    ['pods', 'error: --raw must be a valid URL path: parse "pods": invalid URI for request\n'],
    ['/api/v1/pods?watch=1', 'error: ?watch= is not simulated for --raw\n'],
    ['/api -o json', 'error: --raw and --output are mutually exclusive\n'],
    ['/api pods', 'error: arguments may not be passed when --raw is specified\n'],
    [
      '/api -A',
      'error: --raw may not be specified with other flags that filter the server request or alter the ' +
        'output\n',
    ],
  ])('%s is refused', (path, said) => {
    expect(kubectl(`get --raw ${path}`).stderr).toBe(said);
  });
});

describe('metrics.k8s.io', () => {
  const cluster = Cluster.create({ seed: 1, nodes: 1 });
  const kubectl = (line: string) => runKubectlLine(cluster, `kubectl ${line}`, { readFile: () => '' });
  cluster.pass(120_000);

  it('is listed and answers while metrics-server does', () => {
    expect(kubectl('api-versions').stdout).toContain('\nmetrics.k8s.io/v1beta1\n');
    expect(kubectl('get --raw /apis/metrics.k8s.io').stdout).toContain('"version":"v1beta1"');
    const { items } = JSON.parse(kubectl('get --raw /apis/metrics.k8s.io/v1beta1/nodes').stdout);
    expect(items).toMatchObject([{ kind: 'NodeMetrics', metadata: { name: 'node-1' } }]);
    expect(kubectl('get --raw /apis/metrics.k8s.io/v1beta1/nodes/node-9').stderr).toContain('not found');
  });

  it('is gone without it', () => {
    const fork = cluster.fork();
    fork.setConfig('metricsServer', false);
    const without = (line: string) => runKubectlLine(fork, `kubectl ${line}`, { readFile: () => '' });
    expect(without('api-versions').stdout).not.toContain('metrics.k8s.io');
    expect(without('get --raw /apis/metrics.k8s.io/v1beta1/nodes').stderr).toContain(
      'the server could not find the requested resource',
    );
  });
});
