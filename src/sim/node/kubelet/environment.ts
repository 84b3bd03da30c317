/**
 * The variables a container begins with. Models makeEnvironmentVariables of pkg/kubelet/kubelet_pods.go
 * (names of any form are taken over, since RelaxedEnvironmentVariableValidation).
 */
import type { Container, Pod } from '../../api/types.ts';
import { NO_BASE, nodeIn } from '../files/layer.ts';
import { normalized } from '../files/tree.ts';
import { volumesOf } from '../storage.ts';
import { fieldValue, resourceValue } from './downward.ts';
import { EnvFileError, envFileValue } from './envfile.ts';
import { expand } from './expansion.ts';
import { serviceVariables, type Variables } from './servicevariables.ts';
import { MissingSource, sourceData, type SourceKind } from './sources.ts';
import type { Kubelet } from './types.ts';

type From = NonNullable<NonNullable<Container['env']>[number]['valueFrom']>;

/** The value of one source; undefined: there is none, and need not be. @throws MissingSource */
function valueFrom(k: Kubelet, pod: Pod, container: Container, from: From): string | undefined {
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef } = from;
  if (fieldRef) {
    const ip = k.machine.sandboxes.get(pod.metadata.uid)?.ip ?? '';
    return fieldValue(pod, k.machine, ip, fieldRef.fieldPath);
  }
  if (resourceFieldRef) return resourceValue(pod, k.machine, container, resourceFieldRef);
  if (configMapKeyRef) return keyOf(k, pod, 'ConfigMap', configMapKeyRef);
  if (secretKeyRef) return keyOf(k, pod, 'Secret', secretKeyRef);
  if (fileKeyRef) return fromFile(k, pod, fileKeyRef);
  return '';
}

type FileRef = NonNullable<From['fileKeyRef']>;

interface KeyRef {
  readonly name?: string | undefined;
  readonly key: string;
  readonly optional?: boolean | undefined;
}

function keyOf(k: Kubelet, pod: Pod, kind: SourceKind, ref: KeyRef): string | undefined {
  const namespace = pod.metadata.namespace!;
  const name = ref.name ?? '';
  const optional = ref.optional === true;
  const data = sourceData(k, kind, namespace, name, optional, false);
  if (data === undefined) return undefined;
  if (Object.hasOwn(data, ref.key)) return data[ref.key]!;
  if (optional) return undefined;
  throw new MissingSource(`couldn't find key ${ref.key} in ${kind} ${namespace}/${name}`, true);
}

/** A variable that a container before this one has written into a file of an emptyDir. */
function fromFile(k: Kubelet, pod: Pod, { volumeName, path, key, optional }: FileRef): string | undefined {
  const { uid } = pod.metadata;
  const volume = volumesOf(k.machine, uid).get(volumeName);
  if (volume?.kind !== 'own')
    throw new MissingSource(`cannot find the volume "${volumeName}" referenced by FileKeyRef`, true);
  const node = nodeIn({ own: volume.files, base: NO_BASE }, normalized(path));
  const value = node?.kind === 'file' ? parsed(node.content, key) : undefined;
  // Which line is at fault stands in the kubelet's own log only.
  if (value === undefined) throw new MissingSource(`couldn't parse env file`, true);
  if (value !== '') return value;
  if (optional === true) return undefined;
  const directory = `/var/lib/kubelet/pods/${uid}/volumes/kubernetes.io~empty-dir/${volumeName}`;
  throw new MissingSource(
    `environment variable key "${key}" not found in file "${directory}${normalized(path)}"`,
    true,
  );
}

/** '': the file does not declare it; undefined: the file is not well formed. */
function parsed(content: string, key: string): string | undefined {
  try {
    return envFileValue(content, key) ?? '';
  } catch (error) {
    if (!(error instanceof EnvFileError)) throw error;
    return undefined;
  }
}

/** Frozen: containers share it where they are told the same. @throws MissingSource */
export function environmentOf(k: Kubelet, pod: Pod, container: Container): Variables {
  const links = pod.spec.enableServiceLinks !== false;
  const services = serviceVariables(k.env.world, pod.metadata.namespace!, links);
  const { env = [], envFrom = [] } = container;
  if (env.length === 0 && envFrom.length === 0) return services;
  const own: Record<string, string> = {};
  for (const { prefix = '', configMapRef, secretRef } of envFrom) {
    const ref = configMapRef ?? secretRef;
    if (!ref) continue;
    const kind = configMapRef ? 'ConfigMap' : 'Secret';
    const namespace = pod.metadata.namespace!;
    const data = sourceData(k, kind, namespace, ref.name ?? '', ref.optional === true, false) ?? {};
    for (const [key, value] of Object.entries(data)) own[prefix + key] = value;
  }
  for (const { name, value, valueFrom: from } of env) {
    const given = value
      ? expand(value, (known) => own[known] ?? services[known])
      : from
        ? valueFrom(k, pod, container, from)
        : '';
    if (given !== undefined) own[name] = given;
  }
  return Object.freeze({ ...services, ...own });
}

/** `$(NAME)` in the container's command and arguments. Models ExpandContainerCommandAndArgs. */
export const expandedCommand = (words: readonly string[], variables: Variables): string[] =>
  words.map((word) => expand(word, (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined)));
