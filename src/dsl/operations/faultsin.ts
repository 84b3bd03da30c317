import type { FaultCatalogue } from '../../chaos/catalogue.ts';
import type { Strike } from '../../chaos/schedule.ts';
import { parseSchedule } from '../../chaos/schedulefile.ts';
import { readInput } from '../session.ts';
import { playSchedule } from '../striking.ts';
import type { Files, OperationFamily } from '../types.ts';
import type { FaultsInOperation } from './operation.ts';

const strikesIn = (path: string, files: Files, faults: FaultCatalogue): readonly Strike[] =>
  parseSchedule(readInput(files, path), path, faults);

export const faultsIn: OperationFamily<FaultsInOperation> = {
  op: 'faultsIn',
  role: 'act',
  keyword: 'When',
  phrases: [
    {
      en: 'the faults in {string:path} strike',
      ja: '{path}に書かれた障害が起きる',
      about: 'the same from a YAML file ([schedules](schedules.md))',
    },
  ],
  play: ({ path }, { session }) =>
    playSchedule(session, strikesIn(path, session.options.files, session.kit.faults)),
  selfContained: ({ path }, files, faults) => ({ op: 'faults', strikes: strikesIn(path, files, faults) }),
};
