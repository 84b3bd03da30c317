import { EPOCH, parseTime } from '../../sim/api/time.ts';
import { wrong } from '../errors.ts';
import { driverOf } from '../session.ts';
import type { OperationFamily } from '../types.ts';
import type { UntilOperation } from './operation.ts';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)$/;

export const until: OperationFamily<UntilOperation> = {
  op: 'until',
  role: 'time',
  keyword: 'When',
  phrases: [
    {
      en: 'the clock reaches {string:time}',
      ja: '時計が{time}になる',
      about: 'time passes until then: `"2026-01-05T10:59:30Z"`; simulations begin at 09:00 of that day',
    },
  ],
  told: () => ({}),
  play({ time }, { session }) {
    const driver = driverOf(session);
    const at = parseTime(time);
    const now = new Date(EPOCH + driver.now).toISOString();
    if (!INSTANT.test(time) || Number.isNaN(at)) throw wrong('noInstant', { time, now });
    if (at < driver.now) throw wrong('instantIsOver', { time, now });
    driver.pass(at - driver.now);
  },
  shrink: { droppable: false },
};
