import { boot, comesWith } from '../boot.ts';
import { nodesOfTable, tableOfNodes } from '../nodetable.ts';
import type { OperationFamily } from '../types.ts';
import type { ClusterOfOperation } from './operation.ts';

export const clusterOf: OperationFamily<ClusterOfOperation> = {
  op: 'clusterOf',
  role: 'scene',
  keyword: 'Given',
  phrases: [
    {
      en: 'a cluster with nodes:',
      ja: '次のノードを持つクラスター:',
      about:
        'a table with the columns `name` (required), `cpu`, `memory`, `pods`, `zone`, `labels`, `taints`, ' +
        '`role` (`control-plane`, or nothing)',
      table: 'rows',
      build: ({ rows }: { rows: string[][] }) => ({ op: 'clusterOf', nodes: nodesOfTable(rows) }),
      said: ({ nodes, ingressController, gatewayController }) =>
        (ingressController ?? gatewayController) ? undefined : { rows: tableOfNodes(nodes) },
    },
    {
      en: 'a cluster with an ingress controller and nodes:',
      ja: 'Ingressコントローラーと次のノードを持つクラスター:',
      about: 'the same table, and ingress-nginx behind a load balancer',
      table: 'rows',
      build: ({ rows }: { rows: string[][] }) => ({
        op: 'clusterOf',
        nodes: nodesOfTable(rows),
        ingressController: true,
      }),
      said: ({ nodes, ingressController, gatewayController }) =>
        ingressController && !gatewayController ? { rows: tableOfNodes(nodes) } : undefined,
    },
    {
      en: 'a cluster with a gateway controller and nodes:',
      ja: 'Gatewayコントローラーと次のノードを持つクラスター:',
      about: 'the same table, and NGINX Gateway Fabric behind a load balancer, as above',
      table: 'rows',
      build: ({ rows }: { rows: string[][] }) => ({
        op: 'clusterOf',
        nodes: nodesOfTable(rows),
        gatewayController: true,
      }),
      said: ({ nodes, ingressController, gatewayController }) =>
        gatewayController && !ingressController ? { rows: tableOfNodes(nodes) } : undefined,
    },
  ],
  play({ nodes, ingressController, gatewayController }, { session }) {
    comesWith(session, {
      ...(ingressController === undefined ? {} : { ingressController }),
      ...(gatewayController === undefined ? {} : { gatewayController }),
    });
    boot(session, [...nodes]);
  },
  shrink: {
    smallerWorld: (o) =>
      o.nodes.length > 1 ? o.nodes.map((_, i) => ({ ...o, nodes: o.nodes.filter((__, j) => j !== i) })) : [],
  },
};
