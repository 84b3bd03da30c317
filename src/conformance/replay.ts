/** Plays a recorded scenario in the simulator, and writes a trace of the recorded shapes. */
import {
  jobResult,
  runKubectl,
  runKubectlLine,
  startKubectlLine,
  type KubectlJob,
} from '../kubectl/index.ts';
import type { KubectlIO } from '../kubectl/index.ts';
import { Cluster, type ClusterApi, type ClusterOptions } from '../sim/cluster.ts';
import { RandomStreams } from '../sim/kernel/random.ts';
import { powerOff, powerOn, wipeRuntime } from '../sim/node/machine.ts';
import { observed } from '../drivers/observed.ts';
import { lastEntry } from '../dsl/session.ts';
import { compareTraces, type Judgement } from './compare/index.ts';
import { recordedParts } from './recordedparts.ts';
import { traceOf } from './trace.ts';
import type { Action, Scenario, Trace, TraceRecord } from './types.ts';

/** The recorded cluster: its nodes, its flags, and the latencies its traces show. */
const NODE = { cpu: '1', memory: '3840Mi', pods: '110', zone: '' };
const RECORDED: Pick<ClusterOptions, 'config' | 'latencies'> = {
  config: {
    nodeMonitorGracePeriodMs: 50_000,
    formerly: {
      podCleanupTickMs: 10_000,
      deletedPodKeepsPhase: true,
      defaultSpreadNeedsAllKeys: true,
      balanceCountsDefaults: true,
      // The images of the recorded nodes' runtime had no size, so that no node was preferred for them.
      scoreWeights: { TaintToleration: 1, NodeAffinity: 1, InterPodAffinity: 1, ImageLocality: 0 },
      scaleDownByExactAge: true,
    },
  },
  latencies: {
    apiCall: [2, 6],
    watch: [1, 3],
    controllerWork: [0, 2],
    scheduling: [8, 14],
    sandbox: [260, 340],
    imagePull: [0, 0],
    containerStart: [0, 20],
    containerStop: [0, 20],
    podCleanup: [3_100, 3_100],
    nodeBoot: [300, 300],
  },
};
/**
 * The recorded kubelets were started one right after the other, some 6 s before the first action: their
 * relists, by the second, and their clean-ups, by the tick, are as close to each other on every node.
 */
const BEGUN_MS: readonly [number, number] = [-6_350, -5_350];
const BEGUN_APART_MS = 230;
/** From the start of kubectl to its first write. */
const APPLY_MS = 230;
const KUBECTL_MS = 70;

const IO: KubectlIO = {
  readFile: (path) => {
    throw new Error(`a scenario has no files: ${path}`);
  },
};

export interface ReplayOptions {
  readonly seed?: string | number;
}

/** Writes an action or a result into the trace; what is returned may still be filled in. */
type Note = (record: Record<string, unknown>) => Record<string, unknown>;

export function replayScenario(scenario: Scenario, options: ReplayOptions = {}): Trace {
  const nodes = Array.from({ length: scenario.nodes }, (_, i) => ({ name: `node-${i + 1}`, ...NODE }));
  const cluster = Cluster.create({ seed: options.seed ?? 1, nodes, ...RECORDED, parts: recordedParts });
  beginTogether(cluster, options.seed ?? 1);
  const since = lastEntry(cluster);
  const start = cluster.now;
  const seconds = (): number => Math.round(cluster.now - start) / 1000;
  const own: Record<string, unknown>[] = [];
  const note: Note = (record) => {
    const noted = { t: seconds(), ...record };
    own.push(noted);
    return noted;
  };
  const jobs = new Map<KubectlJob, string>();
  /** Notes commands of the background that have ended, as soon as they have. */
  const collect = (): void => {
    for (const [job, line] of jobs) {
      const result = jobResult(cluster, job);
      if (result === undefined) continue;
      jobs.delete(job);
      note({ type: 'RESULT', kubectl: line, code: result.code, out: result.output });
    }
  };
  const watched = observed(cluster, collect);
  const begin = scenario.actions[0]?.at ?? 0;

  for (const action of scenario.actions) {
    const wait = start + action.at - begin - cluster.now;
    if (wait > 0) watched.pass(wait);
    perform(watched, action, note, jobs);
    collect();
  }
  const rest = start + scenario.untilMs - begin - cluster.now;
  if (rest > 0) watched.pass(rest);

  const changes = traceOf(cluster.history, since, start);
  return {
    scenario: scenario.file,
    name: scenario.name,
    kubernetes: 'v1.36 (Seatrial)',
    nodes: scenario.nodes,
    trace: merge(own as unknown as TraceRecord[], changes),
  };
}

