/**
 * A Corefile, read: its server blocks, and what of their plugins decides how names are answered for. As
 * coredns.io/manual/configuration and plugin/{cache,forward,hosts,kubernetes,reload,rewrite}/README.md of
 * github.com/coredns/coredns have it. What is left out of the plugins, and the plugins that are not named
 * here, are read and passed over: `template`, `log`, `autopath`, rewrites of anything but names.
 */
import { remembered } from '../../kernel/memo.ts';

/** How the name of a question is changed before it is looked up. */
export interface NameRule {
  readonly how: 'exact' | 'prefix' | 'suffix' | 'substring' | 'regex';
  readonly from: string;
  readonly to: string;
  /** The next rule has its turn, though this one has fitted. */
  readonly goesOn: boolean;
}

export interface Hosts {
  /** Addresses by names in small letters. */
  readonly inline: ReadonlyMap<string, readonly string[]>;
  /** The file that is read beside it. */
  readonly file: string;
  /** The zones that it answers for; none: those of its block. */
  readonly zones: readonly string[];
  /** The zones whose other names are left to the next plugin: `['']`, all. */
  readonly leaves: readonly string[];
}

interface Forward {
  readonly from: string;
  /** Addresses, or files like /etc/resolv.conf. */
  readonly to: readonly string[];
}

export interface ServerBlock {
  /** Without the dots at their ends; '': the root, all names. */
  readonly zones: readonly string[];
  readonly port: number;
  readonly rewrites: readonly NameRule[];
  readonly hosts?: Hosts;
  /** Zones of the plugin `kubernetes`. */
  readonly clusterZones: readonly string[];
  /** How long others may keep what it answers of them. */
  readonly ttlMs: number;
  /** How long answers, and refusals, are kept at most; 0: not at all. */
  readonly cacheMs: number;
  /** Zones of which answers, or refusals, are not kept. */
  readonly unkept: { readonly success: readonly string[]; readonly denial: readonly string[] };
  readonly forward?: Forward;
  /** When it looks whether its file has changed: so often, and up to so much later. Undefined: never. */
  readonly reload?: { readonly everyMs: number; readonly jitterMs: number };
  /** Ports that it listens on beside that for names. */
  readonly otherPorts: readonly number[];
}

export type Corefile = { readonly blocks: readonly ServerBlock[] } | { readonly problem: string };

/** Names of plugin.cfg. */
const DIRECTIVES = new Set(
  (
    'root metadata geoip cancel tls quic grpc_server https https3 timeouts multisocket reload nsid ' +
    'bufsize bind debug trace ready health pprof prometheus errors log dnstap local dns64 acl any chaos ' +
    'loadbalance tsig cache rewrite header dnssec autopath minimal template transfer hosts route53 azure ' +
    'clouddns k8s_external kubernetes file auto secondary etcd loop forward grpc erratic whoami on sign ' +
    'view nomad import'
  ).split(' '),
);

/** Where a plugin says nothing of it: `ttl` of kubernetes, and of cache; the times of reload. */
const TTL_MS = 5_000;
const CACHE_MS = 3_600_000;
const RELOAD_MS = 30_000;
const RELOAD_JITTER_MS = 15_000;

interface Line {
  readonly number: number;
  readonly words: readonly string[];
}

interface Plugin {
  readonly name: string;
  readonly args: readonly string[];
  readonly lines: readonly (readonly string[])[];
}

class Unreadable extends Error {}

