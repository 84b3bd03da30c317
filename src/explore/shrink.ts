/**
 * Shrinking: from a scenario that fails to one of which nothing can be taken away. Operations are dropped,
 * brought forward, shortened and weakened, then the world gets smaller (fewer nodes, replicas, containers,
 * objects) as long as the faults are still all needed in it; over and over, to a local minimum.
 */
import type { Vocabulary } from '../dsl/phrases/vocabulary.ts';
import type { Operation } from '../dsl/operations/operation.ts';
import { partsOf, type Concrete } from './trial.ts';

/** Operations between the beginning and the judges that a smaller scenario may do without. */
const isPart = (o: Operation, words: Vocabulary): boolean => words.familyOf(o).shrink?.droppable !== false;

interface Candidate {
  readonly operations: Operation[];
  /** Fewer operations happen. */
  readonly dropped?: boolean;
  /** It begins in a smaller world. */
  readonly world?: boolean;
}

function* candidates({ operations }: Concrete, words: Vocabulary): Generator<Candidate> {
  const { begin, judge } = partsOf(operations, words);
  const replaced = (i: number, by: readonly Operation[]): Operation[] => [
    ...operations.slice(0, i),
    ...by,
    ...operations.slice(i + 1),
  ];
  for (let i = begin; i < judge; i += 1)
    if (isPart(operations[i]!, words)) yield { operations: replaced(i, []), dropped: true };
  for (let i = begin; i < judge; i += 1) {
    const operation = operations[i]!;
    for (const w of words.familyOf(operation).shrink?.weaker?.(operation) ?? [])
      yield { operations: replaced(i, [w]), dropped: words.sizeOf(w) < words.sizeOf(operation) };
  }
  for (let i = 0; i < begin; i += 1) {
    const operation = operations[i]!;
    for (const w of words.familyOf(operation).shrink?.smallerWorld?.(operation) ?? [])
      yield { operations: replaced(i, [w]), world: true };
  }
}

/** The scenario in which nothing happens. */
const idle = (c: Concrete, words: Vocabulary): Concrete => {
  const { begin, judge } = partsOf(c.operations, words);
  return { ...c, operations: c.operations.filter((o, i) => i < begin || i >= judge || !isPart(o, words)) };
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
 * @param what only what happens, or the world in which it does, too
 */
export function shrink(
  found: Concrete,
  fails: (scenario: Concrete) => boolean,
  words: Vocabulary,
  more: () => boolean = () => true,
  what: 'faults' | 'all' = 'all',
): Concrete {
  let smallest = found;
  const lessIsEnough = (scenario: Concrete): boolean => {
    for (const { operations, world } of candidates(scenario, words))
      if (world !== true && fails({ ...scenario, operations })) return true;
    return false;
  };
  const next = (): Concrete | undefined => {
    for (const { operations, dropped, world } of candidates(smallest, words)) {
      if (world === true && what === 'faults') continue;
      for (const chance of dropped === true ? reseeded(operations) : [operations]) {
        if (!more()) return undefined;
        const scenario = { ...smallest, operations: chance };
        if (!fails(scenario)) continue;
        // In a world too small less is enough, or nothing at all, to break the claim: that would be another
        // failure.
        if (world !== true || !(fails(idle(scenario, words)) || lessIsEnough(scenario))) return scenario;
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
