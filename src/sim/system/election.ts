/**
 * Component `leader-election` (args `{member, leads}`): one of several instances of a component, of which one
 * is to act. Models client-go tools/leaderelection/leaderelection.go: who holds the Lease renews it every
 * 2 s, and exits when that has failed for 10 s; others look every 2 s to 4.4 s, and take it when it has not
 * changed for 15 s by their own clocks, or was released. What acts is a process of its own, which lives as
 * long as its instance leads. A look that would find nothing changed is no event.
 */
import type { Context, Draft } from '../api/client.ts';
import { type ControlPlane, type Leadership, RETRY_PERIOD_MS } from '../api/controlplane.ts';
import { ApiError } from '../api/errors.ts';
import { rfc3339Micro } from '../api/time.ts';
import type { Lease } from '../api/types.ts';
import type { Millis } from '../kernel/types.ts';
import { exitContainer } from '../node/exit.ts';
import { programOf } from '../node/images.ts';
import type { World } from '../node/world.ts';
import { actingProcess } from './links.ts';

/** --leader-elect-lease-duration, --leader-elect-renew-deadline. */
const LEASE_DURATION_MS = 15_000;
const RENEW_DEADLINE_MS = 10_000;
/** JitterFactor: the time between two looks is up to so much longer. */
const JITTER = 1.2;

const NAMESPACE = 'kube-system';

export interface CandidateState {
  /** Host name and a uid of its own. */
  readonly identity: string;
  leads: boolean;
  /** Timer of its next attempt; 0: none. */
  attempt: number;
  /** Timer by which it gives up as a leader; 0: none. */
  deadline: number;
}

export type CandidateTask =
  /** Something about the Lease, or what it is reached by, has changed. */
  { readonly type: 'look' } | { readonly type: 'attempt' } | { readonly type: 'deadline' };

type CandidateContext = Context<World>;

/** Does what is due for a candidate. */
export function handle(task: CandidateTask, state: CandidateState, ctx: CandidateContext): void {
  if (task.type === 'look') return look(state, ctx);
  if (task.type === 'deadline') return giveUp(state, ctx);
  state.attempt = 0;
  attempt(state, ctx);
}

/** Until the next look of one that looks all the time. */
const untilNextLook = (ctx: CandidateContext): Millis =>
  ctx.random() * RETRY_PERIOD_MS * (1 + ctx.random() * JITTER);

const planeOf = (ctx: CandidateContext): ControlPlane => ctx.control.plane!;

/** Who leads; the plane keeps it beside the Lease, whose renewals are no events. */
const leadershipOf = (ctx: CandidateContext): Leadership | undefined =>
  planeOf(ctx).leaderships.get(ctx.args['leads']!);

/** Whether requests get through to a server that can read and write. */
const isServed = (ctx: CandidateContext): boolean =>
  planeOf(ctx).connections.has(ctx.process) && planeOf(ctx).leader !== '';

const renews = ({ renewing, holder }: Leadership, { process }: CandidateContext): boolean =>
  renewing && holder === process;

function attemptAfter(state: CandidateState, ctx: CandidateContext, ms: Millis): void {
  if (state.attempt === 0) state.attempt = ctx.schedule(Math.ceil(ms), { type: 'attempt' });
}

function look(state: CandidateState, ctx: CandidateContext): void {
  const leadership = leadershipOf(ctx);
  if (state.leads) {
    if (leadership === undefined || renews(leadership, ctx)) return;
    if (isServed(ctx)) attemptAfter(state, ctx, ctx.random() * RETRY_PERIOD_MS);
    if (state.deadline !== 0 || ctx.config.planted === 'leader-outlives-its-lease') return;
    const until = leadership.ended + RETRY_PERIOD_MS + RENEW_DEADLINE_MS;
    state.deadline = ctx.schedule(Math.max(0, until - ctx.now), { type: 'deadline' });
    return;
  }
  if (isServed(ctx) && leadership?.renewing !== true) attemptAfter(state, ctx, untilAttempt(leadership, ctx));
}

/** Until a candidate finds the Lease free: it sees the last renewal, and then none for its duration. */
function untilAttempt(leadership: Leadership | undefined, ctx: CandidateContext): Millis {
  if (leadership === undefined || leadership.holder === '') return untilNextLook(ctx);
  const seen = leadership.ended + untilNextLook(ctx);
  return Math.max(0, seen + durationMs(ctx) - ctx.now) + untilNextLook(ctx);
}

