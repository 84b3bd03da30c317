import { mustKubectl, workloadArguments } from '../operator.ts';
import type { Workload } from '../workload.ts';
import type { OperationFamily } from './types.ts';

/** A workload gets another number of replicas. */
export interface ScaleOperation {
  readonly op: 'scale';
  readonly workload: Workload;
  readonly replicas: number;
}

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
