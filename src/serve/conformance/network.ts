/** [sig-network] */
import { expect } from 'vitest';
import type { Body } from '../testing.ts';
import { AGNHOST, type Api, at, type Cases, operations, podOf } from './api.ts';

const PODS = at('v1', 'pods', 'default');
const SERVICES = at('v1', 'services', 'default');
const ENDPOINTS = at('v1', 'endpoints', 'default');
const SLICES = at('discovery.k8s.io/v1', 'endpointslices', 'default');

const slicesOf = (api: Api, service: string): Body[] =>
  api.items(`${SLICES}?labelSelector=kubernetes.io%2Fservice-name%3D${service}`);

const addressesOf = (slices: readonly Body[]): string[] =>
  slices.flatMap(({ endpoints }) => (endpoints ?? []).flatMap((e: Body) => e.addresses)).sort();

const netexec = (name: string, labels: Readonly<Record<string, string>>, ...flags: string[]): object =>
  podOf(name, { labels, container: { image: AGNHOST, args: ['netexec', ...flags] } });

/** Two Pods, and a Service before each that selects by what only it has, and one that nobody fits. */
function matched(api: Api): void {
  const port = { name: 'http', containerPort: 3000, protocol: 'TCP' };
  for (const name of ['a', 'b'])
    api.create(PODS, podOf(name, { labels: { app: 'web', only: name }, container: { ports: [port] } }));
  const service = (name: string, selector: object, targetPort: string): void => {
    const ports = [{ name: 'p', port: 80, protocol: 'TCP', targetPort }];
    api.create(SERVICES, { metadata: { name }, spec: { selector, ports } });
  };
  service('both', { app: 'web' }, 'http');
  service('first', { only: 'a' }, 'http');
  service('nobody', { app: 'none' }, 'http');
  for (const name of ['a', 'b']) api.running(name);
  api.pass(10_000);
}

const ipOf = (api: Api, name: string): string => api.get(`${PODS}/${name}`).status.podIP;

/** A Service without a selector, and what it leads to by hand. */
function byHand(api: Api, ports: readonly object[], slices: readonly object[]): void {
  api.create(SERVICES, { metadata: { name: 'hand' }, spec: { ports } });
  slices.forEach((slice, i) =>
    api.create(SLICES, {
      metadata: { name: `hand-${i}`, labels: { 'kubernetes.io/service-name': 'hand' } },
      addressType: 'IPv4',
      ...slice,
    }),
  );
  api.create(PODS, podOf('client', { labels: { app: 'client' } }));
  api.running('client');
  api.pass(10_000);
}

const asked = (api: Api, url: string): string => api.kubectl(`exec client -- curl -s --max-time 5 ${url}`);

/** The answers of Pod and Service proxies to every method. */
function proxied(api: Api, suffix: string): void {
  const body = { name: 'SERVE_PORT_8080', value: 'foo' };
  const container = {
    image: AGNHOST,
    args: ['porter'],
    env: [body],
    ports: [{ containerPort: 8080, name: 'dest' }],
    readinessProbe: { httpGet: { port: 8080, path: '/' } },
  };
  api.create(PODS, podOf('agnhost', { labels: { app: 'porter' }, container }));
  const ports = [{ name: 'one', port: 81, targetPort: 8080 }];
  api.create(SERVICES, { metadata: { name: 'test' }, spec: { selector: { app: 'porter' }, ports } });
  api.running('agnhost');
  api.pass(10_000);
  for (const path of [`${PODS}/agnhost:8080/proxy${suffix}`, `${SERVICES}/test:one/proxy${suffix}`])
    for (const method of ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']) {
      const { status } = api.send(
        method,
        `${path}?method=${method}`,
        method === 'PATCH' ? { a: 1 } : undefined,
      );
      expect([method, status]).toEqual([method, 200]);
    }
}

