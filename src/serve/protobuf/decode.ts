/**
 * Request bodies of `application/vnd.kubernetes.protobuf`, as kubectl and client-go send them. Models
 * staging/src/k8s.io/apimachinery/pkg/runtime/serializer/protobuf/protobuf.go and, for the words of errors,
 * transformDecodeError of staging/src/k8s.io/apiserver/pkg/endpoints/handlers/rest.go.
 */
import { ApiError, badRequest } from '../../sim/api/errors.ts';
import { parseJson } from './json.ts';
import { messageOfKind } from './messages.ts';
import { concatenated, unmarshal, utf8 } from './unmarshal.ts';
import { BYTES, readFields } from './wire.ts';

/** `k8s` and a zero byte: what a body begins with. */
const MAGIC = [0x6b, 0x38, 0x73, 0x00];
/** How much of a body an error shows. */
const SUMMARY_BYTES = 30;

const NO_BYTES = new Uint8Array();

/** What an object is. */
export interface TypeMeta {
  readonly apiVersion: string;
  readonly kind: string;
}

/** runtime.Unknown of apimachinery's pkg/runtime/types.go, with its typeMeta. */
interface Unknown extends TypeMeta {
  readonly raw: Uint8Array;
  readonly contentEncoding: string;
  readonly contentType: string;
}

const UNKNOWN_FIELDS = ['TypeMeta', 'Raw', 'ContentEncoding', 'ContentType'];

function readUnknown(bytes: Uint8Array): Unknown {
  const found = UNKNOWN_FIELDS.map((): Uint8Array[] => []);
  for (const { number, wireType, bytes: value } of readFields(bytes, 'Unknown')) {
    const name = UNKNOWN_FIELDS[number - 1];
    if (name === undefined) continue;
    if (wireType !== BYTES) throw badRequest(`proto: wrong wireType = ${wireType} for field ${name}`);
    found[number - 1]!.push(value);
  }
  const [typeMeta, raw, contentEncoding, contentType] = found as [
    typeMeta: Uint8Array[],
    raw: Uint8Array[],
    contentEncoding: Uint8Array[],
    contentType: Uint8Array[],
  ];
  const { apiVersion = '', kind = '' } = unmarshal('TypeMeta', concatenated(typeMeta)) as Partial<TypeMeta>;
  return {
    apiVersion,
    kind,
    raw: raw.at(-1) ?? NO_BYTES,
    contentEncoding: utf8(contentEncoding.at(-1) ?? NO_BYTES),
    contentType: utf8(contentType.at(-1) ?? NO_BYTES),
  };
}

/** The beginning of a body: of JSON its text, of others hexadecimal digits (summarizeData of rest.go). */
export function summary(body: Uint8Array): string {
  if (body.length === 0) return '<empty>';
  if (body[0] === 0x7b)
    return body.length > SUMMARY_BYTES ? `${utf8(body.subarray(0, SUMMARY_BYTES))} ...` : utf8(body);
  const digits = Array.from(body.subarray(0, SUMMARY_BYTES), (b) => b.toString(16).padStart(2, '0')).join('');
  return body.length > SUMMARY_BYTES ? `${digits} ...` : digits;
}

/** What `read` gives; what it refuses is refused in `words`. */
function saying<T>(words: (why: string) => string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof ApiError ? badRequest(words(error.message)) : error;
  }
}

/** An object of which is known what it is. */
interface Recognized extends TypeMeta {
  /** Its message, or its fields where the body holds JSON. */
  readonly content: Uint8Array | Record<string, unknown>;
}

function jsonObject(raw: Uint8Array): Record<string, unknown> {
  const value = parseJson(utf8(raw), 'Unknown');
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw badRequest("couldn't get version/kind; json parse error");
}

const nonEmpty = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

function recognize(body: Uint8Array, expected: TypeMeta | undefined): Recognized {
  if (body.length === 0) throw badRequest('empty data');
  if (MAGIC.some((byte, i) => body[i] !== byte)) {
    const prefix = `expected prefix [${MAGIC.join(' ')}]`;
    throw badRequest(`provided data does not appear to be a protobuf message, ${prefix}`);
  }
  if (body.length === MAGIC.length) throw badRequest('empty body');
  const unknown = readUnknown(body.subarray(MAGIC.length));
  if (unknown.contentEncoding !== '')
    throw badRequest(`unsupported content encoding "${unknown.contentEncoding}"`);
  const inside = unknown.contentType === 'application/json' ? jsonObject(unknown.raw) : undefined;
  const said = (name: keyof TypeMeta): string =>
    nonEmpty(inside?.[name]) ?? nonEmpty(unknown[name]) ?? expected?.[name] ?? '';
  const [apiVersion, kind] = [said('apiVersion'), said('kind')];
  const found = `runtime.TypeMeta{APIVersion:"${apiVersion}", Kind:"${kind}"}`;
  if (kind === '') throw badRequest(`Object 'Kind' is missing in '${found}'`);
  if (apiVersion === '') throw badRequest(`Object 'apiVersion' is missing in '${found}'`);
  return { apiVersion, kind, content: inside ?? unknown.raw };
}

function readContent({ apiVersion, kind, content }: Recognized): object {
  if (!(content instanceof Uint8Array)) return content;
  const message = messageOfKind(apiVersion, kind);
  if (message === undefined) throw badRequest(`no kind "${kind}" is registered for version "${apiVersion}"`);
  return unmarshal(message, content) as object;
}

/**
 * The object that a body means, as its JSON would have given it: what Go's JSON leaves out of a zero value is
 * left out, and so are empty lists and maps. Knows the kinds of `data.ts` beside this, and any whose body
 * holds JSON.
 * @param expected what the request's path takes: of a body that does not say what it is, and for errors
 * @throws ApiError BadRequest, whatever else the bytes are
 *
 * @example
 * decodeProtobuf(body);
 * // { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'x' }, spec: {}, status: {} }
 */
export function decodeProtobuf(
  body: Uint8Array,
  expected?: TypeMeta,
): { apiVersion: string; kind: string; [k: string]: unknown } {
  const ofType = expected === undefined ? '' : ` (must be of type ${expected.kind})`;
  const recognized = saying(
    (why) => `the object provided is unrecognized${ofType}: ${why} (${summary(body)})`,
    () => recognize(body, expected),
  );
  const { apiVersion, kind } = recognized;
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
  return saying(
    (why) => `${kind} in version "${version}" cannot be handled as a ${expected?.kind ?? kind}: ${why}`,
    () => ({ ...readContent(recognized), apiVersion, kind }),
  );
}
