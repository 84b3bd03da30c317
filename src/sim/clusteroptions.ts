/** What a simulated cluster is created with. */
import type { NodeOptions } from './clusterapi.ts';
import type { ClusterConfig } from './config.ts';
import type { HistoryMode } from './kernel/history.ts';
import type { LatencyName } from './latency.ts';
import type { RunLimits } from './limits.ts';
import type { ClusterParts } from './parts.ts';

/** What a cluster is created with: one seed, one history. */
export interface ClusterOptions {
  seed: string | number;
  nodes: number | NodeOptions[];
  config?: Partial<ClusterConfig>;
  latencies?: Partial<Record<LatencyName, readonly [number, number]>>;
  history?: HistoryMode;
  /** What it is made of; absent: Kubernetes as it comes (`standardParts`). */
  parts?: ClusterParts;
  /** How far it may run; absent: `DEFAULT_LIMITS`. */
  limits?: Partial<RunLimits>;
}
