/**
 * Flags of the cluster autoscaler, with the names and defaults of its release 1.36
 * (cluster-autoscaler/config/flags/flags.go and config/const.go of github.com/kubernetes/autoscaler).
 */
import type { Millis } from '../kernel/types.ts';

/** How many nodes a group may have. */
export interface GroupBounds {
  readonly name: string;
  readonly min: number;
  readonly max: number;
}

export interface AutoscalerOptions {
  readonly groups: readonly GroupBounds[];
  /** By which a group is chosen among those that help, one after the other; among equals chance decides. */
  readonly expanders: readonly string[];
  readonly scanIntervalMs: Millis;
  readonly newPodScaleUpDelayMs: Millis;
  /** 0: without limit. */
  readonly maxNodesTotal: number;
  readonly maxNodeProvisionMs: Millis;
  readonly initialBackoffMs: Millis;
  readonly maxBackoffMs: Millis;
  readonly backoffResetMs: Millis;
  readonly scaleDown: boolean;
  readonly utilizationThreshold: number;
  readonly unneededMs: Millis;
  readonly unreadyMs: Millis;
  readonly delayAfterAddMs: Millis;
  readonly delayAfterDeleteMs: Millis;
  readonly delayAfterFailureMs: Millis;
  readonly unremovableRecheckMs: Millis;
  readonly ignoreDaemonSets: boolean;
  readonly skipSystemPods: boolean;
  readonly systemPodsBlockMs: Millis;
  readonly skipLocalStorage: boolean;
  readonly skipCustomControllers: boolean;
  readonly minReplicas: number;
  readonly expendablePriority: number;
  readonly maxParallel: number;
  readonly maxDrains: number;
  readonly maxGracefulTerminationMs: Millis;
  readonly maxPodEvictionMs: Millis;
  readonly deleteDelayMs: Millis;
}

const EXPANDERS = ['least-waste', 'random', 'most-pods', 'least-nodes'];

/** A flag: what it sets, and its default, whose form is the flag's: `10m`, `0.5`, `true`. */
const FLAGS: Readonly<Record<string, readonly [option: keyof AutoscalerOptions, usual: string]>> = {
  expander: ['expanders', 'least-waste'],
  'scan-interval': ['scanIntervalMs', '10s'],
  'new-pod-scale-up-delay': ['newPodScaleUpDelayMs', '0s'],
  'max-nodes-total': ['maxNodesTotal', '0'],
  'max-node-provision-time': ['maxNodeProvisionMs', '15m'],
  'initial-node-group-backoff-duration': ['initialBackoffMs', '5m'],
  'max-node-group-backoff-duration': ['maxBackoffMs', '30m'],
  'node-group-backoff-reset-timeout': ['backoffResetMs', '3h'],
  'scale-down-enabled': ['scaleDown', 'true'],
  'scale-down-utilization-threshold': ['utilizationThreshold', '0.5'],
  'scale-down-unneeded-time': ['unneededMs', '10m'],
  'scale-down-unready-time': ['unreadyMs', '20m'],
  'scale-down-delay-after-add': ['delayAfterAddMs', '10m'],
  'scale-down-delay-after-delete': ['delayAfterDeleteMs', '0s'],
  'scale-down-delay-after-failure': ['delayAfterFailureMs', '3m'],
  'unremovable-node-recheck-timeout': ['unremovableRecheckMs', '5m'],
  'ignore-daemonsets-utilization': ['ignoreDaemonSets', 'false'],
  'skip-nodes-with-system-pods': ['skipSystemPods', 'true'],
  'blocking-system-pod-distruption-timeout': ['systemPodsBlockMs', '1h'],
  'skip-nodes-with-local-storage': ['skipLocalStorage', 'true'],
  'skip-nodes-with-custom-controller-pods': ['skipCustomControllers', 'true'],
  'min-replica-count': ['minReplicas', '0'],
  'expendable-pods-priority-cutoff': ['expendablePriority', '-10'],
  'max-scale-down-parallelism': ['maxParallel', '10'],
  'max-drain-parallelism': ['maxDrains', '1'],
  'max-graceful-termination-sec': ['maxGracefulTerminationMs', '600'],
  'max-pod-eviction-time': ['maxPodEvictionMs', '2m'],
  'node-delete-delay-after-taint': ['deleteDelayMs', '5s'],
};

/** Flags that change nothing in a simulated cluster: how it is reached, how much it logs, who leads. */
const ELSEWHERE =
  /^(?:v|logtostderr|alsologtostderr|stderrthreshold|cloud-provider|cloud-config|cluster-name|namespace|node-group-auto-discovery|kubeconfig|address|leader-elect.*|profiling|write-status-configmap|balance-similar-node-groups|enforce-node-group-min-size)$/;

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Go's durations: `1h30m`; undefined for what is none. */
function durationMs(text: string): Millis | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|[smh]))+$/.test(text)) return undefined;
  return [...text.matchAll(/(\d+(?:\.\d+)?)(ms|[smh])/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * UNIT_MS[unit!]!,
    0,
  );
}

/** A value in the form of a flag's default; undefined: it has another. */
function valueIn(usual: string, option: string, text: string): unknown {
  if (option === 'expanders') {
    const names = text.split(',');
    return names.every((name) => EXPANDERS.includes(name)) ? names : undefined;
  }
  if (usual === 'true' || usual === 'false')
    return text === 'true' ? true : text === 'false' ? false : undefined;
  if (/[smh]$/.test(usual)) return durationMs(text);
  if (!/^-?\d+(?:\.\d+)?$/.test(text)) return undefined;
  return Number(text) * (option.endsWith('Ms') ? 1000 : 1);
}

export interface ReadFlags {
  readonly options: AutoscalerOptions;
  /** Words that are no flag of it, or have a value that it refuses. */
  readonly refused: readonly string[];
}

/**
 * @param words `--nodes=1:5:workers`, `--expander=random`, in any number
 * @example readFlags(['--nodes=1:5:node']).options.groups // [{ name: 'node', min: 1, max: 5 }]
 */
export function readFlags(words: readonly string[]): ReadFlags {
  const refused: string[] = [];
  const groups: GroupBounds[] = [];
  const options: Record<string, unknown> = {};
  for (const [option, usual] of Object.values(FLAGS)) options[option] = valueIn(usual, option, usual);
  for (const word of words) {
    const [, name = '', text = 'true'] = /^--?([a-z-]+)(?:=(.*))?$/.exec(word) ?? [];
    const bounds = /^(\d+):(\d+):(.+)$/.exec(text);
    if (name === 'nodes' && bounds !== null && Number(bounds[1]) <= Number(bounds[2]))
      groups.push({ name: bounds[3]!, min: Number(bounds[1]), max: Number(bounds[2]) });
    else if (Object.hasOwn(FLAGS, name)) {
      const [option, usual] = FLAGS[name]!;
      const value = valueIn(usual, option, text);
      if (value === undefined) refused.push(word);
      else options[option] = value;
    } else if (!ELSEWHERE.test(name)) refused.push(word);
  }
  return { options: { ...(options as unknown as AutoscalerOptions), groups }, refused };
}

/** The words of a line of flags. */
export const wordsOf = (line: string): string[] => line.split(/\s+/).filter((word) => word !== '');
