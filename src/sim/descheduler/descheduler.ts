/**
 * The descheduler: it evicts Pods that stand where the scheduler would not put them today, by a policy.
 * Models github.com/kubernetes-sigs/descheduler. Budgets hold; where evicted Pods come to stand is the
 * scheduler's matter.
 */
import type { ApiComponent } from '../api/client.ts';
import { DESCHEDULER } from './names.ts';
import { armNext, begin, type DeschedulerState, type DeschedulerTask, run } from './work.ts';

/** A process for each; its arguments say the policy (JSON) and the interval. */
export const descheduler: ApiComponent<DeschedulerState, DeschedulerTask> = {
  component: DESCHEDULER,
  watches: () => [{ kinds: ['Node', 'PodDisruptionBudget', 'PriorityClass', 'Pod'] }],
  start: (ctx) => begin(ctx),
  observe: (_event, state, ctx) => armNext(state, ctx),
  handle: (_task, state, ctx) => run(state, ctx),
};
