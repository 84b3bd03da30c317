/**
 * Which processes see each other. A container's are in a PID namespace of their own, in that of a container
 * that it is to look at (targetContainerName), in its Pod's (shareProcessNamespace) or in the machine's
 * (hostPID). Of each container the first process is known to others. Models namespacesForPod of
 * pkg/kubelet/util/util.go.
 */
import type { NodeEnv } from './env.ts';
import { catalogued } from './images/catalogue.ts';
import { withoutTag } from './images/reference.ts';
import type { Neighbour } from './shell/env.ts';
import { signal } from './signal.ts';
import { containersOf, type Machine, type RuntimeContainer } from './world.ts';

type Place = Pick<RuntimeContainer, 'name' | 'sharesPids'> &
  Partial<Pick<RuntimeContainer, 'target' | 'hostPids'>>;

/** What is in the machine's namespace beside containers. */
const OF_MACHINE = ['/sbin/init', '/usr/bin/containerd', '/usr/bin/kubelet'];
/** Ids of processes that follow each other are so far apart: some have come and gone. */
const APART = 6;

/** Containers that run in the PID namespace of one that is there, or is to be, itself among them. */
function membersOf(machine: Machine, podUid: string, of: Place): RuntimeContainer[] {
  if (of.hostPids === true) return [...machine.containers.values()].filter((c) => c.state === 'running');
  const running = containersOf(machine, podUid).filter((c) => c.state === 'running');
  if (of.sharesPids && of.target === undefined) return running.filter((c) => c.sharesPids);
  const root = of.target ?? of.name;
  return running.filter((c) => (c.name === root && !c.sharesPids) || c.target === root);
}

/** Who is first in the namespace where that is no container of its own. */
const firstOf = (of: Place): readonly string[] =>
  of.hostPids === true ? OF_MACHINE : of.sharesPids && of.target === undefined ? ['/pause'] : [];

const highest = (pids: readonly number[]): number => Math.max(1, ...pids);
/** A container's id in a namespace; in the machine's, those that have one of their own count by place. */
const pidIn = (of: Place, c: RuntimeContainer, place: number): number =>
  of.hostPids === true && c.hostPids !== true ? 1 + (OF_MACHINE.length + place) * APART : (c.pid ?? 1);
const pidsOf = (machine: Machine, podUid: string, of: Place): number[] => [
  ...firstOf(of).map((_, i) => 1 + i * APART),
  ...membersOf(machine, podUid, of).map((c, i) => pidIn(of, c, i)),
];

/** The id of the first process of a container that is to start where it is not the first. */
export const nextPid = (machine: Machine, podUid: string, order: Place): number =>
  highest(pidsOf(machine, podUid, order)) + APART;

/** The highest id of a first process in a container's namespace. */
export const highestPid = (machine: Machine, container: RuntimeContainer): number =>
  highest(pidsOf(machine, container.podUid, container));

/** A container's command line as `ps` shows it. */
function commandOf({ command, image }: RuntimeContainer): string {
  if (command.length > 0) return command.join(' ');
  if (catalogued(image)?.image.shell === true) return 'sh';
  const name = withoutTag(image);
  return name.slice(name.lastIndexOf('/') + 1);
}

/** The first processes that a container's processes see. */
export function neighboursOf(env: NodeEnv, machine: Machine, container: RuntimeContainer): Neighbour[] {
  return [
    ...firstOf(container).map((command, i) => ({ pid: 1 + i * APART, command, signal: () => {} })),
    ...membersOf(machine, container.podUid, container).map((c, i) => ({
      pid: pidIn(container, c, i),
      command: commandOf(c),
      signal: (name: string) => void signal(env, machine, c, name),
    })),
  ];
}
