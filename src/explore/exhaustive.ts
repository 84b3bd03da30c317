/**
 * Exhaustive search of a small scope: every order of a handful of faults with every delay of a grid between
 * them, instead of samples. Schedules that begin alike share their beginning by forks. Each prefix is a
 * schedule too, and is judged. Chance is that of one seed, and latencies are the usual ones: what is
 * enumerated is what the operator and the world do, and when.
 */
import { printDuration } from '../chaos/duration.ts';
import type { FaultCatalogue } from '../chaos/catalogue.ts';
import { isAimed, type Strike } from '../chaos/schedule.ts';
import type { Fault, FaultCall, FaultWorld } from '../chaos/types.ts';
import { play } from '../dsl/interpreter.ts';
import { stepwise } from '../dsl/stepwise.ts';
import { vocabularyOf } from '../dsl/phrases/vocabulary.ts';
import type { Operation } from '../dsl/operations/operation.ts';
import type { Kit, Session } from '../dsl/types.ts';
import { clusterOf, forkSession, presentState } from '../dsl/session.ts';
import { objectsOf } from '../dsl/state.ts';
import { isReady, isTerminating } from '../dsl/claims/podstate.ts';
import { ClaimError, EndedError, inputErrorOf } from '../dsl/errors.ts';
import type { Millis } from '../sim/kernel/types.ts';
import type { Beginnings } from './beginnings.ts';
import { afterOf, findingsOf, oneOf, tally, type Campaign, type Finding, type Tallies } from './campaign.ts';
import { faultInWords } from './counterexample.ts';
import { faultsOf } from './draw.ts';
import { noting, type MetStrike } from './strikes.ts';
import type { Concrete, Failure, Trial } from './trial.ts';

export interface Scope {
  /** Each strikes at most once in a schedule. */
  readonly calls: readonly FaultCall[];
  /** Pauses before each fault. */
  readonly delaysMs: readonly Millis[];
  /** Faults of the longest schedules. */
  readonly depth: number;
}

export interface Exhausted {
  readonly schedules: number;
  /**
   * Digests of the states met, each once: nodes, Pods and workloads as they stand, without names, addresses
   * and times.
   */
  readonly states: readonly string[];
  /** The first of each cause, whether voluntary or not. */
  readonly findings: readonly Finding[];
  /** How many schedules came to each cause, by its key. */
  readonly causes: Tallies;
  /** Schedules of which a fault met no target; what they lead to is not gone into. */
  readonly without: number;
  /** Whether all of the scope was seen. */
  readonly complete: boolean;
}

/** How many schedules a scope holds: of n faults and d delays, n d of one fault, n d (n-1) d of two, … */
export function sizeOfScope({ calls, delaysMs, depth }: Scope): number {
  let total = 0;
  let longest = 1;
  for (let k = 0; k < Math.min(depth, calls.length); k += 1) {
    longest *= (calls.length - k) * delaysMs.length;
    total += longest;
  }
  return total;
}

/**
 * Calls of the faults of a search, each at every target of the world; of what is given of one, only the rest.
 * @param forMs how long those last of which nothing else is said
 */
export const callsIn = (
  of: Campaign['faults']['of'],
  world: FaultWorld,
  faults: FaultCatalogue,
  forMs: Millis,
): FaultCall[] =>
  typeof of === 'string'
    ? faultsOf(of, faults).flatMap((f) => callsAt(f, world, forMs))
    : of.flatMap((d) => {
        const given = typeof d === 'string' ? { kind: d } : d;
        return callsAt(faults.named(given.kind), world, forMs, given);
      });

