/** By which words a concept is found in an entry: kinds, reasons, types of conditions, keys, who did it. */
import type { FaultCall } from '../../chaos/types.ts';
import type { Entry, Run } from '../run.ts';
import { CONCEPTS } from '../words/concepts/index.ts';

export function wordsIn(entry: Entry): readonly string[] {
  if (entry.type !== 'api') {
    const { fault } = entry.args as { readonly fault?: FaultCall };
    return [entry.key, fault?.kind ?? ''];
  }
  const { kind, event, says } = entry;
  const conditions = says.flatMap(({ key, args }) => [
    key,
    String(args['type'] ?? ''),
    String(args['reason'] ?? ''),
  ]);
  return [kind, event?.reason ?? '', ...conditions];
}

const MET: ReadonlySet<string> = new Set(CONCEPTS.flatMap((c) => c.met));

/** What the entries of a run speak of, those of the cluster's beginning aside. */
export const spokenIn = (run: Run | undefined): string[] => {
  const words = (run?.entries ?? []).filter((e) => e.at >= 0).flatMap((e) => [e.by, ...wordsIn(e)]);
  return [...new Set(words)].filter((word) => MET.has(word));
};
