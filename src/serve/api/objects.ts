/**
 * Requests for single objects, by verb. Models staging/src/k8s.io/apiserver/pkg/endpoints/handlers
 * ({get,create,update,patch,delete}.go).
 */
import type { ApiClient } from '../../sim/api/client.ts';
import { ApiError, badRequest } from '../../sim/api/errors.ts';
import { checkName } from '../../sim/api/requestname.ts';
import type { PatchType } from '../../sim/api/patchtype.ts';
import { applyPatch } from '../../sim/api/merge/index.ts';
import { type ResourceDefinition, schemaOf } from '../../sim/api/resources/definition.ts';
import type { KubeObject, Pod } from '../../sim/api/types.ts';
import {
  checkRepeated,
  contentType,
  fieldValidationOf,
  isMap,
  jsonOf,
  objectIn,
  parsedJson,
  parsedYaml,
  textOf,
  unsupported,
} from './body.ts';
import type { Call } from './call.ts';
import { type Answer, jsonAnswer } from './http.ts';
import { chosenBy, includedIn, listed } from './listing.ts';
import type { Form } from './negotiation.ts';
import { checkListOptions, checkWriteOptions, deleteOptionsOf, isDryRun, isSet } from './options.ts';
import { deletedStatus } from './status.ts';
import { formed } from './table.ts';
import { isChosen } from './watch.ts';

const PATCH_TYPES: Readonly<Record<string, PatchType | 'apply'>> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'apply',
};

/** The client as a request wants its writes done, once its options are checked. */
function writing({ client, query, warnings, request }: Call): ApiClient {
  const manager = query.get('fieldManager') ?? '';
  const agent = (request.headers['user-agent'] ?? '').split('/')[0]!;
  return client.using({
    dryRun: isDryRun(query),
    warn: (text) => void warnings.push(text),
    fieldValidation: fieldValidationOf(query),
    fieldManager: () => manager || agent || 'unknown',
  });
}

function shown(call: Call, definition: ResourceDefinition, object: KubeObject, form: Form): object {
  const { source, query } = call;
  return formed(definition, call.versioned(definition, object), form, source.now, includedIn(query));
}

export function get(call: Call, definition: ResourceDefinition, form: Form): Answer {
  const { client, info } = call;
  return jsonAnswer(
    200,
    shown(call, definition, client.get(definition.resource, info.namespace, info.name), form),
  );
}

/** The namespace that the path names is the object's. @throws ApiError BadRequest where it says another */
function placed(object: KubeObject, { info }: Call, { namespaced }: ResourceDefinition): KubeObject {
  const { namespace, ...metadata } = object.metadata;
  if (!namespaced) return { ...object, metadata };
  if (namespace && namespace !== info.namespace)
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  return { ...object, metadata: { ...metadata, namespace: info.namespace } };
}

export function create(call: Call, definition: ResourceDefinition, form: Form): Answer {
  const { request, info, query, warnings } = call;
  checkWriteOptions('CreateOptions', query);
  const object = objectIn(request, definition, info.version, query, (text) => void warnings.push(text));
  // As etcd3/store.go has it; who asks for a review keeps none.
  if (object.metadata.resourceVersion && object.metadata.resourceVersion !== '0')
    throw new ApiError('Unknown', 'resourceVersion should not be set on objects to be created');
  const created = writing(call).create(placed(object, call, definition));
  return jsonAnswer(201, shown(call, definition, created, form));
}

/** An object that is put has to say whose place it takes. @throws ApiError BadRequest */
function named(object: KubeObject, { info }: Call): KubeObject {
  checkName(object.metadata.name, info.name);
  return object;
}

/** @param part '' for all but status and approval */
export function update(call: Call, definition: ResourceDefinition, form: Form, part: ObjectPart): Answer {
  const { request, info, query, warnings } = call;
  checkWriteOptions('UpdateOptions', query);
  const sent = objectIn(request, definition, info.version, query, (text) => void warnings.push(text));
  const object = named(placed(sent, call, definition), call);
  const client = writing(call);
  const isThere = client.find(definition.resource, info.namespace, info.name) !== undefined;
  const stored =
    part === 'status'
      ? client.updateStatus(object)
      : part === 'approval'
        ? client.updateApproval(object)
        : part === ''
          ? client.update(object)
          : client.updatePart(object as Pod, part);
  return jsonAnswer(isThere ? 200 : 201, shown(call, definition, stored, form));
}

