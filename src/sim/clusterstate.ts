/** Everything about a cluster that is state; the rest is behaviour and what can be derived. */
import type { AddedResource } from './api/resources/registry.ts';
import type { ServerState } from './api/server.ts';
import type { Watcher } from './api/watch.ts';
import type { ClusterConfig } from './config.ts';
import type { Cells } from './kernel/fork.ts';
import type { LatencyTable } from './latency.ts';
import type { World } from './node/world.ts';

export interface ClusterState {
  /** Resources added beside those in code, by group resource. */
  readonly resources: Map<string, AddedResource>;
  readonly server: ServerState;
  /** By process. */
  readonly watchers: Cells<string, Watcher>;
  readonly world: World;
  readonly config: ClusterConfig;
  /** Replaced when one of them is set: forks share it. */
  latencies: LatencyTable;
}
