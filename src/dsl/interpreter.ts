/** Plays operations against a cluster, one after the other. */
import { healFaults, strikeFault } from '../chaos/healer.ts';
import { inOrder, lengthOf, type Strike } from '../chaos/schedule.ts';
import { shellLine, type KubectlResult } from '../kubectl/index.ts';
import { parseSchedule } from '../chaos/schedulefile.ts';
import { FaultError, type FaultCall, type Struck } from '../chaos/types.ts';
import { ApiError } from '../sim/api/errors.ts';
import type { ClusterOptions } from '../sim/cluster.ts';
import type { Millis } from '../sim/kernel/types.ts';
import type { LatencyName } from '../sim/latency.ts';
import { parseImageBehaviour } from '../sim/node/images.ts';
import { parse as parseYaml } from 'yaml';
import { addClient } from '../sim/network/index.ts';
import { printDuration } from '../chaos/duration.ts';
import { InputError, inputErrorOf } from './errors.ts';
import { observed } from './observed.ts';
import type { Operation, OperationOf } from './operations.ts';
import {
  changeImage,
  execArguments,
  kubectl,
  kubectlLine,
  mustKubectl,
  rollBack,
  scaleWorkload,
  startInBackground,
} from './operator.ts';
import { renderLine } from './phrases/index.ts';
import { clusterOf, createSession, markNow, readInput, type Session } from './session.ts';
import { parseSetting } from './settings.ts';
import { assertClaim } from './temporal.ts';
import { setReplayer } from './walk.ts';
import { rebootAndWait, waitUntilReady, waitUntilSettled } from './waiting.ts';

export interface PlayOptions {
  /** The step as written, for messages; absent: as the language would print it. */
  readonly text?: string;
  /**
   * Whether it is a `When`, from the first of which the past counts; absent: as the operation's own keyword
   * says.
   */
  readonly action?: boolean;
  /** Whether a failing kubectl line is what a later step looks for. */
  readonly mayFail?: boolean;
}

/** Operations that set the scene unless a `When` stands before them. */
export const SCENERY: readonly Operation['op'][] = [
  'cluster',
  'clusterOf',
  'namespace',
  'manifest',
  'manifestsIn',
  'image',
  'setting',
  'everyPodReady',
  'settled',
  'client',
  'moment',
  'seed',
  'assert',
];

/**
 * Plays one operation.
 * @throws ClaimError when a claim does not hold, InputError when the operation makes no sense
 */
export function play(session: Session, operation: Operation, options: PlayOptions = {}): void {
  if (isQuantifier(operation) || session.operations.some(isQuantifier)) {
    collect(session, operation);
    return;
  }
  const text = options.text ?? renderLine(operation);
  const { cluster } = session;
  if (cluster !== undefined) {
    if (session.origin === undefined && (options.action ?? !SCENERY.includes(operation.op)))
      session.origin = markNow(session);
    if (operation.op !== 'assert') cluster.operation(text);
  }
  try {
    perform(session, operation, text, options.mayFail === true);
  } catch (error) {
    throw error instanceof ApiError ? new InputError(error.message) : (inputErrorOf(error) ?? error);
  } finally {
    session.operations.push(operation);
    session.texts.push(text);
  }
}

/** Whether an operation says `any`: the scenario is then a property, played as a whole when a claim asks. */
const isQuantifier = (operation: Operation): boolean =>
  operation.op === 'anyCluster' || operation.op === 'anyFaults';

/**
 * What comes before a claim is only remembered; the claim is held against everything the quantifiers allow.
 */
function collect(session: Session, operation: Operation): void {
  const { property } = session.options;
  if (property === undefined)
    throw new InputError('"any …" makes a scenario a property, which is not played here');
  try {
    if (operation.op === 'assert') property([...session.operations, operation], session.options);
  } finally {
    session.operations.push(operation);
    session.texts.push(renderLine(operation));
  }
}

