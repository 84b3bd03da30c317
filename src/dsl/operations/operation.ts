/**
 * What each operation says, as plain data. An operation does not know who plays it; it can be stored,
 * replayed with another seed, and printed back as the Gherkin line that makes it. Its family, in a file of
 * its own, says the rest.
 */
import type { Drawn, Strike } from '../../chaos/schedule.ts';
import type { FaultCall } from '../../chaos/types.ts';
import type { NodeOptions } from '../../sim/cluster.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import type { Claim } from '../claims/claim.ts';
import type { Moment } from '../moment.ts';
import type { Target } from '../phrases/targets.ts';
import type { Workload } from '../workload.ts';

/**
 * A step as data: it can be stored, sent, played with another seed, and printed as the line that makes it.
 */
export type Operation =
  | ClusterOperation
  | ClusterOfOperation
  | AnyClusterOperation
  | NamespaceOperation
  | NodeGroupOperation
  | DeschedulerOperation
  | UserOperation
  | SkipUnsupportedOperation
  | StrictSimulationOperation
  | ManifestOperation
  | ManifestsInOperation
  | ImageOperation
  | WebhookOperation
  | ConversionOperation
  | SettingOperation
  | EveryPodReadyOperation
  | SettledOperation
  | ClientOperation
  | MetricOperation
  | MomentOperation
  | SeedOperation
  | KubectlOperation
  | PassOperation
  | UntilOperation
  | ExecOperation
  | ScaleOperation
  | SetImageOperation
  | RollbackOperation
  | AnyFaultsOperation
  | FaultOperation
  | FaultsOperation
  | FaultsInOperation
  | HealOperation
  | EachNodeInTurnOperation
  | StartDrainOperation
  | RefusedOperation
  | AssertOperation;

export type OperationName = Operation['op'];

export type OperationOf<N extends OperationName> = Extract<Operation, { op: N }>;

/** A cluster of nodes `node-1`, `node-2`, …, all alike; beside them those that run its control plane. */
export interface ClusterOperation {
  readonly op: 'cluster';
  readonly nodes: number;
  /** It comes with one. */
  readonly ingressController?: true;
  readonly gatewayController?: true;
  readonly clusterAutoscaler?: true;
  /** How many, `control-plane-1`, …; absent: its control plane is on no node. */
  readonly controlPlane?: number;
}

/** A cluster of these nodes. */
export interface ClusterOfOperation {
  readonly op: 'clusterOf';
  readonly nodes: readonly NodeOptions[];
  /** It comes with one. */
  readonly ingressController?: true;
  readonly gatewayController?: true;
}

/** Any number of nodes between two. */
export interface AnyClusterOperation {
  readonly op: 'anyCluster';
  readonly min: number;
  readonly max: number;
}

/** The namespace of names that carry none, made where there is none such. */
/** Machines alike, of which the cluster autoscaler asks for as many as are needed. */
export interface NodeGroupOperation {
  readonly op: 'nodeGroup';
  /** Its machines are called by it, a dash and a number. */
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** What one is like; absent: as those that there are, or a small one. */
  readonly node?: Omit<NodeOptions, 'name'>;
}

/** A descheduler, beside the cluster. */
export interface DeschedulerOperation {
  readonly op: 'descheduler';
  readonly everyMs: Millis;
  /** A DeschedulerPolicy in YAML. */
  readonly policy: string;
}

export interface NamespaceOperation {
  readonly op: 'namespace';
  readonly name: string;
}

/** A user has a certificate from here on. */
export interface UserOperation {
  readonly op: 'user';
  readonly name: string;
  readonly groups: readonly string[];
}

/** From here on documents of kinds that are not simulated are left out of manifests. */
export interface SkipUnsupportedOperation {
  readonly op: 'skipUnsupported';
}

/** From here on nothing may be taken as given. */
export interface StrictSimulationOperation {
  readonly op: 'strictSimulation';
}

/** Manifests in YAML or JSON, applied. */
export interface ManifestOperation {
  readonly op: 'manifest';
  readonly text: string;
}

/** Manifests of a file or a folder, applied. */
export interface ManifestsInOperation {
  readonly op: 'manifestsIn';
  /** From the feature's own folder. */
  readonly path: string;
}

/** What containers of an image do, in YAML. */
export interface ImageOperation {
  readonly op: 'image';
  readonly image: string;
  readonly behaviour: string;
}

/** What an admission webhook answers: as YAML says, one refusal, or (neither) that it lets all through. */
export interface WebhookOperation {
  readonly op: 'webhook';
  readonly webhook: string;
  readonly behaviour?: string;
  readonly denies?: string;
}

/** What the conversion webhook of a definition makes of its objects. */
export interface ConversionOperation {
  readonly op: 'conversion';
  readonly definition: string;
  readonly behaviour: string;
}

