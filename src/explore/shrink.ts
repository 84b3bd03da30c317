/**
 * Shrinking: from a scenario that fails to one of which nothing can be taken away. Operations are dropped,
 * brought forward, shortened and weakened, then the world gets smaller (fewer nodes, replicas, containers,
 * objects) as long as the faults are still all needed in it; over and over, to a local minimum.
 */
import type { Strike } from '../chaos/schedule.ts';
import { inOrder } from '../chaos/schedule.ts';
import type { FaultCall } from '../chaos/types.ts';
import type { Operation } from '../dsl/operations.ts';
import type { Millis } from '../sim/kernel/types.ts';
import { smallerManifests } from './shrinkmanifest.ts';
import { partsOf, type Concrete } from './trial.ts';

const ROUND_MS = [1, 5, 10, 30, 60, 120, 300].map((s) => s * 1000);

/** Shorter round times first. */
const shorter = (ms: Millis): Millis[] => ROUND_MS.filter((r) => r < ms);

/** On fewer targets; in place of a number left to chance, one that is said. */
const fewer = (mode: string): string[] =>
  mode === 'one' ? [] : mode === 'random' ? ['one', '2', 'all'] : ['one'];

/** Weaker calls of a fault: for a shorter time, on fewer targets. */
function weakerCalls(call: FaultCall): FaultCall[] {
  return [
    ...(call.forMs === undefined ? [] : shorter(call.forMs).map((forMs) => ({ ...call, forMs }))),
    ...fewer(call.mode ?? 'one').map((mode) => ({ ...call, mode })),
  ];
}

/**
 * Schedules with a fault less, then with one earlier or weaker; what begins late is moved to the beginning.
 */
function* smallerSchedules(strikes: readonly Strike[]): Generator<readonly Strike[]> {
  // Halves first: of many faults most do not matter.
  const half = Math.floor(strikes.length / 2);
  if (half > 1) yield* [strikes.slice(0, half), strikes.slice(half)];
  for (let i = 0; i < strikes.length; i += 1) if (strikes.length > 1) yield strikes.filter((_, j) => j !== i);
  const first = Math.min(...strikes.map((s) => s.atMs));
  if (first > 0) yield strikes.map((s) => ({ ...s, atMs: s.atMs - first }));
  for (const [i, s] of strikes.entries()) {
    const others = (w: Strike): Strike[] => inOrder(strikes.map((o, j) => (j === i ? w : o)));
    for (const atMs of [0, ...shorter(s.atMs)]) if (atMs < s.atMs) yield others({ ...s, atMs });
    for (const fault of weakerCalls(s.fault)) yield others({ ...s, fault });
  }
}

function weaker(o: Operation): Iterable<Operation> {
  switch (o.op) {
    case 'pass':
      return shorter(o.durationMs).map((durationMs) => ({ ...o, durationMs }));
    case 'fault':
      return weakerCalls(o.fault).map((fault) => ({ ...o, fault }));
    case 'faults':
      return [...smallerSchedules(o.strikes)].map((strikes) => ({ ...o, strikes }));
    default:
      return [];
  }
}

/** What makes the world smaller. */
function smallerWorld(o: Operation): Iterable<Operation> {
  switch (o.op) {
    case 'cluster':
      return o.nodes > 1
        ? [
            { ...o, nodes: 1 },
            { ...o, nodes: o.nodes - 1 },
          ]
        : [];
    case 'clusterOf':
      return o.nodes.length > 1
        ? o.nodes.map((_, i) => ({ ...o, nodes: o.nodes.filter((__, j) => j !== i) }))
        : [];
    case 'manifest':
      return [...smallerManifests(o.text)].map((text) => ({ ...o, text }));
    default:
      return [];
  }
}

/** Operations between the beginning and the judges that a smaller scenario may do without. */
const isPart = (o: Operation): boolean => o.op !== 'seed' && o.op !== 'moment';

interface Candidate {
  readonly operations: Operation[];
  /** Fewer operations happen. */
  readonly dropped?: boolean;
  /** It begins in a smaller world. */
  readonly world?: boolean;
}

function* candidates({ operations }: Concrete): Generator<Candidate> {
  const { begin, judge } = partsOf(operations);
  const replaced = (i: number, by: readonly Operation[]): Operation[] => [
    ...operations.slice(0, i),
    ...by,
    ...operations.slice(i + 1),
  ];
  for (let i = begin; i < judge; i += 1)
    if (isPart(operations[i]!)) yield { operations: replaced(i, []), dropped: true };
  for (let i = begin; i < judge; i += 1) {
    for (const w of weaker(operations[i]!))
      yield {
        operations: replaced(i, [w]),
        dropped: w.op === 'faults' && w.strikes.length < (operations[i] as typeof w).strikes.length,
      };
  }
  for (let i = 0; i < begin; i += 1) {
    for (const w of smallerWorld(operations[i]!)) yield { operations: replaced(i, [w]), world: true };
  }
}

/** The scenario in which nothing happens. */
const idle = (c: Concrete): Concrete => {
  const { begin, judge } = partsOf(c.operations);
  return { ...c, operations: c.operations.filter((o, i) => i < begin || i >= judge || !isPart(o)) };
};

/** Other chances for a smaller scenario: without an operation every later draw is another. */
function* reseeded(operations: readonly Operation[]): Generator<Operation[]> {
  yield [...operations];
  const at = operations.findIndex((o) => o.op === 'seed');
  if (at < 0) return;
  for (const seed of ['1', '2', '3'])
    yield [...operations.slice(0, at), { op: 'seed', seed }, ...operations.slice(at + 1)];
}

/**
 * @param fails plays a scenario; may be asked some hundred times
 * @param more whether to go on; false ends the shrinking where it is
 */
export function shrink(
  found: Concrete,
  fails: (scenario: Concrete) => boolean,
  more: () => boolean = () => true,
): Concrete {
  let smallest = found;
  const lessIsEnough = (scenario: Concrete): boolean => {
    for (const { operations, world } of candidates(scenario))
      if (world !== true && fails({ ...scenario, operations })) return true;
    return false;
  };
  const next = (): Concrete | undefined => {
    for (const { operations, dropped, world } of candidates(smallest)) {
      for (const chance of dropped === true ? reseeded(operations) : [operations]) {
        if (!more()) return undefined;
        const scenario = { ...smallest, operations: chance };
        if (!fails(scenario)) continue;
        // In a world too small less is enough, or nothing at all, to break the claim: that would be another
        // failure.
        if (world !== true || !(fails(idle(scenario)) || lessIsEnough(scenario))) return scenario;
      }
    }
    return undefined;
  };
  for (;;) {
    const smaller = next();
    if (smaller === undefined) return smallest;
    smallest = smaller;
  }
}
