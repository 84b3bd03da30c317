/**
 * Pod specs, wherever they stand. Models ValidatePodSpec and ValidatePodTemplateSpec of
 * pkg/apis/core/validation/validation.go. Parts that were found good are remembered by identity: the Pods of
 * one template share them, and are checked once.
 */
import { isNil } from '../defaults/fill.ts';
import type { Container, PodSpec, PodTemplateSpec } from '../types.ts';
import type { Volume } from '../defaults/volume.ts';
import {
  duplicate,
  forbidden,
  inclusiveRange,
  invalidValue,
  oneOf,
  problemsAt,
  required,
  type Causes,
} from './field.ts';
import { validateContainers, validateEphemeralContainers, validateInitContainers } from './container.ts';
import { validateAnnotations, validateLabelKey, validateLabels } from './meta.ts';
import { validateAffinity, validateSpread, validateTolerations } from './scheduling.ts';
import { validateRequirements } from './resources.ts';
import { ipProblems, labelProblems, subdomainProblems } from './text.ts';
import { validateVolumes } from './volume.ts';

const MAX_INT32 = 2_147_483_647;

/** With what else a list of containers was found good. A memo, no state of a run. */
interface Good {
  readonly init: unknown;
  readonly ephemeral: unknown;
  readonly volumes: unknown;
  readonly graceSeconds: unknown;
}
const goodContainers = new WeakMap<object, Good>();
const goodParts = new WeakSet<object>();

/** Checks a part unless the very same value was found good before. */
function once<T extends object>(part: T | undefined | null, check: (part: T) => void, out: Causes): void {
  if (part === undefined || part === null || goodParts.has(part)) return;
  const before = out.length;
  check(part);
  if (out.length === before) goodParts.add(part);
}

export interface PodSpecOptions {
  /** A Pod, not a template: host ports must be filled in. */
  readonly pod: boolean;
  /** Volumes that come from elsewhere (claims of a StatefulSet). */
  readonly extraVolumes?: readonly string[];
}

function validateAllContainers(spec: PodSpec, options: PodSpecOptions, field: string, out: Causes): void {
  const graceSeconds = spec.terminationGracePeriodSeconds ?? undefined;
  const known = isNil(spec.containers) ? undefined : goodContainers.get(spec.containers);
  if (
    known !== undefined &&
    known.init === spec.initContainers &&
    known.ephemeral === spec.ephemeralContainers &&
    known.volumes === spec.volumes &&
    known.graceSeconds === graceSeconds
  )
    return;
  const before = out.length;
  validateVolumes(spec.volumes as Volume[] | undefined, `${field}.volumes`, out);
  const volumes = new Set([...(spec.volumes ?? []).map((v) => v.name), ...(options.extraVolumes ?? [])]);
  const emptyDirs = new Set((spec.volumes ?? []).flatMap((v) => (isNil(v.emptyDir) ? [] : [v.name])));
  const context = { volumes, emptyDirs, graceSeconds };
  validateContainers(spec.containers, context, `${field}.containers`, out);
  validateInitContainers(
    spec.initContainers as Container[] | undefined,
    spec.containers ?? [],
    context,
    `${field}.initContainers`,
    out,
  );
  validateEphemeralContainers(
    spec.ephemeralContainers,
    [...(spec.containers ?? []), ...((spec.initContainers ?? []) as Container[])],
    context,
    `${field}.ephemeralContainers`,
    out,
  );
  if (out.length === before && options.extraVolumes === undefined) {
    goodContainers.set(spec.containers, {
      init: spec.initContainers,
      ephemeral: spec.ephemeralContainers,
      volumes: spec.volumes,
      graceSeconds,
    });
  }
}

