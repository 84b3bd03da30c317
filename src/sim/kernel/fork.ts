/**
 * Copying state. State is plain data; API objects inside it (anything with apiVersion, kind and metadata) are
 * immutable and shared, and so are tasks and history entries, which are never changed once made.
 */

/** A copy that shares nothing that may change with the original. */
export function forkState<T>(value: T): T {
  return copy(value) as T;
}

function copy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Map) {
    const out = new Map<unknown, unknown>();
    for (const [k, v] of value) out.set(k, typeof v === 'object' ? copy(v) : v);
    return out;
  }
  if (value instanceof Set) return new Set(value);
  if (Array.isArray(value)) {
    const out = new Array<unknown>(value.length);
    for (let i = 0; i < value.length; i += 1) out[i] = copy(value[i]);
    return out;
  }
  const object = value as Record<string, unknown>;
  if (object['apiVersion'] !== undefined && object['kind'] !== undefined && object['metadata'] !== undefined)
    return value;
  const out: Record<string, unknown> = {};
  for (const key in object) {
    const v = object[key];
    out[key] = typeof v === 'object' ? copy(v) : v;
  }
  return out;
}

/** State as JSON text: Map and Set become tagged arrays, Infinity and undefined keep their meaning. */
export function encodeState(value: unknown): string {
  return JSON.stringify(toJson(value));
}

export function decodeState(text: string): unknown {
  return fromJson(JSON.parse(text));
}

function toJson(value: unknown): unknown {
  if (value === undefined) return { $: 'undefined' };
  if (typeof value === 'number' && !Number.isFinite(value)) return { $: 'number', v: String(value) };
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Map) return { $: 'map', v: [...value].map(([k, v]) => [toJson(k), toJson(v)]) };
  if (value instanceof Set) return { $: 'set', v: [...value].map(toJson) };
  if (Array.isArray(value)) return value.map(toJson);
  const out: Record<string, unknown> = {};
  for (const [k, v] of Object.entries(value)) if (v !== undefined) out[k] = toJson(v);
  return '$' in out ? { $: 'object', v: out } : out;
}

function fromJson(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(fromJson);
  const object = value as Record<string, unknown>;
  const v = object['v'];
  switch (object['$']) {
    case undefined:
      break;
    case 'undefined':
      return undefined;
    case 'number':
      return Number(v);
    case 'map':
      return new Map((v as [unknown, unknown][]).map(([k, x]) => [fromJson(k), fromJson(x)]));
    case 'set':
      return new Set((v as unknown[]).map(fromJson));
    case 'object':
      return Object.fromEntries(Object.entries(v as object).map(([k, x]) => [k, fromJson(x)]));
  }
  return Object.fromEntries(Object.entries(object).map(([k, x]) => [k, fromJson(x)]));
}
