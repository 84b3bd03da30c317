/** A Pod's containers of every sort. Models VisitContainers of pkg/api/v1/pod/util.go. */
import type { Container, ContainerStatus, Pod, PodStatus } from './types.ts';

/** Regular ones first, then init containers with the sidecars, then those that were added to look at it. */
export const allContainers = ({ spec }: Pick<Pod, 'spec'>): readonly Container[] => [
  ...spec.containers,
  ...((spec.initContainers ?? []) as Container[]),
  ...((spec.ephemeralContainers ?? []) as Container[]),
];

/** What the kubelet has told of them, in the same order. */
export const allContainerStatuses = (status: PodStatus): readonly ContainerStatus[] => [
  ...(status.containerStatuses ?? []),
  ...(status.initContainerStatuses ?? []),
  ...(status.ephemeralContainerStatuses ?? []),
];
