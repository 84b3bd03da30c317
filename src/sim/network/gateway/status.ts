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

/** What is said while nginx cannot reload. */
const NOT_RELOADED = 'is not programmed due to a failure to reload nginx with the configuration';

/** Whether somebody is told that nginx could not reload. */
export const saysNotReloaded = (conditions: readonly { readonly message?: string }[] = []): boolean =>
  conditions.some(({ message }) => message?.includes(NOT_RELOADED));

function listenerStatus(seen: Seen, gateway: Gateway, listener: Listener, isStuck: boolean): object {
  const refused = refusedListener(gateway, listener);
  const isConflict = refused?.reason.endsWith('Conflict') === true;
  const unresolved = unresolvedOf(seen, gateway, listener);
  const { kinds } = kindsOf(listener);
  const unprogrammed =
    refused ??
    unresolved ??
    (isStuck ? { reason: 'Invalid', message: `The listener ${NOT_RELOADED}` } : undefined);
  return {
    name: listener.name,
    supportedKinds: kinds.map((kind) => ({ group: GROUP, kind })),
    attachedRoutes: attachedTo(seen, gateway, listener),
    conditions: [
      condition('Accepted', gateway, refused),
      condition('Programmed', gateway, unprogrammed && { ...unprogrammed, reason: 'Invalid' }),
      condition('ResolvedRefs', gateway, unresolved),
      {
        ...condition('Conflicted', gateway, undefined, 'NoConflicts'),
        ...(isConflict ? refused : {}),
        status: isConflict ? 'True' : 'False',
      },
    ],
  };
}

/**
 * @param addresses where it is reached; none: nowhere yet
 * @param isStuck whether nginx could not be given what the API said last
 */
export function gatewayStatus(
  seen: Seen,
  gateway: Gateway,
  addresses: readonly string[],
  isStuck = false,
): object {
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
        : isStuck
          ? { reason: 'Invalid', message: `The Gateway ${NOT_RELOADED}` }
          : undefined;
  return {
    ...(addresses.length === 0
      ? {}
      : { addresses: addresses.map((value) => ({ type: 'IPAddress', value })) }),
    conditions: [accepted, condition('Programmed', gateway, unprogrammed)],
    listeners: listeners.map((one) => listenerStatus(seen, gateway, one, isStuck)),
  };
}

/** Of those of a route's parents that are the controller's. */
export const routeParents = (
  seen: Seen,
  route: HTTPRoute,
  controllerName: string,
  isStuck = false,
): (Omit<RouteParent, 'conditions'> & { readonly conditions: readonly Said[] })[] =>
  (route.spec.parentRefs ?? []).flatMap((parentRef) => {
    const gateway = gatewayOf(seen, route, parentRef);
    if (gateway === undefined) return [];
    const { refused } = attached(seen, gateway, route, parentRef);
    const stuck = {
      reason: 'GatewayNotProgrammed',
      message:
        `The Gateway ${NOT_RELOADED}. Please see the nginx container logs for any possible configuration ` +
        'issues. NGINX may still be configured for this Route. However, future updates to this resource ' +
        'will not be configured until the Gateway is programmed again',
    };
    return [
      {
        parentRef,
        controllerName,
        conditions: [
          condition('Accepted', route, refused ?? (isStuck ? stuck : undefined)),
          condition('ResolvedRefs', route, unresolvedIn(seen, route)),
        ],
      },
    ];
  });
