/**
 * What messages mean whose types in Go write their JSON themselves. Sources: staging/src/k8s.io/apimachinery:
 * pkg/apis/meta/v1/{time,micro_time,time_proto,micro_time_proto,fields}.go, pkg/util/intstr/intstr.go,
 * pkg/api/resource/quantity_proto.go, pkg/runtime/extension.go; apiextensions-apiserver:
 * pkg/apis/apiextensions/v1/marshal.go.
 */
import { badRequest } from '../../sim/api/errors.ts';
import { canonicalQuantity } from '../../sim/api/quantity.ts';

/** The fields of a message that stand on the wire, by name. */
export type MessageValue = Readonly<Record<string, unknown>>;

/** The first and last seconds of the years 1 to 9999, from 1970 on. */
const MIN_SECONDS = -62_135_596_800;
const MAX_SECONDS = 253_402_300_799;

/** `2026-01-05T09:00:00`, in UTC. */
function secondText(seconds: number): string {
  if (seconds < MIN_SECONDS || seconds > MAX_SECONDS)
    throw badRequest('Time.MarshalJSON: year outside of range [0,9999]');
  return new Date(seconds * 1000).toISOString().slice(0, 19);
}

const isEmpty = (value: MessageValue): boolean => Object.keys(value).length === 0;

function time(value: MessageValue): string | null {
  return isEmpty(value) ? null : `${secondText((value.seconds as number | undefined) ?? 0)}Z`;
}

function microTime(value: MessageValue): string | null {
  if (isEmpty(value)) return null;
  const { seconds = 0, nanos = 0 } = value as { seconds?: number; nanos?: number };
  const micros = Math.trunc(nanos / 1000);
  const carried = Math.floor(micros / 1e6);
  return `${secondText(seconds + carried)}.${String(micros - carried * 1e6).padStart(6, '0')}Z`;
}

function quantity(value: MessageValue): string {
  try {
    return canonicalQuantity((value.string as string | undefined) ?? '0');
  } catch (error) {
    throw badRequest((error as Error).message);
  }
}

function intOrString(value: MessageValue): number | string {
  const { type = 0, intVal = 0, strVal = '' } = value as { type?: number; intVal?: number; strVal?: string };
  if (type !== 0 && type !== 1) throw badRequest('impossible IntOrString.Type');
  return type === 0 ? intVal : strVal;
}

/**
 * The value of a JSON text.
 * @param what it is, for errors
 */
export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What engines say of it differs between them and their versions.
    throw badRequest(`failed to parse ${what} bytes as JSON`);
  }
}

const rawJson =
  (what: string) =>
  (value: MessageValue): unknown => {
    const raw = value.raw as string | undefined;
    return raw === undefined || raw === '' ? null : parseJson(raw, what);
  };

const hasItems = (list: unknown): boolean => Array.isArray(list) && list.length > 0;

/** By the message's name. */
const MARSHALERS: Readonly<Record<string, (value: MessageValue) => unknown>> = {
  Time: time,
  MicroTime: microTime,
  Quantity: quantity,
  IntOrString: intOrString,
  ExtraValue: (value) => value.items ?? [],
  RawExtension: rawJson('RawExtension'),
  JSON: rawJson('JSON'),
  FieldsV1: rawJson('FieldsV1'),
  'v1.JSONSchemaPropsOrBool': ({ schema, allows }) => schema ?? allows ?? false,
  'v1.JSONSchemaPropsOrArray': ({ schema, jSONSchemas }) =>
    hasItems(jSONSchemas) ? jSONSchemas : (schema ?? null),
  'v1.JSONSchemaPropsOrStringArray': ({ schema, property }) =>
    hasItems(property) ? property : (schema ?? null),
};

/** How the type of a message writes its JSON; undefined where that is an object of its fields. */
export const marshalerOf = (message: string): ((value: MessageValue) => unknown) | undefined =>
  MARSHALERS[message];
