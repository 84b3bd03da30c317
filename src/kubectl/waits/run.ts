/**
 * `kubectl run` with a container attached to: its output until it ends, its exit code, and what was made
 * taken away again. Source: staging/src/k8s.io/kubectl/pkg/cmd/run/run.go (`Run`, `handleAttachPod`,
 * `removeCreatedObjects`).
 */
import { ApiError } from '../../sim/api/errors.ts';
import type { Pod } from '../../sim/api/types.ts';
import { failureText } from '../errors.ts';
import { kindName } from '../resources.ts';
import { writeErr, writeOut, type WaitContext } from '../session.ts';
import { attachWait, type Attached, type AttachState, terminalIsClosed } from './attach.ts';
import type { StepResult, Wait } from './wait.ts';

export interface RunState {
  /** Undefined: it has ended. */
  attach: AttachState | undefined;
  readonly container: Attached;
  /** Whether its Pod comes to an end with it, whose exit code then is the command's. */
  readonly ends: boolean;
  /** What is deleted at the end: Pod and Service, or nothing. */
  readonly removed: readonly { readonly resource: string; readonly name: string }[];
}

interface Outcome {
  readonly code: number;
  /** What is said of it; '': nothing. */
  readonly said: string;
}

/** What the end of a Pod comes to; undefined: it goes on. */
function outcome(pod: Pod): Outcome | undefined {
  const { phase, containerStatuses } = pod.status;
  if (phase === 'Succeeded') return { code: 0, said: '' };
  if (phase !== 'Failed') return undefined;
  const name = `${pod.metadata.namespace}/${pod.metadata.name}`;
  const ended = containerStatuses?.[0]?.state?.terminated;
  if (ended === undefined || ended.exitCode === 0)
    return { code: 1, said: `error: pod ${name} failed with unknown exit code\n` };
  const { exitCode: code, reason = '', message = '' } = ended;
  return { code, said: `pod ${name} terminated (${reason})\n${message === '' ? '' : `${message}\n`}` };
}

function remove({ removed, container: { namespace } }: RunState, context: WaitContext): void {
  for (const { resource, name } of removed)
    try {
      context.api.delete(resource, namespace, name, { propagationPolicy: 'Background' });
      const definition = context.resources.get(resource);
      writeOut(context, `${kindName(definition)} "${name}" deleted from ${namespace} namespace\n`);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      writeErr(context, failureText(error));
    }
}

function end(state: RunState, { code, said }: Outcome, context: WaitContext): StepResult {
  remove(state, context);
  if (said !== '') writeErr(context, said);
  return { done: true, code };
}

const podOf = ({ container }: RunState, { api }: WaitContext): Pod | undefined => {
  const pod = api.find('Pod', container.namespace, container.pod);
  return pod?.metadata.uid === container.uid ? pod : undefined;
};

const hasEnded = (pod: Pod | undefined): boolean =>
  pod === undefined || pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';

export const runWait: Wait<RunState> = {
  name: 'run',
  ready: (state, context) =>
    state.attach === undefined ? hasEnded(podOf(state, context)) : attachWait.ready!(state.attach, context),
  step(state, context): StepResult {
    if (state.attach !== undefined) {
      const { attach } = state;
      const step = attachWait.step(attach, context);
      if (!step.done) return step;
      if (step.code !== 0) return end(state, { code: step.code, said: '' }, context);
      state.attach = undefined;
    }
    const pod = podOf(state, context);
    // Its program waits for somebody who is gone.
    if (!state.ends || pod === undefined || terminalIsClosed(pod, state.container.container, context))
      return end(state, { code: 0, said: '' }, context);
    const found = outcome(pod);
    return found === undefined ? { done: false } : end(state, found, context);
  },
};