/** Calls of a fault at every target of the world, one at a time, each for the time given. */
function callsAt(
  fault: Fault,
  world: FaultWorld,
  forMs: Millis,
  given: FaultCall = { kind: fault.kind },
): FaultCall[] {
  const targets: Partial<FaultCall>[] = isAimed(given)
    ? [{}]
    : fault.target === 'node'
      ? world.nodes.map((node) => ({ node }))
      : fault.target === 'pod' || fault.target === 'container'
        ? world.pods.map((p) => (/[=!(]/.test(p) ? { selector: p, mode: 'one' } : { pod: p }))
        : fault.target === 'workload'
          ? world.workloads.map((workload) => ({ workload }))
          : fault.target === 'budget'
            ? world.budgets.map((budget) => ({ budget }))
            : fault.target === 'quota'
              ? (world.quotas ?? []).map((quota) => ({ quota }))
              : fault.target === 'configMap'
                ? (world.configMaps ?? []).map((configMap) => ({ configMap }))
                : fault.target === 'secret'
                  ? (world.secrets ?? []).map((secret) => ({ secret }))
                  : fault.target === 'claim'
                    ? (world.claims ?? []).map((claim) => ({ claim }))
                    : fault.target === 'job'
                      ? (world.jobs ?? []).map((job) => ({ job }))
                      : fault.target === 'cronJob'
                        ? (world.cronJobs ?? []).map((cronJob) => ({ cronJob }))
                        : fault.target === 'definition'
                          ? (world.definitions ?? []).map((definition) => ({ definition }))
                          : fault.target === 'webhook'
                            ? (world.webhooks ?? []).map((webhook) => ({ webhook }))
                            : fault.target === 'apiService'
                              ? (world.apiServices ?? []).map((apiService) => ({ apiService }))
                              : fault.target === 'account'
                                ? (world.accounts ?? []).map((account) => ({ account }))
                                : fault.target === 'binding'
                                  ? (world.bindings ?? []).map((binding) => ({ binding }))
                                  : fault.target === 'metric'
                                    ? (world.metrics ?? []).map((metric) => ({ metric }))
                                    : [{}];
  const parameters: Record<string, unknown> = {};
  for (const p of fault.parameters) {
    if (given[p.field] !== undefined) continue;
    if (p.field === 'forMs') parameters['forMs'] = forMs;
    else if (p.required === true && p.among?.[0] !== undefined) parameters[p.field] = p.among[0];
    else if (p.required === true && p.field !== 'otherNode') return [];
  }
  const calls = targets.map((t) => ({ ...t, ...parameters, ...given }) as FaultCall);
  const isPair = fault.parameters.some((p) => p.field === 'otherNode' && p.required === true);
  if (!isPair || given.otherNode !== undefined) return calls;
  return calls.flatMap((c, i) => world.nodes.slice(i + 1).map((otherNode) => ({ ...c, otherNode })));
}

/** The first faults of a scope's schedules, by number: a share of the work each. */
export const firstSteps = ({ calls, delaysMs }: Scope): number[] =>
  Array.from({ length: calls.length * delaysMs.length }, (_, i) => i);

/** What of a cluster makes its state another one. */
function digest(session: Session): string {
  const state = presentState(session);
  const nodes = [...objectsOf(state, 'Node')].map(({ spec, status }) => {
    const ready = status.conditions?.find((c) => c.type === 'Ready')?.status;
    const taints = (spec.taints ?? []).map((t) => t.key).sort();
    return `${ready}${spec.unschedulable === true ? ' cordoned' : ''} ${taints.join(' ')}`;
  });
  const power = [...clusterOf(session).world.machines.values()].map((m) => m.power);
  const pods = [...objectsOf(state, 'Pod')]
    .map(
      (p) =>
        `${p.metadata.ownerReferences?.[0]?.kind} ${p.spec.nodeName} ${p.status.phase} ${isReady(p)} ` +
        `${isTerminating(p)}`,
    )
    .sort();
  const sets = [...clusterOf(session).resources.workloads()].flatMap(({ kind, resource, workload }) =>
    workload?.keeps === undefined
      ? []
      : [...objectsOf(state, resource)]
          .map((o) => `${kind} ${workload.wanted(o)} ${workload.updated(o)} ${workload.ready(o)}`)
          .sort(),
  );
  return [nodes.join(), power.join(), pods.join(), sets.join()].join(';');
}

/** @param options.first which of the schedules' first steps to go into */
export function exhaust(
  campaign: Campaign,
  scope: Scope,
  beginnings: Beginnings,
  options: { first: readonly number[]; more?: () => boolean },
): Exhausted {
  const seed = String(campaign.seed);
  const after = afterOf(campaign);
  const { more = () => true } = options;
  const words = vocabularyOf(beginnings.kit);
  const looksAhead = (o: Operation): boolean => words.familyOf(o).looks?.(o) === 'ahead';
  const root = beginnings.begin(seed, campaign.scene, { limits: { overdue: () => !more() } });
  const begin = stepwise.begin(root);
  const states = new Set<string>();
  const findings: Finding[] = [];
  const causes: Tallies = {};
  const broken = new Set<string>();
  let schedules = 0;
  let without = 0;
  let complete = true;

  const judge = (session: Session, strikes: readonly Strike[], met: readonly MetStrike[]): void => {
    stepwise.end(session, begin, strikes);
    const operations: Operation[] = [
      ...campaign.scene,
      { op: 'faults', strikes },
      ...after,
      ...campaign.claims,
    ];
    const scenario: Concrete = { seed, operations };
    const failures: Failure[] = [];
    for (const operation of [...after, ...campaign.claims]) {
      try {
        // What comes after would be judged at another time.
        play(looksAhead(operation) ? forkSession(session) : session, operation);
      } catch (error) {
        if (!(error instanceof ClaimError)) throw error;
        failures.push({ judge: operation, error });
        if (operation.op !== 'assert') break;
      }
    }
    const trial: Trial = { session, failures, meaningless: undefined, overdue: false, missed: [] };
    const found = findingsOf(schedules, scenario, trial, met);
    tally(causes, found);
    for (const finding of found) {
      // The first of a cause is among the shortest: longer schedules that come to it too tell nothing new.
      if (broken.has(oneOf(finding.cause))) continue;
      broken.add(oneOf(finding.cause));
      findings.push(finding);
    }
  };

  const go = (
    parent: Session,
    strikes: readonly Strike[],
    noted: readonly MetStrike[],
    atMs: Millis,
    allowed: readonly number[] | undefined,
  ): void => {
    for (const [i, fault] of scope.calls.entries()) {
      if (strikes.some((s) => s.fault === fault)) continue;
      for (const [j, delayMs] of scope.delaysMs.entries()) {
        if (allowed !== undefined && !allowed.includes(i * scope.delaysMs.length + j)) continue;
        if (!more()) {
          complete = false;
          return;
        }
        const strike: Strike = { atMs: atMs + delayMs, fault };
        let met = true;
        const longerNoted = [...noted];
        const session = forkSession(parent, {
          ...parent.options,
          striking: noting(longerNoted),
          missed: () => {
            met = false;
          },
        });
        const longer = [...strikes, strike];
        try {
          stepwise.strike(session, begin, strike);
          schedules += 1;
          if (!met) {
            without += 1;
            continue;
          }
          states.add(digest(session));
          judge(forkSession(session), longer, longerNoted);
        } catch (error) {
          if (!(inputErrorOf(error) instanceof EndedError)) throw error;
          complete = false;
          continue;
        }
        if (longer.length < scope.depth) go(session, longer, longerNoted, strike.atMs, undefined);
      }
    }
  };
  go(root, [], [], 0, options.first);
  return { schedules, states: [...states], findings, causes, without, complete };
}

/** `4 faults, 3 delays (0 seconds, 1 second, 10 seconds), up to 3 in a schedule: 2,712 schedules` */
export const describeScope = (scope: Scope): string =>
  `${scope.calls.length} faults, ${scope.delaysMs.length} delays ` +
  `(${scope.delaysMs.map(printDuration).join(', ')}), up to ${scope.depth} in a schedule: ` +
  `${sizeOfScope(scope).toLocaleString('en')} schedules`;

/** The faults of a scope, as steps say them. */
export const callsInWords = ({ calls }: Scope, kit: Kit): string[] =>
  calls.map((fault) => faultInWords(fault, kit));
