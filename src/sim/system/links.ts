/** Which parts of a control plane run, and reach each other. */
import type { Inside } from '../context.ts';
import type { World } from '../node/world.ts';
import { isBlocked } from '../network/impair.ts';

/** Name of the process and component that does what is due for the control plane as a whole. */
export const CONTROL_PLANE = 'control-plane';

/** Component of the processes that may lead; each runs what it leads in a process of its own. */
export const CANDIDATE = 'leader-election';

/** The process that acts for a candidate while it leads. */
export const actingProcess = (candidate: string): string => `${candidate}/leader`;

/** Kubernetes' version, in the names of its images. */
export const VERSION = 'v1.36.0';

/** Names of the processes of a control plane node. */
export const etcdProcess = (node: string): string => `etcd@${node}`;
export const serverProcess = (node: string): string => `kube-apiserver@${node}`;

export const runs = ({ control }: Inside, process: string): boolean => control.isUp(process);

/** Whether packets pass between two machines. */
export const reach = (world: World, a: string, b: string): boolean =>
  a === b || !isBlocked(world, { machine: world.machines.get(a) }, { machine: world.machines.get(b) });
