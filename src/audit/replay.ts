/** A finding as a feature of its own, which fails where the audit saw it fail. */
import { featureText } from '../dsl/featuretext.ts';
import type { Operation } from '../dsl/operations/operation.ts';
import { metBy, type Finding, type Plan } from './audit.ts';
import type { Stage } from './stage.ts';
import { steps } from './trials/trial.ts';
import { effectInWords } from './words.ts';

/** What does not hold: no request fails, every replica serves again, or was ready all along. */
function claimOf(stage: Stage, { effect, service }: Finding): Operation[] {
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
      ...trial.operations,
      { op: 'pass', durationMs: watchedMs },
      ...claimOf(stage, finding),
    ],
    how: [`${service.name}: ${effectInWords(effect)}`],
    kit: stage.kit,
  });
}
