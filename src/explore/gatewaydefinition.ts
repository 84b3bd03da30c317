/** The Gateway API's kinds where their CustomResourceDefinitions are not at hand. */

/** Of English: `gatewayclasses`, `gateways`, `backendtlspolicies`. */
const pluralOf = (kind: string): string =>
  kind
    .toLowerCase()
    .replace(/(?<![aeiou])y$/, 'ie')
    .replace(/ss$/, 'sse')
    .concat('s');

/**
 * A kind of the group, whose fields are taken as they come.
 * @param versions that are served, the stored one first
 */
export const gatewayDefinition = (
  kind: string,
  versions: readonly string[] = ['v1'],
): string => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: ${pluralOf(kind)}.gateway.networking.k8s.io
  annotations: {api-approved.kubernetes.io: "https://github.com/kubernetes-sigs/gateway-api/pull/2997"}
spec:
  group: gateway.networking.k8s.io
  scope: ${kind === 'GatewayClass' ? 'Cluster' : 'Namespaced'}
  names: {plural: ${pluralOf(kind)}, kind: ${kind}}
  versions:${versions
    .map(
      (name, i) => `
    - name: ${name}
      served: true
      storage: ${i === 0}
      subresources: {status: {}}
      schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}`,
    )
    .join('')}`;
