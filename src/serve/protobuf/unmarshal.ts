/**
 * The JSON that the bytes of a message mean: what Go writes of the value that it reads of them. Models the
 * Unmarshal methods of staging/src/k8s.io/api/core/v1/generated.pb.go followed by encoding/json.
 */
import { base64Bytes } from '../../sim/api/base64.ts';
import { badRequest } from '../../sim/api/errors.ts';
import { marshalerOf } from './json.ts';
import { fieldsOfMessage, type MessageField, type MessageFieldType } from './messages.ts';
import { BYTES, FIXED64, readFields, readPacked, VARINT, type WireField } from './wire.ts';

/** Schemas of custom resources nest; no sound one does so this deep. */
const MAX_DEPTH = 250;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
/** The text of UTF-8; what is none is replaced, as Go's JSON does. */
export const utf8 = (bytes: Uint8Array): string => decoder.decode(bytes);

export function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const isInteger = ({ kind }: MessageFieldType): boolean =>
  kind === 'int32' || kind === 'int64' || kind === 'bool';

/** @throws ApiError BadRequest unless the wire type is one that fields of the type have */
function checkWireType({ name, type }: MessageField, { wireType }: WireField): void {
  const one = type.kind === 'list' ? type.of : type;
  const wanted = isInteger(one) ? VARINT : one.kind === 'double' ? FIXED64 : BYTES;
  if (wireType === wanted || (wireType === BYTES && type.kind === 'list' && wanted === VARINT)) return;
  // Upstream names the field as in Go: as a rule, the name in JSON with a capital letter.
  const goName = name === 'metadata' ? 'ObjectMeta' : name.charAt(0).toUpperCase() + name.slice(1);
  throw badRequest(`proto: wrong wireType = ${wireType} for field ${goName}`);
}

function double(bytes: Uint8Array): number {
  const value = new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getFloat64(0, true);
  if (!Number.isFinite(value)) throw badRequest(`json: unsupported value: ${value}`);
  return value;
}

/** An integer of the wire as its type holds it. */
function integer({ kind }: MessageFieldType, value: number): number | boolean {
  if (kind === 'bool') return value !== 0;
  return kind === 'int32' ? value | 0 : value;
}

/** The value of a field of which this stands on the wire: nothing is its zero, of several the last holds. */
function valueOf(type: MessageFieldType, found: readonly WireField[], depth: number): unknown {
  const last = found.at(-1);
  switch (type.kind) {
    case 'string':
      return last === undefined ? '' : utf8(last.bytes);
    case 'bytes':
      return last === undefined ? '' : base64Bytes(last.bytes);
    case 'double':
      return last === undefined ? 0 : double(last.bytes);
    case 'message': {
      // Of several messages all hold: what follows is merged into what stood before.
      const bytes = concatenated(found.map((part) => part.bytes));
      return unmarshal(type.name, bytes, depth + 1);
    }
    case 'list':
      return listOf(type.of, found, depth);
    case 'map':
      return mapOf(type.of, found, depth);
    default:
      return integer(type, last?.integer ?? 0);
  }
}

const listOf = (of: MessageFieldType, found: readonly WireField[], depth: number): unknown[] =>
  found.flatMap((part) =>
    isInteger(of) && part.wireType === BYTES
      ? readPacked(part.bytes).map((value) => integer(of, value))
      : [valueOf(of, [part], depth)],
  );

const KEY: MessageField = {
  name: 'key',
  number: 1,
  type: { kind: 'string' },
  omitZero: false,
  inline: false,
};

/** On the wire a map is a list of entries. */
function mapOf(of: MessageFieldType, found: readonly WireField[], depth: number): Record<string, unknown> {
  const fields = new Map([
    [1, KEY],
    [2, { ...KEY, name: 'value', number: 2, type: of }],
  ]);
  return Object.fromEntries(
    found.map((part): [string, unknown] => {
      const entry = fieldsIn(part.bytes, 'Entry', fields, depth);
      return [
        (entry.key as string | undefined) ?? '',
        'value' in entry ? entry.value : valueOf(of, [], depth),
      ];
    }),
  );
}

const isZero = (value: unknown): boolean => value === '' || value === 0 || value === false || value === null;

/** The values of the fields that stand in the bytes. Unknown ones are passed over. */
function fieldsIn(
  bytes: Uint8Array,
  message: string,
  fields: ReadonlyMap<number, MessageField>,
  depth: number,
): Record<string, unknown> {
  const found = new Map<number, WireField[]>();
  for (const part of readFields(bytes, message)) {
    const field = fields.get(part.number);
    if (field === undefined) continue;
    checkWireType(field, part);
    const parts = found.get(part.number);
    if (parts === undefined) found.set(part.number, [part]);
    else parts.push(part);
  }
  const entries: [string, unknown][] = [];
  for (const [number, { name, type, omitZero, inline }] of fields) {
    const parts = found.get(number);
    if (parts === undefined) continue;
    const value = valueOf(type, parts, depth);
    if (inline) entries.push(...Object.entries(value as object));
    else if (!omitZero || !isZero(value)) entries.push([name, value]);
  }
  return Object.fromEntries(entries);
}

/**
 * The JSON value of a message.
 * @param name as messages.ts has it: `v1.PodSpec`
 * @param depth how many messages it stands in
 * @throws ApiError BadRequest, in upstream's words
 */
export function unmarshal(name: string, bytes: Uint8Array, depth = 0): unknown {
  if (depth > MAX_DEPTH) throw badRequest('proto: exceeded maximum recursion depth');
  const goName = name.slice(name.indexOf('.') + 1).split('#')[0]!;
  const value = fieldsIn(bytes, goName, fieldsOfMessage(name), depth);
  const marshal = marshalerOf(name);
  return marshal === undefined ? value : marshal(value);
}
