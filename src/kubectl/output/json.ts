/** JSON as Go's encoder writes it: keys sorted, `<`, `>` and `&` escaped. */

export const escapeHtml = (json: string): string =>
  json.replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const object = value as Record<string, unknown>;
  const out: Record<string, unknown> = {};
  for (const key of Object.keys(object).sort()) out[key] = sorted(object[key]);
  return out;
}

/** Compact, as in jsonpath output and annotations. */
export const goJson = (value: unknown): string => escapeHtml(JSON.stringify(sorted(value)));

/** With four spaces, as `-o json`. */
export const goJsonIndented = (value: unknown): string =>
  `${escapeHtml(JSON.stringify(sorted(value), null, 4))}\n`;
