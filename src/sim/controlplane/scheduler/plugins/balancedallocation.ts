/**
 * Prefers nodes on which CPU and memory would be used evenly.
 * Models pkg/scheduler/framework/plugins/noderesources/balanced_allocation.go; best-effort pods are not
 * scored.
 */
import { MAX_NODE_SCORE, type Plugin } from '../framework.ts';

const NAME = 'NodeResourcesBalancedAllocation';

export const balancedAllocation: Plugin = {
  name: NAME,
  sign: (cycle) => cycle.requests,
  preScore: (cycle) => (cycle.requests.bestEffort ? 'skip' : undefined),
  score(cycle, info) {
    const { requests } = cycle.requests;
    const { milliCPU, memory } = info.allocatable;
    if (milliCPU === 0 || memory === 0) return MAX_NODE_SCORE;
    const cpu = Math.min(1, (info.milliCPU + requests.milliCPU) / milliCPU);
    const mem = Math.min(1, (info.memory + requests.memory) / memory);
    return Math.trunc((1 - Math.abs((cpu - mem) / 2)) * MAX_NODE_SCORE);
  },
};
