/** What one Pod's attempt begins with. Models pkg/scheduler/framework/cycle_state.go. */
import type { Pod } from '../../api/types.ts';
import type { FormerBehaviour } from '../../config.ts';
import type { SchedulerCache } from './cache.ts';
import type { Cycle, Lookups, Plugin } from './framework.ts';
import { podRequests } from './requests.ts';
import { snapshotOf } from './snapshot.ts';
import type { Bug } from '../../planted.ts';

const TODAY: FormerBehaviour = {};

export const newCycle = (
  pod: Pod,
  cache: SchedulerCache,
  lookups: Lookups,
  formerly: FormerBehaviour = TODAY,
  planted?: Bug,
): Cycle => ({
  pod,
  requests: podRequests(pod),
  cache,
  nodes: snapshotOf(cache).nodes,
  lookups,
  formerly,
  planted,
  filterState: new Map(),
  scoreState: new Map(),
  skipFilter: new Set(),
});

/** A copy on which pods may be added to and removed from nodes. */
export function cloneCycle(cycle: Cycle, plugins: readonly Plugin[]): Cycle {
  const filterState = new Map(cycle.filterState);
  for (const plugin of plugins) {
    const state = filterState.get(plugin.name);
    if (state !== undefined && plugin.cloneState !== undefined)
      filterState.set(plugin.name, plugin.cloneState(state));
  }
  return { ...cycle, filterState, scoreState: new Map() };
}
