/**
 * The proxies of Pods, Services and nodes: what is asked behind them is sent on, and its answer comes back.
 * Models pkg/registry/core/pod/strategy.go (ResourceLocation), pkg/registry/core/service/storage/storage.go,
 * pkg/registry/core/node/strategy.go and staging/src/k8s.io/apimachinery/pkg/util/proxy/{upgradeaware,
 * transport}.go.
 */
import { ApiError, badRequest } from '../../sim/api/errors.ts';
import type { Endpoints, Node, Pod, Service } from '../../sim/api/types.ts';
import { podNetwork } from '../../sim/network/index.ts';
import { sandboxesNamed } from '../../sim/node/addresses.ts';
import type { Call } from './call.ts';
import { type Answer, jsonAnswer, TEXT_TYPE } from './http.ts';
import { machineOf } from './logs.ts';

/** How long an answer is waited for, in virtual ms. */
const PATIENCE_MS = 60_000;
/** Where kubelets listen. */
const KUBELET_PORT = '10250';

/** What is asked, and of whom. */
interface Asked {
  readonly scheme: string;
  readonly name: string;
  /** A number or a name; '': none is said. */
  readonly port: string;
  /** Path and query, as they are sent on. */
  readonly path: string;
  /** What stands before them. */
  readonly prefix: string;
}

/** @param what `pod`, for errors @throws ApiError BadRequest */
function askedOf({ info, request }: Call, what: string): Asked {
  const parts = info.name.split(':');
  const [scheme, name, port] = parts.length === 3 ? parts : ['', parts[0], parts[1] ?? ''];
  if (!name || parts.length > 3 || !['', 'http', 'https'].includes(scheme!))
    throw badRequest(`invalid ${what} request ${JSON.stringify(info.name)}`);
  const [, prefix = '', path = ''] = /^([^?]*?\/[^/?]+\/[^/?]+\/proxy)((?:\/[^?]*)?(?:\?.*)?)$/.exec(
    request.url,
  ) ?? [undefined, '', ''];
  return { scheme: scheme!, name, port: port!, path, prefix };
}

const unreachable = (why: string): ApiError =>
  new ApiError('ServiceUnavailable', `error trying to reach service: ${why}`);

/** As Go's servers tell what they send where nobody says it (net/http, DetectContentType). */
const typeOf = (body: string): string =>
  /^\s*<(?:!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|!--)[\s>]/i.test(
    body,
  )
    ? 'text/html; charset=utf-8'
    : TEXT_TYPE;

const rewritten = (path: string, prefix: string): string =>
  path.startsWith('/') && !path.startsWith(prefix) ? prefix + path : path;

