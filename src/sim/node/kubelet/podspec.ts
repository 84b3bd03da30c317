/** Small questions about a pod's spec. Models pkg/api/v1/pod/util.go and pkg/kubelet/container/helpers.go. */
import type { Container, EphemeralContainer, Pod } from '../../api/types.ts';

/** `name_namespace(uid)`, as the kubelet names pods in messages. */
export const formatPod = (pod: Pod): string =>
  `${pod.metadata.name}_${pod.metadata.namespace}(${pod.metadata.uid})`;

/** A restartable init container. */
export const isSidecar = (container: Container): boolean => container.restartPolicy === 'Always';

export const initContainersOf = (pod: Pod): readonly Container[] => pod.spec.initContainers ?? NONE;
const NONE: readonly Container[] = [];

/** Containers that were put into a Pod while it runs, to look at it: without a say in what becomes of it. */
export const ephemeralContainersOf = (pod: Pod): readonly EphemeralContainer[] =>
  pod.spec.ephemeralContainers ?? NO_EPHEMERAL;
const NO_EPHEMERAL: readonly EphemeralContainer[] = [];

/** Where in a Pod's spec a container stands. */
export type ContainerList = 'containers' | 'initContainers' | 'ephemeralContainers';
const LISTS: readonly ContainerList[] = ['containers', 'initContainers', 'ephemeralContainers'];

/** Where a Pod's status tells of them. */
export const STATUSES = {
  containers: 'containerStatuses',
  initContainers: 'initContainerStatuses',
  ephemeralContainers: 'ephemeralContainerStatuses',
} as const;

export function findContainerSpec(
  pod: Pod,
  name: string,
): { container: Container; list: ContainerList; index: number } | undefined {
  for (const list of LISTS) {
    const containers = pod.spec[list] as readonly Container[] | undefined;
    const index = containers?.findIndex((c) => c.name === name) ?? -1;
    if (index >= 0) return { container: containers![index]!, list, index };
  }
  return undefined;
}

export const fieldPathOf = (pod: Pod, name: string): string =>
  `spec.${findContainerSpec(pod, name)?.list ?? 'containers'}{${name}}`;

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