function validateHostNetwork(spec: PodSpec, options: PodSpecOptions, field: string, out: Causes): void {
  if (spec.hostNetwork !== true) return;
  (spec.containers ?? []).forEach((container, c) =>
    (container.ports ?? []).forEach((port, p) => {
      if ((options.pod || port.hostPort) && port.hostPort !== port.containerPort) {
        out.push(
          invalidValue(
            `${field}.containers[${c}].ports[${p}].hostPort`,
            port.hostPort ?? 0,
            'must match `containerPort` when `hostNetwork` is true',
          ),
        );
      }
    }),
  );
}

function validateGates(spec: PodSpec, field: string, out: Causes): void {
  (spec.readinessGates ?? []).forEach((gate, i) =>
    validateLabelKey(gate.conditionType, `${field}.readinessGates[${i}].conditionType`, out),
  );
  const seen = new Set<string>();
  (spec.schedulingGates ?? []).forEach((gate, i) => {
    validateLabelKey(gate.name, `${field}.schedulingGates[${i}]`, out);
    if (seen.has(gate.name)) out.push(duplicate(`${field}.schedulingGates[${i}]`, gate.name));
    seen.add(gate.name);
  });
}

function validateDns(spec: PodSpec, field: string, out: Causes): void {
  const config = spec.dnsConfig;
  if (spec.dnsPolicy === 'None' && (config?.nameservers ?? []).length === 0) {
    if (isNil(config)) out.push(required(field, 'must provide `dnsConfig` when `dnsPolicy` is None'));
    else
      out.push(
        required(`${field}.nameservers`, 'must provide at least one DNS nameserver when `dnsPolicy` is None'),
      );
    return;
  }
  if (isNil(config)) return;
  if ((config.nameservers ?? []).length > 3)
    out.push(
      invalidValue(`${field}.nameservers`, config.nameservers, 'must not have more than 3 nameservers'),
    );
  (config.nameservers ?? []).forEach((ip, i) =>
    problemsAt(`${field}.nameservers[${i}]`, ip, ipProblems(ip), out),
  );
}

const SYSCTL = '^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$';
const LONGEST_SYSCTL = 253;

/** Whether the kubelet lets a Pod set it is another question. */
function validateSysctls(sysctls: readonly { readonly name: string }[], field: string, out: Causes): void {
  sysctls.forEach(({ name }, i) => {
    const at = `${field}[${i}].name`;
    if (!name) out.push(required(at));
    else if (name.length > LONGEST_SYSCTL || !new RegExp(SYSCTL).test(name))
      out.push(
        invalidValue(at, name, `must have at most ${LONGEST_SYSCTL} characters and match regex ${SYSCTL}`),
      );
    else if (sysctls.findIndex((other) => other.name === name) < i) out.push(duplicate(at, name));
  });
}

function validateSecurity(spec: PodSpec, field: string, out: Causes): void {
  const context = spec.securityContext;
  if (isNil(context)) return;
  for (const name of ['fsGroup', 'runAsUser', 'runAsGroup'] as const) {
    const id = context[name];
    if (!isNil(id) && (id < 0 || id > 4_294_967_295))
      out.push(invalidValue(`${field}.${name}`, id, inclusiveRange(0, 4_294_967_295)));
  }
  if (context.sysctls) validateSysctls(context.sysctls, `${field}.sysctls`, out);
  if (spec.hostPID === true && spec.shareProcessNamespace === true) {
    out.push(
      invalidValue(
        `${field}.shareProcessNamespace`,
        true,
        'ShareProcessNamespace and HostPID cannot both be enabled',
      ),
    );
  }
}

