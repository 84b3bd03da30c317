/** When a Job has succeeded before all its indexes have. Models pkg/controller/job/success_policy.go. */
import { isNil } from '../../api/defaults/fill.ts';
import type { Job } from '../../api/types.ts';
import { overlap, parseIntervals, total, type Intervals } from './intervals.ts';

/** The message of the condition when a rule is met. */
export function successMet({ spec }: Job, succeeded: Intervals): string | undefined {
  if (isNil(spec.successPolicy) || succeeded.length === 0) return undefined;
  const met = spec.successPolicy.rules.findIndex((rule) => {
    const count = rule.succeededCount ?? undefined;
    if (isNil(rule.succeededIndexes)) return count !== undefined && total(succeeded) >= count;
    const required = parseIntervals(rule.succeededIndexes, spec.completions ?? 0);
    if (required.length === 0) return false;
    const done = overlap(required, succeeded);
    return done === total(required) || (count !== undefined && done >= count);
  });
  return met < 0 ? undefined : `Matched rules at index ${met}`;
}
