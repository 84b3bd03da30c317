import { boot } from '../boot.ts';
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
      said: ({ nodes }) => ({ rows: tableOfNodes(nodes) }),
    },
  ],
  play: ({ nodes }, { session }) => boot(session, [...nodes]),
  shrink: {
    smallerWorld: (o) =>
      o.nodes.length > 1 ? o.nodes.map((_, i) => ({ ...o, nodes: o.nodes.filter((__, j) => j !== i) })) : [],
  },
};
