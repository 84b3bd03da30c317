/**
 * The publisher of the root certificate: every namespace has it in a ConfigMap, which is put back when it is
 * deleted or changed. Models pkg/controller/certificates/rootcacertpublisher/publisher.go.
 */
import type { ConfigMap } from '../../api/types.ts';
import { ROOT_CERTIFICATE_MAP } from '../../api/rootcertificate.ts';
import type { Controller } from '../controller.ts';
import { publish } from './publish.ts';

export const rootCertificatePublisher: Controller<Record<string, never>> = {
  name: 'root-ca-certificate-publisher-controller',
  account: 'root-ca-cert-publisher',
  // ConfigMaps first, so that a namespace that has its own is nothing to look at; and the accounts, which the
  // next of the controllers looks for in the same cache.
  watches: ['ConfigMap', 'ServiceAccount', 'Namespace'],
  init: () => ({}),

  observe({ type, kind, object }, _state, { queue, cache }) {
    const { name, namespace } = object.metadata;
    if (kind === 'Namespace') {
      const map: ConfigMap | undefined = cache.get('ConfigMap', name, ROOT_CERTIFICATE_MAP);
      if (type !== 'DELETED' && map === undefined) queue.add(name);
    } else if (kind === 'ConfigMap' && name === ROOT_CERTIFICATE_MAP && type !== 'ADDED')
      queue.add(namespace!);
  },

  sync: publish,
};
