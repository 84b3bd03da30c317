/**
 * Quantities in resource lists, stored as the API server stores them: rounded up to thousandths, in canonical form.
 * Models SetDefaults_ResourceList of pkg/apis/core/v1/defaults.go. A text that is no quantity throws the parser's error.
 */
import { formatQuantity, parseQuantity } from '../quantity.ts';

type Resources = Record<string, string | number>;

const MILLI = 1_000_000n;
const canonical = new Map<string | number, string>();
const LIMIT = 10_000;

export function canonicalResource(text: string | number): string {
  let known = canonical.get(text);
  if (known === undefined) {
    const q = parseQuantity(text);
    const milli = q.nano >= 0n ? (q.nano + MILLI - 1n) / MILLI : q.nano / MILLI;
    known = milli * MILLI === q.nano ? formatQuantity(q) : formatQuantity({ nano: milli * MILLI, format: q.format });
    if (canonical.size >= LIMIT) canonical.clear();
    canonical.set(text, known);
  }
  return known;
}

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
