/** A finding as a feature of its own, which fails where the audit saw it fail. */
import { featureText } from '../dsl/featuretext.ts';
import type { Operation } from '../dsl/operations/operation.ts';
import { metBy, type Finding, type Plan } from './audit.ts';
import type { Stage } from './stage.ts';
import type { Done } from './done.ts';
import { namespaceOf } from '../edits/shapes.ts';
import { steps, type Trial } from './trials/trial.ts';
import { effectInWords } from './words.ts';

/** Of work: that it is done in time and once, that every run is made, that none overlaps another. */
function claimOfWork(
  stage: Stage,
  { runs, due }: Trial,
  { end, lateMs, tookMs, due: times, missed }: Done,
): Operation[] {
  const { objects } = stage.manifests;
  const within: Operation = { op: 'namespace', name: namespaceOf(objects[(runs ?? due)!.place]!) };
  if (due !== undefined)
    return [
      within,
      ...steps(
        missed > 0
          ? `Then cron job "${due.job}" has started at least ${times} ${times === 1 ? 'job' : 'jobs'}`
          : `Then at no moment cron job "${due.job}" had 2 active jobs`,
      ),
    ];
  const { job } = runs!;
  return [
    within,
    ...steps(
      end !== 'complete'
        ? `Then job "${job}" is complete`
        : lateMs > 0
          ? `Then job "${job}" took at most ${Math.ceil(tookMs / 1000) + 2} seconds`
          : `Then at every moment at most 1 pod matching "job-name=${job}" was running`,
    ),
  ];
}

/** What does not hold: no request fails, every replica serves again, or was ready all along. */
function claimOf(stage: Stage, { effect, service, trial }: Finding): Operation[] {
  if (effect.done !== undefined) return claimOfWork(stage, trial, effect.done);
  if (effect.failed > 0) return steps('Then no request failed');
  const [behind] = stage.workloads.filter((w) => service.workloads.includes(w.place));
  const { selector, namespace } = behind!;
  const pods = `at least ${effect.replicas} ${effect.replicas === 1 ? 'pod' : 'pods'} matching "${selector}"`;
  return [
    { op: 'namespace', name: namespace },
    ...steps(
      effect.missing > 0
        ? `Then ${pods} ${effect.replicas === 1 ? 'is' : 'are'} serving`
        : `Then at every moment ${pods} ${effect.replicas === 1 ? 'was' : 'were'} ready`,
    ),
  ];
}

/** @throws InputError for what no phrase says */
export function replayOf(stage: Stage, { services }: Pick<Plan, 'services'>, finding: Finding): string {
  const { trial, service, effect, watchedMs } = finding;
  return featureText({
    feature: 'What would take it down',
    scenario: `${service.name} when ${trial.name}`,
    seed: stage.seed,
    operations: [
      ...stage.setting(metBy(trial, services)),
      ...stage.playedIn(trial),
      { op: 'pass', durationMs: watchedMs },
      ...claimOf(stage, finding),
    ],
    how: [`${service.name}: ${effectInWords(effect)}`],
    kit: stage.kit,
  });
}
