/**
 * The documents as they are asked for. Models k8s.io/kube-openapi's pkg/handler (negotiation, ETags) and
 * pkg/handler3 (hashes, by which clients keep what they have read).
 */
import { servedGroups } from '../../kubectl/discovery.ts';
import { ApiError } from '../../sim/api/errors.ts';
import { fnv1a32 } from '../../sim/api/hash.ts';
import type { ResourceRegistry } from '../../sim/api/resources/registry.ts';
import { type Answer, type Headers, JSON_TYPE, jsonAnswer } from '../api/http.ts';
import { acceptedOf } from '../api/negotiation.ts';
import { notServed } from '../api/status.ts';
import { gnostic } from './gnostic.ts';
import { openApiV2 } from './v2.ts';
import { openApiV3 } from './v3.ts';

const PROTOBUF = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';
/** As it is asked for, too: a name that is none of a media type, so that nothing is ever sent as it. */
const PROTOBUF_ONCE = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf';

interface Document {
  readonly body: string | Uint8Array;
  readonly hash: string;
}

const documentOf = (body: string | Uint8Array, hashed: string): Document => ({
  body,
  hash: fnv1a32(hashed).toString(16).toUpperCase().padStart(8, '0'),
});

/** Documents of the same resources, by name, made when first asked for. */
const made = new WeakMap<object, Map<string, Document>>();

function kept(resources: ResourceRegistry, name: string, make: () => Document): Document {
  let documents = made.get(resources.identity);
  if (documents === undefined) made.set(resources.identity, (documents = new Map()));
  let document = documents.get(name);
  if (document === undefined) documents.set(name, (document = make()));
  return document;
}

function v3Document(resources: ResourceRegistry, group: string, version: string): Document | undefined {
  if (!servedGroups(resources).get(group)?.includes(version)) return undefined;
  return kept(resources, `v3 ${group}/${version}`, () => {
    const text = JSON.stringify(openApiV3(resources, group, version));
    return documentOf(text, text);
  });
}

const v2Document = (resources: ResourceRegistry, form: 'json' | 'protobuf'): Document =>
  kept(resources, `v2 ${form}`, () => {
    const swagger = openApiV2(resources);
    const text = JSON.stringify(swagger);
    return documentOf(form === 'json' ? text : gnostic(swagger), text);
  });

function answer({ body, hash }: Document, type: string, asked: Headers, more: Headers): Answer {
  const headers = { etag: `"${hash}"`, ...more };
  return (asked['if-none-match'] ?? '').replaceAll('"', '') === hash
    ? { kind: 'answer', status: 304, headers, body: '' }
    : { kind: 'answer', status: 200, headers: { 'content-type': type, ...headers }, body };
}

/** What `/openapi/v2` answers. @throws ApiError NotAcceptable */
export function v2Answer(resources: ResourceRegistry, asked: Headers): Answer {
  for (const { type } of acceptedOf(asked)) {
    if (type === PROTOBUF || type === PROTOBUF_ONCE)
      return answer(v2Document(resources, 'protobuf'), PROTOBUF, asked, { vary: 'Accept' });
    if (type === JSON_TYPE || type === 'application/*' || type === '*/*')
      return answer(v2Document(resources, 'json'), JSON_TYPE, asked, { vary: 'Accept' });
  }
  throw new ApiError(
    'NotAcceptable',
    `only the following media types are accepted: ${JSON_TYPE}, ${PROTOBUF}`,
  );
}

/** @param steps behind `/openapi/v3`: `api/v1`, `apis/apps/v1`, none for the list of all @throws ApiError */
export function v3Answer(
  resources: ResourceRegistry,
  steps: readonly string[],
  query: URLSearchParams,
  asked: Headers,
): Answer {
  const [root, ...rest] = steps;
  if (root === undefined) {
    const paths: Record<string, object> = {};
    for (const [group, versions] of servedGroups(resources))
      for (const version of versions) {
        const path = group === '' ? `api/${version}` : `apis/${group}/${version}`;
        const { hash } = v3Document(resources, group, version)!;
        paths[path] = { serverRelativeURL: `/openapi/v3/${path}?hash=${hash}` };
      }
    return jsonAnswer(200, { paths });
  }
  const [group = '', version = '', ...more] = root === 'api' ? ['', ...rest] : rest;
  const found = more.length === 0 ? v3Document(resources, group, version) : undefined;
  if (found === undefined || (root !== 'api' && (root !== 'apis' || group === ''))) throw notServed();
  const isKept = query.get('hash') === found.hash;
  return answer(found, JSON_TYPE, asked, {
    'cache-control': isKept ? 'public, immutable' : 'no-cache, private',
  });
}
