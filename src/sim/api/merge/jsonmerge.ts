/**
 * JSON merge patch, RFC 7386: objects merge, null deletes, all else replaces. Values that do not change are
 * shared, not copied.
 */
export type Json = Record<string, unknown>;

export const isObject = (v: unknown): v is Json => typeof v === 'object' && v !== null && !Array.isArray(v);

/** Sets a key as data, whatever its name. */
export function assign(target: Json, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}

export function jsonMerge(original: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const result: Json = isObject(original) ? { ...original } : {};
  for (const key of Object.keys(patch)) {
    const value = patch[key];
    if (value === undefined) continue;
    if (value === null) delete result[key];
    else assign(result, key, jsonMerge(Object.hasOwn(result, key) ? result[key] : undefined, value));
  }
  return result;
}
