import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { harness } from '../../harness/harness.ts';
import { testNode, testPod } from '../../harness/objects.ts';
import type { EndpointSlice } from '../../api/types.ts';
import { endpointsController } from '../endpoints/endpoints.ts';
import { subsetsOf } from '../endpoints/subsets.ts';
import type { Endpoint } from './endpoint.ts';
import { endpointSliceController } from './endpointslice.ts';
import { reconcileSlices, type Wanted } from './reconcile.ts';

const endpoint = (i: number, ready: boolean): Endpoint => ({
  addresses: [`10.0.0.${i}`],
  conditions: { ready, serving: ready, terminating: false },
});
const slice = (name: string, endpoints: Endpoint[]): EndpointSlice =>
  ({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name, uid: name, resourceVersion: '1', creationTimestamp: '' },
    addressType: 'IPv4',
    endpoints,
    ports: [],
  }) as unknown as EndpointSlice;
const sorted = (list: readonly Endpoint[]): string[] =>
  list.map((e) => `${e.addresses[0]}${e.conditions?.ready ? '' : '!'}`).sort();

/** A world as a partition of some endpoints into slices, and the endpoints wanted next. */
const worlds = fc.record({
  max: fc.integer({ min: 1, max: 6 }),
  placed: fc.array(fc.record({ i: fc.integer({ min: 0, max: 25 }), ready: fc.boolean() }), { maxLength: 20 }),
  wanted: fc.uniqueArray(fc.record({ i: fc.integer({ min: 0, max: 25 }), ready: fc.boolean() }), {
    maxLength: 20,
    selector: (e) => e.i,
  }),
});

describe('reconcileSlices', () => {
  const run = (
    existing: EndpointSlice[],
    wanted: Endpoint[],
    max: number,
  ): { after: EndpointSlice[]; writes: number } => {
    const groups = new Map<string, Wanted>(
      wanted.length === 0 ? [] : [['', { ports: [], endpoints: wanted }]],
    );
    const c = reconcileSlices(
      existing,
      groups,
      () => '',
      max,
      () => false,
      true,
    );
    const touched = new Set([...c.update.map((u) => u.slice), ...c.delete]);
    return {
      after: [
        ...existing.filter((s) => !touched.has(s)),
        ...c.update.map((u) => ({ ...u.slice, endpoints: [...u.endpoints] })),
        ...c.create.map((w, i) => slice(`new-${i}-${existing.length}`, [...w.endpoints])),
      ],
      writes: c.create.length + c.update.length + c.delete.length,
    };
  };

  it('ends with each wanted endpoint once, no slice overfull, and then leaves well alone', () => {
    fc.assert(
      fc.property(worlds, ({ max, placed, wanted }) => {
        const unique = placed.filter((e, at) => placed.findIndex((x) => x.i === e.i) === at);
        const existing: EndpointSlice[] = [];
        for (let i = 0; i < unique.length; i += max)
          existing.push(
            slice(
              `s${i}`,
              unique.slice(i, i + max).map((e) => endpoint(e.i, e.ready)),
            ),
          );
        const want = wanted.map((e) => endpoint(e.i, e.ready));
        const first = run(existing, want, max);
        expect(sorted(first.after.flatMap((s) => s.endpoints ?? []))).toStrictEqual(sorted(want));
        for (const s of first.after) expect(s.endpoints!.length).toBeLessThanOrEqual(max);
        expect(first.after.length).toBeGreaterThan(0);
        expect(run(first.after, want, max).writes).toBe(0);
      }),
    );
  });

  it('writes nothing but the slice of the endpoint that changed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.nat(), (count, at) => {
        const all = Array.from({ length: count }, (_, i) => endpoint(i, true));
        const existing = Array.from({ length: Math.ceil(count / 5) }, (_, i) =>
          slice(`s${i}`, all.slice(i * 5, i * 5 + 5)),
        );
        const flipped = all.map((e, i) => (i === at % count ? endpoint(i, false) : e));
        expect(run(existing, flipped, 5).writes).toBe(1);
      }),
    );
  });
});

