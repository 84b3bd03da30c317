import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../../api/errors.ts';
import { decideEviction } from '../../api/eviction.ts';
import type { Pod, PodDisruptionBudget } from '../../api/types.ts';
import { harness } from '../../harness/harness.ts';
import { testPod } from '../../harness/objects.ts';
import { disruptionController } from './disruption.ts';

const labels = { app: 'web' };
const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'rs', uid: 'rs', controller: true };

describe('disruption', () => {
  const limits = fc.oneof(
    fc.record({
      minAvailable: fc.oneof(
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 0, max: 100 }).map((n) => `${n}%`),
      ),
    }),
    fc.record({
      maxUnavailable: fc.oneof(
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 0, max: 100 }).map((n) => `${n}%`),
      ),
    }),
  );
  const steps = fc.array(
    fc.record({
      what: fc.constantFrom('evict', 'evict', 'evict', 'unready', 'ready', 'gone', 'new'),
      pod: fc.nat({ max: 7 }),
      afterMs: fc.integer({ min: 0, max: 60 }),
    }),
    { maxLength: 30 },
  );

  it('lets evictions never take the healthy below what is desired, however late it sees them', () => {
    fc.assert(
      fc.property(
        limits,
        fc.integer({ min: 1, max: 6 }),
        steps,
        fc.integer({ min: 0, max: 50 }),
        (spec, replicas, list, lagMs) => {
          const h = harness([disruptionController], { lagMs });
          const { api } = h;
          h.put({
            apiVersion: 'apps/v1',
            kind: 'ReplicaSet',
            metadata: { name: 'rs', namespace: 'default', uid: 'rs' },
            spec: { replicas, selector: {}, template: {} },
            status: {},
          });
          for (let i = 0; i < replicas; i++) h.put(testPod(`p${i}`, { labels, owner, node: 'n' }));
          h.put({
            apiVersion: 'policy/v1',
            kind: 'PodDisruptionBudget',
            metadata: { name: 'b', namespace: 'default' },
            spec: { selector: { matchLabels: labels }, ...spec },
            status: {},
          });
          h.pass(1_000);
          const healthy = (): number =>
            api
              .list('Pod')
              .filter(
                (p) =>
                  p.metadata.deletionTimestamp === undefined && p.status.conditions?.[0]?.status === 'True',
              ).length;
          let made = replicas;
          for (const { what, pod: at, afterMs } of list) {
            const pods = api.list('Pod');
            const pod = pods[at % Math.max(1, pods.length)];
            if (what === 'new') {
              h.put(testPod(`p${made++}`, { labels, owner, node: 'n' }));
            } else if (pod !== undefined && what === 'gone') {
              // An involuntary loss: the budget knows nothing of it until the controller does, so let it.
              api.delete('Pod', 'default', pod.metadata.name, { gracePeriodSeconds: 0 });
              h.pass(2_000);
            } else if (pod !== undefined && (what === 'ready' || what === 'unready')) {
              h.api.updateStatus({
                ...pod,
                status: {
                  ...pod.status,
                  conditions: [
                    { ...pod.status.conditions![0]!, status: what === 'ready' ? 'True' : 'False' },
                  ],
                },
              } as Pod);
              if (what === 'unready') h.pass(2_000);
            } else if (pod !== undefined && pod.metadata.deletionTimestamp === undefined) {
              const budget = api.get('PodDisruptionBudget', 'default', 'b');
              const decision = decideEviction(pod, [budget], h.now);
              if (decision.allow) {
                const ready = pod.status.conditions?.[0]?.status === 'True';
                if (decision.update !== undefined) api.updateStatus<PodDisruptionBudget>(decision.update);
                api.delete('Pod', 'default', pod.metadata.name);
                if (ready) expect(healthy()).toBeGreaterThanOrEqual(budget.status.desiredHealthy!);
              }
            }
            h.pass(afterMs);
          }
          h.pass(200_000);
          const { status } = api.get('PodDisruptionBudget', 'default', 'b');
          expect(status.currentHealthy).toBe(healthy());
          expect(status.disruptedPods ?? {}).toStrictEqual({});
        },
      ),
      { numRuns: 200 },
    );
  });

  it('charges one of two budgets over a pod, by a chance that favours the older, and says which', () => {
    const h = harness([disruptionController]);
    h.put(testPod('p', { labels, owner }));
    for (const name of ['older', 'younger'])
      h.put({
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: { name, namespace: 'default' },
        spec: { selector: { matchLabels: labels }, minAvailable: 1 },
        status: {},
      });
    h.pass(1_000);
    const healthy = (name: string): number | undefined =>
      h.api.get('PodDisruptionBudget', 'default', name).status.currentHealthy;
    const times = { older: 0, younger: 0 };
    for (let i = 0; i < 400; i += 1) {
      const pod = h.api.get('Pod', 'default', 'p');
      const ready = i % 2 === 0 ? 'False' : 'True';
      const conditions = [{ ...pod.status.conditions![0]!, status: ready }];
      const before = { older: healthy('older'), younger: healthy('younger') };
      const told = h.events.length;
      h.api.updateStatus({ ...pod, status: { ...pod.status, conditions } } as Pod);
      h.pass(1_000);
      const said = h.events.slice(told).filter((e) => e.reason === 'MultiplePodDisruptionBudgets');
      expect(said).toHaveLength(1);
      const name = /Chose "(older|younger)" arbitrarily\.$/.exec(said[0]!.message)![1] as keyof typeof times;
      const other = name === 'older' ? 'younger' : 'older';
      times[name] += 1;
      expect(healthy(name)).toBe(ready === 'True' ? 1 : 0);
      expect(healthy(other)).toBe(before[other]);
    }
    // Seven eighths, give or take four standard deviations.
    expect(times.older).toBeGreaterThan(323);
    expect(times.older).toBeLessThan(377);
  });

  it('takes an approval back when the pod is not deleted within two minutes', () => {
    const h = harness([disruptionController]);
    for (let i = 0; i < 3; i++) h.put(testPod(`p${i}`, { labels }));
    h.put({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'b', namespace: 'default' },
      spec: { selector: { matchLabels: labels }, minAvailable: 2 },
      status: {},
    });
    h.pass(1_000);
    const budget = h.api.get('PodDisruptionBudget', 'default', 'b');
    const decision = decideEviction(h.api.get('Pod', 'default', 'p0'), [budget], h.now);
    expect(decision.allow).toBe(true);
    if (decision.allow) h.api.updateStatus(decision.update!);
    h.pass(110_000);
    expect(h.api.get('PodDisruptionBudget', 'default', 'b').status.disruptionsAllowed).toBe(0);
    h.pass(15_000);
    const { status } = h.api.get('PodDisruptionBudget', 'default', 'b');
    expect([status.disruptionsAllowed, status.disruptedPods]).toStrictEqual([1, undefined]);
    expect(h.events.map((e) => e.reason)).toContain('NotDeleted');
  });

  it('computes a budget again that it could not write, nor mark as failed', () => {
    const h = harness([disruptionController], { lagMs: 100 });
    for (let i = 0; i < 3; i++) h.put(testPod(`p${i}`, { labels }));
    const busy = new ApiError('TooManyRequests', 'too many requests');
    h.failNext(busy);
    h.put({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'b', namespace: 'default' },
      spec: { selector: { matchLabels: labels }, minAvailable: 2 },
      status: {},
    });
    h.pass(150);
    const status = (): PodDisruptionBudget['status'] =>
      h.api.get('PodDisruptionBudget', 'default', 'b').status;
    expect(status().conditions?.[0]?.reason).toBe('SyncFailed');
    // It sees its own mark, and now both writes fail.
    h.failNext(busy, 2);
    h.pass(5_000);
    expect(status()).toMatchObject({ disruptionsAllowed: 1, conditions: [{ reason: 'SufficientPods' }] });
  });

  it('clears a DisruptionTarget that came to nothing', () => {
    const h = harness([disruptionController]);
    const pod = testPod('p', { labels }) as Pod;
    h.put({
      ...pod,
      status: {
        ...pod.status,
        conditions: [
          ...pod.status.conditions!,
          {
            type: 'DisruptionTarget',
            status: 'True',
            lastTransitionTime: pod.status.conditions![0]!.lastTransitionTime,
          },
        ],
      },
    });
    h.pass(119_000);
    const target = (): string | undefined =>
      h.api.get('Pod', 'default', 'p').status.conditions?.find((c) => c.type === 'DisruptionTarget')?.status;
    expect(target()).toBe('True');
    h.pass(2_000);
    expect(target()).toBe('False');
  });
});
