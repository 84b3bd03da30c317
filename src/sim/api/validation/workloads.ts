/**
 * The apps group. Models pkg/apis/apps/validation/validation.go and the strategies' ValidateUpdate in
 * pkg/registry/apps.
 */
import { isNil } from '../defaults/fill.ts';
import { deepEqual } from '../equal.ts';
import { matches, selectorOf } from '../selector.ts';
import type {
  DaemonSet,
  Deployment,
  IntOrString,
  LabelSelector,
  PodTemplateSpec,
  ReplicaSet,
  StatefulSet,
} from '../types.ts';
import {
  forbidden,
  invalidValue,
  nonNegative,
  problemsAt,
  required,
  sortedMap,
  unsupported,
  type Causes,
} from './field.ts';
import { validateMeta, validateMetaUpdate } from './meta.ts';
import { validateTemplate } from './podspec.ts';
import { isEmptySelector, isUsableSelector, selectorValue, validateSelector } from './selector.ts';
import { labelProblems, percentProblems, subdomainProblems } from './text.ts';

const MISMATCH = '`selector` does not match template `labels`';

/** A number that is not negative, or a percentage. */
export function validateIntOrPercent(value: IntOrString | undefined, field: string, out: Causes): void {
  if (typeof value === 'string') problemsAt(field, value, percentProblems(value), out);
  else nonNegative(value, field, out);
}

const amount = (value: IntOrString | undefined): number =>
  typeof value === 'string' ? Number.parseInt(value, 10) || 0 : (value ?? 0);

export function validateAtMost100Percent(value: IntOrString | undefined, field: string, out: Causes): void {
  if (typeof value === 'string' && percentProblems(value).length === 0 && amount(value) > 100) {
    out.push(invalidValue(field, value, 'must not be greater than 100%'));
  }
}

/** A missing selector matches nothing, an empty one everything. */
function labelsMismatch(
  selector: LabelSelector | undefined,
  template: PodTemplateSpec | undefined,
  field: string,
  out: Causes,
): void {
  const labels = (template?.metadata?.labels ?? {}) as Record<string, string>;
  if (isNil(selector) || (!isEmptySelector(selector) && !matches(selectorOf(selector), labels))) {
    out.push(
      invalidValue(
        `${field}.metadata.labels`,
        sortedMap(template?.metadata?.labels as Record<string, string> | undefined),
        MISMATCH,
      ),
    );
  }
}

/** Templates of what keeps its Pods running. */
export function validateAlwaysTemplate(
  template: PodTemplateSpec | undefined,
  kind: string,
  field: string,
  out: Causes,
  extraVolumes?: readonly string[],
): void {
  validateTemplate(template, field, out, extraVolumes);
  restartAlways(template, kind, field, out);
}

function restartAlways(
  template: PodTemplateSpec | undefined,
  kind: string,
  field: string,
  out: Causes,
): void {
  const spec = template?.spec;
  if (spec?.restartPolicy !== 'Always')
    out.push(unsupported(`${field}.spec.restartPolicy`, spec?.restartPolicy ?? '', ['Always']));
  if (!isNil(spec?.activeDeadlineSeconds))
    out.push(
      forbidden(`${field}.spec.activeDeadlineSeconds`, `activeDeadlineSeconds in ${kind} is not Supported`),
    );
}

/** Selector and template of a Deployment or ReplicaSet. */
function validateSelectorAndTemplate(
  selector: LabelSelector | undefined,
  template: PodTemplateSpec | undefined,
  out: Causes,
): void {
  if (isNil(selector)) out.push(required('spec.selector'));
  else {
    validateSelector(selector, 'spec.selector', out);
    // ReplicaSets get the same words, upstream too.
    if (isEmptySelector(selector))
      out.push(
        invalidValue('spec.selector', selectorValue(selector), 'empty selector is invalid for deployment'),
      );
  }
  if (!isUsableSelector(selector))
    out.push(invalidValue('spec.selector', selectorValue(selector), 'invalid label selector'));
  else {
    labelsMismatch(selector, template, 'spec.template', out);
    validateAlwaysTemplate(template, 'ReplicaSet', 'spec.template', out);
  }
}

function immutableSelector(next: LabelSelector, old: LabelSelector, out: Causes): void {
  if (!deepEqual(next, old))
    out.push(invalidValue('spec.selector', selectorValue(next), 'field is immutable'));
}

// ---- Deployment

