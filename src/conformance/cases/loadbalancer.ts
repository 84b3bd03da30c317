/** Addresses that a load balancer gives, keeps, refuses and takes back. */
import type { Service } from '../../sim/api/types.ts';
import { loadBalancerController } from '../../sim/controlplane/loadbalancer/loadbalancer.ts';
import { harness } from '../../sim/harness/harness.ts';
import type { CaseArea } from './area.ts';

type H = ReturnType<typeof harness>;

const balanced = (name: string, spec: object = {}, metadata: object = {}): object => ({
  apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'default', ...metadata },
  spec: { type: 'LoadBalancer', selector: { app: name }, ports: [{ port: 80 }], ...spec },
});

/** The Services' addresses, and the reasons of the events, after what is done. */
function given(pool: string, act: (h: H) => void): { addresses: Record<string, string[]>; events: string[] } {
  const h = harness([loadBalancerController], { config: { loadBalancerAddresses: pool } });
  act(h);
  h.pass(10_000);
  const services = h.api.list('Service').filter(({ metadata }) => metadata.name !== 'kubernetes');
  const addresses = Object.fromEntries(services.map((s) => [s.metadata.name, (s.status.loadBalancer?.ingress ?? []).map(({ ip }) => ip!)]));
  return { addresses, events: [...new Set(h.events.map((e) => `${e.reason} ${e.message}`))] };
}
const create = (h: H, ...services: object[]): void => {
  for (const service of services) h.api.create(service as never);
  h.pass(10_000);
};
const change = (h: H, name: string, spec: object): void => {
  const old = h.api.find('Service', 'default', name)!;
  h.api.update({ ...old, spec: { ...old.spec, ...spec } } as Service);
};
const POOL = '192.0.2.10-192.0.2.11';
const addresses = (act: (h: H) => void, pool = POOL): unknown => given(pool, act).addresses;
const events = (act: (h: H) => void, pool = POOL): unknown => given(pool, act).events;

export const loadBalancerCases: CaseArea = {
  area: 'services: addresses of a load balancer',
  source: 'metallb/controller/controller_test.go, metallb/internal/allocator/allocator_test.go',
  cases: [
    { name: 'a Service of another type gets none', run: () => addresses((h) => create(h, balanced('a', { type: 'NodePort' }))), expected: { a: [] } },
    { name: 'without a pool it waits', run: () => given('', (h) => create(h, balanced('a'))), expected: { addresses: { a: [] }, events: [] } },
    { name: 'one gets the first address', run: () => addresses((h) => create(h, balanced('a'))), expected: { a: ['192.0.2.10'] } },
    { name: 'the event names the address', run: () => events((h) => create(h, balanced('a'))), expected: ['IPAllocated Assigned IP ["192.0.2.10"]'] },
    { name: 'each gets its own', run: () => addresses((h) => create(h, balanced('a'), balanced('b'))), expected: { a: ['192.0.2.10'], b: ['192.0.2.11'] } },
    { name: 'a block gives its addresses from the first', run: () => addresses((h) => create(h, balanced('a'), balanced('b')), '192.0.2.5/31'), expected: { a: ['192.0.2.4'], b: ['192.0.2.5'] } },
    { name: 'of several ranges the second follows on the first', run: () => addresses((h) => create(h, balanced('a'), balanced('b')), '192.0.2.9, 198.51.100.0/32'), expected: { a: ['192.0.2.9'], b: ['198.51.100.0'] } },
    { name: 'the pool is empty: the last waits', run: () => addresses((h) => create(h, balanced('a'), balanced('b'), balanced('c'))), expected: { a: ['192.0.2.10'], b: ['192.0.2.11'], c: [] } },
    { name: 'the pool is empty: the event says so', run: () => events((h) => create(h, balanced('a'), balanced('b')), '192.0.2.10'), expected: ['IPAllocated Assigned IP ["192.0.2.10"]', 'AllocationFailed Failed to allocate IP for "default/b": no available IPs'] },
    { name: 'one is deleted: who waited gets its address', run: () => addresses((h) => { create(h, balanced('a'), balanced('b')); h.api.delete('Service', 'default', 'a'); }, '192.0.2.10'), expected: { b: ['192.0.2.10'] } },
    { name: 'one changes its type: its address is taken back and given on', run: () => addresses((h) => { create(h, balanced('a'), balanced('b')); change(h, 'a', { type: 'NodePort' }); }, '192.0.2.10'), expected: { a: [], b: ['192.0.2.10'] } },
    { name: 'a NodePort that becomes one gets an address', run: () => addresses((h) => { create(h, balanced('a', { type: 'NodePort' })); change(h, 'a', { type: 'LoadBalancer' }); }), expected: { a: ['192.0.2.10'] } },
    { name: 'an address that is asked for', run: () => addresses((h) => create(h, balanced('a', { loadBalancerIP: '192.0.2.11' }))), expected: { a: ['192.0.2.11'] } },
    { name: 'an address that is asked for by annotation', run: () => addresses((h) => create(h, balanced('a', {}, { annotations: { 'metallb.io/loadBalancerIPs': '192.0.2.11' } }))), expected: { a: ['192.0.2.11'] } },
    { name: 'an address that the pool has not', run: () => given(POOL, (h) => create(h, balanced('a', { loadBalancerIP: '203.0.113.1' }))), expected: { addresses: { a: [] }, events: ['AllocationFailed Failed to allocate IP for "default/a": ["203.0.113.1"] is not allowed in config'] } },
    { name: 'an address that another has', run: () => addresses((h) => create(h, balanced('a'), balanced('b', { loadBalancerIP: '192.0.2.10' }))), expected: { a: ['192.0.2.10'], b: [] } },
    { name: 'another address is asked for later', run: () => addresses((h) => { create(h, balanced('a')); change(h, 'a', { loadBalancerIP: '192.0.2.11' }); }), expected: { a: ['192.0.2.11'] } },
    { name: 'who changes in other ways keeps his', run: () => addresses((h) => { create(h, balanced('a'), balanced('b')); h.api.delete('Service', 'default', 'a'); change(h, 'b', { selector: { app: 'x' } }); }), expected: { b: ['192.0.2.11'] } },
    { name: 'one of another class is left alone', run: () => addresses((h) => create(h, balanced('a', { loadBalancerClass: 'example.com/cloud' }))), expected: { a: [] } },
  ],
};
