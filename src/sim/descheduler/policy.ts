/**
 * The policy of a descheduler, `descheduler/v1alpha2`: pkg/api/v1alpha2/types.go of
 * github.com/kubernetes-sigs/descheduler, read from what its YAML says.
 */
import type { LabelSelector } from '../api/types.ts';

/** What a plugin is told: its arguments as the policy has them. */
export type PluginArgs = Readonly<Record<string, unknown>>;

export interface Profile {
  readonly name: string;
  /** In the order in which they run: those that deschedule, then those that balance. */
  readonly plugins: readonly string[];
  /** By plugin. */
  readonly args: Readonly<Record<string, PluginArgs>>;
}

export interface Policy {
  readonly nodeSelector?: string;
  readonly maxPerNode?: number;
  readonly maxPerNamespace?: number;
  readonly maxTotal?: number;
  readonly profiles: readonly Profile[];
}

/** Plugins by the point at which they run. */
const POINTS: Readonly<Record<'deschedule' | 'balance', readonly string[]>> = {
  deschedule: [
    'PodLifeTime',
    'RemoveFailedPods',
    'RemovePodsHavingTooManyRestarts',
    'RemovePodsViolatingInterPodAntiAffinity',
    'RemovePodsViolatingNodeAffinity',
    'RemovePodsViolatingNodeTaints',
  ],
  balance: [
    'HighNodeUtilization',
    'LowNodeUtilization',
    'RemoveDuplicates',
    'RemovePodsViolatingTopologySpreadConstraint',
  ],
};

/** Of every profile, whether it names it or not. */
const EVICTOR = 'DefaultEvictor';

type Json = Readonly<Record<string, unknown>>;
const asObject = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const numberAt = (json: Json, key: string): number | undefined =>
  typeof json[key] === 'number' ? json[key] : undefined;

function profileOf(json: Json, problems: string[]): Profile {
  const args: Record<string, PluginArgs> = {};
  const known = [...POINTS.deschedule, ...POINTS.balance, EVICTOR];
  for (const entry of asList(json['pluginConfig']).map(asObject)) {
    const name = String(entry['name'] ?? '');
    if (known.includes(name)) args[name] = asObject(entry['args']);
    else problems.push(`no plugin is called "${name}": there are ${known.join(', ')}`);
  }
  const plugins: string[] = [];
  for (const point of ['deschedule', 'balance'] as const) {
    const enabled = asList(asObject(asObject(json['plugins'])[point])['enabled']).map(String);
    for (const name of enabled)
      if (POINTS[point].includes(name)) plugins.push(name);
      else problems.push(`${point} has no plugin "${name}": it has ${POINTS[point].join(', ')}`);
  }
  return { name: String(json['name'] ?? ''), plugins, args };
}

/**
 * @param said what the YAML says. @returns the policy, or what is wrong with it
 * @example
 * readPolicy({ apiVersion: 'descheduler/v1alpha2', kind: 'DeschedulerPolicy', profiles: [
 *   { name: 'p', plugins: { balance: { enabled: ['RemoveDuplicates'] } } } ] })
 */
export function readPolicy(said: unknown): { readonly policy: Policy } | { readonly problem: string } {
  const json = asObject(said);
  const { apiVersion, kind } = json;
  if (apiVersion !== 'descheduler/v1alpha2' || kind !== 'DeschedulerPolicy')
    return {
      problem:
        `a policy is a DeschedulerPolicy of descheduler/v1alpha2, not a ${String(kind ?? 'document')} of ` +
        String(apiVersion ?? 'no version'),
    };
  const problems: string[] = [];
  const profiles = asList(json['profiles']).map((profile) => profileOf(asObject(profile), problems));
  if (profiles.every(({ plugins }) => plugins.length === 0) && problems.length === 0)
    problems.push('no profile enables a plugin');
  const limits = {
    nodeSelector: typeof json['nodeSelector'] === 'string' ? json['nodeSelector'] : undefined,
    maxPerNode: numberAt(json, 'maxNoOfPodsToEvictPerNode'),
    maxPerNamespace: numberAt(json, 'maxNoOfPodsToEvictPerNamespace'),
    maxTotal: numberAt(json, 'maxNoOfPodsToEvictTotal'),
  };
  const [problem] = problems;
  if (problem !== undefined) return { problem };
  const given = Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
  return { policy: { ...given, profiles } };
}

/** What plugins may be told alike: which namespaces, and which Pods. */
export interface CommonArgs {
  readonly namespaces?: { readonly include?: readonly string[]; readonly exclude?: readonly string[] };
  readonly labelSelector?: LabelSelector;
}
