/** `node "node-1" is ready/not ready/unknown/cordoned`, by the Node object. */
import { say } from '../../messages/index.ts';
import type { Node } from '../../sim/api/types.ts';
import type { NodeState } from '../phrases/values.ts';
import type { NodeClaim } from './claim.ts';
import { getObject } from '../state.ts';
import { subjectNamed } from './subject.ts';
import type { ClaimFamily } from './types.ts';

const STATUS: Readonly<Record<string, NodeState>> = { True: 'ready', False: 'not ready', Unknown: 'unknown' };
const stateOf = (node: Node): NodeState =>
  STATUS[node.status.conditions?.find((c) => c.type === 'Ready')?.status ?? 'False'] ?? 'not ready';

export const node: ClaimFamily<NodeClaim> = {
  claim: 'node',
  phrases: [
    {
      en: '{moment}node {string:node} is/was {nodeState:is}',
      ja: '{moment}ノード{node}{is}',
      said: (c) => (c.is === 'cordoned' ? undefined : { node: c.node, is: c.is }),
    },
    {
      en: '{during}node {string:node} is/was cordoned',
      ja: '{during}ノード{node}がcordonされている',
      fixed: { is: 'cordoned' },
    },
    {
      en: 'node {string:node} is cordoned',
      ja: 'ノード{node}がcordonされている',
      about: 'after `Then`; after `When` it is an order',
      fixed: { is: 'cordoned' },
    },
  ],
  asks: () => 'api',
  concerns: () => ({ kinds: ['Node'], world: false }),
  subjects: (claim) => [subjectNamed('Node', claim.node, '')],
  evaluate(claim, view) {
    const found = getObject(view.state, 'Node', '', claim.node);
    if (found === undefined)
      return {
        holds: false,
        found: (language) => say('foundNoSuch', { kind: 'node', name: claim.node }, language),
        objects: [],
      };
    const state = stateOf(found);
    return {
      holds:
        claim.is === 'cordoned'
          ? found.spec.unschedulable === true
          : claim.is === 'not ready'
            ? state !== 'ready'
            : state === claim.is,
      found: (language) => say('foundNode', { state, cordoned: found.spec.unschedulable === true }, language),
      objects: [found],
    };
  },
};
