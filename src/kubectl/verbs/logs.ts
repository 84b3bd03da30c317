/**
 * `kubectl logs`. Sources: staging/src/k8s.io/kubectl/pkg/cmd/logs/logs.go,
 * pkg/polymorphichelpers/logsforobject.go.
 */
import { badRequest, isNotFound } from '../../sim/api/errors.ts';
import { parseTime } from '../../sim/api/time.ts';
import { rfc3339Micro } from '../../sim/api/time.ts';
import { allContainers, allContainerStatuses } from '../../sim/api/containers.ts';
import type { Pod } from '../../sim/api/types.ts';
import { uidOnNode } from '../../sim/api/mirror.ts';
import type { RuntimeContainer, World } from '../../sim/node/world.ts';
import { KubectlError, usageError } from '../errors.ts';
import { flag, SELECTOR } from '../flags.ts';
import { select, throwErrors } from '../resources.ts';
import { writeErr, writeOut } from '../session.ts';
import type { LogOptions, Session, Verb } from '../session.ts';
import { podBehind } from './podbehind.ts';

/** Runs of a container of a pod on its machine, the oldest first. */
function runsOf(world: World, pod: Pod, container: string): RuntimeContainer[] {
  const machine = pod.spec.nodeName === undefined ? undefined : world.machines.get(pod.spec.nodeName);
  if (machine === undefined) return [];
  return [...machine.containers.values()]
    .filter((c) => c.podUid === uidOnNode(pod) && c.name === container)
    .sort((a, b) => a.attempt - b.attempt);
}

/** Names of all containers, as the message about the default one lists them. */
export function allContainerNames({ spec }: Pod): string {
  return [
    ...spec.containers.map((c) => c.name),
    ...(spec.ephemeralContainers ?? []).map((c) => `${c.name} (ephem)`),
    ...(spec.initContainers ?? []).map((c) => `${c.name} (init)`),
  ].join(', ');
}

/** What a container has written, as far as the flags ask for it. @throws KubectlError, ApiError */
export function linesOf(session: Session, pod: Pod, container: string): string[] {
  const { flags } = session;
  const { name, namespace } = pod.metadata;
  if (!allContainers(pod).some((c) => c.name === container))
    throw badRequest(`container ${container} is not valid for pod ${name}`);
  session.api.connect('get', 'Pod', namespace ?? '', name, 'log');
  const status = allContainerStatuses(pod.status).find((s) => s.name === container);
  if (!pod.spec.nodeName) return [];
  const machine = session.cluster.world.machines.get(pod.spec.nodeName);
  if (machine === undefined || machine.power !== 'on') {
    const address = machine?.ip ?? pod.status.hostIP ?? pod.spec.nodeName;
    throw new KubectlError(
      `Error from server: Get "https://${address}:10250/containerLogs/${namespace}/${name}/${container}": ` +
        `dial tcp ${address}:10250: connect: no route to host`,
    );
  }
  const runs = runsOf(session.cluster.world, pod, container);
  const previous = flags.bool('previous');
  if (previous) {
    const before = runs.at(-2);
    if (before === undefined || !status?.lastState?.terminated) {
      throw badRequest(`previous terminated container "${container}" in pod "${name}" not found`);
    }
    return textOf(session, before);
  }
  const run = runs.at(-1);
  if (run === undefined || status === undefined || status.state?.waiting !== undefined) {
    if (run !== undefined && run.state !== 'created') return textOf(session, run);
    const why = status?.state?.waiting?.reason ?? 'ContainerCreating';
    const words =
      why === 'ImagePullBackOff' || why === 'ErrImagePull'
        ? 'trying and failing to pull image'
        : `waiting to start: ${why}`;
    throw badRequest(`container "${container}" in pod "${name}" is ${words}`);
  }
  return textOf(session, run);
}

function textOf(session: Session, run: RuntimeContainer): string[] {
  const { flags } = session;
  const sinceMs = flags.number('since', 0);
  const sinceTime = flags.text('since-time');
  const from = sinceMs > 0 ? session.now - sinceMs : sinceTime === '' ? -Infinity : parseTime(sinceTime);
  const stamps = flags.bool('timestamps');
  return run.logs
    .filter((l) => l.at >= from)
    .map((l) => (stamps ? `${rfc3339Micro(l.at).replace('000Z', '000000Z')} ${l.line}` : l.line));
}

/** @param tail lines, all where it is negative @param limit of bytes, none where it is 0 */
function printed(session: Session, pod: Pod, container: string, tail: number, limit: number): string {
  const lines = linesOf(session, pod, container);
  const shown = tail < 0 ? lines : lines.slice(Math.max(0, lines.length - tail));
  const text = shown.map((line) => `${line}\n`).join('');
  return limit > 0 ? text.slice(0, limit) : text;
}

