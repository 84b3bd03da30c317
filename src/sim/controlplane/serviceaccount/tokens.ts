/**
 * The tokens controller: a Secret of type kubernetes.io/service-account-token that names an account is given
 * that account's token, and goes when the account goes. Models
 * pkg/controller/serviceaccount/tokens_controller.go.
 */
import type { Secret } from '../../api/types.ts';
import type { Controller } from '../controller.ts';
import { accountNameOf } from '../../api/accountname.ts';
import { syncAccount } from './legacysecrets.ts';
import { syncTokenSecret } from './tokensecret.ts';

/** Before an account's name in a key: no Secret is called so. */
const ACCOUNT = ':';

export const tokensController: Controller<Record<string, never>> = {
  name: 'serviceaccount-token-controller',
  watches: ['ServiceAccount', 'Secret'],
  init: () => ({}),

  observe({ kind, object, old }, _state, { queue, cache, config }) {
    const { namespace = '', name } = object.metadata;
    if (kind === 'Secret') {
      const account = accountNameOf(object as Secret) ?? (old && accountNameOf(old as Secret));
      if (account === undefined) return;
      queue.add(`${namespace}/${name}`);
      if (config.legacyAccountSecrets) queue.add(`${namespace}/${ACCOUNT}${account}`);
      return;
    }
    if (config.legacyAccountSecrets) queue.add(`${namespace}/${ACCOUNT}${name}`);
    for (const secret of cache.list('Secret', namespace))
      if (accountNameOf(secret) === name) queue.add(`${namespace}/${secret.metadata.name}`);
  },

  sync(key, _state, ctx) {
    const [namespace, name] = key.split('/') as [string, string];
    if (name.startsWith(ACCOUNT)) syncAccount(namespace, name.slice(ACCOUNT.length), ctx);
    else syncTokenSecret(key, ctx);
  },
};
