/** What becomes of a Secret that is to hold the token of a service account: it is filled in, or it goes. */
import { base64, fromBase64 } from '../../api/base64.ts';
import { claimsOf, secretToken } from '../../api/authentication/tokens.ts';
import { isNotFound } from '../../api/errors.ts';
import type { Secret, ServiceAccount } from '../../api/types.ts';
import type { ControllerContext } from '../controller.ts';
import { ROOT_CERTIFICATE } from '../../api/rootcertificate.ts';
import { ACCOUNT_NAME, accountNameOf } from '../../api/accountname.ts';

const UID = 'kubernetes.io/service-account.uid';

const isOf = (secret: Secret, account: ServiceAccount): boolean => {
  const uid = secret.metadata.annotations?.[UID];
  return !uid || uid === account.metadata.uid;
};

/** Whether a Secret holds what it is to hold: a token of this account, in this Secret. */
function isComplete({ data = {}, metadata }: Secret, account: ServiceAccount): boolean {
  const claims = data['token'] ? claimsOf(fromBase64(data['token']))?.['kubernetes.io'] : undefined;
  return (
    claims?.serviceaccount.uid === account.metadata.uid &&
    claims.secret?.uid === metadata.uid &&
    Boolean(data['ca.crt']) &&
    Boolean(data['namespace']) &&
    metadata.annotations?.[UID] === account.metadata.uid
  );
}

function fill({ api }: ControllerContext, live: Secret, { metadata: { name, uid } }: ServiceAccount): void {
  const { metadata } = live;
  const namespace = metadata.namespace!;
  const token = secretToken(namespace, { name, uid }, { name: metadata.name, uid: metadata.uid });
  api.update<Secret>({
    ...live,
    metadata: { ...metadata, annotations: { ...metadata.annotations, [ACCOUNT_NAME]: name, [UID]: uid } },
    data: {
      ...live.data,
      'ca.crt': live.data?.['ca.crt'] ?? base64(ROOT_CERTIFICATE),
      namespace: live.data?.['namespace'] ?? base64(namespace),
      token: base64(token),
    },
  });
}

/** @param key `namespace/name` of the Secret */
export function syncTokenSecret(key: string, ctx: ControllerContext): void {
  const [namespace, name] = key.split('/') as [string, string];
  const { cache, api } = ctx;
  const secret = cache.get('Secret', namespace, name);
  const accountName = secret && accountNameOf(secret);
  if (secret === undefined || accountName === undefined) return;
  const cached = cache.get('ServiceAccount', namespace, accountName);
  // What the cache does not have is asked for: it may be behind.
  const account = cached ?? api.find('ServiceAccount', namespace, accountName);
  if (account !== undefined && isOf(secret, account)) {
    if (isComplete(secret, account)) return;
    const live = api.find('Secret', namespace, name);
    if (live !== undefined && live.metadata.uid === secret.metadata.uid && !isComplete(live, account))
      fill(ctx, live, account);
    return;
  }
  if (ctx.config.planted === 'token-secrets-kept') return;
  const { uid, resourceVersion } = secret.metadata;
  try {
    api.delete('Secret', namespace, name, { preconditions: { uid, resourceVersion } });
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}
