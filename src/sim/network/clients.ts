/** Clients that send requests at a steady rate and remember what came of them. */
import { withMembers } from '../kernel/members.ts';
import type { ApiComponent, Context } from '../api/client.ts';
import type { Millis, Task } from '../kernel/types.ts';
import { type NodeEnv, noted } from '../node/env.ts';
import { NEVER, type World } from '../node/world.ts';
import type { Obstacle } from '../messages.ts';
import { stateOf, stillAnswers } from './connections.ts';
import { parseUrl, request, requestOver } from './request.ts';
import {
  type ClientOutcome,
  type Connection,
  type NetworkEnv,
  OUTSIDE,
  outcomeText,
  type RequestOutcome,
  succeeded,
} from './types.ts';
import { type Hop, type Stop, stopOf } from './way.ts';

export interface ClientFailure {
  readonly at: Millis;
  /** `503`, `refused`, `reset`, `timed out`, `not resolved`. */
  readonly outcome: string;
  readonly pod?: string;
  readonly node?: string;
  /** Where its way ended, and why. */
  readonly stop?: Stop;
}

/** Requests that failed one after the other, from the first to the next one that succeeded. */
export interface ClientOutage {
  readonly fromMs: Millis;
  /** Absent: they still fail. */
  toMs?: Millis;
}

/** How a client goes about its requests, beside sending them. */
export interface ClientManner {
  /** One connection stays open from request to request. */
  readonly keepAlive?: boolean;
  /** How often it sends again, at once, what only an error answered, or nobody; absent: never. */
  readonly retries?: number;
  /** How long it waits for each answer; absent: 10 s. */
  readonly timeoutMs?: Millis;
}

export interface ClientState {
  /** Absent: each request has a connection of its own, and is sent once. */
  readonly manner?: ClientManner;
  /** The one that is kept open. */
  connection?: Connection | undefined;
  readonly url: string;
  readonly perSecond: number;
  readonly namespace: string;
  sent: number;
  succeeded: number;
  failed: number;
  /** The failures, oldest first; beyond `KEPT_FAILURES` only counted. */
  failures: ClientFailure[];
  /** Oldest first; of more than `KEPT_OUTAGES` the shortest may be left out. */
  outages: ClientOutage[];
  /** When a request last failed; NEVER: none did. */
  lastFailureAt: Millis;
  /** The history was told that requests fail. */
  told: boolean;
  startedAt: Millis;
  /** From when and from which request on it sends at its present rate, and that rate as a multiple. */
  pace: { readonly at: Millis; readonly n: number; readonly load: number };
}

const KEPT_FAILURES = 10_000;
const KEPT_OUTAGES = 5_000;
/** So long without a failure, requests count as succeeding again. */
const CALM_MS = 5_000;

const AGENT = 'Seatrial';

const clientProcess = (n: number): string => `client-${n}`;

/**
 * Starts a client; the name of its process is returned.
 * @throws Error when the URL is none or the rate is not above 0
 */
export function addClient(
  { control, by }: NodeEnv,
  url: string,
  perSecond: number,
  namespace = OUTSIDE.namespace,
  manner: ClientManner = {},
): string {
  parseUrl(url);
  if (!(perSecond > 0)) throw new Error(`a client sends more than 0 requests per second, not ${perSecond}`);
  let n = 1;
  while (control.has(clientProcess(n))) n += 1;
  const said = Object.entries(manner).map(([key, value]) => [key, String(value)]);
  const args = { url, perSecond: String(perSecond), namespace, ...Object.fromEntries(said) };
  control.spawn(clientProcess(n), 'client', args, by);
  return clientProcess(n);
}

/** All clients send so many times as much, each from its next request on (1: as they said). */
export function setLoad(env: NodeEnv, factor: number): void {
  if (env.world.network.load === factor) return;
  noted(env, 'loadChanges', { factor });
  env.world.network.load = factor;
}

interface SendTask extends Task {
  readonly type: 'send';
  /** Number of the request since the start; request n is due n/rate seconds after it. */
  readonly n: number;
}

