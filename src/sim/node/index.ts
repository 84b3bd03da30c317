/** The node: machines, their runtime, their kubelet. */
import type { ApiComponent } from '../api/client.ts';
import { kubelet } from './kubelet/kubelet.ts';
import { configurationWatch } from './configurationwatch.ts';
import { machineComponent } from './machine-process.ts';
import type { Reach } from './reach.ts';

/** @param reach how programs in containers, and what is executed there, reach the network */
export const nodeComponents = (reach: Reach): readonly ApiComponent<any, any, any>[] => [
  machineComponent(reach),
  kubelet(reach),
  configurationWatch,
];

export * from './machine.ts';
export * from './stress.ts';
export * from './containerfaults.ts';
export * from './imageregistry.ts';
export { killComponent, moveManifest } from './manifests.ts';
export { containerAt, findContainer, placeOf, type ContainerTarget } from './containertarget.ts';
export { declareMetric, multiplyMetric, restoreMetric, setMetricsServer } from './metrics.ts';
export { execInContainer, containerLogs } from './exec.ts';
export { withoutTag } from './images/reference.ts';
export { parseImageBehaviour } from './images/yaml.ts';
export { kubeletProcess } from './env.ts';
export { PROGRAMS } from './shell/index.ts';
export { webhooksIn } from './webhooks.ts';
export { latestContainer } from './world.ts';
