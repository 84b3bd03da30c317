/** What the runs before met steers what a run draws, and who plays them makes no difference. */
import fc from 'fast-check';
import seedrandom from 'seedrandom';
import { describe, expect, it } from 'vitest';
import type { FaultCall } from '../chaos/types.ts';
import { guidanceAt, runBatch, scenarioOf, type Campaign } from './campaign.ts';
import { freshBeginnings } from './freshbeginnings.ts';
import { guidedSchedules, learn, STRETCH, stretchOf, unguided, type Guidance } from './guidance.ts';
import { claimsOf } from './scene.ts';
import { WEB_SCENE } from './testing.ts';

const campaign: Campaign = {
  name: 'web',
  seed: 1,
  scene: WEB_SCENE,
  claims: claimsOf(WEB_SCENE),
  faults: { min: 1, max: 3, withinMs: 120_000, of: ['NodePowerLoss', 'PodDelete', 'KubeletStop'] },
  guided: true,
};

const callsOf = (kinds: readonly string[]): ReadonlyMap<string, fc.Arbitrary<FaultCall>> =>
  new Map(kinds.map((kind) => [kind, fc.constant<FaultCall>({ kind })]));

const chances = fc.integer().map((seed): (() => number) => seedrandom.alea(String(seed)));

/** What is drawn many times over with the same guidance. */
function drawn(
  guidance: Guidance,
  kinds: readonly string[],
  changes: readonly string[] = [],
): { readonly runs: string[][]; strikes: string[]; followed: number[] } {
  const schedules = fc.sample(
    chances.chain((chance) =>
      guidedSchedules(guidance, { min: 1, max: 3, withinMs: 60_000 }, callsOf(kinds), changes, chance),
    ),
    { numRuns: 300, seed: 1 },
  );
  return {
    runs: schedules.map(({ strikes }) => strikes.map((s) => s.fault.kind)),
    strikes: schedules.flatMap(({ strikes }) => strikes.map((s) => s.fault.kind)),
    followed: schedules.flatMap(({ followed }) => (followed === undefined ? [] : [followed])),
  };
}
const times = <T>(values: readonly T[], value: T): number => values.filter((v) => v === value).length;

