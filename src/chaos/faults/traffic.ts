/** What the operator's hand takes from traffic: the Pods that answer for names, leave to reach others. */
import { parseLabelSelector, type Requirement } from '../../sim/api/selector.ts';
import type { Deployment, NetworkPolicy } from '../../sim/api/types.ts';
import { arbitraryOf } from '../arbitrary.ts';
import { defineFault } from '../define.ts';
import { valueOf } from '../fields.ts';
import { say } from '../phrase.ts';
import { podsMatching } from '../target.ts';
import { type Fault, type FaultContext, misses } from '../types.ts';

const DNS = ['kube-system', 'coredns'] as const;

const deploymentIn = ({ api }: FaultContext): Deployment | undefined =>
  api.list('Deployment', { namespace: DNS[0] }).find(({ metadata }) => metadata.name === DNS[1]);

export const dnsPodsLost: Fault = defineFault({
  kind: 'DnsPodsLost',
  family: 'network',
  needs: 'api',
  target: 'none',
  about:
    'The Deployment of CoreDNS is scaled to nothing, where a cluster has one: for names that its Pods ' +
    'answered nobody answers, after the five seconds that a Pod goes on; addresses are not concerned.',
  heals: 'It is scaled back, unless somebody has changed the number since.',
  phrases: [say('DNS loses its pods[forMs]', '[forMs]DNSのPodが失われる')],
  arbitrary: (world, fc) =>
    (world.controlPlane ?? []).length > 0 ? arbitraryOf(dnsPodsLost, world, fc) : undefined,
  strike(_call, ctx) {
    const deployment = deploymentIn(ctx);
    if (deployment === undefined) throw misses('noNamesServer', {});
    ctx.api.scale('Deployment', ...DNS, 0);
    return { targets: [DNS.join('/')], undo: { before: deployment.spec.replicas ?? 1 } };
  },
  heal(_call, struck, ctx) {
    if (deploymentIn(ctx)?.spec.replicas !== 0) return;
    ctx.api.scale('Deployment', ...DNS, Number(struck.undo!['before']));
  },
});

const OPERATORS: Readonly<Record<string, string>> = {
  in: 'In',
  '=': 'In',
  '==': 'In',
  '!=': 'NotIn',
  notin: 'NotIn',
  exists: 'Exists',
  '!': 'DoesNotExist',
};

/** A requirement as a manifest says it. @throws FaultError for one that a manifest cannot say */
function expressionOf({ key, operator, values }: Requirement): object {
  const said = OPERATORS[operator];
  if (said === undefined) throw misses('noPolicySelector', { operator });
  return { key, operator: said, ...(values.length === 0 ? {} : { values }) };
}

/** `deny-ingress`, and a number where that is taken. */
function freeName(taken: readonly NetworkPolicy[], direction: string): string {
  const names = new Set(taken.map(({ metadata }) => metadata.name));
  const base = `deny-${direction.toLowerCase()}`;
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? base : `${base}-${n}`;
    if (!names.has(name)) return name;
  }
}

export const trafficDenied: Fault = defineFault({
  kind: 'TrafficDenied',
  family: 'network',
  needs: 'api',
  target: 'pod',
  stacks: 'each',
  about:
    'A NetworkPolicy isolates the Pods: nobody reaches them (Ingress), or they reach nobody, the DNS among ' +
    'them (Egress). Other policies that let something through do so still.',
  heals: 'The policy is deleted.',
  parameters: [
    {
      field: 'direction',
      default: 'Ingress',
      among: ['Ingress', 'Egress'],
      about: 'Ingress: what comes in is dropped; Egress: what goes out',
    },
  ],
  phrases: [
    say(
      'a network policy lets nothing into pods matching {selector:selector}[forMs]',
      '[forMs]NetworkPolicyが{selector:selector}に一致するPodへの通信をすべて拒む',
      { direction: 'Ingress', mode: 'all' },
    ),
    say(
      'a network policy lets nothing out of pods matching {selector:selector}[forMs]',
      '[forMs]NetworkPolicyが{selector:selector}に一致するPodからの通信をすべて拒む',
      { direction: 'Egress', mode: 'all' },
    ),
  ],
  elsewhere: { krkn: 'pod_network_filter' },
  arbitrary: (world, fc) => {
    const pods = world.pods.filter((p) => /[=!(]/.test(p));
    return (world.policies ?? []).length > 0 && pods.length > 0
      ? arbitraryOf(trafficDenied, { ...world, pods }, fc)?.map((call) => ({ ...call, mode: 'all' }))
      : undefined;
  },
  strike(call, ctx) {
    if (call.selector === undefined) throw misses('selectorOnly', { fault: call.kind });
    podsMatching(call.selector, ctx);
    const { api, namespace } = ctx;
    const direction = valueOf(trafficDenied, call, 'direction');
    const name = freeName(api.list('NetworkPolicy', { namespace }), direction);
    const { requirements } = parseLabelSelector(call.selector);
    api.create({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name, namespace },
      spec: { podSelector: { matchExpressions: requirements.map(expressionOf) }, policyTypes: [direction] },
    } as never);
    return { targets: [`${namespace}/${name}`] };
  },
  heal(_call, { targets }, { api }) {
    const [namespace = '', name = ''] = targets[0]!.split('/');
    const isThere = api.list('NetworkPolicy', { namespace }).some(({ metadata }) => metadata.name === name);
    if (isThere) api.delete('NetworkPolicy', namespace, name);
  },
});
