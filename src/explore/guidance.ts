/**
 * Guidance: what the runs before met steers what a run draws. Coverage is of a fault, the state of what it
 * met, and what the components did from then on until the next fault (their branches, as the history tells
 * them), of which fault came after which, and of calls: a fault with its target and parameters. Kinds that
 * still show something new, calls that were made seldom, and pairs of faults that were seldom together, are
 * drawn more often; where kinds are many, most runs have a change of a workload among their faults; when most
 * kinds have struck, a schedule that came to something new is taken up again, with some of its faults left
 * out and others struck soon after those that are left, while their states last.
 *
 * Guidance begins anew in every stretch of so many runs. What a run draws follows from the seed, its number
 * and the runs of its stretch before it, so that stretches are played anywhere and in any order, and come to
 * the same.
 */
import fc from 'fast-check';
import { inOrder, type Strike } from '../chaos/schedule.ts';
import type { FaultCall } from '../chaos/types.ts';
import { entriesAfter } from '../dsl/state.ts';
import type { OperationOf } from '../dsl/operations/operation.ts';
import type { Concrete } from './trial.ts';
import { changesOf } from '../messages/changes.ts';
import type { ApiChange, HistoryEntry } from '../sim/kernel/history.ts';
import type { EntryId, Millis } from '../sim/kernel/types.ts';

/** Runs that learn of each other. */
export const STRETCH = 64;

/** The first run of the stretch that a run belongs to. */
export const stretchOf = (run: number): number => run - (run % STRETCH);

/** A schedule that came to something new. */
interface Kept {
  readonly strikes: readonly Strike[];
  /** The faults and states that it met. */
  readonly pairs: readonly string[];
  /** How often it was taken up again. */
  followed: number;
}

/** What the runs of a stretch met so far: plain data. */
export interface Guidance {
  /** In how many runs each was met: a fault and a state, what came of it, a fault after another, a call. */
  readonly met: Record<string, number>;
  /** In how many runs each kind struck, and in how many of them it came to something new. */
  readonly kinds: Record<string, { struck: number; fresh: number }>;
  readonly kept: Kept[];
}

export const unguided = (): Guidance => ({ met: {}, kinds: {}, kept: [] });

/** A fault of a run, as it was met. */
export interface Meeting {
  readonly kind: string;
  /** It and the states of its targets: `PodDelete × ready`. */
  readonly pairs: readonly string[];
  /** The last entry of the history when it had struck. */
  readonly entry: EntryId;
}

/** Of `kubelet@node-1` and `kube-controller-manager/replicaset`, which part of Kubernetes it is. */
const componentOf = (actor: string): string => actor.replace(/@.*$/, '');

const said = ({ after }: ApiChange): string => String((after as { reason?: unknown } | undefined)?.reason);

/** What a component did, without names: the branch that it took. Undefined of what says nothing. */
function branchOf(entry: HistoryEntry): string | undefined {
  if (entry.type === 'operation') return undefined;
  if (entry.type === 'world') return entry.key;
  if (entry.kind === 'Lease') return undefined;
  if (entry.kind === 'Event') return `${componentOf(entry.by)} says ${said(entry)}`;
  const changes = changesOf(entry).map(({ key, args }) =>
    key === 'condition' ? `${String(args['type'])}=${String(args['status'])}` : key,
  );
  return `${componentOf(entry.by)} ${entry.kind} ${changes.join()}`;
}

/** Of a call, whatever its duration. */
const callKey = ({ forMs: _, ...call }: FaultCall): string => JSON.stringify(call);

const then = (before: string | undefined, kind: string): string => `${before ?? 'nothing'}, then ${kind}`;

/** What of a run others may learn: by the kind that it came of. */
function metIn(meetings: readonly Meeting[], history: readonly HistoryEntry[]): Map<string, string> {
  const met = new Map<string, string>();
  for (const [i, { kind, pairs, entry }] of meetings.entries()) {
    met.set(then(meetings[i - 1]?.kind, kind), kind);
    const end = meetings[i + 1]?.entry ?? Number.POSITIVE_INFINITY;
    const branches = new Set<string | undefined>();
    for (const e of entriesAfter(history, entry)) {
      if (e.id > end) break;
      branches.add(branchOf(e));
    }
    for (const pair of pairs) {
      met.set(pair, kind);
      for (const branch of branches) if (branch !== undefined) met.set(`${pair}: ${branch}`, kind);
    }
  }
  return met;
}

/**
 * Adds what a run met.
 * @param drawn the run. @param meetings in the order in which they struck
 */
export function learn(
  { met, kinds, kept }: Guidance,
  { scenario, guided }: { readonly scenario: Concrete; readonly guided?: Guided },
  meetings: readonly Meeting[],
  history: readonly HistoryEntry[],
): void {
  const fresh = new Set<string>();
  for (const [feature, kind] of metIn(meetings, history)) {
    if (met[feature] === undefined) fresh.add(kind);
    met[feature] = (met[feature] ?? 0) + 1;
  }
  if (guided?.followed !== undefined) kept[guided.followed]!.followed += 1;
  const strikes = scenario.operations.flatMap((o) => (o.op === 'faults' ? o.strikes : []));
  for (const call of new Set(strikes.map(({ fault }) => callKey(fault)))) met[call] = (met[call] ?? 0) + 1;
  // What meets no target is drawn less often, too.
  for (const kind of new Set(strikes.map(({ fault }) => fault.kind))) {
    const count = (kinds[kind] ??= { struck: 0, fresh: 0 });
    count.struck += 1;
    if (fresh.has(kind)) count.fresh += 1;
  }
  if (fresh.size > 0) kept.push({ strikes, pairs: meetings.flatMap((m) => m.pairs), followed: 0 });
}

