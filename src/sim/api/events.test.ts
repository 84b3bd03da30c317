import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cluster } from '../cluster.ts';
import type { Controller } from '../controlplane/controller.ts';
import { harness } from '../harness/harness.ts';
import { attach, detach, expire, promote, type EventLeases } from './eventleases.ts';
import { correlate, emptyCorrelation, type EventDraft } from './events.ts';
import type { KubeObject } from './types.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

describe('leases of Events', () => {
  it('let each go between its time to live and a minute later, however they were written', () => {
    const writes = fc.array(
      fc.record({
        key: fc.constantFrom('a', 'b', 'c', 'd'),
        gapMs: fc.nat({ max: 2 * HOUR_MS }),
        deleted: fc.boolean(),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(writes, (list) => {
        const leases: EventLeases = [];
        const timers: number[] = [];
        /** The model: key to the time of its last write. */
        const written = new Map<string, number>();
        let now = 0;
        const passTo = (until: number): void => {
          for (const at of timers.sort((a, b) => a - b).filter((t) => t > now && t <= until)) {
            for (const [key] of expire(leases, at)) {
              expect(at - written.get(key)!).toBeGreaterThan(HOUR_MS);
              expect(at - written.get(key)!).toBeLessThanOrEqual(HOUR_MS + MINUTE_MS);
              written.delete(key);
            }
          }
          now = until;
        };
        for (const [i, { key, gapMs, deleted }] of list.entries()) {
          passTo(now + gapMs);
          if (deleted && written.delete(key)) detach(leases, key);
          const at = attach(leases, key, i + 1, !written.has(key), HOUR_MS, now);
          if (at !== undefined) timers.push(at);
          written.set(key, now);
        }
        // One timer a lease, one lease a minute at most.
        expect(new Set(timers.map((t) => Math.floor(t / MINUTE_MS))).size).toBe(timers.length);
        passTo(now + HOUR_MS + MINUTE_MS);
        expect([written.size, leases]).toEqual([0, []]);
      }),
    );
  });

  it('are taken by a thousand writes each', () => {
    const leases: EventLeases = [];
    for (let i = 0; i < 2500; i += 1) attach(leases, `k${i}`, i, true, HOUR_MS, 0);
    expect(leases.map((l) => l.keys.size)).toEqual([1000, 1000, 500]);
  });

  it('run anew under a new leader', () => {
    const leases: EventLeases = [];
    attach(leases, 'a', 1, true, HOUR_MS, 0);
    expect(promote(leases, HOUR_MS, 50 * MINUTE_MS)).toBe(110 * MINUTE_MS);
    expect(expire(leases, 109 * MINUTE_MS)).toEqual([]);
    expect(expire(leases, 110 * MINUTE_MS)).toEqual([['a', 1]]);
  });
});

const draft = (uid: string, message = 'm'): EventDraft => ({
  about: { apiVersion: 'v1', kind: 'Pod', metadata: { name: uid, namespace: 'default', uid } } as KubeObject,
  type: 'Normal',
  reason: 'R',
  message,
  source: 's',
});

describe('a recorder', () => {
  it('counts what it remembers, and remembers the 4096 objects it was last told of', () => {
    const state = emptyCorrelation();
    const count = (uid: string): number => correlate(state, draft(uid), 0, () => uid)!.count;
    expect([count('first'), count('second')]).toEqual([1, 1]);
    for (let i = 0; i < 4094; i += 1) count(`o${i}`);
    expect(count('first')).toBe(2);
    // One more than there is room for: the one that was not asked for since goes.
    expect(count('new')).toBe(1);
    expect([count('first'), count('second')]).toEqual([3, 1]);
    const [recorder] = state.values();
    for (const cache of Object.values(recorder!)) expect((cache as Map<string, unknown>).size).toBe(4096);
  });
});

describe('what a recorder forgets', () => {
  it('is as good as nothing: it tells of each event what it would if it forgot none', () => {
    const events = fc.array(
      fc.record({
        uid: fc.constantFrom(...'abcdefgh'),
        message: fc.integer({ min: 0, max: 20 }).map(String),
        gapMs: fc.oneof(fc.constant(0), fc.integer({ max: 20 * MINUTE_MS, min: 0 })),
        times: fc.integer({ min: 1, max: 30 }),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(events, (list) => {
        const state = emptyCorrelation();
        const lone = new Map<string, ReturnType<typeof emptyCorrelation>>();
        let now = 0;
        for (const { uid, message, gapMs, times } of list) {
          now += gapMs;
          // A recorder that knows one object alone is never told of another, so it forgets nothing of it.
          if (!lone.has(uid)) lone.set(uid, emptyCorrelation());
          for (let i = 0; i < times; i += 1) {
            const told = [state, lone.get(uid)!].map((of) => {
              const recording = correlate(of, draft(uid, `${message} ${i}`), now, () => 'name');
              return [recording?.count, recording?.message];
            });
            expect(told[0]).toEqual(told[1]);
          }
        }
      }),
    );
  });

  it('is what happened long ago, so that what it holds is bounded by the time too', () => {
    const state = emptyCorrelation();
    const held = (): number[] => {
      const [recorder] = state.values();
      return [recorder!.spam.size, recorder!.similar.size];
    };
    for (let i = 0; i < 100; i += 1) correlate(state, draft(`early ${i}`), 0, () => 'name');
    expect(held()).toEqual([100, 100]);
    // Some behind whom nothing is forgotten before they may be.
    for (let i = 0; i < 3; i += 1) correlate(state, draft('busy'), MINUTE_MS, () => 'name');
    correlate(state, draft('late'), 5 * MINUTE_MS, () => 'name');
    expect(held()).toEqual([2, 102]);
    correlate(state, draft('later'), 12 * MINUTE_MS, () => 'name');
    expect(held()).toEqual([3, 2]);
  });
});

describe('Events in the store', () => {
  it('are gone after their hour, by etcd, because of what was last written; watches are told', () => {
    const seen: string[] = [];
    const watching: Controller<null> = {
      name: 'watching',
      watches: ['Event'],
      init: () => null,
      observe: ({ type, object }) => void seen.push(`${type} ${object.metadata.name}`),
      sync: () => {},
    };
    const h = harness([watching]);
    h.api.create({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'e', namespace: 'default' },
      involvedObject: { kind: 'Pod', name: 'p', namespace: 'default' },
      reason: 'R',
    } as never);
    h.pass(HOUR_MS);
    expect([seen, h.list('Event').length]).toEqual([['ADDED e'], 1]);
    h.pass(MINUTE_MS);
    expect([seen, h.list('Event').length]).toEqual([['ADDED e', 'DELETED e'], 0]);
  });

  it('are written anew, with what was counted, when they happen again after it', () => {
    const cluster = Cluster.create({ seed: 'events', nodes: 1 });
    const about = cluster.client().get('Node', '', 'node-1');
    const record = (): boolean => cluster.server.recordEvent({ ...draft('x'), about }, cluster.by);
    const found = () => cluster.client().list('Event', { fieldSelector: 'reason=R' });
    record();
    record();
    const [before] = found();
    cluster.pass(HOUR_MS + MINUTE_MS);
    expect(found()).toEqual([]);
    const deletion = cluster.history.findLast((e) => e.type === 'api' && e.name === before!.metadata.name)!;
    expect(deletion).toMatchObject({ by: 'etcd', after: undefined });
    expect(cluster.entry(deletion.cause)).toMatchObject({ after: { count: 2 } });
    record();
    expect(found()).toMatchObject([
      { count: 3, firstTimestamp: before!.firstTimestamp, metadata: { name: before!.metadata.name } },
    ]);
    expect(found()[0]!.metadata.uid).not.toBe(before!.metadata.uid);
  });

  it('stay while etcd has no quorum, and as long again as its new leader lets them', () => {
    const cluster = Cluster.create({ seed: 'events', nodes: 1 });
    const count = (): number => cluster.client().list('Event').length;
    const before = count();
    expect(before).toBeGreaterThan(0);
    cluster.control.setQuorum(false, cluster.by);
    cluster.pass(2 * HOUR_MS);
    expect(count()).toBe(before);
    cluster.control.setQuorum(true, cluster.by);
    cluster.pass(HOUR_MS - 1);
    expect(count()).toBeGreaterThanOrEqual(before);
    cluster.pass(2 * HOUR_MS);
    expect(count()).toBe(0);
  });

  it('leave an idle week nearly free: a step for each minute in which any were written', () => {
    const cluster = Cluster.create({ seed: 'idle', nodes: 20 });
    cluster.settle(600_000);
    const steps = (ms: number): number => {
      let count = -1;
      cluster.runUntil(() => (count++, false), ms);
      return count;
    };
    expect(steps(2 * HOUR_MS)).toBeLessThan(10);
    expect(cluster.client().list('Event')).toEqual([]);
    expect(steps(7 * 24 * HOUR_MS)).toBeLessThan(2);
  });
});