/** What comes of a request has come. */
interface AnswerTask extends Task {
  readonly type: 'answer';
  /** How often it was sent before. */
  readonly tries: number;
  readonly outcome: ClientOutcome;
  /** The connection that it was sent on; absent: none was opened. */
  readonly held?: Connection;
}

function scheduleSend(state: ClientState, ctx: Context<World>, n: number): void {
  const { load } = ctx.world.network;
  if (load !== state.pace.load) state.pace = { at: ctx.now, n: n - 1, load };
  const { pace } = state;
  const due = pace.at + Math.floor(((n - pace.n) * 1000) / (state.perSecond * pace.load));
  // A client that goes on for ever keeps no cluster from being settled.
  ctx.schedule(Math.max(0, due - ctx.now), { type: 'send', n } satisfies SendTask as SendTask, {
    timeout: true,
  });
}

const envOf = (ctx: Context<World>): NetworkEnv => ({
  world: ctx.world,
  now: ctx.now,
  random: () => ctx.random(),
  hop: () => ctx.latency('networkHop'),
  agent: AGENT,
  client: ctx.process,
  onlyStops: true,
});

const send = (state: ClientState, ctx: Context<World>): RequestOutcome =>
  request(envOf(ctx), { namespace: state.namespace }, state.url);

/** What is sent on a connection whose other end does not know it. */
const resetBy = (outcome: Pick<RequestOutcome, 'pod' | 'node'>, obstacle: Obstacle): ClientOutcome => {
  const { pod, node = '' } = outcome;
  const hop: Hop =
    pod === undefined
      ? { place: 'node', name: node, afterMs: 0, obstacle }
      : { place: 'pod', name: pod, afterMs: 0, obstacle };
  return { ...outcome, kind: 'reset', afterMs: 0, hops: [hop] };
};

/** On the connection that is open, or on another. */
function sent(state: ClientState, ctx: Context<World>): { outcome: ClientOutcome; held?: Connection } {
  const { connection, url, manner = {} } = state;
  const [env, from] = [envOf(ctx), { namespace: state.namespace }];
  const is = connection === undefined ? 'closed' : stateOf(ctx.world, connection, { machine: undefined });
  if (is === 'broken') return { outcome: resetBy({ node: connection!.node }, 'connectionBroken') };
  if (is !== 'closed')
    return { outcome: requestOver(env, from, url, connection!, manner.timeoutMs), held: connection! };
  let held: Connection | undefined;
  const opened = (one: Connection): void => void (held ??= one);
  const outcome = request(withMembers(env, { opened }), from, url, manner.timeoutMs);
  return { outcome, ...(held === undefined ? {} : { held }) };
}

function attempt(state: ClientState, ctx: Context<World>, tries: number): void {
  const { outcome, held } = sent(state, ctx);
  const task: AnswerTask = { type: 'answer', tries, outcome, ...(held === undefined ? {} : { held }) };
  ctx.schedule(Math.ceil(outcome.afterMs), task, { timeout: true });
}

/** Where who was to answer is no more: its machine says so, unless that is off. */
function endedMeanwhile(
  held: Connection,
  outcome: RequestOutcome,
  { world }: Context<World>,
): ClientOutcome | undefined {
  if (stillAnswers(world, held)) return undefined;
  if (world.machines.get(held.node)?.power === 'on') return resetBy(outcome, 'endedMeanwhile');
  const hop: Hop = { place: 'node', name: held.node, afterMs: 0, obstacle: 'nodeOff' };
  return { kind: 'timedOut', afterMs: 0, node: held.node, hops: [hop] };
}

/** Whether to send again may help: not where a server says that the request is wrong. */
const mayPass = (outcome: ClientOutcome): boolean =>
  outcome.kind !== 'answered' || outcome.status >= 500 || [408, 429].includes(outcome.status);

/** What was sent is answered, unless who was to answer has ended meanwhile. */
function answer({ tries, outcome, held }: AnswerTask, state: ClientState, ctx: Context<World>): void {
  const { keepAlive = false, retries = 0 } = state.manner!;
  const ended =
    outcome.kind === 'answered' && held !== undefined ? endedMeanwhile(held, outcome, ctx) : undefined;
  const came = ended ?? outcome;
  const isAnswered = came.kind === 'answered';
  if (keepAlive) state.connection = isAnswered && held ? { ...held, usedAt: ctx.now } : undefined;
  if (!succeeded(came) && tries < retries && mayPass(came)) attempt(state, ctx, tries + 1);
  else remember(state, ctx, came);
}