/** A flag of a component, or a latency. */
export interface SettingOperation {
  readonly op: 'setting';
  readonly name: string;
  readonly value: string;
}

/** Time passes until every Pod is Ready. */
export interface EveryPodReadyOperation {
  readonly op: 'everyPodReady';
}

/** Time passes until nothing but time-outs is pending. */
export interface SettledOperation {
  readonly op: 'settled';
}

/** A client outside of the Pods that sends requests at a constant rate until the scenario ends. */
export interface ClientOperation {
  readonly op: 'client';
  readonly perSecond: number;
  readonly url: string;
  /** One connection stays open from request to request. */
  readonly keepAlive?: true;
  /** How often it sends again what failed; absent: never. */
  readonly retries?: number;
  /** How long it waits for an answer; absent: 10 s. */
  readonly timeoutMs?: Millis;
}

/** A metric has a value from now on: of an object, or of itself and of any Pod. */
export interface MetricOperation {
  readonly op: 'metric';
  readonly metric: string;
  /** A quantity. */
  readonly value: string;
  readonly kind?: string;
  readonly name?: string;
}

/** Marks now, for claims `since "…"`. */
export interface MomentOperation {
  readonly op: 'moment';
  readonly name: string;
}

/**
 * From here on everything left to chance is drawn from another seed: one run branches off from another that
 * it shares a beginning with.
 */
export interface SeedOperation {
  readonly op: 'seed';
  readonly seed: string;
}

/** Lines as the operator types them, `kubectl` in front or not. */
export interface KubectlOperation {
  readonly op: 'kubectl';
  readonly lines: readonly string[];
  /** Whose kubectl it is; absent: the administrator's. */
  readonly user?: string;
}

/** Time passes. */
export interface PassOperation {
  readonly op: 'pass';
  readonly durationMs: Millis;
}

/** Time passes until a moment of the clock: `2026-01-05T10:59:30Z`. */
export interface UntilOperation {
  readonly op: 'until';
  readonly time: string;
}

/** A command in a container: of a Pod by its name, or of one of those that match. */
export interface ExecOperation {
  readonly op: 'exec';
  readonly command: string;
  readonly pod?: string;
  readonly container?: string;
  readonly selector?: string;
}

/** A workload gets another number of replicas. */
export interface ScaleOperation {
  readonly op: 'scale';
  readonly workload: Workload;
  readonly replicas: number;
}

/** The image of a workload's one container is changed. */
export interface SetImageOperation {
  readonly op: 'setImage';
  readonly workload: Workload;
  readonly image: string;
}

/** A workload goes back to its revision before. */
export interface RollbackOperation {
  readonly op: 'rollback';
  readonly workload: Workload;
}

/** Any faults, so many, at any times within a time. */
export interface AnyFaultsOperation {
  readonly op: 'anyFaults';
  readonly min: number;
  readonly max: number;
  readonly withinMs: Millis;
  /** Of the whole catalogue, of voluntary disruptions, or of these kinds; of calls, what they leave out. */
  readonly of: 'all' | 'voluntary' | readonly Drawn[];
}

/** A fault of the catalogue strikes. Most of its phrases are the faults' own, in `src/chaos`. */
export interface FaultOperation {
  readonly op: 'fault';
  readonly fault: FaultCall;
}

/** A schedule; it takes until its last fault has struck and those that say for how long are over. */
export interface FaultsOperation {
  readonly op: 'faults';
  readonly strikes: readonly Strike[];
}

/** The schedule of a file. */
export interface FaultsInOperation {
  readonly op: 'faultsIn';
  /** From the feature's own folder. */
  readonly path: string;
}

/** Undoes what is on: all of it, or faults of one kind. */
export interface HealOperation {
  readonly op: 'heal';
  readonly kind?: string;
}

/** Drain, reboot, wait until the node is back and Ready, uncordon: node after node, by their names. */
export interface EachNodeInTurnOperation {
  readonly op: 'eachNodeInTurn';
}

/** Nodes are drained, and nobody waits for that: the drain goes on while time passes, for ever if it must. */
export interface StartDrainOperation {
  readonly op: 'startDrain';
  readonly target: Target;
}

/** Manifests that must be refused when they are applied; those before the refused one are applied. */
export interface RefusedOperation {
  readonly op: 'refused';
  /** Manifests in YAML or JSON, or where they are. */
  readonly text?: string;
  readonly path?: string;
  /** A part of what kubectl says. */
  readonly saying: string;
}

/** A claim, and when it must hold. Its phrases are the claims' own. */
export interface AssertOperation {
  readonly op: 'assert';
  readonly moment: Moment;
  readonly claim: Claim;
}
