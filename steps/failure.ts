/** What steps and hooks fail with, as Cucumber takes it. */
import { ClaimError, InputError, inputErrorOf } from '../src/dsl/errors.ts';
import type { Language } from '../src/messages/index.ts';

/** Of a line that is longer, V8 did not write it. */
const LONGEST_FRAME = 500;

/** The frames of a stack without the message, which V8 writes above them. */
function framesOf({ stack = '', message }: Error): string {
  const at = stack.indexOf(message);
  return (at < 0 ? stack : stack.slice(at + message.length))
    .split('\n')
    .filter((line) => line.length <= LONGEST_FRAME && /^ {4}at /.test(line))
    .join('\n');
}

/**
 * The error to throw for what went wrong: what users brought about is told in one message, without a stack; a
 * fault of ours keeps its frames. No stack holds the message, since Cucumber takes stacks apart by
 * expressions (error-stack-parser) that need minutes for some texts with quotes in them.
 * @param language of what the catalogue has words for
 */
export function tellable(error: unknown, language: Language = 'en'): Error {
  const given = inputErrorOf(error, language) ?? (error instanceof Error ? error : new Error(String(error)));
  given.stack = given instanceof ClaimError || given instanceof InputError ? '' : framesOf(given);
  return given;
}

/** Does it, and throws what goes wrong as Cucumber takes it. */
export function telling<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw tellable(error);
  }
}