const SECOND = 1000;
/** How soon after another fault one strikes: what a fault leaves behind is gone in a minute or two. */
const SOON_MS = [0, 1, 2, 5, 10, 20, 40, 80].map((s) => s * SECOND);
/** How many of the runs take up what was kept, once every kind has struck; before, far fewer. */
const FOLLOWING = 0.25;
/** Of the faults of a schedule that is taken up, how many stay. */
const STAYING = 0.6;
/**
 * How many of the faults strike soon after another one, or, as the first where kinds are few, after the
 * beginning: what was set up is settling then.
 */
const SOON = 0.6;
/**
 * How many of the runs have as many faults as they may: more faults meet more states. Where there are no more
 * kinds than so many for each fault of a run, they are in every run, and hide each other.
 */
const FULL = 0.85;
const MANY = 2;
/**
 * How many of the runs have a change of a workload, where kinds are many: a new template or another number of
 * replicas puts more components to work than most faults do, and the others meet them at it.
 */
const CHANGING = 0.6;
/** Of so many calls of a kind, that one is taken which was made least often. */
const CALLS = 4;

type Chance = () => number;

const among = <T>(values: readonly T[], chance: Chance): T => values[Math.floor(chance() * values.length)]!;

/** One of several, each as often as its weight says. */
function weighted<T>(values: readonly T[], weights: readonly number[], chance: Chance): T {
  let left = chance() * weights.reduce((sum, w) => sum + w, 0);
  for (const [i, value] of values.entries()) {
    left -= weights[i]!;
    if (left < 0) return value;
  }
  return values[values.length - 1]!;
}

/** A schedule whose faults are known by their kinds only, apart from those that were taken over. */
type Planned = { readonly atMs: Millis; readonly kind: string; readonly fault?: FaultCall };

/** Rare states get more: how seldom the rarest of what a schedule met was met, and it taken up again. */
const energyOf = ({ pairs, followed }: Kept, met: Guidance['met']): number =>
  pairs.reduce((most, pair) => Math.max(most, 1 / (met[pair] ?? 1)), 0) / (1 + followed);

/** How much of a kind is still to be learnt, after another one. */
function interest({ met, kinds }: Guidance, kind: string, before: string | undefined): number {
  const { struck, fresh } = kinds[kind] ?? { struck: 0, fresh: 0 };
  return (1 + fresh) / ((1 + struck) * (1 + struck) * (1 + struck) * (1 + (met[then(before, kind)] ?? 0)));
}

/** A call that was made seldom. */
const seldom = (call: fc.Arbitrary<FaultCall>, met: Guidance['met']): fc.Arbitrary<FaultCall> =>
  fc.tuple(...Array.from({ length: CALLS }, () => call)).map((some) => {
    const made = some.map((c) => met[callKey(c)] ?? 0);
    return some[made.indexOf(Math.min(...made))]!;
  });

/** The faults of a run, and which of what was kept they were taken from. */
export interface Guided {
  readonly strikes: readonly Strike[];
  readonly followed: number | undefined;
}

/**
 * Schedules as guidance would have them.
 * @param calls of each kind that may be drawn. @param changes those of them that change a workload
 * @param chance of the run
 */
export function guidedSchedules(
  guidance: Guidance,
  { min, max, withinMs }: Pick<OperationOf<'anyFaults'>, 'min' | 'max' | 'withinMs'>,
  calls: ReadonlyMap<string, fc.Arbitrary<FaultCall>>,
  changes: readonly string[],
  chance: Chance,
): fc.Arbitrary<Guided> {
  const { kept, met } = guidance;
  const kinds = [...calls.keys()];
  const many = kinds.length > MANY * max;
  const share = many ? (chance() < FULL ? 1 : chance()) : Math.max(chance(), chance(), chance());
  const changing = many && changes.length > 0 && chance() < CHANGING;
  const count = Math.min(max, min + Math.floor(share * (max - min + 1)));
  const known = kinds.filter((kind) => guidance.kinds[kind] !== undefined).length / kinds.length;
  const followed =
    kept.length > 0 && count > 1 && chance() < FOLLOWING * known * known
      ? weighted(
          [...kept.keys()],
          kept.map((k) => energyOf(k, met)),
          chance,
        )
      : undefined;
  const plan: Planned[] =
    followed === undefined
      ? []
      : kept[followed]!.strikes.filter(() => chance() < STAYING)
          .slice(0, count - 1)
          .map(({ atMs, fault }) => ({ atMs, kind: fault.kind, fault }));
  while (plan.length < count) {
    const after = plan.length > 0 && chance() < SOON ? among(plan, chance) : undefined;
    const soonAfter = after?.atMs ?? (plan.length === 0 && !many && chance() < SOON ? 0 : undefined);
    const atMs =
      soonAfter === undefined
        ? Math.floor(chance() * (Math.floor(withinMs / SECOND) + 1)) * SECOND
        : Math.min(withinMs, soonAfter + among(SOON_MS, chance));
    const before = after ?? plan.filter((p) => p.atMs <= atMs).sort((a, b) => b.atMs - a.atMs)[0];
    const some = changing && !plan.some((p) => changes.includes(p.kind)) ? changes : kinds;
    const kind = weighted(
      some,
      some.map((k) => interest(guidance, k, before?.kind)),
      chance,
    );
    plan.push({ atMs, kind });
  }
  return fc
    .tuple(
      ...plan.map(({ atMs, kind, fault }) =>
        fault === undefined
          ? seldom(calls.get(kind)!, met).map((drawn): Strike => ({ atMs, fault: drawn }))
          : fc.constant<Strike>({ atMs, fault }),
      ),
    )
    .map((strikes) => ({ strikes: inOrder(strikes), followed }));
}
