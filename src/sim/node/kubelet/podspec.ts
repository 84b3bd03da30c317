/** Small questions about a pod's spec. Models pkg/api/v1/pod/util.go and pkg/kubelet/container/helpers.go. */
import type { Container, Pod } from '../../api/types.ts';

/** `name_namespace(uid)`, as the kubelet names pods in messages. */
export const formatPod = (pod: Pod): string =>
  `${pod.metadata.name}_${pod.metadata.namespace}(${pod.metadata.uid})`;

/** A restartable init container. */
export const isSidecar = (container: Container): boolean => container.restartPolicy === 'Always';

export const initContainersOf = (pod: Pod): readonly Container[] => pod.spec.initContainers ?? NONE;
const NONE: readonly Container[] = [];

export function findContainerSpec(
  pod: Pod,
  name: string,
): { container: Container; init: boolean; index: number } | undefined {
  let index = pod.spec.containers.findIndex((c) => c.name === name);
  if (index >= 0) return { container: pod.spec.containers[index]!, init: false, index };
  index = initContainersOf(pod).findIndex((c) => c.name === name);
  return index < 0 ? undefined : { container: initContainersOf(pod)[index]!, init: true, index };
}

export function fieldPathOf(pod: Pod, name: string): string {
  return findContainerSpec(pod, name)?.init === true
    ? `spec.initContainers{${name}}`
    : `spec.containers{${name}}`;
}

export type RestartPolicy = 'Always' | 'OnFailure' | 'Never';
export const restartPolicyOf = (pod: Pod): RestartPolicy =>
  (pod.spec.restartPolicy as RestartPolicy | undefined) ?? 'Always';

/** The policy that counts for one container: its own where it has one, else the pod's. */
export const containerPolicy = (pod: Pod, container: Container): RestartPolicy =>
  (container.restartPolicy as RestartPolicy | undefined) ?? restartPolicyOf(pod);

/** Number of a container's port given by number or name; 0 when there is no such name. */
export function portNumber(container: Container, port: number | string | undefined): number {
  if (typeof port === 'number') return port;
  if (port === undefined) return 0;
  const named = container.ports?.find((p) => p.name === port);
  return named?.containerPort ?? (/^[0-9]+$/.test(port) ? Number(port) : 0);
}

export const isTerminalPhase = (phase: string | undefined): boolean =>
  phase === 'Failed' || phase === 'Succeeded';
