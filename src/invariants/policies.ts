/** What NetworkPolicies promise: what they allow passes, and nothing else. */
import type { PolicyFacts } from '../sim/node/world.ts';
import type { Pod } from '../sim/api/types.ts';
import { deniedBy, podFacts } from '../sim/network/index.ts';
import { defineInvariant, named, told } from './define.ts';
import { isReady } from './pods.ts';
import type { InvariantView, Violation } from './types.ts';

/** Of how many Pods all pairs are looked at. */
const MOST_PODS = 40;

/** What the API says by now. */
function saidBy(view: InvariantView): PolicyFacts {
  const pods = new Map([...view.list('Pod')].map((pod) => [named(pod), podFacts(pod)] as const));
  return {
    policies: new Map([...view.list('NetworkPolicy')].map((policy) => [named(policy), policy] as const)),
    namespaces: new Map(
      [...view.list('Namespace')].map(({ metadata }) => [metadata.name, metadata.labels ?? {}] as const),
    ),
    pods,
  };
}

const partyOf = (pod: Pod): { ip: string; pod: string } => ({ ip: pod.status.podIP!, pod: named(pod) });

export const networkPoliciesHeld = defineInvariant<null>({
  name: 'network-policies-held',
  asks: 'physical',
  about:
    'In the end, between any two ready Pods, the NetworkPolicies that there are let through what passes, ' +
    'and nothing else passes.',
  why: 'a policy that is not enforced is none, and one that outlives its deletion is an outage',
  fails:
    'In the end a connection to a port of a Pod passed that a policy does not allow, or did not pass that ' +
    `all allow. Of clusters with more than ${MOST_PODS} ready Pods the first ${MOST_PODS} are looked at.`,
  init: () => null,
  finally(_state, view): Violation | undefined {
    const enforced = view.physical.network.policyFacts();
    const said = saidBy(view);
    if (said.policies.size === 0 && enforced.policies.size === 0) return undefined;
    const pods = [...view.list('Pod')]
      .filter((pod) => isReady(pod) && pod.spec.hostNetwork !== true)
      .slice(0, MOST_PODS);
    for (const to of pods)
      for (const port of new Set(to.spec.containers.flatMap(({ ports = [] }) => ports)))
        for (const from of pods) {
          const ask = (facts: PolicyFacts): string | undefined =>
            deniedBy(facts, partyOf(from), partyOf(to), port.containerPort, port.protocol);
          const isDenied = ask(enforced) !== undefined;
          if (isDenied === (ask(said) !== undefined)) continue;
          const args = { from: named(from), to: named(to), port: port.containerPort };
          return {
            message: told(isDenied ? 'brokenPolicyOutlives' : 'brokenPolicyPasses', args),
            objects: [from, to],
          };
        }
    return undefined;
  },
});
