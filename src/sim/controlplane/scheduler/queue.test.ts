import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  activate,
  backoffMs,
  dequeue,
  emptyQueue,
  enqueue,
  flushBackoff,
  flushUnschedulable,
  MAX_UNSCHEDULABLE_MS,
  nominate,
  nominatedTo,
  onEvent,
  pop,
  requeue,
  updateQueued,
  type QueueState,
} from './queue.ts';
import { makeLookups, makeNode, makePod } from './testkit.ts';
import type { ClusterEvent } from './framework.ts';

const lookups = makeLookups();
const at = (now: number): { now: number; by: { cause: number } } => ({ now, by: { cause: 0 } });
const big: ClusterEvent = { type: 'nodeAdd', node: makeNode('n') };
const names = (queue: QueueState, now: number): string[] => {
  const out: string[] = [];
  for (let item = pop(queue, now); item !== undefined; item = pop(queue, now))
    out.push(item.pod.metadata.name);
  return out;
};

describe('the scheduling queue', () => {
  it('gives pods by priority, then by when they came', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })), { maxLength: 30 }),
        (entries) => {
          const queue = emptyQueue();
          const model: { name: string; priority: number; at: number; i: number }[] = [];
          let now = 0;
          entries.forEach(([priority, gap], i) => {
            now += gap;
            enqueue(queue, makePod(`p${i}`, { priority }), at(now));
            model.push({ name: `p${i}`, priority, at: now, i });
          });
          model.sort((a, b) => b.priority - a.priority || a.at - b.at || a.i - b.i);
          expect(queue.ready).toBe(entries.length);
          expect(names(queue, now)).toEqual(model.map((m) => m.name));
          expect(queue.ready).toBe(0);
        },
      ),
    );
  });

  it('counts what is ready, whatever happens to the pods', () => {
    const step = fc.record({
      what: fc.constantFrom('add', 'pop', 'refuse', 'fail', 'event', 'remove', 'activate', 'time'),
      which: fc.nat(5),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const queue = emptyQueue();
        let now = 0;
        for (const { what, which } of steps) {
          const pod = makePod(`p${which}`, { priority: which % 2, requests: { cpu: '1' } });
          const { uid } = pod.metadata;
          if (what === 'add') enqueue(queue, pod, at(now));
          if (what === 'pop') pop(queue, now);
          const item = queue.pods.get(uid);
          if (what === 'refuse' && item?.place === 'inFlight')
            requeue(queue, item, pod, ['NodeResourcesFit'], now);
          if (what === 'fail' && item?.place === 'inFlight') requeue(queue, item, pod, [], now);
          if (what === 'event') onEvent(queue, big, lookups, at(now));
          if (what === 'remove') dequeue(queue, uid);
          if (what === 'activate') activate(queue, uid);
          if (what === 'time') {
            now += 700;
            flushBackoff(queue, now);
          }
          const ready = [...queue.pods.values()].filter(
            (i) => i.place === 'active' || (i.place === 'backoff' && i.plugins.length > 0),
          ).length;
          expect(queue.ready).toBe(ready);
          expect([...queue.unschedulable].sort()).toEqual(
            [...queue.pods.values()]
              .filter((i) => i.place === 'unschedulable')
              .map((i) => i.pod.metadata.uid)
              .sort(),
          );
        }
        now += 60_000;
        flushBackoff(queue, now);
        const waiting = [...queue.pods.values()]
          .filter((i) => i.place === 'active' || i.place === 'backoff')
          .map((i) => i.pod.metadata.name);
        expect(names(queue, now).sort()).toEqual(waiting.sort());
      }),
    );
  });

  it('backs off 1 s doubling to 10 s', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 50].map(backoffMs)).toEqual([
      0, 1000, 2000, 4000, 8000, 10_000, 10_000, 10_000,
    ]);
  });

  it('wakes a refused pod only by an event that concerns what refused it', () => {
    const queue = emptyQueue();
    const pod = makePod('p', { requests: { cpu: '1' } });
    enqueue(queue, pod, at(0));
    requeue(queue, pop(queue, 0)!, pod, ['NodeResourcesFit'], 0);
    const taints = { allocatable: false, labels: false, taints: true };
    onEvent(
      queue,
      { type: 'nodeUpdate', node: makeNode('n'), old: makeNode('n'), changed: taints },
      lookups,
      at(1),
    );
    onEvent(queue, { type: 'podAdd', pod: makePod('q', { node: 'n' }) }, lookups, at(1));
    onEvent(
      queue,
      { type: 'nodeAdd', node: makeNode('small', { allocatable: { cpu: '500m', memory: '1Gi', pods: 1 } }) },
      lookups,
      at(1),
    );
    expect(pop(queue, 1)).toBeUndefined();
    onEvent(queue, { type: 'podDelete', pod: makePod('q', { node: 'n' }) }, lookups, at(1));
    // It still backs off, but nothing else waits.
    expect(queue.pods.get(pod.metadata.uid)!.place).toBe('backoff');
    expect(names(queue, 1)).toEqual(['p']);
  });

  it('lets a pod back off while another is ready', () => {
    const queue = emptyQueue();
    const important = makePod('important', { priority: 9, requests: { cpu: '1' } });
    enqueue(queue, important, at(0));
    requeue(queue, pop(queue, 0)!, important, ['NodeResourcesFit'], 0);
    onEvent(queue, big, lookups, at(10));
    enqueue(queue, makePod('plain'), at(20));
    expect(names(queue, 20)).toEqual(['plain', 'important']);
  });

  it('makes a pod serve its back-off after an error', () => {
    const queue = emptyQueue();
    const pod = makePod('p');
    enqueue(queue, pod, at(0));
    requeue(queue, pop(queue, 0)!, pod, [], 0);
    expect(pop(queue, 999)).toBeUndefined();
    expect(flushBackoff(queue, 999)).toBe(1000);
    expect(names(queue, 1000)).toEqual(['p']);
  });

  it('tries what has waited 5 minutes', () => {
    const queue = emptyQueue();
    const pod = makePod('p');
    enqueue(queue, pod, at(0));
    requeue(queue, pop(queue, 0)!, pod, ['NodeAffinity'], 0);
    expect(flushUnschedulable(queue, at(MAX_UNSCHEDULABLE_MS))).toBe(MAX_UNSCHEDULABLE_MS);
    expect(flushUnschedulable(queue, at(MAX_UNSCHEDULABLE_MS + 1))).toBeUndefined();
    expect(names(queue, MAX_UNSCHEDULABLE_MS + 1)).toEqual(['p']);
  });

  it('holds a gated pod until the last gate is gone', () => {
    const queue = emptyQueue();
    const gated = makePod('p', { spec: { schedulingGates: [{ name: 'wait' }] } });
    enqueue(queue, gated, at(0));
    onEvent(queue, big, lookups, at(1));
    flushUnschedulable(queue, at(MAX_UNSCHEDULABLE_MS * 2));
    expect(pop(queue, 1)).toBeUndefined();
    const free = makePod('p', { spec: { schedulingGates: [] } });
    const changed = { labels: false, scaledDown: false, tolerations: false, gatesEliminated: true };
    updateQueued(
      queue,
      free,
      { type: 'podUpdate', pod: free, old: gated, changed, own: true },
      lookups,
      at(2),
    );
    expect(names(queue, 2)).toEqual(['p']);
  });

  it('remembers nominations until they move or end', () => {
    const queue = emptyQueue();
    const pod = makePod('p', { nominated: 'a' });
    enqueue(queue, pod, at(0));
    expect(nominatedTo(queue, 'a')).toEqual([pod]);
    nominate(queue, pod, 'b');
    expect([nominatedTo(queue, 'a'), nominatedTo(queue, 'b')]).toEqual([[], [pod]]);
    dequeue(queue, pod.metadata.uid);
    expect(nominatedTo(queue, 'b')).toEqual([]);
  });
});