function validateDeploymentStrategy(spec: Deployment['spec'], out: Causes): void {
  const strategy = spec.strategy ?? {};
  const field = 'spec.strategy';
  if (strategy.type === 'Recreate') {
    if (!isNil(strategy.rollingUpdate))
      out.push(
        forbidden(`${field}.rollingUpdate`, "may not be specified when strategy `type` is 'Recreate'"),
      );
  } else if (strategy.type === 'RollingUpdate') {
    const at = `${field}.rollingUpdate`;
    const { maxUnavailable, maxSurge } = strategy.rollingUpdate ?? {};
    validateIntOrPercent(maxUnavailable, `${at}.maxUnavailable`, out);
    validateIntOrPercent(maxSurge, `${at}.maxSurge`, out);
    if (amount(maxUnavailable) === 0 && amount(maxSurge) === 0) {
      out.push(invalidValue(`${at}.maxUnavailable`, maxUnavailable, 'may not be 0 when `maxSurge` is 0'));
    }
    validateAtMost100Percent(maxUnavailable, `${at}.maxUnavailable`, out);
  } else {
    out.push(
      unsupported(field, { Type: strategy.type ?? '', RollingUpdate: strategy.rollingUpdate ?? null }, [
        'Recreate',
        'RollingUpdate',
      ]),
    );
  }
}

function validateDeploymentSpec(spec: Deployment['spec'], out: Causes): void {
  nonNegative(spec.replicas, 'spec.replicas', out);
  validateSelectorAndTemplate(spec.selector, spec.template, out);
  validateDeploymentStrategy(spec, out);
  nonNegative(spec.minReadySeconds, 'spec.minReadySeconds', out);
  nonNegative(spec.revisionHistoryLimit, 'spec.revisionHistoryLimit', out);
  const deadline = spec.progressDeadlineSeconds;
  if (isNil(deadline)) return;
  nonNegative(deadline, 'spec.progressDeadlineSeconds', out);
  if (deadline <= (spec.minReadySeconds ?? 0))
    out.push(invalidValue('spec.progressDeadlineSeconds', deadline, 'must be greater than minReadySeconds'));
}

export function validateDeployment(deployment: Deployment, out: Causes): void {
  validateMeta(deployment.metadata, true, subdomainProblems, out);
  validateDeploymentSpec(deployment.spec, out);
}

export function validateDeploymentUpdate(next: Deployment, old: Deployment, out: Causes): void {
  validateMetaUpdate(next.metadata, old.metadata, out);
  if (next.spec === old.spec) return;
  validateDeploymentSpec(next.spec, out);
  immutableSelector(next.spec.selector, old.spec.selector, out);
}

// ---- ReplicaSet

function validateReplicaSetSpec(spec: ReplicaSet['spec'], out: Causes): void {
  nonNegative(spec.replicas, 'spec.replicas', out);
  nonNegative(spec.minReadySeconds, 'spec.minReadySeconds', out);
  validateSelectorAndTemplate(spec.selector, spec.template as PodTemplateSpec, out);
}

export function validateReplicaSet(set: ReplicaSet, out: Causes): void {
  validateMeta(set.metadata, true, subdomainProblems, out);
  validateReplicaSetSpec(set.spec, out);
}

export function validateReplicaSetUpdate(next: ReplicaSet, old: ReplicaSet, out: Causes): void {
  validateMetaUpdate(next.metadata, old.metadata, out);
  if (next.spec === old.spec) return;
  validateReplicaSetSpec(next.spec, out);
  immutableSelector(next.spec.selector, old.spec.selector, out);
}

// ---- StatefulSet

function validateStatefulStrategy(spec: StatefulSet['spec'], out: Causes): void {
  const strategy = spec.updateStrategy ?? {};
  const field = 'spec.updateStrategy';
  const rolling = strategy.rollingUpdate;
  if (!strategy.type) out.push(required(field));
  else if (strategy.type === 'OnDelete') {
    if (!isNil(rolling)) {
      const value = { Partition: rolling.partition ?? 0, MaxUnavailable: rolling.maxUnavailable ?? null };
      out.push(
        invalidValue(`${field}.rollingUpdate`, value, "only allowed for updateStrategy 'RollingUpdate'"),
      );
    }
  } else if (strategy.type === 'RollingUpdate') {
    if (isNil(rolling)) return;
    nonNegative(rolling.partition, `${field}.rollingUpdate.partition`, out);
    if (isNil(rolling.maxUnavailable)) return;
    const at = `${field}.rollingUpdate.maxUnavailable`;
    validateIntOrPercent(rolling.maxUnavailable, at, out);
    if (amount(rolling.maxUnavailable) === 0)
      out.push(invalidValue(at, rolling.maxUnavailable, 'cannot be 0'));
    validateAtMost100Percent(rolling.maxUnavailable, at, out);
  } else {
    out.push(
      invalidValue(
        field,
        { Type: strategy.type, RollingUpdate: rolling ?? null },
        "must be 'RollingUpdate' or 'OnDelete'",
      ),
    );
  }
}

