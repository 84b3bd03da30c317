/** The network: routing, names, requests, partitions, clients. */
import type { ApiComponent } from '../api/client.ts';
import { client } from './clients.ts';
import { kubeProxy } from './proxy.ts';
import { serviceRoutes } from './routes.ts';

export const networkComponents: readonly ApiComponent<any, any, any>[] = [serviceRoutes, kubeProxy, client];

export {
  addClient,
  clientProcess,
  type ClientFailure,
  type ClientOutage,
  type ClientState,
  removeClient,
} from './clients.ts';
export {
  arePartitioned,
  cutOffFromControlPlane,
  expireCertificate,
  healNodes,
  partitionNodes,
  reconnectToControlPlane,
  renewCertificate,
} from './partition.ts';
export {
  blockOneWay,
  delayPackets,
  healPods,
  isolateNode,
  losePackets,
  partitionPods,
  rejoinNode,
  troubleDns,
  unblockOneWay,
} from './impair.ts';
export { changesAt } from './pending.ts';
export { startKubeProxy, stopKubeProxy } from './proxy.ts';
export { DEFAULT_TIMEOUT_MS, fetchFrom, parseUrl, request } from './request.ts';
export {
  type NetworkEnv,
  type Origin,
  OUTSIDE,
  outcomeText,
  type RequestOutcome,
  succeeded,
} from './types.ts';