/** Links of a page lead through the proxy, too. */
const linked = (page: string, prefix: string): string =>
  page.replaceAll(
    /(<[a-z][^>]*?\s(?:href|src|action|cite|data|poster|background)=)(["'])(\/(?!\/)[^"']*)\2/gi,
    (_all, before: string, quote: string, path: string) =>
      `${before}${quote}${rewritten(path, prefix)}${quote}`,
  );

/** Sends a request to a port of a Pod, from within it; what it takes passes in the cluster. */
function sendToPod({ cluster, request }: Call, pod: Pod, port: number, asked: Asked): Answer {
  const { namespace = '', name, uid } = pod.metadata;
  const dial = `dial tcp ${pod.status.podIP}:${port}: `;
  const found = sandboxesNamed(cluster.world, namespace, name).find(({ sandbox }) => sandbox.podUid === uid);
  if (found === undefined || found.machine.power !== 'on' || !found.sandbox.ready)
    throw unreachable(`${dial}connect: no route to host`);
  const path = asked.path.startsWith('/') ? asked.path : `/${asked.path}`;
  const { method, headers, body: sent } = request;
  const outcome = podNetwork(cluster, { namespace, pod: name, stream: 'operator' }).fetch({
    url: `http://localhost:${port}${path}`,
    timeoutMs: PATIENCE_MS,
    agent: headers['user-agent'] ?? '-',
    method,
    ...(sent.length === 0 ? {} : { body: new TextDecoder().decode(sent) }),
    headers: Object.fromEntries(
      ['accept', 'content-type', 'user-agent'].flatMap((of) => (headers[of] ? [[of, headers[of]]] : [])),
    ),
  });
  cluster.pass(Math.min(outcome.afterMs, PATIENCE_MS));
  if (outcome.kind === 'timedOut')
    throw new ApiError(
      'Timeout',
      'the server was unable to return a response in the time allotted, but may still be processing ' +
        'the request',
    );
  if (outcome.kind !== 'answered') throw unreachable(`${dial}connect: connection refused`);
  const { status, body, location } = outcome;
  const type = typeOf(body);
  return {
    kind: 'answer',
    status,
    headers: {
      'content-type': type,
      ...(location === undefined ? {} : { location: rewritten(location, asked.prefix) }),
    },
    body: type.startsWith('text/html') ? linked(body, asked.prefix) : body,
  };
}

/** Without a path a browser would take what is linked for something else. */
const toSlash = ({ request }: Call, { path, prefix }: Asked): Answer | undefined =>
  !path.startsWith('/') && (request.method === 'GET' || request.method === 'HEAD')
    ? { kind: 'answer', status: 301, headers: { location: `${prefix}/${path}` }, body: '' }
    : undefined;

/** @throws ApiError where webhooks or policies refuse the connection */
function admit({ client, info }: Call, kind: 'Pod' | 'Service' | 'Node', { name, path }: Asked): void {
  client.connectBy(info.verb, kind, info.namespace, name, 'proxy', {
    kind: `${kind}ProxyOptions`,
    apiVersion: 'v1',
    path,
  });
}

function podProxy(call: Call): Answer {
  const { client, info } = call;
  const asked = askedOf(call, 'pod');
  const pod = client.get('Pod', info.namespace, asked.name);
  admit(call, 'Pod', asked);
  if (!pod.status.podIP) throw badRequest('address not allowed');
  const declared = pod.spec.containers.find((c) => (c.ports ?? []).length > 0)?.ports?.[0]?.containerPort;
  const port = asked.port === '' ? (declared ?? (asked.scheme === 'https' ? 443 : 80)) : Number(asked.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw unreachable(`dial tcp: lookup tcp/${asked.port}: unknown port`);
  return toSlash(call, asked) ?? sendToPod(call, pod, port, asked);
}

/** The Service's own name of a port that is given by number. @throws ApiError ServiceUnavailable */
function portName({ metadata, spec }: Service, port: string): string {
  if (!/^\d+$/.test(port)) return port;
  const found = (spec.ports ?? []).find((p) => p.port === Number(port));
  if (found !== undefined) return found.name ?? '';
  throw new ApiError(
    'ServiceUnavailable',
    `no service port ${port} found for service ${JSON.stringify(metadata.name)}`,
  );
}

function serviceProxy(call: Call): Answer {
  const { client, info, cluster } = call;
  const { namespace } = info;
  const asked = askedOf(call, 'service');
  const service = client.get('Service', namespace, asked.name);
  admit(call, 'Service', asked);
  const name = portName(service, asked.port);
  const { subsets = [] } = (cluster.client().find('Endpoints', namespace, asked.name) ?? {}) as Endpoints;
  const backends = subsets.flatMap(({ addresses = [], ports = [] }) => {
    const port = ports.find((p) => (p.name ?? '') === name)?.port;
    return port === undefined ? [] : addresses.map((address) => ({ address, port }));
  });
  if (backends.length === 0)
    throw new ApiError(
      'ServiceUnavailable',
      `no endpoints available for service ${JSON.stringify(asked.name)}`,
    );
  const redirect = toSlash(call, asked);
  if (redirect !== undefined) return redirect;
  const { address, port } = backends[Math.floor(cluster.control.random('operator') * backends.length)]!;
  const pod = cluster.client().find('Pod', namespace, address.targetRef?.name ?? '');
  if (pod === undefined) throw unreachable(`dial tcp ${address.ip}:${port}: connect: no route to host`);
  return sendToPod(call, pod, port, asked);
}

const text = (status: number, body: string): Answer => ({
  kind: 'answer',
  status,
  headers: { 'content-type': typeOf(body) },
  body,
});

/** What a kubelet answers, as far as it has anything to say. Source: pkg/kubelet/server/server.go. */
function kubeletAnswer({ cluster }: Call, { metadata }: Node, path: string): Answer {
  if (path === '/healthz') return text(200, 'ok');
  if (path === '/pods' || path === '/pods/') {
    const pods = cluster
      .client()
      .list('Pod')
      .filter((pod) => pod.spec.nodeName === metadata.name);
    return jsonAnswer(200, { kind: 'PodList', apiVersion: 'v1', metadata: {}, items: pods });
  }
  if (path === '/logs/')
    return text(200, '<pre>\n<a href="containers/">containers/</a>\n<a href="pods/">pods/</a>\n</pre>\n');
  return text(404, '404 page not found\n');
}

function nodeProxy(call: Call): Answer {
  const { client, cluster } = call;
  const asked = askedOf(call, 'node');
  const node = client.get('Node', '', asked.name);
  admit(call, 'Node', asked);
  const redirect = toSlash(call, asked);
  if (redirect !== undefined) return redirect;
  const path = asked.path.replace(/\?.*$/, '');
  const machine = cluster.world.machines.get(asked.name);
  const address = machine?.ip ?? '';
  if (asked.port === '' || asked.port === KUBELET_PORT) {
    machineOf(cluster, { spec: { nodeName: asked.name }, status: {} } as Pod, path.slice(1));
    return kubeletAnswer(call, node, path === '/logs' ? '/logs/' : path);
  }
  const own = cluster
    .client()
    .list('Pod')
    .find((pod) => pod.spec.hostNetwork === true && pod.spec.nodeName === asked.name && pod.status.podIP);
  if (own === undefined) throw unreachable(`dial tcp ${address}:${asked.port}: connect: connection refused`);
  return sendToPod(call, own, Number(asked.port), asked);
}

/** @throws ApiError; undefined where the resource has no proxy */
export function proxy(call: Call): Answer | undefined {
  if (call.info.resource === 'pods') return podProxy(call);
  if (call.info.resource === 'services') return serviceProxy(call);
  return call.info.resource === 'nodes' ? nodeProxy(call) : undefined;
}
