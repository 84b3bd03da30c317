/** Scenarios played on real control planes, and the traces of what was seen. */

/** One action of a scenario; `at` in ms from its start. */
export type Action = { readonly at: number } & (
  | { readonly type: 'apply'; readonly manifest: string }
  | { readonly type: 'kubectl'; readonly line: string; readonly background: boolean }
  | { readonly type: 'node'; readonly does: 'stop' | 'start'; readonly node: string }
);

export interface Scenario {
  /** File name. */
  readonly file: string;
  readonly name: string;
  readonly nodes: number;
  readonly untilMs: number;
  readonly actions: readonly Action[];
}

/**
 * A record of a trace; `t` in seconds from the first action. Which further fields there are depends on the
 * kind: see `trace.ts`.
 */
export interface TraceRecord {
  readonly t: number;
  /** ADDED, MODIFIED, DELETED; of Events Normal, Warning; of Services their own type; ACTION, RESULT. */
  readonly type: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly [field: string]: unknown;
}

export interface Trace {
  readonly scenario: string;
  readonly name: string;
  readonly kubernetes: string;
  readonly nodes: number;
  readonly trace: readonly TraceRecord[];
}
