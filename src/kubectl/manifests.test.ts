import { describe, expect, it } from 'vitest';
import { Cluster } from '../sim/cluster.ts';
import { runKubectlLine, type LeftOut } from './index.ts';

const pod = (spec: string, namespace = 'default'): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: ${namespace}\nspec:\n  ${spec}\n  ` +
  `containers: [{name: c, image: nginx}]\n`;

function applied(
  text: string,
  io: { leftOut?: (document: LeftOut) => void; places?: boolean } = {},
): { code: number; stdout: string; stderr: string } {
  const cluster = Cluster.create({ seed: 1, nodes: [{ name: 'node-1' }] });
  return runKubectlLine(cluster, 'kubectl apply -f a.yaml', { readFile: () => text, ...io });
}

describe('what a manifest names and is not there', () => {
  it.each([
    [
      'namespace',
      pod('restartPolicy: Never', 'shop'),
      'a.yaml:5:14: metadata.namespace: there is no namespace "shop"',
    ],
    [
      'service account',
      pod('serviceAccountName: s'),
      'a.yaml:7:23: spec.serviceAccountName: there is no service account "s"',
    ],
    [
      'PriorityClass',
      pod('priorityClassName: p'),
      'a.yaml:7:22: spec.priorityClassName: there is no PriorityClass "p"',
    ],
  ])('%s: the line is told', (_, text, place) => {
    const { code, stderr } = applied(text);
    expect(code).toBe(1);
    expect(stderr).toContain(`\n  ${place}`);
    expect(applied(text, { places: false }).stderr).not.toContain('a.yaml:');
  });
});

describe('a kind that is not served', () => {
  const FOREIGN = 'apiVersion: authentication.k8s.io/v1\nkind: TokenRequest\nmetadata: {name: web}\n';
  const CUSTOM = 'apiVersion: example.com/v1\nkind: Shop\nmetadata: {name: web}\n';
  const MISTYPED = 'apiVersion: apps/v1\nkind: Deploymnt\nmetadata: {name: web}\n';
  const OURS = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\n';

  it("of Kubernetes' own is told as not simulated", () => {
    const { code, stderr } = applied(FOREIGN);
    expect(code).toBe(1);
    expect(stderr).toContain('TokenRequest "web" of "a.yaml" is not simulated');
    expect(stderr).toContain('\n  a.yaml:2:7: kind: --skip-unsupported');
    expect(stderr).not.toContain('CRDs');
  });

  it('of somebody else is told as kubectl does, with what may be done', () => {
    const { stderr } = applied(CUSTOM);
    expect(stderr).toContain(
      'no matches for kind "Shop" in version "example.com/v1"\nensure CRDs are installed first',
    );
    expect(stderr).toContain('a.yaml:2:7: kind: there is no kind "Shop"; a kit may bring it');
  });

  it.each([
    ['policy/v1beta1', 'PodDisruptionBudget', 'this was so until 1.25; today it is policy/v1'],
    ['extensions/v1beta1', 'Deployment', 'this was so until 1.16; today it is apps/v1'],
    ['apps/v1beta2', 'StatefulSet', 'this was so until 1.16; today it is apps/v1'],
    ['batch/v1beta1', 'CronJob', 'this was so until 1.25; today it is batch/v1'],
    ['extensions/v1beta1', 'Ingress', 'this was so until 1.22; today it is networking.k8s.io/v1'],
    ['policy/v1beta1', 'PodSecurityPolicy', 'this was so until 1.25; today there is no such kind'],
  ])('of an API that was removed, %s %s, is refused as a server of today does', (apiVersion, kind, hint) => {
    const { code, stderr } = applied(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: web}\n`);
    expect(code).toBe(1);
    expect(stderr).toContain(
      `no matches for kind "${kind}" in version "${apiVersion}"\nensure CRDs are installed first\n  ` +
        `a.yaml:1:13: apiVersion: ${hint}\n`,
    );
  });

  it('is left out and told where that is asked for, the rest is applied', () => {
    const left: LeftOut[] = [];
    const { code, stdout } = applied([FOREIGN, CUSTOM, OURS].join('---\n'), {
      leftOut: (document) => void left.push(document),
    });
    expect([code, stdout]).toEqual([0, 'configmap/web created\n']);
    expect(left.map(({ kind, file, line }) => `${kind} ${file}:${line}`)).toEqual([
      'TokenRequest a.yaml:1',
      'Shop a.yaml:5',
    ]);
  });

  it('is left out where its group is of others, however near the name of a kind is to its own', () => {
    const left: LeftOut[] = [];
    const monitor = 'apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: {name: web}\n';
    expect(applied(monitor, { leftOut: (document) => void left.push(document) }).code).toBe(0);
    expect(left.map(({ kind }) => kind)).toEqual(['ServiceMonitor']);
    expect(applied(monitor).stderr).not.toContain('did you mean');
    expect(applied('', { leftOut: () => undefined }).stderr).toContain('no objects passed to apply');
  });

  it('is refused all the same where another was meant, or another version of it', () => {
    const leftOut = (): void => undefined;
    expect(applied(MISTYPED, { leftOut }).stderr).toContain('did you mean "Deployment"?');
    expect(applied(OURS.replace('v1', 'v2'), { leftOut }).code).toBe(1);
  });
});
