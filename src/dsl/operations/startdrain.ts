import { weakerCalls } from '../shrinking.ts';
import { startInBackground } from '../operator.ts';
import { strike } from '../striking.ts';
import type { OperationFamily } from '../types.ts';
import type { StartDrainOperation } from './operation.ts';

export const startDrain: OperationFamily<StartDrainOperation> = {
  op: 'startDrain',
  role: 'act',
  keyword: 'When',
  phrases: [
    {
      en: '{nodes:target} is/are drained without waiting',
      ja: '{target}を、完了を待たずにdrainする',
      about: 'goes on in the background: ask later whether `the drain of node "…" is finished`',
    },
  ],
  play: ({ target }, { session }) =>
    strike(session, { kind: 'NodeDrain', ...target }, (argv) => startInBackground(session, argv)),
  shrink: {
    weaker: ({ target }) =>
      weakerCalls({ kind: 'NodeDrain', ...target }).map(({ kind: _, ...weaker }) => ({
        op: 'startDrain' as const,
        target: weaker,
      })),
  },
};
