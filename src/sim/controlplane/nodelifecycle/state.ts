/**
 * What the node life cycle controller remembers; lost when the controller manager restarts, as upstream's is.
 */
import type { Millis } from '../../kernel/types.ts';
import type { NodeHealth } from './health.ts';
import type { Tainter, ZoneState } from './zones.ts';

export interface NodeLifecycleState {
  /** Where the grids of ticks and of NoExecute passes begin. */
  tickOffsetMs: Millis;
  passOffsetMs: Millis;
  /** When the next tick is due; NEVER for none. */
  tickAt: Millis;
  /** The last tick; NEVER for none. */
  lastTick: Millis;
  /** Name to uid of the nodes of the last tick. */
  known: Map<string, string>;
  health: Map<string, NodeHealth>;
  /** When a node's kubelet last posted a status. */
  postedAt: Map<string, Millis>;
  zoneStates: Map<string, ZoneState>;
  tainters: Map<string, Tainter>;
  /** Nodes whose pods could not all be marked. */
  retry: Set<string>;
}

export const SOURCE = { source: 'node-controller' };
