import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventQueue } from './queue.ts';
import type { ScheduledEvent } from './types.ts';

const event = (at: number, seq: number, timeout: boolean): ScheduledEvent => ({
  at,
  seq,
  process: seq % 2 === 0 ? 'even' : 'odd',
  epoch: 1,
  task: { type: 't' },
  cause: 0,
  timeout,
});

type Action =
  | { do: 'push'; at: number; timeout: boolean }
  | { do: 'pop' }
  | { do: 'cancel'; nth: number }
  | { do: 'drop' };
const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('push' as const), at: fc.nat(20), timeout: fc.boolean() }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pop' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cancel' as const), nth: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('drop' as const) }) },
);

describe('event queue', () => {
  it('holds no more cancelled events than pending ones, and gives what is left in order', () => {
    const queue = new EventQueue();
    for (let seq = 1; seq <= 10_000; seq += 1) {
      queue.push(event((seq * 7919) % 10_007, seq, seq % 3 === 0));
      if (seq > 20) queue.cancel(seq - 20);
    }
    expect(queue.size).toBeLessThan(100);
    const left = Array.from({ length: 20 }, () => queue.pop()!);
    expect(left.map((e) => e.seq).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, i) => 9_981 + i),
    );
    expect(left.every((e, i) => i === 0 || left[i - 1]!.at <= e.at)).toBe(true);
    expect(queue.pop()).toBeUndefined();
  });

  it('behaves as a sorted list, through forks', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 80 }), fc.nat(80), (actions, forkAt) => {
        let queue = new EventQueue();
        let model: ScheduledEvent[] = [];
        let seq = 0;
        actions.forEach((a, i) => {
          if (i === forkAt) queue = queue.fork();
          if (a.do === 'push') {
            seq += 1;
            queue.push(event(a.at, seq, a.timeout));
            model.push(event(a.at, seq, a.timeout));
            model.sort((x, y) => x.at - y.at || x.seq - y.seq);
          } else if (a.do === 'pop') {
            expect(queue.pop()).toEqual(model.shift());
          } else if (a.do === 'cancel') {
            queue.cancel(a.nth);
            model = model.filter((e) => e.seq !== a.nth);
          } else {
            queue.dropProcess('odd');
            model = model.filter((e) => e.process !== 'odd');
          }
          expect(queue.pending()).toEqual(model);
          for (const process of ['even', 'odd'])
            expect(queue.dueAt(process)).toBe(model.find((e) => e.process === process)?.at ?? Infinity);
          expect(queue.urgentCount).toBe(model.filter((e) => !e.timeout).length);
        });
      }),
    );
  });
});
