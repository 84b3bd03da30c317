/**
 * A schedule played fault by fault, so that many that begin alike share their beginning: fork the session
 * between two of them. It comes to the same as playing `{op: 'faults', strikes}` once it is ended.
 */
import { lengthOf, type Strike } from '../chaos/schedule.ts';
import type { Millis } from '../sim/kernel/types.ts';
import { vocabularyOf } from './phrases/vocabulary.ts';
import { driverOf, markNow, type Session } from './session.ts';
import { strikeAt } from './striking.ts';

export const stepwise = {
  begin(session: Session): Millis {
    const driver = driverOf(session);
    session.origin ??= markNow(session);
    driver.operation(vocabularyOf(session.kit).renderLine({ op: 'faults', strikes: [] }));
    return driver.now;
  },
  strike: strikeAt,
  end(session: Session, beginMs: Millis, strikes: readonly Strike[]): void {
    const driver = driverOf(session);
    driver.pass(beginMs + lengthOf(strikes) - driver.now);
    session.operations.push({ op: 'faults', strikes });
    session.texts.push(vocabularyOf(session.kit).renderLine({ op: 'faults', strikes }));
  },
};
