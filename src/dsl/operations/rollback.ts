import { mustKubectl, workloadArguments } from '../operator.ts';
import type { Workload } from '../workload.ts';
import type { OperationFamily } from './types.ts';

/** A workload goes back to its revision before. */
export interface RollbackOperation {
  readonly op: 'rollback';
  readonly workload: Workload;
}

export const rollback: OperationFamily<RollbackOperation> = {
  op: 'rollback',
  role: 'act',
  keyword: 'When',
  phrases: [
    { en: '{workload} is rolled back', ja: '{workload}をロールバックする', about: '`kubectl rollout undo`' },
  ],
  play: ({ workload }, { session }) =>
    mustKubectl(session, ['rollout', 'undo', ...workloadArguments(session, workload)]),
};
