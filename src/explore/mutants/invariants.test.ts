/**
 * Every invariant can fail: some by a bug that is planted, found by a campaign that asks it alone; the others
 * by a history that is made up.
 */
import { describe, expect, it } from 'vitest';
import { INVARIANTS } from '../../invariants/index.ts';
import type {
  Invariant,
  PhysicalInvariant,
  PhysicalInvariantView,
  Violation,
} from '../../invariants/types.ts';
import { wordsOf } from '../../messages/index.ts';
import { BUILT_IN } from '../../sim/api/resources/index.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import { Cluster } from '../../sim/cluster.ts';
import type { Bug } from '../../sim/planted.ts';
import type { ApiChange, HistoryEntry } from '../../sim/kernel/history.ts';
import { stopKubeProxy } from '../../sim/network/index.ts';
import { SimulatedWorld } from '../../sim/simulatedworld.ts';
import { runBatch } from '../campaign.ts';
import { freshBeginnings } from '../freshbeginnings.ts';
import { campaignOf, kitWith } from './find.ts';
import { MUTANTS } from './index.ts';

const wordsFor = (found: Violation | undefined): string | undefined =>
  typeof found?.message === 'object' ? wordsOf(found.message, 'en') : found?.message;

const BY_BUG: Readonly<Record<string, Bug>> = {
  'replicas-converge': 'kubelet-never-restarts',
  'replicas-not-exceeded': 'expectations-dropped',
  'budget-honoured': 'eviction-ignores-budgets',
  'rollout-surge': 'surge-unbounded',
  'rollout-availability': 'old-scaled-before-new-ready',
  'quota-honoured': 'quota-not-enforced',
  'limits-honoured': 'limits-not-defaulted',
  'node-groups-bounded': 'autoscaler-ignores-minimum',
  'autoscaler-bounded': 'autoscaler-unbounded',
  'autoscaler-paced': 'autoscaler-ignores-policies',
  'no-overcommit': 'scheduler-forgets-assumed',
  'unique-pod-addresses': 'addresses-reused',
  'endpoints-match-ready-pods': 'endpoints-keep-deleted',
  'routes-fresh': 'proxy-stays-stale',
  'stateful-pods-once': 'stateful-deletes-by-force',
  'stateful-order': 'stateful-starts-unordered',
  'stateful-one-at-a-time': 'stateful-updates-two',
  'placement-fits': 'taints-ignored',
  'anti-affinity-held': 'anti-affinity-not-counted',
  'topology-spread-held': 'spread-ignored',
  'garbage-only': 'garbage-deletes-owned',
  'generation-observed': 'generation-observed-late',
  'toleration-seconds-respected': 'toleration-seconds-ignored',
  'nodes-cleared': 'taint-left-on-node',
  'configuration-shown': 'volumes-stay-stale',
  'no-stray-containers': 'relist-misses-deletions',
  'nothing-stuck': 'kubelet-gives-up-delete',
  'pod-lives': 'kubelet-changes-ended-phase',
  'unique-external-addresses': 'load-balancer-shares-addresses',
  'ingress-fresh': 'ingress-misses-endpoints',
  'ingress-addressed': 'ingress-status-not-retried',
  'gateways-told': 'gateway-status-not-retried',
  'network-policies-held': 'policy-outlives-its-deletion',
  'jobs-count-once': 'job-counts-twice',
  'jobs-not-exceeded': 'job-ignores-parallelism',
  'jobs-end-once': 'job-ends-before-pods',
  'jobs-let-go': 'job-forgets-orphans',
  'jobs-converge': 'job-ignores-deadline',
  'jobs-limit-indexes': 'job-ignores-index-limit',
  'jobs-live-on': 'ttl-ignored',
  'cron-jobs-obeyed': 'cronjob-ignores-suspend',
  'cron-jobs-tidy': 'cronjob-keeps-history',
  'claims-served': 'binder-ignores-capacity',
  'claims-protected': 'claim-goes-in-use',
  'volumes-attached-once': 'attach-ignores-access-modes',
  'volumes-reached': 'volume-topology-ignored',
  'volumes-released': 'binder-forgets-release',
  'definitions-leave-nothing': 'definition-leaves-objects',
  'definitions-settle': 'definition-names-kept',
  'one-leader': 'leader-outlives-its-lease',
  'default-accounts-there': 'default-account-forgotten',
  'token-secrets-follow': 'token-secrets-kept',
  'root-certificates-there': 'root-certificate-not-retried',
  'api-services-judged': 'api-service-given-up',
  'rights-held': 'unbound-still-allowed',
  'webhooks-obeyed': 'webhook-failure-ignored',
  'pod-security-held': 'pod-security-misses-controllers',
  'policies-held': 'policy-denies-nothing',
  'ephemeral-containers-once': 'ephemeral-container-restarted',
};

