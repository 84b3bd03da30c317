/**
 * The schemas of Kubernetes' built-in kinds, served or not, read from their notation when first used. A
 * schema is `field type` entries joined by `;`, with `!` before a required field and the strategic-merge
 * strategy last: `!containers []@v1.Container merge:name`.
 *
 * Types: `s` string (`s(A,B_C)` one of `A` and `B C`), `i` int32, `l` int64, `n` number, `b` boolean, `q`
 * quantity, `I` int or string, `t` time, `u` time with microseconds, `x` base64 bytes, `*` anything, `@name`
 * object, `&name` object of a kind, in which its apiVersion and kind may stand, `[]T` list, `{}T` map of
 * strings to T.
 */
import { KINDS_BY_VERSION } from './data.ts';
import { kubernetesSchema } from './kubernetes.ts';

export type LeafKind =
  | 'string'
  | 'int32'
  | 'int64'
  | 'number'
  | 'boolean'
  | 'quantity'
  | 'intOrString'
  | 'time'
  | 'microTime'
  | 'bytes'
  | 'any';

export type FieldType =
  | { readonly kind: LeafKind; readonly values?: readonly string[] }
  | {
      readonly kind: 'object';
      readonly name: string;
      readonly table: SchemaTable;
      /** Whether apiVersion and kind may stand in it. */
      readonly typeMeta: boolean;
    }
  | { readonly kind: 'list' | 'map'; readonly of: FieldType };

export type ObjectType = Extract<FieldType, { kind: 'object' }>;

export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly required: boolean;
  /** How strategic merge patches treat the field; absent: maps merge, all else is replaced. */
  readonly strategy?: 'merge' | 'replace';
  /** `$retainKeys` is sent with patches of it. */
  readonly retainKeys: boolean;
  /** What tells items of a merged list apart; absent for lists of scalars. */
  readonly mergeKey?: string;
}

/** Schemas by name, with those already read. */
export interface SchemaTable {
  /** The notation of one; undefined where there is none of the name. */
  source(name: string): string | undefined;
  readonly read: Map<string, ReadonlyMap<string, Field>>;
}

export const schemaTable = (source: SchemaTable['source']): SchemaTable => ({ source, read: new Map() });

const KUBERNETES = schemaTable(kubernetesSchema);
const LEAVES: Readonly<Record<string, LeafKind>> = {
  s: 'string',
  i: 'int32',
  l: 'int64',
  n: 'number',
  b: 'boolean',
  q: 'quantity',
  I: 'intOrString',
  t: 'time',
  u: 'microTime',
  x: 'bytes',
  '*': 'any',
};

function readType(text: string, table: SchemaTable): FieldType {
  if (text.startsWith('[]')) return { kind: 'list', of: readType(text.slice(2), table) };
  if (text.startsWith('{}')) return { kind: 'map', of: readType(text.slice(2), table) };
  if (text.startsWith('@')) return objectType(text.slice(1), table);
  if (text.startsWith('&')) return objectType(text.slice(1), table, true);
  const kind = LEAVES[text[0]!];
  if (kind === undefined) throw new Error(`schema notation: ${text}`);
  return text.length > 1 ? { kind, values: text.slice(2, -1).replaceAll('_', ' ').split(',') } : { kind };
}

function readField(entry: string, table: SchemaTable): Field {
  const [rawName, type, patch] = entry.split(' ') as [string, string, string | undefined];
  const required = rawName.startsWith('!');
  const [strategies = '', mergeKey] = patch?.split(':') ?? [];
  const list = strategies.split(',');
  const strategy = list.includes('merge')
    ? ('merge' as const)
    : list.includes('replace')
      ? ('replace' as const)
      : undefined;
  return {
    name: required ? rawName.slice(1) : rawName,
    type: readType(type, table),
    required,
    retainKeys: list.includes('retainKeys'),
    ...(strategy === undefined ? {} : { strategy }),
    ...(mergeKey === undefined ? {} : { mergeKey }),
  };
}

/** The fields of an object type, by name, in alphabetical order. */
export function fieldsOf(type: ObjectType): ReadonlyMap<string, Field> {
  const { name, table } = type;
  let fields = table.read.get(name);
  if (fields === undefined) {
    const source = table.source(name);
    if (source === undefined) throw new Error(`no schema ${name}`);
    fields = new Map(
      source === ''
        ? []
        : source.split(';').map((entry) => {
            const field = readField(entry, table);
            return [field.name, field];
          }),
    );
    table.read.set(name, fields);
  }
  return fields;
}

export const objectType = (name: string, table: SchemaTable, typeMeta = false): ObjectType => ({
  kind: 'object',
  name,
  table,
  typeMeta,
});

const kinds = new Map<string, ObjectType>();
for (const [apiVersion, words] of Object.entries(KINDS_BY_VERSION)) {
  for (const word of words.split(' ')) {
    const name = `${apiVersion.slice(apiVersion.indexOf('/') + 1)}.${word}`;
    kinds.set(`${apiVersion} ${word.split('#')[0]}`, objectType(name, KUBERNETES, true));
  }
}

/**
 * The schema of a built-in kind in one of its versions; undefined for others. Its fields do not include
 * apiVersion and kind.
 */
export const typeOfKind = (apiVersion: string, kind: string): ObjectType | undefined =>
  kinds.get(`${apiVersion} ${kind}`);

/** The built-in kinds, as `apps/v1 Deployment`. */
export const builtInKinds = (): IterableIterator<string> => kinds.keys();

/** The Go type as error messages name it: `v1.PodSpec`. */
export function goName({ name }: ObjectType): string {
  const end = name.indexOf('#');
  return end < 0 ? name : name.slice(0, end);
}
