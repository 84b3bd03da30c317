import { mustKubectl, workloadArguments } from '../operator.ts';
import type { OperationFamily } from '../types.ts';
import type { RollbackOperation } from './operation.ts';

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
