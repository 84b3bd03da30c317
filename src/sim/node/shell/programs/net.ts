/** Programs that look names up and try connections: nc, nslookup, dig, host, getent, ping, ip. */
import type { Call, Outcome, Program } from '../call.ts';
import { FOREVER } from '../call.ts';
import { DNS_ADDRESS } from '../../resolver.ts';
import type { ConnectResult, NameAnswer } from '../env.ts';
import { dynamicFile } from '../proc.ts';
import { optionsOf } from './options.ts';

const isAddress = (text: string): boolean => /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text);

const found = (address: string): NameAnswer => ({ addresses: [address], afterMs: 0 });

/** What the container's /etc/hosts says of a name. */
function hostsEntry({ env }: Call, name: string): string | undefined {
  const text = env.files.read('/etc/hosts') ?? dynamicFile('/etc/hosts', env) ?? '';
  for (const line of text.split('\n')) {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (isAddress(address) && names.includes(name)) return address;
  }
  return undefined;
}

/** @param asksFiles as all but those programs do that ask servers alone */
function answerTo(call: Call, name: string, asksFiles = true): NameAnswer {
  if (isAddress(name)) return found(name);
  const own = asksFiles || name === 'localhost' ? hostsEntry(call, name) : undefined;
  return own === undefined ? call.env.network.resolve(name) : found(own);
}

const addressesOf = (call: Call, name: string): readonly string[] => answerTo(call, name).addresses;

/** The server that the container's resolver asks first. */
const serverOf = ({ env }: Call): string => env.resolver?.servers[0] ?? DNS_ADDRESS;

/** Looks a name up, and lets the time go by that it takes. */
function lookedUp(call: Call, name: string): NameAnswer | Outcome {
  const kept = call.state as NameAnswer | undefined;
  if (kept !== undefined) return kept;
  const answer = answerTo(call, name, false);
  return answer.afterMs > 0 ? { waitMs: answer.afterMs, state: answer } : answer;
}

const isOutcome = (value: NameAnswer | Outcome): value is Outcome =>
  typeof value === 'number' || !('addresses' in value);

/** As programs say it that find no server. */
const NO_SERVER = ';; connection timed out; no servers could be reached\n';

const nc: Program = (call) => {
  const options = optionsOf(call.argv, 'wpeisqX');
  const words = [...options.operands];
  const listens = options.has('l');
  if (listens) {
    const port = Number(options.value('p') ?? words.at(-1));
    if (Number.isInteger(port)) call.serve([port]);
    return FOREVER;
  }
  const [host, range = ''] = words;
  if (host === undefined || range === '') {
    call.err(
      call.env.busybox
        ? 'BusyBox v1.37.0 multi-call binary.\n\nUsage: nc [OPTIONS] HOST PORT\n'
        : 'usage: nc [-46CDdFhklNnrStUuvZz] [destination] [port]\n',
    );
    return 1;
  }
  const seconds = options.value('w');
  const timeoutMs = seconds === undefined ? 130_000 : Number(seconds) * 1000;
  const verbose = options.has('v');
  const port = range.split('-')[0]!;
  if (!/^\d+$/.test(port)) {
    call.err(`nc: bad port '${range}'\n`);
    return 1;
  }
  if (options.has('u')) return datagram(call, host, Number(port), timeoutMs);
  const kept = call.state as ConnectResult | undefined;
  const result = kept ?? call.env.network.connect(host, Number(port), timeoutMs);
  if (kept === undefined && result.afterMs > 0) return { waitMs: result.afterMs, state: result };
  const address = addressesOf(call, host)[0] ?? host;
  if (result.kind === 'open') {
    if (verbose)
      call.err(
        call.env.busybox
          ? `${host} (${address}:${port}) open\n`
          : `Connection to ${host} (${address}) ${port} port [tcp/*] succeeded!\n`,
      );
    return 0;
  }
  const { busybox } = call.env;
  const why = result.kind === 'refused' ? 'Connection refused' : 'Connection timed out';
  if (result.kind === 'notResolved')
    call.err(
      busybox
        ? `nc: bad address '${host}'\n`
        : `nc: getaddrinfo for host "${host}" port ${port}: Name or service not known\n`,
    );
  else if (busybox) call.err(`nc: ${host} (${address}:${port}): ${why}\n`);
  else if (verbose) call.err(`nc: connect to ${host} (${address}) port ${port} (tcp) failed: ${why}\n`);
  return 1;
};