function perform(session: Session, operation: Operation, text: string, mayFail: boolean): void {
  switch (operation.op) {
    case 'cluster':
      return create(session, operation.nodes);
    case 'clusterOf':
      return create(session, [...operation.nodes]);
    case 'namespace':
      return useNamespace(session, operation.name);
    case 'manifest':
      return mustKubectl(session, ['apply', '-f', '-'], operation.text);
    case 'manifestsIn':
      return mustKubectl(session, ['apply', '-f', operation.path]);
    case 'image':
      return describeImage(session, operation);
    case 'setting':
      return set(session, operation);
    case 'everyPodReady':
      return waitUntilReady(session);
    case 'settled':
      return waitUntilSettled(session);
    case 'client':
      return startClient(session, operation);
    case 'moment':
      return void session.marks.set(operation.name, markNow(session));
    case 'kubectl':
      return runLines(session, operation.lines, mayFail);
    case 'pass':
      return clusterOf(session).pass(operation.durationMs);
    case 'exec':
      return execute(session, operation, mayFail);
    case 'scale':
      return scaleWorkload(session, operation);
    case 'setImage':
      return changeImage(session, operation);
    case 'rollback':
      return rollBack(session, operation);
    case 'anyCluster':
    case 'anyFaults':
      throw new InputError('a quantifier is no operation of its own');
    case 'eachNodeInTurn':
      return rollingReboot(session);
    case 'fault':
      return strike(session, operation.fault);
    case 'faults':
      return schedule(session, operation);
    case 'faultsIn':
      return schedule(session, {
        op: 'faults',
        strikes: parseSchedule(readInput(session.options.files, operation.path), operation.path),
      });
    case 'heal':
      return void healFaults(clusterOf(session), operation.kind);
    case 'seed':
      return clusterOf(session).reseed(operation.seed);
    case 'assert':
      return assertClaim(session, operation, text);
  }
}

function create(session: Session, nodes: ClusterOptions['nodes']): void {
  if (session.cluster !== undefined) throw new InputError('the scenario has a cluster already');
  if (nodes === 0) throw new InputError('a cluster needs at least one node');
  const { seed, createCluster } = session.options;
  const cluster = createCluster({
    seed,
    nodes,
    config: session.settings,
    latencies: Object.fromEntries(session.latencies) as ClusterOptions['latencies'],
  });
  session.cluster = session.observe === undefined ? cluster : observed(cluster, session.observe);
  for (const [image, behaviour] of session.images) cluster.world.images.set(image, behaviour);
}

function useNamespace(session: Session, name: string): void {
  const api = clusterOf(session).client();
  if (api.find('Namespace', '', name) === undefined) mustKubectl(session, ['create', 'namespace', name]);
  session.namespace = name;
}

function describeImage(session: Session, { image, behaviour }: OperationOf<'image'>): void {
  let parsed;
  try {
    parsed = parseImageBehaviour(parseYaml(behaviour, { version: '1.1' }));
  } catch (error) {
    throw new InputError(`image "${image}": ${(error as Error).message}`);
  }
  session.images.set(image, parsed);
  session.cluster?.world.images.set(image, parsed);
}

function set(session: Session, { name, value }: OperationOf<'setting'>): void {
  const setting = parseSetting(name, value);
  if ('latency' in setting) {
    session.latencies.set(setting.latency, setting.bounds);
    session.cluster?.setLatency(setting.latency as LatencyName, setting.bounds);
  } else {
    (session.settings as Record<string, unknown>)[setting.config] = setting.value;
    session.cluster?.setConfig(setting.config, setting.value as never);
  }
}

function startClient(session: Session, { url, perSecond }: OperationOf<'client'>): void {
  if (perSecond > 1000)
    throw new InputError(`a client sends at most 1000 requests per second, not ${perSecond}`);
  try {
    addClient(clusterOf(session), url, perSecond, session.namespace);
  } catch (error) {
    throw new InputError((error as Error).message);
  }
}

/** Keeps what a command printed. @throws InputError when it failed and nobody looks for that */
function keep(session: Session, line: string, result: KubectlResult, mayFail: boolean): void {
  const { code, stdout, stderr } = result;
  session.output = { line, code, stdout, stderr };
  if (code === 0 || mayFail) return;
  throw new InputError(
    `${line}: exit code ${code}\n${stderr.trim() || stdout.trim()}\n(a step "Then the command fails with …" makes a failure expected)`,
  );
}

function runLines(session: Session, lines: readonly string[], mayFail: boolean): void {
  for (const [i, line] of lines.entries())
    keep(session, line, kubectlLine(session, line), mayFail && i === lines.length - 1);
}

function execute(session: Session, operation: OperationOf<'exec'>, mayFail: boolean): void {
  const argv = execArguments(session, operation);
  keep(session, shellLine(argv), kubectl(session, argv), mayFail);
}

