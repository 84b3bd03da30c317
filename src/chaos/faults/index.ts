/** The catalogue: one file a topic, one entry a fault. Adding one touches its file and this list. */
import { aggregatedApiDown } from './apiservices.ts';
import { bindingDeleted, serviceAccountDeleted } from './access.ts';
import { definitionDeleted } from './definitions.ts';
import { admissionRefusal, apiServerErrors, apiServerSlow, watchLag } from './apiserver.ts';
import {
  budgetChanged,
  configUpdate,
  imageUpdate,
  nodeLabel,
  podLabel,
  quotaLowered,
  rollback,
  scale,
} from './changes.ts';
import { componentStop, etcdLeaderLoss } from './controlplanenodes.ts';
import { certificateExpired } from './certificates.ts';
import { configMapChanged, configMapDeleted, secretDeleted, secretRotated } from './configuration.ts';
import { containerKill, crashLoop, ignoreSigterm, oomKill } from './containerlife.ts';
import { cpuHog, memoryLeak } from './containerresources.ts';
import { errorAnswers, hang, probeFlapping, refuse, slowAnswers, slowStart } from './containerservice.ts';
import { apiServerDown, controllerManagerDown, etcdQuorumLoss, schedulerDown } from './controlplane.ts';
import { etcdMemberLoss, leaderFailover } from './election.ts';
import { imagePullFailure, registryUnreachable, wrongImage } from './images.ts';
import { cronJobSuspend, jobPodFailure, jobSuspend } from './jobs.ts';
import { kubeletFreeze, kubeletRestart, kubeletStop, runtimeStop } from './kubelet.ts';
import { clusterAutoscalerDown, nodeGroupExhausted, nodeProvisionSlow } from './cloud.ts';
import { loadSpike, metricSpike, metricsServerDown } from './metrics.ts';
import {
  dnsFailure,
  gatewayReloadFails,
  ingressReloadFails,
  kubeProxyStop,
  nodeNetworkLoss,
  oneWayPartition,
  packetDelay,
  packetLoss,
  podsPartition,
} from './network.ts';
import { nodeDelete, rollingReboot } from './nodelife.ts';
import { nodeCordon, nodeDrain, nodeUncordon } from './nodeoperations.ts';
import { nodeAdd, nodeRemove } from './nodepool.ts';
import { nodePowerLoss, nodePowerOn, nodeReboot, nodeShutdown } from './nodepower.ts';
import { clockSkew, diskPressure, memoryPressure, nodeSlow, pidPressure } from './nodestress.ts';
import { nodePartition, nodesPartition } from './partition.ts';
import { podEvict, podForceDelete } from './podlife.ts';
import { containerCrash, podDelete } from './pods.ts';
import { fileChange, fileDelete, fillStorage } from './storage.ts';
import { dnsPodsLost, trafficDenied } from './traffic.ts';
import {
  claimDelete,
  provisionerDown,
  storageZoneLost,
  volumeAttachFails,
  volumeDetachHangs,
  volumeFull,
} from './volumes.ts';
import { webhookDown, webhookSlow } from './webhooks.ts';
import type { Fault } from '../types.ts';

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
  jobPodFailure,
  // Storage
  volumeFull,
  volumeAttachFails,
  volumeDetachHangs,
  provisionerDown,
  storageZoneLost,
  // Network
  nodePartition,
  nodesPartition,
  oneWayPartition,
  podsPartition,
  packetLoss,
  packetDelay,
  dnsFailure,
  dnsPodsLost,
  trafficDenied,
  ingressReloadFails,
  gatewayReloadFails,
  kubeProxyStop,
  loadSpike,
  metricSpike,
  // The cloud
  nodeGroupExhausted,
  nodeProvisionSlow,
  clusterAutoscalerDown,
  // Control plane
  apiServerDown,
  apiServerSlow,
  apiServerErrors,
  metricsServerDown,
  etcdMemberLoss,
  etcdQuorumLoss,
  schedulerDown,
  controllerManagerDown,
  leaderFailover,
  componentStop,
  etcdLeaderLoss,
  watchLag,
  admissionRefusal,
  webhookDown,
  webhookSlow,
  aggregatedApiDown,
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
  configMapChanged,
  configMapDeleted,
  secretRotated,
  secretDeleted,
  budgetChanged,
  claimDelete,
  jobSuspend,
  cronJobSuspend,
  definitionDeleted,
  serviceAccountDeleted,
  bindingDeleted,
];
