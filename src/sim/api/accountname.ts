/** Secrets of the old kind, which hold a service account's token. */
import type { Secret } from './types.ts';

const TOKEN_SECRET = 'kubernetes.io/service-account-token';
export const ACCOUNT_NAME = 'kubernetes.io/service-account.name';

/** The account that a Secret holds the token of; undefined: it is no such Secret. */
export const accountNameOf = ({ type, metadata }: Secret): string | undefined =>
  type === TOKEN_SECRET ? metadata.annotations?.[ACCOUNT_NAME] || undefined : undefined;
