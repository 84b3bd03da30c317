/** What a Job makes of a failed Pod. Models pkg/controller/job/pod_failure_policy.go. */
import type { ContainerStatus, Job, Pod } from '../../api/types.ts';

type Policy = Job['spec']['podFailurePolicy'];
type Rule = NonNullable<Policy>['rules'][number];
type ExitCodes = NonNullable<Rule['onExitCodes']>;

export interface Verdict {
  /** Of the first rule that fits. */
  readonly action?: 'Count' | 'FailIndex' | 'FailJob' | 'Ignore';
  /** Whether the failure counts towards the limits. */
  readonly counts: boolean;
  /** Why the Job fails by it. */
  readonly failure?: string;
}

const COUNTED: Verdict = { counts: true };

function fits(status: ContainerStatus, { containerName, operator, values }: ExitCodes): boolean {
  const code = status.state?.terminated?.exitCode;
  if (code === undefined || code === 0) return false;
  if (typeof containerName === 'string' && containerName !== status.name) return false;
  return operator === 'In' ? values.includes(code) : operator === 'NotIn' && !values.includes(code);
}

/** What of a Pod a rule fits, told for the Job's condition; undefined: nothing. */
function match(rule: Rule, pod: Pod): string | undefined {
  const name = `${pod.metadata.namespace}/${pod.metadata.name}`;
  const { containerStatuses = [], initContainerStatuses = [], conditions = [] } = pod.status;
  if (rule.onExitCodes !== undefined && rule.onExitCodes !== null) {
    const { onExitCodes } = rule;
    const status = [...containerStatuses, ...initContainerStatuses].find((s) => fits(s, onExitCodes));
    return status === undefined
      ? undefined
      : `Container ${status.name} for pod ${name} failed with exit code ` +
          `${status.state?.terminated?.exitCode}`;
  }
  const patterns = rule.onPodConditions ?? [];
  const found = conditions.find((c) => patterns.some((p) => p.type === c.type && p.status === c.status));
  return found === undefined ? undefined : `Pod ${name} has condition ${found.type}`;
}

/** The first rule that fits decides; without one a failure counts. */
export function judge(policy: Policy, pod: Pod): Verdict {
  for (const [index, rule] of (policy?.rules ?? []).entries()) {
    const what = match(rule, pod);
    if (what === undefined) continue;
    const { action } = rule;
    if (action === 'Ignore') return { action, counts: false };
    if (action === 'FailIndex' || action === 'Count') return { action, counts: true };
    if (action === 'FailJob')
      return { action, counts: true, failure: `${what} matching ${action} rule at index ${index}` };
  }
  return COUNTED;
}
