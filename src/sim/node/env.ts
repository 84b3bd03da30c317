/** What code that acts on machines is given: the physical world, and the means to steer processes. */
import type { ProcessControl } from '../kernel/types.ts';
import type { World } from './world.ts';

export interface NodeEnv {
  readonly world: World;
  readonly control: ProcessControl;
}

/** Names of a machine's processes. */
export const machineProcess = (node: string): string => `machine@${node}`;
export const kubeletProcess = (node: string): string => `kubelet@${node}`;
/** Name of the process and component that records Services and EndpointSlices for all kube-proxies. */
export const SERVICE_ROUTES = 'service-routes';
export const kubeProxyProcess = (node: string): string => `kube-proxy@${node}`;