/** @param run runs a kubectl command as the operator */
function strike(
  session: Session,
  call: FaultCall,
  run: (argv: readonly string[]) => void = (argv) => mustKubectl(session, argv),
): void {
  const act = (): Struck =>
    strikeFault(clusterOf(session), call, { namespace: session.namespace, kubectl: run });
  const { targets, said } = session.options.striking?.(session, call, act) ?? act();
  session.struck.push(
    `${call.kind}: ${targets.map((t) => (said?.[t] === undefined ? t : `${t} (${said[t]})`)).join(', ')}`,
  );
}

/** What waits (a drain) goes on in the background while the schedule does. */
function schedule(session: Session, { strikes }: OperationOf<'faults'>): void {
  const cluster = clusterOf(session);
  const begin = cluster.now;
  for (const one of inOrder(strikes)) strikeAt(session, begin, one);
  cluster.pass(begin + lengthOf(strikes) - cluster.now);
}

/** Lets time pass until a fault of a schedule is due, and strikes. @param beginMs of the schedule */
function strikeAt(session: Session, beginMs: Millis, one: Strike): void {
  const cluster = clusterOf(session);
  const { missed } = session.options;
  cluster.pass(beginMs + one.atMs - cluster.now);
  try {
    strike(session, one.fault, (argv) => startInBackground(session, argv));
  } catch (error) {
    if (!(error instanceof FaultError || error instanceof ApiError || error instanceof InputError))
      throw error;
    const why = `at ${printDuration(one.atMs)}, ${one.fault.kind}: ${error.message}`;
    if (missed === undefined) throw new InputError(why);
    missed(one, why);
  }
}

/**
 * A schedule played fault by fault, so that many that begin alike share their beginning: fork the session
 * between two of them. It comes to the same as playing `{op: 'faults', strikes}` once it is ended.
 */
export const stepwise = {
  begin(session: Session): Millis {
    const cluster = clusterOf(session);
    session.origin ??= markNow(session);
    cluster.operation(renderLine({ op: 'faults', strikes: [] }));
    return cluster.now;
  },
  strike: strikeAt,
  end(session: Session, beginMs: Millis, strikes: readonly Strike[]): void {
    const cluster = clusterOf(session);
    const operation: Operation = { op: 'faults', strikes };
    cluster.pass(beginMs + lengthOf(strikes) - cluster.now);
    session.operations.push(operation);
    session.texts.push(renderLine(operation));
  },
};

/**
 * Drain, reboot, wait until the node is back and Ready, uncordon: node after node in the order of their
 * names.
 */
function rollingReboot(session: Session): void {
  for (const node of [...clusterOf(session).world.machines.keys()].sort((a, b) => (a < b ? -1 : 1))) {
    strike(session, { kind: 'NodeDrain', node });
    rebootAndWait(session, node, () => strike(session, { kind: 'NodeReboot', node }));
    strike(session, { kind: 'NodeUncordon', node });
  }
}

/**
 * Plays all of a session's operations on a new cluster of another seed (or the same). @throws as `play`, at
 * the first operation that fails
 */
export function replay(
  session: Session,
  seed: string | number,
  from?: { operation: number; observe: (replay: Session) => void },
): Session {
  const again = createSession({ ...session.options, seed });
  let observing = false;
  if (from !== undefined)
    again.observe = () => {
      if (observing) from.observe(again);
    };
  for (const [i, operation] of session.operations.entries()) {
    if (from?.operation === i) {
      observing = true;
      from.observe(again);
    }
    const isLast = i === session.operations.length - 1;
    // With the same seed everything happens again as it did, claims included: they are not asked twice.
    if (operation.op === 'assert' && from !== undefined && !letsTimePass(operation)) continue;
    play(again, operation, {
      text: session.texts[i]!,
      action: i === session.origin?.operations,
      mayFail: from !== undefined || (!isLast && expectsFailure(session.operations.slice(i + 1))),
    });
  }
  if (from !== undefined && observing) from.observe(again);
  return again;
}

const letsTimePass = ({ moment }: OperationOf<'assert'>): boolean =>
  ['within', 'eventually', 'for'].includes(moment.mode);

/** Whether the claims on output that follow look for a failure. */
export function expectsFailure(following: readonly Operation[]): boolean {
  for (const operation of following) {
    if (operation.op !== 'assert' || operation.claim.claim !== 'output') return false;
    if (operation.claim.failsWith !== undefined) return true;
  }
  return false;
}

setReplayer(
  (session, operation, observe) => void replay(session, session.options.seed, { operation, observe }),
);
