/** ResourceQuotas. Models ValidateResourceQuota of pkg/apis/core/validation/validation.go. */
import { deepEqual } from '../equal.ts';
import type { ResourceQuota } from '../types.ts';
import { invalidValue, type Causes } from './field.ts';
import { validateLabelKey, validateMeta, validateMetaUpdate } from './meta.ts';
import { validateQuantity } from './resources.ts';
import { subdomainProblems } from './text.ts';

const QUOTA_RESOURCES = new Set([
  'cpu',
  'memory',
  'ephemeral-storage',
  'requests.cpu',
  'requests.memory',
  'requests.storage',
  'requests.ephemeral-storage',
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'persistentvolumeclaims',
  'configmaps',
  'services.nodeports',
  'services.loadbalancers',
]);

function validateSpec(quota: ResourceQuota, out: Causes): void {
  const hard = (quota.spec.hard ?? {}) as Record<string, string | number>;
  for (const [name, quantity] of Object.entries(hard).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const at = `spec.hard[${name}]`;
    validateLabelKey(name, at, out);
    if (
      !name.includes('/') &&
      !QUOTA_RESOURCES.has(name) &&
      !/^(requests\.|limits\.)?hugepages-/.test(name)
    ) {
      out.push(invalidValue(at, name, 'must be a standard resource for quota'));
    }
    validateQuantity(name, quantity, at, out);
  }
  const scopes = [
    'BestEffort',
    'CrossNamespacePodAffinity',
    'NotBestEffort',
    'NotTerminating',
    'PriorityClass',
    'Terminating',
    'VolumeAttributesClass',
  ];
  for (const scope of quota.spec.scopes ?? []) {
    if (!scopes.includes(scope))
      out.push(invalidValue('spec.scopes', quota.spec.scopes, 'unsupported scope'));
  }
}

export function validateQuota(quota: ResourceQuota, out: Causes): void {
  validateMeta(quota.metadata, true, subdomainProblems, out);
  validateSpec(quota, out);
}

export function validateQuotaUpdate(next: ResourceQuota, old: ResourceQuota, out: Causes): void {
  validateMetaUpdate(next.metadata, old.metadata, out);
  if (next.spec !== old.spec) validateSpec(next, out);
  if (!deepEqual([...(next.spec.scopes ?? [])].sort(), [...(old.spec.scopes ?? [])].sort())) {
    out.push(invalidValue('spec.scopes', next.spec.scopes, 'field is immutable'));
  }
}
