/** When a descheduler runs: at its interval, where something has happened since; or once, in a Job. */
import type { Context } from '../api/client.ts';
import type { Millis, Task } from '../kernel/types.ts';
import { type Policy, readPolicy } from './policy.ts';
import { countsTime, runProfiles } from './run.ts';

export interface DeschedulerTask extends Task {
  readonly type: 'run';
}

export interface DeschedulerState {
  readonly policy: Policy | undefined;
  /** 0: it runs once. */
  readonly intervalMs: Millis;
  /** Runs come at whole intervals after that. */
  readonly startedAt: Millis;
  /** Whether a run is scheduled. */
  due: boolean;
}

/** Time for its caches to be filled. */
const FIRST_MS: Millis = 1_000;

function arm(state: DeschedulerState, delayMs: Millis, ctx: Context): void {
  if (state.due) return;
  state.due = true;
  ctx.schedule(delayMs, { type: 'run' } satisfies DeschedulerTask as DeschedulerTask, { timeout: true });
}

/** @param ctx its process's, whose arguments are `policy` as JSON, and `intervalMs` */
export function begin(ctx: Context): DeschedulerState {
  const read = readPolicy(JSON.parse(ctx.args['policy'] ?? 'null'));
  const policy = 'policy' in read ? read.policy : undefined;
  const startedAt = ctx.now + FIRST_MS;
  const state = { policy, intervalMs: Number(ctx.args['intervalMs'] ?? 0), startedAt, due: false };
  arm(state, FIRST_MS, ctx);
  return state;
}

/** Something has happened: the next run looks at it. */
export function armNext(state: DeschedulerState, ctx: Context): void {
  const { intervalMs, startedAt } = state;
  if (intervalMs === 0) return;
  const next = startedAt + (Math.floor((ctx.now - startedAt) / intervalMs) + 1) * intervalMs;
  arm(state, next - ctx.now, ctx);
}

export function run(state: DeschedulerState, ctx: Context): void {
  state.due = false;
  if (state.policy === undefined) return;
  runProfiles(state.policy, ctx);
  if (countsTime(state.policy)) armNext(state, ctx);
}
