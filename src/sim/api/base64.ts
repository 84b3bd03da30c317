/** base64 of bytes and of texts in UTF-8, and back. Models Go's encoding/base64, StdEncoding. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export const base64 = (text: string): string => base64Bytes(new TextEncoder().encode(text));

export function base64Bytes(bytes: Uint8Array): string {
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const word = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    out += ALPHABET[(word >> 18) & 63]! + ALPHABET[(word >> 12) & 63]!;
    out += i + 1 < bytes.length ? ALPHABET[(word >> 6) & 63]! : '=';
    out += i + 2 < bytes.length ? ALPHABET[word & 63]! : '=';
  }
  return out;
}

/** The text of base64 that was checked before; new lines in it are skipped. What is no UTF-8 is replaced. */
export const fromBase64 = (text: string): string => new TextDecoder().decode(bytesFromBase64(text));

export const bytesFromBase64 = (text: string): Uint8Array =>
  Uint8Array.from(atob(text.replaceAll(/[\r\n]/g, '')), (c) => c.charCodeAt(0));
