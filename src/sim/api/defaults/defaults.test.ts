import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Kind, KubeObject, Pod } from '../types.ts';
import { imageTag } from './container.ts';
import { defaulted } from '../resources/testing.ts';

const maybe = <T>(a: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(a, { nil: undefined });
const record = (model: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<object> =>
  fc.record(model, { requiredKeys: [] });
const quantity = fc.constantFrom('100m', '0.1', '1', 2, '128Mi', '0.0001', '1e3');
const resources = record({
  limits: record({ cpu: quantity, memory: quantity }),
  requests: record({ cpu: quantity, memory: quantity }),
});
const handler = fc.oneof(
  record({ httpGet: fc.record({ port: fc.constant(80), path: maybe(fc.constant('/x')) }) }),
  record({ tcpSocket: fc.constant({ port: 1 }) }),
);
const probe = fc
  .tuple(handler, record({ periodSeconds: fc.nat(3), successThreshold: fc.nat(2) }))
  .map(([a, b]) => ({ ...a, ...b }));
const container = fc.record({
  name: fc.constant('c'),
  image: maybe(fc.constantFrom('nginx', 'nginx:1', 'r:5000/x', 'x@sha256:1')),
  resources: maybe(resources),
  ports: maybe(
    fc.array(record({ containerPort: fc.nat(99), protocol: fc.constant('UDP') }), { maxLength: 2 }),
  ),
  livenessProbe: maybe(probe),
  readinessProbe: maybe(probe),
  imagePullPolicy: maybe(fc.constant('Never')),
});
const podSpec = fc.record({
  containers: fc.array(container, { maxLength: 2 }),
  initContainers: maybe(fc.array(container, { maxLength: 1 })),
  hostNetwork: maybe(fc.boolean()),
  restartPolicy: maybe(fc.constant('Never')),
  serviceAccountName: maybe(fc.constant('robot')),
  resources: maybe(resources),
  volumes: maybe(fc.constantFrom([{ name: 'a' }], [{ name: 'a', secret: { secretName: 's' } }])),
});
const workload = record({
  replicas: fc.nat(3),
  template: podSpec.map((spec) => ({ metadata: { creationTimestamp: null }, spec })),
  strategy: fc.constantFrom({}, { type: 'Recreate' }, { rollingUpdate: { maxSurge: 1 } }),
  updateStrategy: fc.constantFrom({}, { type: 'OnDelete' }, { type: 'RollingUpdate', rollingUpdate: {} }),
});
const service = record({
  type: fc.constantFrom('ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'),
  sessionAffinity: fc.constantFrom('ClientIP', 'None'),
  ports: fc.array(record({ port: fc.nat(100), targetPort: fc.constantFrom('web', 0, 8080) }), {
    maxLength: 2,
  }),
});
const of = (kind: Kind, spec: fc.Arbitrary<unknown>): fc.Arbitrary<KubeObject> =>
  spec.map((s) => ({ apiVersion: 'v1', kind, metadata: { name: 'x' }, spec: s }) as never);
const anyObject = fc.oneof(
  of('Pod', podSpec),
  of('Deployment', workload),
  of('StatefulSet', workload),
  of('DaemonSet', workload),
  of('ReplicaSet', workload),
  of('Service', service),
  of('Namespace', fc.constant({})),
  of('ResourceQuota', record({ hard: record({ cpu: quantity }) })),
);

const freeze = <T>(v: T): T => {
  if (typeof v === 'object' && v !== null) Object.values(Object.freeze(v)).forEach(freeze);
  return v;
};

describe('defaults', () => {
  it('are idempotent, leave their input alone, and return a complete object as it is', () => {
    fc.assert(
      fc.property(anyObject, (draft) => {
        const once = defaulted(freeze(draft));
        expect(defaulted(once)).toBe(once);
      }),
    );
  });

  it('make Pods of one template share what the template shares', () => {
    const template = [{ name: 'c', image: 'nginx', resources: { limits: { cpu: '0.5' } } }];
    const pod = (name: string): Pod =>
      defaulted({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name },
        spec: { containers: template },
      } as never) as never;
    expect(pod('a').spec.containers).toBe(pod('b').spec.containers);
    expect(pod('a').spec.containers[0]!.resources).toEqual({
      limits: { cpu: '500m' },
      requests: { cpu: '500m' },
    });
  });

  it('give requests from limits to a Pod, but not to a template', () => {
    const spec = { containers: [{ name: 'c', image: 'i', resources: { limits: { cpu: '1' } } }] };
    const rs = defaulted({
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: 'x' },
      spec: { template: { spec } },
    } as never) as never as { spec: { template: { spec: typeof spec } } };
    expect(rs.spec.template.spec.containers[0]!.resources).toEqual({ limits: { cpu: '1' } });
  });

  it('take a null for a field that is not there', () => {
    const draft = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'x', labels: null },
      spec: {
        strategy: null,
        template: { metadata: { creationTimestamp: null }, spec: { containers: [{ name: 'c', env: null }] } },
      },
    };
    const deployment = defaulted(freeze(draft) as never);
    expect(JSON.stringify(deployment)).not.toContain('null');
    expect((deployment.spec as { strategy: object }).strategy).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' },
    });
  });

  it('refuse a quantity that is none, as decoding does', () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'x' },
      spec: { containers: [{ name: 'c', resources: { limits: { cpu: 'much' } } }] },
    };
    expect(() => defaulted(pod as never)).toThrow(
      /^Pod in version "v1" cannot be handled as a Pod: quantities must match the regular expression/,
    );
  });

  it.each([
    ['nginx', 'latest'],
    ['nginx:1.15', '1.15'],
    ['host:5000/nginx', 'latest'],
    ['host:5000/nginx:2', '2'],
    ['nginx@sha256:ab', ''],
    ['nginx:3@sha256:ab', '3'],
  ])('read the tag of %s as %s', (image, tag) => expect(imageTag(image)).toBe(tag));
});