/** Names that stand in a Pod's spec, in upstream's order. */
function validateNames(spec: PodSpec, field: string, out: Causes): void {
  const name = (
    key:
      | 'serviceAccountName'
      | 'nodeName'
      | 'hostname'
      | 'subdomain'
      | 'priorityClassName'
      | 'runtimeClassName',
    rule: (n: string) => readonly string[],
  ): void => {
    const value = spec[key];
    if (value) problemsAt(`${field}.${key}`, value, rule(value), out);
  };
  name('serviceAccountName', subdomainProblems);
  name('nodeName', subdomainProblems);
  const deadline = spec.activeDeadlineSeconds;
  if (!isNil(deadline) && (deadline < 1 || deadline > MAX_INT32)) {
    out.push(invalidValue(`${field}.activeDeadlineSeconds`, deadline, inclusiveRange(1, MAX_INT32)));
  }
  name('hostname', labelProblems);
  name('subdomain', labelProblems);
  once(spec.tolerations, (t) => validateTolerations(t, `${field}.tolerations`, out), out);
  (spec.hostAliases ?? []).forEach((alias, i) => {
    problemsAt(`${field}.hostAliases[${i}].ip`, alias.ip, ipProblems(alias.ip ?? ''), out);
    (alias.hostnames ?? []).forEach((host, j) =>
      problemsAt(`${field}.hostAliases[${i}].hostnames[${j}]`, host, subdomainProblems(host), out),
    );
  });
  name('priorityClassName', subdomainProblems);
  name('runtimeClassName', subdomainProblems);
  if (!isNil(spec.preemptionPolicy))
    oneOf(spec.preemptionPolicy, ['PreemptLowerPriority', 'Never'], `${field}.preemptionPolicy`, out);
}

export function validatePodSpec(spec: PodSpec, options: PodSpecOptions, field: string, out: Causes): void {
  if (isNil(spec.terminationGracePeriodSeconds)) out.push(required(`${field}.terminationGracePeriodSeconds`));
  validateAllContainers(spec, options, field, out);
  if (!isNil(spec.resources)) validateRequirements(spec.resources, `${field}.resources`, out);
  validateHostNetwork(spec, options, field, out);
  oneOf(spec.restartPolicy, ['Always', 'OnFailure', 'Never'], `${field}.restartPolicy`, out);
  oneOf(
    spec.dnsPolicy,
    ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'],
    `${field}.dnsPolicy`,
    out,
  );
  validateLabels(spec.nodeSelector as Record<string, string> | undefined, `${field}.nodeSelector`, out);
  validateSecurity(spec, `${field}.securityContext`, out);
  once(spec.affinity, (a) => validateAffinity(a, `${field}.affinity`, out), out);
  validateDns(spec, `${field}.dnsConfig`, out);
  validateGates(spec, field, out);
  once(
    spec.topologySpreadConstraints,
    (c) => validateSpread(c, `${field}.topologySpreadConstraints`, out),
    out,
  );
  validateNames(spec, field, out);
}

const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';

export function validatePodAnnotations(
  annotations: Readonly<Record<string, string>> | undefined,
  field: string,
  out: Causes,
): void {
  const cost = annotations?.[DELETION_COST];
  if (cost === undefined) return;
  const valid =
    /^[+-]?(0|[1-9]\d*)$/.test(cost) && !cost.startsWith('+') && Math.abs(Number(cost)) <= MAX_INT32;
  if (!valid) out.push(invalidValue(`${field}[${DELETION_COST}]`, cost, 'must be a 32bit integer'));
}

export function validateTemplate(
  template: PodTemplateSpec | undefined,
  field: string,
  out: Causes,
  extraVolumes?: readonly string[],
): void {
  const metadata = template?.metadata;
  validateLabels(metadata?.labels as Record<string, string> | undefined, `${field}.labels`, out);
  validateAnnotations(
    metadata?.annotations as Record<string, string> | undefined,
    `${field}.annotations`,
    out,
  );
  validatePodAnnotations(
    metadata?.annotations as Record<string, string> | undefined,
    `${field}.annotations`,
    out,
  );
  const spec = (template?.spec ?? { containers: [] }) as PodSpec;
  validatePodSpec(
    spec,
    { pod: false, ...(extraVolumes === undefined ? {} : { extraVolumes }) },
    `${field}.spec`,
    out,
  );
  if ((spec.ephemeralContainers ?? []).length > 0)
    out.push(
      forbidden(`${field}.spec.ephemeralContainers`, 'ephemeral containers not allowed in pod template'),
    );
}