const named = (name: string): Invariant => INVARIANTS.find((i) => i.name === name)!;

describe.each(Object.entries(BY_BUG))('%s', (name, bug) => {
  it(`is broken by ${bug}`, () => {
    const beginnings = freshBeginnings(kitWith(bug));
    // One seed may be long in coming to a rare coincidence.
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const campaign = {
        ...campaignOf(MUTANTS.find((m) => m.bug === bug)!, seed),
        claims: [{ op: 'assert', moment: { mode: 'now' }, claim: { claim: 'invariant', name } }] as const,
      };
      for (let run = 0; run < 150; run += 1)
        if (runBatch(campaign, run, run + 1, beginnings).findings.length > 0) return;
    }
    expect.unreachable(`no run broke ${name}`);
  });
});

const resourceOf = ({ kind }: KubeObject): string | undefined => BUILT_IN.find(kind)?.resource;

/** A view of made-up objects. */
const viewOf = (objects: readonly object[], changes: readonly ApiChange[] = []): PhysicalInvariantView => ({
  now: 1_000_000,
  resources: BUILT_IN,
  changes: () => changes.toReversed(),
  history: changes,
  get physical(): never {
    throw new Error('nothing made up is physically so');
  },
  list: (name) =>
    objects.filter((o) => [(o as KubeObject).kind, resourceOf(o as KubeObject)].includes(name)) as never,
  find: (kind, namespace, name) =>
    objects.find(
      (o) =>
        (o as KubeObject).kind === kind &&
        (o as KubeObject).metadata.name === name &&
        ((o as KubeObject).metadata.namespace ?? '') === namespace,
    ) as never,
});
const entry = (after: object | undefined, more: object = {}): ApiChange => {
  const o = after as KubeObject | undefined;
  return {
    id: 1,
    at: 0,
    by: 'x',
    cause: 0,
    type: 'api',
    kind: o?.kind,
    resource: o === undefined ? undefined : resourceOf(o),
    namespace: o?.metadata.namespace ?? '',
    name: o?.metadata.name,
    revision: 1,
    before: undefined,
    after,
    ...more,
  } as never;
};
const meta = (name: string, more: object = {}): object => ({
  name,
  namespace: 'default',
  uid: name,
  resourceVersion: '1',
  ...more,
});

