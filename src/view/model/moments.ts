/** The moments of a run that matter: a fault struck, what first came of it, a claim broke, all recovered. */
import type { EntryId, Millis } from '../../sim/kernel/types.ts';
import type { Entry, Happened, Step } from '../run.ts';
import { chainOf } from '../session.ts';
import { apiState, isPod, truthsAt } from './lanes.ts';

export const MOMENT_KINDS = ['struck', 'consequence', 'broke', 'recovered'] as const;
export type MomentKind = (typeof MOMENT_KINDS)[number];

export interface Moment {
  readonly kind: MomentKind;
  readonly at: Millis;
  readonly entry?: EntryId;
}

/** A fault, as long as it is known to last. */
export interface FaultBar {
  readonly from: Millis;
  /** Absent: it strikes, and that is all that is known. */
  readonly to?: Millis;
  readonly kind: string;
  readonly entry: EntryId;
}

interface FaultArgs {
  readonly fault?: { readonly kind?: string; readonly forMs?: Millis };
}

/** What an operator does with a node, or what mends it, is no fault. */
const NO_FAULTS = ['NodeCordon', 'NodeUncordon', 'NodePowerOn'];

/** What befalls a machine in an operation that does more than strike a fault. */
const BLOWS = ['nodeReboots', 'nodeLostPower', 'nodeShutsDown'];

/** @param operation what an entry goes back to: a fault's own consequences are no faults of their own */
function faultOf(entry: Entry, operation: Entry | undefined): FaultArgs['fault'] | undefined {
  if (entry.type === 'world' && BLOWS.includes(entry.key))
    return operation?.type === 'operation' && operation.key !== 'fault' ? { kind: entry.key } : undefined;
  if (entry.type !== 'operation' || entry.key !== 'fault') return undefined;
  const { fault } = entry.args as FaultArgs;
  return fault?.kind === undefined || NO_FAULTS.includes(fault.kind) ? undefined : fault;
}

export function faultBars({ entries, endedAt }: Happened): FaultBar[] {
  const byId = new Map(entries.map((e) => [e.id, e]));
  return entries.flatMap((entry): FaultBar[] => {
    const fault = faultOf(entry, chainOf(byId, entry.id).at(-1));
    if (fault === undefined) return [];
    const to = fault.forMs === undefined ? undefined : Math.min(endedAt, entry.at + fault.forMs);
    return [{ from: entry.at, kind: fault.kind!, entry: entry.id, ...(to === undefined ? {} : { to }) }];
  });
}

/** How many Pods the API calls ready at a moment that serve. */
const healthyAt = ({ truths }: Happened, at: Millis): number =>
  truthsAt(truths, at).filter((t) => isPod(t) && apiState(t) === 'ready' && t.serving).length;

export function momentsOf(run: Happened, steps: readonly Step[]): Moment[] {
  const moments: Moment[] = [];
  const faults = faultBars(run);
  for (const { from, entry } of faults) moments.push({ kind: 'struck', at: from, entry });
  const [first] = faults;
  if (first !== undefined) {
    const consequence = run.entries.find(
      (e) =>
        e.id > first.entry &&
        e.type === 'api' &&
        (e.kind === 'Node' || e.kind === 'Pod') &&
        e.by !== 'user' &&
        e.says.some((m) => m.key === 'condition' || m.key === 'markedForDeletion' || m.key === 'deleted'),
    );
    if (consequence !== undefined)
      moments.push({ kind: 'consequence', at: consequence.at, entry: consequence.id });
    const last = faults[faults.length - 1]!;
    const before = healthyAt(run, first.from - 1);
    const changes = [...new Set(run.truths.map((t) => t.at))].filter((t) => t >= last.from);
    const fell = changes.find((t) => healthyAt(run, t) < before);
    const recovered =
      fell === undefined ? undefined : changes.find((t) => t > fell && healthyAt(run, t) >= before);
    if (recovered !== undefined) moments.push({ kind: 'recovered', at: recovered });
  }
  for (const { verdict } of steps)
    if (verdict?.holds === false)
      moments.push({
        kind: 'broke',
        at: verdict.at,
        ...(verdict.entry === undefined ? {} : { entry: verdict.entry }),
      });
  return moments.sort((a, b) => a.at - b.at);
}
