import { beforeEach, describe, expect, it } from 'vitest';
import { Cluster } from '../sim/cluster.ts';
import { runKubectlLine } from './run.ts';

const configMap = (name: string, namespace = 'default'): string =>
  'apiVersion: v1\nkind: ConfigMap\n' +
  `metadata: { name: ${name}, namespace: ${namespace}, labels: { app: ${name} } }\n`;
const FILES: Readonly<Record<string, string>> = {
  'both.yaml': `${configMap('one')}---\n${configMap('two')}`,
  'one.yaml': configMap('one'),
  'elsewhere.yaml': configMap('one', 'kube-public'),
  'wrong.yaml': `${configMap('one')}---\n${configMap('three', 'nowhere')}`,
  'volume.yaml': `apiVersion: v1
kind: PersistentVolume
metadata: { name: disk }
spec: { capacity: { storage: 1Gi }, accessModes: [ReadWriteOnce], hostPath: { path: /x } }
`,
};

const fresh = Cluster.create({ seed: 1, nodes: 1 });
let cluster = fresh;
const kubectl = (line: string) =>
  runKubectlLine(cluster, `kubectl ${line}`, { readFile: (path) => FILES[path]! });
const maps = (): string => kubectl('get configmaps -o name').stdout;

beforeEach(() => {
  cluster = fresh.fork() as Cluster;
  kubectl('apply -f both.yaml');
  kubectl('create configmap made');
});

describe('kubectl apply --prune', () => {
  it('deletes what was applied and is not any more, and nothing that was made otherwise', () => {
    expect(kubectl('apply -f one.yaml --prune --all').stdout).toBe(
      'configmap/one unchanged\nconfigmap/two pruned\n',
    );
    expect(maps()).toContain('configmap/made\nconfigmap/one\n');
    expect(maps()).not.toContain('two');
  });

  it('spares what a selector does not meet', () => {
    expect(kubectl('apply -f one.yaml --prune -l app=one').stdout).toBe('configmap/one unchanged\n');
    expect(kubectl('apply -f both.yaml --prune -l app=two').stdout).toBe('configmap/two unchanged\n');
  });

  it('looks in the namespaces of what was applied alone', () => {
    expect(kubectl('apply -f elsewhere.yaml --prune --all').stdout).toBe('configmap/one created\n');
    expect(maps()).toContain('configmap/two');
  });

  it('prunes the kinds that are listed, or those of old; without a namespace some of the cluster too', () => {
    const none = kubectl('apply -f one.yaml --prune --all --prune-allowlist=apps/v1/Deployment');
    expect(none.stdout).toBe('configmap/one unchanged\n');
    expect(kubectl('apply -f one.yaml --prune --all --prune-allowlist=core/v1/ConfigMap').stdout).toContain(
      'configmap/two pruned',
    );
    kubectl('apply -f volume.yaml');
    expect(kubectl('apply -f one.yaml --prune --all -n default').stdout).not.toContain('disk');
    expect(kubectl('apply -f one.yaml --prune --all').stdout).toContain('persistentvolume/disk pruned');
  });

  it.each(['client', 'server'])('only says what would go with --dry-run=%s', (mode) => {
    expect(kubectl(`apply -f one.yaml --prune --all --dry-run=${mode}`).stdout).toMatch(
      /^configmap\/two pruned \((?:server )?dry run\)$/m,
    );
    expect(maps()).toContain('configmap/two');
  });

  it('prunes nothing where something could not be applied', () => {
    expect(kubectl('apply -f wrong.yaml --prune --all').code).toBe(1);
    expect(maps()).toContain('configmap/two');
  });

  it.each([
    [
      'apply -f one.yaml --prune',
      'error: all resources selected for prune without explicitly passing --all. To prune all resources, ' +
        'pass the --all flag. If you did not mean to prune all resources, specify a label selector',
    ],
    ['apply -f one.yaml --all -l a=b', 'error: cannot set --all and --selector at the same time'],
    [
      'apply -f one.yaml --prune --all --prune-allowlist=x',
      'error: invalid GroupVersionKind format: x, please follow <group/version/kind>',
    ],
    [
      'apply -f one.yaml --prune --all --prune-allowlist=apps/v1/Web',
      'error: no matches for kind "Web" in version "apps/v1"',
    ],
    [
      'apply -f one.yaml --prune --applyset=web',
      'error: --applyset is not simulated: kubectl has this flag, and Seatrial does not play it',
    ],
  ])('%s is refused', (line, said) => {
    expect(kubectl(line).stderr).toBe(`${said}\n`);
    expect(maps()).toContain('configmap/two');
  });
});