/** The patch of a request, and its type. @throws ApiError */
function patchIn(call: Call): { type: PatchType | 'apply'; patch: unknown } {
  const { request, query, warnings } = call;
  const type = PATCH_TYPES[contentType(request)];
  if (type === undefined) throw unsupported(Object.keys(PATCH_TYPES));
  checkWriteOptions('PatchOptions', query, type === 'apply');
  const text = textOf(request);
  if (type === 'apply') {
    // JSON is YAML, and read sooner.
    const patch = jsonOf(text) ?? parsedYaml(text);
    if (text.trimStart().startsWith('{'))
      checkRepeated(text, type, query, (said) => void warnings.push(said));
    return { type, patch };
  }
  const patch = parsedJson(text, type === 'strategic' ? '' : 'error decoding patch: ');
  checkRepeated(text, type, query, (said) => void warnings.push(said));
  return { type, patch };
}

/** Subresources of an object that are parts of it. */
export type ObjectPart = '' | 'status' | 'approval' | 'ephemeralcontainers' | 'resize';

export function patch(call: Call, definition: ResourceDefinition, form: Form, part: ObjectPart): Answer {
  const { info, query } = call;
  const { namespace, name } = info;
  const { resource } = definition;
  const client = writing(call);
  const { type, patch: body } = patchIn(call);
  if (part === 'approval') {
    const old = client.get(resource, namespace, name);
    const patched = applyPatch(type === 'apply' ? 'merge' : type, schemaOf(definition), old, body);
    return jsonAnswer(200, shown(call, definition, client.updateApproval(patched as KubeObject), form));
  }
  if (type !== 'apply') {
    const options = part === '' ? {} : { subresource: part };
    const stored = client.patch(resource, namespace, name, type, body, options);
    return jsonAnswer(200, shown(call, definition, stored, form));
  }
  const manager = query.get('fieldManager') ?? '';
  const config = isMap(body) ? body : {};
  const isThere = client.find(resource, namespace, name) !== undefined;
  const force = isSet(query, 'force');
  const stored = client.apply(
    resource,
    namespace,
    name,
    { ...config, metadata: isMap(config['metadata']) ? config['metadata'] : {} } as unknown as KubeObject,
    { manager, force, ...(part === '' ? {} : { subresource: part }) },
  );
  return jsonAnswer(isThere ? 200 : 201, shown(call, definition, stored, form));
}

export function remove(call: Call, definition: ResourceDefinition, form: Form): Answer {
  const { client, info, request, query } = call;
  const { options, dryRun } = deleteOptionsOf(request, query);
  const { namespace, name } = info;
  const before = client.find(definition.resource, namespace, name);
  const left = client.using({ dryRun }).delete(definition.resource, namespace, name, options);
  const isLeft =
    client.find(definition.resource, namespace, name)?.metadata.uid === left.metadata.uid && !dryRun;
  // Pods, and what is left for its finalizers, come back as they are; of what is gone a word is enough.
  if (isLeft || definition.kind === 'Pod' || definition.kind === 'Namespace')
    return jsonAnswer(200, shown(call, definition, left, form));
  const uid = (before ?? left).metadata.uid;
  return jsonAnswer(200, deletedStatus(definition.group, definition.plural, name, uid));
}

export function removeAll(call: Call, definition: ResourceDefinition, form: Form): Answer {
  const { client, info, request, query } = call;
  checkListOptions(query, false);
  const { options, dryRun } = deleteOptionsOf(request, query);
  const chosen = chosenBy(definition, info, query);
  client.connect('deletecollection', definition.resource, chosen.namespace, '', '');
  const objects = client.list(definition.resource).filter((o) => isChosen(definition, o, chosen));
  const deleting = client.using({ dryRun });
  const gone: KubeObject[] = [];
  for (const { metadata } of objects) {
    const { namespace = '', name } = metadata;
    if (client.find(definition.resource, namespace, name) === undefined) continue;
    gone.push(deleting.delete(definition.resource, namespace, name, options));
  }
  return listed(call, definition, form, gone, { resourceVersion: String(call.revision) });
}