function validateStatefulSpec(spec: StatefulSet['spec'], out: Causes): void {
  const policy = spec.podManagementPolicy;
  if (!policy) out.push(required('spec.podManagementPolicy'));
  else if (policy !== 'OrderedReady' && policy !== 'Parallel') {
    out.push(invalidValue('spec.podManagementPolicy', policy, "must be 'OrderedReady' or 'Parallel'"));
  }
  validateStatefulStrategy(spec, out);
  for (const when of ['whenDeleted', 'whenScaled'] as const) {
    const retention = spec.persistentVolumeClaimRetentionPolicy?.[when];
    if (retention !== undefined && retention !== 'Retain' && retention !== 'Delete') {
      out.push(
        unsupported(`spec.persistentVolumeClaimRetentionPolicy.${when}`, retention, ['Retain', 'Delete']),
      );
    }
  }
  nonNegative(spec.replicas, 'spec.replicas', out);
  nonNegative(spec.minReadySeconds, 'spec.minReadySeconds', out);
  nonNegative(spec.ordinals?.start, 'spec.ordinals.start', out);
  const { selector } = spec;
  if (isNil(selector)) out.push(required('spec.selector'));
  else {
    validateSelector(selector, 'spec.selector', out);
    if (isEmptySelector(selector))
      out.push(
        invalidValue('spec.selector', selectorValue(selector), 'empty selector is invalid for statefulset'),
      );
  }
  const template = spec.template as PodTemplateSpec;
  if (!isUsableSelector(selector)) out.push(invalidValue('spec.selector', selectorValue(selector), ''));
  else {
    labelsMismatch(selector, template, 'spec.template', out);
    validateTemplate(
      template,
      'spec.template',
      out,
      (spec.volumeClaimTemplates ?? []).map((c) => c.metadata?.name ?? ''),
    );
  }
  restartAlways(template, 'StatefulSet', 'spec.template', out);
}

export function validateStatefulSet(set: StatefulSet, out: Causes): void {
  validateMeta(set.metadata, true, labelProblems, out);
  validateStatefulSpec(set.spec, out);
}

const MUTABLE = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
] as const;

export function validateStatefulSetUpdate(next: StatefulSet, old: StatefulSet, out: Causes): void {
  validateMetaUpdate(next.metadata, old.metadata, out);
  if (next.spec === old.spec) return;
  validateStatefulSpec(next.spec, out);
  const rest: Record<string, unknown> = { ...next.spec };
  const before: Record<string, unknown> = { ...old.spec };
  for (const key of MUTABLE) {
    delete rest[key];
    delete before[key];
  }
  if (!deepEqual(rest, before)) {
    out.push(
      forbidden(
        'spec',
        "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', " +
          "'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and " +
          "'minReadySeconds' are forbidden",
      ),
    );
  }
}

// ---- DaemonSet

function validateDaemonStrategy(spec: DaemonSet['spec'], out: Causes): void {
  const strategy = spec.updateStrategy ?? {};
  const field = 'spec.updateStrategy';
  if (strategy.type === 'OnDelete') return;
  if (strategy.type !== 'RollingUpdate') {
    out.push(
      unsupported(field, { Type: strategy.type ?? '', RollingUpdate: strategy.rollingUpdate ?? null }, [
        'RollingUpdate',
        'OnDelete',
      ]),
    );
    return;
  }
  const at = `${field}.rollingUpdate`;
  if (isNil(strategy.rollingUpdate)) {
    out.push(required(at));
    return;
  }
  const { maxUnavailable, maxSurge } = strategy.rollingUpdate;
  validateIntOrPercent(maxUnavailable, `${at}.maxUnavailable`, out);
  validateIntOrPercent(maxSurge, `${at}.maxSurge`, out);
  validateAtMost100Percent(maxUnavailable, `${at}.maxUnavailable`, out);
  validateAtMost100Percent(maxSurge, `${at}.maxSurge`, out);
  const [unavailable, surge] = [amount(maxUnavailable) !== 0, amount(maxSurge) !== 0];
  if (unavailable && surge)
    out.push(invalidValue(`${at}.maxSurge`, maxSurge, 'may not be set when maxUnavailable is non-zero'));
  if (!unavailable && !surge) out.push(required(`${at}.maxUnavailable`, 'cannot be 0 when maxSurge is 0'));
}

function validateDaemonSpec(spec: DaemonSet['spec'], out: Causes): void {
  const { selector } = spec;
  const template = spec.template as PodTemplateSpec;
  validateSelector(selector, 'spec.selector', out);
  if (isUsableSelector(selector)) labelsMismatch(selector, template, 'spec.template', out);
  if (!isNil(selector) && isEmptySelector(selector)) {
    out.push(
      invalidValue('spec.selector', selectorValue(selector), 'empty selector is invalid for daemonset'),
    );
  }
  validateAlwaysTemplate(template, 'DaemonSet', 'spec.template', out);
  nonNegative(spec.minReadySeconds, 'spec.minReadySeconds', out);
  validateDaemonStrategy(spec, out);
  nonNegative(spec.revisionHistoryLimit, 'spec.revisionHistoryLimit', out);
}

export function validateDaemonSet(set: DaemonSet, out: Causes): void {
  validateMeta(set.metadata, true, subdomainProblems, out);
  validateDaemonSpec(set.spec, out);
}

export function validateDaemonSetUpdate(next: DaemonSet, old: DaemonSet, out: Causes): void {
  validateMetaUpdate(next.metadata, old.metadata, out);
  if (next.spec === old.spec) return;
  validateDaemonSpec(next.spec, out);
  immutableSelector(next.spec.selector, old.spec.selector, out);
}
