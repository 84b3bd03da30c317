/** Clients that send requests at a steady rate and remember what came of them. */
import type { ApiComponent, Context } from '../api/client.ts';
import type { Millis, Task } from '../kernel/types.ts';
import { type NodeEnv, noted } from '../node/env.ts';
import { NEVER, type World } from '../node/world.ts';
import { parseUrl, request } from './request.ts';
import { OUTSIDE, outcomeText, type RequestOutcome, succeeded } from './types.ts';
import { type Stop, stopOf } from './way.ts';

export interface ClientFailure {
  readonly at: Millis;
  /** `503`, `refused`, `timed out`, `not resolved`. */
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

export interface ClientState {
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
): string {
  parseUrl(url);
  if (!(perSecond > 0)) throw new Error(`a client sends more than 0 requests per second, not ${perSecond}`);
  let n = 1;
  while (control.has(clientProcess(n))) n += 1;
  control.spawn(clientProcess(n), 'client', { url, perSecond: String(perSecond), namespace }, by);
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

function send(state: ClientState, ctx: Context<World>): RequestOutcome {
  const env = {
    world: ctx.world,
    now: ctx.now,
    random: () => ctx.random(),
    hop: () => ctx.latency('networkHop'),
    agent: AGENT,
    client: ctx.process,
    onlyStops: true,
  };
  return request(env, { namespace: state.namespace }, state.url);
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

function remember(state: ClientState, ctx: Context<World>, outcome: RequestOutcome): void {
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

/** Component `client` (args `{url, perSecond, namespace}`). */
export const client: ApiComponent<ClientState, SendTask, World> = {
  component: 'client',
  watches: () => [],
  start(ctx) {
    const state: ClientState = {
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
    remember(state, ctx, send(state, ctx));
    scheduleSend(state, ctx, task.n + 1);
  },
};
