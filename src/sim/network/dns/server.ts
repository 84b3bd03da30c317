/**
 * What a CoreDNS container answers: by the plugins of its Corefile in the order of plugin.cfg. It has kept an
 * answer, or changes the name, finds it among its hosts or in the cluster, or asks others, who know nothing
 * of the cluster. It hears of Services and endpoints as everybody does, unless its node is cut off from the
 * control plane. Models plugin/{cache,rewrite,hosts,kubernetes,forward} (github.com/coredns/coredns). Left
 * out: that who rewrites names by regular expressions has to rewrite the answer too.
 */
import type { Millis } from '../../kernel/types.ts';
import { readFile } from '../../node/answer.ts';
import { corefileIn } from '../../node/corefiles.ts';
import {
  addHosts,
  type Hosts,
  isInZones,
  type NameRule,
  type ServerBlock,
} from '../../node/images/corefile.ts';
import type { CachedName, Machine, RuntimeContainer, World } from '../../node/world.ts';
import { viewAt } from '../routes.ts';
import type { NetworkEnv } from '../types.ts';
import { type Records, recordsOf, UNKNOWN } from './records.ts';

/** A canonical name is asked for once more, but not for ever. */
const MOST_ALIASES = 8;
/** Beyond so many names, those that are over are let go. */
const MANY = 2_000;
/** `ttl` of hosts, and of what others answer, who are not known. */
const HOSTS_TTL_MS = 3_600_000;

/** What a server says of a name. */
export type Said =
  /** None: there is no such name. `beyond`: whoever is asked outside of the cluster says so. */
  | { readonly ips: readonly string[]; readonly beyond?: true; readonly ttlMs?: Millis }
  /** SERVFAIL, or REFUSED where it serves no zone of the name. */
  | { readonly failed: 'serverFailed'; readonly afterMs?: Millis };

/** How it asks another server. @returns undefined: that is none of the cluster */
export type AskAnother = (ip: string, name: string) => Said | undefined;

const FAILED: Said = { failed: 'serverFailed' };

/** Until when what is known on a machine goes. */
function knownAt({ network }: World, machine: Machine, now: Millis): Millis {
  return network.cutOff.has(machine.name) ? (network.frozenProxies.get(machine.name) ?? now) : now;
}

/** The server, as it has run since it last read its file: what it kept before is gone. */
function keyOf(
  { world, now }: Pick<NetworkEnv, 'world' | 'now'>,
  { id }: RuntimeContainer,
  name: string,
): string {
  const { until = 0 } = world.system!.corefiles.get(id) ?? {};
  return `${id}${until > 0 && until <= now ? `@${until}` : ''} ${name}`;
}

/** What a server has kept of a name, where that still goes. */
function kept(env: NetworkEnv, container: RuntimeContainer, name: string): CachedName | undefined {
  const known = env.world.system!.names.get(keyOf(env, container, name));
  return known !== undefined && known.until > env.now ? known : undefined;
}

function keep(
  env: NetworkEnv,
  container: RuntimeContainer,
  name: string,
  ips: readonly string[],
  forMs: Millis,
): void {
  const { world, now, agent } = env;
  // Who only looks leaves nothing behind.
  if (agent === undefined || forMs <= 0) return;
  const { names } = world.system!;
  if (names.size > MANY) for (const [key, { until }] of [...names]) if (until <= now) names.delete(key);
  names.set(keyOf(env, container, name), { ips, until: now + forMs });
}

/** The narrowest of some zones that a name is in. */
const zoneOf = (name: string, zones: readonly string[]): string | undefined =>
  zones
    .filter((zone) => isInZones(name, [zone]))
    .sort((a, b) => b.length - a.length)
    .at(0);

/** What a rule makes of a name; undefined: it is not for it. */
function rewritten(name: string, { how, from, to }: NameRule): string | undefined {
  switch (how) {
    case 'exact':
      return name === from ? to : undefined;
    case 'prefix':
      return name.startsWith(from) ? to + name.slice(from.length) : undefined;
    case 'suffix':
      return name.endsWith(from) ? name.slice(0, name.length - from.length) + to : undefined;
    case 'substring':
      return name.includes(from) ? name.replace(from, to) : undefined;
    case 'regex':
      return byExpression(name, from, to);
  }
}

