/** What programs in containers reach: requests, connections and names, as the Pod's network has them. */
import type { NodeEnv } from '../node/env.ts';
import { sandboxesNamed } from '../node/addresses.ts';
import type { Reach, Reaching } from '../node/reach.ts';
import type { ConnectResult, FetchResult, ShellNetwork, ShellRequest } from '../node/shell/env.ts';
import { resolve } from './dns.ts';
import { fetchFrom } from './request.ts';
import { viewAt } from './routes.ts';
import type { NetworkEnv } from './types.ts';

const REFUSED: FetchResult = { kind: 'refused', afterMs: 0 };

/** Of the API server, to who says nothing of who he is. */
const ANONYMOUS =
  '{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"forbidden: User ' +
  '\\"system:anonymous\\" cannot get path","reason":"Forbidden","code":403}\n';
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
    if (this.isApiServer(host))
      return this.isCutOff || port !== 443
        ? { kind: 'timedOut', afterMs: timeoutMs }
        : { kind: 'open', afterMs: this.network.hop() };
    const { kind, afterMs } = fetchFrom(this.network, this.from)(`http://${host}:${port}/`, timeoutMs);
    return { kind: kind === 'answered' ? 'open' : kind, afterMs };
  }

  resolve(name: string): readonly string[] {
    const { world, control } = this.env;
    const { dns } = world.network;
    if (dns?.mode === 'error') return [];
    const found = resolve(world, viewAt(world, control.now), this.from.namespace, name);
    if (found === undefined) return [];
    return found.kind === 'service' ? [found.service.spec.clusterIP as string] : found.ips;
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
