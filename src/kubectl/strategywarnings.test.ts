/** Warnings of the strategies of kinds: pkg/api/service/warnings.go, pkg/registry/networking/ingress. */
import { describe, expect, it } from 'vitest';
import { Cluster } from '../sim/cluster.ts';
import { runKubectl } from './run.ts';

const service = (spec: object): object => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'w' },
  spec: { ports: [{ port: 80 }], ...spec },
});
const ingress = (spec: object): object => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'w', annotations: { 'kubernetes.io/ingress.class': 'nginx' } },
  spec: { defaultBackend: { service: { name: 'w', port: { number: 80 } } }, ...spec },
});

const told = (manifest: object, cluster = Cluster.create({ seed: 'warned', nodes: 1 })): string =>
  runKubectl(cluster, ['apply', '-f', '-'], {
    readFile: () => '',
    stdin: JSON.stringify(manifest),
    places: false,
  }).stderr;

describe('whoever writes what is valid and yet not as it should be', () => {
  it.each([
    [
      'external addresses',
      service({ externalIPs: ['192.0.2.1'] }),
      'Warning: spec.externalIPs is deprecated and may no longer be implemented in some clusters\n',
    ],
    [
      'PreferClose',
      service({ trafficDistribution: 'PreferClose' }),
      'Warning: spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"\n',
    ],
    [
      'affinity of a headless Service',
      service({ clusterIP: 'None', sessionAffinity: 'ClientIP' }),
      'Warning: spec.SessionAffinity is ignored for headless services\n',
    ],
    [
      'a class in an annotation',
      ingress({}),
      'Warning: annotation "kubernetes.io/ingress.class" is deprecated, please use ' +
        "'spec.ingressClassName' instead\n",
    ],
    ['a class as it should be', ingress({ ingressClassName: 'nginx' }), ''],
    ['a plain Service', service({}), ''],
  ])('is warned of %s', (_, manifest, warning) => {
    expect(told(manifest)).toBe(warning);
  });

  it('is warned of a Service when it is changed too, and of an Ingress only when it is made', () => {
    const cluster = Cluster.create({ seed: 'warned', nodes: 1 });
    told(service({}), cluster);
    expect(told(service({ externalIPs: ['192.0.2.1'] }), cluster)).toContain(
      'spec.externalIPs is deprecated',
    );
    told(ingress({}), cluster);
    expect(told(ingress({ tls: [{ hosts: ['a.example.com'] }] }), cluster)).toBe('');
  });
});
