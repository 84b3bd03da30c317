/**
 * ResourceQuota: what is created must fit what is left. Models
 * staging/src/k8s.io/apiserver/pkg/admission/plugin/resourcequota/controller.go. Usage is counted from the
 * live objects, which is what upstream's status amounts to once its controller has caught up.
 */
import { isNil } from '../defaults/fill.ts';
import { addTo, type QuantityList } from '../podrequests.ts';
import {
  addQuantities,
  asQuantity,
  compareQuantities,
  formatQuantity,
  subtractQuantities,
  type Quantity,
} from '../quantity.ts';
import type { ResourceDefinition } from '../resources/definition.ts';
import type { ResourceRegistry } from '../resources/registry.ts';
import type { KubeObject, Pod, ResourceName, ResourceQuota } from '../types.ts';
import { isOfStorage, missingFor, PLAIN_COUNTS, quotaConcerns, usageOf } from './quotausage.ts';
import { refused, type AdmissionPlugin, type AdmissionRequest, type AdmissionView } from './types.ts';

/** What the quota measures now: the hard limits its controller has taken over, at first those of its spec. */
function hardLimits(quota: ResourceQuota): Map<string, Quantity> {
  const status = (quota.status?.hard ?? {}) as Record<string, string | number>;
  const hard =
    Object.keys(status).length > 0 ? status : ((quota.spec.hard ?? {}) as Record<string, string | number>);
  return new Map(Object.entries(hard).map(([name, q]) => [name, asQuantity(q)]));
}

/** Which resources of a quota the objects of each kind can use. */
const MEASURES: readonly (readonly [ResourceName, (resource: string) => boolean])[] = [
  [
    'Pod',
    (r) => !r.startsWith('count/') && !r.startsWith('services') && !PLAIN_COUNTS.has(r) && !isOfStorage(r),
  ],
  ['Service', (r) => r.startsWith('services')],
  ['ConfigMap', (r) => r === 'configmaps'],
  ['Secret', (r) => r === 'secrets'],
  ['ResourceQuota', (r) => r === 'resourcequotas'],
  ['ReplicationController', (r) => r === 'replicationcontrollers'],
  ['PersistentVolumeClaim', isOfStorage],
];

/** Whose objects use any of what a quota names. */
function measured(names: Iterable<string>, resources: ResourceRegistry): Set<ResourceDefinition> {
  const definitions = new Set<ResourceDefinition>();
  for (const name of names) {
    const counted = name.startsWith('count/') ? resources.find(name.slice('count/'.length)) : undefined;
    if (counted !== undefined) definitions.add(counted);
    for (const [kind, measures] of MEASURES)
      if (measures(name) && resources.find(kind) !== undefined) definitions.add(resources.get(kind));
  }
  return definitions;
}

/** What the objects of a namespace use of a quota's resources together. */
export function quotaUsage(
  quota: ResourceQuota,
  view: Pick<AdmissionView, 'list' | 'now' | 'resources'>,
): QuantityList {
  const hard = hardLimits(quota);
  const used: QuantityList = new Map(
    [...hard.keys()].map((name) => [name, { nano: 0n, format: 'DecimalSI' } as Quantity]),
  );
  for (const definition of measured(hard.keys(), view.resources)) {
    for (const object of view.list(definition.resource, quota.metadata.namespace)) {
      if (!quotaConcerns(quota, object)) continue;
      addTo(
        used,
        [...usageOf(definition, object, view.now)].filter(([name]) => hard.has(name)),
      );
    }
  }
  return used;
}

/**
 * What of a quota an object that is there uses, and of which more is in use than the quota allows; undefined:
 * nothing.
 */
export function exceededBy(
  quota: ResourceQuota,
  object: KubeObject,
  view: Pick<AdmissionView, 'list' | 'now' | 'resources'>,
): string | undefined {
  const definition = view.resources.of(object);
  if (definition === undefined || !quotaConcerns(quota, object)) return undefined;
  const hard = hardLimits(quota);
  const uses = [...usageOf(definition, object, view.now)].filter(
    ([name, q]) => hard.has(name) && q.nano > 0n,
  );
  if (uses.length === 0) return undefined;
  const used = quotaUsage(quota, view);
  return uses.find(([name]) => compareQuantities(used.get(name)!, hard.get(name)!) > 0)?.[0];
}

const printed = (list: Iterable<[string, Quantity]>): string =>
  [...list]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, q]) => `${name}=${formatQuantity(q)}`)
    .join(',');

/** What a quota counts must be said. */
function checkSaid(quota: ResourceQuota, object: KubeObject, request: AdmissionRequest): void {
  if (object.kind !== 'Pod') return;
  const missing = missingFor(object as unknown as Pod, [...hardLimits(quota).keys()]);
  if (missing !== undefined) throw refused(request, `failed quota: ${quota.metadata.name}: ${missing}`);
}

function checkUsage(quota: ResourceQuota, object: KubeObject, request: AdmissionRequest): void {
  const hard = hardLimits(quota);
  const { name } = quota.metadata;
  const { definition, view, old } = request;
  const before: QuantityList =
    request.operation === 'UPDATE' && old !== undefined && quotaConcerns(quota, old)
      ? usageOf(definition, old, view.now)
      : new Map();
  const requested = [...usageOf(definition, object, view.now)]
    .map(([resource, q]): [string, Quantity] => {
      const had = before.get(resource);
      return [resource, had === undefined ? q : subtractQuantities(q, had)];
    })
    .filter(([resource, q]) => hard.has(resource) && q.nano > 0n);
  if (requested.length === 0) return;
  const used = quotaUsage(quota, view);
  const exceeded = requested.filter(
    ([resource, q]) => compareQuantities(addQuantities(used.get(resource)!, q), hard.get(resource)!) > 0,
  );
  if (exceeded.length === 0) return;
  const among = (list: QuantityList): [string, Quantity][] =>
    exceeded.map(([resource]) => [resource, list.get(resource)!]);
  throw refused(
    request,
    `exceeded quota: ${name}, requested: ${printed(exceeded)}, used: ${printed(among(used))}, limited: ` +
      `${printed(among(hard))}`,
  );
}

const hasDeadline = (pod: KubeObject | undefined): boolean =>
  !isNil((pod as Pod | undefined)?.spec.activeDeadlineSeconds);

/**
 * What can come to use more by a change: Services and claims by any, Pods by a resize, or by a deadline that
 * brings them into another scope.
 */
function usesAnew(object: KubeObject, request: AdmissionRequest): boolean {
  const { operation, definition, subresource, old } = request;
  if (operation === 'CREATE') return subresource === '';
  if (operation !== 'UPDATE') return false;
  const { resource } = definition;
  if (resource === 'pods')
    return subresource === 'resize' || (subresource === '' && hasDeadline(object) !== hasDeadline(old));
  return subresource === '' && (resource === 'services' || resource === 'persistentvolumeclaims');
}

export const resourceQuota: AdmissionPlugin = {
  name: 'ResourceQuota',
  validate: (object, request) => {
    if (object === undefined || request.namespace === '' || !usesAnew(object, request)) return;
    if (request.config.planted === 'quota-not-enforced') return;
    const quotas = [...request.view.list('ResourceQuota', request.namespace)];
    if (quotas.length === 0) return;
    quotas.sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
    const concerned = quotas.filter((quota) => quotaConcerns(quota, object));
    // All of them are asked for what is missing before any counts.
    for (const quota of concerned) checkSaid(quota, object, request);
    for (const quota of concerned) checkUsage(quota, object, request);
  },
};
