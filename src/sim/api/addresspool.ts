/**
 * Addresses that a load balancer gives: `172.18.255.200-172.18.255.250`, `192.0.2.0/28`, or several of these
 * with commas between.
 */
import { blockOf } from './validation/cidr.ts';
import { isIPv4 } from './validation/text.ts';

/** From the first to the last, as numbers. */
type Range = readonly [first: number, last: number];

const numberOf = (ip: string): number => ip.split('.').reduce((all, octet) => all * 256 + Number(octet), 0);
const textOf = (n: number): string => [24, 16, 8, 0].map((shift) => (n >>> shift) & 255).join('.');

function rangeOf(text: string): Range | undefined {
  const [from, to = from] = text.split('-').map((end) => end.trim());
  if (from !== undefined && to !== undefined && isIPv4(from) && isIPv4(to))
    return numberOf(from) <= numberOf(to) ? [numberOf(from), numberOf(to)] : undefined;
  const block = blockOf(text);
  if (block === undefined || block.size !== 32) return undefined;
  const size = 2 ** (32 - block.length);
  const first = Math.floor(Number(block.bits) / size) * size;
  return [first, first + size - 1];
}

/** Undefined: it does not say addresses. */
export function parsePool(text: string): AddressPool | undefined {
  const ranges = text.split(',').map((part) => rangeOf(part.trim()));
  return ranges.every((range) => range !== undefined) ? new AddressPool(ranges) : undefined;
}

export class AddressPool {
  private readonly ranges: readonly Range[];

  constructor(ranges: readonly Range[]) {
    this.ranges = ranges;
  }

  has(ip: string): boolean {
    return isIPv4(ip) && this.ranges.some(([first, last]) => first <= numberOf(ip) && numberOf(ip) <= last);
  }

  /** In their order. */
  *all(): Generator<string> {
    for (const [first, last] of this.ranges) for (let n = first; n <= last; n += 1) yield textOf(n);
  }
}
