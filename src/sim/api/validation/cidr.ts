/** Blocks of addresses. Models staging/src/k8s.io/apimachinery/pkg/util/validation/ip.go. */
import { ipProblems, isIPv4 } from './text.ts';

/** Addresses as bits, of which the first `length` are the block's. */
export interface Block {
  readonly bits: bigint;
  readonly size: 32 | 128;
  readonly length: number;
}

function ipv6Bits(text: string): bigint {
  const [head = '', tail] = text.split('::');
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].reduce((bits, g) => (bits << 16n) | BigInt(`0x${g}`), 0n);
}

/** undefined for what is no block. */
export function blockOf(text: string): Block | undefined {
  const [address = '', given] = text.split('/');
  if (given === undefined || !/^\d{1,3}$/.test(given) || ipProblems(address).length > 0) return undefined;
  const size = isIPv4(address) ? 32 : 128;
  const length = Number(given);
  if (length > size) return undefined;
  const bits =
    size === 32
      ? address.split('.').reduce((all, part) => (all << 8n) | BigInt(part), 0n)
      : ipv6Bits(address);
  return { bits, size, length };
}

export const cidrProblems = (text: string): readonly string[] =>
  blockOf(text) === undefined ? ['must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)'] : [];

/** Whether all addresses of the one are in the other. */
export const isWithin = (inner: Block, outer: Block): boolean =>
  inner.size === outer.size &&
  inner.length >= outer.length &&
  (inner.bits ^ outer.bits) >> BigInt(outer.size - outer.length) === 0n;

/** Whether all addresses of the one are in the other, and not all of the other in the one. */
export const isStrictlyWithin = (inner: Block, outer: Block): boolean =>
  inner.length > outer.length && isWithin(inner, outer);