function byExpression(name: string, from: string, to: string): string | undefined {
  try {
    // The name has its dot at the end there.
    const found = new RegExp(from).exec(`${name}.`);
    return found === null
      ? undefined
      : to.replace(/\{(\d)\}/g, (_, n: string) => found[Number(n)] ?? '').replace(/\.$/, '');
  } catch {
    return undefined;
  }
}

function renamed(name: string, rules: readonly NameRule[]): string {
  let is = name;
  for (const rule of rules) {
    const to = rewritten(is, rule);
    if (to === undefined) continue;
    is = to.toLowerCase();
    if (!rule.goesOn) break;
  }
  return is;
}

/** One question at one server. */
class Question {
  private readonly env: NetworkEnv;
  private readonly machine: Machine;
  private readonly container: RuntimeContainer;
  private readonly blocks: readonly ServerBlock[];
  private readonly another: AskAnother;

  constructor(env: NetworkEnv, machine: Machine, container: RuntimeContainer, another: AskAnother) {
    this.env = env;
    this.machine = machine;
    this.container = container;
    this.another = another;
    this.blocks = corefileIn(env.world, machine, container, env.now).blocks.filter(({ port }) => port === 53);
  }

  answer(name: string, depth = 0): Said {
    const zones = this.blocks.flatMap((block) => block.zones);
    const zone = zoneOf(name, zones);
    const block = zone === undefined ? undefined : this.blocks.find((one) => one.zones.includes(zone));
    if (block === undefined) return FAILED;
    const known = kept(this.env, this.container, name);
    if (known !== undefined) return { ips: known.ips };
    const said = this.found(renamed(name, block.rewrites), block, depth);
    if ('failed' in said) return said;
    const { ips, ttlMs = block.ttlMs } = said;
    const unkept = ips.length > 0 ? block.unkept.success : block.unkept.denial;
    if (said.beyond !== true && !isInZones(name, unkept))
      keep(this.env, this.container, name, ips, Math.min(ttlMs, block.cacheMs));
    return said;
  }

  private found(name: string, block: ServerBlock, depth: number): Said {
    return (
      (block.hosts === undefined ? undefined : this.amongHosts(name, block.hosts)) ??
      this.inCluster(name, block, depth) ??
      this.forwarded(name, block)
    );
  }

  /** Undefined: it is left to the next plugin. */
  private amongHosts(name: string, { inline, file, zones, leaves }: Hosts): Said | undefined {
    if (zones.length > 0 && !isInZones(name, zones)) return undefined;
    const known = new Map([...inline].map(([host, ips]) => [host, [...ips]]));
    const { world } = this.env;
    const text = file === '/etc/hosts' ? '' : (readFile(world, this.machine, this.container, file) ?? '');
    addHosts(
      known,
      text.split('\n').map((line) => line.replace(/#.*$/, '').trim().split(/\s+/)),
    );
    const ips = known.get(name) ?? known.get(name.replace(/^[^.]+/, '*'));
    if (ips !== undefined) return { ips, ttlMs: HOSTS_TTL_MS };
    return isInZones(name, leaves) ? undefined : FAILED;
  }

  private inCluster(name: string, { clusterZones }: ServerBlock, depth: number): Said | undefined {
    const zone = zoneOf(name, clusterZones);
    if (zone === undefined) return undefined;
    const { world, now } = this.env;
    const within = name.slice(0, -zone.length - 1);
    const records: Records =
      within === '' ? UNKNOWN : recordsOf(viewAt(world, knownAt(world, this.machine, now)), within);
    if (records.kind === 'addresses') return { ips: records.ips };
    if (records.kind === 'unknown') return { ips: [] };
    return depth < MOST_ALIASES ? this.answer(records.name, depth + 1) : { ips: [] };
  }

  private forwarded(name: string, { forward }: ServerBlock): Said {
    if (forward === undefined || !isInZones(name, [forward.from])) return FAILED;
    for (const ip of forward.to) {
      const said = ip.startsWith('/') ? undefined : this.another(ip, name);
      if (said !== undefined) return said;
    }
    return { ips: [], beyond: true };
  }
}

/** What a server says of a full name, in small letters. */
export const answerOfServer = (
  env: NetworkEnv,
  machine: Machine,
  container: RuntimeContainer,
  name: string,
  another: AskAnother,
): Said => new Question(env, machine, container, another).answer(name);
