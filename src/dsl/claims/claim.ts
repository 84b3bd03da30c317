/** What each claim says, as plain data. Its family, in a file of its own, says the rest. */
import type { Answer } from '../../drivers/driver.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import type {
  Count,
  JobState,
  NodeState,
  PodCondition,
  PodState,
  ReplicaState,
  RolloutState,
  Topology,
} from '../phrases/values.ts';
import type { Workload } from '../workload.ts';

export type Claim =
  | ReplicasClaim
  | RolloutClaim
  | WorkloadNodesClaim
  | PodsClaim
  | PodClaim
  | ContainerClaim
  | NodeClaim
  | DrainClaim
  | ConditionClaim
  | FieldClaim
  | PresenceClaim
  | FileClaim
  | VariableClaim
  | BudgetClaim
  | AutoscalerClaim
  | PlacementClaim
  | RequestClaim
  | TrafficClaim
  | OutageClaim
  | EventClaim
  | OutputClaim
  | JobClaim
  | CronJobClaim
  | StartedJobsClaim
  | VolumeClaimClaim
  | AttachmentClaim
  | InvariantClaim;

export interface ReplicasClaim {
  readonly claim: 'replicas';
  readonly workload: Workload;
  readonly count: number;
  readonly of: number;
  readonly state: ReplicaState;
}

export interface RolloutClaim {
  readonly claim: 'rollout';
  readonly workload: Workload;
  readonly is: RolloutState;
}

export interface WorkloadNodesClaim {
  readonly claim: 'workloadNodes';
  readonly workload: Workload;
  readonly nodes: number;
}

export interface PodsClaim {
  readonly claim: 'pods';
  readonly count: Count;
  readonly selector: string;
  readonly state: PodState;
}

export interface PodClaim {
  readonly claim: 'pod';
  readonly pod: string;
  readonly is?: PodCondition;
  readonly on?: string;
}

export interface ContainerClaim {
  readonly claim: 'container';
  readonly container: string;
  readonly pod: string;
  readonly restarts?: number;
  readonly waiting?: string;
  readonly terminated?: string;
  readonly running?: true;
}

export interface NodeClaim {
  readonly claim: 'node';
  readonly node: string;
  readonly is: NodeState | 'cordoned';
}

export interface DrainClaim {
  readonly claim: 'drain';
  readonly node: string;
  readonly finished: boolean;
}

export interface ConditionClaim {
  readonly claim: 'condition';
  readonly kind: string;
  readonly name: string;
  readonly type: string;
  /** `True`, `False`, `Unknown`. */
  readonly status: string;
  readonly reason?: string;
}

export interface FieldClaim {
  readonly claim: 'field';
  /** A JSONPath, with or without the braces and the first dot. */
  readonly path: string;
  readonly kind: string;
  readonly name: string;
  readonly is: string;
}

export interface PresenceClaim {
  readonly claim: 'presence';
  readonly kind: string;
  readonly name: string;
  readonly there: boolean;
}

export interface FileClaim {
  readonly claim: 'file';
  readonly path: string;
  readonly pod: string;
  /** Absent: the Pod's first. */
  readonly container?: string;
  readonly contains?: string;
  /** There is no such file. */
  readonly missing?: true;
}

export interface VariableClaim {
  readonly claim: 'variable';
  readonly variable: string;
  readonly pod: string;
  /** Absent: the Pod's first. */
  readonly container?: string;
  readonly is: string;
}

/** One of what may be said of it, or its state with the reason. */
export interface JobClaim {
  readonly claim: 'job';
  readonly job: string;
  readonly is?: JobState;
  /** Of the condition by which it is so. */
  readonly reason?: string;
  readonly succeeded?: number;
  readonly failed?: number;
  /** Pods that have neither ended nor are being deleted. */
  readonly active?: Count;
  /** As the status lists them: `0,2-4`. */
  readonly succeededIndexes?: string;
  readonly failedIndexes?: string;
  /** From its start to its completion, by its status. */
  readonly tookMs?: Millis;
}

export interface CronJobClaim {
  readonly claim: 'cronJob';
  readonly cronJob: string;
  /** Absent, as all others: that it has ever made a Job. */
  readonly active?: number;
  /** When the last was due: `2026-01-05T09:03:00Z`. */
  readonly last?: string;
}

/** How many Jobs a CronJob has made in a span. */
export interface StartedJobsClaim {
  readonly claim: 'startedJobs';
  readonly cronJob: string;
  readonly started: Count;
}

/** Of a PersistentVolumeClaim. */
export interface VolumeClaimClaim {
  readonly claim: 'volumeClaim';
  readonly volumeClaim: string;
  readonly is?: 'Bound' | 'Pending' | 'Lost';
  /** The volume's name. */
  readonly to?: string;
  readonly reason?: string;
  /** A quantity. */
  readonly capacity?: string;
}

/** Of a volume, by its name or by that of its claim. */
export interface AttachmentClaim {
  readonly claim: 'attachment';
  readonly volume?: string;
  readonly volumeClaim?: string;
  /** Absent: to none. */
  readonly node?: string;
}

export interface BudgetClaim {
  readonly claim: 'budget';
  readonly budget: string;
  /** Absent: that it is honoured. */
  readonly allows?: number;
}

export interface AutoscalerClaim {
  readonly claim: 'autoscaler';
  readonly autoscaler: string;
  readonly replicas: number;
}

export interface PlacementClaim {
  readonly claim: 'placement';
  readonly selector: string;
  readonly topology: Topology;
  /** How many may be in one place; absent: one, since no two share it. */
  readonly atMost?: number;
}

export interface RequestClaim {
  readonly claim: 'request';
  readonly to?: string;
  /** Pod it comes from; absent: from outside the pods. */
  readonly from?: string;
  /** `Name: value`. */
  readonly header?: string;
  readonly answer?: Answer;
  /** How long the answer may take. */
  readonly underMs?: Millis;
  /** Which Pods may answer. */
  readonly by?: string;
  readonly service?: string;
  readonly routes?: number;
  /** At least one ready endpoint, in place of a number. */
  readonly available?: true;
}

export interface TrafficClaim {
  readonly claim: 'traffic';
  readonly atMostFailed?: number;
  readonly atLeastPercent?: number;
}

export interface OutageClaim {
  readonly claim: 'outage';
  readonly atMostInARow?: number;
  readonly underMs?: Millis;
}

export interface EventClaim {
  readonly claim: 'event';
  readonly reason: string;
  readonly kind: string;
  /** One of both. */
  readonly name?: string;
  readonly selector?: string;
  readonly saying?: string;
}

export interface OutputClaim {
  readonly claim: 'output';
  readonly is?: string;
  readonly contains?: string;
  readonly failsWith?: string;
  /** Written as a doc string. */
  readonly block?: true;
}

export interface InvariantClaim {
  readonly claim: 'invariant';
  /** Absent: all. */
  readonly name?: string;
}
