/** ResourceQuotas. Models ValidateResourceQuota of pkg/apis/core/validation/validation.go. */
import { deepEqual } from '../equal.ts';
import type { ResourceQuota } from '../types.ts';
import { invalidValue, required, type Causes } from './field.ts';
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
  validateScopes(quota, Object.keys(hard), out);
  validateScopeSelector(quota, Object.keys(hard), out);
}

const COMPUTE = ['cpu', 'memory', 'limits.cpu', 'limits.memory', 'requests.cpu', 'requests.memory'];
const OF_PODS = new Set(['pods', ...COMPUTE]);
/** What of the standard resources can be counted in each scope. */
const SCOPES: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['BestEffort', new Set(['pods'])],
  ['CrossNamespacePodAffinity', OF_PODS],
  ['NotBestEffort', OF_PODS],
  ['NotTerminating', OF_PODS],
  ['PriorityClass', OF_PODS],
  ['Terminating', OF_PODS],
  ['VolumeAttributesClass', new Set(['persistentvolumeclaims', 'requests.storage'])],
]);
const EXCLUDING = [
  ['BestEffort', 'NotBestEffort'],
  ['Terminating', 'NotTerminating'],
] as const;

/** The scope's name is right, and what is measured can be counted in it. */
function validateScope(
  scope: string,
  measured: readonly string[],
  at: readonly [name: string, nameValue: unknown, whole: string, wholeValue: unknown],
  out: Causes,
): void {
  const [name, nameValue, whole, wholeValue] = at;
  const counts = SCOPES.get(scope);
  if (counts === undefined) out.push(invalidValue(name, nameValue, 'unsupported scope'));
  for (const resource of [...measured].sort())
    if (QUOTA_RESOURCES.has(resource) && counts?.has(resource) !== true)
      out.push(invalidValue(whole, wholeValue, 'unsupported scope applied to resource'));
}

function validateScopes({ spec }: ResourceQuota, measured: readonly string[], out: Causes): void {
  const { scopes = [] } = spec;
  const at = 'spec.scopes';
  for (const scope of scopes) validateScope(scope, measured, [at, scopes, at, scopes], out);
  for (const pair of EXCLUDING)
    if (pair.every((scope) => scopes.includes(scope)))
      out.push(invalidValue(at, scopes, 'conflicting scopes'));
}

function validateScopeSelector({ spec }: ResourceQuota, measured: readonly string[], out: Causes): void {
  const at = 'spec.scopeSelector.matchExpressions';
  for (const { scopeName, operator, values = [] } of spec.scopeSelector?.matchExpressions ?? []) {
    validateScope(scopeName, measured, [`${at}.scopeName`, scopeName, at, spec.scopeSelector], out);
    if (scopeName !== 'PriorityClass' && scopeName !== 'VolumeAttributesClass' && operator !== 'Exists')
      out.push(
        invalidValue(
          `${at}.operator`,
          operator,
          "must be 'Exist' when scope is any of ResourceQuotaScopeTerminating, " +
            'ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ' +
            'ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity',
        ),
      );
    if (operator === 'In' || operator === 'NotIn') {
      if (values.length === 0)
        out.push(
          required(
            `${at}.values`,
            "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector",
          ),
        );
    } else if (operator !== 'Exists' && operator !== 'DoesNotExist')
      out.push(invalidValue(`${at}.operator`, operator, 'not a valid selector operator'));
    else if (values.length > 0)
      out.push(
        invalidValue(
          `${at}.values`,
          values,
          "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector",
        ),
      );
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
