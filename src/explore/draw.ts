/**
 * What quantifiers allow, as fast-check arbitraries: clusters, faults, when they strike, and what is left to
 * chance.
 */
import fc from 'fast-check';
import type { FaultCatalogue } from '../chaos/catalogue.ts';
import { inOrder, isAimed, lengthOf, unaimed, type Strike } from '../chaos/schedule.ts';
import type { Fault, FaultCall, FaultWorld } from '../chaos/types.ts';
import { wrong } from '../dsl/errors.ts';
import type { Vocabulary } from '../dsl/phrases/vocabulary.ts';
import type { Operation, OperationOf } from '../dsl/operations/operation.ts';
import type { Millis } from '../sim/kernel/types.ts';
import { timing } from './timing.ts';
import type { Concrete } from './trial.ts';

/** Values for a scenario's quantifiers, one each in the order of the operations. */
export interface Draw {
  /** Of the beginning; few, so that beginnings are shared. */
  readonly scene: number;
  /** Of what follows. */
  readonly seed: number;
  readonly timing: readonly Operation[];
  readonly nodes: readonly number[];
  readonly strikes: readonly (readonly Strike[])[];
}

const SEED_SPACE = 0x7fffffff;
/** Different beginnings of one campaign: where Pods are placed at first. */
const SCENES = 8;
const SECOND = 1000;

/**
 * Faults that a search may draw. @throws FaultError for a name that is not in the catalogue, InputError for
 * no name
 */
export function faultsOf(of: OperationOf<'anyFaults'>['of'], faults: FaultCatalogue): readonly Fault[] {
  const drawn = faults.all.filter((f) => !f.remedy);
  if (of === 'all') return drawn;
  if (of === 'voluntary') return drawn.filter((f) => f.voluntary);
  if (of.length === 0) throw wrong('noFaultRows', {});
  return [...new Set(of.map((d) => faults.named(typeof d === 'string' ? d : d.kind)))];
}

/** What a row gives is so, and only the rest is drawn. */
const givenIn = (given: FaultCall, drawn: FaultCall): FaultCall => ({
  ...(isAimed(given) ? unaimed(drawn) : drawn),
  ...given,
});

/**
 * The calls that a search may draw, by the kind of the fault.
 * @throws InputError when none of the faults has a target
 */
export function callsOf(
  of: OperationOf<'anyFaults'>['of'],
  world: FaultWorld,
  faults: FaultCatalogue,
): ReadonlyMap<string, fc.Arbitrary<FaultCall>> {
  const given = typeof of === 'string' ? [] : of.flatMap((d) => (typeof d === 'string' ? [] : [d]));
  const calls = new Map(
    faultsOf(of, faults).flatMap((f) => {
      const drawn = f.arbitrary(world, fc);
      if (drawn === undefined) return [];
      const rows = given.filter((d) => d.kind === f.kind);
      if (rows.length === 0) return [[f.kind, drawn] as const];
      const some = rows.map((row) => drawn.map((call) => givenIn(row, call)));
      return [[f.kind, fc.oneof(...(of.includes(f.kind) ? [drawn] : []), ...some)] as const];
    }),
  );
  if (calls.size === 0) throw wrong('noFaultFits', {});
  return calls;
}

/**
 * Schedules of faults within a time. Swarm testing: each draws from some of the kinds only, so that rare
 * company is met too.
 * @throws InputError when none of the faults has a target
 */
export function schedules(
  { min, max, withinMs, of }: OperationOf<'anyFaults'>,
  world: FaultWorld,
  faults: FaultCatalogue,
): fc.Arbitrary<readonly Strike[]> {
  const calls = [...callsOf(of, world, faults).values()];
  const seconds = Math.max(1, Math.floor(withinMs / SECOND));
  return fc
    .subarray(calls, { minLength: 1 })
    .chain((some) =>
      fc.array(
        fc.record({ atMs: fc.nat(seconds).map((s): Millis => s * SECOND), fault: fc.oneof(...some) }),
        { minLength: min, maxLength: max, size: 'max' },
      ),
    )
    .map(inOrder);
}

function checkRange({ op, min, max }: { op: string; min: number; max: number }): void {
  if (min >= 1 && max >= min) return;
  throw wrong('anyRange', { least: min, most: max, nodes: op === 'anyCluster' });
}

/** @throws InputError when a quantifier allows nothing */
export function draw(
  operations: readonly Operation[],
  world: FaultWorld,
  catalogue: FaultCatalogue,
): fc.Arbitrary<Draw> {
  const clusters = operations.filter((o): o is OperationOf<'anyCluster'> => o.op === 'anyCluster');
  const faults = operations.filter((o): o is OperationOf<'anyFaults'> => o.op === 'anyFaults');
  for (const o of [...clusters, ...faults]) checkRange(o);
  return fc.record({
    scene: fc.noShrink(fc.nat(SCENES - 1)),
    seed: fc.noShrink(fc.integer({ min: 1, max: SEED_SPACE })),
    timing,
    nodes: fc.tuple(...clusters.map(({ min, max }) => fc.integer({ min, max }))),
    strikes: fc.tuple(...faults.map((o) => schedules(o, world, catalogue))),
  });
}

/** What a fault leads to takes time to be noticed. */
const AFTERMATH_MS = 60 * SECOND;

/** Faults, and what is left of the time in which they strike. */
const episode = (strikes: readonly Strike[], withinMs: Millis): Operation[] => [
  { op: 'faults', strikes },
  { op: 'pass', durationMs: Math.max(AFTERMATH_MS, withinMs - lengthOf(strikes)) },
];

/**
 * The concrete scenario of a draw. Its beginning is played with a seed of its own, shared by many draws;
 * before the first thing that happens, chance goes on from the draw's seed, and the components take the
 * draw's time.
 * @param seed of the campaign
 */
export function concrete(
  operations: readonly Operation[],
  drawn: Draw,
  seed: number,
  words: Vocabulary,
): Concrete {
  let cluster = 0;
  let plan = 0;
  const first = operations.findIndex(words.happens);
  const split = first < 0 ? operations.findIndex(words.concludes) : first;
  const fill = (operation: Operation): Operation[] =>
    operation.op === 'anyCluster'
      ? [{ op: 'cluster', nodes: drawn.nodes[cluster++]! }]
      : operation.op === 'anyFaults'
        ? episode(drawn.strikes[plan++]!, operation.withinMs)
        : [operation];
  return {
    seed: String(seed + drawn.scene),
    operations: [
      ...operations.slice(0, split).flatMap(fill),
      { op: 'seed', seed: String(drawn.seed) },
      ...drawn.timing,
      ...operations.slice(split).flatMap(fill),
    ],
  };
}

/** A seed as fast-check takes them: a number, or one made of a word. */
export function numericSeed(seed: string | number): number {
  const n = Number(seed);
  if (Number.isInteger(n)) return n;
  let hash = 7;
  for (const c of String(seed)) hash = (hash * 31 + c.codePointAt(0)!) % SEED_SPACE;
  return hash;
}