/** `nc -u`: it waits for more until its time is over. */
function datagram(call: Call, host: string, port: number, timeoutMs: number): Outcome {
  if (call.state === 'sent') return 0;
  if (!call.input.ended) return { input: true, state: null };
  const text = call.input.take();
  const body = text === '' ? undefined : call.env.network.datagram?.(host, port, text, timeoutMs);
  if (body !== undefined) call.out(body);
  return { waitMs: timeoutMs, state: 'sent' };
}

/** How nslookup tells of records that are no addresses. */
const TOLD: Readonly<Record<string, string>> = { SRV: 'service', CNAME: 'canonical name', PTR: 'name' };

/** What nslookup was asked for: `-type=srv`, `-q=cname`; of an address, its name. */
function typeAsked(argv: readonly string[]): string | undefined {
  const said = argv.map((word) => /^-(?:q|querytype|query|type)=(\w+)$/i.exec(word)?.[1]).find(Boolean);
  return said?.toUpperCase();
}

const nslookup: Program = (call) => {
  const { operands } = optionsOf(call.argv);
  const [name, asked] = operands;
  if (name === undefined) return 0;
  const answer = lookedUp(call, name);
  if (isOutcome(answer)) return answer;
  const { addresses, failed } = answer;
  const { busybox } = call.env;
  const DNS = asked !== undefined && isAddress(asked) ? asked : serverOf(call);
  // BusyBox' asks for addresses of both kinds, and tells of each; the other one of what there is.
  const questions = busybox && !call.argv.some((word) => /^-(?:query)?type=/.test(word)) ? 2 : 1;
  if (failed === 'timedOut' || failed === 'refused') {
    call.out(`${NO_SERVER}\n`);
    return 1;
  }
  call.out(
    busybox ? `Server:\t\t${DNS}\nAddress:\t${DNS}:53\n\n` : `Server:\t\t${DNS}\nAddress:\t${DNS}#53\n\n`,
  );
  const type = typeAsked(call.argv) ?? '';
  const records = TOLD[type] === undefined ? [] : (call.env.network.records?.(name, type) ?? []);
  for (const { name: of, data } of records) call.out(`${of}\t${TOLD[type]} = ${data}\n`);
  if (records.length > 0) {
    call.out('\n');
    return 0;
  }
  if (addresses.length === 0) {
    const why = failed === undefined ? 'NXDOMAIN' : 'SERVFAIL';
    call.out(`** server can't find ${name}: ${why}\n\n`.repeat(questions));
    return 1;
  }
  for (const address of addresses) call.out(`Name:\t${answer.name ?? name}\nAddress: ${address}\n`);
  call.out('\n'.repeat(questions));
  return 0;
};

const DIG_TYPES = /^(?:A|AAAA|CNAME|SRV|PTR|ANY|TXT|MX|NS|SOA)$/;

/** What a dig command asks for. */
function digQuestion(argv: readonly string[]): { readonly name: string; readonly type: string } {
  const words = argv.slice(1).filter((word) => !/^[-+@]/.test(word));
  const type = words.findLast((word) => DIG_TYPES.test(word.toUpperCase()))?.toUpperCase() ?? 'A';
  const name = words.find((word) => !DIG_TYPES.test(word.toUpperCase())) ?? '.';
  if (!argv.includes('-x')) return { name, type };
  return { name: `${name.split('.').reverse().join('.')}.in-addr.arpa`, type: 'PTR' };
}

