/** The network: routing, names, requests, partitions, clients. */
import type { ApiComponent } from '../api/client.ts';
import { client } from './clients.ts';
import { gatewayController } from './gateway/controller.ts';
import { ingressController } from './ingress/controller.ts';
import { kubeProxy } from './proxy.ts';
import { policyAgent } from './policyagent.ts';
import { serviceRoutes } from './routes.ts';

export const networkComponents: readonly ApiComponent<any, any, any>[] = [
  serviceRoutes,
  kubeProxy,
  client,
  policyAgent,
  ingressController,
  gatewayController,
];

export {
  addClient,
  type ClientManner,
  type ClientState,
  setLoad,
} from './clients.ts';
export {
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
export { GATEWAY_CONTROLLER, gatewaysChangeAt, setGatewayReloads } from './gateway/facts.ts';
export { nginxGateway } from './gateway/installed.ts';
export { ingressNginx } from './ingress/installed.ts';
export { INGRESS_CONTROLLER } from './ingress/controller.ts';
export { setIngressReloads, staleIngress } from './ingress/facts.ts';
export { reachExtension } from './extensions/reach.ts';
export { deniedBy } from './policy.ts';
export { podFacts, POLICY_AGENT } from './policyagent.ts';
export { podNetwork } from './reach.ts';
export { request } from './request.ts';
export { type Hop, type Stop } from './way.ts';
export { callConverter, callWebhook } from './webhooks.ts';
export {
  type NetworkEnv,
  OUTSIDE,
  outcomeText,
  type RequestOutcome,
} from './types.ts';
