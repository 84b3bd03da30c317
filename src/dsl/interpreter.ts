/** Plays operations against a driver, one after the other. */
import type { RequestOptions } from '../sim/api/caller.ts';
import { rememberCollected } from './taken.ts';
import { ApiError } from '../sim/api/errors.ts';
import { rememberAct } from './consequences.ts';
import { inputErrorOf, InputError, wrong } from './errors.ts';
import { languageOf } from './explain.ts';
import { expectsFailure } from './operations/assert.ts';
import { type Replayer, type Session, type SessionListener } from './types.ts';
import type { Operation } from './operations/operation.ts';
import { vocabularyOf } from './phrases/vocabulary.ts';
import type { Source } from './source.ts';
import { createSession, markNow } from './session.ts';

export interface PlayOptions {
  /** The step as written, for messages; absent: as the language would print it. */
  readonly text?: string;
  /**
   * Whether it is a `When`, from the first of which the past counts; absent: as the operation's own role
   * says.
   */
  readonly action?: boolean;
  /** Where its doc string stands, for what is said of it. */
  readonly source?: Source;
  /** Whether a failing kubectl line is what a later step looks for. */
  readonly mayFail?: boolean;
  /** Told of what the requests of a kubectl line get through. */
  readonly passed?: RequestOptions['passed'];
}

/**
 * Plays one operation.
 * @throws ClaimError when a claim does not hold, InputError when the operation makes no sense
 */
export function play(session: Session, operation: Operation, options: PlayOptions = {}): void {
  const words = vocabularyOf(session.kit);
  const text = options.text ?? words.renderLine(operation, languageOf(session));
  const { listener } = session;
  listener.begins?.(session, operation, text);
  try {
    if (words.isQuantifier(operation) || session.operations.some(words.isQuantifier))
      collect(session, operation);
    else act(session, operation, text, options);
  } catch (error) {
    listener.ends?.(session, error);
    throw error;
  }
  listener.ends?.(session, undefined);
}

function act(session: Session, operation: Operation, text: string, options: PlayOptions): void {
  const words = vocabularyOf(session.kit);
  const family = words.familyOf(operation);
  const { driver } = session;
  if (options.source !== undefined) session.sources.set(session.operations.length, options.source);
  const action = options.action ?? words.happens(operation);
  let done: (() => void) | undefined;
  if (driver !== undefined) {
    if (session.origin === undefined && action) session.origin = markNow(session);
    if (family.looks === undefined) {
      const { op, ...args } = operation;
      const entry = driver.operation(op, family.told?.(operation) ?? args);
      session.said.set(entry, text);
      const from = driver.now;
      if (action && (family.role === 'act' || family.role === 'scene'))
        done = () => rememberAct(session, entry, from, text);
      else session.acts = undefined;
    }
  }
  try {
    family.play!(operation, {
      session,
      text,
      mayFail: options.mayFail === true,
      passed: options.passed,
      replay: watchAgain,
    });
    done?.();
  } catch (error) {
    throw error instanceof ApiError
      ? new InputError(error.message)
      : (inputErrorOf(error, languageOf(session)) ?? error);
  } finally {
    session.operations.push(operation);
    session.texts.push(text);
  }
}

/**
 * What comes before a claim is only remembered; the claim is held against everything the quantifiers allow.
 */
function collect(session: Session, operation: Operation): void {
  const { property } = session.options;
  if (property === undefined) throw wrong('propertyNotHere', {});
  try {
    if (vocabularyOf(session.kit).concludes(operation)) {
      const report = property([...session.operations, operation], session.options);
      const place = { operation: session.operations.length };
      session.warnings.push(...report.warnings.map((warning) => ({ ...warning, ...place })));
      session.given.push(...report.images);
      session.listener.checked?.(report);
    } else rememberCollected(session, operation);
  } finally {
    session.operations.push(operation);
    session.texts.push(vocabularyOf(session.kit).renderLine(operation, languageOf(session)));
  }
}

const sourceOf = ({ sources }: Session, operation: number): Pick<PlayOptions, 'source'> => {
  const source = sources.get(operation);
  return source === undefined ? {} : { source };
};

/**
 * Plays all of a session's operations on a new cluster of another seed.
 * @param listener told of the replay
 * @throws as `play`, at the first operation that fails
 */
export function replay(session: Session, seed: string | number, listener: SessionListener = {}): Session {
  const again = createSession({ ...session.options, seed }, listener);
  for (const [i, operation] of session.operations.entries())
    play(again, operation, {
      text: session.texts[i]!,
      ...sourceOf(session, i),
      action: i === session.origin?.operations,
      mayFail: i < session.operations.length - 1 && expectsFailure(session.operations.slice(i + 1)),
    });
  return again;
}

/** With the same seed everything happens again as it did, claims included: they are not asked twice. */
const watchAgain: Replayer = (session, from, observe) => {
  let observing = false;
  const again = createSession(session.options, {
    happens: (s) => {
      if (observing) observe(s);
    },
  });
  for (const [i, operation] of session.operations.entries()) {
    if (from === i) {
      observing = true;
      observe(again);
    }
    if (vocabularyOf(session.kit).familyOf(operation).looks?.(operation) === 'back') continue;
    play(again, operation, {
      text: session.texts[i]!,
      action: i === session.origin?.operations,
      mayFail: true,
    });
  }
  if (observing) observe(again);
};
