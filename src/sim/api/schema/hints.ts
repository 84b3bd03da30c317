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

function describeFound(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value === null || value === undefined) return 'nothing';
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
    case 'boolean':
    case 'number':
      return String(value);
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
    const isLong = lower.length > 3;
    const distance =
      candidate === lower
        ? 0
        : isLong && candidate.startsWith(lower)
          ? 0.5
          : // What a longer word begins with is meant where no other is near: `replicasCount`.
            Math.min(
              editDistance(lower, candidate, limit),
              isLong && lower.startsWith(candidate) ? limit + 0.5 : Infinity,
            );
    if (distance < least) {
      best = word;
      least = distance;
    }
  }
  return best;
}

/** What was probably meant by a field: one of another name, one further in, one further out. */
export type Meant = { readonly word: string } | { readonly below: string } | 'outer';

/** A hint, part by part. */
export type Hint =
  | { readonly is: 'unknown'; readonly meant: Meant | undefined }
  | { readonly is: 'missing'; readonly type: FieldType }
  /** `source`: as it is written, where YAML reads that as something else (`y`). */
  | { readonly is: 'type'; readonly type: FieldType; readonly found: unknown; readonly source?: string }
  | {
      readonly is: 'enum';
      readonly words: string;
      readonly found: string;
      readonly meant: string | undefined;
    }
  /** Of what is no object of a kind: no object at all, one that does not say of which. */
  | { readonly is: 'object'; readonly found: unknown }
  | { readonly is: 'unset'; readonly field: 'apiVersion' | 'kind' }
  | { readonly is: 'text'; readonly found: unknown };

/** `did you mean "replicas"?`, or where a field of this name belongs. */
export function meantText(meant: Meant): string {
  if (meant === 'outer') return 'is it indented too far? It belongs to an object further out';
  return 'word' in meant
    ? `did you mean ${JSON.stringify(meant.word)}?`
    : `did you mean it to stand under ${JSON.stringify(meant.below)}?`;
}

/** `expected an integer, found "three"` */
export function hintText(hint: Hint): string {
  switch (hint.is) {
    case 'unknown':
      return `unknown field${hint.meant === undefined ? '' : `; ${meantText(hint.meant)}`}`;
    case 'missing':
      return `required field is missing; expected ${expectedText(hint.type)}`;
    case 'type':
      return `expected ${expectedText(hint.type)}, found ${describeFound(hint.found)}${quoteText(hint)}`;
    case 'enum':
      return (
        `expected one of ${hint.words}, found ` +
        `${JSON.stringify(hint.found)}${hint.meant === undefined ? '' : `; did you mean "${hint.meant}"?`}`
      );
    case 'object':
      return `expected an object with apiVersion and kind, found ${describeFound(hint.found)}`;
    case 'unset':
      return 'required, but not set';
    case 'text':
      return `expected a string, found ${describeFound(hint.found)}`;
  }
}

/** Whether a value is one that in quotes would be the string that is wanted. */
export const wantsQuotes = (hint: Hint): boolean =>
  hint.is === 'type' && hint.type.kind === 'string' && ['boolean', 'number'].includes(typeof hint.found);

const quoteText = (hint: Hint & { is: 'type' }): string =>
  !wantsQuotes(hint)
    ? ''
    : hint.source === undefined
      ? ' (quote it to make it a string)'
      : ` (YAML reads ${hint.source} so; quote it to make it a string)`;

/** What was probably meant by a field that an object does not have. */
export function meantField(
  name: string,
  type: ObjectType,
  parents: readonly ObjectType[],
): Meant | undefined {
  const fields = fieldsOf(type);
  const near = suggestWord(name, fields.keys());
  if (near !== undefined && near.toLowerCase() === name.toLowerCase()) return { word: near };
  const below = placeBelow(name, type, near === undefined ? 3 : 1);
  if (below !== undefined) return { below };
  if (near !== undefined) return { word: near };
  for (let i = parents.length - 1; i >= 0; i--) {
    if (fieldsOf(parents[i]!).has(name)) return 'outer';
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