const dig: Program = (call) => {
  const { name, type } = digQuestion(call.argv);
  const ofAddress = type === 'A' || type === 'ANY';
  const answer = ofAddress ? lookedUp(call, name) : ({ addresses: [], afterMs: 0 } satisfies NameAnswer);
  if (isOutcome(answer)) return answer;
  const { addresses, failed } = answer;
  const DNS = serverOf(call);
  if (failed === 'timedOut' || failed === 'refused') {
    const why = failed === 'refused' ? 'connection refused' : 'timed out';
    call.out(`;; communications error to ${DNS}#53: ${why}\n`.repeat(3));
    call.out(
      call.argv.includes('+short')
        ? ';; no servers could be reached\n'
        : `\n; <<>> DiG 9.20.9 <<>> ${call.argv.slice(1).join(' ')}\n;; global options: +cmd\n` +
            ';; no servers could be reached\n',
    );
    return 9;
  }
  const found = ofAddress
    ? addresses.map((data) => ({ name, data, type: 'A' }))
    : (call.env.network.records?.(name, type) ?? []).map((record) => ({ ...record, type }));
  const answers = found.map((r) => `${r.name.replace(/\.$/, '')}.\t30\tIN\t${r.type}\t${r.data}\n`).join('');
  if (call.argv.includes('+short')) call.out(found.map(({ data }) => `${data}\n`).join(''));
  else if (call.argv.includes('+noall')) call.out(call.argv.includes('+answer') ? answers : '');
  else {
    const status = found.length > 0 ? 'NOERROR' : failed === undefined ? 'NXDOMAIN' : 'SERVFAIL';
    call.out(
      `\n; <<>> DiG 9.20.9 <<>> ${call.argv.slice(1).join(' ')}\n;; Got answer:\n` +
        `;; ->>HEADER<<- opcode: QUERY, status: ${status}, id: 4242\n\n` +
        `;; QUESTION SECTION:\n;${name}.\t\tIN\t${type}\n\n` +
        (answers === '' ? '' : `;; ANSWER SECTION:\n${answers}\n`) +
        `;; SERVER: ${DNS}#53(${DNS})\n`,
    );
  }
  return 0;
};

const host: Program = (call) => {
  const [name = ''] = optionsOf(call.argv, 't').operands;
  const answer = lookedUp(call, name);
  if (isOutcome(answer)) return answer;
  const { addresses, failed } = answer;
  if (addresses.length === 0) {
    call.out(
      failed === undefined
        ? `Host ${name} not found: 3(NXDOMAIN)\n`
        : failed === 'serverFailed'
          ? `Host ${name} not found: 2(SERVFAIL)\n`
          : NO_SERVER,
    );
    return 1;
  }
  for (const address of addresses) call.out(`${name} has address ${address}\n`);
  return 0;
};

const GETENT_HINT = "Try `getent --help' or `getent --usage' for more information.\n";
/** How the three kinds of sockets of an address are listed: the name beside the first. */
const SOCKETS: readonly (readonly [kind: string, isNamed: boolean])[] = [
  ['STREAM', true],
  ['DGRAM ', false],
  ['RAW   ', false],
];
const HOST_DATABASES = new Set(['hosts', 'ahosts', 'ahostsv4', 'ahostsv6']);

const getent: Program = (call) => {
  const [database, ...keys] = optionsOf(call.argv).operands;
  if (database === undefined) {
    call.err('getent: wrong number of arguments\n');
    call.out(GETENT_HINT);
    return 1;
  }
  if (database === 'passwd' || database === 'group') {
    const content = call.env.files.read(`/etc/${database}`) ?? 'root:x:0:0:root:/root:/bin/sh\n';
    const lines = content
      .split('\n')
      .filter(
        (line) =>
          line !== '' &&
          (keys.length === 0 || keys.some((key) => line.startsWith(`${key}:`) || line.split(':')[2] === key)),
      );
    call.out(lines.map((line) => `${line}\n`).join(''));
    return lines.length > 0 ? 0 : 2;
  }
  if (!HOST_DATABASES.has(database)) {
    call.err(`Unknown database: ${database}\n`);
    call.out(GETENT_HINT);
    return 1;
  }
  let code = 0;
  for (const name of keys) {
    const addresses = addressesOf(call, name);
    if (addresses.length === 0) code = 2;
    for (const address of addresses) {
      const at = address.padEnd(15);
      if (database === 'hosts') call.out(`${at} ${name}\n`);
      else for (const [kind, isNamed] of SOCKETS) call.out(`${at} ${kind} ${isNamed ? name : ''}\n`);
    }
  }
  return code;
};