function beginTogether(cluster: Cluster, seed: string | number): void {
  const random = new RandomStreams(String(seed)).stream('recorded kubelets');
  const [earliest, latest] = BEGUN_MS;
  const first = cluster.now + Math.floor(earliest + random() * (latest - earliest));
  for (const machine of cluster.world.machines.values())
    machine.relistPhaseMs = first + Math.floor(random() * BEGUN_APART_MS);
}

/** What came of replays of one scenario with one seed after another. */
export interface Attempts {
  readonly trace: Trace;
  readonly judgements: readonly Judgement[];
  /** The seed of that run, and the seeds of those before it, with the rules by which they differed. */
  readonly seed: string | number;
  readonly others: readonly { readonly seed: string | number; readonly rules: readonly number[] }[];
}

/** The seeds that are tried for a run that agrees. */
export const SEEDS: readonly number[] = Array.from({ length: 30 }, (_, i) => i + 1);

/**
 * Replays with each seed until one run agrees by every rule; else the run that differs by the fewest. A
 * recording is one throw of the dice (which of two equal nodes, which phase of a tick), and two recordings
 * may have fallen alike: a run that differs by chance says nothing, one that differs with every seed does.
 */
export function replayUntilAgreed(
  scenario: Scenario,
  recorded: readonly Trace[],
  seeds: readonly (string | number)[],
): Attempts {
  let best: Attempts | undefined;
  const others: { seed: string | number; rules: number[] }[] = [];
  const differing = (judgements: readonly Judgement[]): number[] =>
    judgements.filter((j) => j.differences.length > 0).map((j) => j.rule.number);
  for (const seed of seeds) {
    const trace = replayScenario(scenario, { seed });
    const judgements = compareTraces(recorded, trace);
    const rules = differing(judgements);
    if (best === undefined || rules.length < differing(best.judgements).length)
      best = { trace, judgements, seed, others };
    if (rules.length === 0) break;
    others.push({ seed, rules });
  }
  return { ...best!, others: others.filter((o) => o.seed !== best!.seed) };
}

/** By time; of one time, actions and results first. */
function merge(own: readonly TraceRecord[], changes: readonly TraceRecord[]): TraceRecord[] {
  const merged: TraceRecord[] = [];
  let i = 0;
  for (const record of changes) {
    while (i < own.length && own[i]!.t <= record.t) merged.push(own[i++]!);
    merged.push(record);
  }
  return [...merged, ...own.slice(i)];
}

function perform(cluster: ClusterApi, action: Action, note: Note, jobs: Map<KubectlJob, string>): void {
  switch (action.type) {
    case 'apply': {
      // The record stands where the action began, with what came of it.
      const record = note({ type: 'ACTION', apply: true });
      cluster.pass(APPLY_MS);
      cluster.operation('kubectl', { line: 'kubectl apply -f -' });
      const { code, output } = runKubectl(cluster, ['apply', '-f', '-'], { ...IO, stdin: action.manifest });
      Object.assign(record, { code, out: output });
      return;
    }
    case 'kubectl': {
      note({ type: 'ACTION', kubectl: action.line });
      cluster.pass(KUBECTL_MS);
      cluster.operation('kubectl', { line: `kubectl ${action.line}` });
      const line = `kubectl ${action.line}`;
      if (action.background) return void jobs.set(startKubectlLine(cluster, line, IO), action.line);
      const { code, output } = runKubectlLine(cluster, line, IO);
      note({ type: 'RESULT', kubectl: action.line, code, out: output });
      return;
    }
    case 'node': {
      note({ type: 'ACTION', node: { [action.does]: action.node } });
      cluster.operation(action.does, { node: action.node });
      if (action.does === 'stop') powerOff(cluster, action.node);
      else if (!cluster.world.machines.has(action.node)) cluster.addNode({ name: action.node, ...NODE });
      else {
        // The recorded kubelets keep their containers in their own process: a new one has none.
        wipeRuntime(cluster, action.node);
        powerOn(cluster, action.node);
      }
      return;
    }
  }
}
