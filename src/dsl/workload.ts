/** A workload, as steps name it. */
export interface Workload {
  /** `Deployment`, `StatefulSet`; what runs Pods of a template. */
  readonly kind: string;
  /** `name` or `namespace/name`. */
  readonly name: string;
}
