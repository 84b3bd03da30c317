/** How the time of a served cluster goes, as `--clock` says it. */
import { type Pace, paceOf } from '../serve/clock.ts';
import { UsageError } from './exit.ts';

/** @throws UsageError */
export function paceFrom(text: string): Pace {
  const pace = paceOf(text);
  if (pace === undefined)
    throw new UsageError(`--clock takes live, x10 and its like, frozen or settle, not "${text}"`);
  return pace;
}