const durationMs = ({ config }: CandidateContext): Millis =>
  config.planted === 'standby-does-not-wait' ? 0 : LEASE_DURATION_MS;

/** As tryAcquireOrRenew: the Lease is made, renewed or taken, or another's. */
function attempt(state: CandidateState, ctx: CandidateContext): void {
  const { identity } = state;
  const name = ctx.args['leads']!;
  const leadership = leadershipOf(ctx);
  if (leadership?.renewing === true && leadership.holder !== ctx.process) return;
  // It was renewed since the attempt was planned.
  if (
    !state.leads &&
    leadership !== undefined &&
    leadership.holder !== '' &&
    ctx.now < leadership.ended + durationMs(ctx)
  )
    return look(state, ctx);
  const now = rfc3339Micro(ctx.now);
  try {
    const old = ctx.api.find('Lease', NAMESPACE, name);
    const isOwn = old?.spec?.holderIdentity === identity;
    if (state.leads && !isOwn) return;
    const spec = {
      holderIdentity: identity,
      leaseDurationSeconds: LEASE_DURATION_MS / 1000,
      acquireTime: isOwn ? old.spec!.acquireTime : now,
      renewTime: now,
      leaseTransitions: old === undefined ? 0 : (old.spec?.leaseTransitions ?? 0) + (isOwn ? 0 : 1),
    };
    const lease =
      old === undefined
        ? ctx.api.create<Lease>({
            apiVersion: 'coordination.k8s.io/v1',
            kind: 'Lease',
            metadata: { name, namespace: NAMESPACE },
            spec,
          } as Draft<Lease>)
        : ctx.api.update<Lease>({ ...old, spec } as Lease);
    planeOf(ctx).leaderships.set(name, {
      holder: ctx.process,
      renewing: true,
      since: ctx.now,
      ended: ctx.now,
    });
    if (state.deadline !== 0) ctx.cancel(state.deadline);
    state.deadline = 0;
    if (!state.leads) begin(state, lease, ctx);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (isServed(ctx)) attemptAfter(state, ctx, RETRY_PERIOD_MS * (1 + ctx.random() * JITTER));
  }
}

function begin(state: CandidateState, lease: Lease, ctx: CandidateContext): void {
  const { control, process, args } = ctx;
  state.leads = true;
  ctx.event(lease, 'Normal', 'LeaderElection', `${state.identity} became leader`, { source: args['leads']! });
  const since = { ...ctx.by, cause: ctx.note('leaderElected', { process }) };
  const acting = actingProcess(process);
  if (control.has(acting)) control.start(acting, since);
  else control.spawn(acting, args['leads']!, { server: args['member']! }, since);
}

/** The Lease could not be renewed in time: another may hold it by and by, and nothing more may be done. */
function giveUp(state: CandidateState, ctx: CandidateContext): void {
  state.deadline = 0;
  const leadership = leadershipOf(ctx);
  if (!state.leads || (leadership !== undefined && renews(leadership, ctx))) return;
  const since = ctx.because(ctx.note('leadershipLost', { process: ctx.process }));
  const machine = ctx.world.machines.get(ctx.args['member']!)!;
  for (const container of machine.containers.values())
    if (container.state === 'running' && programOf(ctx.world, container).process?.name === ctx.args['leads'])
      exitContainer(since, machine, container, 1, 'Error');
}

/** Whether it lets go of the Lease when it ends: the scheduler does; controller managers by a gate. */
const releases = (component: string, { config }: CandidateContext): boolean =>
  component === 'kube-scheduler' || config.controllerManagerReleaseLeaderElectionLockOnExit;

/** A candidate that was told to end lets go of the Lease, where it is such a one. */
export function release(state: CandidateState, ctx: CandidateContext): void {
  const name = ctx.args['leads']!;
  if (!state.leads || !releases(name, ctx)) return;
  try {
    const old = ctx.api.find('Lease', NAMESPACE, name);
    if (old?.spec?.holderIdentity !== state.identity) return;
    const now = rfc3339Micro(ctx.now);
    const spec = {
      ...old.spec,
      holderIdentity: '',
      leaseDurationSeconds: 1,
      acquireTime: now,
      renewTime: now,
    };
    ctx.api.update<Lease>({ ...old, spec } as Lease);
    planeOf(ctx).leaderships.set(name, { holder: '', renewing: false, since: ctx.now, ended: ctx.now });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}
