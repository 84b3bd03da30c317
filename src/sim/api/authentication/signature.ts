/**
 * How tokens of service accounts are signed: RS256 of RFC 7518, which is RSASSA-PKCS1-v1_5 with SHA-256 of
 * RFC 8017. The key is the same in every simulated cluster, so that runs come to the same; it guards nothing
 * but simulations. It is of eight primes in place of two (RFC 8017, 3.2), which signs many times as fast.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { remembered } from '../../kernel/memo.ts';
import { base64Bytes, bytesFromBase64 } from '../base64.ts';

const PRIMES: readonly bigint[] = [
  0xf03f90006fe39d2b41defdf566e4e3dd545fe2a29184dafe12af036682339ecdn,
  0xffadd02807b978adeb1718b048815158d0471f575220b5b10ae300c63d66346dn,
  0xfa0ad3ee257293722cbd49881c62e7500cffabbba161a9b829bbe8741266c327n,
  0xfa525c1b10971a29218974ee928d0e39fc7f5159da64efc5fdbf0bab4883a249n,
  0xf6bf3173d9eef408ae33752a8b19eb34b284a8d103636220ce20fcf7c2b7c2d5n,
  0xf365dc625906b4072c91d71ad06854189d6827954260ef8f5bf8a2812d6b2d75n,
  0xfe08ca02b4b86977b54da800d429171202e5224a93382ef47073f82c972b174fn,
  0xf31c2050d31b0b479a9973b4d75c9e29224bfcfda7605748bc4960520c80ef11n,
];
const N = PRIMES.reduce((product, prime) => product * prime, 1n);
const E = 65_537n;
/** Of the modulus. */
const BYTES = 256;
/** Base64 of the SHA-256 of the public key, as kube-apiserver names its own (pkg/serviceaccount/jwt.go). */
const KEY_ID = '4lzszUgEEBP4LjrI8JMTe7SkerT9ha0QgZnp2sbfPyw';
/** In front of a hash of SHA-256, in DER. */
const DIGEST_INFO = '3031300d060960864801650304020105000420';

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  // Four bits of the exponent at a time: a quarter of them need a product.
  const [one, powers] = [base % modulus, [1n]];
  let result = 1n;
  for (const digit of exponent.toString(16)) {
    result = (result * result) % modulus;
    result = (result * result) % modulus;
    result = (result * result) % modulus;
    result = (result * result) % modulus;
    const value = Number.parseInt(digit, 16);
    while (powers.length <= value) powers.push((powers[powers.length - 1]! * one) % modulus);
    if (value > 0) result = (result * powers[value]!) % modulus;
  }
  return result;
}

/** Of a number that has no factor in common with the modulus (Euclid). */
function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [value, modulus, 1n, 0n];
  while (b > 0n) [a, b, x, y] = [b, a % b, y, x - (a / b) * y];
  return ((x % modulus) + modulus) % modulus;
}

/** What signing by one prime after the other needs (Chinese remainder theorem). */
interface Part {
  readonly prime: bigint;
  readonly exponent: bigint;
  /** One to this prime, nothing to the others. */
  readonly basis: bigint;
}

let known: readonly Part[] | undefined;

const parts = (): readonly Part[] =>
  (known ??= PRIMES.map((prime) => ({
    prime,
    exponent: inverse(E, prime - 1n),
    basis: (N / prime) * inverse((N / prime) % prime, prime),
  })));

const bytesOfUrlBase64 = (text: string): Uint8Array =>
  bytesFromBase64(text.replaceAll('-', '+').replaceAll('_', '/'));

const urlBase64Of = (value: bigint): string =>
  base64Bytes(hexToBytes(value.toString(16).padStart(2 * BYTES, '0')))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

/** EMSA-PKCS1-v1_5. */
function encoded(text: string): bigint {
  const end = `00${DIGEST_INFO}${bytesToHex(sha256(utf8ToBytes(text)))}`;
  return BigInt(`0x0001${end.padStart(2 * BYTES - 4, 'f')}`);
}

const KEPT = 512;

/** The signature of a text, in base64 for URLs. */
export const signatureOf = remembered(KEPT, (text: string): string => {
  const message = encoded(text);
  const sum = parts().reduce(
    (all, { prime, exponent, basis }) => all + power(message, exponent, prime) * basis,
    0n,
  );
  return urlBase64Of(sum % N);
});

/** A public key as a JSON Web Key has it. */
export interface PublicKey {
  readonly n: string;
  readonly e: string;
}

/** A number in base64 for URLs; 0 for what is none. */
function numberIn(text: string): bigint {
  try {
    return BigInt(`0x${bytesToHex(bytesOfUrlBase64(text)) || '0'}`);
  } catch {
    return 0n;
  }
}

/** Whether a signature is that of a text, by a key of 2048 bits. */
export function isSigned(text: string, signature: string, { n, e }: PublicKey): boolean {
  const [modulus, value] = [numberIn(n), numberIn(signature)];
  return modulus > 0n && value < modulus && power(value, numberIn(e), modulus) === encoded(text);
}

const OWN: PublicKey = { n: urlBase64Of(N), e: 'AQAB' };

/** By which the tokens of all clusters are signed. */
export const publicKey = (): PublicKey & { readonly kid: string } => ({ ...OWN, kid: KEY_ID });

/** Whether a JSON Web Token was signed here. */
export const isOwn = remembered(KEPT, (token: string): boolean => {
  const cut = token.lastIndexOf('.');
  return isSigned(token.slice(0, cut), token.slice(cut + 1), OWN);
});
