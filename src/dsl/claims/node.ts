/** `node "node-1" is ready/not ready/unknown/cordoned`, by the Node object. */
import type { Node } from '../../sim/api/types.ts';
import type { Moment, Operation } from '../operations.ts';
import { NOW } from '../operations.ts';
import type { NodeState } from '../phrases/parameters.ts';
import { claimPhrase } from '../phrases/phraseof.ts';
import { getObject } from '../state.ts';
import type { ClaimFamily } from './types.ts';

export interface NodeClaim {
  readonly claim: 'node';
  readonly node: string;
  readonly is: NodeState | 'cordoned';
}

export const nodeIs = (moment: Moment, node: string, is: NodeState): Operation => ({
  op: 'assert',
  moment,
  claim: { claim: 'node', node, is },
});
export const nodeIsCordoned = (moment: Moment, node: string): Operation => ({
  op: 'assert',
  moment,
  claim: { claim: 'node', node, is: 'cordoned' },
});
export const nodeIsCordonedNow = (node: string): Operation => nodeIsCordoned(NOW, node);

const STATUS: Readonly<Record<string, NodeState>> = { True: 'ready', False: 'not ready', Unknown: 'unknown' };
const stateOf = (node: Node): NodeState =>
  STATUS[node.status.conditions?.find((c) => c.type === 'Ready')?.status ?? 'False'] ?? 'not ready';

export const node: ClaimFamily<NodeClaim> = {
  claim: 'node',
  phrases: [
    claimPhrase('{moment}node {string} is/was {nodeState}', 'node', nodeIs, (c) =>
      c.is === 'cordoned' ? undefined : [c.node, c.is],
    ),
    claimPhrase('{during}node {string} is/was cordoned', 'node', nodeIsCordoned, (c) =>
      c.is === 'cordoned' ? [c.node] : undefined,
    ),
    claimPhrase('node {string} is cordoned', 'node', nodeIsCordonedNow, (c) =>
      c.is === 'cordoned' ? [c.node] : undefined,
    ),
  ],
  concerns: () => ({ kinds: ['Node'], world: false }),
  evaluate(claim, view) {
    const found = getObject(view.state, 'Node', '', claim.node);
    if (found === undefined)
      return { holds: false, found: () => `there was no node "${claim.node}"`, objects: [] };
    const state = stateOf(found);
    return {
      holds:
        claim.is === 'cordoned'
          ? found.spec.unschedulable === true
          : claim.is === 'not ready'
            ? state !== 'ready'
            : state === claim.is,
      found: () => `it was ${state}${found.spec.unschedulable === true ? ' and cordoned' : ''}`,
      objects: [found],
    };
  },
};
