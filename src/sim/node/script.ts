/** The scripts that containers run, what they may touch, and what they write to the log. */
import { POD_ACTOR } from '../api/httprequest.ts';
import type { Millis } from '../kernel/types.ts';
import { writeLog } from './accesslog.ts';
import { machineProcess, type NodeEnv } from './env.ts';
import { exitContainer, exitLater } from './exit.ts';
import { fileSystemOf } from './files/filesystem.ts';
import { nodeIn } from './files/layer.ts';
import { MACHINE_ROOT } from './files/root.ts';
import { catalogued } from './images/catalogue.ts';
import { programOf } from './images.ts';
import { answersChange, goOnLater, physicalChange } from './notices.ts';
import { withOutside } from './outside.ts';
import { mountsIn } from './mountpoints.ts';
import { neighboursOf } from './pidnamespace.ts';
import type { Reach } from './reach.ts';
import type { ShellEnv } from './shell/env.ts';
import { SHELL } from './shell/index.ts';
import type { Machine, RuntimeContainer, Sandbox } from './world.ts';

/** Appends lines to a container's log. */
export function log(env: NodeEnv, container: RuntimeContainer, text: string, ends = false): void {
  writeLog(container, text.replace(/\n$/, '').split('\n'), env.control.now);
  const last = container.logs.at(-1)!;
  if (!text.endsWith('\n') && ends) container.logs[container.logs.length - 1] = { ...last, unended: true };
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/**
 * What a shell in this container may touch.
 * @param own it is the container's first process
 * @param now the moment it is for it; absent: the cluster's
 */
export function shellEnv(
  env: NodeEnv,
  machine: Machine,
  container: RuntimeContainer,
  reach: Reach,
  own: boolean,
  now?: () => Millis,
): ShellEnv {
  const { world, control } = env;
  const stream = machineProcess(machine.name);
  const { podName: pod, podNamespace: namespace } = container;
  const image = baseName(container.image.replace(/[:@].*$/, ''));
  const { shell } = programOf(world, container);
  const { programs, user: named } = catalogued(container.image) ?? {};
  const user = container.user ?? (/^\d+$/.test(named ?? '') ? Number(named) : 0);
  const passOver = (what: string): void => {
    const key = what.length > MOST_SAID ? `${what.slice(0, MOST_SAID)}…` : what;
    const known = world.passedOver.get(container.image);
    if (known?.includes(key) !== true) world.passedOver.set(container.image, [...(known ?? []), key]);
    container.passedOver = true;
  };
  const sandbox = machine.sandboxes.get(container.podUid);
  const inside = reach(env, { namespace, pod, stream, ...(now === undefined ? {} : { now }) });
  return {
    files: fileSystemOf(env, machine, container),
    environment: container.environment,
    workingDir: container.workingDir,
    stdin: own && container.stdin,
    hostname: sandbox?.hostname ?? pod,
    ...(sandbox?.domain === undefined ? {} : { domain: sandbox.domain }),
    namespace,
    ...hostsOf(machine, sandbox),
    ...(sandbox?.resolver === undefined ? {} : { resolver: sandbox.resolver }),
    ...(sandbox?.sysctls === undefined ? {} : { sysctls: sandbox.sysctls }),
    address: sandbox?.ip ?? '',
    now: control.now,
    network: world.network.dns === undefined ? withOutside(inside, passOver) : inside,
    server: shell === true && catalogued(container.image) !== undefined ? undefined : image,
    image: container.image,
    staysOn: own && !container.ends,
    busybox: !/^(?:debian|ubuntu|python|node|nginx|httpd|postgres|mysql|mariadb|redis|bash)$/.test(image),
    ...(programs === undefined ? {} : { own: programs }),
    user,
    groups: container.groups ?? [0],
    ...(container.noNewPrivileges === true ? { noNewPrivileges: true } : {}),
    ...(container.setsNetwork === true ? { setsNetwork: true } : {}),
    client: (name, call) =>
      control.runProgram(
        name,
        { ...call, pod, namespace, mayWait: now === undefined },
        { actor: `${POD_ACTOR}${namespace}/${pod}`, user: '', cause: env.by.cause },
      ),
    randomInt: (below) => Math.floor(control.random(stream) * below),
    neighbours: () => neighboursOf(env, machine, container),
    mounts: () => mountsIn(env, machine, container),
    passOver,
    doubt: () => undefined,
  };
}

/** What its Pod's /etc/hosts is made of. */
function hostsOf(machine: Machine, sandbox: Sandbox | undefined): Pick<ShellEnv, 'hosts'> {
  const aliases = sandbox?.hosts ?? '';
  if (sandbox === undefined || sandbox.ip !== machine.ip) return aliases === '' ? {} : { hosts: { aliases } };
  const own = nodeIn({ own: machine.hostFiles, base: MACHINE_ROOT }, '/etc/hosts');
  return { hosts: { aliases, ofNode: own?.kind === 'file' ? own.content : '' } };
}

/** Letters of what was passed over that are told. */
const MOST_SAID = 60;

/** Begins to run a container's command in a shell; the machine's process goes on with it. */
export function beginScript(env: NodeEnv, machine: Machine, container: RuntimeContainer): void {
  goOnLater(env, machine, container, 0);
}

/** Goes on with a container's script. */
export function runOn(env: NodeEnv, machine: Machine, container: RuntimeContainer, reach: Reach): void {
  container.timers = container.timers.filter((timer) => timer !== container.scriptTimer);
  const shell = shellEnv(env, machine, container, reach, true);
  const command = container.command.length > 0 ? container.command : ['sh'];
  const state = (container.shell ??= SHELL.start(command, shell, container.pid));
  const served = state.serving !== undefined;
  const { written, code, afterMs } = SHELL.run(state, shell);
  for (const { text } of written) log(env, container, text, code !== undefined);
  if (container.state !== 'running') return;
  if (state.serving !== undefined && !served) {
    physicalChange(env, machine, container);
    answersChange(env, machine);
  }
  if (code === undefined) {
    if (afterMs !== Number.POSITIVE_INFINITY) goOnLater(env, machine, container, afterMs);
    return;
  }
  if (code === 0 || !container.passedOver || code >= 128)
    return exitContainer(env, machine, container, code, code === 0 ? 'Completed' : 'Error');
  // What failed may have failed for want of what was passed over: that is not the image's doing.
  if (container.ends) exitLater(env, machine, container, 0, 0);
  else {
    state.serving ??= { since: env.control.now };
    physicalChange(env, machine, container);
  }
}
