/** What a property scenario's quantifiers allow, as fast-check arbitraries: clusters, faults, and when they strike. */
import fc from 'fast-check';
import { FAULTS } from '../chaos/index.ts';
import type { Fault, FaultCall, FaultField } from '../chaos/types.ts';
import { InputError } from '../dsl/errors.ts';
import type { Operation, OperationOf } from '../dsl/operations.ts';
import type { Millis } from '../sim/kernel/types.ts';

/** One drawn fault: how long after the one before, and which. */
export interface Strike {
  readonly afterMs: Millis;
  readonly fault: FaultCall;
}

/** Values for a scenario's quantifiers, one each in the order of the operations. */
export interface Draw {
  readonly nodes: readonly number[];
  readonly strikes: readonly (readonly Strike[])[];
}

/** What faults may aim at. */
export interface Targets {
  /** Names of the nodes that every drawn cluster has. */
  readonly nodes: readonly string[];
  /** Label selectors of the workloads' pods. */
  readonly selectors: readonly string[];
}

const SECOND = 1000;
/** Durations that read well, shortest first, so that shrinking ends in one of them. */
const DURATIONS_MS = [1, 10, 30, 60, 90, 120, 300, 600].map((s) => s * SECOND);

type Draws = Partial<Record<FaultField, fc.Arbitrary<unknown>>>;

function drawsFor(targets: Targets): Draws {
  const nodes = targets.nodes.length > 0 ? fc.constantFrom(...targets.nodes) : undefined;
  return {
    ...(nodes === undefined ? {} : { node: nodes, otherNode: nodes }),
    ...(targets.selectors.length > 0 ? { selector: fc.constantFrom(...targets.selectors) } : {}),
    exitCode: fc.constantFrom(1, 137),
    forMs: fc.constantFrom(...DURATIONS_MS),
  };
}

/** Calls of a fault by those of its phrases whose fields can all be drawn; one that heals is drawn with the time it lasts. */
function callsOf(fault: Fault, draws: Draws): fc.Arbitrary<FaultCall>[] {
  const sayable = fault.phrases.filter((p) => p.fields.every((f) => draws[f] !== undefined));
  const lasting = sayable.filter((p) => p.fields.includes('forMs'));
  return (lasting.length > 0 ? lasting : sayable).map((p) => fc
    .record(Object.fromEntries(p.fields.map((f) => [f, draws[f]!])))
    .filter((fields) => fields['otherNode'] === undefined || fields['otherNode'] !== fields['node'])
    .map((fields) => ({ kind: fault.kind, ...p.fixed, ...fields }) as FaultCall));
}

function faultsOf(of: OperationOf<'anyFaults'>['of']): readonly Fault[] {
  if (of === 'all') return FAULTS;
  if (of === 'voluntary') return FAULTS.filter((f) => f.voluntary);
  if (of.length === 0) throw new InputError('the table of faults names none');
  return of.map((kind) => {
    const found = FAULTS.find((f) => f.kind === kind);
    if (found === undefined) throw new InputError(`there is no fault "${kind}"; there are ${FAULTS.map((f) => f.kind).join(', ')}`);
    return found;
  });
}

function strikes(operation: OperationOf<'anyFaults'>, targets: Targets): fc.Arbitrary<readonly Strike[]> {
  const calls = faultsOf(operation.of).flatMap((f) => callsOf(f, drawsFor(targets)));
  if (calls.length === 0) throw new InputError('none of these faults has a target in this scenario: apply a workload first');
  const { min, max, withinMs } = operation;
  const seconds = Math.max(1, Math.floor(withinMs / SECOND));
  // Swarm testing: each run draws from some of the kinds only, so that rare company is met too.
  const swarm = fc.subarray(calls, { minLength: 1 }).chain((some) => fc.array(
    fc.record({ at: fc.nat(seconds), fault: fc.oneof(...some) }), { minLength: min, maxLength: max, size: 'max' }));
  return swarm.map((drawn) => {
    const sorted = drawn.map((d, i) => ({ ...d, i })).sort((a, b) => a.at - b.at || a.i - b.i);
    return sorted.map(({ at, fault }, i) => ({ afterMs: (at - (sorted[i - 1]?.at ?? 0)) * SECOND, fault }));
  });
}

function checkRange({ op, min, max }: { op: string; min: number; max: number }): void {
  if (min >= 1 && max >= min) return;
  throw new InputError(`any ${min} to ${max} ${op === 'anyCluster' ? 'nodes' : 'faults'}: the first number is at least 1, and not above the second`);
}

/** @throws InputError when a quantifier allows nothing */
export function draw(operations: readonly Operation[], targets: Targets): fc.Arbitrary<Draw> {
  const clusters = operations.filter((o): o is OperationOf<'anyCluster'> => o.op === 'anyCluster');
  const faults = operations.filter((o): o is OperationOf<'anyFaults'> => o.op === 'anyFaults');
  for (const o of [...clusters, ...faults]) checkRange(o);
  return fc.record({
    nodes: fc.tuple(...clusters.map(({ min, max }) => fc.integer({ min, max }))),
    strikes: fc.tuple(...faults.map((o) => strikes(o, targets))),
  });
}

/** The concrete scenario of a draw: time passes and faults strike where the quantifiers stood. */
export function concrete(operations: readonly Operation[], drawn: Draw): Operation[] {
  let cluster = 0;
  let plan = 0;
  return operations.flatMap((operation): Operation[] => {
    if (operation.op === 'anyCluster') return [{ op: 'cluster', nodes: drawn.nodes[cluster++]! }];
    if (operation.op !== 'anyFaults') return [operation];
    return drawn.strikes[plan++]!.flatMap(({ afterMs, fault }): Operation[] =>
      [...(afterMs > 0 ? [{ op: 'pass', durationMs: afterMs } as const] : []), { op: 'fault', fault }]);
  });
}
