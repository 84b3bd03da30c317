/** Evictions that nothing comes of but more evictions. */
import type { Pod } from '../sim/api/types.ts';
import type { Millis } from '../sim/kernel/types.ts';
import { changeOf, defineInvariant, named, told } from './define.ts';
import { ownerOf } from './pods.ts';
import type { Violation } from './types.ts';

/** The end of the run that is looked at. */
const LAST_MS: Millis = 600_000;
/** Evictions at one time are one. */
const APART_MS: Millis = 20_000;
/** So many, one after the other, are a circle. */
const MOST = 3;

const REASONS = ['EvictionByEvictionAPI', 'DeletionByTaintManager'];

const isEvicted = ({ status }: Pod): boolean =>
  status.conditions?.some(
    ({ type, status: is, reason }) =>
      type === 'DisruptionTarget' && is === 'True' && REASONS.includes(reason ?? ''),
  ) === true;

export const evictionsEnd = defineInvariant<null>({
  name: 'evictions-end',
  asks: 'api',
  about: 'Once faults are over, the Pods of a workload are not evicted again and again.',
  why: 'who evicts Pods that come to stand where they stood has them restarted for nothing, for ever',
  fails: `Of one workload, Pods were evicted at more than ${MOST} different times in the last ten minutes.`,
  init: () => null,
  finally(_state, view): Violation | undefined {
    const times = new Map<string, Millis[]>();
    for (const entry of view.changes()) {
      if (entry.at <= view.now - LAST_MS) break;
      const { before, after } = changeOf(entry, 'Pod') ?? {};
      if (after === undefined || !isEvicted(after) || before === undefined || isEvicted(before)) continue;
      const owner = ownerOf(after)?.uid;
      if (owner === undefined) continue;
      // The newest first.
      const known = times.get(owner) ?? [];
      if (known.length === 0 || known.at(-1)! - entry.at >= APART_MS) known.push(entry.at);
      times.set(owner, known);
      if (known.length > MOST)
        return {
          message: told('brokenEvictions', { pod: named(after), times: known.length }),
          objects: [after],
          entry: entry.id,
        };
    }
    return undefined;
  },
});
