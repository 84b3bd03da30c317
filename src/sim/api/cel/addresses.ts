/** `ip` and `cidr` of Kubernetes' CEL (staging/src/k8s.io/apiserver/pkg/cel/library/{ip,cidr}.go). */
import type { Environment } from '@marcbachmann/cel-js';

const BITS = { 4: 32n, 6: 128n } as const;

class IP {
  readonly family: 4 | 6;
  readonly value: bigint;

  constructor(family: 4 | 6, value: bigint) {
    this.family = family;
    this.value = value;
  }

  toString(): string {
    if (this.family === 4) return [24n, 16n, 8n, 0n].map((by) => String((this.value >> by) & 255n)).join('.');
    const groups = Array.from({ length: 8 }, (_, i) =>
      ((this.value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16),
    );
    return new URL(`http://[${groups.join(':')}]/`).hostname.slice(1, -1);
  }

  within(base: bigint, bits: bigint): boolean {
    const by = BITS[this.family] - bits;
    return this.value >> by === base >> by;
  }
}

class CIDR {
  readonly address: IP;
  readonly bits: bigint;

  constructor(address: IP, bits: bigint) {
    this.address = address;
    this.bits = bits;
  }

  has(ip: IP): boolean {
    return ip.family === this.address.family && ip.within(this.address.value, this.bits);
  }

  toString(): string {
    return `${String(this.address)}/${this.bits}`;
  }
}

function parseIPv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((p) => /^(0|[1-9]\d{0,2})$/.test(p) && Number(p) < 256))
    return undefined;
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

function parseIPv6(text: string): bigint | undefined {
  if (!/^[0-9a-fA-F:]+$/.test(text)) return undefined;
  const halves = text.split('::');
  const groupsOf = (half: string): string[] => (half === '' ? [] : half.split(':'));
  const [before, after] = [groupsOf(halves[0]!), groupsOf(halves[1] ?? '')];
  const missing = 8 - before.length - after.length;
  if (halves.length > 2 || (halves.length === 2 ? missing < 1 : missing !== 0)) return undefined;
  const groups = [...before, ...Array<string>(halves.length === 2 ? missing : 0).fill('0'), ...after];
  if (!groups.every((g) => /^[0-9a-fA-F]{1,4}$/.test(g))) return undefined;
  return groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}

function parseIP(text: string): IP | undefined {
  const four = parseIPv4(text);
  if (four !== undefined) return new IP(4, four);
  const six = parseIPv6(text);
  return six === undefined ? undefined : new IP(6, six);
}

function parseCIDR(text: string): CIDR | undefined {
  const slash = text.lastIndexOf('/');
  const address = slash < 0 ? undefined : parseIP(text.slice(0, slash));
  const bits = text.slice(slash + 1);
  if (address === undefined || !/^(0|[1-9]\d{0,2})$/.test(bits) || BigInt(bits) > BITS[address.family])
    return undefined;
  return new CIDR(address, BigInt(bits));
}

function must<T>(value: T | undefined, text: string, what: string): T {
  if (value === undefined) throw new Error(`${what} ${JSON.stringify(text)} parse error`);
  return value;
}

const ipOf = (text: string): IP => must(parseIP(text), text, 'IP Address');
const cidrOf = (text: string): CIDR => must(parseCIDR(text), text, 'network address');
const inRange = (text: string): ((ip: IP) => boolean) => {
  const range = cidrOf(text);
  return (ip) => range.has(ip);
};

const LOOPBACK = ['127.0.0.0/8', '::1/128'].map(inRange);
const LINK_LOCAL = ['169.254.0.0/16', 'fe80::/10'].map(inRange);
const LINK_LOCAL_MULTICAST = ['224.0.0.0/24', 'ff02::/16'].map(inRange);
const MULTICAST = ['224.0.0.0/4', 'ff00::/8'].map(inRange);
const among =
  (ranges: readonly ((ip: IP) => boolean)[]) =>
  (ip: IP): boolean =>
    ranges.some((has) => has(ip));
const isUnspecified = (ip: IP): boolean => ip.value === 0n;
const isBroadcast = (ip: IP): boolean => ip.family === 4 && ip.value === 0xffffffffn;

function masked({ address, bits }: CIDR): CIDR {
  const by = BITS[address.family] - bits;
  return new CIDR(new IP(address.family, (address.value >> by) << by), bits);
}

export const addAddresses = (env: Environment): Environment =>
  env
    .registerType('IP', { ctor: IP })
    .registerType('CIDR', { ctor: CIDR })
    .registerFunction('isIP(string): bool', (text: string) => parseIP(text) !== undefined)
    .registerFunction('ip(string): IP', ipOf)
    .registerFunction('string(IP): string', String)
    .registerFunction('IP.family(): int', (ip: IP) => BigInt(ip.family))
    .registerFunction('IP.isUnspecified(): bool', isUnspecified)
    .registerFunction('IP.isLoopback(): bool', among(LOOPBACK))
    .registerFunction('IP.isLinkLocalUnicast(): bool', among(LINK_LOCAL))
    .registerFunction('IP.isLinkLocalMulticast(): bool', among(LINK_LOCAL_MULTICAST))
    .registerFunction(
      'IP.isGlobalUnicast(): bool',
      (ip: IP) =>
        !isUnspecified(ip) &&
        !isBroadcast(ip) &&
        ![...LOOPBACK, ...LINK_LOCAL, ...MULTICAST].some((has) => has(ip)),
    )
    .registerFunction('isCIDR(string): bool', (text: string) => parseCIDR(text) !== undefined)
    .registerFunction('cidr(string): CIDR', cidrOf)
    .registerFunction('string(CIDR): string', String)
    .registerFunction('CIDR.ip(): IP', ({ address }: CIDR) => address)
    .registerFunction('CIDR.prefixLength(): int', ({ bits }: CIDR) => bits)
    .registerFunction('CIDR.masked(): CIDR', masked)
    .registerFunction('CIDR.containsIP(IP): bool', (cidr: CIDR, ip: IP) => cidr.has(ip))
    .registerFunction('CIDR.containsIP(string): bool', (cidr: CIDR, ip: string) => cidr.has(ipOf(ip)))
    .registerFunction('CIDR.containsCIDR(CIDR): bool', contains)
    .registerFunction('CIDR.containsCIDR(string): bool', (cidr: CIDR, text: string) =>
      contains(cidr, cidrOf(text)),
    );

const contains = (cidr: CIDR, other: CIDR): boolean => other.bits >= cidr.bits && cidr.has(other.address);
