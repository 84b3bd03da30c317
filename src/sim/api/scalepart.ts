/**
 * What a write to the subresource scale asks for. Sources: pkg/registry/apps/deployment/storage/storage.go
 * (ScaleREST), staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/customresource_handler.go
 * (scaleScope), staging/src/k8s.io/apiserver/pkg/endpoints/handlers/{update,patch}.go.
 */
import { ApiError, badRequest, conflict } from './errors.ts';
import { goKind } from './gokind.ts';
import { applyPatch } from './merge/index.ts';
import type { PatchType } from './patchtype.ts';
import { checkRequestName } from './requestname.ts';
import { mergesStrategically, type ResourceDefinition } from './resources/definition.ts';
import type { KubeObject } from './types.ts';

export type ScalePatch = PatchType | 'apply';

const SCALE_VERSION = 'autoscaling/v1';

/** @throws ApiError BadRequest, for what is no Scale */
function checkKind(definition: ResourceDefinition, sent: Partial<KubeObject>): void {
  const { apiVersion = SCALE_VERSION, kind = 'Scale' } = sent;
  if (apiVersion === SCALE_VERSION && kind === 'Scale') return;
  throw badRequest(
    definition.opaque === true
      ? `${kind} in version ${JSON.stringify(apiVersion.split('/').at(-1))} cannot be handled as a Scale: ` +
          `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)} in ` +
          'scheme "k8s.io/client-go/scale/util.go:149"'
      : `the API version in the data (${apiVersion}) does not match the expected API version ` +
          `(${SCALE_VERSION})`,
  );
}

const revisionOf = ({ metadata }: Partial<KubeObject>): string => metadata?.resourceVersion ?? '';

/** @throws ApiError BadRequest, Conflict where a scale is of another revision than the object has */
function replicasIn(definition: ResourceDefinition, before: KubeObject, scale: KubeObject): number {
  const { name, namespace = '' } = before.metadata;
  checkRequestName(definition, { metadata: scale.metadata }, namespace, name);
  if (!['', revisionOf(before)].includes(revisionOf(scale)))
    throw conflict(
      definition.plural,
      definition.group,
      name,
      'the object has been modified; please apply your changes to the latest version and try again',
    );
  const { replicas = 0 } = (scale.spec ?? {}) as { replicas?: unknown };
  if (typeof replicas !== 'number') throw badRequest('Scale: spec.replicas is no number');
  return replicas;
}

/** How many replicas a Scale in the place of another asks for. @throws ApiError */
export function replicasOfUpdate(
  definition: ResourceDefinition,
  before: KubeObject,
  scale: Partial<KubeObject>,
): number {
  checkKind(definition, scale);
  return replicasIn(definition, before, { ...scale, metadata: scale.metadata ?? {} } as KubeObject);
}

/** How many replicas a patch of a Scale asks for. @throws ApiError */
export function replicasOfPatch(
  definition: ResourceDefinition,
  before: KubeObject,
  type: ScalePatch,
  patch: unknown,
): number {
  if (type === 'strategic' && !mergesStrategically(definition))
    throw new ApiError(
      'UnsupportedMediaType',
      'the body of the request was in an unknown format - accepted media types include: ' +
        'application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
    );
  if (type === 'apply') {
    const sent = patch as Partial<KubeObject>;
    if (sent.apiVersion !== SCALE_VERSION || sent.kind !== 'Scale')
      throw badRequest(`invalid object type: ${goKind(sent)}`);
  }
  const merged = applyPatch(type === 'json' ? 'json' : 'merge', undefined, before, patch) as KubeObject;
  return replicasIn(definition, before, merged);
}
