/** Bodies as Go's clients write them, and objects that they can hold, for tests. */
import fc from 'fast-check';
import { KINDS_BY_VERSION } from './data.ts';
import { fieldsOfMessage, messageOfKind, type MessageField, type MessageFieldType } from './messages.ts';
import recorded from './recorded.json' with { type: 'json' };
import { type Bytes, bytesField, doubleField, utf8, varintField } from './write.ts';

/**
 * Bodies that kubectl 1.33.1 sent, with the objects that the same command printed with `--dry-run=client
 * --output=json`, without nulls; where it cannot, with what its flags say.
 */
export const RECORDED = recorded.map(({ body, ...rest }) => ({
  ...rest,
  body: Uint8Array.from(Buffer.from(body, 'base64')),
}));

type JsonObject = Record<string, unknown>;

const json = (value: unknown): Bytes => (value === null ? [] : bytesField(1, utf8(JSON.stringify(value))));

function time(text: unknown): Bytes {
  if (text === null) return [];
  const [, second, micros = '0'] = /^([^.]*?)(?:\.(\d{6}))?Z$/.exec(text as string)!;
  return [...varintField(1, Date.parse(`${second}Z`) / 1000), ...varintField(2, Number(micros) * 1000)];
}

/** The bytes of messages whose types in Go read their JSON themselves, by name. */
const UNMARSHALERS: Readonly<Record<string, (value: unknown) => Bytes>> = {
  Time: time,
  MicroTime: time,
  Quantity: (value) => bytesField(1, utf8(value as string)),
  IntOrString: (value) =>
    typeof value === 'string'
      ? [...varintField(1, 1), ...varintField(2, 0), ...bytesField(3, utf8(value))]
      : [...varintField(1, 0), ...varintField(2, value as number), ...bytesField(3, [])],
  ExtraValue: (value) => fields('ExtraValue', { items: value }),
  RawExtension: json,
  JSON: json,
  FieldsV1: json,
  'v1.JSONSchemaPropsOrBool': (value) =>
    fields(
      'v1.JSONSchemaPropsOrBool',
      typeof value === 'boolean' ? { allows: value } : { allows: true, schema: value },
    ),
  'v1.JSONSchemaPropsOrArray': (value) =>
    fields('v1.JSONSchemaPropsOrArray', Array.isArray(value) ? { jSONSchemas: value } : { schema: value }),
  'v1.JSONSchemaPropsOrStringArray': (value) =>
    fields('v1.JSONSchemaPropsOrStringArray', Array.isArray(value) ? { property: value } : { schema: value }),
};

function field(number: number, type: MessageFieldType, value: unknown): Bytes {
  switch (type.kind) {
    case 'string':
      return bytesField(number, utf8(value as string));
    case 'bytes':
      return bytesField(number, [...Buffer.from(value as string, 'base64')]);
    case 'double':
      return doubleField(number, value as number);
    case 'message':
      return bytesField(number, encodeMessage(type.name, value));
    case 'list':
      return (value as unknown[]).flatMap((item) => [...field(number, type.of, item)]);
    case 'map':
      return Object.entries(value as JsonObject).flatMap(([key, item]) => [
        ...bytesField(number, [...bytesField(1, utf8(key)), ...field(2, type.of, item)]),
      ]);
    default:
      return varintField(number, Number(value));
  }
}

const ZEROS: Partial<Record<MessageFieldType['kind'], unknown>> = {
  string: '',
  bytes: '',
  int32: 0,
  int64: 0,
  bool: false,
};

/** A field of no pointer is written though it is zero. */
function missing({ omitZero, number, type }: MessageField): Bytes {
  if (!omitZero) return [];
  return field(number, type, ZEROS[type.kind] ?? null);
}

const fields = (message: string, value: JsonObject): Bytes =>
  [...fieldsOfMessage(message).values()].flatMap((f) => {
    if (f.inline) return [...field(f.number, f.type, value)];
    const held = value[f.name];
    return [...(held === undefined ? missing(f) : field(f.number, f.type, held))];
  });

const encodeMessage = (name: string, value: unknown): Bytes =>
  UNMARSHALERS[name]?.(value) ?? fields(name, value as JsonObject);

/** runtime.Unknown behind its magic. */
export const envelope = (apiVersion: string, kind: string, raw: Bytes, contentType = ''): Uint8Array =>
  Uint8Array.from([
    ...[0x6b, 0x38, 0x73, 0],
    ...bytesField(1, [...bytesField(1, utf8(apiVersion)), ...bytesField(2, utf8(kind))]),
    ...bytesField(2, raw),
    ...bytesField(3, []),
    ...bytesField(4, utf8(contentType)),
  ]);

