/** Probe results by thresholds, and the tick they come with. */
import type { Probe } from '../../sim/api/types.ts';
import { adoptContainer, isSettled, newProbeWorker, type ProbeKind, type ProbeWorker, takeOutcome, tickFrom } from '../../sim/node/kubelet/probeworker.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

function worker(kind: ProbeKind, probe: Probe): ProbeWorker {
  const p = newProbeWorker({ name: 'web', [`${kind}Probe`]: probe } as never, kind, 0);
  adoptContainer(p, 'one');
  return p;
}

const letter = (p: ProbeWorker): string => (p.result === 'success' ? 'S' : p.result === 'failure' ? 'F' : 'U');

/**
 * Feeds outcomes (`+`, `-`; `n`: a new container) and gives the results after each, `h` added where the probe
 * then is on hold.
 */
function play(kind: ProbeKind, success: number, failure: number, outcomes: string, initial?: 'success' | 'failure'): string {
  const spec: Probe = { successThreshold: success, failureThreshold: failure };
  const p = worker(kind, spec);
  if (initial !== undefined) p.result = initial;
  let containers = 1;
  return [...outcomes].map((c) => {
    if (c === 'n') adoptContainer(p, `container ${(containers += 1)}`);
    else if (!p.onHold) takeOutcome(p, spec, c === '+' ? 'success' : 'failure');
    return letter(p) + (p.onHold ? 'h' : '');
  }).join(' ');
}

const ROWS: readonly (readonly [name: string, kind: ProbeKind, success: number, failure: number, outcomes: string, expected: string])[] = [
  ['failures below the threshold change nothing', 'readiness', 1, 3, '+++-----', 'S S S S S F F F'],
  ['the same after a second round', 'readiness', 1, 3, '+++-----+++-----', 'S S S S S F F F S S S S S F F F'],
  ['successes below the threshold change nothing', 'readiness', 3, 1, '+++++-', 'F F S S S F'],
  ['the same after a second round', 'readiness', 3, 1, '+++++-+++++-', 'F F S S S F F F S S S F'],
  ['a success between starts the count of failures anew', 'readiness', 1, 3, '+--+--+---', 'S S S S S S S S S F'],
  ['a failure between starts the count of successes anew', 'readiness', 2, 3, '+-++', 'F F F S'],
  ['successThreshold 2', 'readiness', 2, 3, '++', 'F S'],
  ['a startup probe that succeeds is asked no more', 'startup', 1, 3, '++', 'Sh Sh'],
  ['a startup probe that fails below the threshold is undecided', 'startup', 1, 3, '----', 'U U Fh Fh'],
  ['a liveness probe that failed is on hold', 'liveness', 1, 1, '-++', 'Fh Fh Fh'],
  ['a liveness probe that failed looks at a new container', 'liveness', 1, 1, '-n+-', 'Fh S S Fh'],
  ['a startup probe that failed looks at a new container', 'startup', 1, 1, '-n+', 'Fh U Sh'],
  ['the streak of failures starts anew with a new container', 'liveness', 1, 3, '---n--+', 'S S Fh S S S S'],
  ['a liveness streak below the threshold', 'liveness', 1, 3, '+--+', 'S S S S'],
];

const STARTS: readonly (readonly [kind: ProbeKind, expected: string])[] = [['liveness', 'S'], ['readiness', 'F'], ['startup', 'U']];

const TICKS: readonly (readonly [gridAt: number, periodSeconds: number, from: number, expected: number])[] = [
  [0, 10, 0, 0], [0, 10, 1, 10_000], [0, 10, 10_000, 10_000], [250, 3, 100, 250], [250, 3, 251, 3250], [-4000, 3, 0, 2000],
];

const cases: ConformanceCase[] = [
  ...ROWS.map(([name, kind, success, failure, outcomes, expected]) => ({
    name: `${kind} probe, success ${success}, failure ${failure}: ${name}`, run: () => play(kind, success, failure, outcomes), expected,
  })),
  ...STARTS.map(([kind, expected]) => ({ name: `${kind} probe before its first outcome (initial delay)`, run: () => letter(worker(kind, {})), expected })),
  ...TICKS.map(([gridAt, periodSeconds, from, expected]) => ({
    name: `first tick from ${from} of a probe that began at ${gridAt} every ${periodSeconds} s`,
    run: () => tickFrom(newProbeWorker({ name: 'web', readinessProbe: { periodSeconds } } as never, 'readiness', gridAt), from), expected,
  })),
  {
    name: 'a readiness result that stands needs no further look', expected: [false, true],
    run: () => {
      const spec = { successThreshold: 2, failureThreshold: 1 };
      const p = worker('readiness', spec);
      takeOutcome(p, spec, 'success');
      const once = isSettled(p, 'success');
      takeOutcome(p, spec, 'success');
      return [once, isSettled(p, 'success')];
    },
  },
];

export const probeThresholdCases: CaseArea = { area: 'probe thresholds', source: 'pkg/kubelet/prober/worker_test.go', cases };
