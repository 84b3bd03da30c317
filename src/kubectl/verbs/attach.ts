/** `kubectl attach`. Source: staging/src/k8s.io/kubectl/pkg/cmd/attach/attach.go. */
import { allContainers } from '../../sim/api/containers.ts';
import { KubectlError } from '../errors.ts';
import { flag } from '../flags.ts';
import { writeErr, type PendingWait, type Verb } from '../session.ts';
import type { AttachState } from '../waits/attach.ts';
import { allContainerNames, defaultContainer } from './logs.ts';
import { podBehind } from './podbehind.ts';

export const attachVerb: Verb = {
  name: 'attach',
  asksMachines: true,
  flags: [
    flag('container', 'string', 'c'),
    flag('quiet', 'bool', 'q'),
    flag('stdin', 'bool', 'i'),
    flag('tty', 'bool', 't'),
  ],
  run(session): PendingWait {
    const { args, flags } = session;
    if (args.length === 0) throw new KubectlError('at least 1 argument is required for attach');
    if (args.length > 2)
      throw new KubectlError(
        `expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw ${args.length}: ` +
          `[${args.join(' ')}]`,
      );
    const pod = podBehind(session, args.join('/'));
    const { phase } = pod.status;
    if (phase === 'Succeeded' || phase === 'Failed')
      throw new KubectlError(`cannot attach a container in a completed pod; current phase is ${phase}`);
    const name = flags.text('container') || defaultContainer(session, pod);
    const container = allContainers(pod).find((c) => c.name === name);
    if (container === undefined)
      throw new KubectlError(
        `cannot attach to the container: container ${name} is not valid for pod ` +
          `${pod.metadata.name} out of: ` +
          allContainerNames(pod),
      );
    const tty = container.tty === true;
    if (flags.bool('tty') && !tty && !flags.bool('quiet'))
      writeErr(session, `error: Unable to use a TTY - container ${name} did not allocate one\n`);
    const { namespace, uid } = pod.metadata;
    const state: AttachState = {
      left: [{ namespace: namespace!, pod: pod.metadata.name, uid, container: name }],
      stdin: flags.bool('stdin'),
      tty,
      quiet: flags.bool('quiet'),
      run: undefined,
      shown: 0,
      told: '',
    };
    return { wait: 'attach', state };
  },
};
