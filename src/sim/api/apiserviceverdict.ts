/**
 * Whether the server behind an APIService can be reached, as far as its Service tells. Models
 * staging/src/k8s.io/kube-aggregator/pkg/controllers/status/remote/remote_available_controller.go.
 */
import type { APIService } from './resources/apiservice.ts';
import type { EndpointSlice, KubeObject, Service } from './types.ts';

const SERVICE_NAME = 'kubernetes.io/service-name';

type Condition = NonNullable<APIService['status']['conditions']>[number];
export type Verdict = Pick<Condition, 'status' | 'reason' | 'message'>;

export const unavailable = (reason: string, message: string): Verdict => ({
  status: 'False',
  reason,
  message,
});
export const passed = (): Verdict => ({ status: 'True', reason: 'Passed', message: 'all checks passed' });

/** Whether it says that the server behind it is reached. */
export const isAvailable = (apiService: KubeObject): boolean =>
  (apiService as APIService).status?.conditions?.find(({ type }) => type === 'Available')?.status === 'True';

/** What is said of a Service without a ready endpoint at its port. */
export const withoutEndpoints = (service: string, namespace: string, portName: string): Verdict =>
  unavailable(
    'MissingEndpoints',
    `endpointslices for service/${service} in "${namespace}" have no addresses with port name ` +
      JSON.stringify(portName),
  );

/** What is looked at. */
export interface Seen {
  service(namespace: string, name: string): Service | undefined;
  slices(namespace: string): readonly EndpointSlice[];
}

/** Whether the Service of an APIService leads to somebody. */
export function verdictOf({ spec }: APIService, seen: Seen): Verdict {
  const { name = '', namespace = '', port = 443 } = spec.service!;
  const service = seen.service(namespace, name);
  if (service === undefined)
    return unavailable('ServiceNotFound', `service/${name} in "${namespace}" is not present`);
  if (service.spec.type === 'ClusterIP' || service.spec.type === undefined) {
    const its = service.spec.ports?.find((p) => p.port === port);
    if (its === undefined)
      return unavailable(
        'ServicePortError',
        `service/${name} in "${namespace}" is not listening on port ${port}`,
      );
    const slices = seen.slices(namespace).filter((slice) => slice.metadata.labels?.[SERVICE_NAME] === name);
    if (slices.length === 0)
      return unavailable(
        'EndpointsNotFound',
        `cannot find endpointslices for service/${name} in "${namespace}"`,
      );
    const portName = its.name ?? '';
    const leads = (slice: EndpointSlice): boolean =>
      (slice.endpoints ?? []).some(({ conditions }) => conditions?.ready !== false) &&
      (slice.ports ?? []).some((p) => (p.name ?? '') === portName && p.port !== undefined);
    if (!slices.some(leads)) return withoutEndpoints(name, namespace, portName);
  }
  return passed();
}
