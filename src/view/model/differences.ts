/** What a change did to an object, field by field. */
interface Line {
  readonly sign: '+' | '-';
  readonly text: string;
}

/** Fields that change whenever anything does. */
const QUIET = new Set(['metadata.resourceVersion', 'metadata.managedFields']);

function fieldsOf(value: unknown, path: string, into: Map<string, string>): Map<string, string> {
  const entries =
    Array.isArray(value) || (typeof value === 'object' && value !== null) ? Object.entries(value) : [];
  if (entries.length === 0) {
    if (value !== undefined) into.set(path, JSON.stringify(value));
    return into;
  }
  for (const [key, inner] of entries) {
    const at = Array.isArray(value)
      ? `${path}[${nameIn(inner) ?? key}]`
      : path === ''
        ? key
        : `${path}.${key}`;
    if (!QUIET.has(at)) fieldsOf(inner, at, into);
  }
  return into;
}

/** Members of lists keep their places by what names them. */
function nameIn(member: unknown): string | undefined {
  const { name, type } = (member ?? {}) as { readonly name?: unknown; readonly type?: unknown };
  return typeof name === 'string' ? name : typeof type === 'string' ? type : undefined;
}

/** A line a field that went, came or changed. */
export function differences(before: unknown, after: unknown): Line[] {
  const [was, is] = [fieldsOf(before, '', new Map()), fieldsOf(after, '', new Map())];
  const lines: Line[] = [];
  for (const path of new Set([...was.keys(), ...is.keys()])) {
    if (was.get(path) === is.get(path) || /\.last(Transition|Heartbeat|Update|Probe)Time$/.test(path))
      continue;
    if (was.has(path)) lines.push({ sign: '-', text: `${path}: ${was.get(path)}` });
    if (is.has(path)) lines.push({ sign: '+', text: `${path}: ${is.get(path)}` });
  }
  return lines;
}
