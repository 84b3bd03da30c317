export type WorkloadKind = 'Deployment' | 'ReplicaSet' | 'StatefulSet' | 'DaemonSet' | 'Job';

/** A workload, as steps name it. */
export interface Workload {
  readonly kind: WorkloadKind;
  /** `name` or `namespace/name`. */
  readonly name: string;
}
