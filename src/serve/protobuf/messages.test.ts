import { expect, it } from 'vitest';
import { BUILT_IN } from '../../sim/api/resources/index.ts';
import {
  builtInKinds,
  fieldsOf,
  typeOfKind,
  type FieldType,
  type ObjectType,
} from '../../sim/api/schema/types.ts';
import { MESSAGES } from './data.ts';
import { fieldsOfMessage, messageOfKind, type MessageField, type MessageFieldType } from './messages.ts';
import { KINDS } from './testing.ts';

/** The fields that stand in JSON of a message. */
const jsonFields = (message: string): MessageField[] =>
  [...fieldsOfMessage(message).values()].flatMap((field) =>
    field.inline && field.type.kind === 'message' ? jsonFields(field.type.name) : [field],
  );

/** What a type of the schema may be as a message's, where it is neither object, list nor map. */
const LEAVES: Readonly<Record<string, readonly string[]>> = {
  string: ['string'],
  int32: ['int32'],
  int64: ['int64'],
  number: ['double'],
  boolean: ['bool'],
  bytes: ['bytes'],
  quantity: ['@Quantity'],
  intOrString: ['@IntOrString'],
  time: ['@Time'],
  microTime: ['@MicroTime'],
  any: [
    '@RawExtension',
    '@JSON',
    '@FieldsV1',
    '@v1.JSONSchemaPropsOrBool',
    '@v1.JSONSchemaPropsOrArray',
    '@v1.JSONSchemaPropsOrStringArray',
  ],
};

/** Where messages and the schema differ, below a field of an object. Each pair of types is compared once. */
function differences(type: FieldType, message: MessageFieldType, at: string, seen: Set<string>): string[] {
  if (type.kind === 'object')
    return message.kind === 'message' ? objectDifferences(type, message.name, seen) : [`${at}: no message`];
  if (type.kind === 'list' && message.kind === 'message' && message.name === 'ExtraValue')
    return differences(type.of, { kind: 'string' }, at, seen);
  if (type.kind === 'list' || type.kind === 'map')
    return message.kind === type.kind
      ? differences(type.of, message.of, at, seen)
      : [`${at}: ${type.kind}, but ${message.kind}`];
  const found = message.kind === 'message' ? `@${message.name}` : message.kind;
  return LEAVES[type.kind]!.includes(found) ? [] : [`${at}: ${type.kind}, but ${found}`];
}

/** Of an object that says its own kind; on the wire these stand beside it, or are passed over. */
const TYPE_META = ['v1.DeleteOptions apiVersion', 'v1.DeleteOptions kind'];

function objectDifferences(type: ObjectType, message: string, seen: Set<string>): string[] {
  const pair = `${type.name} ${message}`;
  if (seen.has(pair)) return [];
  seen.add(pair);
  const fields = new Map(jsonFields(message).map((field) => [field.name, field.type]));
  return [...fieldsOf(type).values()].flatMap((field) => {
    const at = `${type.name} ${field.name}`;
    const found = fields.get(field.name);
    if (TYPE_META.includes(at)) return [];
    return found === undefined ? [`${at}: not in ${message}`] : differences(field.type, found, at, seen);
  });
}

it('has every field of every kind of the schema, of the same type', () => {
  const seen = new Set<string>();
  const found = [...builtInKinds()].flatMap((words) => {
    const [apiVersion, kind] = words.split(' ') as [string, string];
    const message = messageOfKind(apiVersion, kind);
    return message === undefined
      ? [`${words}: no message`]
      : objectDifferences(typeOfKind(apiVersion, kind)!, message, seen);
  });
  expect(found).toEqual([]);
  expect(seen.size).toBeGreaterThan(400);
});

it('has every kind that a cluster serves, in each of its versions', () => {
  const missing = [...BUILT_IN.all()].flatMap(({ group, kind, versions }) =>
    versions
      .map(({ name }) => (group === '' ? name : `${group}/${name}`))
      .filter((apiVersion) => messageOfKind(apiVersion, kind) === undefined)
      .map((apiVersion) => `${apiVersion} ${kind}`),
  );
  expect(missing).toEqual([]);
});

it('names no field of an object twice', () => {
  const seen = new Set<string>();
  const reach = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const names = jsonFields(name).map((field) => field.name);
    expect([name, ...names]).toEqual([name, ...new Set(names)]);
    for (const { type } of fieldsOfMessage(name).values()) {
      let of = type;
      while (of.kind === 'list' || of.kind === 'map') of = of.of;
      if (of.kind === 'message') reach(of.name);
    }
  };
  for (const [apiVersion, kind] of KINDS) reach(messageOfKind(apiVersion, kind)!);
  expect([...seen].sort()).toEqual(Object.keys(MESSAGES).filter((name) => name !== 'TypeMeta'));
});
