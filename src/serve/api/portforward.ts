/**
 * pods/portforward: requests to ports of a Pod, as its node sends them from within. Models
 * pkg/registry/core/pod/rest/subresources.go and staging/src/k8s.io/kubelet/pkg/cri/streaming/portforward;
 * the dialling is containerd's (internal/cri/server/sandbox_portforward_linux.go).
 */
import { badRequest } from '../../sim/api/errors.ts';
import type { Cluster } from '../../sim/cluster.ts';
import { podNetwork } from '../../sim/network/index.ts';
import { sandboxesNamed } from '../../sim/node/addresses.ts';
import { connect, listener } from '../../sim/node/answer.ts';
import { programOf } from '../../sim/node/images.ts';
import type { Call } from './call.ts';
import type { ForwardTarget, PortForward } from './http.ts';
import { machineOf } from './logs.ts';

/** A request that came through a forwarded port, read whole. Plain data. */
export interface ForwardedRequest {
  readonly port: number;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Those that servers look at, by names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What comes back: an answer, or why there is none. */
export type ForwardedAnswer =
  | { readonly status: number; readonly body: string }
  | { readonly failed: string };

/** Nobody gives up before the browser does, or curl. */
const PATIENCE_MS = 130_000;

export function portForward(call: Call): PortForward {
  const { client, info, cluster, request } = call;
  const pod = client.get('Pod', info.namespace, info.name);
  const verb = request.method === 'POST' ? 'create' : 'get';
  client.connectBy(verb, 'Pod', info.namespace, info.name, 'portforward', {
    kind: 'PodPortForwardOptions',
    apiVersion: 'v1',
  });
  if (!pod.spec.nodeName) throw badRequest(`pod ${info.name} does not have a host assigned`);
  machineOf(cluster, pod, `portForward/${info.namespace}/${info.name}`);
  return { kind: 'portForward', to: { namespace: info.namespace, pod: info.name, uid: pod.metadata.uid } };
}

/** Why nothing is sent to a port of a Pod; undefined where something that speaks HTTP listens. */
export function refusalToForward(cluster: Cluster, to: ForwardTarget, port: number): string | undefined {
  const { world, now } = cluster;
  const failed = (why: string): string => `error forwarding port ${port} to pod ${to.pod}, uid : ${why}`;
  const found = sandboxesNamed(world, to.namespace, to.pod).find(({ sandbox }) => sandbox.podUid === to.uid);
  if (found === undefined || found.machine.power !== 'on' || !found.sandbox.ready)
    return failed(`failed to find sandbox "${to.pod}" in store: not found`);
  const { machine } = found;
  if (connect(world, machine, to.uid, port, now) !== 'open')
    return failed(
      `failed to execute portforward in network namespace of "${to.pod}": failed to connect to ` +
        `localhost:${port} inside namespace, IPv4: dial tcp4 127.0.0.1:${port}: connect: connection refused`,
    );
  const container = listener(world, machine, to.uid, port, now)!;
  return programOf(world, container).speaksHttp === false
    ? failed(
        `seatrial serve passes on HTTP alone, and what listens in container "${container.name}" ` +
          '(a database, a queue) speaks a protocol of its own',
      )
    : undefined;
}

/** Sends a request to a port of a Pod, from within it; what it takes passes in the cluster. */
export function sendForwarded(
  cluster: Cluster,
  to: ForwardTarget,
  { port, method, path, headers }: ForwardedRequest,
): ForwardedAnswer {
  const refused = refusalToForward(cluster, to, port);
  if (refused !== undefined) return { failed: refused };
  const { namespace, pod } = to;
  const outcome = podNetwork(cluster, { namespace, pod, stream: 'operator' }).fetch({
    url: `http://localhost:${port}${path}`,
    timeoutMs: PATIENCE_MS,
    agent: headers['user-agent'] ?? '-',
    method,
    headers,
  });
  cluster.pass(Math.min(outcome.afterMs, PATIENCE_MS));
  if (outcome.kind === 'answered') return { status: outcome.status, body: outcome.body };
  const why = outcome.kind === 'timedOut' ? 'nothing is answered' : 'the connection is refused';
  return { failed: `error forwarding port ${port} to pod ${pod}, uid : ${why}` };
}
