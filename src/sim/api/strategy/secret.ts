/**
 * `stringData` of a Secret is written into `data`, base64 encoded. Models Convert_v1_Secret_To_core_Secret of
 * pkg/apis/core/v1/conversion.go.
 */
import { base64 } from '../base64.ts';
import type { Secret } from '../types.ts';

export function encodeStringData(secret: Secret): Secret {
  if (secret.stringData === undefined) return secret;
  const { stringData, ...rest } = secret;
  const data: Record<string, string> = { ...secret.data };
  for (const [key, value] of Object.entries(stringData ?? {})) data[key] = base64(value as string);
  return { ...rest, data };
}
