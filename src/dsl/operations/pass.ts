import { driverOf } from '../session.ts';
import { shorter } from '../shrinking.ts';
import type { OperationFamily } from '../types.ts';
import type { PassOperation } from './operation.ts';

export const pass: OperationFamily<PassOperation> = {
  op: 'pass',
  role: 'time',
  keyword: 'When',
  phrases: [
    { en: '{duration:durationMs} pass(es)', ja: '{durationMs}が経過する', about: 'virtual time moves' },
  ],
  // How long is known when it is over: whoever plays along with a clock learns it at the end.
  told: () => ({}),
  play: ({ durationMs }, { session }) => driverOf(session).pass(durationMs),
  shrink: { weaker: (o) => shorter(o.durationMs).map((durationMs) => ({ ...o, durationMs })) },
};
