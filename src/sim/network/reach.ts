/** What programs in containers reach: requests, connections and names, as the Pod's network has them. */
import { POD_ACTOR } from '../api/httprequest.ts';
import type { NodeEnv } from '../node/env.ts';
import { sandboxesNamed } from '../node/addresses.ts';
import { programOf } from '../node/images.ts';
import { nginxHead } from '../node/images/nginxpages.ts';
import { containersOf } from '../node/world.ts';
import type { Reach, Reaching } from '../node/reach.ts';
import type { Millis } from '../kernel/types.ts';
import type {
  ConnectResult,
  FetchResult,
  NameAnswer,
  ShellNetwork,
  ShellRequest,
} from '../node/shell/env.ts';
import { datagramFrom } from './datagram.ts';
import { fullName, isIPv4, resolve } from './dns/names.ts';
import { type DnsRecord, recordsOf } from './dns/otherrecords.ts';
import { deniedBy } from './policy.ts';
import { fetchFrom, resolvedFrom } from './request.ts';
import { viewAt } from './routes.ts';
import type { NetworkEnv } from './types.ts';

const REFUSED: FetchResult = { kind: 'refused', afterMs: 0 };

/** Who signed the certificate that an ingress controller has without a Secret. */
const INGRESS_ISSUER = 'CN=Kubernetes Ingress Controller Fake Certificate,O=Acme Co';

/** Where API servers listen behind their Service. */
const API_PORT = 6443;

/** Who asks for names. */
const RESOLVER = 'resolver';

class PodNetwork implements ShellNetwork {
  private readonly env: NodeEnv;
  private readonly from: Reaching;

  constructor(env: NodeEnv, from: Reaching) {
    this.env = env;
    this.from = from;
  }

  private get network(): NetworkEnv {
    const { world, control } = this.env;
    const { stream } = this.from;
    return {
      world,
      now: this.from.now?.() ?? control.now,
      random: () => control.random(stream),
      hop: () => control.latency('networkHop', stream),
    };
  }

  /** The Pod's network is up. */
  private get isUp(): boolean {
    const { namespace, pod } = this.from;
    return sandboxesNamed(this.env.world, namespace, pod).some(({ sandbox }) => sandbox.ready);
  }