describe('made-up histories', () => {
  const slice = (name: string): object => ({
    kind: 'EndpointSlice',
    metadata: meta(name, { labels: { 'kubernetes.io/service-name': 'web' } }),
    ports: [{ name: '', port: 80 }],
    endpoints: [{ addresses: ['10.0.0.1'] }],
  });
  const service = (name: string): object => ({
    kind: 'Service',
    metadata: meta(name),
    spec: { ports: [{ port: 80, nodePort: 30080 }] },
  });
  const daemon = (name: string): object => ({
    kind: 'Pod',
    metadata: meta(name, {
      ownerReferences: [
        { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'agent', uid: 'd', controller: true },
      ],
    }),
    spec: { nodeName: 'node-1' },
    status: { phase: 'Running' },
  });
  const observes = (
    name: string,
    entries: readonly HistoryEntry[],
    objects: readonly object[] = [],
  ): string | undefined => {
    const invariant = named(name);
    const view = viewOf(objects);
    const state = invariant.init(view);
    return entries.map((e) => wordsFor(invariant.observe!(e, state, view))).find((m) => m !== undefined);
  };
  const ends = (
    name: string,
    objects: readonly object[],
    changes?: readonly ApiChange[],
  ): string | undefined => {
    const view = viewOf(objects, changes);
    return wordsFor(named(name).finally!(named(name).init(view), view));
  };

  it.each([
    [
      'endpoints-once',
      () => observes('endpoints-once', [entry(slice('b'))], [slice('a'), slice('b')]),
      /lists 10\.0\.0\.1 twice/,
    ],
    [
      'unique-node-ports',
      () => observes('unique-node-ports', [entry(service('b'))], [service('a'), service('b')]),
      /both have node port 30080/,
    ],
    [
      'no-lost-write',
      () =>
        observes('no-lost-write', [
          entry(service('a')),
          entry(
            { ...service('a') },
            { revision: 2, before: { ...service('a'), metadata: meta('a', { resourceVersion: '0' }) } },
          ),
        ]),
      /was taken after/,
    ],
    [
      'no-lost-write (revisions)',
      () =>
        observes('no-lost-write', [
          entry(service('a'), { revision: 5 }),
          entry(service('b'), { revision: 4 }),
        ]),
      /revision 4 was written after 5/,
    ],
    ['daemon-pods-once', () => ends('daemon-pods-once', [daemon('a'), daemon('b')]), /are both on node-1/],
    [
      'owners-sound',
      () => ends('owners-sound', [daemon('a')]),
      /is left, and its owner DaemonSet agent is gone/,
    ],
    [
      'no-execute-obeyed',
      () =>
        ends('no-execute-obeyed', [
          daemon('a'),
          {
            kind: 'Node',
            metadata: { name: 'node-1' },
            spec: { taints: [{ key: 'k', effect: 'NoExecute' }] },
            status: {},
          },
        ]),
      /whose taint k it does not tolerate/,
    ],
    [
      'no-livelock',
      () =>
        ends(
          'no-livelock',
          [],
          Array.from({ length: 300 }, (_, id) => entry(service('a'), { id, at: 999_000, by: 'busy' })),
        ),
      /busy wrote more than 200 times/,
    ],
    [
      'evictions-end',
      () =>
        ends(
          'evictions-end',
          [],
          Array.from({ length: 4 }, (_, i) => {
            const before = { ...daemon(`a-${i}`), status: { conditions: [] } };
            const evicted = { type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI' };
            const after = { ...before, status: { conditions: [evicted] } };
            return entry(after, { id: i + 1, at: 500_000 + i * 60_000, before });
          }),
        ),
      /was evicted, as others of its workload were 3 times before/,
    ],
  ])('break %s', (_, found, message) => {
    expect(found()).toMatch(message);
  });

  it('break generation-observed within a minute, unless somebody disturbs', () => {
    const deployment = (generation: number): object => ({
      kind: 'Deployment',
      metadata: meta('web', { generation }),
      spec: {},
      status: { observedGeneration: 1 },
    });
    const scaled = (at: number, generation: number): HistoryEntry =>
      entry(deployment(generation), { at, before: deployment(generation - 1) });
    const disturbance = {
      id: 1,
      at: 500,
      by: 'chaos',
      cause: 0,
      type: 'world',
      key: 'apiServerDown',
      args: {},
    } as HistoryEntry;
    expect(observes('generation-observed', [scaled(0, 2), scaled(60_001, 3)])).toMatch(
      /generation 2 and had observed 1 for more than a minute/,
    );
    expect(observes('generation-observed', [scaled(0, 2), scaled(60_000, 3)])).toBeUndefined();
    expect(observes('generation-observed', [scaled(0, 2), disturbance, scaled(90_000, 3)])).toBeUndefined();
    expect(
      observes('generation-observed', [disturbance, scaled(1_000_000, 2), scaled(1_090_000, 3)]),
    ).toBeUndefined();
    expect(
      observes('generation-observed', [disturbance, scaled(1_000_501, 2), scaled(1_090_000, 3)]),
    ).toMatch(/more than a minute/);
  });

  it('break services-answer', () => {
    const cluster = Cluster.create({ seed: 1, nodes: 2 });
    const api = cluster.client();
    const pod = (name: string, node: string): object => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default', labels: { app: 'web' } },
      spec: { nodeName: node, containers: [{ name: 'c', image: 'nginx', ports: [{ containerPort: 80 }] }] },
    });
    for (const o of [
      pod('a', 'node-1'),
      pod('b', 'node-2'),
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'web', namespace: 'default' },
        spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
      },
    ])
      api.create(o as never);
    cluster.pass(60_000);
    const view: Omit<PhysicalInvariantView, 'physical'> = {
      now: 0,
      resources: cluster.resources,
      changes: () => [],
      history: cluster.history,
      list: (kind) => api.list(kind),
      find: (kind, namespace, name) => api.find(kind, namespace, name),
    };
    const ask = (): string | undefined =>
      wordsFor(
        (named('services-answer') as PhysicalInvariant).finally!(null, {
          ...view,
          now: cluster.now,
          physical: new SimulatedWorld(cluster),
        }),
      );
    expect(ask()).toBeUndefined();
    stopKubeProxy(cluster, 'node-1');
    api.delete('Pod', 'default', 'b', { gracePeriodSeconds: 0 });
    cluster.pass(60_000);
    expect(ask()).toMatch(/answered by some ways and timed out by others/);
  });
});

it('nothing is left out', () => {
  const shown = [
    ...Object.keys(BY_BUG),
    'endpoints-once',
    'evictions-end',
    'unique-node-ports',
    'no-lost-write',
    'daemon-pods-once',
    'owners-sound',
    'no-execute-obeyed',
    'no-livelock',
    'services-answer',
  ];
  expect(INVARIANTS.map((i) => i.name).filter((name) => !shown.includes(name))).toEqual([]);
});