/** A body as client-go sends it. The object is of a kind of `data.ts`, and has no other fields. */
export const encodeProtobuf = (object: { apiVersion: string; kind: string }): Uint8Array =>
  envelope(
    object.apiVersion,
    object.kind,
    encodeMessage(messageOfKind(object.apiVersion, object.kind)!, object),
  );

const second = fc
  .integer({ min: -62_135_596_800, max: 253_402_300_799 })
  .map((s) => new Date(s * 1000).toISOString().slice(0, 19));

const schema = (depth: number): fc.Arbitrary<JsonObject> => objectOf('v1.JSONSchemaProps', depth - 1);

/** Values of messages whose types in Go write their JSON themselves, by name. */
const WRITTEN: Readonly<Record<string, (depth: number) => fc.Arbitrary<unknown>>> = {
  Time: () => second.map((text) => `${text}Z`),
  MicroTime: () =>
    fc
      .tuple(second, fc.integer({ min: 0, max: 999_999 }))
      .map(([text, micros]) => `${text}.${String(micros).padStart(6, '0')}Z`),
  Quantity: () => fc.constantFrom('0', '1', '500m', '1Gi', '1536Mi', '-3k'),
  IntOrString: () => fc.oneof(fc.integer(), fc.string({ unit: 'grapheme' })),
  ExtraValue: () => fc.array(fc.string()),
  RawExtension: () => fc.jsonValue(),
  JSON: () => fc.jsonValue(),
  FieldsV1: () => fc.jsonValue(),
  'v1.JSONSchemaPropsOrBool': (depth) => fc.oneof(fc.boolean(), schema(depth)),
  'v1.JSONSchemaPropsOrArray': (depth) =>
    fc.oneof(schema(depth), fc.array(schema(depth), { minLength: 1, maxLength: 2 })),
  'v1.JSONSchemaPropsOrStringArray': (depth) =>
    fc.oneof(schema(depth), fc.array(fc.string(), { minLength: 1, maxLength: 2 })),
};

/** Values that JSON may hold of a type: where its zero is left out, another. */
function valueOf(type: MessageFieldType, omitZero: boolean, depth: number): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case 'string':
      return fc.string({ unit: 'grapheme', minLength: omitZero ? 1 : 0 });
    case 'bytes':
      return fc
        .uint8Array({ minLength: omitZero ? 1 : 0, maxLength: 8 })
        .map((bytes) => Buffer.from(bytes).toString('base64'));
    case 'int32':
      return fc.integer().filter((value) => !omitZero || value !== 0);
    case 'int64':
      return fc.maxSafeInteger().filter((value) => !omitZero || value !== 0);
    case 'double':
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case 'bool':
      return omitZero ? fc.constant(true) : fc.boolean();
    case 'list':
      return fc.array(valueOf(type.of, false, depth), { minLength: 1, maxLength: 2 });
    case 'map':
      return fc.dictionary(fc.string(), valueOf(type.of, false, depth), { minKeys: 1, maxKeys: 2 });
    case 'message':
      return WRITTEN[type.name]?.(depth) ?? objectOf(type.name, depth - 1);
  }
}

/** Values of a message: to a depth, of each field or none. */
function objectOf(name: string, depth: number): fc.Arbitrary<JsonObject> {
  if (depth <= 0) return fc.constant({});
  const all = [...fieldsOfMessage(name).values()];
  const own = all.filter((f) => !f.inline);
  return fc
    .tuple(
      fc.record(Object.fromEntries(own.map((f) => [f.name, valueOf(f.type, f.omitZero, depth)])), {
        requiredKeys: [],
      }),
      ...all.filter((f) => f.inline).map((f) => valueOf(f.type, false, depth) as fc.Arbitrary<JsonObject>),
    )
    .map((parts) => Object.assign({}, ...parts) as JsonObject);
}

/** Every kind of `data.ts`: [apiVersion, kind]. */
export const KINDS: readonly (readonly [string, string])[] = Object.entries(KINDS_BY_VERSION).flatMap(
  ([apiVersion, words]) =>
    words
      .split(' ')
      .map((word) => [apiVersion === '*' ? 'apps/v1' : apiVersion, word.split('#')[0]!] as const),
);

/** An object of any kind. */
export const anyObject: fc.Arbitrary<{ apiVersion: string; kind: string }> = fc
  .constantFrom(...KINDS)
  .chain(([apiVersion, kind]) =>
    objectOf(messageOfKind(apiVersion, kind)!, 5).map((object) => ({ ...object, apiVersion, kind })),
  );