const linesOf = (text: string): Line[] =>
  text
    .split('\n')
    .map((line, i) => ({
      number: i + 1,
      words: line
        .replace(/(?:^|\s)#.*$/, '')
        .trim()
        .split(/\s+/)
        .filter(Boolean)
        .map((word) => word.replace(/^"(.*)"$/, '$1')),
    }))
    .filter(({ words }) => words.length > 0);

/** `kubernetes` of `kubernetes cluster.local {`, and whether a block follows. */
function headOf(words: readonly string[]): { head: readonly string[]; opens: boolean } {
  const opens = words.at(-1) === '{';
  return { head: opens ? words.slice(0, -1) : words, opens };
}

class Reader {
  private readonly lines: readonly Line[];
  private readonly file: string;
  private at = 0;

  constructor(text: string, file: string) {
    this.lines = linesOf(text);
    this.file = file;
  }

  private fail(why: string, line = this.lines[Math.min(this.at, this.lines.length - 1)]?.number ?? 1): never {
    throw new Unreadable(`${this.file}:${line} - Error during parsing: ${why}`);
  }

  blocks(): { keys: readonly string[]; plugins: Plugin[] }[] {
    const found: { keys: readonly string[]; plugins: Plugin[] }[] = [];
    while (this.at < this.lines.length) {
      const { head, opens } = headOf(this.lines[this.at]!.words);
      if (head.includes('}')) this.fail("Unexpected '}' because no matching opening brace");
      this.at += 1;
      found.push({ keys: head.map((key) => key.replace(/,$/, '')), plugins: opens ? this.plugins() : [] });
    }
    return found;
  }

  private plugins(): Plugin[] {
    const found: Plugin[] = [];
    for (;;) {
      const line = this.lines[this.at];
      if (line === undefined) this.fail('Unexpected EOF');
      this.at += 1;
      const { head, opens } = headOf(line.words);
      const [name = '', ...args] = head;
      if (name === '}') return found;
      if (!DIRECTIVES.has(name)) this.fail(`Unknown directive '${name}'`, line.number);
      found.push({ name, args, lines: opens ? this.inner() : [] });
    }
  }

  private inner(): (readonly string[])[] {
    const found: (readonly string[])[] = [];
    for (let depth = 1; ; ) {
      const line = this.lines[this.at];
      if (line === undefined) this.fail('Unexpected EOF');
      this.at += 1;
      const { head, opens } = headOf(line.words);
      if (opens) depth += 1;
      if (head[0] === '}') depth -= 1;
      if (depth === 0) return found;
      found.push(head);
    }
  }
}

/** `30s`, `1m30s`. */
const durationOf = (text: string | undefined, otherwise: number): number => {
  const units = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 } as const;
  const parts = [...(text ?? '').matchAll(/(\d+(?:\.\d+)?)(ms|[hms])/g)];
  return parts.length === 0
    ? otherwise
    : parts.reduce((sum, [, n, unit]) => sum + Number(n) * units[unit as keyof typeof units], 0);
};

const secondsOf = (text: string | undefined, otherwise: number): number =>
  text === undefined || !/^\d+$/.test(text) ? otherwise : Number(text) * 1000;

