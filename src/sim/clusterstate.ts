/** Everything about a cluster that is state; the rest is behaviour and what can be derived. */
import type { ServerState } from './api/server.ts';
import type { Watcher } from './api/watch.ts';
import type { ClusterConfig } from './config.ts';
import type { LatencyTable } from './latency.ts';
import type { World } from './node/world.ts';

export interface ClusterState {
  readonly server: ServerState;
  /** By process. */
  readonly watchers: Map<string, Watcher>;
  readonly world: World;
  readonly config: ClusterConfig;
  readonly latencies: LatencyTable;
}