interface Ping {
  readonly sent: number;
}

const ping: Program = (call) => {
  const options = optionsOf(call.argv, 'ciwWsItM');
  const [name = ''] = options.operands;
  const [address] = addressesOf(call, name);
  const { busybox } = call.env;
  if (address === undefined) {
    call.err(busybox ? `ping: bad address '${name}'\n` : `ping: ${name}: Name or service not known\n`);
    return busybox ? 1 : 2;
  }
  const count = Number(options.value('c') ?? Infinity);
  const { sent } = (call.state ?? { sent: 0 }) as Ping;
  // What answers to a packet answers to a connection, with a refusal at least.
  const answers = call.env.network.connect(address, 1, 1000).kind !== 'timedOut';
  if (sent === 0)
    call.out(
      busybox
        ? `PING ${name} (${address}): 56 data bytes\n`
        : `PING ${name} (${address}) 56(84) bytes of data.\n`,
    );
  if (sent < count) {
    if (answers && !options.has('q'))
      call.out(
        `64 bytes from ${address}: ${busybox ? 'seq' : 'icmp_seq'}=${sent + (busybox ? 0 : 1)} ` +
          `ttl=64 time=0.${busybox ? '100' : '10'} ms\n`,
      );
    return {
      waitMs: Math.max(100, Number(options.value('i') ?? 1) * 1000),
      state: { sent: sent + 1 } satisfies Ping,
    };
  }
  const received = answers ? sent : 0;
  call.out(
    `\n--- ${name} ping statistics ---\n${sent} packets ` +
      `transmitted, ${received} ${busybox ? 'packets ' : ''}received,` +
      ` ${Math.round(((sent - received) / Math.max(1, sent)) * 100)}% packet ` +
      `loss${busybox ? '' : ', time 0ms'}\n` +
      `${answers ? `${busybox ? 'round-trip' : 'rtt'} min/avg/max = 0.100/0.100/0.100 ms\n` : ''}`,
  );
  return answers ? 0 : 1;
};

const ip: Program = (call): Outcome => {
  const { address } = call.env;
  const words = call.argv.slice(1).filter((word) => !word.startsWith('-'));
  if (/^(?:add|del|delete|set|change|replace|flush)$/.test(words[1] ?? '')) {
    if (call.env.setsNetwork === true) return 0;
    call.err(`${call.env.busybox ? 'ip: ' : ''}RTNETLINK answers: Operation not permitted\n`);
    return 2;
  }
  if (/^r/.test(words[0] ?? '')) call.out(`default via ${address.replace(/\.\d+$/, '.1')} dev eth0\n`);
  else
    call.out(
      `1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN\n    inet 127.0.0.1/8 scope host lo\n2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP\n    inet ${address}/24 brd ${address.replace(/\.\d+$/, '.255')} scope global eth0\n`,
    );
  return 0;
};

const ifconfig: Program = (call) => {
  const { address } = call.env;
  call.out(
    `eth0      Link encap:Ethernet\n          inet addr:${address}  Bcast:${address.replace(/\.\d+$/, '.255')}  Mask:255.255.255.0\n          UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1\n`,
  );
  return 0;
};

/** BusyBox' web server: it serves while it runs. */
const httpd: Program = (call) => {
  const options = optionsOf(call.argv, 'phucr');
  const port = /(\d+)$/.exec(options.value('p') ?? '80')?.[1];
  call.serve([Number(port ?? 80)]);
  return options.has('f') ? FOREVER : 0;
};

const succeed: Program = () => 0;

export const netPrograms: Readonly<Record<string, Program>> = {
  dig,
  getent,
  host,
  ifconfig,
  ip,
  ip6tables: succeed,
  iptables: succeed,
  'iptables-legacy': succeed,
  nc,
  ncat: nc,
  netcat: nc,
  netstat: succeed,
  nslookup,
  ping,
  ping6: ping,
  ss: succeed,
  telnet: nc,
  traceroute: succeed,
};

/** Of BusyBox only: elsewhere it is the image's own server. */
export const busyboxServers: Readonly<Record<string, Program>> = { httpd };
