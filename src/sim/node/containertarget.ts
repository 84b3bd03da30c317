/**
 * Containers as those who act on them name them: by their pod and their name, whichever process runs in them
 * now.
 */
import type { NodeEnv } from './env.ts';
import { latestContainer, type Machine, type RuntimeContainer } from './world.ts';

export interface ContainerTarget {
  readonly podUid: string;
  readonly container: string;
}

/** The machine and the latest container of that name; undefined when no machine has one. */
export function containerAt(
  env: NodeEnv,
  target: ContainerTarget,
): { machine: Machine; container: RuntimeContainer } | undefined {
  for (const machine of env.world.machines.values()) {
    const container = latestContainer(machine, target.podUid, target.container);
    if (container !== undefined) return { machine, container };
  }
  return undefined;
}

/** @throws Error when there is none */
export function findContainer(
  env: NodeEnv,
  target: ContainerTarget,
): { machine: Machine; container: RuntimeContainer } {
  const found = containerAt(env, target);
  if (found === undefined) throw new Error(`container ${target.container} is not on any machine`);
  return found;
}

/** Where a container is, for the history. */
export const placeOf = (machine: Machine, c: RuntimeContainer) => ({
  node: machine.name,
  namespace: c.podNamespace,
  pod: c.podName,
  uid: c.podUid,
  container: c.name,
});

export const inWords = (c: RuntimeContainer): string =>
  `container ${c.name} of pod ${c.podNamespace}/${c.podName}`;
