/** The node: machines, their runtime, their kubelet. */
import type { ApiComponent } from '../api/client.ts';
import { kubelet } from './kubelet/kubelet.ts';
import { machineComponent } from './machine-process.ts';

export const nodeComponents: readonly ApiComponent<any, any, any>[] = [machineComponent, kubelet];

export * from './machine.ts';
export * from './stress.ts';
export * from './containerfaults.ts';
export * from './registry.ts';
export { containerAt, findContainer, placeOf, type ContainerTarget } from './containertarget.ts';
export { execInContainer, containerLogs, type ExecResult } from './exec.ts';
export { behaviourOf, parseImageBehaviour, withoutTag, CATALOGUE } from './images.ts';
export { connect, httpGet, listener, readFile, type HttpReply } from './answer.ts';
export { kubeletProcess, kubeProxyProcess, machineProcess, type NodeEnv, noted } from './env.ts';
export { PROGRAMS } from './shell/commands.ts';
export { containersOf, emptyWorld, latestContainer } from './world.ts';
