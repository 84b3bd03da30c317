/**
 * What the faults of a search may aim at, read off the scenario: its nodes, and the workloads, budgets and
 * quotas it applies.
 */
import type { FaultWorld } from '../chaos/types.ts';
import type { Kit } from '../dsl/types.ts';
import type { Operation } from '../dsl/operations/operation.ts';
import { readManifests } from '../sim/api/manifest/read.ts';
import type { APIService } from '../sim/api/resources/apiservice.ts';
import { ResourceRegistry } from '../sim/api/resources/registry.ts';
import type { ClusterParts } from '../sim/parts.ts';
import { selectorText } from '../sim/api/selector.ts';
import type { KubeObject, StatefulSet } from '../sim/api/types.ts';

const ZONE = 'zone-a';

const nameOf = ({ metadata }: KubeObject): string =>
  metadata?.namespace === undefined ? (metadata?.name ?? '') : `${metadata.namespace}/${metadata.name}`;
const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];

/** Those that are applied, and those that StatefulSets make of their templates. */
const claimsOf = (applied: readonly KubeObject[]): string[] =>
  applied.flatMap((object) => {
    if (object.kind === 'PersistentVolumeClaim') return [nameOf(object)];
    if (object.kind !== 'StatefulSet') return [];
    const { volumeClaimTemplates = [], replicas = 1 } = (object as StatefulSet).spec ?? {};
    const { namespace, name } = object.metadata;
    const prefix = namespace === undefined ? '' : `${namespace}/`;
    return volumeClaimTemplates.flatMap(({ metadata }) =>
      Array.from({ length: replicas }, (_, i) => `${prefix}${metadata?.name}-${name}-${i}`),
    );
  });

interface NamedMachine {
  readonly name: string;
  /** '': none. */
  readonly zone: string;
  readonly controlPlane?: boolean;
}

const numbered = (role: string, count: number): NamedMachine[] =>
  Array.from({ length: count }, (_, i) => ({ name: `${role}-${i + 1}`, zone: ZONE }));

const ofPlane = (o: Operation): NamedMachine[] =>
  o.op === 'cluster'
    ? numbered('control-plane', o.controlPlane ?? 0).map((m) => ({ ...m, controlPlane: true }))
    : [];

/** Of a drawn cluster, the nodes that every draw has. @param kit what the scenario is played with */
export function worldOf(operations: readonly Operation[], { parts }: Kit): FaultWorld {
  const machines = operations.flatMap((o): NamedMachine[] => {
    if (o.op === 'clusterOf')
      return o.nodes.map(({ name, zone = ZONE, controlPlane = false }) => ({ name, zone, controlPlane }));
    const count = o.op === 'cluster' ? o.nodes : o.op === 'anyCluster' ? o.min : 0;
    return [...ofPlane(o), ...numbered('node', count)];
  });
  const applied = operations
    .flatMap((o) => (o.op === 'manifest' ? readManifests(o.text, 'manifest') : []))
    .map(({ object }) => object as unknown as KubeObject);
  const nodeGroups = operations.flatMap((o) =>
    o.op === 'nodeGroup' ? [o.name] : o.op === 'cluster' && o.clusterAutoscaler ? ['node'] : [],
  );
  const metrics = unique(operations.flatMap((o) => (o.op === 'metric' ? [o.metric] : [])));
  return { ...worldFrom(machines, applied, parts.resources), nodeGroups, metrics };
}

/** The names of the webhooks of a configuration, or of the one that a definition has. */
function webhooksOf(object: KubeObject): string[] {
  if (object.kind === 'ValidatingWebhookConfiguration' || object.kind === 'MutatingWebhookConfiguration')
    return ((object as { webhooks?: readonly { name: string }[] }).webhooks ?? []).map(({ name }) => name);
  if (object.kind !== 'CustomResourceDefinition') return [];
  const { conversion } = (object.spec ?? {}) as { conversion?: { strategy?: string } };
  return conversion?.strategy === 'Webhook' ? [object.metadata.name] : [];
}

/** What there is to aim at on machines, and among objects that were applied. */
export function worldFrom(
  machines: readonly NamedMachine[],
  applied: readonly KubeObject[],
  definitions: ClusterParts['resources'],
): FaultWorld {
  const resources = new ResourceRegistry(definitions);
  const workloads = applied.flatMap((object) => {
    const traits = resources.find(object.kind)?.workload;
    return traits === undefined ? [] : [{ object, selector: traits.selector(object) }];
  });
  const named = (kind: string): string[] => applied.filter((o) => o.kind === kind).map(nameOf);
  return {
    nodes: machines.map((m) => m.name),
    controlPlane: machines.flatMap((m) => (m.controlPlane === true ? [m.name] : [])),
    zones: unique(machines.map((m) => m.zone)).filter((z) => z !== ''),
    pods: unique([
      ...workloads.flatMap(({ selector }) => (selector === undefined ? [] : [selectorText(selector)])),
      ...named('Pod'),
    ]),
    workloads: workloads.map(({ object }) => ({ kind: object.kind, name: nameOf(object) })),
    budgets: named('PodDisruptionBudget'),
    quotas: named('ResourceQuota'),
    configMaps: named('ConfigMap'),
    secrets: named('Secret'),
    claims: claimsOf(applied),
    jobs: named('Job'),
    cronJobs: named('CronJob'),
    definitions: named('CustomResourceDefinition'),
    webhooks: unique(applied.flatMap(webhooksOf)),
    apiServices: applied.flatMap((object) =>
      object.kind === 'APIService' && (object as APIService).spec.service ? [object.metadata.name] : [],
    ),
    accounts: named('ServiceAccount'),
    bindings: [...named('RoleBinding'), ...named('ClusterRoleBinding')],
    ingresses: named('Ingress'),
    gateways: named('Gateway'),
    policies: named('NetworkPolicy'),
  };
}
