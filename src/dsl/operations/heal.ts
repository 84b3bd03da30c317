import { driverOf } from '../session.ts';
import type { OperationFamily } from '../types.ts';
import type { HealOperation } from './operation.ts';

export const heal: OperationFamily<HealOperation> = {
  op: 'heal',
  role: 'remedy',
  keyword: 'When',
  phrases: [
    { en: 'every fault is healed', ja: 'すべての障害が復旧する', about: 'what is still on is undone' },
    {
      en: 'fault {string:kind} is healed',
      ja: '障害{kind}が復旧する',
      about: 'the same for faults of that name',
    },
  ],
  play: ({ kind }, { session }) => driverOf(session).heal(session.kit.faults, kind),
};
