/** What a controller says in the status of Gateways and routes: conditions, attached routes, addresses. */
import {
  attached,
  gatewayOf,
  kindsOf,
  refusedListener,
  type Seen,
  unresolvedIn,
  unresolvedOf,
  type Verdict,
} from './attachment.ts';
import {
  type Condition,
  type Gateway,
  GROUP,
  type HTTPRoute,
  type Listener,
  type RouteParent,
} from './types.ts';

type Said = Omit<Condition, 'lastTransitionTime'>;

/** @param verdict undefined: it is as it should be, for the reason that the API gives */
const condition = (
  type: string,
  { metadata }: Gateway | HTTPRoute,
  verdict: Verdict | undefined,
  well = type,
): Said => ({
  type,
  status: verdict === undefined ? 'True' : 'False',
  reason: verdict?.reason ?? well,
  message: verdict?.message ?? '',
  observedGeneration: metadata.generation ?? 1,
});

/** How many routes a listener takes, whatever comes of their backends. */
const attachedTo = (seen: Seen, gateway: Gateway, listener: Listener): number =>
  seen.routes.filter((route) =>
    (route.spec.parentRefs ?? []).some((ref) => {
      const isOurs = gatewayOf(seen, route, ref) === gateway;
      return isOurs && attached(seen, gateway, route, ref).listeners.includes(listener);
    }),
  ).length;

function listenerStatus(seen: Seen, gateway: Gateway, listener: Listener): object {
  const refused = refusedListener(gateway, listener);
  const isConflict = refused?.reason.endsWith('Conflict') === true;
  const unresolved = unresolvedOf(seen, gateway, listener);
  const { kinds } = kindsOf(listener);
  const invalid = refused ?? unresolved;
  return {
    name: listener.name,
    supportedKinds: kinds.map((kind) => ({ group: GROUP, kind })),
    attachedRoutes: attachedTo(seen, gateway, listener),
    conditions: [
      condition('Accepted', gateway, refused),
      condition('Programmed', gateway, invalid && { ...invalid, reason: 'Invalid' }),
      condition('ResolvedRefs', gateway, unresolved),
      {
        ...condition('Conflicted', gateway, undefined, 'NoConflicts'),
        ...(isConflict ? refused : {}),
        status: isConflict ? 'True' : 'False',
      },
    ],
  };
}

/** @param addresses where it is reached; none: nowhere yet */
export function gatewayStatus(seen: Seen, gateway: Gateway, addresses: readonly string[]): object {
  const { listeners } = gateway.spec;
  const refused = listeners.filter((one) => refusedListener(gateway, one) !== undefined);
  const invalid = listeners.filter(
    (one) => refused.includes(one) || unresolvedOf(seen, gateway, one) !== undefined,
  );
  const isNone = refused.length === listeners.length;
  const accepted = condition(
    'Accepted',
    gateway,
    isNone ? { reason: 'ListenersNotValid', message: 'no listener is valid' } : undefined,
    invalid.length > 0 ? 'ListenersNotValid' : 'Accepted',
  );
  const unprogrammed =
    invalid.length === listeners.length
      ? { reason: 'Invalid', message: 'no listener is programmed' }
      : addresses.length === 0
        ? { reason: 'AddressNotAssigned', message: 'no address is assigned yet' }
        : undefined;
  return {
    ...(addresses.length === 0
      ? {}
      : { addresses: addresses.map((value) => ({ type: 'IPAddress', value })) }),
    conditions: [accepted, condition('Programmed', gateway, unprogrammed)],
    listeners: listeners.map((one) => listenerStatus(seen, gateway, one)),
  };
}

/** Of those of a route's parents that are the controller's. */
export const routeParents = (
  seen: Seen,
  route: HTTPRoute,
  controllerName: string,
): (Omit<RouteParent, 'conditions'> & { readonly conditions: readonly Said[] })[] =>
  (route.spec.parentRefs ?? []).flatMap((parentRef) => {
    const gateway = gatewayOf(seen, route, parentRef);
    if (gateway === undefined) return [];
    return [
      {
        parentRef,
        controllerName,
        conditions: [
          condition('Accepted', route, attached(seen, gateway, route, parentRef).refused),
          condition('ResolvedRefs', route, unresolvedIn(seen, route)),
        ],
      },
    ];
  });
