import { boot, comesWith, nodesOf } from '../boot.ts';
import type { OperationFamily } from '../types.ts';
import type { ClusterOperation } from './operation.ts';

/** All of the nodes: `node-1`, … */
const ONE_GROUP = '--nodes=1:10:node';

export const cluster: OperationFamily<ClusterOperation> = {
  op: 'cluster',
  role: 'scene',
  keyword: 'Given',
  phrases: [
    {
      en: 'a cluster with {int:nodes} node(s)',
      ja: '{nodes}台のノードを持つクラスター',
      about: 'nodes `node-1` … of 2 CPU, 4Gi, 110 pods, in one zone',
    },
    {
      en: 'a cluster with {int:nodes} node(s) and an ingress controller',
      ja: '{nodes}台のノードとIngressコントローラーを持つクラスター',
      about: 'ingress-nginx behind a load balancer, which has addresses unless some are said before',
      fixed: { ingressController: true },
    },
    {
      en: 'a cluster with {int:nodes} node(s) and a gateway controller',
      ja: '{nodes}台のノードとGatewayコントローラーを持つクラスター',
      about:
        'NGINX Gateway Fabric behind a load balancer; the CustomResourceDefinitions of the Gateway API and ' +
        'a GatewayClass of `gateway.nginx.org/nginx-gateway-controller` are applied by you',
      fixed: { gatewayController: true },
    },
    {
      en: 'a cluster with {int:nodes} node(s) and a cluster autoscaler',
      ja: '{nodes}台のノードとクラスターオートスケーラーを持つクラスター',
      about:
        'the nodes are a node group `node` of 1 to 10, unless its flags are said before: cluster setting ' +
        '`clusterAutoscaler` is `--nodes=2:5:node --scale-down-unneeded-time=2m`',
      fixed: { clusterAutoscaler: true },
    },
    {
      en: 'a cluster with {int:controlPlane} control plane node(s) and {int:nodes} worker(s)',
      ja: '{controlPlane}台のコントロールプレーンノードと{nodes}台のワーカーノードを持つクラスター',
      about:
        'nodes `control-plane-1` … and `node-1` …; etcd, API server, controller manager and scheduler ' +
        'run on each of the former as static pods, kube-proxy and DNS in pods too',
    },
  ],
  play(operation, { session }) {
    const {
      nodes,
      ingressController = false,
      gatewayController = false,
      clusterAutoscaler,
      controlPlane,
    } = operation;
    comesWith(session, {
      ...(ingressController ? { ingressController } : {}),
      ...(gatewayController ? { gatewayController } : {}),
    });
    if (clusterAutoscaler) session.settings.clusterAutoscaler ||= ONE_GROUP;
    boot(session, controlPlane === undefined ? nodes : nodesOf(operation));
  },
  shrink: {
    smallerWorld: (o) =>
      o.nodes > 1
        ? [
            { ...o, nodes: 1 },
            { ...o, nodes: o.nodes - 1 },
          ]
        : [],
  },
};
