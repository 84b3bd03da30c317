/** By which words a concept is found in an entry: kinds, reasons, types of conditions, keys, who did it. */
import type { FaultCall } from '../../chaos/types.ts';
import type { Entry } from '../run.ts';

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
