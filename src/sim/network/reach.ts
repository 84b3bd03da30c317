/** What programs in containers reach: requests, connections and names, as the Pod's network has them. */
import type { NodeEnv } from '../node/env.ts';
import { sandboxesNamed } from '../node/addresses.ts';
import type { Reach, Reaching } from '../node/reach.ts';
import type { Millis } from '../kernel/types.ts';
import type {
  ConnectResult,
  FetchResult,
  NameAnswer,
  ShellNetwork,
  ShellRequest,
} from '../node/shell/env.ts';
import { isIPv4, resolve } from './dns/names.ts';
import { fetchFrom, resolvedFrom } from './request.ts';
import { viewAt } from './routes.ts';
import type { NetworkEnv } from './types.ts';

const REFUSED: FetchResult = { kind: 'refused', afterMs: 0 };

/** Of the API server, to who says nothing of who he is. */
const ANONYMOUS =
  '{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"forbidden: User ' +
  '\\"system:anonymous\\" cannot get path","reason":"Forbidden","code":403}\n';
/** Who asks for names. */
const RESOLVER = 'resolver';
const OPEN_PATHS = /^\/(?:healthz|livez|readyz|version)\b/;

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
      now: control.now,
      random: () => control.random(stream),
      hop: () => control.latency('networkHop', stream),
    };
  }

  /** The Pod's network is up. */
  private get isUp(): boolean {
    const { namespace, pod } = this.from;
    return sandboxesNamed(this.env.world, namespace, pod).some(({ sandbox }) => sandbox.ready);
  }

  fetch({ url, timeoutMs, agent, headers }: ShellRequest): FetchResult {
    const target = /^https?:\/\/([^/:?#]+)(?::\d+)?([/?#].*)?$/.exec(url);
    if (target === null || !this.isUp) return REFUSED;
    if (this.isApiServer(target[1]!)) {
      const lost = this.unresolved(target[1]!);
      if (lost !== undefined) return lost;
      const afterMs = this.network.hop();
      if (this.isCutOff) return { kind: 'timedOut', afterMs: timeoutMs };
      return OPEN_PATHS.test(target[2] ?? '/')
        ? { kind: 'answered', status: 200, body: 'ok', afterMs }
        : { kind: 'answered', status: 403, body: ANONYMOUS, afterMs };
    }
    return fetchFrom(this.network, this.from)(url, timeoutMs, agent, headers);
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
    const { kind, afterMs } = fetchFrom(this.network, this.from)(`http://${host}:${port}/`, timeoutMs);
    return { kind: kind === 'answered' ? 'open' : kind, afterMs };
  }

  resolve(name: string): NameAnswer {
    const { world, control } = this.env;
    const { network, system } = world;
    if (network.dns?.mode === 'error') return { addresses: [], afterMs: 0 };
    if (system !== undefined && !isIPv4(name)) {
      const { ips, afterMs, failed } = resolvedFrom({ ...this.network, agent: RESOLVER }, this.from, name);
      return { addresses: ips, afterMs, ...(failed === undefined ? {} : { failed }) };
    }
    const found = resolve(world, viewAt(world, control.now), this.from.namespace, name);
    if (found === undefined) return { addresses: [], afterMs: 0 };
    const addresses = found.kind === 'service' ? [found.service.spec.clusterIP as string] : found.ips;
    return { addresses, afterMs: 0 };
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

  private get isCutOff(): boolean {
    const { world } = this.env;
    const [at] = sandboxesNamed(world, this.from.namespace, this.from.pod);
    return at !== undefined && world.network.cutOff.has(at.machine.name);
  }
}

export const podNetwork: Reach = (env, from) => new PodNetwork(env, from);
