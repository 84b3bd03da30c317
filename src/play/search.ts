/** Looks for what breaks a live cluster: schedules of faults are drawn and played on copies of it. */
import fc from 'fast-check';
import type { Strike } from '../chaos/schedule.ts';
import { NOW } from '../dsl/moment.ts';
import type { AssertOperation, Operation } from '../dsl/operations/operation.ts';
import { vocabularyOf } from '../dsl/phrases/vocabulary.ts';
import type { Language } from '../messages/index.ts';
import type { KubeObject } from '../sim/api/types.ts';
import { inOneLine, inSteps, schedulesFor } from './drawn.ts';
import { after, holds } from './holds.ts';
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
  const there = claims.filter((claim) => holds(live, { ...claim, moment: NOW }));
  return there.length > 0 ? there : [{ op: 'assert', moment, claim: { claim: 'invariant' } }];
}

/** The first of the claims that faults break; undefined where they break none, or cannot strike. */
function brokenBy(
  live: Live,
  strikes: readonly Strike[],
  claims: readonly AssertOperation[],
): AssertOperation | undefined {
  const fork = after(live, [{ op: 'moment', name: START }, ...inSteps(strikes)]);
  if (fork === undefined) return undefined;
  fork.pass(AFTER_MS);
  return claims.find((claim) => !holds(fork, claim));
}

/**
 * @param more whether there is time to go on
 * @returns undefined where nothing was found
 */
export function search(live: Live, language: Language, more: () => boolean): Found | undefined {
  const drawn = schedulesFor(live, WITHIN_MS);
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
      steps: operations.map((o) => inOneLine(o, words, language)),
    };
  }
  return undefined;
}
