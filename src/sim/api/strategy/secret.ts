/**
 * `stringData` of a Secret is written into `data`, base64 encoded. Models Convert_v1_Secret_To_core_Secret of
 * pkg/apis/core/v1/conversion.go.
 */
import type { Secret } from '../types.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function base64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const word = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    out += ALPHABET[(word >> 18) & 63]! + ALPHABET[(word >> 12) & 63]!;
    out += i + 1 < bytes.length ? ALPHABET[(word >> 6) & 63]! : '=';
    out += i + 2 < bytes.length ? ALPHABET[word & 63]! : '=';
  }
  return out;
}

export function encodeStringData(secret: Secret): Secret {
  if (secret.stringData === undefined) return secret;
  const { stringData, ...rest } = secret;
  const data: Record<string, string> = { ...secret.data };
  for (const [key, value] of Object.entries(stringData ?? {})) data[key] = base64(value as string);
  return { ...rest, data };
}
