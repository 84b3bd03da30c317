import { describe, expect, it } from 'vitest';
import { Cluster } from '../sim/cluster.ts';
import { runKubectlLine } from './run.ts';

const pod = (name: string, more = ''): string =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}${more}}, ` +
  'spec: {containers: [{name: main, image: "nginx:1.27"}]}}\n';

function begun(manifest = pod('web')) {
  const cluster = Cluster.create({ seed: 1, nodes: 1 });
  const kubectl = (line: string, file = manifest) =>
    runKubectlLine(cluster, `kubectl ${line}`, { readFile: () => file, places: false });
  kubectl('apply -f web.yaml');
  cluster.pass(30_000);
  const uid = (name = 'web') => cluster.client().find('Pod', 'default', name)?.metadata.uid;
  return { cluster, kubectl, uid };
}

describe('kubectl replace --force', () => {
  it('deletes, waits until the object is gone, and creates another', () => {
    const { cluster, kubectl, uid } = begun();
    const [before, at] = [uid(), cluster.now];
    expect(kubectl('replace --force -f web.yaml')).toMatchObject({
      stdout: 'pod "web" deleted from default namespace\npod/web replaced\n',
      stderr: '',
      code: 0,
    });
    expect(uid()).toBeDefined();
    expect(uid()).not.toBe(before);
    // It looks once a second.
    expect((cluster.now - at) % 1000).toBe(0);
    expect(cluster.now).toBeGreaterThan(at);
  });

  it('creates what is not there, without a word on its deletion', () => {
    const { kubectl } = begun();
    expect(kubectl('replace --force -f new.yaml', pod('new'))).toMatchObject({
      stdout: 'pod/new replaced\n',
      code: 0,
    });
  });

  it('creates nothing before all are gone', () => {
    const two = `${pod('web')}---\n${pod('other', ', finalizers: [example.com/hold]')}`;
    const { cluster, kubectl, uid } = begun(two);
    expect(kubectl('replace --force --timeout=20s -f two.yaml')).toMatchObject({
      stdout: 'pod "web" deleted from default namespace\npod "other" deleted from default namespace\n',
      stderr: 'error: timed out waiting for the condition\n',
      code: 1,
    });
    expect(uid()).toBeUndefined();
    expect(cluster.client().find('Pod', 'default', 'other')?.metadata.deletionTimestamp).toBeDefined();
  });

  it('has deleted by the time that it finds a manifest wrong', () => {
    const { kubectl, uid } = begun();
    const wrong = '{apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {containers: []}}';
    const { stdout, stderr, code } = kubectl('replace --force -f web.yaml', wrong);
    expect(stdout).toBe('pod "web" deleted from default namespace\n');
    expect(stderr).toContain('spec.containers: Required value');
    expect([code, uid()]).toEqual([1, undefined]);
  });

  it.each([
    ['Orphan', 'orphan', 1],
    ['Background', 'background', 0],
  ])('deletes %s as --cascade says', (_, cascade, kept) => {
    const set = `{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: set}, spec: {replicas: 1,
      selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}},
      spec: {containers: [{name: main, image: "nginx:1.27"}]}}}}`;
    const { cluster, kubectl } = begun(set);
    const pods = () =>
      cluster
        .client()
        .list('Pod', { labelSelector: 'app=a' })
        .map((p) => p.metadata.uid);
    const [first] = pods();
    expect(kubectl(`replace --force --cascade=${cascade} -f set.yaml`).code).toBe(0);
    cluster.pass(60_000);
    expect(pods().filter((uid) => uid === first)).toHaveLength(kept);
  });

  it('gives the grace period on', () => {
    const { cluster, kubectl, uid } = begun();
    const before = uid();
    kubectl('replace --force --grace-period=7 -f web.yaml');
    const marks = cluster.history.flatMap((entry) =>
      entry.type === 'api' && entry.after !== undefined
        ? [(entry.after as { metadata: { uid: string; deletionGracePeriodSeconds?: number } }).metadata]
        : [],
    );
    expect(marks.some((m) => m.uid === before && m.deletionGracePeriodSeconds === 7)).toBe(true);
  });

  it.each([
    ['replace --grace-period=5 -f web.yaml', '--grace-period must have --force specified'],
    ['replace --timeout=5s -f web.yaml', '--timeout must have --force specified'],
    ['replace --force --dry-run=server -f web.yaml', '--dry-run can not be used when --force is set'],
    ['replace --force --cascade=some -f web.yaml', 'invalid cascade value (some).'],
  ])('refuses %s', (line, said) => {
    const { kubectl, uid } = begun();
    const before = uid();
    expect(kubectl(line).stderr).toContain(`error: ${said}`);
    expect(uid()).toBe(before);
  });
});

describe('a watch', () => {
  it('is for those who may watch', () => {
    const { kubectl } = begun();
    for (const line of ['get pods --watch-only', 'get pods -w'])
      expect(kubectl(`${line} --as=jane`)).toMatchObject({ stdout: '', code: 1 });
    kubectl('create role looker --verb=list --resource=pods');
    kubectl('create rolebinding looker --role=looker --user=jane');
    expect(kubectl('get pods --as=jane').stdout).toContain('web');
    expect(kubectl('get pods -w --as=jane').stderr).toContain('cannot watch resource "pods"');
  });
});
