/** Looks for what breaks a live cluster: schedules of faults are drawn and played on copies of it. */
import fc from 'fast-check';
import type { Strike } from '../chaos/schedule.ts';
import { ClaimError, inputErrorOf } from '../dsl/errors.ts';
import { NOW } from '../dsl/moment.ts';
import type { AssertOperation, Operation } from '../dsl/operations/operation.ts';
import { vocabularyOf } from '../dsl/phrases/vocabulary.ts';
import { schedules } from '../explore/draw.ts';
import { worldFrom } from '../explore/targets.ts';
import type { Language } from '../messages/index.ts';
import type { KubeObject } from '../sim/api/types.ts';
import type { Live } from './live.ts';
import { nameOf } from './spoken.ts';

export interface Found {
  /** What does not hold then. */
  readonly claim: string;
  readonly operations: readonly Operation[];
  /** The operations as steps. */
  readonly steps: readonly string[];
}

const DRAWS = 400;
const WITHIN_MS = 120_000;
/** How long what comes of the faults is watched. */
const AFTER_MS = 600_000;
/** The mark from which on claims count. */
const START = 'the search';

/** Services that are available now, as claims that they always are; without one, that no invariant breaks. */
function claimsOf(live: Live): AssertOperation[] {
  const moment = { ...NOW, mode: 'every', since: START } as const;
  const services = (live.stateAt(live.now) as readonly KubeObject[]).filter(
    (o) => o.kind === 'Service' && o.metadata.name !== 'kubernetes',
  );
  const claims = services.map((o): AssertOperation => {
    const claim = { claim: 'request', service: nameOf(o), available: true } as const;
    return { op: 'assert', moment, claim };
  });
  const there = claims.filter((claim) => holds(live.fork(), { ...claim, moment: NOW }));
  return there.length > 0 ? there : [{ op: 'assert', moment, claim: { claim: 'invariant' } }];
}

function holds(live: Live, claim: AssertOperation): boolean {
  try {
    live.play(claim);
    return true;
  } catch (error) {
    if (error instanceof ClaimError) return false;
    throw error;
  }
}

/** A schedule in steps that wait and strike. */
function inSteps(strikes: readonly Strike[]): Operation[] {
  let now = 0;
  return strikes.flatMap(({ atMs, fault }): Operation[] => {
    const wait = atMs - now;
    now = atMs;
    const strike: Operation = { op: 'fault', fault };
    return wait > 0 ? [{ op: 'pass', durationMs: wait }, strike] : [strike];
  });
}

/** The first of the claims that faults break; undefined where they break none, or cannot strike. */
function brokenBy(
  live: Live,
  strikes: readonly Strike[],
  claims: readonly AssertOperation[],
): AssertOperation | undefined {
  const fork = live.fork();
  try {
    fork.play({ op: 'moment', name: START });
    for (const operation of inSteps(strikes)) fork.play(operation);
  } catch (error) {
    if (error instanceof ClaimError || inputErrorOf(error) !== undefined) return undefined;
    throw error;
  }
  fork.pass(AFTER_MS);
  return claims.find((claim) => !holds(fork, claim));
}

/**
 * @param more whether there is time to go on
 * @returns undefined where nothing was found
 */
export function search(live: Live, language: Language, more: () => boolean): Found | undefined {
  const { faults, parts } = live.kit;
  const objects = live.stateAt(live.now) as readonly KubeObject[];
  const machines = objects
    .filter((o) => o.kind === 'Node')
    .map(({ metadata: { name, labels } }) => ({ name, zone: labels?.['topology.kubernetes.io/zone'] ?? '' }));
  const applied = objects.filter((o) => o.metadata.ownerReferences === undefined);
  const world = worldFrom(machines, applied, parts.resources);
  const drawn = schedules({ op: 'anyFaults', min: 1, max: 2, withinMs: WITHIN_MS, of: 'all' }, world, faults);
  const claims = claimsOf(live);
  const words = vocabularyOf(live.kit);
  for (const strikes of fc.sample(drawn, { numRuns: DRAWS, seed: 1 })) {
    if (!more()) return undefined;
    const claim = brokenBy(live, strikes, claims);
    if (claim === undefined) continue;
    const alone = strikes
      .map(({ fault }) => [{ atMs: 0, fault }])
      .find((one) => brokenBy(live, one, [claim]) !== undefined);
    const operations = inSteps(alone ?? strikes);
    return {
      claim: words.render({ ...claim, moment: { ...NOW, mode: 'every' } }, language).text,
      operations,
      steps: operations.map((o) => {
        const { text, table = [] } = words.render(o, language);
        return [text, ...table.map((row) => `| ${row.join(' | ')} |`)].join(' ');
      }),
    };
  }
  return undefined;
}
