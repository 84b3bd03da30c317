/** Status of Jobs. Models ValidateJobStatusUpdate of pkg/apis/batch/validation/validation.go. */
import { isNil } from '../defaults/fill.ts';
import { parseTime } from '../time.ts';
import type { Job } from '../types.ts';
import { duplicate, invalid, invalidValue, nonNegative, required, type Causes } from './field.ts';
import { indexProblem, intervalsOf } from './indexes.ts';
import { eachAt } from './rules.ts';

export const isTrue = ({ status }: Job, type: string): boolean =>
  status.conditions?.some((c) => c.type === type && c.status === 'True') === true;
export const isFinished = (job: Job): boolean => isTrue(job, 'Complete') || isTrue(job, 'Failed');

function validateConditions(job: Job, out: Causes): void {
  const has = (type: string): boolean => isTrue(job, type);
  const wrong = (detail: string): unknown => out.push(invalid('status.conditions', detail));
  if (has('Complete') && has('Failed')) wrong('cannot set Complete=True and Failed=true conditions');
  if (has('Complete') && has('FailureTarget'))
    wrong('cannot set Complete=True and FailureTarget=true conditions');
  if (has('Failed') && !has('FailureTarget'))
    wrong('cannot set Failed=True condition without the FailureTarget=true condition');
  if (has('Complete') && !has('SuccessCriteriaMet'))
    wrong('cannot set Complete=True condition without the SuccessCriteriaMet=true condition');
  if (has('SuccessCriteriaMet') && has('Failed'))
    wrong('cannot set SuccessCriteriaMet=True and Failed=true conditions');
  if (has('SuccessCriteriaMet') && has('FailureTarget'))
    wrong('cannot set SuccessCriteriaMet=True and FailureTarget=true conditions');
}

function validateTimes(job: Job, out: Causes): void {
  const { startTime, completionTime } = job.status as { startTime?: string; completionTime?: string };
  const at = 'status.completionTime';
  if (!isNil(completionTime) && !isTrue(job, 'Complete'))
    out.push(
      invalidValue(at, completionTime, 'cannot set completionTime when there is no Complete=True condition'),
    );
  if (isNil(completionTime) && isTrue(job, 'Complete'))
    out.push(required(at, 'completionTime is required for Complete jobs'));
  if (!isNil(startTime) && !isNil(completionTime) && parseTime(completionTime) < parseTime(startTime))
    out.push(invalidValue(at, completionTime, 'completionTime cannot be set before startTime'));
  if (isNil(startTime) && isFinished(job))
    out.push(required('status.startTime', 'startTime is required for finished job'));
}

function validateCounts(job: Job, out: Causes): void {
  const { active = 0, ready, terminating, uncountedTerminatedPods: uncounted } = job.status;
  for (const name of ['active', 'succeeded', 'failed', 'ready', 'terminating'] as const)
    nonNegative(job.status[name], `status.${name}`, out);
  const seen = new Set<string>();
  for (const list of ['succeeded', 'failed'] as const)
    eachAt(uncounted?.[list], `status.uncountedTerminatedPods.${list}`, (uid, at) => {
      if (uid === '') out.push(invalidValue(at, uid, 'must not be empty'));
      else if (seen.has(uid)) out.push(duplicate(at, uid));
      seen.add(uid);
    });
  if (isFinished(job)) {
    if (active > 0) out.push(invalidValue('status.active', active, 'active>0 is invalid for finished job'));
    if ((uncounted?.succeeded ?? []).length + (uncounted?.failed ?? []).length > 0)
      out.push(
        invalidValue(
          'status.uncountedTerminatedPods',
          uncounted,
          'uncountedTerminatedPods needs to be empty for finished job',
        ),
      );
    if ((terminating ?? 0) > 0)
      out.push(invalidValue('status.terminating', terminating, 'terminating>0 is invalid for finished job'));
  }
  if (!isNil(ready) && ready > active)
    out.push(invalidValue('status.ready', ready, 'cannot set more ready pods than active'));
}

function validateIndexes({ spec, status }: Job, out: Causes): void {
  const { completedIndexes = '', failedIndexes } = status;
  const completions = spec.completions ?? undefined;
  const wrong = (name: 'completedIndexes' | 'failedIndexes', detail: string): unknown =>
    out.push(invalidValue(`status.${name}`, status[name], detail));
  const problem = (text: string): string | undefined =>
    completions === undefined ? undefined : indexProblem(text, completions);
  const completedProblem = problem(completedIndexes);
  const failedProblem = problem(failedIndexes ?? '');
  if (completedProblem !== undefined)
    wrong('completedIndexes', `error parsing completedIndexes: ${completedProblem}`);
  if (failedProblem !== undefined && !isNil(spec.backoffLimitPerIndex))
    wrong('failedIndexes', `error parsing failedIndexes: ${failedProblem}`);
  if (completedIndexes !== '' && spec.completionMode !== 'Indexed')
    wrong('completedIndexes', 'cannot set non-empty completedIndexes when non-indexed completion mode');
  if (isNil(failedIndexes)) return;
  if (isNil(spec.backoffLimitPerIndex))
    wrong('failedIndexes', 'cannot set non-null failedIndexes when backoffLimitPerIndex is null');
  if (completions === undefined || completedProblem !== undefined || failedProblem !== undefined) return;
  const completed = intervalsOf(completedIndexes, completions);
  for (const [first, last] of intervalsOf(failedIndexes, completions)) {
    const other = completed.find(([a, b]) => a <= last && first <= b);
    if (other === undefined) continue;
    const at = Math.max(first, other[0]);
    wrong('failedIndexes', `failedIndexes and completedIndexes overlap at index: ${at}`);
    return;
  }
}

function validateSteps(next: Job, old: Job, out: Causes): void {
  for (const type of ['Failed', 'Complete', 'FailureTarget'])
    if (isTrue(old, type) && !isTrue(next, type))
      out.push(invalid('status.conditions', `cannot disable the terminal ${type}=True condition`));
  // An Indexed Job that is made smaller forgets indexes beyond.
  const elastic = next.spec.completionMode === 'Indexed' && next.spec.completions === next.spec.parallelism;
  for (const name of elastic ? (['failed'] as const) : (['failed', 'succeeded'] as const))
    if ((next.status[name] ?? 0) < (old.status[name] ?? 0))
      out.push(invalidValue(`status.${name}`, next.status[name] ?? 0, `cannot decrease the ${name} counter`));
  const { completionTime: ended, startTime: began } = old.status;
  const { completionTime, startTime } = next.status;
  if (!isNil(ended) && !isNil(completionTime) && completionTime !== ended)
    out.push(invalidValue('status.completionTime', completionTime, 'completionTime cannot be mutated'));
  const resumed = isTrue(old, 'Suspended');
  if (!isNil(began) && startTime !== began && next.spec.suspend !== true && !resumed)
    out.push(required('status.startTime', 'startTime cannot be removed for unsuspended job'));
  if (isTrue(old, 'SuccessCriteriaMet') && !isTrue(next, 'SuccessCriteriaMet'))
    out.push(invalid('status.conditions', 'cannot disable the SuccessCriteriaMet=True condition'));
}

export function validateJobStatus(next: Job, old: Job, out: Causes): void {
  validateCounts(next, out);
  validateConditions(next, out);
  validateTimes(next, out);
  validateIndexes(next, out);
  validateSteps(next, old, out);
}
