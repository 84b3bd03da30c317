/**
 * Containers of every sort. Models validateContainers and validateInitContainers of
 * pkg/apis/core/validation/validation.go.
 */
import { isNil } from '../defaults/fill.ts';
import type { Container, EphemeralContainer } from '../types.ts';
import {
  absentValue,
  duplicate,
  forbidden,
  invalidValue,
  oneOf,
  problemsAt,
  required,
  unsupported,
  type Causes,
} from './field.ts';
import { ENV_FIELDS, validateFieldRef, validateResourceRef } from './downward.ts';
import { validateLifecycle, validateProbes } from './probe.ts';
import { validateRequirements } from './resources.ts';
import {
  configKeyProblems,
  envNameProblems,
  labelProblems,
  portNameProblems,
  portNumberProblems,
  subdomainProblems,
} from './text.ts';
import { validateMounts, validateRelativePath } from './volume.ts';

/** What the containers of a Pod share. */
export interface PodContext {
  readonly volumes: ReadonlySet<string>;
  /** Those of the volumes that are empty directories: files of variables may be in them. */
  readonly emptyDirs: ReadonlySet<string>;
  readonly graceSeconds: number | undefined;
}

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];

function validatePorts(ports: Container['ports'], field: string, out: Causes): void {
  const names = new Set<string>();
  (ports ?? []).forEach((port, i) => {
    const at = `${field}[${i}]`;
    if (port.name) {
      const problems = portNameProblems(port.name);
      if (problems.length > 0) problemsAt(`${at}.name`, port.name, problems, out);
      else if (names.has(port.name)) out.push(duplicate(`${at}.name`, port.name));
      else names.add(port.name);
    }
    if (!port.containerPort) out.push(required(`${at}.containerPort`));
    else problemsAt(`${at}.containerPort`, port.containerPort, portNumberProblems(port.containerPort), out);
    if (port.hostPort) problemsAt(`${at}.hostPort`, port.hostPort, portNumberProblems(port.hostPort), out);
    oneOf(port.protocol, PROTOCOLS, `${at}.protocol`, out);
  });
}

function validateKeyRef(ref: { name?: string; key?: string }, field: string, out: Causes): void {
  problemsAt(`${field}.name`, ref.name ?? '', subdomainProblems(ref.name ?? ''), out);
  if (!ref.key) out.push(required(`${field}.key`));
  else problemsAt(`${field}.key`, ref.key, configKeyProblems(ref.key), out);
}

type FileKeyRef = NonNullable<NonNullable<NonNullable<Container['env']>[number]['valueFrom']>['fileKeyRef']>;

function validateFileKeyRef(ref: FileKeyRef, pod: PodContext, field: string, out: Causes): void {
  const { volumeName, path, key } = ref;
  if (!volumeName) out.push(required(`${field}.volumeName`));
  else if (!pod.volumes.has(volumeName)) out.push(absentValue(`${field}.volumeName`, volumeName));
  else if (!pod.emptyDirs.has(volumeName))
    out.push(invalidValue(`${field}.volumeName`, volumeName, 'referenced volume must be of type emptyDir'));
  if (!path) out.push(required(`${field}.path`));
  else validateRelativePath(path, `${field}.path`, out);
  if (!key) out.push(required(`${field}.key`));
  else problemsAt(`${field}.key`, key, envNameProblems(key), out);
}

const SOURCES = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'] as const;

function validateEnv(env: Container['env'], pod: PodContext, field: string, out: Causes): void {
  (env ?? []).forEach((variable, i) => {
    const at = `${field}[${i}]`;
    if (!variable.name) out.push(required(`${at}.name`));
    else problemsAt(`${at}.name`, variable.name, envNameProblems(variable.name), out);
    const from = variable.valueFrom;
    if (from === undefined || from === null) return;
    const sources = SOURCES.filter((s) => !isNil(from[s]));
    if (!isNil(from.fieldRef)) validateFieldRef(from.fieldRef, ENV_FIELDS, `${at}.valueFrom.fieldRef`, out);
    if (!isNil(from.resourceFieldRef))
      validateResourceRef(from.resourceFieldRef, false, `${at}.valueFrom.resourceFieldRef`, out);
    if (!isNil(from.configMapKeyRef))
      validateKeyRef(from.configMapKeyRef, `${at}.valueFrom.configMapKeyRef`, out);
    if (!isNil(from.secretKeyRef)) validateKeyRef(from.secretKeyRef, `${at}.valueFrom.secretKeyRef`, out);
    if (!isNil(from.fileKeyRef)) validateFileKeyRef(from.fileKeyRef, pod, `${at}.valueFrom.fileKeyRef`, out);
    const here = `${at}.valueFrom`;
    if (sources.length === 0)
      out.push(
        invalidValue(
          here,
          '',
          'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`',
        ),
      );
    else if (variable.value)
      out.push(invalidValue(here, '', 'may not be specified when `value` is not empty'));
    else if (sources.length > 1)
      out.push(invalidValue(here, '', 'may not have more than one field specified at a time'));
  });
}

function validateEnvFrom(sources: Container['envFrom'], field: string, out: Causes): void {
  (sources ?? []).forEach((source, i) => {
    const given = (['configMapRef', 'secretRef'] as const).filter((s) => !isNil(source[s]));
    for (const s of given) if (!source[s]!.name) out.push(required(`${field}[${i}].${s}.name`));
    if (given.length === 0)
      out.push(invalidValue(field, '', 'must specify one of: `configMapRef` or `secretRef`'));
    else if (given.length > 1)
      out.push(invalidValue(field, '', 'may not have more than one field specified at a time'));
  });
}

