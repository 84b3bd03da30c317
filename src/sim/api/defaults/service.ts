/**
 * Defaults of services and endpoints. Models pkg/apis/core/v1/defaults.go and
 * pkg/apis/discovery/v1/defaults.go.
 */
import type { Endpoints, EndpointSlice, Service } from '../types.ts';
import { fill, fillZero, into, intoEach, isZero, isNil } from './fill.ts';

const CLIENT_IP_TIMEOUT_SECONDS = 10_800;

/** Whether clients outside the cluster may reach it. */
export const externallyAccessible = (spec: Service['spec']): boolean =>
  spec.type === 'LoadBalancer' ||
  spec.type === 'NodePort' ||
  (spec.type === 'ClusterIP' && (spec.externalIPs?.length ?? 0) > 0);

export function defaultService(service: Service): Service {
  return into(service, 'spec', (spec) => {
    let next = fillZero(spec, { sessionAffinity: 'None', type: 'ClusterIP' });
    if (next.sessionAffinity === 'None' && next.sessionAffinityConfig !== undefined) {
      const { sessionAffinityConfig: _, ...rest } = next;
      next = rest;
    }
    if (next.sessionAffinity === 'ClientIP' && isNil(next.sessionAffinityConfig?.clientIP?.timeoutSeconds)) {
      next = { ...next, sessionAffinityConfig: { clientIP: { timeoutSeconds: CLIENT_IP_TIMEOUT_SECONDS } } };
    }
    next = intoEach(next, 'ports', (port) => {
      const typed = fillZero(port, { protocol: 'TCP' });
      return isZero(typed.targetPort) && !isZero(typed.port) ? { ...typed, targetPort: typed.port } : typed;
    });
    if (externallyAccessible(next)) next = fillZero(next, { externalTrafficPolicy: 'Cluster' });
    if (next.type !== 'ExternalName') next = fill(next, { internalTrafficPolicy: 'Cluster' });
    return next.type === 'LoadBalancer' ? fill(next, { allocateLoadBalancerNodePorts: true }) : next;
  });
}

export const defaultEndpoints = (endpoints: Endpoints): Endpoints =>
  intoEach(endpoints, 'subsets', (subset) =>
    intoEach(subset, 'ports', (port) => fillZero(port, { protocol: 'TCP' })),
  );

export const defaultEndpointSlice = (slice: EndpointSlice): EndpointSlice =>
  intoEach(slice, 'ports', (port) => fill(port, { name: '', protocol: 'TCP' }));
