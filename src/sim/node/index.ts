/** The node: machines, their runtime, their kubelet. */
import type { ApiComponent } from '../api/client.ts';
import { kubelet } from './kubelet/kubelet.ts';
import { machineComponent } from './machine-process.ts';

export const nodeComponents: readonly ApiComponent<any, any, any>[] = [machineComponent, kubelet];

export * from './machine.ts';
export * from './stress.ts';
export { execInContainer, containerLogs, type ExecResult } from './exec.ts';
export { behaviourOf, parseImageBehaviour, CATALOGUE } from './images.ts';
export { connect, httpGet, listener, readFile, type HttpReply } from './answer.ts';
export { kubeletProcess, kubeProxyProcess, machineProcess, type NodeEnv } from './env.ts';
export { containersOf, emptyWorld, latestContainer } from './world.ts';
