/** Faults that are on: how each is undone, whatever else is on in its place. */
import type { Millis } from '../sim/kernel/types.ts';
import type { FaultCatalogue } from './catalogue.ts';
import type { FaultCall, PhysicalContext, Struck } from './types.ts';

/** A fault that is on. */
export interface ActiveFault {
  readonly id: number;
  readonly call: FaultCall;
  struck: Struck;
  readonly namespace: string;
  /** When it is over; absent: when something heals it. */
  readonly untilMs?: Millis;
}

/** Plain data. */
export interface ActiveFaults {
  nextId: number;
  /** In the order of their strikes. */
  active: ActiveFault[];
}

const groupOf = ({ call }: ActiveFault, faults: FaultCatalogue): string =>
  faults.named(call.kind).group ?? call.kind;
/** A target, told from others that had its name or will have it. */
const spotOf = ({ identities }: Struck, target: string): string => `${target} ${identities?.[target] ?? ''}`;
const spotsOf = (struck: Struck): string[] => struck.targets.map((target) => spotOf(struck, target));

/** Whether two strikes of a group put a value in place of another at the same spot. */
const sameSpot = (a: ActiveFault, b: ActiveFault, faults: FaultCatalogue): boolean =>
  groupOf(a, faults) === groupOf(b, faults) &&
  a.call.key === b.call.key &&
  a.call.resource === b.call.resource &&
  spotsOf(a.struck).some((spot) => spotsOf(b.struck).includes(spot));

/**
 * Undoes a fault. What a later strike of its kind still holds stays as it is: of a state (no power), the last
 * to end undoes it for all; of a value (a number of replicas), the next later strike is given what was there
 * before, to put back in its turn.
 */
export function undo(
  state: ActiveFaults,
  fault: ActiveFault,
  ctx: PhysicalContext,
  faults: FaultCatalogue,
): void {
  const { heal, stacks } = faults.named(fault.call.kind);
  state.active = state.active.filter((f) => f !== fault);
  if (stacks === 'values') {
    const later = state.active.find((f) => f.id > fault.id && sameSpot(f, fault, faults));
    if (later !== undefined) {
      const before = Object.entries(fault.struck.undo ?? {}).filter(
        ([key]) => key === 'before' || spotsOf(later.struck).includes(spotOf(fault.struck, key)),
      );
      later.struck = { ...later.struck, undo: { ...later.struck.undo, ...Object.fromEntries(before) } };
      return;
    }
  }
  const held = new Set(
    stacks !== undefined
      ? []
      : state.active.filter((f) => f.call.kind === fault.call.kind).flatMap((f) => spotsOf(f.struck)),
  );
  const targets = fault.struck.targets.filter((t) => !held.has(spotOf(fault.struck, t)));
  if (targets.length === 0) return;
  try {
    heal?.(fault.call, { ...fault.struck, targets }, ctx);
  } catch (error) {
    state.active.push(fault);
    throw error;
  }
}

/** Takes a fault that has struck among those that are on. @param now from when its time counts */
export function takeOn(
  state: ActiveFaults,
  call: FaultCall,
  struck: Struck,
  namespace: string,
  now: Millis,
): ActiveFault {
  const lastsMs = call.forMs ?? struck.overMs;
  const active: ActiveFault = {
    id: state.nextId,
    call,
    struck,
    namespace,
    ...(lastsMs === undefined ? {} : { untilMs: now + lastsMs }),
  };
  state.nextId += 1;
  state.active.push(active);
  return active;
}
