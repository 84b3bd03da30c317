/**
 * Subresources that are no parts of their object. Sources: pkg/registry/{core/pod,core/serviceaccount,apps}.
 */
import { badRequest } from '../../sim/api/errors.ts';
import { answeredRequest, type TokenRequest } from '../../sim/api/authentication/tokens.ts';
import { checkName } from '../../sim/api/requestname.ts';
import type { ResourceDefinition } from '../../sim/api/resources/definition.ts';
import { scaleDefinition, scaleOf } from '../../sim/api/resources/scale.ts';
import type { KubeObject, Namespace } from '../../sim/api/types.ts';
import { replicasOfPatch, replicasOfUpdate, type ScalePatch } from '../../sim/api/scalepart.ts';
import { contentType, decoded, isMap, jsonOf, parsedJson, parsedYaml, textOf, unsupported } from './body.ts';
import type { Call } from './call.ts';
import { type Answer, jsonAnswer } from './http.ts';
import { includedIn } from './listing.ts';
import { formOf } from './negotiation.ts';
import { checkWriteOptions, isDryRun } from './options.ts';
import { notServed } from './status.ts';
import { formed } from './table.ts';

function bodyMap(call: Call, apiVersion: string, kind: string): Record<string, unknown> {
  const body = decoded(call.request, { apiVersion, kind });
  if (!isMap(body)) throw badRequest(`the body of the request is no ${kind}`);
  return body;
}

const APPLY = 'application/apply-patch+yaml';
const PATCHES: Readonly<Record<string, ScalePatch>> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
  [APPLY]: 'apply',
};

/** A Scale as it is asked for: a Table has columns of its own for it. @throws ApiError NotAcceptable */
function scaleFormed(
  { cluster, request, query }: Call,
  definition: ResourceDefinition,
  scaled: KubeObject,
): object {
  const form = formOf(request.headers, false);
  if (form === undefined) return scaled;
  return formed(scaleDefinition(definition), scaled, form, cluster.now, includedIn(query));
}

export function scale(call: Call, definition: ResourceDefinition): Answer {
  const { client, info, query } = call;
  const { verb, namespace, name } = info;
  const { resource } = definition;
  const read = (): KubeObject => {
    const found = scaleOf(definition, client.get(resource, namespace, name, 'scale'));
    if (found === undefined) throw notServed();
    return found as unknown as KubeObject;
  };
  const before = read();
  if (verb === 'get') return jsonAnswer(200, scaleFormed(call, definition, before));
  let wanted: number;
  if (verb === 'update') {
    checkWriteOptions('UpdateOptions', query);
    wanted = replicasOfUpdate(definition, before, bodyMap(call, 'autoscaling/v1', 'Scale'));
  } else {
    const sent = contentType(call.request);
    const type = PATCHES[sent];
    if (type === undefined) throw unsupported(Object.keys(PATCHES));
    const applies = sent === APPLY;
    checkWriteOptions('PatchOptions', query, applies);
    const text = textOf(call.request);
    const patch = applies ? (jsonOf(text) ?? parsedYaml(text)) : parsedJson(text, 'error decoding patch: ');
    wanted = replicasOfPatch(definition, before, type, patch);
  }
  client.using({ dryRun: isDryRun(query) }).scale(resource, namespace, name, wanted);
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
  const request: TokenRequest = isMap(body['spec']) ? body['spec'] : {};
  const { client, cluster, info } = call;
  const issued = client.requestToken(info.namespace, info.name, request);
  return jsonAnswer(201, answeredRequest(info, request, issued, cluster.now));
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
