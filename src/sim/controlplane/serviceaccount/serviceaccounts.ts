/**
 * The service account controller: every namespace has an account `default`, which comes back when it is
 * deleted. Models pkg/controller/serviceaccount/serviceaccounts_controller.go.
 */
import type { Draft } from '../../api/client.ts';
import { isAlreadyExists, isNamespaceTerminating } from '../../api/errors.ts';
import type { ServiceAccount } from '../../api/types.ts';
import type { Controller } from '../controller.ts';

const DEFAULT = 'default';

export const serviceAccountController: Controller<Record<string, never>> = {
  name: 'serviceaccount-controller',
  account: 'service-account-controller',
  // Accounts first, so that a namespace that has its own is nothing to look at.
  watches: ['ServiceAccount', 'Namespace'],
  init: () => ({}),

  observe({ type, kind, object }, _state, { queue, cache, config }) {
    if (kind === 'Namespace') {
      const { name } = object.metadata;
      if (type !== 'DELETED' && cache.get('ServiceAccount', name, DEFAULT) === undefined) queue.add(name);
    } else if (type === 'DELETED' && object.metadata.name === DEFAULT)
      if (config.planted !== 'default-account-forgotten') queue.add(object.metadata.namespace!);
  },

  sync(key, _state, { cache, api, config }) {
    const namespace = cache.get('Namespace', '', key);
    if (namespace === undefined || namespace.status.phase !== 'Active') return;
    if (cache.get('ServiceAccount', key, DEFAULT) !== undefined) return;
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace: key, name: DEFAULT } };
    try {
      api.create(account as Draft<ServiceAccount>);
    } catch (error) {
      // A namespace that ends needs none.
      if (!isAlreadyExists(error) && !isNamespaceTerminating(error))
        if (config.planted !== 'default-account-not-retried') throw error;
    }
  },
};
