/**
 * Quantities in resource lists, stored as the API server stores them: rounded up to thousandths, in canonical
 * form. Models SetDefaults_ResourceList of pkg/apis/core/v1/defaults.go. A text that is no quantity throws
 * the parser's error.
 */
import { remembered } from '../../kernel/memo.ts';
import { formatQuantity, parseQuantity } from '../quantity.ts';

type Resources = Record<string, string | number>;

const MILLI = 1_000_000n;
export const canonicalResource = remembered(10_000, (text: string | number): string => {
  const q = parseQuantity(text);
  const milli = q.nano >= 0n ? (q.nano + MILLI - 1n) / MILLI : q.nano / MILLI;
  return milli * MILLI === q.nano
    ? formatQuantity(q)
    : formatQuantity({ nano: milli * MILLI, format: q.format });
});

export function defaultResourceList<R extends object>(list: R): R {
  let out: Resources | undefined;
  for (const [name, text] of Object.entries(list as Resources)) {
    const next = canonicalResource(text);
    if (next === text) continue;
    out ??= { ...(list as Resources) };
    out[name] = next;
  }
  return (out ?? list) as R;
}