function validateCommon(container: Container, pod: PodContext, field: string, out: Causes): void {
  if (!container.name) out.push(required(`${field}.name`));
  else problemsAt(`${field}.name`, container.name, labelProblems(container.name), out);
  if (!container.image) out.push(required(`${field}.image`));
  oneOf(
    container.terminationMessagePolicy,
    ['File', 'FallbackToLogsOnError'],
    `${field}.terminationMessagePolicy`,
    out,
  );
  validatePorts(container.ports, `${field}.ports`, out);
  validateEnv(container.env, pod, `${field}.env`, out);
  validateEnvFrom(container.envFrom, `${field}.envFrom`, out);
  validateMounts(container.volumeMounts, pod.volumes, `${field}.volumeMounts`, out);
  oneOf(container.imagePullPolicy, ['Always', 'IfNotPresent', 'Never'], `${field}.imagePullPolicy`, out);
  validateRequirements(container.resources, `${field}.resources`, out);
}

function validateHostPorts(containers: readonly Container[], field: string, out: Causes): void {
  const taken = new Set<string>();
  containers.forEach((container, c) =>
    (container.ports ?? []).forEach((port, p) => {
      if (!port.hostPort) return;
      const key = `${port.protocol}/${port.hostIP ?? ''}/${port.hostPort}`;
      if (taken.has(key)) out.push(duplicate(`${field}[${c}].ports[${p}].hostPort`, key));
      taken.add(key);
    }),
  );
}

export function validateContainers(
  containers: readonly Container[] | undefined,
  pod: PodContext,
  field: string,
  out: Causes,
): void {
  if (containers === undefined || containers === null || containers.length === 0) {
    out.push(required(field));
    return;
  }
  const names = new Set<string>();
  containers.forEach((container, i) => {
    const at = `${field}[${i}]`;
    validateCommon(container, pod, at, out);
    if (names.has(container.name)) out.push(duplicate(`${at}.name`, container.name));
    names.add(container.name);
    if (!isNil(container.lifecycle))
      validateLifecycle(container.lifecycle, pod.graceSeconds, `${at}.lifecycle`, out);
    validateProbes(container, at, out);
    validateRestartPolicy(container, at, out);
  });
  validateHostPorts(containers, field, out);
}

/** A container's own restart policy (ContainerRestartRules, on by default since 1.35). */
function validateRestartPolicy(container: Container, field: string, out: Causes): void {
  if (isNil(container.restartPolicy)) return;
  const supported = ['Always', 'Never', 'OnFailure'];
  if (!supported.includes(container.restartPolicy))
    out.push(unsupported(`${field}.restartPolicy`, container.restartPolicy, supported));
}

/** What ephemeral containers may not have: nothing is to rely on them. In the order of the API's type. */
const NOT_EPHEMERAL = [
  'ports',
  'resources',
  'resizePolicy',
  'restartPolicy',
  'restartPolicyRules',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
] as const;
const isUnset = (value: unknown): boolean =>
  isNil(value) || (typeof value === 'object' && Object.keys(value).length === 0);

export function validateEphemeralContainers(
  ephemeral: readonly EphemeralContainer[] | undefined,
  others: readonly Container[],
  pod: PodContext,
  field: string,
  out: Causes,
): void {
  if (ephemeral === undefined || ephemeral === null) return;
  const targets = new Set(others.map((c) => c.name));
  const names = new Set(targets);
  const why = 'cannot be set for an Ephemeral Container';
  ephemeral.forEach((container, i) => {
    const at = `${field}[${i}]`;
    validateCommon(container as Container, pod, at, out);
    if (names.has(container.name)) out.push(duplicate(`${at}.name`, container.name));
    else names.add(container.name);
    const target = container.targetContainerName;
    if (target && !targets.has(target)) out.push(absentValue(`${at}.targetContainerName`, target));
    for (const name of NOT_EPHEMERAL)
      if (!isUnset(container[name])) out.push(forbidden(`${at}.${name}`, why));
    (container.volumeMounts ?? []).forEach((mount, m) => {
      for (const name of ['subPath', 'subPathExpr'] as const)
        if (mount[name]) out.push(forbidden(`${at}.volumeMounts[${m}].${name}`, why));
    });
  });
}

export function validateInitContainers(
  init: readonly Container[] | undefined,
  containers: readonly Container[],
  pod: PodContext,
  field: string,
  out: Causes,
): void {
  const names = new Set(containers.map((c) => c.name));
  (init ?? []).forEach((container, i) => {
    const at = `${field}[${i}]`;
    validateCommon(container, pod, at, out);
    validateRestartPolicy(container, at, out);
    if (names.has(container.name)) out.push(duplicate(`${at}.name`, container.name));
    else if (container.name) names.add(container.name);
    validateHostPorts([container], field, out);
    if (container.restartPolicy === 'Always') {
      if (!isNil(container.lifecycle))
        validateLifecycle(container.lifecycle, pod.graceSeconds, `${at}.lifecycle`, out);
      validateProbes(container, at, out);
      return;
    }
    for (const name of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const) {
      if (!isNil(container[name]))
        out.push(
          forbidden(`${at}.${name}`, 'may not be set for init containers without restartPolicy=Always'),
        );
    }
  });
}
