/** What happens to a cluster: nodes, zones, the control plane. */
import { steps, type TrialKind } from './trial.ts';

/** How long it lasts, where it lasts: longer than it takes until Pods are moved. */
const LASTING = '10 minutes';

const nodeLost: TrialKind = {
  kind: 'a node loses power',
  ja: 'ノードの電源が落ちる',
  likelihood: 'common',
  trials: ({ nodes }) =>
    nodes.map((node) => ({
      name: `${node} loses power`,
      operations: steps(`When node "${node}" loses power for ${LASTING}`, `When ${LASTING} pass`),
    })),
};

const zoneLost: TrialKind = {
  kind: 'a zone loses power',
  ja: 'ゾーンの電源が落ちる',
  likelihood: 'rare',
  trials: ({ zones }) =>
    zones.length < 2
      ? []
      : zones.map((zone) => ({
          name: `${zone} loses power`,
          operations: steps(`When zone "${zone}" loses power for ${LASTING}`, `When ${LASTING} pass`),
        })),
};

const rebootedInTurn: TrialKind = {
  kind: 'nodes are rebooted in turn',
  ja: 'ノードを順番に再起動する',
  likelihood: 'planned',
  trials: () => [
    {
      name: 'nodes are drained, rebooted and uncordoned in turn',
      operations: steps('When each node is drained, rebooted and uncordoned in turn'),
    },
  ],
};

const BACK = '5m';
const drainedAtOnce = (nodes: readonly string[]) =>
  [
    'When these faults strike:',
    [['at', 'fault', 'target', 'for'], ...nodes.map((node) => ['0s', 'NodeDrain', node, BACK])],
  ] as const;

/** As managed clusters do that may take several nodes away at once. */
const upgradedInParallel: TrialKind = {
  kind: 'half of the nodes are upgraded at once',
  ja: '半数のノードを一度にアップグレードする',
  likelihood: 'planned',
  trials({ nodes }) {
    if (nodes.length < 2) return [];
    const half = Math.ceil(nodes.length / 2);
    const halves = [nodes.slice(0, half), nodes.slice(half)];
    return [
      {
        name: `half of the nodes are drained at once, and uncordoned after 5 minutes`,
        operations: halves.flatMap((of) => steps(drainedAtOnce(of), 'When 1 minute passes')),
      },
    ];
  },
};

const apiServerDown: TrialKind = {
  kind: 'the API server is down',
  ja: 'APIサーバーが停止する',
  likelihood: 'rare',
  ofCluster: true,
  trials: () => [
    {
      name: `the API server is down for ${LASTING}`,
      operations: steps(`When the api server is down for ${LASTING}`, `When ${LASTING} pass`),
    },
  ],
};

const dnsFails: TrialKind = {
  kind: 'cluster DNS fails',
  ja: 'クラスターのDNSが失敗する',
  likelihood: 'rare',
  ofCluster: true,
  trials: () => [
    {
      name: 'cluster DNS fails for 5 minutes',
      operations: steps('When DNS fails for 5 minutes', 'When 5 minutes pass'),
    },
  ],
};

export const cluster: readonly TrialKind[] = [
  nodeLost,
  zoneLost,
  rebootedInTurn,
  upgradedInParallel,
  apiServerDown,
  dnsFails,
];
