/** Whether a level can be played: its start does not meet the goals, its solutions do, and earn all stars. */
import { printClock, printDuration } from '../chaos/duration.ts';
import { InputError } from '../dsl/errors.ts';
import { filesOf } from '../dsl/filesof.ts';
import type { Millis } from '../sim/kernel/types.ts';
import type { Level, Solution } from './level.ts';
import { Live } from './live.ts';
import { refereeOf, scoreOf } from './score.ts';

/** How long a solution's goals are waited for, where none of them says how long. */
export const PATIENCE_MS = 600_000;

/** The level as it begins. @throws InputError, ClaimError where its start cannot be played */
export const beginLevel = (level: Level): Live =>
  Live.begin({
    seed: level.seed,
    start: level.start,
    files: filesOf({}),
    language: level.language,
    referee: refereeOf(level),
  });

const patienceMs = ({ goals }: Level): Millis =>
  Math.max(PATIENCE_MS, ...goals.map((g) => g.operation.moment.durationMs ?? 0));

/** @throws InputError, ClaimError where a step cannot be played */
export function solve(level: Level, { steps }: Solution): Live {
  const live = beginLevel(level);
  for (const { text, operation } of steps) {
    const { failedWith } = live.play(operation);
    if (failedWith !== undefined) throw new InputError(`${text}: ${failedWith}`);
  }
  live.pass(patienceMs(level), () => live.referee!.won);
  return live;
}

function problemsOfSolution(level: Level, solution: Solution): string[] {
  const live = solve(level, solution);
  const what = `solution "${solution.name}"`;
  if (!live.referee!.won)
    return live
      .referee!.report(level.language)
      .flatMap(({ state, found, brokenAt }, i) =>
        state === 'met'
          ? []
          : [
              `${what} does not come to "${level.goals[i]!.text}": ` +
                (brokenAt === undefined
                  ? `${found} after ${printDuration(patienceMs(level))}`
                  : `broken at ${printClock(brokenAt)}`),
            ],
      );
  return scoreOf(live, level)
    .filter((s) => !s.earned)
    .map(({ of, measured, limit }) => `${what} does not earn the star for ${of}: ${measured}, not ${limit}`);
}

/** What is wrong with a level, a line each. @throws InputError, ClaimError where it cannot be played */
export function problemsOf(level: Level): string[] {
  const { referee } = beginLevel(level);
  const report = referee!.report(level.language);
  return [
    ...(referee!.won ? ['the start meets the goals already'] : []),
    ...report.flatMap(({ state }, i) =>
      state === 'broken' ? [`the start breaks a goal: ${level.goals[i]!.text}`] : [],
    ),
    ...(Object.keys(level.stars).length === 0
      ? ['no star can be earned: tag it @commands:N, @outage:30s or @budget']
      : []),
    ...level.solutions.flatMap((solution) => problemsOfSolution(level, solution)),
  ];
}
