import { mustKubectl, workloadArguments } from '../operator.ts';
import type { OperationFamily } from '../types.ts';
import type { ScaleOperation } from './operation.ts';

export const scale: OperationFamily<ScaleOperation> = {
  op: 'scale',
  role: 'act',
  keyword: 'When',
  phrases: [
    {
      en: '{workload} is scaled to {int:replicas}',
      ja: '{workload}を{replicas}個にスケールする',
      about: '`kubectl scale`',
    },
  ],
  play: ({ workload, replicas }, { session }) =>
    mustKubectl(session, ['scale', ...workloadArguments(session, workload), `--replicas=${replicas}`]),
};
