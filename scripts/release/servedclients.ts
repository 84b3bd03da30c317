/** Hostile clients of a served cluster, some minutes of them. */
import type { Check } from './check.ts';
import { sharedOut } from './shares.ts';

/** Requests of each share; the shares are of different seeds. */
const REQUESTS = 6_000;
const SHARES = 4;

export const servedClients: Check = {
  name: 'served clients',
  plan: () =>
    sharedOut(
      Array.from({ length: SHARES }, (_, i) => ({
        name: `share ${i + 1}`,
        command: ['release/attackserved.ts', String(i + 2), String(REQUESTS)],
        many: REQUESTS,
      })),
      { inputs: 'requests', accepted: 'answered', wrong: 'answered as none may be' },
    ),
};
