/** Where a kubelet's probes go, and what they make of what they meet. */
import { containerOrder } from '../../sim/node/kubelet/containerorder.ts';
import { runProbe } from '../../sim/node/kubelet/prober.ts';
import type { Kubelet } from '../../sim/node/kubelet/types.ts';
import { addMachine, latestContainer } from '../../sim/node/index.ts';
import { createSandbox, startContainer } from '../../sim/node/runtime.ts';
import { Cluster } from '../../sim/cluster.ts';
import type { CaseArea } from './area.ts';

interface Scene {
  readonly probe: object;
  readonly image?: string;
  readonly hostNetwork?: boolean;
  readonly ports?: readonly object[];
  /** What the container's program answers on every path. */
  readonly status?: number;
  readonly afterMs?: number;
}

/** The verdict of one probe of a container that has long been up. */
function verdict({ probe, image = 'app', hostNetwork = false, ports = [], status = 200, afterMs = 0 }: Scene): string {
  const cluster = Cluster.create({ seed: 1, nodes: 0 });
  const machine = addMachine(cluster, { name: 'node-1' });
  cluster.world.images.set('app', { listens: [8080], http: { '/*': { status, afterMs } } });
  cluster.world.images.set('bytes', { listens: [6379], speaksHttp: false });
  const identity = { uid: 'uid', namespace: 'ns', name: 'p' };
  createSandbox(cluster, machine, identity, hostNetwork, cluster.config);
  const container = { name: 'c', image, ports, readinessProbe: probe };
  const pod = { metadata: identity, spec: { containers: [container] }, status: {} };
  const given = { mounts: [], environment: {} };
  startContainer(cluster, machine, identity, containerOrder(machine, pod as never, container as never, 'containers', 0, given));
  const record = latestContainer(machine, 'uid', 'c')!;
  const k = { ctx: { now: cluster.now + 60_000 }, env: cluster, machine } as unknown as Kubelet;
  const { ok, output } = runProbe(k, container as never, record, probe);
  return ok ? 'success' : output;
}

const NAMED = [{ name: 'web', containerPort: 8080 }];
const REFUSED = 'connect: connection refused';
const POD = '10.244.1.2';
const NODE = '192.168.0.10';

type Row = readonly [name: string, scene: Scene, expected: string];
const http = (more: object): object => ({ httpGet: { port: 8080, ...more } });
const failed = (status: number): string => `HTTP probe failed with statuscode: ${status}`;

const ROWS: readonly Row[] = [
  ['200 is well', { probe: http({}) }, 'success'],
  ['201 is well', { probe: http({}), status: 201 }, 'success'],
  ['a redirect is well', { probe: http({}), status: 302 }, 'success'],
  ['399 is well', { probe: http({}), status: 399 }, 'success'],
  ['400 is not', { probe: http({}), status: 400 }, failed(400)],
  ['404 is not', { probe: http({ path: '/nothing' }), status: 404 }, failed(404)],
  ['500 is not', { probe: http({}), status: 500 }, failed(500)],
  ['a path without its slash', { probe: http({ path: 'healthz' }) }, 'success'],
  ['headers', { probe: http({ httpHeaders: [{ name: 'Host', value: 'shop.example.com' }] }) }, 'success'],
  ['a port by its name', { probe: { httpGet: { port: 'web' } }, ports: NAMED }, 'success'],
  ['the Pod’s address is dialled', { probe: { httpGet: { port: 9 } } }, `Get "http://${POD}:9/": dial tcp ${POD}:9: ${REFUSED}`],
  ['TLS is dialled', { probe: { httpGet: { port: 9, scheme: 'HTTPS' } } }, `Get "https://${POD}:9/": dial tcp ${POD}:9: ${REFUSED}`],
  [
    'an answer later than a second',
    { probe: http({}), afterMs: 1001 },
    `Get "http://${POD}:8080/": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`,
  ],
  ['an answer within its time-out', { probe: { ...http({}), timeoutSeconds: 3 }, afterMs: 2500 }, 'success'],
  [
    'loopback is the node’s',
    { probe: http({ host: '127.0.0.1' }) },
    `Get "http://127.0.0.1:8080/": dial tcp 127.0.0.1:8080: ${REFUSED}`,
  ],
  [
    'localhost is the node’s',
    { probe: http({ host: 'localhost' }) },
    `Get "http://localhost:8080/": dial tcp localhost:8080: ${REFUSED}`,
  ],
  ['loopback, on the node’s network', { probe: http({ host: '127.0.0.1' }), hostNetwork: true }, 'success'],
  ['localhost, on the node’s network', { probe: http({ host: 'localhost' }), hostNetwork: true }, 'success'],
  ['the node’s address, on its network', { probe: http({}), hostNetwork: true }, 'success'],
  ['the node’s address by name of address', { probe: http({ host: NODE }), hostNetwork: true }, 'success'],
  [
    'a name that the node cannot look up',
    { probe: http({ host: 'shop' }) },
    'Get "http://shop:8080/": dial tcp: lookup shop: no such host',
  ],
  ['an address that is nobody’s', { probe: { tcpSocket: { port: 80, host: '203.0.113.9' } } }, 'dial tcp 203.0.113.9:80: i/o timeout'],
  ['a connection is enough', { probe: { tcpSocket: { port: 8080 } } }, 'success'],
  ['a connection is enough, whatever is spoken', { probe: { tcpSocket: { port: 6379 } }, image: 'bytes' }, 'success'],
  ['a connection by the port’s name', { probe: { tcpSocket: { port: 'web' } }, ports: NAMED }, 'success'],
  ['a connection that is refused', { probe: { tcpSocket: { port: 81 } } }, `dial tcp ${POD}:81: ${REFUSED}`],
  ['a connection to loopback', { probe: { tcpSocket: { port: 8080, host: 'localhost' } }, hostNetwork: true }, 'success'],
  ['HTTP to what does not speak it', { probe: { httpGet: { port: 6379 } }, image: 'bytes' }, `Get "http://${POD}:6379/": EOF`],
  ['gRPC', { probe: { grpc: { port: 8080 } } }, 'success'],
  [
    'gRPC where nothing listens',
    { probe: { grpc: { port: 81 } } },
    `timeout: failed to connect service "${POD}:81" within 1s: context deadline exceeded`,
  ],
  ['a program that nobody described answers what its probe asks', { probe: { httpGet: { port: 4711 } }, image: 'example.com/app' }, 'success'],
];

export const diallingCases: CaseArea = {
  area: 'dialling of probes',
  source: 'pkg/probe/http/http_test.go, pkg/probe/tcp/tcp_test.go, pkg/probe/grpc/grpc_test.go, pkg/kubelet/prober/prober_test.go',
  cases: ROWS.map(([name, scene, expected]) => ({ name, run: () => verdict(scene), expected })),
};
