/**
 * Prefers nodes on which CPU and memory would be used evenly.
 * Models pkg/scheduler/framework/plugins/noderesources/balanced_allocation.go; best-effort pods are not
 * scored.
 */
import { MAX_NODE_SCORE, type Cycle, type Plugin } from '../framework.ts';
import type { NodeInfo } from '../nodeinfo.ts';

const NAME = 'NodeResourcesBalancedAllocation';

/** See `balanceCountsDefaults` of the cluster's former behaviour. */
function formerScore({ requests }: Cycle, { allocatable, nonZeroMilliCPU, nonZeroMemory }: NodeInfo): number {
  const { milliCPU, memory } = allocatable;
  const cpu = milliCPU === 0 ? 1 : (nonZeroMilliCPU + requests.nonZeroMilliCPU) / milliCPU;
  const mem = memory === 0 ? 1 : (nonZeroMemory + requests.nonZeroMemory) / memory;
  return cpu >= 1 || mem >= 1 ? 0 : Math.trunc((1 - Math.abs(cpu - mem)) * MAX_NODE_SCORE);
}

export const balancedAllocation: Plugin = {
  name: NAME,
  sign: (cycle) => cycle.requests,
  preScore: (cycle) =>
    cycle.requests.bestEffort && !cycle.formerly.balanceCountsDefaults ? 'skip' : undefined,
  score(cycle, info) {
    if (cycle.formerly.balanceCountsDefaults) return formerScore(cycle, info);
    const { requests } = cycle.requests;
    const { milliCPU, memory } = info.allocatable;
    if (milliCPU === 0 || memory === 0) return MAX_NODE_SCORE;
    const cpu = Math.min(1, (info.milliCPU + requests.milliCPU) / milliCPU);
    const mem = Math.min(1, (info.memory + requests.memory) / memory);
    return Math.trunc((1 - Math.abs((cpu - mem) / 2)) * MAX_NODE_SCORE);
  },
};