describe('a guided schedule', () => {
  it('keeps to what was asked, whatever was met before', () => {
    const kinds = ['A', 'B', 'C'];
    const strike = fc.record({
      atMs: fc.nat(60),
      fault: fc.constantFrom(...kinds).map((kind) => ({ kind })),
    });
    const guidances = fc.record({
      met: fc.dictionary(
        fc.constantFrom('A × ready', 'B × off', 'A, then B'),
        fc.integer({ min: 1, max: 9 }),
      ),
      kinds: fc.dictionary(fc.constantFrom(...kinds), fc.record({ struck: fc.nat(9), fresh: fc.nat(9) })),
      kept: fc.array(
        fc.record({
          strikes: fc.array(strike, { minLength: 1, maxLength: 4 }),
          pairs: fc.subarray(['A × ready', 'B × off', 'C × on']),
          followed: fc.nat(5),
        }),
      ),
    });
    fc.assert(
      fc.property(
        guidances.chain((guidance) =>
          fc.record({
            bounds: fc
              .tuple(fc.integer({ min: 1, max: 4 }), fc.nat(4), fc.integer({ min: 60, max: 600_000 }))
              .map(([min, more, withinMs]) => ({ min, max: min + more, withinMs })),
            chance: chances,
            changes: fc.subarray(kinds),
            guidance: fc.constant(guidance),
          }),
        ),
        fc.integer(),
        ({ bounds, chance, changes, guidance }, seed) => {
          const before = JSON.stringify(guidance);
          const [one] = fc.sample(guidedSchedules(guidance, bounds, callsOf(kinds), changes, chance), {
            numRuns: 1,
            seed,
          });
          const at = one!.strikes.map((s) => s.atMs);
          expect(one!.strikes.length).toBeGreaterThanOrEqual(bounds.min);
          expect(one!.strikes.length).toBeLessThanOrEqual(bounds.max);
          expect(at).toEqual([...at].sort((a, b) => a - b));
          expect(Math.min(...at)).toBeGreaterThanOrEqual(0);
          expect(Math.max(...at)).toBeLessThanOrEqual(bounds.withinMs);
          for (const { fault } of one!.strikes) expect(kinds).toContain(fault.kind);
          expect(JSON.stringify(guidance)).toBe(before);
        },
      ),
    );
  });

  it('has more of the kinds that seldom struck, or that still come to something new', () => {
    const kinds = { old: { struck: 6, fresh: 1 }, fruitful: { struck: 6, fresh: 6 } };
    const guidance = { ...unguided(), kinds };
    const known = drawn(guidance, ['old', 'fruitful']).strikes;
    expect(times(known, 'fruitful')).toBeGreaterThan(2 * times(known, 'old'));
    const all = drawn(guidance, ['old', 'fruitful', 'unknown']).strikes;
    expect(times(all, 'unknown')).toBeGreaterThan(2 * times(all, 'fruitful'));
  });

  it('has more pairs of faults that were seldom together', () => {
    const met = { 'A, then B': 30, 'A, then A': 30, 'nothing, then B': 60, 'nothing, then C': 60 };
    const { strikes } = drawn({ ...unguided(), met }, ['A', 'B', 'C']);
    expect(times(strikes, 'C')).toBeGreaterThan(1.5 * times(strikes, 'B'));
  });

  it('mostly has as many faults as it may, where kinds are many', () => {
    const few = drawn(unguided(), ['A', 'B']).strikes.length;
    const many = drawn(unguided(), [...'ABCDEFG']).strikes.length;
    expect(many).toBeGreaterThan(835);
    expect(few).toBeLessThan(835);
  });

  it('mostly has a change of a workload, where kinds are many', () => {
    const changed = (kinds: readonly string[], changes: readonly string[]): number =>
      drawn(unguided(), kinds, changes).runs.filter((run) => run.includes('A')).length;
    const many = [...'ABCDEFGHIJKLMNOPQRST'];
    expect(changed(many, ['A'])).toBeGreaterThan(180);
    expect(changed(many, [])).toBeLessThan(60);
    // They are not all that there is.
    expect(changed(many, ['A'])).toBeLessThan(240);
    expect(changed(['A', 'B', 'C'], ['A'])).toEqual(changed(['A', 'B', 'C'], []));
  });

  it('often begins at once, where kinds are few', () => {
    const early = (kinds: readonly string[]): number =>
      fc
        .sample(
          chances.chain((chance) =>
            guidedSchedules(unguided(), { min: 1, max: 3, withinMs: 600_000 }, callsOf(kinds), [], chance),
          ),
          { numRuns: 300, seed: 1 },
        )
        .filter(({ strikes }) => strikes[0]!.atMs <= 5000).length;
    expect(early(['A', 'B'])).toBeGreaterThan(60);
    expect(early([...'ABCDEFG'])).toBeLessThan(30);
  });

  it('has calls that were made seldom', () => {
    const calls = new Map([['A', fc.constantFrom('a', 'b').map((node): FaultCall => ({ kind: 'A', node }))]]);
    const met = { [JSON.stringify({ kind: 'A', node: 'a' })]: 1 };
    const schedules = fc.sample(
      chances.chain((chance) =>
        guidedSchedules({ ...unguided(), met }, { min: 1, max: 3, withinMs: 60_000 }, calls, [], chance),
      ),
      { numRuns: 100, seed: 1 },
    );
    const nodes = schedules.flatMap(({ strikes }) => strikes.map(({ fault }) => fault.node));
    expect(times(nodes, 'b')).toBeGreaterThan(5 * times(nodes, 'a'));
  });

  it('takes up what met a rare state more often, and what was taken up less often', () => {
    const strikes = [{ atMs: 0, fault: { kind: 'A' } }];
    const kept = [
      { strikes, pairs: ['A × ready'], followed: 0 },
      { strikes, pairs: ['A × ready', 'A × off'], followed: 0 },
      { strikes, pairs: ['A × off'], followed: 9 },
    ];
    const kinds = { A: { struck: 9, fresh: 1 } };
    const guidance = { met: { 'A × ready': 20, 'A × off': 1 }, kinds, kept };
    const { followed } = drawn(guidance, ['A']);
    expect(times(followed, 1)).toBeGreaterThan(3 * times(followed, 0));
    expect(times(followed, 1)).toBeGreaterThan(3 * times(followed, 2));
    // What was never tried comes first.
    expect(drawn({ ...guidance, kinds: {} }, ['A']).followed).toEqual([]);
  });
});

