import { callOf, wordsOf } from '../../chaos/schedule.ts';
import { weakerCalls } from '../shrinking.ts';
import { needsOfFault, strike } from '../striking.ts';
import type { OperationFamily } from '../types.ts';
import type { FaultOperation } from './operation.ts';

export const fault: OperationFamily<FaultOperation> = {
  op: 'fault',
  role: 'act',
  keyword: 'When',
  phrases: [
    {
      en: 'fault {string:kind} strikes:',
      ja: '障害{kind}が起きる:',
      about:
        'any fault of [the catalogue](faults.md) by its name; rows of two cells: `target`, `for` and its ' +
        'parameters',
      table: 'rows',
      build: ({ kind, rows }: { kind: string; rows: string[][] }, faults) => ({
        op: 'fault',
        fault: callOf(
          kind,
          Object.fromEntries(rows.map(([column = '', value = '']) => [column, value])),
          faults,
        ),
      }),
      said: ({ fault: call }, faults) => ({ kind: call.kind, rows: Object.entries(wordsOf(call, faults)) }),
    },
  ],
  needs: ({ fault: { kind } }, kit) => needsOfFault(kind, kit),
  play: ({ fault: call }, { session }) => strike(session, call),
  shrink: { weaker: (o) => weakerCalls(o.fault).map((call) => ({ ...o, fault: call })) },
};