/** Without scheme, port and the dot at its end: `dns://corp.local.:5353` is `corp.local`. */
const zoneOf = (key: string): string =>
  key
    .replace(/^\w+:\/\//, '')
    .replace(/:\d+$/, '')
    .replace(/\.$/, '')
    .toLowerCase();

const portIn = (key: string, otherwise: number): number => Number(/:(\d+)$/.exec(key)?.[1] ?? otherwise);

/** Whether a name is in one of some zones. */
export const isInZones = (name: string, zones: readonly string[]): boolean =>
  zones.some((zone) => zone === '' || name === zone || name.endsWith(`.${zone}`));

const HOW = new Set(['exact', 'prefix', 'suffix', 'substring', 'regex']);

/** Undefined: it changes something else than names. */
function ruleOf({ args, lines }: Plugin): NameRule | undefined {
  const goesOn = args[0] === 'continue';
  const rest = args[0] === 'continue' || args[0] === 'stop' ? args.slice(1) : args;
  const [field, ...said] = rest.length > 0 ? rest : (lines[0] ?? []);
  if (field !== 'name') return undefined;
  const how = HOW.has(said[0] ?? '') ? (said.shift() as NameRule['how']) : 'exact';
  const [from, to] = said;
  if (from === undefined || to === undefined) return undefined;
  const bare = (text: string): string => (how === 'regex' ? text : text.replace(/\.$/, '').toLowerCase());
  return { how, from: bare(from), to: to.replace(/\.$/, ''), goesOn };
}

const isAddress = (word: string): boolean => /^[\d.]+$|:/.test(word);

/** Adds lines like those of /etc/hosts. */
export function addHosts(into: Map<string, string[]>, lines: readonly (readonly string[])[]): void {
  for (const [ip = '', ...names] of lines)
    for (const name of names) {
      const key = name.replace(/\.$/, '').toLowerCase();
      into.set(key, [...(into.get(key) ?? []), ip]);
    }
}

function hostsOf({ args, lines }: Plugin): Hosts {
  const inline = new Map<string, string[]>();
  addHosts(
    inline,
    lines.filter(([first = '']) => isAddress(first)),
  );
  const falls = lines.find(([first]) => first === 'fallthrough');
  const [file = '/etc/hosts', ...zones] = args;
  return {
    inline,
    file,
    zones: zones.map(zoneOf),
    leaves: falls === undefined ? [] : falls.length === 1 ? [''] : falls.slice(1).map(zoneOf),
  };
}

function forwardOf({ args }: Plugin): Forward {
  const [from = '.', ...to] = args;
  const wrong = to.find((one) => !isAddress(one) && !one.startsWith('/'));
  if (to.length === 0 || wrong !== undefined)
    throw new Unreadable(
      to.length === 0
        ? "plugin/forward: Wrong argument count or unexpected line ending after '.'"
        : `plugin/forward: not an IP address or file: ${JSON.stringify(wrong)}`,
    );
  return {
    from: zoneOf(from),
    to: to.map((one) => one.replace(/^(?:dns|tls):\/\//, '').replace(/^([\d.]+):\d+$/, '$1')),
  };
}

function unkeptBy(cache: Plugin | undefined): ServerBlock['unkept'] {
  const of = (kind: string): readonly string[] =>
    (cache?.lines ?? [])
      .filter(([first, second]) => first === 'disable' && second === kind)
      .flatMap(([, , ...zones]) => (zones.length === 0 ? [''] : zones.map(zoneOf)));
  return { success: of('success'), denial: of('denial') };
}

/** Ports of plugins that listen on one of their own. */
const LISTENING: Readonly<Record<string, number>> = { health: 8080, ready: 8181, prometheus: 9153 };

function blockOf(keys: readonly string[], plugins: readonly Plugin[]): ServerBlock {
  const named = (name: string): Plugin | undefined => plugins.find((one) => one.name === name);
  const [hosts, cluster, cache, forward, reload] = [
    named('hosts'),
    named('kubernetes'),
    named('cache'),
    named('forward'),
    named('reload'),
  ];
  const zones = keys.map(zoneOf);
  const everyMs = durationOf(reload?.args[0], RELOAD_MS);
  return {
    zones,
    port: portIn(keys[0] ?? '', 53),
    rewrites: plugins.filter(({ name }) => name === 'rewrite').flatMap((one) => ruleOf(one) ?? []),
    ...(hosts === undefined ? {} : { hosts: hostsOf(hosts) }),
    clusterZones: cluster === undefined ? [] : cluster.args.length > 0 ? cluster.args.map(zoneOf) : zones,
    ttlMs: secondsOf(cluster?.lines.find(([first]) => first === 'ttl')?.[1], TTL_MS),
    cacheMs: cache === undefined ? 0 : secondsOf(cache.args[0], CACHE_MS),
    unkept: unkeptBy(cache),
    ...(forward === undefined ? {} : { forward: forwardOf(forward) }),
    ...(reload === undefined
      ? {}
      : {
          reload: { everyMs, jitterMs: durationOf(reload.args[1], Math.min(RELOAD_JITTER_MS, everyMs / 2)) },
        }),
    otherPorts: plugins.flatMap(({ name, args }) =>
      LISTENING[name] === undefined ? [] : [portIn(args[0] ?? '', LISTENING[name])],
    ),
  };
}

function read(text: string, file: string): Corefile {
  try {
    return { blocks: new Reader(text, file).blocks().map(({ keys, plugins }) => blockOf(keys, plugins)) };
  } catch (error) {
    if (error instanceof Unreadable) return { problem: error.message };
    throw error;
  }
}

/** By the file's name and its text. */
const readBy = remembered(64, (key: string): Corefile => {
  const at = key.indexOf('\n');
  return read(key.slice(at + 1), key.slice(0, at));
});

/**
 * What a Corefile says, or why CoreDNS cannot read it, in its words.
 * @example corefileOf('. {\n proxy . 8.8.8.8\n}') // { problem: "…:2 - … Unknown directive 'proxy'" }
 */
export const corefileOf = (text: string, file = '/etc/coredns/Corefile'): Corefile =>
  readBy(`${file}\n${text}`);
