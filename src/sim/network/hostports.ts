/**
 * Ports of nodes that lead to Pods. Models plugins/meta/portmap of github.com/containernetworking/plugins: a
 * node's kube-proxy has the first word on a port.
 */
import { ANY_IP } from '../api/hostports.ts';
import { machineAt } from '../node/addresses.ts';
import type { Machine, World } from '../node/world.ts';

interface Endpoint {
  readonly ip: string;
  readonly port: number;
}

/** An address and port, or what a machine's port leads to. */
export function endpointAt(world: World, ip: string, port: number, protocol: 'TCP' | 'UDP'): Endpoint {
  const node = machineAt(world, ip);
  return (node === undefined ? undefined : handedOn(node, ip, port, protocol)) ?? { ip, port };
}

/**
 * Where a port of a machine leads; undefined: to no Pod.
 * @param ip the address of the machine that was asked
 */
export function handedOn(
  machine: Machine,
  ip: string,
  port: number,
  protocol: 'TCP' | 'UDP',
): Endpoint | undefined {
  for (const { ready, hostPorts, ip: podIp } of machine.sandboxes.values()) {
    if (hostPorts === undefined || !ready) continue;
    const found = hostPorts.find(
      (p) => p.port === port && p.protocol === protocol && (p.ip === ANY_IP || p.ip === ip),
    );
    if (found !== undefined) return { ip: podIp, port: found.containerPort };
  }
  return undefined;
}
