/**
 * What enforces NetworkPolicies on the nodes, as a network plugin's agent does: it knows policies, and the
 * labels of namespaces and Pods, as far as its watch has told it. It runs from the first policy on. One
 * process stands for the agents of all nodes.
 */
import type { ApiComponent, Context, WatchEvent } from '../api/client.ts';
import type { Namespace, NetworkPolicy, Pod } from '../api/types.ts';
import type { Task } from '../kernel/types.ts';
import type { PolicyFacts, World } from '../node/world.ts';

type PodFacts = PolicyFacts['pods'] extends Map<string, infer F> ? F : never;

export const POLICY_AGENT = 'network-policy-agent';

const named = ({ metadata }: Pod | NetworkPolicy): string => `${metadata.namespace}/${metadata.name}`;

/** What of a Pod policies speak of. */
export const podFacts = ({ metadata, spec }: Pod): PodFacts => ({
  labels: metadata.labels ?? {},
  ports: spec.containers
    .flatMap((c) => c.ports ?? [])
    .flatMap(({ name, containerPort, protocol = 'TCP' }) =>
      name === undefined ? [] : [{ name, port: containerPort, protocol }],
    ),
});

function learn({ kind, type, object }: WatchEvent, { world, config }: Context<World>): void {
  const facts = world.network.policy;
  const isGone = type === 'DELETED';
  if (kind === 'NetworkPolicy') {
    const policy = object as unknown as NetworkPolicy;
    if (isGone) {
      if (config.planted !== 'policy-outlives-its-deletion') facts.policies.delete(named(policy));
    } else facts.policies.set(named(policy), policy);
  } else if (kind === 'Namespace') {
    const { metadata } = object as Namespace;
    if (isGone) facts.namespaces.delete(metadata.name);
    else facts.namespaces.set(metadata.name, metadata.labels ?? {});
  } else {
    const pod = object as Pod;
    if (isGone) facts.pods.delete(named(pod));
    else facts.pods.set(named(pod), podFacts(pod));
  }
}

/** Component and process `network-policy-agent`. */
export const policyAgent: ApiComponent<null, Task, World> = {
  component: POLICY_AGENT,
  watches: () => [{ kinds: ['NetworkPolicy', 'Namespace', 'Pod'] }],
  start: () => null,
  observe: (event, _state, ctx) => learn(event, ctx),
  handle: () => undefined,
};
