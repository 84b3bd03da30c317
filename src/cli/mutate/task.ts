/** What a worker process does of `seatrial mutate`: a scenario, or a part of its changes. */
import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { readFeatureFile } from '../../dsl/feature.ts';
import type { Kit } from '../../dsl/types.ts';
import type { Language } from '../../messages/index.ts';
import { filesIn } from '../../files.ts';
import { speaksOf } from '../../mutate/about.ts';
import { inWords, type EditMutation, type Spot, type StepMutation } from '../../mutate/mutation.ts';
import type { MutantResult, ScenarioResult } from '../../mutate/result.ts';
import { Mutated } from '../../mutate/trial.ts';
import { BUGS } from '../../sim/planted.ts';

export interface MutateTask {
  readonly do: 'mutate';
  readonly file: string;
  /** Among the scenarios of the file. */
  readonly scenario: number;
  readonly seed?: string;
  /** Whether bugs are planted in controllers, too. */
  readonly bugs?: true;
  /** Every so many-th of the changes, from this one on. */
  readonly part: number;
  readonly parts: number;
  readonly untilMs: number;
  /** In which changes are told; absent: that of the feature. */
  readonly language?: Language;
}

/** @throws InputError for a feature that cannot be read */
export function mutateScenario(task: MutateTask, kit: Kit): ScenarioResult {
  const { file, part, parts, untilMs } = task;
  const feature = readFeatureFile(readFileSync(file, 'utf8'), file, kit);
  const scenario = feature.scenarios[task.scenario]!;
  const overdue = (): boolean => Date.now() >= untilMs;
  const mutated = new Mutated(scenario, {
    uri: file,
    files: filesIn(dirname(file)),
    kit,
    overdue,
    ...(task.bugs === true ? { bugs: BUGS } : {}),
    ...(task.seed === undefined ? {} : { seed: task.seed }),
  });
  const { name, line, language } = scenario;
  const head = { file, line, name, language };
  const words = [feature.name, feature.description, scenario.rule, name].join('\n');
  // What was cut has not failed.
  if (overdue()) return { ...head, cut: true, mutants: [] };
  if (!mutated.passes) return { ...head, broken: mutated.why, mutants: [] };
  const mutants: MutantResult[] = [];
  for (const [i, mutation] of mutated.mutations.entries()) {
    if (i % parts !== part || overdue()) continue;
    const { fate, by } = mutated.try(mutation);
    // A run that was cut has noticed nothing.
    if (overdue()) break;
    mutants.push({
      kind: mutation.kind,
      ...(mutation.kind === 'edit' ? { name: mutation.edit } : {}),
      ...(mutation.kind === 'bug' ? { name: mutation.bug } : { spot: spotOf(mutation, file) }),
      said: inWords(mutation, task.language ?? language),
      fate,
      about: mutation.kind !== 'edit' || speaksOf(words, mutation.edit),
      ...(by === undefined ? {} : { by: scenario.operations[by]?.text ?? '' }),
    });
  }
  return { ...head, mutants };
}

/** Files as a user of the command sees them: a feature names its manifests from its own folder. */
function spotOf(mutation: EditMutation | StepMutation, feature: string): Spot {
  const { file, line } = mutation.spot;
  const isNamed = mutation.kind === 'edit' && mutation.of.in === 'file' && !isAbsolute(file);
  return { file: isNamed ? join(dirname(feature), file) : file, line };
}
