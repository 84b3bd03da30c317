import { describe, expect, it } from 'vitest';
import type { ConfigMap } from '../../api/types.ts';
import { ROOT_CERTIFICATE } from '../../api/rootcertificate.ts';
import { Cluster } from '../../cluster.ts';
import { runKubectlLine } from '../../../kubectl/run.ts';

const NAME = 'kube-root-ca.crt';

const begun = (): Cluster => {
  const c = Cluster.create({ seed: 1, nodes: 1 });
  c.client().create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } } as never);
  c.pass(5_000);
  return c;
};
const mapIn = (c: Cluster, namespace = 'shop'): ConfigMap | undefined =>
  c.client().find('ConfigMap', namespace, NAME);
const podIn = (c: Cluster, namespace: string): void => {
  const spec = { containers: [{ name: 'web', image: 'nginx' }], automountServiceAccountToken: true };
  const metadata = { namespace, name: 'web' };
  c.client().create({ apiVersion: 'v1', kind: 'Pod', metadata, spec } as never);
};

describe('the root certificate', () => {
  it('is in every namespace, of the beginning and later', () => {
    const c = begun();
    for (const namespace of ['default', 'kube-system', 'shop'])
      expect(mapIn(c, namespace)?.data).toEqual({ 'ca.crt': ROOT_CERTIFICATE });
    expect(mapIn(c)?.metadata.annotations).toHaveProperty(['kubernetes.io/description']);
  });

  it.each(['shop', 'default'])('comes back where it is deleted or changed in %s', (namespace) => {
    const c = begun();
    c.client().delete('ConfigMap', namespace, NAME);
    c.pass(5_000);
    const map = mapIn(c, namespace)!;
    expect(map.data).toEqual({ 'ca.crt': ROOT_CERTIFICATE });
    const annotations = { ...map.metadata.annotations, mine: 'kept' };
    c.client().update({ ...map, metadata: { ...map.metadata, annotations }, data: { 'ca.crt': 'other' } });
    c.pass(5_000);
    expect(mapIn(c, namespace)).toMatchObject({
      data: { 'ca.crt': ROOT_CERTIFICATE },
      metadata: { annotations: { mine: 'kept' } },
    });
  });

  it('does not keep a namespace from going', () => {
    const c = begun();
    c.client().delete('Namespace', '', 'shop');
    c.pass(60_000);
    expect(c.client().find('Namespace', '', 'shop')).toBeUndefined();
    expect(mapIn(c)).toBeUndefined();
  });

  it('is what Pods mount with their tokens, and wait for where it is missing', () => {
    const c = begun();
    c.control.stop('kube-controller-manager', c.by);
    c.client().delete('ConfigMap', 'shop', NAME);
    podIn(c, 'shop');
    c.pass(30_000);
    const kubectl = (line: string) => runKubectlLine(c, `kubectl -n shop ${line}`, { readFile: () => '' });
    expect(kubectl('get pod web').stdout).toContain('ContainerCreating');
    expect(kubectl('get events').stdout).toMatch(
      /FailedMount +pod\/web +MountVolume.SetUp failed for volume "kube-api-access-\w{5}" : configmap "kube-root-ca.crt" not found/,
    );
    c.control.start('kube-controller-manager', c.by);
    c.pass(180_000);
    expect(kubectl('exec web -- cat /var/run/secrets/kubernetes.io/serviceaccount/ca.crt').stdout).toBe(
      ROOT_CERTIFICATE,
    );
  });
});
