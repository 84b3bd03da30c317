/** What every namespace is given to know the API server by. */
import { holdsRootCertificate, ROOT_CERTIFICATE_MAP } from '../sim/api/rootcertificate.ts';
import { isFromTheBeginning } from './beginning.ts';
import { defineInvariant, told } from './define.ts';
import type { Violation } from './types.ts';

export const rootCertificatesThere = defineInvariant<null>({
  name: 'root-certificates-there',
  asks: 'api',
  about:
    'In the end every namespace that is not ending has a ConfigMap "kube-root-ca.crt" with the certificate ' +
    "of the cluster's authority.",
  why: 'Pods mount it with their tokens, and none that does can start without it',
  fails:
    'In the end a namespace had no ConfigMap "kube-root-ca.crt", or one that said something else, though ' +
    'nobody was ending the namespace.',
  init: () => null,
  finally(_state, view): Violation | undefined {
    for (const namespace of view.list('Namespace')) {
      const { name, deletionTimestamp } = namespace.metadata;
      if (deletionTimestamp !== undefined) continue;
      const map = view.find('ConfigMap', name, ROOT_CERTIFICATE_MAP);
      if (map !== undefined && holdsRootCertificate(map)) continue;
      const first = { kind: 'ConfigMap', namespace: name, name: ROOT_CERTIFICATE_MAP };
      if (map === undefined && isFromTheBeginning(first, view)) continue;
      const message = told('brokenNoRootCertificate', { namespace: name });
      return { message, objects: map === undefined ? [namespace] : [map] };
    }
    return undefined;
  },
});
