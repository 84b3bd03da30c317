/**
 * Prefers nodes on which CPU and memory would be used evenly.
 * Models pkg/scheduler/framework/plugins/noderesources/balanced_allocation.go; best-effort pods are not scored.
 */
import { MAX_NODE_SCORE, type Plugin } from '../framework.ts';
import { allocatableOf, podRequests } from '../requests.ts';

const NAME = 'NodeResourcesBalancedAllocation';

export const balancedAllocation: Plugin = {
  name: NAME,
  preScore: (cycle) => (podRequests(cycle.pod).bestEffort ? 'skip' : undefined),
  score(cycle, info) {
    const { requests } = podRequests(cycle.pod);
    const { milliCPU, memory } = allocatableOf(info.node);
    if (milliCPU === 0 || memory === 0) return MAX_NODE_SCORE;
    const cpu = Math.min(1, (info.milliCPU + requests.milliCPU) / milliCPU);
    const mem = Math.min(1, (info.memory + requests.memory) / memory);
    return Math.trunc((1 - Math.abs((cpu - mem) / 2)) * MAX_NODE_SCORE);
  },
};
