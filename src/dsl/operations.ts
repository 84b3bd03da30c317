/**
 * What a step means, as data. An operation does not know who plays it; it can be stored, replayed with
 * another seed, and printed back as the Gherkin line that makes it (`phrases/`).
 */
import type { Strike } from '../chaos/schedule.ts';
import type { FaultCall } from '../chaos/types.ts';
import type { NodeOptions } from '../sim/cluster.ts';
import type { Millis } from '../sim/kernel/types.ts';
import type { Claim } from './claims/types.ts';

export type WorkloadKind = 'Deployment' | 'ReplicaSet' | 'StatefulSet' | 'DaemonSet' | 'Job';

export interface Workload {
  readonly kind: WorkloadKind;
  /** `name` or `namespace/name`. */
  readonly name: string;
}

/** When a claim must hold. */
export interface Moment {
  readonly mode: 'now' | 'within' | 'eventually' | 'for' | 'every' | 'never' | 'sometimes';
  /** Of `within` and `for`. */
  readonly durationMs?: Millis;
  /** Name of a marked moment from which it counts. */
  readonly since?: string;
}

export const NOW: Moment = { mode: 'now' };

export type Operation =
  | { readonly op: 'cluster'; readonly nodes: number }
  | { readonly op: 'clusterOf'; readonly nodes: readonly NodeOptions[] }
  | { readonly op: 'anyCluster'; readonly min: number; readonly max: number }
  | { readonly op: 'namespace'; readonly name: string }
  | { readonly op: 'manifest'; readonly text: string }
  | { readonly op: 'manifestsIn'; readonly path: string }
  | { readonly op: 'image'; readonly image: string; readonly behaviour: string }
  | { readonly op: 'setting'; readonly name: string; readonly value: string }
  | { readonly op: 'everyPodReady' }
  | { readonly op: 'settled' }
  | { readonly op: 'client'; readonly perSecond: number; readonly url: string }
  | { readonly op: 'moment'; readonly name: string }
  | { readonly op: 'kubectl'; readonly lines: readonly string[] }
  | { readonly op: 'pass'; readonly durationMs: Millis }
  | {
      readonly op: 'exec';
      readonly command: string;
      readonly pod?: string;
      readonly container?: string;
      readonly selector?: string;
    }
  | { readonly op: 'scale'; readonly workload: Workload; readonly replicas: number }
  | { readonly op: 'setImage'; readonly workload: Workload; readonly image: string }
  | { readonly op: 'rollback'; readonly workload: Workload }
  | { readonly op: 'eachNodeInTurn' }
  | {
      readonly op: 'anyFaults';
      readonly min: number;
      readonly max: number;
      readonly withinMs: Millis;
      readonly of: 'all' | 'voluntary' | readonly string[];
    }
  | { readonly op: 'fault'; readonly fault: FaultCall }
  /** A schedule; it takes until its last fault has struck and those that say for how long are over. */
  | { readonly op: 'faults'; readonly strikes: readonly Strike[] }
  /** The schedule of a file. */
  | { readonly op: 'faultsIn'; readonly path: string }
  /** Undoes what is on: all of it, or faults of one kind. */
  | { readonly op: 'heal'; readonly kind?: string }
  /**
   * From here on everything left to chance is drawn from another seed: one run branches off from another that
   * it shares a beginning with.
   */
  | { readonly op: 'seed'; readonly seed: string }
  | { readonly op: 'assert'; readonly moment: Moment; readonly claim: Claim };

export type OperationName = Operation['op'];
export type OperationOf<N extends OperationName> = Extract<Operation, { op: N }>;