  fetch(request: ShellRequest): FetchResult {
    const { url, timeoutMs, agent, method = 'GET' } = request;
    // As HTTP/2 has it among the headers.
    const headers = method === 'GET' ? request.headers : { ...request.headers, ':method': method };
    const target = /^(https?):\/\/([^/:?#]+)(?::\d+)?([/?#].*)?$/.exec(url);
    if (target === null || !this.isUp) return REFUSED;
    if (this.isApiServer(target[2]!))
      return this.unresolved(target[2]!) ?? this.askApi(request, target[1] === 'https', target[3] ?? '/');
    const outcome = fetchFrom(this.network, this.from)(url, timeoutMs, agent, headers, request.body);
    if (outcome.kind !== 'answered') return outcome;
    if (outcome.isSelfSigned === true && request.trusts === false)
      return { kind: 'untrusted', afterMs: outcome.afterMs, issuer: INGRESS_ISSUER };
    const head = this.headOf(outcome, target[3] ?? '/');
    return head === undefined ? outcome : { ...outcome, head };
  }

  /** What nginx puts before its answers, where no proxy is between. */
  private headOf({ pod, status }: { pod?: string; status: number }, path: string): string[] | undefined {
    const { world, control } = this.env;
    const { ingress, gateway } = world.network;
    if (pod === undefined || ingress.objects.size > 0 || gateway.objects.size > 0) return undefined;
    const [namespace = '', name = ''] = pod.split('/');
    for (const { machine, sandbox } of sandboxesNamed(world, namespace, name))
      for (const container of containersOf(machine, sandbox.podUid))
        if (container.state === 'running' && programOf(world, container).accessLog === 'nginx')
          return nginxHead(status, path, container.image, control.now);
    return undefined;
  }

  /** The API server, by its Service. */
  private askApi(request: ShellRequest, isSecure: boolean, path: string): FetchResult {
    const { method = 'GET', headers = {}, body, trusts, timeoutMs } = request;
    const afterMs = this.network.hop();
    // Its Service has no port 80.
    if (this.isCutOff || !isSecure) return { kind: 'timedOut', afterMs: timeoutMs };
    if (trusts === false) return { kind: 'untrusted', afterMs, issuer: 'CN=kubernetes' };
    const token = /^Bearer (.+)$/.exec(headers['authorization'] ?? '')?.[1];
    const { control, by } = this.env;
    const { namespace, pod } = this.from;
    const answer = control.askApi(
      {
        method,
        path,
        ...(token === undefined ? {} : { token }),
        ...(body === undefined ? {} : { body }),
        ...(headers['content-type'] === undefined ? {} : { contentType: headers['content-type'] }),
      },
      { actor: `${POD_ACTOR}${namespace}/${pod}`, user: '', cause: by.cause },
    );
    return answer === undefined ? { kind: 'refused', afterMs } : { kind: 'answered', ...answer, afterMs };
  }

  connect(host: string, port: number, timeoutMs: number): ConnectResult {
    if (!this.isUp || !(port >= 1 && port <= 65_535) || !/^[^/:?#\s]+$/.test(host))
      return REFUSED as ConnectResult;
    if (this.isApiServer(host)) {
      const lost = this.unresolved(host);
      if (lost !== undefined) return lost;
      return this.isCutOff || port !== 443
        ? { kind: 'timedOut', afterMs: timeoutMs }
        : { kind: 'open', afterMs: this.network.hop() };
    }
    const network: NetworkEnv = { ...this.network, onlyConnects: true };
    const { kind, afterMs } = fetchFrom(network, this.from)(`http://${host}:${port}/`, timeoutMs);
    return { kind: kind === 'answered' ? 'open' : kind, afterMs };
  }

  records(name: string, type: string): readonly DnsRecord[] {
    const { world, control } = this.env;
    const isUnanswered = (): boolean =>
      world.system !== undefined && this.resolve('kubernetes.default').failed !== undefined;
    if (!this.isUp || world.network.dns !== undefined || isUnanswered()) return [];
    return recordsOf(viewAt(world, control.now), this.from.namespace, name, type);
  }

  datagram(host: string, port: number, text: string, timeoutMs: Millis): string | undefined {
    if (!this.isUp) return undefined;
    const outcome = datagramFrom(this.network, this.from, { host, port }, text, timeoutMs);
    return outcome.kind === 'answered' ? outcome.body : undefined;
  }

  resolve(name: string): NameAnswer {
    const { world, control } = this.env;
    const { network, system } = world;
    const view = viewAt(world, control.now);
    if (network.dns?.mode === 'error') return { addresses: [], afterMs: 0 };
    if (system !== undefined && !isIPv4(name)) {
      const { ips, afterMs, failed } = resolvedFrom({ ...this.network, agent: RESOLVER }, this.from, name);
      return {
        addresses: ips,
        afterMs,
        ...(failed === undefined ? { name: fullName(view, this.from.namespace, name) } : { failed }),
      };
    }
    const found = resolve(world, view, this.from.namespace, name);
    if (found === undefined) return { addresses: [], afterMs: 0 };
    const addresses = found.kind === 'service' ? [found.service.spec.clusterIP as string] : found.ips;
    return { addresses, afterMs: 0, name: fullName(view, this.from.namespace, name) };
  }

  /** That nobody answers for a name, where the cluster has Pods to. */
  private unresolved(host: string): { readonly kind: 'notResolved'; readonly afterMs: Millis } | undefined {
    if (this.env.world.system === undefined || isIPv4(host)) return undefined;
    const { addresses, afterMs } = this.resolve(host);
    return addresses.length > 0 ? undefined : { kind: 'notResolved', afterMs };
  }

  private isApiServer(host: string): boolean {
    if (host === 'localhost' || /^127\./.test(host)) return false;
    const { world, control } = this.env;
    const found = resolve(world, viewAt(world, control.now), this.from.namespace, host);
    return (
      found?.kind === 'service' &&
      found.service.metadata.name === 'kubernetes' &&
      found.service.metadata.namespace === 'default'
    );
  }

  /** No packet gets to the API server: for its node's sake, or by the policies of the Pod. */
  private get isCutOff(): boolean {
    const { world, control } = this.env;
    const { namespace, pod } = this.from;
    const { cutOff, policy } = world.network;
    const [at] = sandboxesNamed(world, namespace, pod);
    if (at === undefined) return false;
    if (cutOff.has(at.machine.name)) return true;
    if (policy.policies.size === 0 || at.sandbox.ip === at.machine.ip) return false;
    const [slice] = viewAt(world, control.now).slices('default', 'kubernetes');
    const ip = slice?.endpoints?.[0]?.addresses[0] ?? '';
    const port = slice?.ports?.[0]?.port ?? API_PORT;
    return deniedBy(policy, { ip: at.sandbox.ip, pod: `${namespace}/${pod}` }, { ip }, port) !== undefined;
  }
}

export const podNetwork: Reach = (env, from) => new PodNetwork(env, from);
