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

type Containers = readonly NonNullable<Pod['spec']['initContainers']>[number][];

const takesPorts = (containers: Containers): boolean =>
  containers.some(({ ports }) => ports?.some(({ hostPort = 0 }) => hostPort > 0) === true);

/** Host ports of the containers and sidecars of a pod. */
export function hostPorts({ spec }: Pod): readonly HostPort[] {
  const { containers, initContainers = [] } = spec;
  if (!takesPorts(containers) && !takesPorts(initContainers)) return NO_PORTS;
  let known = portsBySpec.get(spec);
  if (known === undefined) {
    const sidecars = initContainers.filter((c) => c.restartPolicy === 'Always');
    known = [...containers, ...sidecars].flatMap(({ ports = [] }) =>
      ports
        .filter(({ hostPort = 0 }) => hostPort > 0)
        .map((p) => ({
          protocol: p.protocol || 'TCP',
          port: p.hostPort!,
          ip: p.hostIP || ANY_IP,
          containerPort: p.containerPort,
        })),
    );
    portsBySpec.set(spec, known);
  }
  return known;
}

/** The same protocol and number, and the same address or either of them any address. */
export const portsClash = (a: HostPort, b: HostPort): boolean =>
  a.protocol === b.protocol && a.port === b.port && (a.ip === b.ip || a.ip === ANY_IP || b.ip === ANY_IP);
