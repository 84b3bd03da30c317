import { simulationOf } from '../capabilities.ts';
import { driverOf } from '../session.ts';
import type { OperationFamily } from '../types.ts';
import type { SeedOperation } from './operation.ts';

export const seed: OperationFamily<SeedOperation> = {
  op: 'seed',
  role: 'scene',
  needs: () => 'simulation',
  keyword: 'Given',
  phrases: [
    {
      en: 'chance goes on from seed {string:seed}',
      ja: '以後の乱数はシード{seed}から引く',
      about: 'what is left to chance from here on is drawn from this seed (counterexamples use it)',
    },
  ],
  play: (operation, { session }) => simulationOf(driverOf(session)).reseed(operation.seed),
  shrink: { droppable: false },
};
