/**
 * A field that is null is a field that is not there, as when JSON is decoded into Go.
 * What was found free of nulls is remembered by identity, so that what objects share is looked through once.
 */
const clean = new WeakSet<object>();

/** Lists of strings by their field's name; all other lists hold structs. */
const STRING_LISTS = new Set([
  'command',
  'args',
  'values',
  'finalizers',
  'namespaces',
  'matchLabelKeys',
  'mismatchLabelKeys',
  'clusterIPs',
  'externalIPs',
  'ipFamilies',
  'loadBalancerSourceRanges',
  'accessModes',
  'addresses',
  'scopes',
  'podCIDRs',
  'drop',
  'add',
  'nameservers',
  'searches',
  'hostnames',
]);

function withoutNullsIn(list: unknown[], field: string, known: unknown): unknown[] {
  let out: unknown[] | undefined;
  const before = Array.isArray(known) ? known : undefined;
  for (let i = 0; i < list.length; i += 1) {
    // A null among structs is an empty struct, among strings an empty string.
    const next =
      list[i] === null ? (STRING_LISTS.has(field) ? '' : {}) : withoutNulls(list[i], '', before?.[i]);
    if (next === list[i]) continue;
    out ??= list.slice();
    out[i] = next;
  }
  return out ?? list;
}

/**
 * The value without fields that are null, at any depth; itself where there are none.
 * @param known a value free of nulls: what of it is here, at the same place, need not be looked through
 * again. What stands in its stead is not remembered: the next write will have it for its own `known`
 */
export function withoutNulls<T>(value: T, field = '', known?: unknown): T {
  if (typeof value !== 'object' || value === null || value === known || clean.has(value)) return value;
  let out: Record<string, unknown> | undefined;
  let result: unknown;
  if (Array.isArray(value)) result = withoutNullsIn(value, field, known);
  else {
    const fields = value as Record<string, unknown>;
    const before = known as Record<string, unknown> | undefined;
    // An object without any in it is sooner looked through than remembered.
    let leaf = true;
    for (const key in fields) {
      const field = fields[key];
      if (typeof field !== 'object') continue;
      leaf = false;
      const next = withoutNulls(field, key, before?.[key]);
      if (next === field && field !== null) continue;
      out ??= { ...fields };
      if (field === null) delete out[key];
      else out[key] = next;
    }
    if (leaf) return value;
    result = out ?? value;
  }
  if (known === undefined) clean.add(result as object);
  return result as T;
}
