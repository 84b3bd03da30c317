/**
 * The messages of Kubernetes' kinds, read from their notation when first used. A message is `name number
 * type` entries joined by `;`, named as in JSON. `?` before a name: left out of JSON where it holds a zero
 * value, as Go's `omitempty` does of fields that are no pointers. `~` for a name: its own fields stand in
 * JSON in place of it.
 *
 * Types: `s` string (or bytes of a text), `i` int32, `l` int64, `n` double, `b` bool, `x` bytes, `@name`
 * message, `[]T` list, `{}T` map of strings to T.
 */
import { remembered } from '../../sim/kernel/memo.ts';
import { KINDS_BY_VERSION, MESSAGES } from './data.ts';

export type ScalarKind = 'string' | 'int32' | 'int64' | 'double' | 'bool' | 'bytes';

export type MessageFieldType =
  | { readonly kind: ScalarKind }
  | { readonly kind: 'message'; readonly name: string }
  | { readonly kind: 'list' | 'map'; readonly of: MessageFieldType };

export interface MessageField {
  readonly name: string;
  readonly number: number;
  readonly type: MessageFieldType;
  readonly omitZero: boolean;
  /** Its own fields stand in JSON in place of it. */
  readonly inline: boolean;
}

const SCALARS: Readonly<Record<string, ScalarKind>> = {
  s: 'string',
  i: 'int32',
  l: 'int64',
  n: 'double',
  b: 'bool',
  x: 'bytes',
};

function readType(text: string): MessageFieldType {
  if (text.startsWith('[]')) return { kind: 'list', of: readType(text.slice(2)) };
  if (text.startsWith('{}')) return { kind: 'map', of: readType(text.slice(2)) };
  if (text.startsWith('@')) return { kind: 'message', name: text.slice(1) };
  const kind = SCALARS[text];
  if (kind === undefined) throw new Error(`message notation: ${text}`);
  return { kind };
}

function readField(entry: string): MessageField {
  const [name, number, type] = entry.split(' ') as [string, string, string];
  const omitZero = name.startsWith('?');
  return {
    name: omitZero ? name.slice(1) : name,
    number: Number(number),
    type: readType(type),
    omitZero,
    inline: name === '~',
  };
}

/** There are some 500 messages. */
const readMessage = remembered(1000, (name: string): ReadonlyMap<number, MessageField> => {
  const source = MESSAGES[name];
  if (source === undefined) throw new Error(`no message ${name}`);
  const fields = source === '' ? [] : source.split(';').map(readField);
  return new Map(fields.map((field) => [field.number, field]));
});

/** The fields of a message, by number, in ascending order. */
export const fieldsOfMessage = (name: string): ReadonlyMap<number, MessageField> => readMessage(name);

const messages = new Map<string, string>();
for (const [apiVersion, words] of Object.entries(KINDS_BY_VERSION)) {
  const version = apiVersion === '*' ? 'v1' : apiVersion.slice(apiVersion.indexOf('/') + 1);
  for (const word of words.split(' '))
    messages.set(`${apiVersion} ${word.split('#')[0]}`, `${version}.${word}`);
}

/** The message of a kind; undefined for others than those of Kubernetes. */
export const messageOfKind = (apiVersion: string, kind: string): string | undefined =>
  messages.get(`${apiVersion} ${kind}`) ?? messages.get(`* ${kind}`);