/** Where there are too many the shortest half goes, the last one aside. */
function dropShortOutages(state: ClientState): void {
  if (state.outages.length < 2 * KEPT_OUTAGES) return;
  const lengthOf = ({ fromMs, toMs = Number.POSITIVE_INFINITY }: ClientOutage): Millis => toMs - fromMs;
  const kept = new Set([...state.outages].sort((a, b) => lengthOf(b) - lengthOf(a)).slice(0, KEPT_OUTAGES));
  state.outages = state.outages.filter((outage) => kept.has(outage));
}

/** An outage begins, goes on or ends. */
function rememberOutage(state: ClientState, now: Millis, failed: boolean): void {
  const last = state.outages[state.outages.length - 1];
  const isOn = last !== undefined && last.toMs === undefined;
  if (failed && !isOn) {
    dropShortOutages(state);
    state.outages.push({ fromMs: now });
  } else if (!failed && isOn) last.toMs = now;
}

function remember(state: ClientState, ctx: Context<World>, outcome: ClientOutcome): void {
  state.sent += 1;
  const failed = !succeeded(outcome);
  rememberOutage(state, ctx.now, failed);
  if (failed) {
    state.failed += 1;
    state.lastFailureAt = ctx.now;
    const where = {
      ...(outcome.pod === undefined ? {} : { pod: outcome.pod }),
      ...(outcome.node === undefined ? {} : { node: outcome.node }),
    };
    if (state.failures.length < KEPT_FAILURES) {
      const stop = stopOf(outcome.hops);
      state.failures.push({
        at: ctx.now,
        outcome: outcomeText(outcome),
        ...where,
        ...(stop === undefined ? {} : { stop }),
      });
    }
    if (!state.told) ctx.note('requestsFail', { url: state.url, outcome: outcomeText(outcome), ...where });
    state.told = true;
  } else {
    state.succeeded += 1;
    // A backend among many that fails is one story, not one for every request that met it.
    if (state.told && ctx.now - state.lastFailureAt >= CALM_MS) {
      state.told = false;
      ctx.note('requestsSucceed', { url: state.url });
    }
  }
}

/** What its args say of its manner; undefined: nothing. */
function mannerOf(args: Readonly<Record<string, string>>): ClientManner | undefined {
  const { keepAlive, retries, timeoutMs } = args;
  if (keepAlive === undefined && retries === undefined && timeoutMs === undefined) return undefined;
  return {
    ...(keepAlive === undefined ? {} : { keepAlive: keepAlive === 'true' }),
    ...(retries === undefined ? {} : { retries: Number(retries) }),
    ...(timeoutMs === undefined ? {} : { timeoutMs: Number(timeoutMs) }),
  };
}

/** Component `client` (args `{url, perSecond, namespace}`, and those of its manner). */
export const client: ApiComponent<ClientState, SendTask | AnswerTask, World> = {
  component: 'client',
  watches: () => [],
  start(ctx) {
    const manner = mannerOf(ctx.args);
    const state: ClientState = {
      ...(manner === undefined ? {} : { manner }),
      url: ctx.args['url']!,
      perSecond: Number(ctx.args['perSecond']),
      namespace: ctx.args['namespace'] ?? OUTSIDE.namespace,
      sent: 0,
      succeeded: 0,
      failed: 0,
      failures: [],
      outages: [],
      lastFailureAt: NEVER,
      told: false,
      startedAt: ctx.now,
      pace: { at: ctx.now, n: 0, load: 1 },
    };
    scheduleSend(state, ctx, 1);
    return state;
  },
  handle(task, state, ctx) {
    if (task.type === 'answer') return answer(task, state, ctx);
    if (state.manner === undefined) remember(state, ctx, send(state, ctx));
    else attempt(state, ctx, 0);
    scheduleSend(state, ctx, task.n + 1);
  },
};
