/** A kubelet without a cluster: what its volumes and variables are made of, and nothing that moves. */
import { issueToken, type IssuedToken, type TokenRequest } from '../../sim/api/authentication/tokens.ts';
import { MACHINE_ROOT } from '../../sim/node/files/root.ts';
import { nodeIn } from '../../sim/node/files/layer.ts';
import type { FileTree } from '../../sim/node/files/tree.ts';
import type { Kubelet } from '../../sim/node/kubelet/types.ts';
import { emptyWorld, type Machine, servicesEntry } from '../../sim/node/world.ts';

export interface Surroundings {
  /** ConfigMaps, Secrets, ServiceAccounts in namespace `ns` unless they say another. */
  readonly objects?: readonly { kind: string; name: string; [field: string]: unknown }[];
  /** `name port[/protocol[/portname]] …`, in namespace `ns` or `namespace/name`; addresses are 10.96.0.N. */
  readonly services?: readonly string[];
  readonly podIp?: string;
  readonly hostFiles?: FileTree;
}

const CAPACITY = { cpu: '4', memory: '8Gi', pods: '110', ephemeralStorage: '50Gi' };

/** The Services, as the routes of the world have them. */
function addServices(world: ReturnType<typeof emptyWorld>, services: readonly string[]): void {
  services.forEach((line, i) => {
    const [where, ...ports] = line.split(' ') as [string, ...string[]];
    const [namespace, name] = where.includes('/') ? (where.split('/') as [string, string]) : ['ns', where];
    const headless = ports[0] === 'None';
    const spec = {
      clusterIP: headless ? 'None' : `10.96.0.${i + 1}`,
      ports: ports.filter((p) => p !== 'None').map((p) => {
        const [port, protocol = 'TCP', portName] = p.split('/');
        return { port: Number(port), protocol, ...(portName === undefined ? {} : { name: portName }) };
      }),
    };
    const key = `Service/${namespace}/${name}`;
    const object = { apiVersion: 'v1', kind: 'Service', metadata: { namespace, name }, spec };
    world.network.routes.set(key, [{ at: 0, object: object as never }]);
    const entry = servicesEntry(namespace);
    world.network.routeIndex.set(entry, [...(world.network.routeIndex.get(entry) ?? []), key]);
  });
}

export function kubeletWith({ objects = [], services = [], podIp = '10.244.0.5', hostFiles = new Map() }: Surroundings = {}): Kubelet {
  const world = emptyWorld();
  addServices(world, services);
  const machine = {
    name: 'node-1', ip: '192.168.0.10', capacity: CAPACITY, volumes: new Map(), hostFiles,
    sandboxes: new Map([['uid', { ip: podIp }]]), containers: new Map(), podContainers: new Map(),
  } as unknown as Machine;
  const found = (kind: string, namespace: string, name: string): unknown =>
    objects.find((o) => o.kind === kind && o.name === name && (o['namespace'] ?? 'ns') === namespace);
  const requestToken = (namespace: string, name: string, request: TokenRequest): IssuedToken =>
    issueToken({ now: ctx.now, find: found as never }, namespace, name, request);
  const ctx = { now: 0, config: {}, api: { find: found, requestToken }, event: () => undefined };
  return { ctx, state: { sources: new Map(), unread: new Set() }, machine, env: { world } } as unknown as Kubelet;
}

export const podWith = (spec: object, metadata: object = {}): never =>
  ({ metadata: { uid: 'uid', namespace: 'ns', name: 'p', ...metadata }, spec: { nodeName: 'node-1', containers: [], ...spec }, status: {} }) as never;

/** `directory`, `file` or undefined: what a machine has at a path. */
export const kindOnMachine = (hostFiles: FileTree, path: string): string | undefined =>
  nodeIn({ own: hostFiles, base: MACHINE_ROOT }, path)?.kind;
