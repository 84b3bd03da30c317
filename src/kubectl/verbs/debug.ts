/** `kubectl debug`. Source: staging/src/k8s.io/kubectl/pkg/cmd/debug/debug.go. */
import { allContainers } from '../../sim/api/containers.ts';
import { schemaOf } from '../../sim/api/resources/definition.ts';
import { randomName } from '../../sim/api/names.ts';
import { twoWayPatch } from '../../sim/api/merge/index.ts';
import type { Pod } from '../../sim/api/types.ts';
import {
  debugCopy,
  type DebugOptions,
  type DebugPod,
  nodeDebugPod,
  withDebugContainer,
} from '../debug/pods.ts';
import { profileNamed } from '../debug/profiles.ts';
import { KubectlError } from '../errors.ts';
import { fileItems } from '../files.ts';
import { FILENAME, flag } from '../flags.ts';
import { select, throwErrors, type Item } from '../resources.ts';
import { tellWritten, writeErr, writeOut, type PendingWait, type Session, type Verb } from '../session.ts';
import type { AttachState } from '../waits/attach.ts';
import { parseData } from './patch.ts';

/** distribution/reference's grammar: a name with an optional registry, tag and digest. */
const IMAGE =
  /^(?:[a-zA-Z0-9][\w.-]*(?::\d+)?\/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*(?::[\w][\w.-]{0,127})?(?:@[A-Za-z][\w.+-]*:[\da-fA-F]{32,})?$/;

/** `a=b,c=d` as often as it is said (pflag's StringToString). @throws KubectlError */
function pairsOf(session: Session, name: string): Record<string, string> {
  const pairs: Record<string, string> = {};
  // What stands in a value without an `=` belongs to the pair before.
  for (const given of session.flags.list(name))
    for (const pair of given.split(/,(?=[^,=]*=)/)) {
      const at = pair.indexOf('=');
      if (at < 0)
        throw new KubectlError(
          `invalid argument "${given}" for "--${name}" flag: ${pair} must be formatted as key=value`,
        );
      pairs[pair.slice(0, at)] = pair.slice(at + 1);
    }
  return pairs;
}

function customOf(session: Session): object | undefined {
  const path = session.flags.text('custom');
  if (path === '') return undefined;
  let text: string;
  try {
    text = session.io.readFile(path);
  } catch {
    throw new KubectlError(
      `must pass a container spec json file for custom profile: open ${path}: no such file or directory`,
    );
  }
  const custom = parseData(text);
  if (typeof custom !== 'object' || custom === null || Array.isArray(custom))
    throw new KubectlError(`${path} does not contain a valid container spec`);
  if (
    ['name', 'command', 'image', 'lifecycle', 'volumeDevices'].some((field) => Object.hasOwn(custom, field))
  )
    throw new KubectlError(
      'name, command, image, lifecycle and volume devices are not modifiable via custom profile',
    );
  return custom;
}

function optionsOf(session: Session): DebugOptions {
  const { flags, args, dashAt } = session;
  const keeps = (what: string): boolean => flags.bool(`keep-${what}`);
  return {
    image: flags.text('image'),
    container: flags.text('container'),
    target: flags.text('target'),
    pullPolicy: flags.text('image-pull-policy'),
    command: dashAt < 0 ? [] : args.slice(dashAt),
    argumentsOnly: flags.bool('arguments-only'),
    env: Object.entries(pairsOf(session, 'env')).map(([name, value]) => ({ name, value })),
    stdin: flags.bool('stdin'),
    tty: flags.bool('tty'),
    profile: profileNamed(flags.text('profile') || 'general'),
    kept: {
      labels: keeps('labels'),
      annotations: keeps('annotations'),
      liveness: keeps('liveness'),
      readiness: keeps('readiness'),
      startup: keeps('startup'),
      initContainers: !flags.has('keep-init-containers') || keeps('init-containers'),
    },
    custom: customOf(session),
    copyTo: flags.text('copy-to'),
    sameNode: flags.bool('same-node'),
    shareProcesses: flags.has('share-processes') ? flags.bool('share-processes') : undefined,
    images: pairsOf(session, 'set-image'),
  };
}

const invalidImage = (image: string, container = ''): KubectlError =>
  new KubectlError(
    `invalid image name "${image}"${container === '' ? '' : ` for container "${container}"`}: ` +
      'invalid reference format',
  );

/** @throws KubectlError where flags do not go together */
function check(session: Session, options: DebugOptions): void {
  const { flags } = session;
  const { image, container, copyTo, images, command, sameNode, target, pullPolicy, stdin, tty } = options;
  const replacing = Object.keys(images).length > 0;
  const refuse = (message: string): never => {
    throw new KubectlError(message);
  };
  if (flags.bool('attach') && image === '' && container === '')
    refuse('you must specify --container or create a new container using --image in order to attach.');
  if (copyTo !== '') {
    if (image === '' && !replacing && command.length === 0)
      refuse('you must specify --image, --set-image or command arguments.');
    if (command.length > 0 && container === '' && image === '')
      refuse('you must specify an existing container or a new image when specifying args.');
  } else if (flags.bool('replace')) refuse('--replace may only be used with --copy-to.');
  else if (sameNode) refuse('--same-node may only be used with --copy-to.');
  else if (replacing) refuse('--set-image may only be used with --copy-to.');
  else if (image === '') refuse('you must specify --image when not using --copy-to.');
  if (image !== '' && !IMAGE.test(image)) throw invalidImage(image);
  if (targetsOf(session).length === 0 && !flags.has('filename'))
    refuse('NAME or filename is required for debug');
  if (!['', 'Always', 'IfNotPresent', 'Never'].includes(pullPolicy))
    refuse(`invalid image pull policy: ${pullPolicy}`);
  for (const [name, to] of Object.entries(images)) if (!IMAGE.test(to)) throw invalidImage(to, name);
  if (target !== '') {
    if (copyTo !== '') refuse('--target is incompatible with --copy-to. Use --share-processes instead.');
    if (!flags.bool('quiet'))
      writeOut(
        session,
        `Targeting container "${target}". If you don't see processes from this container it may be because ` +
          "the container runtime doesn't support this feature.\n",
      );
  }
  if (tty && !stdin) refuse('-i/--stdin is required for containers with -t/--tty=true');
  if (options.profile === 'legacy')
    writeErr(
      session,
      '--profile=legacy is deprecated and planned to be removed in v1.39. It is recommended to specify ' +
        'other profile, for example "--profile=general".\n',
    );
}

const targetsOf = ({ args, dashAt }: Session): readonly string[] =>
  dashAt < 0 ? args : args.slice(0, dashAt);

/** Pods by their names alone, others as `type/name`. */
function objectsOf(session: Session): readonly Item[] {
  const words = targetsOf(session);
  const found = session.flags.has('filename')
    ? select(session, fileItems(session))
    : select(session, { args: words.map((word) => (word.includes('/') ? word : `pods/${word}`)) });
  throwErrors(found.errors);
  return found.items;
}

const NOT_ROOT =
  'Warning: Non-root user is configured for the entire target Pod, and some capabilities granted by debug ' +
  'profile may not work. Please consider using "--custom" with a custom profile that specifies ' +
  '"securityContext.runAsUser: 0".\n';

function warnOfUser(session: Session, { pod, container }: DebugPod): void {
  const security = allContainers(pod).find((c) => c.name === container)?.securityContext;
  if (!pod.spec.securityContext?.runAsUser || security === undefined || security.runAsUser === 0) return;
  if (security.privileged === true || (security.capabilities?.add ?? []).length > 0)
    writeErr(session, NOT_ROOT);
}

/** Writes what an object is to be looked at with. */
function begin(session: Session, { info, object }: Item, options: DebugOptions): DebugPod {
  const { cluster, api, flags } = session;
  const pods = cluster.resources.get('Pod');
  const quiet = flags.bool('quiet');
  const random = (): number => cluster.control.random('kubectl');
  const draw = (): string => randomName(random, 'debugger-');
  const defaulting = (made: DebugPod): void => {
    if (options.container === '' && made.container !== undefined && !quiet)
      writeOut(session, `Defaulting debug container name to ${made.container}.\n`);
  };
  const create = (made: DebugPod): DebugPod => {
    const pod = api.create(made.pod) as Pod;
    tellWritten(session, pods, made.pod);
    return { pod, container: made.container };
  };
  if (info.kind === 'Node') {
    const node = object.metadata.name;
    const name = randomName(random, `node-debugger-${node}-`);
    const made = nodeDebugPod(pods, node, session.namespace, name, options);
    if (!quiet)
      writeOut(session, `Creating debugging pod ${name} with container ${made.container} on node ${node}.\n`);
    return create(made);
  }
  if (info.kind !== 'Pod')
    throw new KubectlError(`"${info.apiVersion}, Kind=${info.kind}" not supported by debug`);
  const pod = object as Pod;
  if (options.copyTo !== '') {
    const made = debugCopy(pods, pod, options, draw);
    defaulting(made);
    warnOfUser(session, made);
    const created = create(made);
    if (flags.bool('replace'))
      api.delete('Pod', pod.metadata.namespace!, pod.metadata.name, { gracePeriodSeconds: 0 });
    return created;
  }
  const made = withDebugContainer(pods, pod, options, draw);
  defaulting(made);
  warnOfUser(session, made);
  const patch = twoWayPatch(schemaOf(pods), pod, made.pod);
  const patched = api.patch('Pod', pod.metadata.namespace!, pod.metadata.name, 'strategic', patch, {
    subresource: 'ephemeralcontainers',
  });
  tellWritten(session, pods, patch as object);
  return { pod: patched, container: made.container };
}

export const debugVerb: Verb = {
  name: 'debug',
  asksMachines: true,
  flags: [
    ...FILENAME.filter((f) => f.name === 'filename'),
    flag('arguments-only'),
    flag('attach'),
    flag('container', 'string', 'c'),
    flag('copy-to', 'string'),
    flag('custom', 'string'),
    flag('env', 'strings'),
    flag('image', 'string'),
    flag('image-pull-policy', 'string'),
    flag('keep-annotations'),
    flag('keep-init-containers'),
    flag('keep-labels'),
    flag('keep-liveness'),
    flag('keep-readiness'),
    flag('keep-startup'),
    flag('profile', 'string'),
    flag('quiet', 'bool', 'q'),
    flag('replace'),
    flag('same-node'),
    flag('set-image', 'strings'),
    flag('share-processes'),
    flag('stdin', 'bool', 'i'),
    flag('target', 'string'),
    flag('tty', 'bool', 't'),
  ],
  run(session): number | PendingWait {
    const { flags } = session;
    const options = optionsOf(session);
    check(session, options);
    const made = objectsOf(session).map((item) => begin(session, item, options));
    const attaching = flags.has('attach') ? flags.bool('attach') : options.stdin;
    const left = made.flatMap(({ pod, container }) =>
      attaching && container !== undefined
        ? [{ namespace: pod.metadata.namespace!, pod: pod.metadata.name, uid: pod.metadata.uid, container }]
        : [],
    );
    if (left.length === 0) return 0;
    const { stdin, tty } = options;
    const state: AttachState = {
      left,
      stdin,
      tty,
      quiet: flags.bool('quiet'),
      run: undefined,
      shown: 0,
      told: '',
    };
    return { wait: 'attach', state };
  },
};
