/** What the publisher of the root certificate does for a namespace. */
import type { Draft } from '../../api/client.ts';
import { isNamespaceTerminating, isNotFound } from '../../api/errors.ts';
import {
  holdsRootCertificate,
  ROOT_CERTIFICATE_MAP,
  rootCertificateMap,
  withRootCertificate,
} from '../../api/rootcertificate.ts';
import type { ConfigMap } from '../../api/types.ts';
import type { ControllerContext } from '../controller.ts';

/** @param namespace which is to have it */
export function publish(namespace: string, _state: unknown, { cache, api, config }: ControllerContext): void {
  const map = cache.get('ConfigMap', namespace, ROOT_CERTIFICATE_MAP);
  if (map !== undefined) {
    if (!holdsRootCertificate(map)) api.update(withRootCertificate(map));
    return;
  }
  try {
    api.create(rootCertificateMap(namespace) as Draft<ConfigMap>);
  } catch (error) {
    if (config.planted === 'root-certificate-not-retried') return;
    // A namespace that ends, or is gone, needs none.
    if (!isNotFound(error) && !isNamespaceTerminating(error)) throw error;
  }
}
