/** The registry of waits. */
import { ALL_WAITS } from './all.ts';
import type { Wait } from './wait.ts';

const WAITS: ReadonlyMap<string, Wait<never>> = new Map(ALL_WAITS.map((w) => [w.name, w]));

export function waitNamed(name: string): Wait<unknown> {
  const found = WAITS.get(name);
  if (found === undefined) throw new Error(`there is no wait "${name}"`);
  return found as unknown as Wait<unknown>;
}
