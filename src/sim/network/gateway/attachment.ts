/**
 * Which routes are attached to which listeners, and what is wrong with the others. Models what
 * apis/v1/{gateway,httproute,shared}_types.go ask for and conformance/tests of
 * github.com/kubernetes-sigs/gateway-api hold controllers to.
 */
import { matches, selectorOf } from '../../api/selector.ts';
import type { Service } from '../../api/types.ts';
import { PLAYED_FILTERS } from './filters.ts';
import { meetingNames, unreadIn } from './match.ts';
import {
  type BackendRef,
  type Gateway,
  GROUP,
  type HTTPRoute,
  type Listener,
  type ParentRef,
  type ReferenceGrant,
} from './types.ts';

/** What a controller knows. */
export interface Seen {
  readonly gateways: readonly Gateway[];
  readonly routes: readonly HTTPRoute[];
  readonly grants: readonly ReferenceGrant[];
  service(namespace: string, name: string): Service | undefined;
  labelsOf(namespace: string): Readonly<Record<string, string>>;
  /** Whether a Secret holds a certificate and its key. */
  hasCertificate(namespace: string, name: string): boolean;
}

/** A reason in the words of the API, and what is told beside it. */
export interface Verdict {
  readonly reason: string;
  readonly message: string;
}

const verdict = (reason: string, message: string): Verdict => ({ reason, message });

const KIND = 'HTTPRoute';
const PROTOCOLS: readonly string[] = ['HTTP', 'HTTPS'];

/** Whether something in one namespace may name something in another. */
export function isGranted(
  { grants }: Pick<Seen, 'grants'>,
  from: { readonly kind: string; readonly namespace: string },
  to: { readonly kind: string; readonly namespace: string; readonly name: string },
): boolean {
  if (from.namespace === to.namespace) return true;
  return grants.some(
    ({ metadata, spec }) =>
      metadata.namespace === to.namespace &&
      spec.from.some(
        (one) => one.group === GROUP && one.kind === from.kind && one.namespace === from.namespace,
      ) &&
      spec.to.some((one) => one.group === '' && one.kind === to.kind && (!one.name || one.name === to.name)),
  );
}

/** The kinds of routes that a listener takes, of those that are played; and whether it names others. */
export function kindsOf({ allowedRoutes }: Listener): {
  readonly kinds: string[];
  readonly hasOthers: boolean;
} {
  const named = allowedRoutes?.kinds ?? [];
  if (named.length === 0) return { kinds: [KIND], hasOthers: false };
  const known = named.filter(({ group = GROUP, kind }) => group === GROUP && kind === KIND);
  return { kinds: known.length > 0 ? [KIND] : [], hasOthers: known.length < named.length };
}

/** What a listener names that cannot be had; undefined: nothing. */
export function unresolvedOf(seen: Seen, { metadata }: Gateway, listener: Listener): Verdict | undefined {
  if (kindsOf(listener).hasOthers)
    return verdict('InvalidRouteKinds', `only ${KIND} is taken by the listener`);
  const namespace = metadata.namespace!;
  if (listener.protocol !== 'HTTPS') return undefined;
  const refs = listener.tls?.certificateRefs ?? [];
  if (refs.length === 0) return verdict('InvalidCertificateRef', 'a listener of HTTPS names a certificate');
  for (const { group = '', kind = 'Secret', name, namespace: at = namespace } of refs) {
    if (group !== '' || kind !== 'Secret') return verdict('InvalidCertificateRef', `${kind} is no Secret`);
    if (!isGranted(seen, { kind: 'Gateway', namespace }, { kind, namespace: at, name }))
      return verdict('RefNotPermitted', `no ReferenceGrant lets the Gateway use Secret ${at}/${name}`);
    if (!seen.hasCertificate(at, name))
      return verdict('InvalidCertificateRef', `Secret ${at}/${name} has no certificate`);
  }
  return undefined;
}

/** Why a listener is not taken; undefined: it is. Of two that conflict neither is. */
export function refusedListener({ spec }: Gateway, listener: Listener): Verdict | undefined {
  const { port, protocol, hostname = '' } = listener;
  if (!PROTOCOLS.includes(protocol))
    return verdict('UnsupportedProtocol', `protocol ${protocol} is not served`);
  const others = spec.listeners.filter((one) => one !== listener && one.port === port);
  if (others.some((one) => one.protocol !== protocol))
    return verdict('ProtocolConflict', `listeners of port ${port} have several protocols`);
  return others.some((one) => (one.hostname ?? '') === hostname)
    ? verdict('HostnameConflict', `listeners of port ${port} have one host name`)
    : undefined;
}

