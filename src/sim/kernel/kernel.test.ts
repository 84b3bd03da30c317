import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forkState } from './fork.ts';
import { decodeState, encodeState } from './snapshot.ts';
import { Kernel } from './kernel.ts';
import { HistoryLog } from './log.ts';
import { RandomStreams } from './random.ts';
import type { By, ProcessRecord } from './types.ts';

const by: By = { actor: 'x', user: 'x', cause: 0 };

const process = (name: string): ProcessRecord => ({
  name,
  component: 'c',
  args: {},
  up: true,
  epoch: 1,
  state: { n: 0 },
});

describe('kernel', () => {
  it('hands out events in order of time and drops those of an ended life', () => {
    const kernel = new Kernel('s', { keep: 'all' });
    const p = process('p');
    kernel.processes.set('p', p);
    kernel.schedule(p, 20, { type: 'late' }, 0, false);
    kernel.schedule(p, 10, { type: 'early' }, 0, false);
    expect(kernel.next(Infinity)?.task.type).toBe('early');
    expect(kernel.now).toBe(10);
    p.epoch = 2;
    expect(kernel.next(100)).toBeUndefined();
    expect(kernel.now).toBe(100);
    expect(() => kernel.schedule(p, -1, { type: 'x' }, 0, false)).toThrow(/0 or more/);
  });

  it('a fork and its parent do not touch each other', () => {
    const kernel = new Kernel('s', { keep: 'all' });
    kernel.processes.set('p', process('p'));
    kernel.record({ type: 'world', key: 'before', args: {} }, by);
    const fork = kernel.fork();
    kernel.record({ type: 'world', key: 'parent', args: {} }, by);
    fork.record({ type: 'world', key: 'fork', args: {} }, by);
    (fork.processes.get('p')!.state as { n: number }).n = 5;
    expect((kernel.processes.get('p')!.state as { n: number }).n).toBe(0);
    expect(fork.log.entries().map((e) => e.type === 'world' && e.key)).toEqual(['before', 'fork']);
    expect(kernel.log.entries().map((e) => e.type === 'world' && e.key)).toEqual(['before', 'parent']);
    expect(fork.log.find(2)).toMatchObject({ key: 'fork' });
  });
});

describe('random streams', () => {
  it('go on the same in a fork and after a snapshot', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(50), (seed, draws) => {
        const streams = new RandomStreams(seed);
        for (let i = 0; i < draws; i += 1) streams.next(i % 3 === 0 ? 'a' : 'b');
        const fork = streams.fork();
        const restored = new RandomStreams(
          seed,
          decodeState(encodeState(streams.states())) as Map<string, unknown>,
        );
        const next = [streams.next('a'), streams.next('b'), streams.next('new')];
        expect([fork.next('a'), fork.next('b'), fork.next('new')]).toEqual(next);
        expect([restored.next('a'), restored.next('b'), restored.next('new')]).toEqual(next);
      }),
    );
  });
});

describe('state', () => {
  const plain = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.integer(),
      fc.string(),
      fc.boolean(),
      fc.constant(null),
      fc.constant(Infinity),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.string(), tie('value'), { maxKeys: 3, noNullPrototype: true }),
      fc.array(fc.tuple(fc.string(), tie('value')), { maxLength: 3 }).map((e) => new Map(e)),
      fc.array(fc.integer(), { maxLength: 3 }).map((e) => new Set(e)),
    ),
  })).value;

  it('survives fork and text', () => {
    fc.assert(
      fc.property(plain, (value) => {
        expect(forkState(value)).toEqual(value);
        expect(decodeState(encodeState(value))).toEqual(value);
      }),
    );
  });

  it('shares API objects, which never change', () => {
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: {} };
    expect(forkState({ pod }).pod).toBe(pod);
  });
});

describe('history', () => {
  it('has one hash however much of it is kept, and however often that is asked', () => {
    const entry = fc.record({ key: fc.string(), asks: fc.boolean(), forks: fc.boolean() });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(entry, { maxLength: 40 }), (tail, texts) => {
        const all = new HistoryLog({ keep: 'all' });
        let short = new HistoryLog({ keep: 'tail', tail });
        texts.forEach(({ key, asks, forks }, i) => {
          for (const log of [all, short])
            log.append({ type: 'world', id: i + 1, at: i, by: 'x', cause: i, key, args: {} });
          if (asks) short.hash();
          if (forks) short = short.fork();
        });
        expect(short.hash()).toBe(all.hash());
        expect(short.count).toBe(all.count);
        expect(short.entries().length).toBeLessThan(2 * tail);
        if (texts.length > 0) expect(short.find(texts.length)).toEqual(all.find(texts.length));
      }),
    );
  });
});
