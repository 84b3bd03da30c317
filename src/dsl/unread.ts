import type { Language } from '../messages/index.ts';
import { misreadingJa } from '../messages/simulatorja.ts';
import { MisreadError } from '../sim/api/misreading.ts';
import { type InputError, wrong } from './errors.ts';

/** Of a behaviour that is no YAML, or says what it cannot. */
export function unread(
  of: 'image' | 'webhook' | 'conversion',
  name: string,
  error: unknown,
  language: Language,
): InputError {
  const problem =
    error instanceof MisreadError && language === 'ja'
      ? misreadingJa(error.misreading)
      : (error as Error).message;
  return wrong('badBehaviour', { of, name, problem });
}
