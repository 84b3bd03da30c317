import { waitUntilSettled } from '../waiting.ts';
import type { OperationFamily } from '../types.ts';
import type { SettledOperation } from './operation.ts';

export const settled: OperationFamily<SettledOperation> = {
  op: 'settled',
  role: 'judge',
  keyword: 'Given',
  phrases: [
    {
      en: 'the cluster has settled',
      ja: 'クラスターが安定している',
      about:
        'time passes until nothing but time-outs is pending; fails after 1 hour and says what keeps moving',
    },
  ],
  play: (_, { session, text }) => waitUntilSettled(session, text),
};
