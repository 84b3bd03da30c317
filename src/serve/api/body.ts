/** Bodies of requests to objects. Models staging/src/k8s.io/apiserver/pkg/endpoints/handlers/create.go. */
import { ManifestError } from '../../sim/api/manifest/errors.ts';
import { readManifests } from '../../sim/api/manifest/read.ts';
import { ApiError, badRequest } from '../../sim/api/errors.ts';
import { apiVersionText, type ResourceDefinition } from '../../sim/api/resources/definition.ts';
import { problemsOf } from '../../sim/api/resources/problems.ts';
import type { PatchType } from '../../sim/api/patchtype.ts';
import { decodingError, type SchemaProblem, strictError } from '../../sim/api/schema/check.ts';
import { dropUnknown } from '../../sim/api/schema/patched.ts';
import { typeOfKind } from '../../sim/api/schema/types.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import { decodeProtobuf, summary, type TypeMeta } from '../protobuf/decode.ts';
import { goJsonError } from '../../sim/api/gojson.ts';
import type { HttpRequest } from './http.ts';
import { repeatedKeys } from './repeated.ts';

const PROTOBUF = 'application/vnd.kubernetes.protobuf';

export const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The media type alone. */
export const contentType = ({ headers }: HttpRequest): string =>
  (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();

export const textOf = ({ body }: HttpRequest): string => new TextDecoder().decode(body);

export const unsupported = (taken: readonly string[]): ApiError =>
  new ApiError(
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${taken.join(', ')}`,
  );

/** What a text of JSON says; undefined: it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @param words of what it is that cannot be read @throws ApiError BadRequest */
export function parsedJson(text: string, words = ''): unknown {
  const value = jsonOf(text);
  if (value === undefined) throw badRequest(`${words}${goJsonError(text)}`);
  return value;
}

/** Of a body that is no JSON, and so does not say what it is (transformDecodeError of create.go). */
const unread = ({ body }: HttpRequest, kind: string, text: string): ApiError =>
  badRequest(
    `the object provided is unrecognized (must be of type ${kind}): couldn't get version/kind; json parse ` +
      `error: ${goJsonError(text)} (${summary(body)})`,
  );

/** @throws ApiError BadRequest */
export function parsedYaml(text: string): unknown {
  try {
    return readManifests(text, 'the body')[0]?.object;
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    throw badRequest(`error parsing YAML: ${error.message.split('\n')[0]}`);
  }
}

const TEXTS: readonly string[] = ['application/json', 'application/yaml'];

/**
 * What a body says, whatever it is written in.
 * @param expected what the path takes; `messages`: whether it has a form in protocol buffers
 * @throws ApiError BadRequest, UnsupportedMediaType
 */
export function decoded(request: HttpRequest, expected: TypeMeta, messages = true): unknown {
  const type = contentType(request);
  if (request.body.length === 0) return undefined;
  if (type === '' || type === 'application/json') {
    const text = textOf(request);
    const value = jsonOf(text);
    if (value === undefined) throw unread(request, expected.kind, text);
    return value;
  }
  if (type === 'application/yaml') return parsedYaml(textOf(request));
  if (type === PROTOBUF && messages) return decodeProtobuf(request.body, expected);
  throw unsupported(messages ? [...TEXTS, PROTOBUF] : TEXTS);
}

export type FieldValidation = 'Strict' | 'Warn' | 'Ignore';

/** Once it is checked. */
export const fieldValidationOf = (query: URLSearchParams): FieldValidation =>
  (query.get('fieldValidation') || 'Warn') as FieldValidation;

/** Keys that a body in JSON repeats, told as fields that nobody knows are. */
const repeatedIn = (request: HttpRequest): SchemaProblem[] =>
  request.body.length === 0 || !['', 'application/json'].includes(contentType(request))
    ? []
    : repeatedKeys(textOf(request)).map(({ path, field }) => ({
        kind: 'unknown',
        path,
        field,
        message: `duplicate field ${JSON.stringify(field)}`,
        hint: { is: 'unknown', meant: undefined },
        expected: '',
      }));

/**
 * Keys that a patch in JSON repeats are warned of, or refused; of a JSON patch they are not looked for.
 * @throws ApiError BadRequest
 */
export function checkRepeated(
  text: string,
  type: PatchType | 'apply',
  query: URLSearchParams,
  warn: (text: string) => void,
): void {
  const validation = fieldValidationOf(query);
  if (type === 'json' || validation === 'Ignore') return;
  const repeated = repeatedKeys(text);
  if (repeated.length === 0) return;
  const said = repeated.map(({ key, field, line }) =>
    type === 'apply'
      ? `line ${line}: key ${JSON.stringify(key)} already set in map`
      : `duplicate field ${JSON.stringify(field)}`,
  );
  if (validation === 'Warn') for (const word of said) warn(word);
  else
    throw badRequest(
      type === 'apply'
        ? 'error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\n  ' +
            said.join('\n  ')
        : `strict decoding error: ${said.join(', ')}`,
    );
}

/** Why an object is not one of a resource. Models create.go and runtime/serializer/versioning. */
function mistaken(
  apiVersion: string,
  kind: string,
  { group, kind: wanted }: ResourceDefinition,
  version: string,
): ApiError {
  const [ownVersion = '', ownGroup = ''] = apiVersion.split('/').reverse();
  const isKnown = typeOfKind(apiVersion, kind) !== undefined;
  if (kind === wanted && ownGroup === group && isKnown)
    return badRequest(
      `the API version in the data (${apiVersion}) does not match the expected API version ` +
        `(${apiVersionText(group, version)})`,
    );
  const internal = (group || 'core').split('.')[0]!;
  const why = isKnown
    ? `converting (${ownVersion}.${kind}) to (${internal}.${wanted}): unknown conversion`
    : `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)} in scheme ` +
      '"pkg/api/legacyscheme/scheme.go:30"';
  return badRequest(
    `${kind} in version ${JSON.stringify(ownVersion)} cannot be handled as a ${wanted}: ${why}`,
  );
}

/**
 * The object that a request brings, of the resource that its path names.
 * @param warn told of fields that nobody knows, where they are not refused @throws ApiError
 */
export function objectIn(
  request: HttpRequest,
  definition: ResourceDefinition,
  version: string,
  query: URLSearchParams,
  warn: (text: string) => void,
): KubeObject {
  const { group, kind, schemas } = definition;
  const apiVersion = apiVersionText(group, version);
  const value = decoded(request, { apiVersion, kind }, schemas === undefined);
  if (value === undefined) throw unread(request, kind, '');
  if (!isMap(value)) throw badRequest(`the body of the request is no ${kind}`);
  // Typed clients of Go say neither; the path does.
  const object = { ...value, apiVersion: value['apiVersion'] || apiVersion, kind: value['kind'] || kind };
  if (object.kind !== kind || object.apiVersion !== apiVersion)
    throw mistaken(String(object.apiVersion), String(object.kind), definition, version);
  const problems = [...problemsOf(definition, object), ...repeatedIn(request)];
  const validation = fieldValidationOf(query);
  const refused = decodingError(
    object,
    validation === 'Strict' ? problems : problems.filter((p) => p.kind === 'type'),
  );
  if (refused !== undefined) throw refused;
  if (validation === 'Warn' && strictError(problems) !== undefined)
    for (const problem of problems) if (problem.kind === 'unknown') warn(problem.message);
  const known = dropUnknown(object) as unknown as KubeObject;
  const { metadata } = known;
  return { ...known, metadata: isMap(metadata) ? metadata : ({} as KubeObject['metadata']) };
}
