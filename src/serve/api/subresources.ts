/**
 * Subresources that are no parts of their object. Sources: pkg/registry/{core/pod,core/serviceaccount,apps}.
 */
import { badRequest, conflict } from '../../sim/api/errors.ts';
import { ISSUER, type TokenRequest } from '../../sim/api/authentication/tokens.ts';
import { checkName, checkRequestName } from '../../sim/api/requestname.ts';
import { rfc3339 } from '../../sim/api/time.ts';
import type { ResourceDefinition } from '../../sim/api/resources/definition.ts';
import { scaleOf } from '../../sim/api/resources/scale.ts';
import type { KubeObject, Namespace } from '../../sim/api/types.ts';
import { applyPatch } from '../../sim/api/merge/index.ts';
import { contentType, decoded, isMap, jsonOf, parsedJson, parsedYaml, textOf, unsupported } from './body.ts';
import type { Call } from './call.ts';
import { type Answer, jsonAnswer } from './http.ts';
import { checkWriteOptions, isDryRun } from './options.ts';
import { notServed } from './status.ts';

function bodyMap(call: Call, apiVersion: string, kind: string): Record<string, unknown> {
  const body = decoded(call.request, { apiVersion, kind });
  if (!isMap(body)) throw badRequest(`the body of the request is no ${kind}`);
  return body;
}

/** @throws ApiError */
function replicasIn(scale: unknown): number {
  const replicas = isMap(scale) && isMap(scale['spec']) ? (scale['spec']['replicas'] ?? 0) : 0;
  if (typeof replicas !== 'number') throw badRequest('Scale: spec.replicas is no number');
  return replicas;
}

/** @throws ApiError Conflict, where a scale is of another revision than the object has */
function checkRevision(scale: unknown, before: object, { plural, group }: ResourceDefinition): void {
  const revisionIn = (of: unknown): string =>
    isMap(of) && isMap(of['metadata']) ? String(of['metadata']['resourceVersion'] ?? '') : '';
  const wanted = revisionIn(scale);
  if (wanted === '' || wanted === revisionIn(before)) return;
  const { name } = (before as KubeObject).metadata;
  throw conflict(
    plural,
    group,
    name,
    'the object has been modified; please apply your changes to the latest version and try again',
  );
}

const APPLY = 'application/apply-patch+yaml';
const PATCHES: Readonly<Record<string, 'json' | 'merge'>> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'merge',
  [APPLY]: 'merge',
};

export function scale(call: Call, definition: ResourceDefinition): Answer {
  const { client, info, query } = call;
  const { verb, namespace, name } = info;
  const { resource } = definition;
  const read = (): object => {
    const found = scaleOf(definition, client.get(resource, namespace, name, 'scale'));
    if (found === undefined) throw notServed();
    return found;
  };
  const before = read();
  if (verb === 'get') return jsonAnswer(200, before);
  let wanted: unknown;
  if (verb === 'update') {
    checkWriteOptions('UpdateOptions', query);
    wanted = bodyMap(call, 'autoscaling/v1', 'Scale');
  } else {
    const sent = contentType(call.request);
    const type = PATCHES[sent];
    if (type === undefined) throw unsupported(Object.keys(PATCHES));
    const applies = sent === APPLY;
    checkWriteOptions('PatchOptions', query, applies);
    const text = textOf(call.request);
    const patch = applies ? (jsonOf(text) ?? parsedYaml(text)) : parsedJson(text, 'error decoding patch: ');
    wanted = applyPatch(type, undefined, before as unknown as KubeObject, patch);
  }
  const { metadata } = wanted as Partial<KubeObject>;
  checkRequestName(definition, { metadata: metadata! }, namespace, name);
  checkRevision(wanted, before, definition);
  client.using({ dryRun: isDryRun(query) }).scale(resource, namespace, name, replicasIn(wanted));
  return jsonAnswer(200, read());
}

export function bind(call: Call): Answer {
  const body = bodyMap(call, 'v1', 'Binding');
  const target = body['target'];
  const node = isMap(target) ? String(target['name'] ?? '') : '';
  if (node === '') throw badRequest('Binding: target.name: Required value');
  const { client, info } = call;
  const metadata = body['metadata'];
  const name = info.name || (isMap(metadata) ? String(metadata['name'] ?? '') : '');
  const uid = isMap(metadata) ? String(metadata['uid'] ?? '') : '';
  client.bind(info.namespace, name, uid, node);
  return created();
}

const created = (): Answer =>
  jsonAnswer(201, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 });

export function evict(call: Call): Answer {
  const body = bodyMap(call, 'policy/v1', 'Eviction');
  const { metadata } = body as Partial<KubeObject>;
  if (metadata?.name !== call.info.name)
    throw badRequest('name in URL does not match name in Eviction object');
  const options = isMap(body['deleteOptions']) ? body['deleteOptions'] : {};
  const seconds = options['gracePeriodSeconds'];
  const preconditions = options['preconditions'];
  const dryRun = isDryRun(call.query) || (Array.isArray(options['dryRun']) && options['dryRun'].length > 0);
  const { client, info } = call;
  client
    .using({ dryRun })
    .evict(info.namespace, info.name, {
      ...(typeof seconds === 'number' ? { gracePeriodSeconds: seconds } : {}),
      ...(isMap(preconditions) ? { preconditions } : {}),
    });
  return created();
}

export function token(call: Call): Answer {
  const body = bodyMap(call, 'authentication.k8s.io/v1', 'TokenRequest');
  const spec = isMap(body['spec']) ? body['spec'] : {};
  const { client, info } = call;
  const issued = client.requestToken(info.namespace, info.name, spec as TokenRequest);
  return jsonAnswer(201, {
    kind: 'TokenRequest',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: { name: info.name, namespace: info.namespace, creationTimestamp: rfc3339(call.cluster.now) },
    // Filled in as pkg/apis/authentication/v1/defaults.go and the storage of accounts do.
    spec: { audiences: [ISSUER], expirationSeconds: 3600, boundObjectRef: null, ...spec },
    status: issued,
  });
}

export function finalize(call: Call, definition: ResourceDefinition): Answer {
  const body = bodyMap(call, 'v1', 'Namespace');
  const { cluster, info, client } = call;
  checkName((body as Partial<KubeObject>).metadata?.name, info.name);
  const stored = client.get('Namespace', '', info.name);
  client.connect('update', 'Namespace', info.name, info.name, 'finalize');
  const spec = isMap(body['spec']) ? body['spec'] : {};
  const metadata = { ...stored.metadata, resourceVersion: '' };
  const next = { ...stored, metadata, spec } as Namespace;
  return jsonAnswer(200, call.versioned(definition, cluster.server.finalize(next, client.by)));
}