describe('what is learnt of a run', () => {
  it('is what a fault met, what came of it until the next, and which came before', () => {
    const guidance = unguided();
    const entry = (id: number, key: string) =>
      ({ type: 'world', id, at: id, by: 'x', cause: 0, key, args: {} }) as const;
    const strikes = ['A', 'B'].map((kind) => ({ atMs: 0, fault: { kind } }));
    const run = { scenario: { seed: '1', operations: [{ op: 'faults', strikes }] as const } };
    const meetings = [
      { kind: 'A', pairs: ['A × ready'], entry: 1 },
      { kind: 'B', pairs: ['B × off'], entry: 3 },
    ];
    learn(guidance, run, meetings, [entry(1, 'one'), entry(2, 'two'), entry(3, 'three'), entry(4, 'four')]);
    expect(Object.keys(guidance.met).sort()).toEqual(
      [
        'A × ready',
        'A × ready: three',
        'A × ready: two',
        'A, then B',
        'B × off',
        'B × off: four',
        'nothing, then A',
        '{"kind":"A"}',
        '{"kind":"B"}',
      ].sort(),
    );
    expect(guidance.kept).toEqual([{ strikes, pairs: ['A × ready', 'B × off'], followed: 0 }]);
    learn(guidance, run, meetings, [entry(1, 'one'), entry(2, 'two'), entry(3, 'three'), entry(4, 'four')]);
    expect(guidance.kinds['A']).toEqual({ struck: 2, fresh: 1 });
    expect(guidance.kept).toHaveLength(1);
  });
});

describe('a guided campaign', () => {
  it('comes to the same in whatever batches, and where a batch begins within a stretch', () => {
    const whole = runBatch(campaign, 0, 9, freshBeginnings(), { hash: true });
    const first = runBatch(campaign, 0, 4, freshBeginnings(), { hash: true });
    const next = runBatch(campaign, 4, 9, freshBeginnings(), { hash: true, guidance: first.guidance! });
    const alone = runBatch(campaign, 4, 9, freshBeginnings(), { hash: true });
    expect([...first.hashes, ...next.hashes]).toEqual(whole.hashes);
    expect(alone).toEqual(next);
    expect(alone.guidance).toEqual(whole.guidance);
  });

  it('draws otherwise than one that is not, and learns nothing of another stretch', () => {
    const b = freshBeginnings();
    const guidance = guidanceAt(campaign, 5, b)!;
    const { guided: _, ...undirected } = campaign;
    expect(scenarioOf(campaign, 5, freshBeginnings(), guidance)).not.toEqual(
      scenarioOf(campaign, 5, freshBeginnings()),
    );
    expect(scenarioOf(undirected, 5, freshBeginnings(), guidance)).toEqual(
      scenarioOf(undirected, 5, freshBeginnings()),
    );
    expect([0, STRETCH - 1, STRETCH].map(stretchOf)).toEqual([0, 0, STRETCH]);
    expect(guidanceAt(campaign, STRETCH, b)).toEqual(unguided());
  });
});
