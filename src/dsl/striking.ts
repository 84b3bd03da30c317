/** Faults that strike in a scenario: one now, or each of a schedule in its turn. */
import { printDuration } from '../chaos/duration.ts';
import { inOrder, lengthOf, type Strike } from '../chaos/schedule.ts';
import { FaultError, type FaultCall, type Struck } from '../chaos/types.ts';
import { ApiError } from '../sim/api/errors.ts';
import type { Millis } from '../sim/kernel/types.ts';
import { languageOf } from './explain.ts';
import { inputErrorOf, InputError } from './errors.ts';
import { wordsOf } from '../messages/index.ts';
import { mustKubectl, startInBackground } from './operator.ts';
import { printDurationJa } from './phrases/japaneseduration.ts';
import { driverOf } from './session.ts';
import type { Kit, Offer, Session } from './types.ts';

/** What a fault of this kind needs beside the API. */
export const needsOfFault = (kind: string, { faults }: Kit): Offer | undefined =>
  faults.named(kind).needs === 'api' ? undefined : 'physical';

/** @param kubectl runs a command as the operator. @throws FaultError when it meets no target */
export function strike(
  session: Session,
  call: FaultCall,
  kubectl: (argv: readonly string[]) => void = (argv) => mustKubectl(session, argv),
): void {
  const { namespace, kit } = session;
  const act = (): Struck => driverOf(session).strike(call, { namespace, kubectl, faults: kit.faults });
  const struck = session.options.striking?.(session, call, act) ?? act();
  session.listener.struck?.(call, struck);
}

/** What waits (a drain) goes on in the background while the schedule does. */
export function playSchedule(session: Session, strikes: readonly Strike[]): void {
  const driver = driverOf(session);
  const begin = driver.now;
  for (const one of inOrder(strikes)) strikeAt(session, begin, one);
  driver.pass(begin + lengthOf(strikes) - driver.now);
}

/** Lets time pass until a fault of a schedule is due, and strikes. @param beginMs of the schedule */
export function strikeAt(session: Session, beginMs: Millis, one: Strike): void {
  const driver = driverOf(session);
  const { missed } = session.options;
  driver.pass(beginMs + one.atMs - driver.now);
  try {
    strike(session, one.fault, (argv) => startInBackground(session, argv));
  } catch (error) {
    if (!(error instanceof FaultError || error instanceof ApiError || error instanceof InputError))
      throw error;
    const language = languageOf(session);
    const problem = (inputErrorOf(error, language) ?? error).message;
    const args = {
      at: (language === 'ja' ? printDurationJa : printDuration)(one.atMs),
      fault: one.fault.kind,
      problem,
    };
    const why = wordsOf({ key: 'strikeMissed', args }, language);
    if (missed === undefined) throw new InputError(why);
    missed(one, why);
  }
}
