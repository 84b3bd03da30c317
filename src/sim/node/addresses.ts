/**
 * Who is where on the network: pods by name, machines by address, so that a request finds its ends without
 * walking all machines.
 */
import type { Machine, Sandbox, World } from './world.ts';

const keyOf = (namespace: string, name: string): string => `${namespace}/${name}`;

/** The machine has a sandbox of a pod of this name; a pod made anew elsewhere may have one there as well. */
export function enterSandbox(world: World, machine: Machine, sandbox: Sandbox): void {
  const { podMachines } = world.network;
  const key = keyOf(sandbox.podNamespace, sandbox.podName);
  const names = podMachines.get(key) ?? [];
  if (!names.includes(machine.name)) podMachines.set(key, [...names, machine.name]);
}

/** The machine has this sandbox no more. */
export function leaveSandbox(world: World, machine: Machine, sandbox: Sandbox): void {
  const { podMachines } = world.network;
  const { podNamespace, podName } = sandbox;
  for (const other of machine.sandboxes.values())
    if (other !== sandbox && other.podName === podName && other.podNamespace === podNamespace) return;
  const key = keyOf(podNamespace, podName);
  const names = (podMachines.get(key) ?? []).filter((name) => name !== machine.name);
  if (names.length === 0) podMachines.delete(key);
  else podMachines.set(key, names);
}

/** Sandboxes of pods of this name, in the order of their machines and, on one, of their making. */
export function sandboxesNamed(
  world: World,
  namespace: string,
  name: string,
): { machine: Machine; sandbox: Sandbox }[] {
  const machines = (world.network.podMachines.get(keyOf(namespace, name)) ?? []).map(
    (machine) => world.machines.get(machine)!,
  );
  return machines
    .sort((a, b) => a.index - b.index)
    .flatMap((machine) =>
      [...machine.sandboxes.values()]
        .filter((s) => s.podName === name && s.podNamespace === namespace)
        .map((sandbox) => ({ machine, sandbox })),
    );
}

/** The machine whose own address this is. */
export function machineAt(world: World, ip: string): Machine | undefined {
  const name = world.network.machineIps.get(ip);
  return name === undefined ? undefined : world.machines.get(name);
}