export const network: Cases = {
  'API Server': {
    'should have Endpoints and EndpointSlices pointing to API Server': (api) => {
      expect(api.get(`${SERVICES}/kubernetes`).spec.ports).toMatchObject([{ name: 'https', port: 443 }]);
      const { subsets } = api.get(`${ENDPOINTS}/kubernetes`);
      const addresses = subsets.flatMap((s: Body) => s.addresses.map((a: Body) => a.ip));
      expect(addresses.length).toBeGreaterThan(0);
      expect(addressesOf(slicesOf(api, 'kubernetes'))).toEqual(addresses.sort());
    },
  },
  EndpointSlice: {
    'should create Endpoints and EndpointSlices for Pods matching a Service': (api) => {
      matched(api);
      const [a, b] = [ipOf(api, 'a'), ipOf(api, 'b')];
      expect(addressesOf(slicesOf(api, 'both'))).toEqual([a, b].sort());
      expect(addressesOf(slicesOf(api, 'first'))).toEqual([a]);
      const [slice] = slicesOf(api, 'first');
      expect(slice.ports).toMatchObject([{ name: 'p', port: 3000, protocol: 'TCP' }]);
      expect(slice.endpoints).toMatchObject([
        { addresses: [a], conditions: { ready: true }, targetRef: { kind: 'Pod', name: 'a' } },
      ]);
    },
    'should create and delete EndpointSlices for a Service with a selector that matches no pods': (api) => {
      matched(api);
      expect(addressesOf(slicesOf(api, 'nobody'))).toEqual([]);
      expect(slicesOf(api, 'nobody')).toHaveLength(1);
      expect(api.get(`${ENDPOINTS}/nobody`).subsets ?? []).toEqual([]);
      api.delete(`${SERVICES}/nobody`);
      api.until(
        () => slicesOf(api, 'nobody'),
        (slices) => slices.length === 0,
      );
      api.until(
        () => api.send('GET', `${ENDPOINTS}/nobody`).status,
        (status) => status === 404,
      );
    },
    'should support a Service with multiple endpoint IPs specified in multiple EndpointSlices': (api) => {
      api.create(PODS, netexec('a', { only: 'a' }));
      api.create(PODS, netexec('b', { only: 'b' }));
      const ips = ['a', 'b'].map((name) => api.running(name).status.podIP);
      const ports = [{ name: 'http', port: 8080, protocol: 'TCP' }];
      byHand(
        api,
        [{ name: 'http', port: 80, targetPort: 8080 }],
        ips.map((ip) => ({ ports, endpoints: [{ addresses: [ip] }] })),
      );
      const seen = new Set(Array.from({ length: 30 }, () => asked(api, 'http://hand/hostname')));
      expect([...seen].sort()).toEqual(['a', 'b']);
    },
    'should support a Service with multiple ports specified in multiple EndpointSlices': (api) => {
      api.create(PODS, netexec('a', { only: 'a' }));
      api.create(PODS, netexec('b', { only: 'b' }, '--http-port=9090'));
      const [a, b] = ['a', 'b'].map((name) => api.running(name).status.podIP);
      byHand(
        api,
        [
          { name: 'one', port: 80, targetPort: 8080 },
          { name: 'two', port: 8081, targetPort: 9090 },
        ],
        [
          { ports: [{ name: 'one', port: 8080, protocol: 'TCP' }], endpoints: [{ addresses: [a] }] },
          { ports: [{ name: 'two', port: 9090, protocol: 'TCP' }], endpoints: [{ addresses: [b] }] },
        ],
      );
      expect([asked(api, 'http://hand/hostname'), asked(api, 'http://hand:8081/hostname')]).toEqual([
        'a',
        'b',
      ]);
    },
    'should support creating EndpointSlice API operations': (api) =>
      operations(api, {
        groupVersion: 'discovery.k8s.io/v1',
        plural: 'endpointslices',
        namespace: 'default',
        object: {
          addressType: 'IPv4',
          endpoints: [{ addresses: ['10.1.2.3'] }],
          ports: [{ name: 'p', port: 80 }],
        },
      }),
  },
  EndpointSliceMirroring: {
    'should mirror a custom Endpoints resource through create update and delete': (api) => {
      api.create(SERVICES, {
        metadata: { name: 'custom' },
        spec: { ports: [{ name: 'example', port: 80 }] },
      });
      const subsets = (ip: string): object[] => [
        { addresses: [{ ip }], ports: [{ name: 'example', port: 80, protocol: 'TCP' }] },
      ];
      api.create(ENDPOINTS, { metadata: { name: 'custom' }, subsets: subsets('10.1.2.3') });
      const [made] = api.until(
        () => slicesOf(api, 'custom'),
        (slices) => slices.length === 1,
      );
      expect([made.endpoints[0].addresses, made.ports[0].port]).toEqual([['10.1.2.3'], 80]);
      expect(made.metadata.labels['endpointslice.kubernetes.io/managed-by']).toBe(
        'endpointslicemirroring-controller.k8s.io',
      );
      api.update(`${ENDPOINTS}/custom`, { ...api.get(`${ENDPOINTS}/custom`), subsets: subsets('10.2.3.4') });
      api.until(
        () => addressesOf(slicesOf(api, 'custom')),
        ([ip]) => ip === '10.2.3.4',
      );
      api.delete(`${ENDPOINTS}/custom`);
      api.until(
        () => slicesOf(api, 'custom'),
        (slices) => slices.length === 0,
      );
    },
  },
  EndpointsController: {
    'should create Endpoints for Pods matching a Service': (api) => {
      matched(api);
      const [a, b] = [ipOf(api, 'a'), ipOf(api, 'b')];
      const addresses = (name: string): string[] =>
        api
          .get(`${ENDPOINTS}/${name}`)
          .subsets.flatMap((s: Body) => s.addresses.map((x: Body) => x.ip))
          .sort();
      expect([addresses('both'), addresses('first')]).toEqual([[a, b].sort(), [a]]);
    },
    'should create and delete Endpoints for a Service with a selector that matches no pods': (api) => {
      matched(api);
      expect(api.get(`${ENDPOINTS}/nobody`).subsets ?? []).toEqual([]);
      api.delete(`${SERVICES}/nobody`);
      api.until(
        () => api.send('GET', `${ENDPOINTS}/nobody`).status,
        (status) => status === 404,
      );
    },
  },
  Proxy: {
    'version v1 A set of valid responses are returned for both pod and service Proxy': (api) =>
      proxied(api, '/'),
    'version v1 A set of valid responses are returned for both pod and service ProxyWithPath': (api) =>
      proxied(api, '/some/path/with/POST'),
  },
  'ServiceCIDR and IPAddress API': {
    'should support IPAddress API operations': (api) => {
      const path = at('networking.k8s.io/v1', 'ipaddresses');
      const parentRef = { resource: 'services', namespace: 'default', name: 'none' };
      const made = api.create(path, {
        metadata: { name: '192.168.1.5', labels: { e2e: 'x' } },
        spec: { parentRef },
      });
      expect(
        api.patch(`${path}/192.168.1.5`, { metadata: { labels: { patched: 'y' } } }).metadata.labels,
      ).toEqual({ e2e: 'x', patched: 'y' });
      const now = api.get(`${path}/192.168.1.5`);
      api.update(`${path}/192.168.1.5`, {
        ...now,
        metadata: { ...now.metadata, annotations: { updated: 'z' } },
      });
      expect(api.items(`${path}?labelSelector=patched%3Dy`).map((o) => o.metadata.uid)).toEqual([
        made.metadata.uid,
      ]);
      api.delete(`${path}?labelSelector=patched%3Dy`);
      api.refused(404, 'GET', `${path}/192.168.1.5`);
    },
    'should support ServiceCIDR API operations': (api) =>
      operations(api, {
        groupVersion: 'networking.k8s.io/v1',
        plural: 'servicecidrs',
        object: { spec: { cidrs: ['10.196.196.0/24'] } },
        names: ['one'],
      }),
  },
  Services: {
    'should complete a service status lifecycle': (api) => {
      const ports = [{ name: 'http', port: 80, targetPort: 80 }];
      api.create(SERVICES, { metadata: { name: 's' }, spec: { type: 'LoadBalancer', ports } });
      const part = `${SERVICES}/s/status`;
      const ingress = [{ ip: '203.0.113.1', ipMode: 'VIP' }];
      const patched = api.patch(part, {
        metadata: { annotations: { patchedstatus: 'true' } },
        status: { loadBalancer: { ingress } },
      });
      expect(patched.status.loadBalancer.ingress).toEqual(ingress);
      const now = api.get(part);
      const conditions = [
        {
          type: 'StatusUpdate',
          status: 'True',
          reason: 'E2E',
          message: 'Set from e2e test',
          lastTransitionTime: '2026-01-05T09:00:00Z',
        },
      ];
      expect(api.update(part, { ...now, status: { ...now.status, conditions } }).status.conditions).toEqual(
        conditions,
      );
      expect(
        api.patch(`${SERVICES}/s`, { metadata: { labels: { test: 'patched' } } }).metadata.labels,
      ).toEqual({ test: 'patched' });
      expect(api.watched(SERVICES, () => api.delete(`${SERVICES}/s`))).toContain('DELETED s');
    },
    'should delete a collection of services': (api) => {
      const service = (name: string, label: string): void =>
        void api.create(SERVICES, {
          metadata: { name, labels: { e2e: label } },
          spec: { ports: [{ port: 80 }] },
        });
      for (const name of ['a', 'b', 'c']) service(name, name === 'c' ? 'stays' : 'goes');
      api.delete(`${SERVICES}?labelSelector=e2e%3Dgoes`);
      expect(api.items(SERVICES).map((s) => s.metadata.name)).toEqual(['c', 'kubernetes']);
    },
    'should serve endpoints on same port and different protocols': (api) => {
      const container = { image: AGNHOST, args: ['netexec', '--http-port=80', '--udp-port=80'] };
      api.create(PODS, podOf('server', { labels: { app: 'server' }, container }));
      api.create(PODS, podOf('client'));
      const ports = ['TCP', 'UDP'].map((protocol) => ({ name: protocol.toLowerCase(), port: 80, protocol }));
      api.create(SERVICES, { metadata: { name: 'multi' }, spec: { selector: { app: 'server' }, ports } });
      for (const name of ['server', 'client']) api.running(name);
      api.pass(10_000);
      expect(asked(api, 'http://multi/hostname')).toBe('server');
      expect(api.kubectl(['exec', 'client', '--', 'sh', '-c', 'echo hostName | nc -w 1 -u multi 80'])).toBe(
        'server',
      );
      const slices = slicesOf(api, 'multi').flatMap((s) => s.ports.map((p: Body) => p.protocol));
      expect(slices.sort()).toEqual(['TCP', 'UDP']);
      const now = api.get(`${SERVICES}/multi`);
      api.update(`${SERVICES}/multi`, { ...now, spec: { ...now.spec, ports: now.spec.ports.slice(0, 1) } });
      api.pass(10_000);
      expect(slicesOf(api, 'multi').flatMap((s) => s.ports.map((p: Body) => p.protocol))).toEqual(['TCP']);
      expect(asked(api, 'http://multi/hostname')).toBe('server');
    },
  },
};
