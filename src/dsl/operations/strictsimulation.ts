import type { OperationFamily } from '../types.ts';
import type { StrictSimulationOperation } from './operation.ts';

export const strictSimulation: OperationFamily<StrictSimulationOperation> = {
  op: 'strictSimulation',
  role: 'scene',
  keyword: 'Given',
  phrases: [
    {
      en: 'strict simulation',
      ja: '厳密なシミュレーション',
      about:
        'nothing may be taken as given: a field of a manifest that is stored only (docs/simulated.md), or ' +
        'an image that nobody described, is refused (`cluster setting "strictSimulation" is "true"` says ' +
        'the same)',
    },
  ],
  play(_, { session }) {
    session.strictSimulation = true;
  },
};
