/** What a property scenario's quantifiers allow, as fast-check arbitraries: clusters, faults, and when they strike. */
import fc from 'fast-check';
import { FAULTS } from '../chaos/index.ts';
import { inOrder, type Strike } from '../chaos/schedule.ts';
import type { Fault, FaultWorld } from '../chaos/types.ts';
import { InputError } from '../dsl/errors.ts';
import type { Operation, OperationOf } from '../dsl/operations.ts';

/** Values for a scenario's quantifiers, one each in the order of the operations. */
export interface Draw {
  readonly nodes: readonly number[];
  readonly strikes: readonly (readonly Strike[])[];
}

const SECOND = 1000;

function faultsOf(of: OperationOf<'anyFaults'>['of']): readonly Fault[] {
  const drawn = FAULTS.filter((f) => !f.remedy);
  if (of === 'all') return drawn;
  if (of === 'voluntary') return drawn.filter((f) => f.voluntary);
  if (of.length === 0) throw new InputError('the table of faults names none');
  return of.map((kind) => {
    const found = FAULTS.find((f) => f.kind === kind);
    if (found === undefined) throw new InputError(`there is no fault "${kind}"; there are ${FAULTS.map((f) => f.kind).join(', ')}`);
    return found;
  });
}

function strikes(operation: OperationOf<'anyFaults'>, world: FaultWorld): fc.Arbitrary<readonly Strike[]> {
  const calls = faultsOf(operation.of).flatMap((f) => f.arbitrary(world) ?? []);
  if (calls.length === 0) throw new InputError('none of these faults has a target in this scenario: apply a workload first');
  const { min, max, withinMs } = operation;
  const seconds = Math.max(1, Math.floor(withinMs / SECOND));
  // Swarm testing: each run draws from some of the kinds only, so that rare company is met too.
  const swarm = fc.subarray(calls, { minLength: 1 }).chain((some) => fc.array(
    fc.record({ atMs: fc.nat(seconds).map((s) => s * SECOND), fault: fc.oneof(...some) }), { minLength: min, maxLength: max, size: 'max' }));
  return swarm.map(inOrder);
}

function checkRange({ op, min, max }: { op: string; min: number; max: number }): void {
  if (min >= 1 && max >= min) return;
  throw new InputError(`any ${min} to ${max} ${op === 'anyCluster' ? 'nodes' : 'faults'}: the first number is at least 1, and not above the second`);
}

/** @throws InputError when a quantifier allows nothing */
export function draw(operations: readonly Operation[], world: FaultWorld): fc.Arbitrary<Draw> {
  const clusters = operations.filter((o): o is OperationOf<'anyCluster'> => o.op === 'anyCluster');
  const faults = operations.filter((o): o is OperationOf<'anyFaults'> => o.op === 'anyFaults');
  for (const o of [...clusters, ...faults]) checkRange(o);
  return fc.record({
    nodes: fc.tuple(...clusters.map(({ min, max }) => fc.integer({ min, max }))),
    strikes: fc.tuple(...faults.map((o) => strikes(o, world))),
  });
}

/** The concrete scenario of a draw: a schedule of faults stands where the quantifier stood. */
export function concrete(operations: readonly Operation[], drawn: Draw): Operation[] {
  let cluster = 0;
  let plan = 0;
  return operations.flatMap((operation): Operation[] => {
    if (operation.op === 'anyCluster') return [{ op: 'cluster', nodes: drawn.nodes[cluster++]! }];
    if (operation.op !== 'anyFaults') return [operation];
    return [{ op: 'faults', strikes: drawn.strikes[plan++]! }];
  });
}
