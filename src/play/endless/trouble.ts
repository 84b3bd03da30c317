/** Trouble that does not mend itself: schedules of faults are drawn, and kept as short as they break. */
import fc from 'fast-check';
import type { Strike } from '../../chaos/schedule.ts';
import type { AssertOperation, Operation } from '../../dsl/operations/operation.ts';
import { inSteps, schedulesFor } from '../drawn.ts';
import { PATIENCE_MS } from '../checklevel.ts';
import { after, holdNow } from '../holds.ts';
import type { Live } from '../live.ts';

/** What breaks something at once, and an operator can mend. */
const BREAKING = [
  'ContainerCrashLoop',
  'ContainerErrors',
  'ContainerFillsStorage',
  'ContainerHang',
  'ContainerRefuse',
  'ContainerSlowAnswers',
  'FileDelete',
  'Scale',
  'WrongImage',
];
/** What nobody notices, until Pods are to be made anew. */
const SILENT = [
  'ConfigMapDeleted',
  'NodeCordon',
  'NodeDrain',
  'NodePowerLoss',
  'NodeShutdown',
  'QuotaLowered',
];
const TELLING = ['ConfigUpdate', 'ImageUpdate', 'PodDelete', 'PodEvict'];

/** What a fault does until somebody mends it. */
const lasting = (strikes: readonly Strike[]): Strike[] =>
  strikes.map(({ atMs, fault: { forMs: _, ...fault } }) => ({ atMs, fault }));

/** One fault that breaks something, or (more often) two that do it together. */
function plansFor(live: Live): fc.Arbitrary<readonly Strike[]> {
  const one = (of: readonly string[]): fc.Arbitrary<readonly Strike[]> =>
    schedulesFor(live, WITHIN_MS, of, 1);
  const both = fc
    .tuple(one(SILENT), one(TELLING))
    .map(([[silent], [telling]]) => [silent!, { ...telling!, atMs: silent!.atMs + telling!.atMs }]);
  return fc.oneof({ arbitrary: one(BREAKING), weight: 1 }, { arbitrary: both, weight: 4 }).map(lasting);
}

/** Schedules that are drawn for a scene, and the time in which they strike. */
const DRAWS = 12;
const WITHIN_MS = 60_000;
/** How long ago it happened when the level begins. */
const AGO_MS = 480_000;

/** What happens, and the time since; undefined where the goals hold then, or come to hold by themselves. */
function breaks(
  live: Live,
  strikes: readonly Strike[],
  goals: readonly AssertOperation[],
): readonly Operation[] | undefined {
  const operations: Operation[] = [...inSteps(strikes), { op: 'pass', durationMs: AGO_MS }];
  const struck = after(live, operations);
  if (struck === undefined || holdNow(struck, goals)) return undefined;
  struck.pass(PATIENCE_MS);
  return holdNow(struck, goals) ? undefined : operations;
}

/** Ways to break what holds, one fault where one is enough. */
export function* troublesOf(
  live: Live,
  goals: readonly AssertOperation[],
  seed: number,
): Generator<readonly Operation[]> {
  for (const strikes of fc.sample(plansFor(live), { numRuns: DRAWS, seed })) {
    const found = breaks(live, strikes, goals);
    if (found === undefined) continue;
    const alone = strikes.length === 1 ? [] : strikes.map(({ fault }) => [{ atMs: 0, fault }]);
    yield alone.map((one) => breaks(live, one, goals)).find((one) => one !== undefined) ?? found;
  }
}
