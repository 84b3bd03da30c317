/**
 * Names and identities that the API server makes up. Models apiserver/pkg/storage/names/generate.go and
 * apimachinery/pkg/util/rand.
 */
import { hex32 } from '../kernel/hex.ts';

/** `rand.String`: no vowels, nothing that looks like another. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
const SUFFIX_LENGTH = 5;
/** The base is cut so that the whole still fits a label. */
const MAX_BASE_LENGTH = 63 - SUFFIX_LENGTH;

/** @param random draws from [0, 1) */
export function randomName(random: () => number, prefix: string): string {
  let name = prefix.slice(0, MAX_BASE_LENGTH);
  for (let i = 0; i < SUFFIX_LENGTH; i += 1) name += ALPHABET[Math.floor(random() * ALPHABET.length)];
  return name;
}

export function randomHex(random: () => number, length: number): string {
  let text = '';
  while (text.length < length) text += hex32(0x10000000 + Math.floor(random() * 0xf0000000));
  return text.slice(0, length);
}

/** In the form of a version 4 UUID. */
export function randomUid(random: () => number): string {
  const h = randomHex(random, 32);
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20)}`;
}
