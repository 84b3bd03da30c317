/**
 * Every account has a Secret with its token, which its `secrets` name, as up to 1.23. Models
 * ensureReferencedToken and removeSecretReference of pkg/controller/serviceaccount/tokens_controller.go
 * (1.20).
 */
import { ACCOUNT_NAME, accountNameOf } from '../../api/accountname.ts';
import type { Draft } from '../../api/client.ts';
import type { Secret, ServiceAccount } from '../../api/types.ts';
import type { ControllerContext } from '../controller.ts';

/** Letters of names that the API server makes up. */
const LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

export function syncAccount(namespace: string, name: string, ctx: ControllerContext): void {
  const { api, cache } = ctx;
  if (cache.get('ServiceAccount', namespace, name) === undefined) return;
  if (cache.get('Namespace', '', namespace)?.status.phase === 'Terminating') return;
  const account = api.find('ServiceAccount', namespace, name);
  if (account === undefined || account.metadata.deletionTimestamp !== undefined) return;
  const secrets = account.secrets ?? [];
  // What is not there any more is named no more: it is asked of the API, as the cache may be behind.
  const kept = secrets.filter((s) => !isTokenOf(name, s.name) || api.find('Secret', namespace, s.name!));
  const hasToken = kept.some((s) => isToken(api.find('Secret', namespace, s.name!), name));
  if (hasToken && kept.length === secrets.length) return;
  const made = hasToken ? [] : [{ name: makeSecret(account, ctx) }];
  api.update<ServiceAccount>({ ...account, secrets: [...kept, ...made] });
}

const isToken = (secret: Secret | undefined, account: string): boolean =>
  secret !== undefined && accountNameOf(secret) === account;

const isTokenOf = (account: string, secret = ''): boolean => secret.startsWith(`${account}-token-`);

/** @returns its name */
function makeSecret({ metadata }: ServiceAccount, ctx: ControllerContext): string {
  const letters = Array.from({ length: 5 }, () => LETTERS[ctx.randomInt(LETTERS.length)]);
  const name = `${metadata.name}-token-${letters.join('')}`;
  ctx.api.create<Secret>({
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'kubernetes.io/service-account-token',
    metadata: {
      namespace: metadata.namespace!,
      name,
      annotations: { [ACCOUNT_NAME]: metadata.name, 'kubernetes.io/service-account.uid': metadata.uid },
    },
  } as Draft<Secret>);
  return name;
}
