import { physicalOf } from '../capabilities.ts';
import { driverOf } from '../session.ts';
import { strike } from '../striking.ts';
import { rebootAndWait } from '../waiting.ts';
import type { OperationFamily } from '../types.ts';
import type { EachNodeInTurnOperation } from './operation.ts';

export const eachNodeInTurn: OperationFamily<EachNodeInTurnOperation> = {
  op: 'eachNodeInTurn',
  role: 'act',
  needs: () => 'physical',
  keyword: 'When',
  phrases: [
    {
      en: 'each node is drained, rebooted and uncordoned in turn',
      ja: '各ノードを順番にdrainし、再起動し、uncordonする',
      about: 'in the order of their names; each is back and Ready before the next',
    },
  ],
  play(_, { session }) {
    const names = physicalOf(driverOf(session))
      .machines.all()
      .map((m) => m.name);
    for (const node of names.sort((a, b) => (a < b ? -1 : 1))) {
      strike(session, { kind: 'NodeDrain', node });
      rebootAndWait(session, node, () => strike(session, { kind: 'NodeReboot', node }));
      strike(session, { kind: 'NodeUncordon', node });
    }
  },
};
