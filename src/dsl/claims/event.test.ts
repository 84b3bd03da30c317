import { standardKit } from '../kit.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SimulatedDriver } from '../../drivers/simulated.ts';
import { Cluster } from '../../sim/cluster.ts';
import type { HistoryEntry } from '../../sim/kernel/history.ts';
import type { Moment } from '../moment.ts';
import { createSession, markNow } from '../session.ts';
import { applyEntry, emptyState } from '../state.ts';
import { assertClaim } from '../temporal.ts';
import { event } from './event.ts';
import type { View } from './types.ts';
import type { EventClaim } from './claim.ts';

/** What happens to an object: its labels or its Event change, or it goes. */
interface Change {
  readonly pod: number;
  readonly what: 'web' | 'db' | 'gone' | 'Killing' | 'Pulled' | 'expired';
}

const entryOf = ({ pod, what }: Change, id: number): HistoryEntry => {
  const isPod = what === 'web' || what === 'db' || what === 'gone';
  const metadata = { name: isPod ? `p${pod}` : `e${pod}`, namespace: 'default', labels: { app: what } };
  const after =
    what === 'gone' || what === 'expired'
      ? undefined
      : isPod
        ? { metadata }
        : { metadata, involvedObject: { kind: 'Pod', name: `p${pod}` }, reason: what, message: 'm' };
  return {
    id,
    at: id,
    by: 'test',
    cause: 0,
    type: 'api',
    resource: isPod ? 'pods' : 'events',
    kind: isPod ? 'Pod' : 'Event',
    namespace: 'default',
    name: metadata.name,
    revision: id,
    before: { metadata, involvedObject: { kind: 'Pod', name: `p${pod}` }, reason: '', message: '' },
    after,
  };
};

const claim: EventClaim = { claim: 'event', reason: 'Killing', kind: 'Pod', selector: 'app=web' };

/** Plays changes, asking after each that concerns the claim, with what it keeps from one to the next. */
function play(changes: readonly Change[], history: readonly HistoryEntry[], ask: (view: View) => void): void {
  const state = emptyState();
  const memo: View['memo'] = new Map();
  for (let id = 1; id <= changes.length; id += 1) {
    const entry = entryOf(changes[id - 1]!, id);
    applyEntry(state, entry);
    if (entry.type !== 'api' || entry.resource !== 'events') continue;
    const span = { from: 1, fromAt: 0, to: id, history };
    ask({ at: id, state, namespace: 'default', memo, span } as unknown as View);
  }
}

describe('an event claim', () => {
  const changes = fc.array(
    fc.record({
      pod: fc.nat(2),
      what: fc.constantFrom('web', 'db', 'gone', 'Killing', 'Pulled', 'expired' as const),
    }) as fc.Arbitrary<Change>,
    { maxLength: 30 },
  );

  it('holds when an Event is there of the reason, about a pod that matches or did', () => {
    fc.assert(
      fc.property(changes, (list) => {
        const history = list.map((c, i) => entryOf(c, i + 1));
        play(list, history, (view) => {
          const past = list.slice(0, view.span.to);
          const matched = (pod: number): boolean => past.some((c) => c.pod === pod && c.what === 'web');
          const last = (pod: number): string | undefined =>
            past.findLast((c) => c.pod === pod && ['Killing', 'Pulled', 'expired'].includes(c.what))?.what;
          const wanted = [0, 1, 2].filter((pod) => matched(pod) && last(pod) === 'Killing');
          const verdict = event.evaluate(claim, view);
          expect(verdict.holds).toBe(wanted.length > 0);
          if (verdict.holds)
            expect(verdict.objects.map((o) => o.metadata.name).sort()).toEqual(wanted.map((p) => `e${p}`));
        });
      }),
    );
  });

  it('looks at each entry of the history once, however often it is asked', () => {
    const list = Array.from({ length: 1000 }, (_, pod) => [
      { pod, what: 'web' as const },
      { pod, what: 'Pulled' as const },
    ]).flat();
    let reads = 0;
    const history = new Proxy(
      list.map((c, i) => entryOf(c, i + 1)),
      {
        get(target, key) {
          if (typeof key === 'string' && /^\d+$/.test(key)) reads += 1;
          return Reflect.get(target, key);
        },
      },
    );
    let asked = 0;
    play(list, history, (view) => {
      asked += 1;
      expect(event.evaluate(claim, view).holds).toBe(false);
    });
    expect(asked).toBe(1000);
    // Each once, and where the walk stands before and behind it.
    expect(reads).toBeLessThan(4 * list.length);
  });

  it('says what the API says: after its hour an Event is gone, and was there before', () => {
    const cluster = Cluster.create({ seed: 'events', nodes: 1 });
    const driver = new SimulatedDriver(cluster);
    const session = createSession({
      kit: standardKit,
      seed: 'events',
      files: { readFile: () => '' },
      createDriver: () => driver,
    });
    session.driver = driver;
    session.origin = markNow(session);
    const asks = (moment: Moment): string => {
      try {
        const about: EventClaim = { claim: 'event', reason: 'NodeReady', kind: 'Node', name: 'node-1' };
        assertClaim(session, { op: 'assert', moment, claim: about }, 'an event is recorded', () => {});
        return 'holds';
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(asks({ mode: 'now' })).toBe('holds');
    cluster.pass(2 * 3_600_000);
    expect(asks({ mode: 'now' })).toContain(
      'there was no event about it; it was recorded, and kept until [1:00:',
    );
    expect(asks({ mode: 'sometimes' })).toBe('holds');
    expect(asks({ mode: 'never' })).not.toBe('holds');
  });
});
