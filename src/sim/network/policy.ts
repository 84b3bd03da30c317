/**
 * NetworkPolicies: which connections between Pods, namespaces and blocks of addresses are let through. A Pod
 * that a policy selects for a direction is isolated in it: only what one of its policies allows passes, and
 * a connection takes leave at both of its ends. Models the semantics of
 * https://kubernetes.io/docs/concepts/services-networking/network-policies/ as test/e2e/network/netpol probes
 * them; what is not let through is dropped.
 */
import { blockOf, isWithin } from '../api/validation/cidr.ts';
import { isNil } from '../api/defaults/fill.ts';
import { matches, selectorOf } from '../api/selector.ts';
import type { LabelSelector, NetworkPolicy } from '../api/types.ts';
import type { PolicyFacts } from '../node/world.ts';

type Rule = NonNullable<NetworkPolicy['spec']['ingress']>[number] &
  NonNullable<NetworkPolicy['spec']['egress']>[number];
type Peer = NonNullable<Rule['from']>[number];
type Port = NonNullable<Rule['ports']>[number];
export type Protocol = 'TCP' | 'UDP' | 'SCTP';

/** One end of a connection; without `pod`: a node, its host's network, or somebody outside. */
export interface Party {
  readonly ip: string;
  /** `namespace/name` */
  readonly pod?: string | undefined;
}

export type Direction = 'Ingress' | 'Egress';

const namespaceOf = (pod: string): string => pod.slice(0, pod.indexOf('/'));
const fits = (selector: LabelSelector, labels: Readonly<Record<string, string>>): boolean =>
  matches(selectorOf(selector), labels);

/** Whether a policy speaks for the Pod in a direction. */
function isolates(
  { metadata, spec }: NetworkPolicy,
  pod: string,
  direction: Direction,
  facts: PolicyFacts,
): boolean {
  return (
    metadata.namespace === namespaceOf(pod) &&
    (spec.policyTypes ?? []).includes(direction) &&
    fits(spec.podSelector ?? {}, facts.pods.get(pod)?.labels ?? {})
  );
}

function isPeer(peer: Peer, home: string, other: Party, facts: PolicyFacts): boolean {
  const { ipBlock, podSelector, namespaceSelector } = peer;
  if (!isNil(ipBlock)) {
    const address = blockOf(`${other.ip}/32`);
    const isIn = (text: string): boolean => {
      const block = blockOf(text);
      return address !== undefined && block !== undefined && isWithin(address, block);
    };
    return isIn(ipBlock.cidr) && !(ipBlock.except ?? []).some(isIn);
  }
  if (other.pod === undefined) return false;
  const namespace = namespaceOf(other.pod);
  const isFrom = isNil(namespaceSelector)
    ? namespace === home
    : fits(namespaceSelector, facts.namespaces.get(namespace) ?? {});
  return isFrom && (isNil(podSelector) || fits(podSelector, facts.pods.get(other.pod)?.labels ?? {}));
}

/** @param to whose port it is: names are his containers' */
function isPort(rule: Port, port: number, protocol: Protocol, to: Party, facts: PolicyFacts): boolean {
  if ((rule.protocol ?? 'TCP') !== protocol) return false;
  if (isNil(rule.port)) return true;
  if (typeof rule.port === 'number') return port >= rule.port && port <= (rule.endPort ?? rule.port);
  const named = to.pod === undefined ? undefined : facts.pods.get(to.pod)?.ports;
  return named?.some((p) => p.name === rule.port && p.protocol === protocol && p.port === port) === true;
}

function lets(
  direction: Direction,
  own: Party,
  other: Party,
  to: Party,
  port: number,
  protocol: Protocol,
  facts: PolicyFacts,
): boolean {
  if (own.pod === undefined) return true;
  let isIsolated = false;
  for (const policy of facts.policies.values()) {
    if (!isolates(policy, own.pod, direction, facts)) continue;
    isIsolated = true;
    const rules = (direction === 'Ingress' ? policy.spec.ingress : policy.spec.egress) ?? [];
    for (const { ports = [], ...rule } of rules as readonly Rule[]) {
      const peers = (direction === 'Ingress' ? rule.from : rule.to) ?? [];
      if (ports.length > 0 && !ports.some((p) => isPort(p, port, protocol, to, facts))) continue;
      if (peers.length === 0 || peers.some((p) => isPeer(p, policy.metadata.namespace!, other, facts)))
        return true;
    }
  }
  return !isIsolated;
}

/** By which end's policies a connection is not let through; undefined: it is. A Pod always reaches itself. */
export function deniedBy(
  facts: PolicyFacts,
  from: Party,
  to: Party,
  port: number,
  protocol: Protocol = 'TCP',
): Direction | undefined {
  if (facts.policies.size === 0 || (from.pod !== undefined && from.pod === to.pod)) return undefined;
  if (!lets('Egress', from, to, to, port, protocol, facts)) return 'Egress';
  return lets('Ingress', to, from, to, port, protocol, facts) ? undefined : 'Ingress';
}
