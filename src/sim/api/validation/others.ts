/**
 * Nodes, namespaces, budgets, quotas, priorities and configuration. Models
 * pkg/apis/{core,policy,scheduling}/validation.
 */
import { isNil } from '../defaults/fill.ts';
import { deepEqual } from '../equal.ts';
import type {
  ConfigMap,
  ControllerRevision,
  Namespace,
  Node,
  PodDisruptionBudget,
  PriorityClass,
  ResourceQuota,
  Secret,
} from '../types.ts';
import {
  forbidden,
  invalidValue,
  nonNegative,
  oneOf,
  problemsAt,
  required,
  unsupported,
  type Causes,
} from './field.ts';
import { validateLabelKey, validateMeta, validateMetaUpdate } from './meta.ts';
import { validateQuantity } from './resources.ts';
import { validateTaints } from './scheduling.ts';
import { selectorValue, validateSelector } from './selector.ts';
import { configKeyProblems, labelProblems, pathSegmentProblems, subdomainProblems } from './text.ts';
import { validateAtMost100Percent, validateIntOrPercent } from './workloads.ts';

// ---- PodDisruptionBudget

function validateBudgetSpec(spec: PodDisruptionBudget['spec'], out: Causes): void {
  const { minAvailable, maxUnavailable, unhealthyPodEvictionPolicy: policy } = spec;
  if (!isNil(minAvailable) && !isNil(maxUnavailable)) {
    const value = {
      MinAvailable: minAvailable,
      Selector: selectorValue(spec.selector) ?? null,
      MaxUnavailable: maxUnavailable,
      UnhealthyPodEvictionPolicy: policy ?? null,
    };
    out.push(invalidValue('spec', value, 'minAvailable and maxUnavailable cannot be both set'));
  }
  if (!isNil(minAvailable)) {
    validateIntOrPercent(minAvailable, 'spec.minAvailable', out);
    validateAtMost100Percent(minAvailable, 'spec.minAvailable', out);
  }
  if (!isNil(maxUnavailable)) {
    validateIntOrPercent(maxUnavailable, 'spec.maxUnavailable', out);
    validateAtMost100Percent(maxUnavailable, 'spec.maxUnavailable', out);
  }
  if (!isNil(policy) && policy !== 'AlwaysAllow' && policy !== 'IfHealthyBudget') {
    out.push(unsupported('spec.unhealthyPodEvictionPolicy', policy, ['AlwaysAllow', 'IfHealthyBudget']));
  }
  validateSelector(spec.selector, 'spec.selector', out);
}

export function validateBudget(budget: PodDisruptionBudget, out: Causes): void {
  validateBudgetSpec(budget.spec ?? {}, out);
  // Upstream has no name rule of its own for budgets.
  validateMeta(budget.metadata, true, pathSegmentProblems, out);
}

export function validateBudgetUpdate(next: PodDisruptionBudget, old: PodDisruptionBudget, out: Causes): void {
  if (next.spec !== old.spec) validateBudgetSpec(next.spec ?? {}, out);
  validateMetaUpdate(next.metadata, old.metadata, out);
}

// ---- Node, Namespace

export function validateNode(node: Node, out: Causes): void {
  validateMeta(node.metadata, false, subdomainProblems, out);
  validateTaints(node.spec.taints, 'spec.taints', out);
}

export function validateNodeUpdate(next: Node, old: Node, out: Causes): void {
  validateMetaUpdate(next.metadata, old.metadata, out);
  if (next.spec.taints !== old.spec.taints) validateTaints(next.spec.taints, 'spec.taints', out);
  if (old.spec.providerID && old.spec.providerID !== next.spec.providerID) {
    out.push(forbidden('spec.providerID', 'node updates may not change providerID except from "" to valid'));
  }
}

export function validateNamespace(namespace: Namespace, out: Causes): void {
  validateMeta(namespace.metadata, false, labelProblems, out);
  (namespace.spec.finalizers ?? []).forEach((finalizer) =>
    validateLabelKey(finalizer, 'spec.finalizers', out),
  );
}

// ---- PriorityClass

const HIGHEST_USER_PRIORITY = 1_000_000_000;
const SYSTEM_PRIORITIES: Readonly<Record<string, number>> = {
  'system-node-critical': 2_000_001_000,
  'system-cluster-critical': 2_000_000_000,
};

