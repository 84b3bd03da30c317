/**
 * What code that acts on machines is given: the physical world, the means to steer processes, and who acts
 * because of what. A process's context is one, and so is a cluster, whose operator acts.
 */
import type { MessageArgs, MessageKey } from '../messages.ts';
import type { ClusterControl } from '../api/client.ts';
import { because, type By } from '../kernel/types.ts';
import type { World } from './world.ts';

export interface NodeEnv {
  readonly world: World;
  readonly control: ClusterControl;
  readonly by: By;
}

/** Tells the history what is done. @returns what to act with where that follows from it */
export function noted<K extends MessageKey>(env: NodeEnv, key: K, args: MessageArgs<K>): NodeEnv {
  const { world, control, by } = env;
  return { world, control, by: because(by, control.note(key, args, by)) };
}

/** Names of a machine's processes. */
export const machineProcess = (node: string): string => `machine@${node}`;
export const kubeletProcess = (node: string): string => `kubelet@${node}`;
/** Name of the process and component that records Services and EndpointSlices for all kube-proxies. */
export const SERVICE_ROUTES = 'service-routes';
/** Name of the process and component that tells kubelets of changes of their ConfigMaps and Secrets. */
export const CONFIGURATION_WATCH = 'configuration-watch';
export const kubeProxyProcess = (node: string): string => `kube-proxy@${node}`;
