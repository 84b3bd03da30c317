/**
 * Who is where on the network: pods by name, machines by address, so that a request finds its ends without
 * walking all machines.
 */
import type { Service } from '../api/types.ts';
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

/** Under what a Service is found by who listens on a port that it sends to. */
export const targetKey = (namespace: string, port: number): string => `${namespace}>${port}`;

/** The numeric port that a Service's port sends to; undefined where it is named. */
export function numericTarget({
  port,
  targetPort,
}: {
  port: number;
  targetPort?: unknown;
}): number | undefined {
  if (targetPort === undefined || targetPort === null) return port;
  return typeof targetPort === 'number' ? targetPort : undefined;
}

/** The ports to which Services that select the Pod send, which they name by their numbers. */
export function targetsOf(world: World, sandbox: Sandbox): number[] {
  const prefix = targetKey(sandbox.podNamespace, 0).slice(0, -1);
  return [...world.network.serviceTargets.keys()]
    .filter((key) => key.startsWith(prefix))
    .map((key) => Number(key.slice(prefix.length)))
    .filter((port) => targetedBy(world, sandbox, port));
}

/** Whether a Service that selects the Pod sends to this port, which it names by its number. */
export function targetedBy(world: World, { podNamespace, labels }: Sandbox, port: number): boolean {
  const { serviceTargets, routes } = world.network;
  return (serviceTargets.get(targetKey(podNamespace, port)) ?? []).some((key) => {
    const service = routes.get(key)?.at(-1)?.object as Service | null | undefined;
    const selector = Object.entries(service?.spec.selector ?? {});
    return (
      selector.length > 0 &&
      selector.every(([name, value]) => labels[name] === value) &&
      service!.spec.ports?.some((p) => numericTarget(p) === port) === true
    );
  });
}
