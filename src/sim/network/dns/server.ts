/**
 * What a CoreDNS container answers: from what it has kept, from what it knows of the cluster, or that others
 * would have to be asked, who know nothing of it. It hears of Services and endpoints as everybody does,
 * unless its node is cut off from the control plane. Models plugin/cache (github.com/coredns/coredns), which
 * keeps answers and refusals alike.
 */
import type { Millis } from '../../kernel/types.ts';
import { readFile } from '../../node/answer.ts';
import type { CachedName, Machine, RuntimeContainer, World } from '../../node/world.ts';
import { viewAt } from '../routes.ts';
import type { NetworkEnv } from '../types.ts';
import { type Corefile, corefileOf } from './corefile.ts';
import { type Records, recordsOf, UNKNOWN } from './records.ts';

const COREFILE = '/etc/coredns/Corefile';
/** A canonical name is asked for once more, but not for ever. */
const MOST_ALIASES = 8;
/** Beyond so many names, those that are over are let go. */
const MANY = 2_000;

/** Until when what is known on a machine goes. */
function knownAt({ network }: World, machine: Machine, now: Millis): Millis {
  return network.cutOff.has(machine.name) ? (network.frozenProxies.get(machine.name) ?? now) : now;
}

const keyOf = (container: RuntimeContainer, name: string): string => `${container.id} ${name}`;

/** What a server has kept of a name, where that still goes. */
function kept(
  { world, now }: Pick<NetworkEnv, 'world' | 'now'>,
  container: RuntimeContainer,
  name: string,
): CachedName | undefined {
  const known = world.system!.names.get(keyOf(container, name));
  return known !== undefined && known.until > now ? known : undefined;
}

function keep(
  { world, now, agent }: NetworkEnv,
  container: RuntimeContainer,
  name: string,
  ips: readonly string[],
  forMs: Millis,
): void {
  // Who only looks leaves nothing behind.
  if (agent === undefined || forMs <= 0) return;
  const { names } = world.system!;
  if (names.size > MANY) for (const [key, { until }] of [...names]) if (until <= now) names.delete(key);
  names.set(keyOf(container, name), { ips, until: now + forMs });
}

/** The zone that a name is in, and what of it stands before that. */
function inZone(name: string, { zones }: Corefile): string | undefined {
  const zone = zones.find((one) => name.endsWith(`.${one}`));
  return zone === undefined ? undefined : name.slice(0, -zone.length - 1);
}

/** The addresses of a full name, in small letters; none: there is no such name. */
export function answerOfServer(
  env: NetworkEnv,
  machine: Machine,
  container: RuntimeContainer,
  name: string,
): readonly string[] {
  const { world, now } = env;
  const known = kept(env, container, name);
  if (known !== undefined) return known.ips;
  const corefile = corefileOf(readFile(world, machine, container, COREFILE) ?? '');
  const view = viewAt(world, knownAt(world, machine, now));
  const recordsAt = (full: string): Records => {
    const within = inZone(full, corefile);
    return within === undefined ? UNKNOWN : recordsOf(view, within);
  };
  let records = recordsAt(name);
  for (let n = 0; records.kind === 'alias' && n < MOST_ALIASES; n += 1) records = recordsAt(records.name);
  const ips = records.kind === 'addresses' ? records.ips : [];
  keep(env, container, name, ips, Math.min(corefile.ttlMs, corefile.cacheMs));
  return ips;
}
