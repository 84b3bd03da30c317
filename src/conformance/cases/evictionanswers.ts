/** Whether the eviction subresource lets a pod go. */
import { decideEviction } from '../../sim/api/eviction.ts';
import type { Pod, PodDisruptionBudget } from '../../sim/api/types.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

interface Row {
  name: string;
  /** Status of each budget that selects the pod; observedGeneration of the first lags with `lag`. */
  budgets?: Record<string, unknown>[];
  policy?: string;
  lag?: boolean;
  phase?: string;
  ready?: boolean;
  terminating?: boolean;
  answer: unknown;
}

const condition = (status: string, reason: string, message = ''): object[] =>
  [{ type: 'DisruptionAllowed', status, reason, message, lastTransitionTime: '2026-01-05T09:00:00Z' }];

function answer(row: Row): unknown {
  const pod = {
    apiVersion: 'v1', kind: 'Pod',
    metadata: { name: 'p', namespace: 'default', labels: { a: 'true' }, ...(row.terminating ? { deletionTimestamp: '2026-01-05T09:00:00Z' } : {}) },
    spec: { containers: [] }, status: { phase: row.phase ?? 'Running', conditions: [{ type: 'Ready', status: row.ready === false ? 'False' : 'True' }] },
  } as unknown as Pod;
  const budgets = (row.budgets ?? []).map((status, i) => ({
    apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: i === 0 ? 'foo' : `foo-${i}`, namespace: 'default', generation: row.lag ? 2 : 1 },
    spec: { selector: { matchLabels: { a: 'true' } }, ...(row.policy === undefined ? {} : { unhealthyPodEvictionPolicy: row.policy }) },
    status: { observedGeneration: 1, ...status },
  })) as unknown as PodDisruptionBudget[];
  const decision = decideEviction(pod, budgets, 1000);
  if (!decision.allow) {
    const { code, message, details } = decision.error;
    return { code, message, why: details.causes?.[0]?.message, retryAfter: details.retryAfterSeconds };
  }
  if (decision.update === undefined) return 'deleted';
  const { disruptionsAllowed, disruptedPods, conditions } = decision.update.status;
  return { left: disruptionsAllowed, disrupted: Object.keys(disruptedPods ?? {}), reason: conditions?.[0]?.reason };
}

const REFUSED = "Cannot evict pod as it would violate the pod's disruption budget.";
const refused = (why: string, retryAfter?: number): object => ({ code: 429, message: REFUSED, why, retryAfter });
const needs = (want: number, have: number): object => refused(`The disruption budget foo needs ${want} healthy pods and has ${have} currently`);
const counts = (allowed: number, healthy: number, desired: number): Record<string, unknown> => ({
  disruptionsAllowed: allowed, currentHealthy: healthy, desiredHealthy: desired,
});
const many = Object.fromEntries(Array.from({ length: 2001 }, (_, i) => [`p${i}`, '2026-01-05T09:00:00Z']));

