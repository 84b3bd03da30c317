import { simulationOf } from '../capabilities.ts';
import { driverOf } from '../session.ts';
import type { OperationFamily } from '../types.ts';
import type { UserOperation } from './operation.ts';

const groupsOf = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

export const user: OperationFamily<UserOperation> = {
  op: 'user',
  role: 'scene',
  needs: () => 'simulation',
  keyword: 'Given',
  phrases: [
    {
      en: 'user {string:name}',
      ja: 'ユーザー{name}',
      about: 'has a certificate that the cluster trusts, and no rights but those of everybody',
      build: ({ name }: { name: string }) => ({ op: 'user', name, groups: [] }),
      said: ({ name, groups }) => (groups.length === 0 ? { name } : undefined),
    },
    {
      en: 'user {string:name} of group(s) {string:groups}',
      ja: 'グループ{groups}のユーザー{name}',
      about: 'the same, with the groups that the certificate names, parted by commas',
      build: ({ name, groups }: { name: string; groups: string }) => ({
        op: 'user',
        name,
        groups: groupsOf(groups),
      }),
      said: ({ name, groups }) => ({ name, groups: groups.join(', ') }),
    },
  ],
  play({ name, groups }, { session }) {
    simulationOf(driverOf(session)).addUser(name, groups);
  },
};
