import { defineGroup } from '../../sim/clusterautoscaler/index.ts';
import { simulationOf } from '../capabilities.ts';
import { wrong } from '../errors.ts';
import { nodesOfTable, tableOfNodes } from '../nodetable.ts';
import { driverOf } from '../session.ts';
import type { OperationFamily } from '../types.ts';
import type { NodeGroupOperation } from './operation.ts';

const ZONE = 'topology.kubernetes.io/zone';

type Node = NonNullable<NodeGroupOperation['node']>;

/** What the one row of a table says, which has every column of a node but its name. */
function nodeOfTable([header = [], ...rows]: readonly (readonly string[])[]): Node {
  if (rows.length !== 1) throw wrong('nodeGroupRows', { rows: rows.length });
  const [{ name: _name, ...node }] = nodesOfTable([
    ['name', ...header],
    ['node', ...rows[0]!],
  ]) as [Node & { name: string }];
  return node;
}

export const nodeGroup: OperationFamily<NodeGroupOperation> = {
  op: 'nodeGroup',
  role: 'scene',
  keyword: 'Given',
  phrases: [
    {
      en: 'node group {string:name} of {int:min} to {int:max} node(s)',
      ja: '{min}台から{max}台のノードグループ{name}',
      about:
        'nodes that the cluster autoscaler asks for, called by the group, a dash and a number; those that ' +
        'there are to be at least come as soon as they can. Said after the cluster',
    },
    {
      en: 'node group {string:name} of {int:min} to {int:max} node(s):',
      ja: '{min}台から{max}台の次のようなノードグループ{name}:',
      about: 'the same, with a table of one row: `cpu`, `memory`, `pods`, `zone`, `labels`, `taints`',
      table: 'rows',
      build: ({ name, min, max, rows }: { name: string; min: number; max: number; rows: string[][] }) => ({
        op: 'nodeGroup',
        name,
        min,
        max,
        node: nodeOfTable(rows),
      }),
      said: ({ name, min, max, node }) =>
        node === undefined
          ? undefined
          : { name, min, max, rows: tableOfNodes([{ name: 'node', ...node }]).map(([, ...cells]) => cells) },
    },
  ],
  play({ name, min, max, node = {} }, { session }) {
    // A node may be called by it.
    nodesOfTable([['name'], [name]]);
    if (min > max) throw wrong('nodeGroupSize', { name, min, max });
    const simulation = simulationOf(driverOf(session));
    const { cluster } = simulation;
    const { zone = 'zone-a', labels, ...size } = node;
    defineGroup(cluster, name, { ...size, labels: { [ZONE]: zone, ...labels } }, min);
    const flags = cluster.config.clusterAutoscaler;
    if (flags !== '') simulation.setConfig('clusterAutoscaler', `${flags} --nodes=${min}:${max}:${name}`);
  },
};
