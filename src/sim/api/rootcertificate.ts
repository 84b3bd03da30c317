/**
 * The certificate of the cluster's authority, and the ConfigMap in which every namespace has it. Models
 * pkg/controller/certificates/rootcacertpublisher/publisher.go.
 */
import { deepEqual } from './equal.ts';
import type { ConfigMap } from './types.ts';

export const ROOT_CERTIFICATE_MAP = 'kube-root-ca.crt';
/** It stands for the one that a cluster's authority has; nothing is encrypted in a simulated cluster. */
export const ROOT_CERTIFICATE = '-----BEGIN CERTIFICATE-----\nkubernetes\n-----END CERTIFICATE-----\n';

const DESCRIPTION = 'kubernetes.io/description';
const DATA = { 'ca.crt': ROOT_CERTIFICATE };
const ANNOTATIONS = {
  [DESCRIPTION]:
    'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such ' +
    'as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across ' +
    'distributions of Kubernetes clusters.',
};

/** A namespace's ConfigMap, but for what the API server adds. */
export const rootCertificateMap = (namespace: string) => ({
  apiVersion: 'v1' as const,
  kind: 'ConfigMap' as const,
  metadata: { namespace, name: ROOT_CERTIFICATE_MAP, annotations: ANNOTATIONS },
  data: DATA,
});

/** Whether a ConfigMap of that name says what it is to say. */
export const holdsRootCertificate = ({ data, metadata }: ConfigMap): boolean =>
  deepEqual(data, DATA) && Boolean(metadata.annotations?.[DESCRIPTION]);

/** It says again what it is to say; what others have annotated stays. */
export const withRootCertificate = (map: ConfigMap): ConfigMap => ({
  ...map,
  metadata: { ...map.metadata, annotations: { ...map.metadata.annotations, ...ANNOTATIONS } },
  data: DATA,
});
