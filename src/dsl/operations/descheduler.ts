import { parse as parseYaml } from 'yaml';
import { DESCHEDULER, readPolicy } from '../../sim/descheduler/index.ts';
import { simulationOf } from '../capabilities.ts';
import { wrong } from '../errors.ts';
import { driverOf } from '../session.ts';
import type { OperationFamily } from '../types.ts';
import type { DeschedulerOperation } from './operation.ts';

/** @throws InputError for what is no YAML */
function yamlOf(text: string): unknown {
  try {
    return parseYaml(text, { version: '1.1' });
  } catch (error) {
    throw wrong('deschedulerPolicy', { problem: (error as Error).message.split('\n')[0]! });
  }
}

export const descheduler: OperationFamily<DeschedulerOperation> = {
  op: 'descheduler',
  role: 'scene',
  keyword: 'Given',
  phrases: [
    {
      en: 'a descheduler runs every {duration:everyMs} with the policy:',
      ja: 'deschedulerが{everyMs}ごとに次のポリシーで動作する:',
      about: 'a `DeschedulerPolicy` of `descheduler/v1alpha2`; it evicts through the API, so budgets hold',
      docString: 'policy',
    },
  ],
  play({ everyMs, policy }, { session }) {
    const said = yamlOf(policy);
    const read = readPolicy(said);
    if ('problem' in read) throw wrong('deschedulerPolicy', read);
    const { cluster } = simulationOf(driverOf(session));
    const args = { policy: JSON.stringify(said), intervalMs: String(everyMs) };
    cluster.control.spawn(DESCHEDULER, DESCHEDULER, args, cluster.by);
  },
};
