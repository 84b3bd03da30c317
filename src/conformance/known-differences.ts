/**
 * Where today's Kubernetes (1.36) does otherwise than the recorded one (1.20), each with the source that says so. Two kinds: words that changed, which are
 * translated before comparing; and behaviour that changed, which excuses the differences it names.
 */
import type { Difference } from './compare/span.ts';
import type { TraceRecord } from './types.ts';

/** Words of the recorded release and of today's. */
export interface Rewording {
  readonly what: string;
  readonly source: string;
  readonly in: 'event message' | 'event source' | 'output';
  readonly from: RegExp;
  readonly to: string;
}

export const REWORDINGS: readonly Rewording[] = [
  {
    what: 'the taint manager became a controller of its own',
    source: 'KEP-3902; pkg/controller/tainteviction/taint_eviction.go (Run: recorder of "taint-eviction-controller")',
    in: 'event source', from: /^taint-controller$/, to: 'taint-eviction-controller',
  },
  {
    what: 'scaling events name the number before',
    source: 'pkg/controller/deployment/sync.go, scaleReplicaSet: "Scaled %s replica set %s from %d to %d"',
    in: 'event message', from: / from \d+ to (\d+)$/, to: ' to $1',
  },
  {
    what: 'a preempted pod is told the preemptor\'s UID, not its name',
    source: 'pkg/scheduler/framework/preemption/preemption.go, prepareCandidate: "Preempted by pod %v on node %v"',
    in: 'event message', from: /^Preempted by (?:pod )?\S+ on node/, to: 'Preempted by <pod> on node',
  },
  {
    what: 'an unschedulable pod is told what preemption found, too: the first sentence is compared',
    source: 'pkg/scheduler/framework/types.go, FitError.Error; README of the recordings',
    in: 'event message', from: /^(\d+\/\d+ nodes are available: [^.]*\.).*$/s, to: '$1',
  },
  {
    what: 'drain ends in "drained"',
    source: 'staging/src/k8s.io/kubectl/pkg/cmd/drain/drain.go, RunDrain: printObj for "drained"',
    in: 'output', from: /^node\/(\S+) evicted$/gm, to: 'node/$1 drained',
  },
];

function reword(kind: Rewording['in'], text: string): string {
  let out = text;
  for (const r of REWORDINGS) if (r.in === kind) out = out.replace(r.from, r.to);
  return out;
}

export const todaysSource = (source: string): string => reword('event source', source);
export const todaysMessage = (_reason: string, message: string): string => reword('event message', message);
export const todaysOutput = (_line: string, output: string): string => reword('output', output);
export const todaysRecord = (record: TraceRecord): TraceRecord => record;

/** Behaviour that changed between the releases. */
export interface KnownDifference {
  /** Scenarios it shows in; absent: any. */
  readonly scenarios?: readonly string[];
  readonly rule: number;
  /** Which differences it excuses, by their `what` and, where given, what was recorded and simulated. */
  readonly what: RegExp;
  readonly recorded?: RegExp;
  readonly simulated?: RegExp;
  readonly why: string;
  readonly source: string;
}

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
];

export function isKnown(scenario: string, rule: number, difference: Difference): KnownDifference | undefined {
  return KNOWN_DIFFERENCES.find((k) => k.rule === rule && (k.scenarios === undefined || k.scenarios.includes(scenario)) && k.what.test(difference.what)
    && (k.recorded === undefined || k.recorded.test(JSON.stringify(difference.recorded)))
    && (k.simulated === undefined || k.simulated.test(JSON.stringify(difference.simulated) ?? '')));
}
