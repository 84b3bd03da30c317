import { scheduleOfTable, tableOfSchedule } from '../../chaos/schedule.ts';
import { smallerSchedules } from '../shrinking.ts';
import { needsOfFault, playSchedule } from '../striking.ts';
import type { OperationFamily } from '../types.ts';
import type { FaultsOperation } from './operation.ts';

export const faults: OperationFamily<FaultsOperation> = {
  op: 'faults',
  role: 'act',
  keyword: 'When',
  phrases: [
    {
      en: 'these faults strike:',
      ja: '次の障害が起きる:',
      about:
        'a schedule: the columns `at` (from the step), `fault`, `target`, `for` and parameters; the step ' +
        'takes until the last has struck and those with a `for` are over. Drains go on in the background',
      table: 'rows',
      build: ({ rows }: { rows: string[][] }, faults) => ({
        op: 'faults',
        strikes: scheduleOfTable(rows, faults),
      }),
      said: ({ strikes }, faults) => ({ rows: tableOfSchedule(strikes, faults) }),
    },
  ],
  // Each strike is told when it comes: a schedule may be played before its end is known.
  told: () => ({}),
  needs: ({ strikes }, kit) =>
    strikes.some(({ fault: { kind } }) => needsOfFault(kind, kit) !== undefined) ? 'physical' : undefined,
  play: ({ strikes }, { session }) => playSchedule(session, strikes),
  shrink: { weaker: (o) => [...smallerSchedules(o.strikes)].map((strikes) => ({ ...o, strikes })) },
  size: ({ strikes }) => strikes.length,
};
