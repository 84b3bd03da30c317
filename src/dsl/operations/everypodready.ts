import { waitUntilReady } from '../waiting.ts';
import type { OperationFamily } from '../types.ts';
import type { EveryPodReadyOperation } from './operation.ts';

export const everyPodReady: OperationFamily<EveryPodReadyOperation> = {
  op: 'everyPodReady',
  role: 'judge',
  keyword: 'Given',
  phrases: [
    {
      en: 'every pod is ready',
      ja: 'すべてのPodの準備が完了している',
      about:
        'time passes until all pods not being deleted are Ready; a pod that has failed is not, unless a ' +
        'controller replaces it; fails after 10 minutes (a tenth of a second a Pod wanted, where that is ' +
        'longer)',
    },
  ],
  play: (_, { session, text }) => waitUntilReady(session, text),
};
