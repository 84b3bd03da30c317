import { FIXED_SETTINGS } from '../../sim/config.ts';
import { wrong } from '../errors.ts';
import { simulationOf } from '../capabilities.ts';
import { parseSetting } from '../settings.ts';
import type { OperationFamily } from '../types.ts';
import type { SettingOperation } from './operation.ts';

export const setting: OperationFamily<SettingOperation> = {
  op: 'setting',
  role: 'scene',
  needs: () => 'simulation',
  keyword: 'Given',
  phrases: [
    {
      en: 'cluster setting {string:name} is {string:value}',
      ja: 'クラスター設定{name}は{value}である',
      about:
        'a flag of a component by its name (`nodeMonitorGracePeriod` is `40s`), or a latency (`imagePull` ' +
        'is `3s`, or `1s to 5s`)',
    },
    {
      en: 'a load balancer with addresses {string:value}',
      ja: '{value}のアドレスを割り当てるロードバランサー',
      about:
        'Services of type LoadBalancer are given one each: `172.18.255.200-172.18.255.250`, or ' +
        '`192.0.2.0/28`. Said before the cluster; without it they wait for an address',
      fixed: { name: 'loadBalancerAddresses' },
    },
  ],
  play({ name, value }, { session }) {
    const parsed = parseSetting(name, value);
    const simulation = session.driver === undefined ? undefined : simulationOf(session.driver);
    if ('strictSimulation' in parsed) session.strictSimulation = parsed.strictSimulation;
    else if ('latency' in parsed) {
      session.latencies.set(parsed.latency, parsed.bounds);
      simulation?.setLatency(parsed.latency, parsed.bounds);
    } else {
      if (session.driver !== undefined && FIXED_SETTINGS.includes(parsed.config))
        throw wrong('settingFixed', { name });
      (session.settings as Record<string, unknown>)[parsed.config] = parsed.value;
      simulation?.setConfig(parsed.config, parsed.value as never);
    }
  },
};
