/**
 * A schedule played fault by fault, so that many that begin alike share their beginning: fork the session
 * between two of them. It comes to the same as playing `{op: 'faults', strikes}` once it is ended.
 */
import { lengthOf, type Strike } from '../chaos/schedule.ts';
import type { Millis } from '../sim/kernel/types.ts';
import { languageOf } from './explain.ts';
import { faults } from './operations/faults.ts';
import { vocabularyOf } from './phrases/vocabulary.ts';
import { driverOf, markNow } from './session.ts';
import { strikeAt } from './striking.ts';
import type { Session } from './types.ts';

export const stepwise = {
  begin(session: Session): Millis {
    const driver = driverOf(session);
    session.origin ??= markNow(session);
    const operation = { op: 'faults', strikes: [] } as const;
    const text = vocabularyOf(session.kit).renderLine(operation, languageOf(session));
    session.said.set(driver.operation(operation.op, faults.told!(operation)), text);
    return driver.now;
  },
  strike: strikeAt,
  end(session: Session, beginMs: Millis, strikes: readonly Strike[]): void {
    const driver = driverOf(session);
    driver.pass(beginMs + lengthOf(strikes) - driver.now);
    session.operations.push({ op: 'faults', strikes });
    session.texts.push(vocabularyOf(session.kit).renderLine({ op: 'faults', strikes }, languageOf(session)));
  },
};
