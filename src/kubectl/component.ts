/**
 * kubectl in the background: a command that waits (a drain, a rollout status) becomes a process of the
 * simulation, `kubectl-1`, …, so that it runs while other things happen, and is forked, saved and resumed
 * with the cluster.
 */
import type { Identity, UserInfo } from '../sim/api/authentication/user.ts';
import type { ApiComponent } from '../sim/api/client.ts';
import type { ClusterApi } from '../sim/clusterapi.ts';
import { forkState } from '../sim/kernel/fork.ts';
import type { World } from '../sim/node/world.ts';
import type { Task } from '../sim/kernel/types.ts';
import { failureText, isExpected } from './errors.ts';
import { begin, PATIENCE_MS, toResult, type Begun } from './run.ts';
import {
  writeErr,
  type KubectlIO,
  type KubectlResult,
  type OutputPiece,
  type PendingWait,
  type WaitContext,
} from './session.ts';
import { kubectlArguments, ShellError } from './shell.ts';
import { waitNamed } from './waits/index.ts';

/** State of a background command; undefined wait until it is given its work. */
interface JobState {
  pending: PendingWait | undefined;
  readonly pieces: OutputPiece[];
  code: number | undefined;
  giveUpAt: number;
  timer: number;
}

interface BeginTask extends Task {
  readonly type: 'begin';
  readonly pending: PendingWait;
}
type JobTask = BeginTask | { readonly type: 'look' };

const identityOf = ({ username, groups }: UserInfo): Identity => ({ user: username, groups });

/** A background command that asks on its own never asks more seldom than this: it has no watch of its own. */
const POLL_MS = 1000;

export const kubectlComponent: ApiComponent<JobState, JobTask> = {
  component: 'kubectl',
  watches: () => [],
  start: () => ({ pending: undefined, pieces: [], code: undefined, giveUpAt: Infinity, timer: 0 }),
  handle(task, state, ctx) {
    if (task.type === 'begin') {
      // A task is shared between forks; the wait's state is this run's own.
      state.pending = { ...task.pending, state: forkState(task.pending.state) };
      state.giveUpAt = task.pending.timed ? Infinity : ctx.now + PATIENCE_MS;
    }
    const { pending } = state;
    if (pending === undefined || state.code !== undefined) return;
    const context: WaitContext = {
      now: ctx.now,
      api: pending.as === undefined ? ctx.api : ctx.as(ctx.process, ctx.by.cause, identityOf(pending.as)).api,
      config: ctx.config,
      resources: ctx.resources,
      world: ctx.world as World,
      control: ctx.control,
      by: ctx.by,
      pieces: state.pieces,
    };
    try {
      const step = waitNamed(pending.wait).step(pending.state, context);
      if (step.done) {
        state.code = step.code;
        return;
      }
      if (ctx.now >= state.giveUpAt) {
        writeErr(state, 'error: nobody waits for ever: gave up\n');
        state.code = 1;
        return;
      }
      const wakeAt = Math.min(step.wakeAt ?? Infinity, ctx.now + POLL_MS, state.giveUpAt);
      state.timer = ctx.schedule(Math.max(1, wakeAt - ctx.now), { type: 'look' });
    } catch (error) {
      if (!isExpected(error)) throw error;
      writeErr(state, failureText(error));
      state.code = 1;
    }
  },
};

/** @throws ShellError */
function oneCommand(line: string): readonly string[] {
  const argv = kubectlArguments(line);
  if (argv === undefined)
    throw new ShellError(`one kubectl command a line goes on in the background, without a shell: ${line}`);
  return argv;
}

/** A command that was started and may be going on. Plain data. */
export interface KubectlJob {
  readonly process: string | undefined;
  readonly pieces: readonly OutputPiece[];
  readonly code: number | undefined;
}

/**
 * Starts a command by its arguments: what can be done at once is done; a wait goes on as a process while
 * virtual time passes.
 * @example startKubectl(cluster, ['drain', 'node-1', '--ignore-daemonsets'], io)
 */
export const startKubectl = (cluster: ClusterApi, argv: readonly string[], io: KubectlIO): KubectlJob =>
  inBackground(cluster, begin(cluster, argv, io));

/**
 * As `startKubectl`, for a line as a user writes it.
 * @example startKubectlLine(cluster, 'kubectl rollout status deployment/web', io)
 */
export const startKubectlLine = (cluster: ClusterApi, line: string, io: KubectlIO): KubectlJob =>
  inBackground(
    cluster,
    begin(cluster, () => oneCommand(line), io),
  );

function inBackground(cluster: ClusterApi, { pieces, code, pending }: Begun): KubectlJob {
  if (pending === undefined) return { process: undefined, pieces, code };
  let n = 1;
  while (cluster.control.has(`kubectl-${n}`)) n += 1;
  const process = `kubectl-${n}`;
  cluster.control.spawn(process, 'kubectl', {}, cluster.by);
  const task: BeginTask = { type: 'begin', pending };
  cluster.control.scheduleFor(process, 0, task, cluster.by);
  return { process, pieces, code };
}

/**
 * What a started command has come to; undefined while it goes on.
 * @example jobResult(cluster, startKubectl(cluster, ['wait', '--for=delete', 'pod/web'], io))?.code
 */
export function jobResult(cluster: ClusterApi, job: KubectlJob): KubectlResult | undefined {
  if (job.process === undefined) return toResult([...job.pieces], job.code ?? 0);
  const state = cluster.processState(job.process) as JobState;
  return state.code === undefined ? undefined : toResult([...job.pieces, ...state.pieces], state.code);
}