function logOptionsOf({ flags }: Session, tail: number, limit: number): LogOptions {
  const sinceMs = flags.number('since', 0);
  const sinceTime = flags.text('since-time');
  return {
    previous: flags.bool('previous'),
    timestamps: flags.bool('timestamps'),
    ...(tail < 0 ? {} : { tailLines: tail }),
    ...(limit > 0 ? { limitBytes: limit } : {}),
    ...(sinceMs > 0 ? { sinceSeconds: Math.ceil(sinceMs / 1000) } : {}),
    ...(sinceTime === '' ? {} : { sinceTime }),
  };
}

export const logsVerb: Verb = {
  name: 'logs',
  flags: [
    SELECTOR,
    flag('container', 'string', 'c'),
    flag('previous', 'bool', 'p'),
    flag('tail', 'int'),
    flag('follow', 'bool', 'f'),
    flag('since', 'duration'),
    flag('since-time', 'string'),
    flag('timestamps'),
    flag('prefix'),
    flag('all-containers'),
    flag('limit-bytes', 'int'),
    flag('max-log-requests', 'int'),
  ],
  run(session) {
    const { flags, args } = session;
    if (flags.bool('all-containers') && flags.text('container') !== '') {
      throw new KubectlError(
        `--all-containers=true should not be specified with container name ${flags.text('container')}`,
      );
    }
    const sinceTime = flags.text('since-time');
    if (sinceTime !== '' && Number.isNaN(parseTime(sinceTime)))
      throw new KubectlError(
        `parsing time "${sinceTime}" as "2006-01-02T15:04:05Z07:00": cannot parse "${sinceTime}" as "2006"`,
      );
    const selector = flags.text('selector');
    if (args.length === 0 && selector === '')
      throw usageError(
        'logs',
        "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required " +
          'argument for the logs command',
      );
    if (args.length > 0 && selector !== '')
      throw usageError('logs', 'only a selector (-l) or a POD name is allowed');
    if (args.length > 2)
      throw usageError(
        'logs',
        "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required " +
          'argument for the logs command',
      );
    if (args.length === 2 && flags.text('container') !== '')
      throw new KubectlError('only one of -c or an inline [CONTAINER] arg is allowed');
    const container = flags.text('container') || args[1] || '';
    let pods: Pod[];
    if (selector !== '') {
      const selection = select(session, { args: ['pods'] });
      throwErrors(selection.errors);
      pods = selection.items.map((i) => i.object as Pod);
      if (pods.length === 0) writeErr(session, `No resources found in ${session.namespace} namespace.\n`);
    } else pods = [podNamed(session, args[0]!)];
    // Many pods at once show their last ten lines each, as kubectl does.
    const tail = flags.number('tail', selector === '' ? -1 : 10);
    if (tail < -1) throw new KubectlError('--tail must be greater than or equal to -1');
    // What is followed is shown as far as it has come.
    const most = flags.number('max-log-requests', 5);
    if (flags.bool('follow') && pods.length > most)
      throw new KubectlError(
        `you are attempting to follow ${pods.length} log streams, but maximum allowed concurrency is ` +
          `${most}, ` +
          'use --max-log-requests to increase the limit',
      );
    const limit = flags.number('limit-bytes', 0);
    for (const pod of pods) {
      const names = flags.bool('all-containers')
        ? [
            ...(pod.spec.initContainers ?? []),
            ...pod.spec.containers,
            ...(pod.spec.ephemeralContainers ?? []),
          ].map((c) => c.name)
        : [container || defaultContainer(session, pod)];
      for (const name of names) {
        const prefix = flags.bool('prefix') ? `[pod/${pod.metadata.name}/${name}] ` : '';
        const text =
          session.io.log === undefined
            ? printed(session, pod, name, tail, limit)
            : session.io.log(
                pod.metadata.namespace ?? '',
                pod.metadata.name,
                name,
                logOptionsOf(session, tail, limit),
              );
        for (const line of text.split(/(?<=\n)/)) if (line !== '') writeOut(session, `${prefix}${line}`);
      }
    }
    return 0;
  },
};

/** @throws KubectlError in the words of this command, which are others than those of its kin */
function podNamed(session: Session, target: string): Pod {
  try {
    return podBehind(session, target);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    throw new KubectlError(
      `error from server (NotFound): ${error.message} in namespace ${JSON.stringify(session.namespace)}`,
    );
  }
}

export function defaultContainer(session: Session, pod: Pod, quiet = false): string {
  const wanted = pod.metadata.annotations?.['kubectl.kubernetes.io/default-container'];
  if (wanted !== undefined && pod.spec.containers.some((c) => c.name === wanted)) return wanted;
  const first = pod.spec.containers[0]!.name;
  if (!quiet && allContainers(pod).length > 1) {
    writeErr(session, `Defaulted container "${first}" out of: ${allContainerNames(pod)}\n`);
  }
  return first;
}