describe('endpoints and slices', () => {
  const changes = fc.array(
    fc.record({
      pod: fc.integer({ min: 1, max: 5 }),
      what: fc.constantFrom('ready', 'unready', 'leave', 'join', 'delete', 'fail', 'noip'),
      afterMs: fc.integer({ min: 0, max: 40 }),
    }),
    { maxLength: 25 },
  );

  it('hold, once the watch has caught up, what selectors and readiness say', () => {
    fc.assert(
      fc.property(changes, fc.boolean(), fc.integer({ min: 0, max: 30 }), (list, publish, lagMs) => {
        const slices = harness([endpointSliceController], { lagMs });
        const objects = harness([endpointsController], { lagMs });
        const service = {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { name: 'web', namespace: 'default', uid: 'web' },
          spec: {
            clusterIP: '10.96.0.1',
            selector: { app: 'web' },
            ports: [{ port: 80, targetPort: 80, protocol: 'TCP' }],
            publishNotReadyAddresses: publish,
          },
          status: {},
        };
        const pods = new Map<number, object>();
        for (const h of [slices, objects]) {
          h.put(testNode('n'));
          h.put(service);
        }
        for (const { pod, what, afterMs } of list) {
          const name = `p${pod}`;
          const state = {
            ready: what !== 'unready',
            labels: { app: what === 'leave' ? 'other' : 'web' },
            phase: what === 'fail' ? 'Failed' : 'Running',
            ...(what === 'noip' ? {} : { ip: `10.0.0.${pod}` }),
            deleting: what === 'delete',
            node: 'n',
            uid: name,
          };
          pods.set(pod, testPod(name, state));
          for (const h of [slices, objects]) {
            h.put(testPod(name, state));
            h.pass(afterMs);
          }
        }
        for (const h of [slices, objects]) h.pass(60_000);
        const members = [...pods.values()]
          .map(
            (p) =>
              p as {
                metadata: { labels: { app: string }; deletionTimestamp?: string };
                status: { phase: string; podIP?: string; conditions: { status: string }[] };
              },
          )
          .filter(
            (p) =>
              p.metadata.labels.app === 'web' && p.status.phase === 'Running' && p.status.podIP !== undefined,
          );
        const want = members
          .map((p) => {
            const ready =
              publish ||
              (p.status.conditions[0]!.status === 'True' && p.metadata.deletionTimestamp === undefined);
            return `${p.status.podIP}${ready ? '' : '!'}`;
          })
          .sort();
        expect(sorted(slices.api.list('EndpointSlice').flatMap((s) => s.endpoints ?? []))).toStrictEqual(
          want,
        );
        expect(slices.api.list('EndpointSlice').length).toBe(1);
        const ready =
          objects.api.list('Endpoints')[0]!.subsets?.flatMap((s) => (s.addresses ?? []).map((a) => a.ip)) ??
          [];
        const wantReady = members
          .filter(
            (p) =>
              publish ||
              (p.status.conditions[0]!.status === 'True' && p.metadata.deletionTimestamp === undefined),
          )
          .map((p) => p.status.podIP)
          .sort();
        expect([...ready].sort()).toStrictEqual(wantReady);
        for (const h of [slices, objects]) expect(h.pending()).toStrictEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('are cut to a thousand addresses, ready ones kept first', () => {
    const service = {
      metadata: { name: 's', namespace: 'default' },
      spec: { clusterIP: '10.96.0.1', selector: {}, ports: [{ port: 80, targetPort: 80 }] },
    } as never;
    const pods = Array.from({ length: 1200 }, (_, i) =>
      testPod(`p${i}`, { ip: `10.1.${Math.floor(i / 250)}.${i % 250}`, ready: i < 900 }),
    ) as never[];
    const h = harness([endpointsController]);
    h.put({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 's', namespace: 'default' },
      spec: {
        clusterIP: '10.96.0.1',
        selector: { app: 'x' },
        ports: [{ port: 80, targetPort: 80, protocol: 'TCP' }],
      },
      status: {},
    });
    for (const p of pods as object[])
      h.put({ ...p, metadata: { ...(p as { metadata: object }).metadata, labels: { app: 'x' } } });
    h.run();
    const [made] = h.api.list('Endpoints');
    expect(made!.subsets!.map((s) => [s.addresses?.length, s.notReadyAddresses?.length])).toStrictEqual([
      [900, 100],
    ]);
    expect(made!.metadata.annotations).toStrictEqual({
      'endpoints.kubernetes.io/over-capacity': 'truncated',
    });
    expect(subsetsOf(service, pods)[0]!.addresses!.length).toBe(900);
  });
});
