/**
 * OpenAPI 2 in protocol buffers, the only form in which kubectl up to 1.26 takes it. The numbers of fields
 * are those of google/gnostic-models' openapiv2/OpenAPIv2.proto.
 */
import { type Bytes, bytesField, doubleField, utf8, varintField } from '../protobuf/write.ts';
import type { Schema } from './schemas.ts';
import type { Swagger } from './v2.ts';

/** Writes a value as the field of a number. */
type Write = (number: number, value: never) => Bytes;

const text = (number: number, value: string): Bytes => bytesField(number, utf8(value));
const flag = (number: number, value: boolean): Bytes => (value ? varintField(number, 1) : []);
/** Any: what is kept as a text of YAML, of which JSON is a part. */
const any = (number: number, value: unknown): Bytes => bytesField(number, text(2, JSON.stringify(value)));
const message =
  <T>(of: (value: T) => Bytes) =>
  (number: number, value: T): Bytes =>
    bytesField(number, of(value));
const each =
  <T>(write: (number: number, value: T) => Bytes) =>
  (number: number, values: readonly T[]): Bytes =>
    values.flatMap((value) => [...write(number, value)]);
/** A map: messages of a name and a value each. */
const named =
  <T>(write: (number: number, value: T) => Bytes) =>
  (number: number, values: Readonly<Record<string, T>>): Bytes =>
    Object.entries(values).flatMap(([name, value]) => [
      ...bytesField(number, [...text(1, name), ...write(2, value)]),
    ]);

const schemas = named(message<Schema>(schemaBytes));

const SCHEMA: Readonly<Record<string, readonly [number: number, write: Write]>> = {
  $ref: [1, text],
  format: [2, text],
  title: [3, text],
  description: [4, text],
  default: [5, any],
  multipleOf: [6, doubleField],
  maximum: [7, doubleField],
  exclusiveMaximum: [8, flag],
  minimum: [9, doubleField],
  exclusiveMinimum: [10, flag],
  maxLength: [11, varintField],
  minLength: [12, varintField],
  pattern: [13, text],
  maxItems: [14, varintField],
  minItems: [15, varintField],
  uniqueItems: [16, flag],
  maxProperties: [17, varintField],
  minProperties: [18, varintField],
  required: [19, each(text)],
  enum: [20, each(any)],
  additionalProperties: [
    21,
    message((of: Schema | boolean) =>
      typeof of === 'boolean' ? varintField(2, Number(of)) : bytesField(1, schemaBytes(of)),
    ),
  ],
  type: [22, message((of: string) => text(1, of))],
  items: [23, message((of: Schema) => bytesField(1, schemaBytes(of)))],
  properties: [25, message((of: Readonly<Record<string, Schema>>) => schemas(1, of))],
  example: [30, any],
};

const isExtension = (name: string): boolean => name.startsWith('x-');

/** Of whatever holds some: those fields that the format does not know. */
const extensions = (number: number, of: object): Bytes =>
  named(any)(number, Object.fromEntries(Object.entries(of).filter(([name]) => isExtension(name))));

function schemaBytes(schema: Schema): Bytes {
  const own = Object.entries(schema).flatMap(([name, value]) => {
    const field = SCHEMA[name];
    return field === undefined ? [] : [...field[1](field[0], value as never)];
  });
  return [...own, ...extensions(31, schema)];
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly type: string;
  readonly uniqueItems: boolean;
}

/** As a parameter that is no body, behind the `?`. */
const parameterBytes = (of: Parameter): Bytes =>
  bytesField(
    1,
    bytesField(
      2,
      bytesField(3, [
        ...text(2, of.in),
        ...text(4, of.name),
        ...text(6, of.type),
        ...flag(20, of.uniqueItems),
      ]),
    ),
  );

interface Operation {
  readonly operationId: string;
  readonly parameters: readonly Parameter[];
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
}

const responses = named(
  message((of: { readonly description: string }) => bytesField(1, text(1, of.description))),
);

const operationBytes = (of: Operation): Bytes => [
  ...text(5, of.operationId),
  ...each(message(parameterBytes))(8, of.parameters),
  ...bytesField(9, responses(1, of.responses)),
  ...extensions(13, of),
];

const METHODS: Readonly<Record<string, number>> = { get: 2, put: 3, post: 4, delete: 5, patch: 8 };

const pathBytes = (of: object): Bytes =>
  Object.entries(of).flatMap(([method, operation]) => [
    ...bytesField(METHODS[method]!, operationBytes(operation as Operation)),
  ]);

/** A message Document. */
export const gnostic = ({ swagger, info, paths, definitions }: Swagger): Uint8Array =>
  Uint8Array.from([
    ...text(1, swagger),
    ...bytesField(2, [...text(1, info.title), ...text(2, info.version)]),
    ...bytesField(8, named(message(pathBytes))(2, paths)),
    ...bytesField(9, schemas(1, definitions)),
  ]);
