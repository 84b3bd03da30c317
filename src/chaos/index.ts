/** The catalogue: one file a topic, one entry a fault. Adding one touches its file and this list. */
import {
  admissionRefusal,
  apiServerErrors,
  apiServerSlow,
  certificateExpired,
  watchLag,
} from './faults/apiserver.ts';
import {
  budgetChanged,
  configUpdate,
  imageUpdate,
  nodeLabel,
  podLabel,
  quotaLowered,
  rollback,
  scale,
} from './faults/changes.ts';
import { containerKill, crashLoop, ignoreSigterm, oomKill } from './faults/containerlife.ts';
import { cpuHog, memoryLeak } from './faults/containerresources.ts';
import {
  errorAnswers,
  hang,
  probeFlapping,
  refuse,
  slowAnswers,
  slowStart,
} from './faults/containerservice.ts';
import {
  apiServerDown,
  controllerManagerDown,
  etcdQuorumLoss,
  schedulerDown,
} from './faults/controlplane.ts';
import { etcdMemberLoss, leaderFailover } from './faults/election.ts';
import { imagePullFailure, registryUnreachable, wrongImage } from './faults/images.ts';
import { kubeletFreeze, kubeletRestart, kubeletStop, runtimeStop } from './faults/kubelet.ts';
import {
  dnsFailure,
  kubeProxyStop,
  nodeNetworkLoss,
  oneWayPartition,
  packetDelay,
  packetLoss,
  podsPartition,
} from './faults/network.ts';
import { nodeDelete, rollingReboot } from './faults/nodelife.ts';
import { nodeCordon, nodeDrain, nodeUncordon } from './faults/nodeoperations.ts';
import { nodeAdd, nodeRemove } from './faults/nodepool.ts';
import { nodePowerLoss, nodePowerOn, nodeReboot, nodeShutdown } from './faults/nodepower.ts';
import { clockSkew, diskPressure, memoryPressure, nodeSlow, pidPressure } from './faults/nodestress.ts';
import { nodePartition, nodesPartition } from './faults/partition.ts';
import { podEvict, podForceDelete } from './faults/podlife.ts';
import { containerCrash, podDelete } from './faults/pods.ts';
import { fileChange, fileDelete, fillStorage } from './faults/storage.ts';
import { FaultCatalogue } from './catalogue.ts';
import type { Fault } from './types.ts';

/**
 * The catalogue, in the order of its page.
 * @example FAULTS.filter((f) => f.voluntary).map((f) => f.kind)
 */
export const FAULTS: readonly Fault[] = [
  // Nodes
  nodePowerLoss,
  nodePowerOn,
  nodeReboot,
  rollingReboot,
  nodeShutdown,
  kubeletStop,
  kubeletRestart,
  kubeletFreeze,
  runtimeStop,
  clockSkew,
  memoryPressure,
  diskPressure,
  pidPressure,
  nodeNetworkLoss,
  nodeSlow,
  nodeCordon,
  nodeUncordon,
  nodeDrain,
  nodeDelete,
  // Pods and containers
  podDelete,
  podForceDelete,
  podEvict,
  containerCrash,
  containerKill,
  crashLoop,
  oomKill,
  memoryLeak,
  cpuHog,
  hang,
  slowAnswers,
  errorAnswers,
  slowStart,
  refuse,
  ignoreSigterm,
  fileDelete,
  fileChange,
  fillStorage,
  imagePullFailure,
  registryUnreachable,
  probeFlapping,
  // Network
  nodePartition,
  nodesPartition,
  oneWayPartition,
  podsPartition,
  packetLoss,
  packetDelay,
  dnsFailure,
  kubeProxyStop,
  // Control plane
  apiServerDown,
  apiServerSlow,
  apiServerErrors,
  etcdMemberLoss,
  etcdQuorumLoss,
  schedulerDown,
  controllerManagerDown,
  leaderFailover,
  watchLag,
  admissionRefusal,
  certificateExpired,
  // Changes by the operator
  scale,
  imageUpdate,
  configUpdate,
  wrongImage,
  rollback,
  podLabel,
  nodeLabel,
  nodeAdd,
  nodeRemove,
  quotaLowered,
  budgetChanged,
];

export const standardFaults = new FaultCatalogue(FAULTS);
