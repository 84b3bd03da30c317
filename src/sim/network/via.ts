/** How a packet goes on from a node to an endpoint of a Service: by the rules of the node's kube-proxy. */
import { withMembers } from '../kernel/members.ts';
import type { Service } from '../api/types.ts';
import type { Machine } from '../node/world.ts';
import { backendFor } from './affinity.ts';
import type { End } from './impair.ts';
import { type Backend, type Bound, routeOf, type ServicePort } from './proxy.ts';
import { proxyView, type RouteView, viewAt } from './routes.ts';
import { type Destination, endOf, lost, SOMEWHERE, type Trip } from './trip.ts';
import type { RequestOutcome } from './types.ts';

export const nameOf = ({ metadata }: Service): string => `${metadata.namespace}/${metadata.name}`;

/** Whether a Service's port is one that requests are sent to. */
export const isTcp =
  (wanted: number) =>
  ({ port, protocol = 'TCP' }: ServicePort): boolean =>
    port === wanted && protocol === 'TCP';

export type Via =
  | { readonly outcome: RequestOutcome }
  | { readonly outcome?: undefined; readonly from: End; readonly to: Destination };

export function viaService(
  trip: Trip,
  entry: Machine,
  known: Service,
  fits: (port: ServicePort) => boolean,
  bound: Bound,
): Via {
  const { env, source, way } = trip;
  const at = { name: entry.name, zone: entry.labels['topology.kubernetes.io/zone'] };
  const view = proxyView(env.world, entry.name, env.now);
  way.reach('node', entry.name);
  way.reach('service', nameOf(known));
  const routeBy = (its: RouteView): readonly Backend[] | 'reject' | 'drop' | 'unknown' | 'noPort' => {
    const service = its.service(known.metadata.namespace!, known.metadata.name);
    if (service === undefined) return 'unknown';
    const port = service.spec.ports?.find(fits);
    if (port === undefined) return known.spec.ports?.some(fits) === true ? 'unknown' : 'noPort';
    const route = routeOf(its, service, port, at, bound);
    return route.kind === 'backends' ? route.backends : route.kind;
  };
  const backends = routeBy(view);
  // DNS may know a Service that this node's kube-proxy has not heard of: its address leads nowhere yet.
  if (backends === 'unknown') return { outcome: lost(trip, 'serviceUnknown') };
  // Nothing listens at the address itself: no rule is for the port, and the packet leads nowhere.
  if (backends === 'noPort') return { outcome: lost(trip, 'noSuchPort') };
  if (backends === 'reject') {
    way.stop('noEndpoints');
    return { outcome: { kind: 'refused', afterMs: env.hop(), hops: way.hops } };
  }
  if (backends === 'drop') return { outcome: lost(trip, 'noLocalEndpoints') };
  const service = view.service(known.metadata.namespace!, known.metadata.name)!;
  const to = backendFor(env, service, backends, entry.name, source.address);
  const isStale = (): boolean => {
    const today = routeBy(viewAt(env.world, env.now));
    return typeof today !== 'object' || !today.some(({ ip }) => ip === to.ip);
  };
  // A local policy keeps the client's address: nothing has to find back through this node.
  const keepsAddress = bound === 'external' && service.spec.externalTrafficPolicy === 'Local';
  const from = { machine: entry, sandbox: endOf(source).sandbox };
  const { ip, port, endpoint } = to;
  return {
    from: keepsAddress ? withMembers(from, { address: SOMEWHERE }) : from,
    to: { ip, port, endpoint, isStale },
  };
}
