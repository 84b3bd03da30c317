import { standardKit } from './kit.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rfc3339 } from '../sim/api/time.ts';
import { BUILT_IN } from '../sim/api/resources/index.ts';
import { SimulatedDriver } from '../drivers/simulated.ts';
import type { ClusterApi } from '../sim/cluster.ts';
import type { HistoryEntry } from '../sim/kernel/history.ts';
import type { PodsClaim } from './claims/claim.ts';
import type { Session } from './types.ts';
import { ClaimError, InputError } from './errors.ts';
import type { Moment } from './moment.ts';
import { clusterOf, createSession, markNow } from './session.ts';
import { assertClaim } from './temporal.ts';

/** At a time, these of the three pods are Ready (since the time given). */
interface Change {
  readonly at: number;
  readonly ready: readonly boolean[];
}

const podOf = (i: number, ready: boolean, at: number, minReady: boolean): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: `web-${i}`,
    namespace: 'default',
    uid: `u${i}`,
    resourceVersion: '1',
    creationTimestamp: rfc3339(0),
    labels: { app: 'web' },
    ...(minReady
      ? {
          ownerReferences: [
            { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'r', controller: true },
          ],
        }
      : {}),
  },
  spec: { containers: [] },
  status: {
    phase: 'Running',
    conditions: [{ type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: rfc3339(at) }],
  },
});

/** A cluster that does nothing but play changes: three pods, whose readiness is set at times. */
function fakeCluster(changes: readonly Change[], minReadySeconds: number): ClusterApi & { now: number } {
  const history: HistoryEntry[] = [];
  const write = (at: number, kind: string, name: string, after: unknown, cause = 0): void => {
    history.push({
      id: history.length + 1,
      at,
      by: 'test',
      cause,
      type: 'api',
      resource: BUILT_IN.get(kind).resource,
      kind,
      namespace: 'default',
      name,
      revision: history.length,
      before: undefined,
      after,
    });
  };
  write(0, 'ReplicaSet', 'web', {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: 'web', namespace: 'default' },
    spec: { minReadySeconds },
    status: { replicas: 3 },
  });
  const since = [0, 0, 0];
  let last: readonly boolean[] = [];
  let next = 0;
  const cluster = {
    now: 0,
    resources: BUILT_IN,
    history,
    entry: (id: number) => history[id - 1],
    causes: (id: number) => (history[id - 1] === undefined ? [] : [history[id - 1]]),
    runUntil(done: () => boolean, limitMs: number): boolean {
      const until = cluster.now + limitMs;
      for (;;) {
        if (done()) return true;
        const change = changes[next];
        if (change === undefined || change.at > until) break;
        next += 1;
        cluster.now = change.at;
        change.ready.forEach((ready, i) => {
          if (ready === last[i]) return;
          since[i] = change.at;
          write(change.at, 'Pod', `web-${i}`, podOf(i, ready, change.at, minReadySeconds > 0));
        });
        last = change.ready;
      }
      cluster.now = until;
      return done();
    },
  };
  return cluster as unknown as ClusterApi & { now: number };
}

function sessionOver(cluster: ClusterApi): Session {
  const driver = new SimulatedDriver(cluster);
  const session = createSession({
    seed: 1,
    kit: standardKit,
    files: { readFile: () => '' },
    createDriver: () => driver,
  });
  session.driver = driver;
  return session;
}

const claim = (count: number, state: PodsClaim['state'] = 'ready'): PodsClaim => ({
  claim: 'pods',
  count: { bound: 'at least', count },
  selector: 'app=web',
  state,
});

/** What the API said can be walked through again. */
const neverReplay = (): never => {
  throw new Error('a claim about the API was played again');
};

/** Whether it held, and if not, when it broke. */
function ask(session: Session, moment: Moment, what: PodsClaim): { holds: boolean; at: number } {
  try {
    assertClaim(session, { op: 'assert', moment, claim: what }, 'claim', neverReplay);
    return { holds: true, at: clusterOf(session).now };
  } catch (error) {
    if (!(error instanceof ClaimError)) throw error;
    return { holds: false, at: error.at };
  }
}

const changesArb = fc
  .uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 12 })
  .chain((times) =>
    fc.tuple(
      ...times
        .sort((a, b) => a - b)
        .map((at) =>
          fc
            .array(fc.boolean(), { minLength: 3, maxLength: 3 })
            .map((ready): Change => ({ at: at * 1000, ready })),
        ),
    ),
  )
  .map((changes) => [{ at: 0, ready: [true, true, true] }, ...changes]);

/**
 * How many of the pods are in the state at a time, by the definition; a minute of grid is fine enough since
 * all times are whole seconds.
 */
function countAt(changes: readonly Change[], at: number, minReadySeconds: number): number {
  return [0, 1, 2].filter((i) => {
    let since = Number.POSITIVE_INFINITY;
    let before = false;
    for (const c of changes) {
      if (c.at > at) break;
      if (c.ready[i]! && !before) since = c.at;
      if (!c.ready[i]!) since = Number.POSITIVE_INFINITY;
      before = c.ready[i]!;
    }
    return since + minReadySeconds * 1000 <= at;
  }).length;
}

