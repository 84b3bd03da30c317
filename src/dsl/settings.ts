/**
 * `cluster setting "nodeMonitorGracePeriod" is "40s"`: flags of the components by name, and latencies
 * (`nodeBoot` is `20s`, or `15s to 25s`).
 */
import { wrong } from './errors.ts';
import { DEFAULT_CONFIG, SETTING_BOUNDS, type ClusterConfig } from '../sim/config.ts';
import { readFlags, wordsOf } from '../sim/clusterautoscaler/options.ts';
import { LATENCIES, type LatencyName } from '../sim/latency.ts';
import { parsePool } from '../sim/api/addresspool.ts';
import { parseDuration, printDuration } from '../chaos/duration.ts';

export type Setting =
  | { readonly config: keyof ClusterConfig; readonly value: number | string | boolean }
  | { readonly strictSimulation: boolean }
  | { readonly latency: LatencyName; readonly bounds: readonly [number, number] };

const KEYS = Object.keys(DEFAULT_CONFIG) as (keyof ClusterConfig)[];
/** Of the scenario, not of a component: as the step `strict simulation`. */
const STRICT = 'strictSimulation';
const plain = (key: string): string => key.replace(/(?:Ms|Seconds)$/, '');

function durationOf(name: string, value: string): number {
  const ms = parseDuration(value);
  if (ms === undefined) throw wrong('settingDuration', { name, value });
  return ms;
}

/** @throws InputError */
function booleanOf(name: string, value: string): boolean {
  if (value !== 'true' && value !== 'false') throw wrong('settingBoolean', { name, value });
  return value === 'true';
}

/** @throws InputError for a number that no cluster can run with */
function within(config: keyof ClusterConfig, name: string, value: number, given: string): number {
  const [least, most] = SETTING_BOUNDS[config] ?? [0, Number.MAX_SAFE_INTEGER];
  if (value >= least && value <= most) return value;
  const print = (n: number): string =>
    config.endsWith('Ms') ? printDuration(n).replace(/ ([hms])[a-z]+$/, '$1') : String(n);
  throw wrong('settingBounds', { name, least: print(least), most: print(most), value: given });
}

/** @throws InputError for a name that is no setting or a value of the wrong form */
export function parseSetting(name: string, value: string): Setting {
  const latency = Object.hasOwn(LATENCIES, name) ? (name as LatencyName) : undefined;
  if (latency !== undefined) {
    const [low, high] = value.split(/ to |-/).map((part) => durationOf(name, part));
    if (high !== undefined && high < low!) throw wrong('settingRange', { name, value });
    return { latency, bounds: [low!, high ?? low!] };
  }
  if (name === STRICT) return { strictSimulation: booleanOf(name, value) };
  const config = KEYS.find((k) => k === name || plain(k) === name);
  if (config === undefined) {
    throw wrong('noSetting', { name, others: [...KEYS.map(plain), STRICT, ...Object.keys(LATENCIES)] });
  }
  if (config.endsWith('Ms')) return { config, value: within(config, name, durationOf(name, value), value) };
  if (config.endsWith('Seconds')) {
    const seconds = /^\d+$/.test(value) ? Number(value) : durationOf(name, value) / 1000;
    return { config, value: within(config, name, seconds, value) };
  }
  if (config === 'loadBalancerAddresses') {
    if (parsePool(value) === undefined) throw wrong('settingPool', { name, value });
    return { config, value };
  }
  if (config === 'clusterAutoscaler') {
    const [refused] = readFlags(wordsOf(value)).refused;
    if (refused !== undefined) throw wrong('settingFlag', { name, flag: refused });
    return { config, value };
  }
  if (config.startsWith('podSecurityExempt')) return { config, value };
  if (typeof DEFAULT_CONFIG[config] === 'string') {
    if (!/^\d{1,3}\.\d{1,3}$/.test(value) || value.split('.').some((octet) => Number(octet) > 255))
      throw wrong('settingSubnet', { name, example: String(DEFAULT_CONFIG[config]), value });
    return { config, value };
  }
  if (typeof DEFAULT_CONFIG[config] === 'boolean') {
    return { config, value: booleanOf(name, value) };
  }
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number)) throw wrong('settingNumber', { name, value });
  return { config, value: within(config, name, number, value) };
}
