import { drawnOfTable, tableOfDrawn } from '../../chaos/schedule.ts';
import type { OperationFamily } from '../types.ts';
import type { AnyFaultsOperation } from './operation.ts';

export const anyFaults: OperationFamily<AnyFaultsOperation> = {
  op: 'anyFaults',
  role: 'act',
  keyword: 'When',
  phrases: [
    {
      en: 'any {int:min} to {int:max} faults strike within {duration:withinMs}',
      ja: '{withinMs}以内に任意の{min}個から{max}個の障害が起きる',
      about: 'a property scenario: any of the catalogue, at any times, at any targets',
      fixed: { of: 'all' },
    },
    {
      en: 'any {int:min} to {int:max} voluntary disruptions strike within {duration:withinMs}',
      ja: '{withinMs}以内に任意の{min}個から{max}個の自発的な中断が起きる',
      about: 'those that budgets are asked about',
      fixed: { of: 'voluntary' },
    },
    {
      en: 'any {int:min} to {int:max} of these faults strike within {duration:withinMs}:',
      ja: '{withinMs}以内に次の障害のうち任意の{min}個から{max}個が起きる:',
      about:
        'a table of kinds of the catalogue, under the head `fault`; in further columns (`target`, `for`, ' +
        'those of parameters) what is not to be drawn',
      table: 'rows',
      build: ({ rows, ...o }: Omit<AnyFaultsOperation, 'op' | 'of'> & { rows: string[][] }, faults) => ({
        op: 'anyFaults',
        ...o,
        of: drawnOfTable(rows, faults),
      }),
      said: ({ min, max, withinMs, of }, faults) =>
        typeof of === 'string' ? undefined : { min, max, withinMs, rows: tableOfDrawn(of, faults) },
    },
  ],
};
