/**
 * Cases carried over as facts from Kubernetes' own table-driven tests, each run against the code that serves
 * users.
 */
export interface ConformanceCase {
  readonly name: string;
  /** Runs our code on the case's input; plain data, compared deeply with `expected`. */
  readonly run: () => unknown;
  readonly expected: unknown;
}

export interface CaseArea {
  /** `quantity parsing and printing` */
  readonly area: string;
  /** The upstream file the facts come from. */
  readonly source: string;
  readonly cases: readonly ConformanceCase[];
}