export function validatePriorityClass(priority: PriorityClass, out: Causes): void {
  const { name } = priority.metadata;
  validateMeta(priority.metadata, false, subdomainProblems, out);
  if (name.startsWith('system-')) {
    const value = SYSTEM_PRIORITIES[name];
    const error =
      value === undefined
        ? `${name} is not a known system priority class`
        : value !== priority.value
          ? `value of ${name} PriorityClass must be ${value}`
          : priority.globalDefault
            ? `globalDefault of ${name} PriorityClass must be false`
            : undefined;
    if (error !== undefined)
      out.push(
        forbidden(
          'metadata.name',
          `priority class names with 'system-' prefix are reserved for system use only. error: ${error}`,
        ),
      );
  } else if ((priority.value ?? 0) > HIGHEST_USER_PRIORITY) {
    out.push(
      forbidden('value', `maximum allowed value of a user defined priority is ${HIGHEST_USER_PRIORITY}`),
    );
  }
  if (!isNil(priority.preemptionPolicy))
    oneOf(priority.preemptionPolicy, ['PreemptLowerPriority', 'Never'], 'preemptionPolicy', out);
}

export function validatePriorityClassUpdate(next: PriorityClass, old: PriorityClass, out: Causes): void {
  validateMetaUpdate(next.metadata, old.metadata, out);
  if (next.value !== old.value) out.push(forbidden('value', 'may not be changed in an update.'));
  if (next.preemptionPolicy !== old.preemptionPolicy)
    out.push(invalidValue('preemptionPolicy', next.preemptionPolicy, 'field is immutable'));
}

// ---- ResourceQuota

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

export function validateQuota(quota: ResourceQuota, out: Causes): void {
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

export function validateQuotaUpdate(next: ResourceQuota, old: ResourceQuota, out: Causes): void {
  validateMetaUpdate(next.metadata, old.metadata, out);
  if (next.spec !== old.spec) validateQuota(next, out);
  if (!deepEqual([...(next.spec.scopes ?? [])].sort(), [...(old.spec.scopes ?? [])].sort())) {
    out.push(invalidValue('spec.scopes', next.spec.scopes, 'field is immutable'));
  }
}

// ---- ConfigMap, Secret, ControllerRevision

function validateKeys(data: object | undefined, field: string, out: Causes): void {
  for (const key in data ?? {}) problemsAt(`${field}[${key}]`, key, configKeyProblems(key), out);
}

export function validateConfigMap(config: ConfigMap, out: Causes): void {
  validateMeta(config.metadata, true, subdomainProblems, out);
  for (const key in config.data ?? {}) {
    if (Object.hasOwn(config.binaryData ?? {}, key))
      out.push(invalidValue(`data[${key}]`, key, 'duplicate of key present in binaryData'));
  }
  validateKeys(config.data, 'data', out);
  validateKeys(config.binaryData, 'binaryData', out);
}

function immutableData(next: ConfigMap | Secret, old: ConfigMap | Secret, out: Causes): void {
  if (old.immutable !== true) return;
  if (next.immutable !== true) out.push(forbidden('immutable', 'field is immutable when `immutable` is set'));
  if (!deepEqual(next.data ?? {}, old.data ?? {}))
    out.push(forbidden('data', 'field is immutable when `immutable` is set'));
}

export function validateConfigMapUpdate(next: ConfigMap, old: ConfigMap, out: Causes): void {
  validateMetaUpdate(next.metadata, old.metadata, out);
  immutableData(next, old, out);
  validateKeys(next.data, 'data', out);
  validateKeys(next.binaryData, 'binaryData', out);
}

export function validateSecret(secret: Secret, out: Causes): void {
  validateMeta(secret.metadata, true, subdomainProblems, out);
  validateKeys(secret.data, 'data', out);
  const needed =
    { 'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'], 'kubernetes.io/tls': ['tls.crt', 'tls.key'] }[
      secret.type ?? ''
    ] ?? [];
  for (const key of needed) if (!Object.hasOwn(secret.data ?? {}, key)) out.push(required(`data[${key}]`));
}

export function validateSecretUpdate(next: Secret, old: Secret, out: Causes): void {
  validateMetaUpdate(next.metadata, old.metadata, out);
  if (next.type !== old.type) out.push(invalidValue('type', next.type, 'field is immutable'));
  immutableData(next, old, out);
  validateKeys(next.data, 'data', out);
}

export function validateRevision(revision: ControllerRevision, out: Causes): void {
  validateMeta(revision.metadata, true, subdomainProblems, out);
  if (isNil(revision.data)) out.push(required('data', 'data is mandatory'));
  nonNegative(revision.revision, 'revision', out);
}

export function validateRevisionUpdate(next: ControllerRevision, old: ControllerRevision, out: Causes): void {
  validateMetaUpdate(next.metadata, old.metadata, out);
  if (!deepEqual(next.data, old.data)) out.push(invalidValue('data', next.data, 'field is immutable'));
}
