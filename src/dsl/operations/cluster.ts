import { boot } from '../boot.ts';
import type { OperationFamily } from '../types.ts';
import type { ClusterOperation } from './operation.ts';

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
  ],
  play: ({ nodes }, { session }) => boot(session, nodes),
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