const rows: Row[] = [
  { name: 'no budget', answer: 'deleted' },
  { name: 'nothing allowed, running', budgets: [counts(0, 0, 0)], answer: needs(0, 0) },
  { name: 'nothing allowed, pending', budgets: [counts(0, 0, 0)], phase: 'Pending', answer: 'deleted' },
  { name: 'nothing allowed, succeeded', budgets: [counts(0, 0, 0)], phase: 'Succeeded', answer: 'deleted' },
  { name: 'nothing allowed, failed', budgets: [counts(0, 0, 0)], phase: 'Failed', answer: 'deleted' },
  { name: 'nothing allowed, being deleted already', budgets: [counts(0, 0, 0)], terminating: true, answer: 'deleted' },
  { name: 'one allowed', budgets: [counts(1, 2, 1)], answer: { left: 0, disrupted: ['p'], reason: 'InsufficientPods' } },
  {
    name: 'the last one allowed turns the condition', budgets: [{ ...counts(1, 2, 1), conditions: condition('True', 'SufficientPods') }],
    answer: { left: 0, disrupted: ['p'], reason: 'InsufficientPods' },
  },
  {
    name: 'while some are left the condition stays', budgets: [{ ...counts(3, 4, 1), conditions: condition('True', 'SufficientPods') }],
    answer: { left: 2, disrupted: ['p'], reason: 'SufficientPods' },
  },
  {
    name: 'earlier approvals are kept', budgets: [{ ...counts(2, 4, 2), disruptedPods: { q: '2026-01-05T09:00:00Z' } }],
    answer: { left: 1, disrupted: ['q', 'p'], reason: undefined },
  },
  { name: 'healthy pod, another is unhealthy', budgets: [counts(0, 2, 2)], answer: needs(2, 2) },
  { name: 'unhealthy pod, enough others', budgets: [counts(0, 2, 2)], ready: false, answer: 'deleted' },
  { name: 'unhealthy pod, not enough others', budgets: [counts(0, 1, 2)], ready: false, answer: needs(2, 1) },
  { name: 'unhealthy pod, nothing desired', budgets: [counts(0, 0, 0)], ready: false, answer: needs(0, 0) },
  { name: 'IfHealthyBudget as without a policy: enough', budgets: [counts(0, 2, 2)], policy: 'IfHealthyBudget', ready: false, answer: 'deleted' },
  { name: 'IfHealthyBudget as without a policy: not enough', budgets: [counts(0, 1, 2)], policy: 'IfHealthyBudget', ready: false, answer: needs(2, 1) },
  { name: 'AlwaysAllow, unhealthy, not enough', budgets: [counts(0, 1, 2)], policy: 'AlwaysAllow', ready: false, answer: 'deleted' },
  { name: 'AlwaysAllow, healthy', budgets: [counts(0, 2, 2)], policy: 'AlwaysAllow', answer: needs(2, 2) },
  { name: 'AlwaysAllow, healthy, one allowed', budgets: [counts(1, 3, 2)], policy: 'AlwaysAllow', answer: { left: 0, disrupted: ['p'], reason: 'InsufficientPods' } },
  { name: 'unhealthy, allowed, others enough: nothing is spent', budgets: [counts(1, 3, 2)], ready: false, answer: 'deleted' },
  {
    name: 'two budgets', budgets: [counts(1, 3, 2), counts(1, 3, 2)],
    answer: {
      code: 500, message: 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.', why: undefined, retryAfter: undefined,
    },
  },
  { name: 'two budgets, pending', budgets: [counts(1, 3, 2), counts(1, 3, 2)], phase: 'Pending', answer: 'deleted' },
  {
    name: 'the budget was changed and not seen yet', budgets: [counts(1, 3, 2)], lag: true,
    answer: refused('The disruption budget foo is still being processed by the server.', 10),
  },
  {
    name: 'negative allowance', budgets: [counts(-1, 0, 1)],
    answer: { code: 403, message: 'poddisruptionbudget.policy "foo" is forbidden: pdb disruptions allowed is negative', why: undefined, retryAfter: undefined },
  },
  {
    name: 'too many unconfirmed evictions', budgets: [{ ...counts(1, 3, 2), disruptedPods: many }],
    answer: {
      code: 403, why: undefined, retryAfter: undefined,
      message: 'poddisruptionbudget.policy "foo" is forbidden: DisruptedPods map too big - too many evictions not confirmed by PDB controller',
    },
  },
  {
    name: 'the budget could not be computed', budgets: [{ disruptionsAllowed: 0, conditions: condition('False', 'SyncFailed', 'hoge') }],
    answer: refused('The disruption budget foo does not allow evicting pods currently because it failed sync: hoge'),
  },
  {
    name: 'another reason with a message', budgets: [{ ...counts(0, 4, 3), conditions: condition('False', 'bar-reason', 'hoge') }],
    answer: refused('The disruption budget foo does not allow evicting pods currently (bar-reason): hoge'),
  },
  {
    name: 'enough healthy, no reason given', budgets: [counts(0, 4, 3)],
    answer: refused('The disruption budget foo does not allow evicting pods currently'),
  },
  { name: 'counts speak before another reason', budgets: [{ ...counts(0, 3, 3), conditions: condition('False', 'bar-reason', 'hoge') }], answer: needs(3, 3) },
];

export const evictionCases: CaseArea = {
  area: 'eviction answers', source: 'pkg/registry/core/pod/storage/eviction_test.go',
  cases: rows.map((row): ConformanceCase => ({ name: row.name, run: () => answer(row), expected: row.answer })),
};
