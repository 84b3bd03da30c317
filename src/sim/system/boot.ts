/** How a cluster with control plane nodes comes about: as `kubeadm init` and `join` make one. */
import type { ClusterState } from '../clusterstate.ts';
import { Table } from '../kernel/fork.ts';
import type { MachineOptions } from '../node/machine.ts';
import { addonImages, addonNames, dnsAddress } from './addons.ts';
import { emptyPlane } from './plane.ts';
import { manifestsFor, planeImages } from './staticmanifests.ts';

/** A node as whoever makes the cluster asks for it. */
interface Asked {
  readonly name: string;
  readonly controlPlane?: true;
}

const ROLE = 'node-role.kubernetes.io/control-plane';

/** The state of a cluster whose control plane is on these nodes, before any of them is switched on. */
export function preparePlane({ server, world, config }: ClusterState, nodes: readonly Asked[]): void {
  server.up = false;
  server.quorum = false;
  server.plane = emptyPlane(nodes.filter((n) => n.controlPlane).map(({ name }) => name));
  world.system = { dns: dnsAddress(config), names: new Table(), corefiles: new Table() };
  for (const [image, behaviour] of Object.entries({ ...planeImages(), ...addonImages() }))
    world.images.set(image, behaviour);
}

/** What a machine of such a cluster has from the start; a control plane node its files and marks too. */
export function machineOfPlane(
  { server, config }: ClusterState,
  { controlPlane, ...node }: Asked & MachineOptions,
): MachineOptions {
  const images = addonNames();
  if (controlPlane !== true) return { ...node, images };
  return {
    ...node,
    labels: { [ROLE]: '', 'node.kubernetes.io/exclude-from-external-load-balancers': '', ...node.labels },
    taints: node.taints ?? [{ key: ROLE, effect: 'NoSchedule' }],
    images: [...Object.keys(planeImages()), ...images],
    staticPods: manifestsFor(node.name, [...server.plane!.members.keys()], config),
  };
}
