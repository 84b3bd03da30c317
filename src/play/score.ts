/** How well a level was played. */
import { networkOf } from '../dsl/capabilities.ts';
import { NOW } from '../dsl/moment.ts';
import type { AssertOperation } from '../dsl/operations/operation.ts';
import { vocabularyOf } from '../dsl/phrases/vocabulary.ts';
import type { Millis } from '../sim/kernel/types.ts';
import type { Level, StarLimits } from './level.ts';
import type { Live } from './live.ts';
import { Referee } from './referee.ts';

/** One of what a level is measured by. */
export interface Star {
  readonly of: keyof StarLimits;
  readonly earned: boolean;
  /** In ms of outages, in commands, in broken budgets. */
  readonly measured: number;
  readonly limit: number;
}

/** That no budget is broken, at any moment. */
const BUDGETS: AssertOperation = {
  op: 'assert',
  moment: { ...NOW, mode: 'every' },
  claim: { claim: 'invariant', name: 'budget-honoured' },
};

/** Watches a level's goals, and what its stars need. */
export const refereeOf = ({ goals, stars }: Level): Referee =>
  new Referee(
    goals.map((g) => g.operation),
    stars.budget === true ? [BUDGETS] : [],
  );

/** For how long some request failed, outages that overlap counted once. */
function outageMs(live: Live, until: Millis): Millis {
  const spans = networkOf(live.driver)
    .clients()
    .flatMap((c) => c.outages)
    .map(({ fromMs, toMs }) => ({
      from: Math.max(fromMs, live.startedAt),
      to: Math.min(toMs ?? until, until),
    }))
    .filter(({ from, to }) => to > from)
    .sort((a, b) => a.from - b.from);
  let [sum, end] = [0, Number.NEGATIVE_INFINITY];
  for (const { from, to } of spans) {
    sum += Math.max(0, to - Math.max(from, end));
    end = Math.max(end, to);
  }
  return sum;
}

/** What was done since the start; looking and waiting are free. */
function commandsOf(live: Live): number {
  const words = vocabularyOf(live.kit);
  return live.played
    .slice(live.startLength)
    .filter(({ operation }) => !['time', 'judge'].includes(words.familyOf(operation).role)).length;
}

/** The stars of a level as they stand now, or stood when it was won. */
export function scoreOf(live: Live, { stars }: Level): Star[] {
  const until = live.referee?.wonAt ?? live.now;
  const star = (of: Star['of'], measured: number, limit: number): Star => ({
    of,
    measured,
    limit,
    earned: measured <= limit,
  });
  return [
    ...(stars.outageMs === undefined ? [] : [star('outageMs', outageMs(live, until), stars.outageMs)]),
    ...(stars.commands === undefined ? [] : [star('commands', commandsOf(live), stars.commands)]),
    ...(stars.budget === undefined ? [] : [star('budget', live.referee?.watchedBroken ?? 0, 0)]),
  ];
}
