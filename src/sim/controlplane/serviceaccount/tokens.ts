/**
 * The tokens controller: a Secret of type kubernetes.io/service-account-token that names an account is given
 * that account's token, and goes when the account goes. Models
 * pkg/controller/serviceaccount/tokens_controller.go.
 */
import type { Secret } from '../../api/types.ts';
import type { Controller } from '../controller.ts';
import { accountNameOf } from '../../api/accountname.ts';
import { syncTokenSecret } from './tokensecret.ts';

export const tokensController: Controller<Record<string, never>> = {
  name: 'serviceaccount-token-controller',
  watches: ['ServiceAccount', 'Secret'],
  init: () => ({}),

  observe({ kind, object, old }, _state, { queue, cache }) {
    const { namespace = '', name } = object.metadata;
    if (kind === 'Secret') {
      if (accountNameOf(object as Secret) ?? (old && accountNameOf(old as Secret)))
        queue.add(`${namespace}/${name}`);
      return;
    }
    for (const secret of cache.list('Secret', namespace))
      if (accountNameOf(secret) === name) queue.add(`${namespace}/${secret.metadata.name}`);
  },

  sync: (key, _state, ctx) => syncTokenSecret(key, ctx),
};
