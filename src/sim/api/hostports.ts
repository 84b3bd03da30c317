/**
 * Ports of a node that pods ask for. Models pkg/scheduler/framework/types.go (HostPortInfo) and
 * pkg/scheduler/util/utils.go.
 */
import type { Pod } from './types.ts';

export interface HostPort {
  readonly protocol: string;
  readonly port: number;
  readonly ip: string;
  /** The pod's own port, to which the node's leads. */
  readonly containerPort: number;
}

/** Any address of the node. */
export const ANY_IP = '0.0.0.0';
const NO_PORTS: readonly HostPort[] = [];
const portsBySpec = new WeakMap<Pod['spec'], readonly HostPort[]>();

/** Host ports of the containers and sidecars of a pod. */
export function hostPorts(pod: Pod): readonly HostPort[] {
  let known = portsBySpec.get(pod.spec);
  if (known === undefined) {
    const found: HostPort[] = [];
    const sidecars = (pod.spec.initContainers ?? []).filter((c) => c.restartPolicy === 'Always');
    for (const container of [...pod.spec.containers, ...sidecars]) {
      for (const p of container.ports ?? []) {
        if ((p.hostPort ?? 0) > 0)
          found.push({
            protocol: p.protocol || 'TCP',
            port: p.hostPort!,
            ip: p.hostIP || ANY_IP,
            containerPort: p.containerPort,
          });
      }
    }
    known = found.length === 0 ? NO_PORTS : found;
    portsBySpec.set(pod.spec, known);
  }
  return known;
}

/** The same protocol and number, and the same address or either of them any address. */
export const portsClash = (a: HostPort, b: HostPort): boolean =>
  a.protocol === b.protocol && a.port === b.port && (a.ip === b.ip || a.ip === ANY_IP || b.ip === ANY_IP);
