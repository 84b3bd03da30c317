/** Names of files for what is found: readable, unique, and short enough for any file system. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** Bytes; file systems take 255, and what is added (a hash, an ending, `.part`) must fit too. */
const LONGEST = 120;

const hashOf = (text: string): string => bytesToHex(sha256(utf8ToBytes(text))).slice(0, 8);

/** As many whole characters as fit into the bytes. */
function cut(text: string, bytes: number): string {
  let length = 0;
  let out = '';
  for (const character of text) {
    length += utf8ToBytes(character).length;
    if (length > bytes) break;
    out += character;
  }
  return out;
}

/**
 * A name for a file or folder, without its ending: letters and digits of any script, joined by `-`. Texts
 * that differ only beyond what fits have names that differ.
 * @example fileName('At every moment service "web" was available') //
 * at-every-moment-service-web-was-available
 */
export function fileName(text: string): string {
  const whole = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  const short = cut(whole, LONGEST);
  if (short === whole && whole !== '') return whole;
  return `${short.replace(/-$/, '')}${short === '' ? '' : '-'}${hashOf(text)}`;
}

/** The name with something beside it that tells this content from others under that name. */
export const distinctName = (name: string, content: string): string => `${name}-${hashOf(content)}`;
