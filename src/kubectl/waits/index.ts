/** The registry of waits. */
import { conditionWait } from './condition.ts';
import { deletionWait } from './deletion.ts';
import { drainWait } from './drain.ts';
import { rolloutStatusWait } from './rolloutstatus.ts';
import type { Wait } from './wait.ts';

const WAITS: ReadonlyMap<string, Wait<never>> = new Map(
  [deletionWait, drainWait, rolloutStatusWait, conditionWait].map((w) => [w.name, w as Wait<never>]),
);

export function waitNamed(name: string): Wait<unknown> {
  const found = WAITS.get(name);
  if (found === undefined) throw new Error(`there is no wait "${name}"`);
  return found as unknown as Wait<unknown>;
}
