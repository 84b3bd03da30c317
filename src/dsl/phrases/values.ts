/** What the places of sentences hold, beside durations and names. */

export interface Count {
  readonly bound: 'exactly' | 'at least' | 'at most';
  readonly count: number;
}

export type ReplicaState = 'available' | 'ready' | 'updated';

export type PodState = 'ready' | 'available' | 'running' | 'pending' | 'failed' | 'terminating' | 'serving';

export type PodCondition = 'running' | 'pending' | 'ready' | 'not ready' | 'succeeded' | 'failed' | 'gone';

export type NodeState = 'ready' | 'not ready' | 'unknown';

export type Topology = 'node' | 'zone';

/** `under way`: neither over nor suspended. */
export type JobState = 'complete' | 'failed' | 'suspended' | 'under way';

export type RolloutState = 'complete' | 'progressing' | 'stuck';
