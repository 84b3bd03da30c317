/**
 * What of a Corefile decides how CoreDNS answers: its zones of the cluster, how long it keeps answers,
 * whether it asks others. As coredns.io/plugins (kubernetes, cache, forward) reads them. Left out: hosts,
 * rewrite, and server blocks of other zones.
 */

export interface Corefile {
  /** Of the plugin `kubernetes`: `cluster.local`. */
  readonly zones: readonly string[];
  /** How long others may keep what it answers of them. */
  readonly ttlMs: number;
  /** How long it keeps answers itself at most; 0: it keeps none. */
  readonly cacheMs: number;
  readonly forwards: boolean;
}

/** Where a plugin says nothing of it: `ttl` of kubernetes, and of cache. */
const TTL_MS = 5_000;
const CACHE_MS = 3_600_000;

const msOf = (seconds: string | undefined, otherwise: number): number =>
  seconds === undefined ? otherwise : Number(seconds) * 1000;

export function corefileOf(text: string): Corefile {
  const lines = text.split('\n').map((line) => line.replace(/#.*$/, '').trim().split(/\s+/));
  const wordsOf = (plugin: string): string[] | undefined =>
    lines.find(([first]) => first === plugin)?.slice(1);
  const cache = wordsOf('cache');
  const [ttl] = wordsOf('ttl') ?? [];
  return {
    zones: (wordsOf('kubernetes') ?? []).filter((word) => word !== '{'),
    ttlMs: msOf(ttl, TTL_MS),
    cacheMs:
      cache === undefined
        ? 0
        : msOf(
            cache.find((word) => /^\d+$/.test(word)),
            CACHE_MS,
          ),
    forwards: wordsOf('forward') !== undefined,
  };
}
