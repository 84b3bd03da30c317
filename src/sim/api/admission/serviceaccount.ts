/**
 * ServiceAccount: a Pod runs as `default` unless it says otherwise, and only as an account that exists.
 * Models plugin/pkg/admission/serviceaccount/admission.go; tokens are not mounted, and `default` may be
 * missing.
 */
import type { KubeObject, Pod } from '../types.ts';
import { refused, type AdmissionPlugin } from './types.ts';

const DEFAULT_ACCOUNT = 'default';
const MIRROR = 'kubernetes.io/config.mirror';

export const serviceAccount: AdmissionPlugin = {
  name: 'ServiceAccount',
  mutate: (object, { operation, definition, subresource }) => {
    if (definition.resource !== 'pods' || operation !== 'CREATE' || subresource !== '') return object;
    const pod = object as unknown as Pod;
    if (pod.spec.serviceAccountName || pod.metadata.annotations?.[MIRROR] !== undefined) return object;
    const next: Pod = { ...pod };
    next.spec = { ...pod.spec };
    next.spec.serviceAccountName = DEFAULT_ACCOUNT;
    next.spec.serviceAccount = DEFAULT_ACCOUNT;
    return next as unknown as KubeObject;
  },
  validate: (object, request) => {
    const { operation, definition, subresource, namespace, view } = request;
    if (definition.resource !== 'pods' || operation !== 'CREATE' || subresource !== '') return;
    const account = (object as unknown as Pod).spec.serviceAccountName;
    if (
      !account ||
      account === DEFAULT_ACCOUNT ||
      view.find('ServiceAccount', namespace, account) !== undefined
    )
      return;
    throw refused(
      request,
      `error looking up service account ${namespace}/${account}: serviceaccount "${account}" not found`,
    );
  },
};