/** Whether requests are taken at a listener: also where it names kinds of routes that nobody serves. */
export const isServed = (seen: Seen, gateway: Gateway, listener: Listener): boolean =>
  refusedListener(gateway, listener) === undefined &&
  (unresolvedOf(seen, gateway, listener) === undefined || kindsOf(listener).hasOthers);

/** Whether a listener takes routes of a namespace. */
function takesFrom(
  seen: Seen,
  { metadata }: Gateway,
  { allowedRoutes }: Listener,
  namespace: string,
): boolean {
  const { from = 'Same', selector } = allowedRoutes?.namespaces ?? {};
  switch (from) {
    case 'All':
      return true;
    case 'Selector':
      return matches(selectorOf(selector as never), seen.labelsOf(namespace));
    default:
      return from === 'Same' && metadata.namespace === namespace;
  }
}

export const gatewayOf = (seen: Seen, route: HTTPRoute, ref: ParentRef): Gateway | undefined =>
  (ref.group ?? GROUP) === GROUP && (ref.kind ?? 'Gateway') === 'Gateway'
    ? seen.gateways.find(
        ({ metadata }) =>
          metadata.name === ref.name && metadata.namespace === (ref.namespace ?? route.metadata.namespace),
      )
    : undefined;

/** The listeners that take a route by one of its parents, and why none does. */
export interface Attachment {
  readonly listeners: readonly Listener[];
  readonly refused?: Verdict;
}

const refusing = (reason: string, message: string): Attachment => ({
  listeners: [],
  refused: { reason, message },
});

export function attached(seen: Seen, gateway: Gateway, route: HTTPRoute, ref: ParentRef): Attachment {
  const { hostnames, rules = [] } = route.spec;
  const other = rules
    .flatMap(({ filters = [] }) => filters)
    .find(({ type }) => !PLAYED_FILTERS.includes(type));
  if (other !== undefined) return refusing('UnsupportedValue', `the filter ${other.type} is not served`);
  const unread = rules.flatMap(({ matches = [] }) => matches).find((match) => unreadIn(match) !== undefined);
  if (unread !== undefined)
    return refusing('UnsupportedValue', `${unreadIn(unread)} is no regular expression`);
  const meant = gateway.spec.listeners.filter(
    ({ name, port }) =>
      (ref.sectionName === undefined || ref.sectionName === name) &&
      (ref.port === undefined || ref.port === port),
  );
  if (meant.length === 0) return refusing('NoMatchingParent', 'the Gateway has no such listener');
  const allowing = meant.filter(
    (one) => kindsOf(one).kinds.includes(KIND) && takesFrom(seen, gateway, one, route.metadata.namespace!),
  );
  if (allowing.length === 0)
    return refusing('NotAllowedByListeners', 'no listener takes routes of the kind and namespace');
  const listeners = allowing.filter(({ hostname }) => meetingNames(hostname, hostnames).length > 0);
  if (listeners.length === 0)
    return refusing('NoMatchingListenerHostname', 'no listener has a host name of the route');
  return { listeners: listeners.filter((one) => isServed(seen, gateway, one)) };
}

/** What keeps a rule from a backend that it names; undefined: nothing. */
export function unresolvedBackend(
  seen: Seen,
  { metadata: { namespace: own = '' } }: HTTPRoute,
  { group = '', kind = 'Service', namespace = own, name, port }: BackendRef,
): Verdict | undefined {
  if (group !== '' || kind !== 'Service')
    return verdict('InvalidKind', `${kind} is no backend that is served`);
  if (!isGranted(seen, { kind: KIND, namespace: own }, { kind, namespace, name }))
    return verdict('RefNotPermitted', `no ReferenceGrant lets the route use Service ${namespace}/${name}`);
  const service = seen.service(namespace, name);
  if (service === undefined) return verdict('BackendNotFound', `Service ${namespace}/${name} is not there`);
  return service.spec.ports?.some((one) => one.port === port) === true
    ? undefined
    : verdict('BackendNotFound', `Service ${namespace}/${name} has no port ${port ?? ''}`.trimEnd());
}

/** Of all backends of a route, the first that cannot be had. */
export const unresolvedIn = (seen: Seen, route: HTTPRoute): Verdict | undefined =>
  (route.spec.rules ?? [])
    .flatMap(({ backendRefs = [] }) => backendRefs)
    .map((ref) => unresolvedBackend(seen, route, ref))
    .find((one) => one !== undefined);
