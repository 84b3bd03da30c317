/**
 * NamespaceLifecycle: nothing is created where there is no namespace, or one that goes away.
 * Models staging/src/k8s.io/apiserver/pkg/admission/plugin/namespace/lifecycle/admission.go.
 */
import { ApiError, NAMESPACE_TERMINATING, notFound } from '../errors.ts';
import { refused, type AdmissionPlugin } from './types.ts';

const IMMORTAL = new Set(['default', 'kube-system', 'kube-public']);

export const namespaceLifecycle: AdmissionPlugin = {
  name: 'NamespaceLifecycle',
  validate: (_object, request) => {
    const { operation, definition, namespace, name, view } = request;
    if (operation === 'DELETE' && definition.resource === 'namespaces' && IMMORTAL.has(name))
      throw refused(request, 'this namespace may not be deleted');
    if (operation === 'DELETE' || !definition.namespaced) return;
    const found = view.find('Namespace', '', namespace);
    if (found === undefined) throw notFound('namespaces', '', namespace);
    if (operation === 'CREATE' && found.metadata.deletionTimestamp !== undefined) {
      const { message, details } = refused(
        request,
        `unable to create new content in namespace ${namespace} because it is being terminated`,
      );
      throw new ApiError('Forbidden', message, {
        ...details,
        causes: [
          {
            field: 'metadata.namespace',
            reason: NAMESPACE_TERMINATING,
            message: `namespace ${namespace} is being terminated`,
          },
        ],
      });
    }
  },
};
