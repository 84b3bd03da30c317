/** Plain words for what a schema expects and what was probably meant. */
import { fieldsOf, type FieldType, type ObjectType } from './types.ts';

export function expectedText(type: FieldType): string {
  switch (type.kind) {
    case 'object':
      return 'an object';
    case 'list':
      return 'a list';
    case 'map':
      return type.of.kind === 'string' ? 'an object of strings' : 'an object';
    case 'string':
      return type.values === undefined
        ? 'a string'
        : `one of ${type.values
            .filter((v) => v !== '')
            .map((v) => JSON.stringify(v))
            .join(', ')}`;
    case 'int32':
    case 'int64':
      return 'an integer';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    case 'quantity':
      return 'a quantity (100m, 1.5, 512Mi)';
    case 'intOrString':
      return 'an integer or a string';
    case 'time':
    case 'microTime':
      return 'a time (2026-01-05T09:00:00Z)';
    case 'bytes':
      return 'base64 text';
    case 'any':
      return 'any value';
  }
}

export function describeFound(value: unknown, type?: FieldType): string {
  if (Array.isArray(value)) return 'a list';
  if (value === null || value === undefined) return 'nothing';
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
    case 'boolean':
    case 'number':
      return type?.kind === 'string' ? `${value} (quote it to make it a string)` : String(value);
    default:
      return 'an object';
  }
}

/** Edits (insert, delete, replace, swap neighbours) between two words; stops counting above `limit`. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, before[j - 2]! + 1);
      row.push(least);
    }
    before = last;
    last = row;
  }
  return last[b.length]!;
}

/** The word nearest to what was written, if any is near. */
export function suggestWord(written: string, words: Iterable<string>): string | undefined {
  const lower = written.toLowerCase();
  const limit = Math.max(1, Math.floor(written.length / 3));
  let best: string | undefined;
  let least = limit + 1;
  for (const word of words) {
    if (word === '') continue;
    const candidate = word.toLowerCase();
    const distance =
      candidate === lower
        ? 0
        : lower.length > 3 && (candidate.startsWith(lower) || lower.startsWith(candidate))
          ? 0.5
          : editDistance(lower, candidate, limit);
    if (distance < least) {
      best = word;
      least = distance;
    }
  }
  return best;
}

/** `did you mean "replicas"?`, or where a field of this name belongs. */
export function suggestField(
  name: string,
  type: ObjectType,
  parents: readonly ObjectType[],
): string | undefined {
  const fields = fieldsOf(type);
  const near = suggestWord(name, fields.keys());
  if (near !== undefined && near.toLowerCase() === name.toLowerCase())
    return `did you mean ${JSON.stringify(near)}?`;
  const below = placeBelow(name, type, near === undefined ? 3 : 1);
  if (below !== undefined) return `did you mean it to stand under ${JSON.stringify(below)}?`;
  if (near !== undefined) return `did you mean ${JSON.stringify(near)}?`;
  for (let i = parents.length - 1; i >= 0; i--) {
    if (fieldsOf(parents[i]!).has(name)) return 'is it indented too far? It belongs to an object further out';
  }
  return undefined;
}

/** The shortest way down to an object that has the field. */
function placeBelow(name: string, type: ObjectType, depth: number): string | undefined {
  let level: { type: ObjectType; path: string }[] = [{ type, path: '' }];
  for (let i = 0; i < depth; i++) {
    const next: typeof level = [];
    for (const { type: outer, path } of level) {
      for (const field of fieldsOf(outer).values()) {
        const inner = field.type.kind === 'list' ? field.type.of : field.type;
        if (inner.kind !== 'object' || field.name === 'status' || field.name === 'metadata') continue;
        const innerPath = path === '' ? field.name : `${path}.${field.name}`;
        if (fieldsOf(inner).has(name)) return innerPath;
        next.push({ type: inner, path: innerPath });
      }
    }
    level = next;
  }
  return undefined;
}
