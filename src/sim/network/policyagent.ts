/**
 * What enforces NetworkPolicies on the nodes, as a network plugin's agent does: it knows policies, and the
 * labels of namespaces and Pods, as far as its watch has told it. It runs from the first policy on. One
 * process stands for the agents of all nodes.
 */
import type { ApiComponent, WatchEvent } from '../api/client.ts';
import type { Namespace, NetworkPolicy, Pod } from '../api/types.ts';
import type { Task } from '../kernel/types.ts';
import type { PolicyFacts, World } from '../node/world.ts';

export const POLICY_AGENT = 'network-policy-agent';

const named = ({ metadata }: Pod | NetworkPolicy): string => `${metadata.namespace}/${metadata.name}`;

function learn(facts: PolicyFacts, { kind, type, object }: WatchEvent): void {
  const isGone = type === 'DELETED';
  if (kind === 'NetworkPolicy') {
    const policy = object as unknown as NetworkPolicy;
    if (isGone) facts.policies.delete(named(policy));
    else facts.policies.set(named(policy), policy);
  } else if (kind === 'Namespace') {
    const { metadata } = object as Namespace;
    if (isGone) facts.namespaces.delete(metadata.name);
    else facts.namespaces.set(metadata.name, metadata.labels ?? {});
  } else {
    const pod = object as Pod;
    if (isGone) facts.pods.delete(named(pod));
    else {
      const ports = pod.spec.containers
        .flatMap((c) => c.ports ?? [])
        .flatMap(({ name, containerPort, protocol = 'TCP' }) =>
          name === undefined ? [] : [{ name, port: containerPort, protocol }],
        );
      facts.pods.set(named(pod), { labels: pod.metadata.labels ?? {}, ports });
    }
  }
}

/** Component and process `network-policy-agent`. */
export const policyAgent: ApiComponent<null, Task, World> = {
  component: POLICY_AGENT,
  watches: () => [{ kinds: ['NetworkPolicy', 'Namespace', 'Pod'] }],
  start: () => null,
  observe: (event, _state, ctx) => learn(ctx.world.network.policy, event),
  handle: () => undefined,
};
