/**
 * Attaching to a container: what it prints from then on, until it ends. Nobody types: where its program waits
 * for input from a terminal, the terminal is closed, and the program waits on.
 * Sources: staging/src/k8s.io/kubectl/pkg/cmd/attach/attach.go, pkg/cmd/debug/debug.go (waitForContainer).
 */
import { isNotFound } from '../../sim/api/errors.ts';
import { allContainerStatuses } from '../../sim/api/containers.ts';
import type { ContainerStatus, Pod } from '../../sim/api/types.ts';
import { awaitsTerminal } from '../../sim/node/shell/terminal.ts';
import { uidOnNode } from '../../sim/api/mirror.ts';
import { latestContainer, type RuntimeContainer } from '../../sim/node/world.ts';
import { KubectlError } from '../errors.ts';
import { writeErr, writeOut, type WaitContext } from '../session.ts';
import { failed, FINISHED, type StepResult, type Wait } from './wait.ts';

export interface Attached {
  readonly namespace: string;
  readonly pod: string;
  readonly uid: string;
  readonly container: string;
}

export interface AttachState {
  /** The first is the one attached to. */
  left: Attached[];
  readonly stdin: boolean;
  readonly tty: boolean;
  readonly quiet: boolean;
  /** Runtime id of the container whose output is shown; undefined: it is waited for. */
  run: string | undefined;
  /** Lines of it that are shown, or were there before. */
  shown: number;
  /** The warning last printed. */
  told: string;
}

const ATTACHING =
  'All commands and output from this session will be recorded in container logs, including credentials and ' +
  'sensitive information passed through the command prompt.\n' +
  "If you don't see a command prompt, try pressing enter.\n";

const statusOf = ({ status }: Pod, name: string): ContainerStatus | undefined =>
  allContainerStatuses(status).find((s) => s.name === name);

function recordOf(context: WaitContext, pod: Pod, name: string): RuntimeContainer | undefined {
  const machine = context.world.machines.get(pod.spec.nodeName ?? '');
  return machine === undefined ? undefined : latestContainer(machine, uidOnNode(pod), name);
}

function show(state: AttachState, record: RuntimeContainer | undefined, context: WaitContext): void {
  const lines = record?.logs.slice(state.shown) ?? [];
  for (const { line } of lines) writeOut(context, `${line}\n`);
  state.shown += lines.length;
}

/** Whether it is attached to, or its output has been shown already. @throws KubectlError */
function attach(state: AttachState, pod: Pod, context: WaitContext): 'waits' | 'attached' | 'shown' {
  const { container } = state.left[0]!;
  const status = statusOf(pod, container);
  const record = recordOf(context, pod, container);
  if (status?.state?.terminated) {
    show(state, record, context);
    return 'shown';
  }
  if (!status?.state?.running) {
    const message = status?.state?.waiting?.message ?? '';
    if (message !== '' && message !== state.told && !state.quiet)
      writeErr(context, `Warning: container ${container}: ${message}\n`);
    state.told = message;
    return 'waits';
  }
  if (!state.quiet) writeErr(context, ATTACHING);
  if (record?.state === 'running') {
    state.run = record.id;
    state.shown = record.logs.length;
    return 'attached';
  }
  writeErr(
    context,
    `warning: couldn't attach to pod/${pod.metadata.name}, falling back to streaming logs: Internal error ` +
      `occurred: unable to upgrade connection: container ${container} not found in pod ` +
      `${pod.metadata.name}_${pod.metadata.namespace}\n`,
  );
  show(state, record, context);
  return 'shown';
}

/** Whether a container's program waits for what somebody would type at a terminal. */
export function terminalIsClosed(pod: Pod, container: string, context: WaitContext): boolean {
  const record = recordOf(context, pod, container);
  return record?.state === 'running' && record.shell !== undefined && awaitsTerminal(record.shell);
}

const hasEnded = ({ stdin }: AttachState, record: RuntimeContainer | undefined): boolean =>
  record?.state !== 'running' || (stdin && record.shell !== undefined && awaitsTerminal(record.shell));

function tellEnd({ left, stdin, tty, quiet }: AttachState, pod: Pod, context: WaitContext): void {
  if (quiet || !stdin || !tty) return;
  const { container } = left[0]!;
  const again = `'kubectl attach ${pod.metadata.name} -c ${container} -n ${pod.metadata.namespace} -i -t'`;
  const ephemeral = pod.spec.ephemeralContainers?.some((c) => c.name === container) === true;
  writeOut(
    context,
    ephemeral
      ? `Session ended, the ephemeral container will not be restarted but may be reattached using ${again} ` +
          'if it is still running\n'
      : `Session ended, resume using ${again} command\n`,
  );
}

function next(state: AttachState): void {
  state.left.shift();
  state.run = undefined;
  state.shown = 0;
  state.told = '';
}

const currentPod = ({ left }: AttachState, { api }: WaitContext): Pod | undefined => {
  const { namespace, pod, uid } = left[0]!;
  const found = api.find('Pod', namespace, pod);
  return found?.metadata.uid === uid ? found : undefined;
};

export const attachWait: Wait<AttachState> = {
  name: 'attach',
  ready(state, context) {
    const pod = currentPod(state, context);
    if (pod === undefined) return true;
    const { container } = state.left[0]!;
    if (state.run === undefined) {
      const { running, terminated, waiting } = statusOf(pod, container)?.state ?? {};
      return Boolean(running ?? terminated) || (waiting?.message ?? '') !== state.told;
    }
    const record = recordOf(context, pod, container);
    return record?.id !== state.run || record.logs.length > state.shown || hasEnded(state, record);
  },
  step(state, context): StepResult {
    try {
      for (;;) {
        if (state.left.length === 0) return FINISHED;
        const pod = currentPod(state, context);
        if (pod === undefined) throw new KubectlError(`pods "${state.left[0]!.pod}" not found`);
        const how = state.run === undefined ? attach(state, pod, context) : 'attached';
        if (how === 'waits') return { done: false };
        if (how === 'attached') {
          const record = recordOf(context, pod, state.left[0]!.container);
          show(state, record?.id === state.run ? record : undefined, context);
          if (record?.id === state.run && !hasEnded(state, record)) return { done: false };
          tellEnd(state, pod, context);
        }
        next(state);
      }
    } catch (error) {
      if (!(error instanceof KubectlError) && !isNotFound(error)) throw error;
      return failed(error, context);
    }
  },
};
