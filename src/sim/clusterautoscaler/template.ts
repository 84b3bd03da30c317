/**
 * What a new node of a group would be like: as a node that it has, or, without one, as its cloud describes
 * it. Models cluster-autoscaler/processors/nodeinfosprovider (MixedTemplateNodeInfoProvider) and the
 * sanitising of core/utils.
 */
import type { Context } from '../api/client.ts';
import type { Node, Taint } from '../api/types.ts';
import type { World } from '../node/world.ts';
import { groupOf, isNodeReady, machinesOf } from './cloud.ts';
import { DELETION_CANDIDATE, TO_BE_DELETED } from './names.ts';

const HOSTNAME = 'kubernetes.io/hostname';
/** Taints that tell of a node's state, and those of the autoscaler: a new node has none of them. */
const isPassing = ({ key }: Taint): boolean =>
  key.startsWith('node.kubernetes.io/') || key === TO_BE_DELETED || key === DELETION_CANDIDATE;

/** A node of the cloud's description. */
function described(group: string, world: World): Node {
  const {
    cpu = '2',
    memory = '4Gi',
    pods = '110',
    ephemeralStorage = '50Gi',
    labels,
    taints,
  } = groupOf(world, group).template;
  const resources = { cpu, memory, pods, 'ephemeral-storage': ephemeralStorage };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: group,
      uid: '',
      resourceVersion: '0',
      creationTimestamp: '',
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/os': 'linux',
        ...labels,
      },
    },
    spec: { taints: [...(taints ?? [])] as Taint[] },
    status: { capacity: resources, allocatable: resources },
  } as Node;
}

/** A node as a new one of the group would be, of the name given. */
export function templateNode(group: string, name: string, ctx: Context<World>): Node {
  const like = machinesOf(ctx.world, group)
    .map((machine) => ctx.cache.get('Node', '', machine.name))
    .find((node) => node !== undefined && isNodeReady(node) && node.spec.unschedulable !== true);
  const { metadata, spec, ...node } = like ?? described(group, ctx.world);
  return {
    ...node,
    metadata: {
      ...metadata,
      name,
      uid: `template-${name}`,
      labels: { ...metadata.labels, [HOSTNAME]: name },
    },
    spec: { ...spec, taints: (spec.taints ?? []).filter((taint) => !isPassing(taint)) },
  } as Node;
}
