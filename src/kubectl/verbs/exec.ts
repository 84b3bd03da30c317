/** `kubectl exec`. Source: staging/src/k8s.io/kubectl/pkg/cmd/exec/exec.go. */
import { ApiError } from '../../sim/api/errors.ts';
import { allContainers } from '../../sim/api/containers.ts';
import { execInContainer, startExec, typeInto } from '../../sim/node/exec.ts';
import { catalogued } from '../../sim/node/images/catalogue.ts';
import type { Pod } from '../../sim/api/types.ts';
import { uidOnNode } from '../../sim/api/mirror.ts';
import { latestContainer, type Machine, type RuntimeContainer } from '../../sim/node/world.ts';
import { podNetwork } from '../../sim/network/index.ts';
import { flag } from '../flags.ts';
import { KubectlError, usageError } from '../errors.ts';
import { type Executed, type PendingWait, writeErr, writeOut, type Session, type Verb } from '../session.ts';
import { defaultContainer } from './logs.ts';
import { podBehind } from './podbehind.ts';

/** A container that runs, and the machine that it runs on. @throws KubectlError as kubectl words it */
export function runningContainer(
  { cluster, api }: Pick<Session, 'cluster' | 'api'>,
  pod: Pod,
  container: string,
  command: readonly string[],
): { machine: Machine; running: RuntimeContainer } {
  if (!allContainers(pod).some((c) => c.name === container)) {
    throw new KubectlError(`container not found ("${container}")`);
  }
  if (!pod.spec.nodeName) throw new KubectlError(`pod ${pod.metadata.name} does not have a host assigned`);
  try {
    // Refused over a WebSocket kubectl asks again over SPDY, which is a POST.
    api.connectBy('create', 'Pod', pod.metadata.namespace ?? '', pod.metadata.name, 'exec', {
      kind: 'PodExecOptions',
      apiVersion: 'v1',
      stdout: true,
      stderr: true,
      container,
      command,
    });
  } catch (error) {
    if (!(error instanceof ApiError) || error.reason !== 'Forbidden') throw error;
    throw new KubectlError(`unable to upgrade connection: ${error.message}`);
  }
  const machine = cluster.world.machines.get(pod.spec.nodeName);
  const kubelet =
    machine !== undefined &&
    machine.power === 'on' &&
    cluster.control.isUp(`kubelet@${machine.name}`) &&
    !cluster.world.network.cutOff.has(machine.name);
  if (machine === undefined || !kubelet) {
    throw new KubectlError(
      'Internal error occurred: error dialing backend: dial tcp ' +
        `${machine?.ip ?? pod.status.hostIP ?? ''}:10250: i/o timeout`,
    );
  }
  const running = latestContainer(machine, uidOnNode(pod), container);
  if (running === undefined || running.state !== 'running') {
    throw new KubectlError(
      `Internal error occurred: error executing command in container: container is not running`,
    );
  }
  return { machine, running };
}

function inMachine(session: Session, pod: Pod, container: string, command: readonly string[]): Executed {
  const { cluster } = session;
  const { machine, running } = runningContainer(session, pod, container, command);
  const result = execInContainer(cluster, machine, running, command, podNetwork);
  if (result.afterMs > 0 && result.afterMs !== Infinity) cluster.pass(result.afterMs);
  return result;
}

/** Whether a command may wait for the cluster: it names its client, or its image has that. */
function mayWait(pod: Pod, container: string, command: readonly string[]): boolean {
  if (command.some((word) => /\bkubectl\b/.test(word))) return true;
  const image = allContainers(pod).find((c) => c.name === container)?.image ?? '';
  return catalogued(image)?.programs?.includes('kubectl') === true;
}

/**
 * Begins a command that goes on while the cluster changes.
 * @param stdin all that it reads; undefined: it has no standard input
 */
function startedInMachine(
  session: Session,
  pod: Pod,
  container: string,
  command: readonly string[],
  stdin: string | undefined,
): PendingWait | number {
  const { machine, running } = runningContainer(session, pod, container, command);
  const tty = session.flags.bool('tty');
  const input = { stdin: stdin !== undefined, tty };
  const execution = startExec(session.cluster, machine, running, command, podNetwork, input);
  if (typeof execution === 'string') {
    writeErr(session, `${execution}command terminated with exit code 127\n`);
    return 127;
  }
  if (stdin !== undefined) {
    typeInto(execution.shell, stdin);
    typeInto(execution.shell, undefined);
  }
  return { wait: 'execution', state: { execution, tty } };
}

export const execVerb: Verb = {
  name: 'exec',
  flags: [
    flag('stdin', 'bool', 'i'),
    flag('tty', 'bool', 't'),
    flag('quiet', 'bool', 'q'),
    flag('container', 'string', 'c'),
  ],
  run(session) {
    const { args, dashAt } = session;
    if (args.length === 0) throw new KubectlError('pod, type/name or --filename must be specified');
    // Many a tutorial leaves the dashes out; kubectl took that until 1.30 (kubernetes/kubernetes#125437).
    if (dashAt < 0 && args.length > 1)
      throw usageError(
        'exec',
        'exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead',
      );
    const command = dashAt < 0 ? [] : args.slice(dashAt);
    if (command.length === 0)
      throw new KubectlError('you must specify at least one command for the container');
    const pod = podBehind(session, args[0]!);
    if (pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed') {
      throw new KubectlError(
        `cannot exec into a container in a completed pod; current phase is ${pod.status.phase}`,
      );
    }
    const container =
      session.flags.text('container') || defaultContainer(session, pod, session.flags.bool('quiet'));
    const piped = session.flags.bool('stdin') ? session.io.stdin : undefined;
    const stdin = piped === '' ? undefined : piped;
    const { namespace = '', name } = pod.metadata;
    if (session.io.exec === undefined && (stdin !== undefined || mayWait(pod, container, command)))
      return startedInMachine(session, pod, container, command, stdin);
    const result =
      session.io.exec?.(namespace, name, container, command, stdin) ??
      inMachine(session, pod, container, command);
    writeOut(session, result.stdout);
    // A terminal shows both streams as one.
    if (session.flags.bool('tty')) writeOut(session, result.stderr);
    else writeErr(session, result.stderr);
    if (result.code !== 0) writeErr(session, `command terminated with exit code ${result.code}\n`);
    return result.code;
  },
};
