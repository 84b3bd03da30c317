/**
 * One probe of one container: streaks, thresholds, results. Models pkg/kubelet/prober/worker.go and
 * results/results_manager.go. The states are plain data; when it ticks is `probes.ts`'s matter.
 */
import type { Container, Probe } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';
import { NEVER } from '../world.ts';

export type ProbeKind = 'startup' | 'readiness' | 'liveness';
export type ProbeOutcome = 'success' | 'failure';
export type ProbeResult = ProbeOutcome | 'unknown';

export interface ProbeWorker {
  readonly container: string;
  readonly kind: ProbeKind;
  /** First tick; the others follow it at whole periods. */
  readonly gridAt: Millis;
  readonly periodMs: Millis;
  /** Runtime id of the container the results are about; '' before the first. */
  containerId: string;
  /** Runtime id of the container it last looked at. */
  lookedAt: string;
  lastResult: ProbeResult;
  /** How often `lastResult` came in a row. */
  run: number;
  /** Stopped until there is a new container. */
  onHold: boolean;
  result: ProbeResult;
  timer: number;
  /** When the next tick is due; NEVER: none. */
  dueAt: Millis;
  /** The next tick is to find the same again, unless something beyond the Pod has changed. */
  idle: boolean;
  /** When it ticked last; -1: not yet. */
  tickedAt: Millis;
}

export const PROBE_KINDS: readonly ProbeKind[] = ['startup', 'readiness', 'liveness'];

export const probeSpec = (container: Container, kind: ProbeKind): Probe | undefined =>
  (kind === 'startup'
    ? container.startupProbe
    : kind === 'readiness'
      ? container.readinessProbe
      : container.livenessProbe) ?? undefined;

/** What counts before the first verdict: not ready, alive, not known to have started. */
const INITIAL: Readonly<Record<ProbeKind, ProbeResult>> = {
  readiness: 'failure',
  liveness: 'success',
  startup: 'unknown',
};

export function newProbeWorker(container: Container, kind: ProbeKind, gridAt: Millis): ProbeWorker {
  const periodMs = (probeSpec(container, kind)?.periodSeconds ?? 10) * 1000;
  return {
    container: container.name,
    kind,
    gridAt,
    periodMs,
    containerId: '',
    lookedAt: '',
    lastResult: 'unknown',
    run: 0,
    onHold: false,
    result: INITIAL[kind],
    timer: 0,
    dueAt: NEVER,
    idle: false,
    tickedAt: -1,
  };
}

/** A new container stands where the old one did: its results begin anew; the streak, as upstream, goes on. */
export function adoptContainer(p: ProbeWorker, id: string): void {
  if (p.containerId === id) return;
  p.containerId = id;
  p.result = INITIAL[p.kind];
  p.onHold = false;
}

/** Takes in one outcome; says whether the result changed. */
export function takeOutcome(p: ProbeWorker, spec: Probe, outcome: ProbeOutcome): boolean {
  if (p.lastResult === outcome) p.run += 1;
  else {
    p.lastResult = outcome;
    p.run = 1;
  }
  if (p.run < (outcome === 'failure' ? (spec.failureThreshold ?? 3) : (spec.successThreshold ?? 1)))
    return false;
  const before = p.result;
  p.result = outcome;
  if (p.kind === 'startup' || (p.kind === 'liveness' && outcome === 'failure')) {
    // Started for good, or to be restarted: nothing more is asked of this container.
    p.onHold = true;
    p.run = 0;
  }
  return before !== outcome;
}

/** Whether the same outcome again would change nothing. */
export const isSettled = (p: ProbeWorker, outcome: ProbeOutcome): boolean =>
  p.onHold || (p.lastResult === outcome && p.result === outcome);

/** The first tick at or after `from`. */
export function tickFrom(p: ProbeWorker, from: Millis): Millis {
  if (from <= p.gridAt) return p.gridAt;
  return p.gridAt + Math.ceil((from - p.gridAt) / p.periodMs) * p.periodMs;
}

/**
 * The worker's result for this kind of probe; undefined when the container has none. `id`: the runtime id it
 * must be about.
 */
export function probeResult(
  w: { readonly probes: readonly ProbeWorker[] },
  container: string,
  kind: ProbeKind,
  id: string,
): ProbeResult | undefined {
  for (const p of w.probes) {
    if (p.container === container && p.kind === kind) return p.containerId === id ? p.result : INITIAL[kind];
  }
  return undefined;
}
