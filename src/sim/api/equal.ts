/**
 * Deep equality of API values, with identity short-cuts: stored objects share what did not change.
 * A key whose value is undefined, null or an empty list counts as absent, as it would on the wire
 * (apimachinery's `equality.Semantic` likewise does not tell nil from empty lists).
 */
const absent = (v: unknown): boolean => v === undefined || v === null || (Array.isArray(v) && v.length === 0);

export function deepEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return absent(a) && absent(b);
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    for (let i = 0; i < a.length; i += 1) if (!deepEqual(a[i], b[i])) return false;
    return true;
  }
  if (Array.isArray(b)) return false;
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  let shared = 0;
  for (const key in left) {
    const value = left[key];
    const other = Object.hasOwn(right, key) ? right[key] : undefined;
    if (value !== other && !deepEqual(value, other)) return false;
    if (!absent(value)) shared += 1;
  }
  // What only the right side has makes the difference; count rather than look up each key again.
  let held = 0;
  for (const key in right) if (!absent(right[key])) held += 1;
  return held === shared;
}