/**
 * Intermediate states within one change (pods are written one after the other) belong to the truth: every
 * prefix of the writes is a moment.
 */
function momentsOf(
  changes: readonly Change[],
  from: number,
  to: number,
  minReadySeconds: number,
): { at: number; count: number }[] {
  const found: { at: number; count: number }[] = [];
  for (let at = from; at <= to; at += 1000) {
    const change = changes.find((c) => c.at === at);
    if (change !== undefined && at > from) {
      const before = changes.filter((c) => c.at < at);
      const old = before[before.length - 1]!.ready;
      for (let written = 0; written < 3; written += 1) {
        const mixed = [
          ...before,
          { at, ready: [0, 1, 2].map((i) => (i < written ? change.ready[i]! : old[i]!)) },
        ];
        found.push({ at, count: countAt(mixed, at, minReadySeconds) });
      }
    }
    found.push({ at, count: countAt(changes, at, minReadySeconds) });
  }
  return found;
}

describe.each([
  ['ready', 0],
  ['available', 7],
] as const)('claims over time, %s (minReadySeconds %d)', (state, minReady) => {
  const END = 70_000;
  it('at every moment and at no moment agree with the definition, and name the first moment', () => {
    fc.assert(
      fc.property(
        changesArb,
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 0, max: 30 }),
        (changes, count, fromSeconds) => {
          const cluster = fakeCluster(changes, minReady);
          cluster.runUntil(() => false, fromSeconds * 1000);
          const session = sessionOver(cluster);
          session.origin = markNow(session);
          cluster.runUntil(() => false, END - fromSeconds * 1000);
          const moments = momentsOf(changes, fromSeconds * 1000, END, minReady);
          const broken = moments.find((m) => m.count < count);
          expect(ask(session, { mode: 'every' }, claim(count, state))).toEqual({
            holds: broken === undefined,
            at: broken?.at ?? END,
          });
          const held = moments.find((m) => m.count >= count);
          expect(ask(session, { mode: 'never' }, claim(count, state))).toEqual({
            holds: held === undefined,
            at: held?.at ?? END,
          });
        },
      ),
      { numRuns: 200 },
    );
  });

  it('within and for agree with the definition, and stop at the first moment', () => {
    fc.assert(
      fc.property(
        changesArb,
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 0, max: 40 }),
        (changes, count, from, length) => {
          const start = (): Session => {
            const cluster = fakeCluster(changes, minReady);
            cluster.runUntil(() => false, from * 1000);
            return sessionOver(cluster);
          };
          const until = (from + length) * 1000;
          const moments = momentsOf(changes, from * 1000, until, minReady);
          const held = moments.find((m) => m.count >= count);
          expect(ask(start(), { mode: 'within', durationMs: length * 1000 }, claim(count, state))).toEqual({
            holds: held !== undefined,
            at: held?.at ?? until,
          });
          const broken = moments.find((m) => m.count < count);
          expect(ask(start(), { mode: 'for', durationMs: length * 1000 }, claim(count, state))).toEqual({
            holds: broken === undefined,
            at: broken?.at ?? until,
          });
        },
      ),
      { numRuns: 200 },
    );
  });

  it('since a mark looks back and then on', () => {
    fc.assert(
      fc.property(
        changesArb,
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 0, max: 40 }),
        (changes, count, now, length) => {
          const cluster = fakeCluster(changes, minReady);
          cluster.runUntil(() => false, 1);
          const session = sessionOver(cluster);
          session.marks.set('x', markNow(session));
          cluster.runUntil(() => false, now * 1000);
          const until = 1 + length * 1000;
          const moments = [
            { at: 1, count: countAt(changes, 1, minReady) },
            ...momentsOf(changes, 0, until, minReady).filter((m) => m.at > 0),
          ];
          const found = ask(
            session,
            { mode: 'within', durationMs: length * 1000, since: 'x' },
            claim(count, state),
          );
          expect(found.holds).toBe(moments.some((m) => m.count >= count));
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('claims that cannot be asked', () => {
  it('name the missing mark', () => {
    const session = sessionOver(fakeCluster([], 0));
    expect(() =>
      assertClaim(
        session,
        { op: 'assert', moment: { mode: 'every', since: 'y' }, claim: claim(1) },
        'c',
        neverReplay,
      ),
    ).toThrow(InputError);
  });

  it('say what a failure found, the table then, and the cause', () => {
    const cluster = fakeCluster(
      [
        { at: 0, ready: [true, true, true] },
        { at: 5000, ready: [true, false, true] },
      ],
      0,
    );
    cluster.runUntil(() => false, 0);
    const session = sessionOver(cluster);
    session.origin = markNow(session);
    cluster.runUntil(() => false, 10_000);
    let message = '';
    try {
      assertClaim(
        session,
        { op: 'assert', moment: { mode: 'every' }, claim: claim(3) },
        'at every moment at least 3 pods matching "app=web" were ready',
        neverReplay,
      );
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toContain('first broken at [0:00:05]');
    expect(message).toContain('Found: 2 of 3 pods matching "app=web" ready');
    expect(message).toMatch(/NAME +READY +STATUS/);
    expect(message).toContain('[0:00:05] test: Pod default/web-1');
  });
});
