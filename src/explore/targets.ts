/**
 * What the faults of a search may aim at, read off the scenario: its nodes, the workloads, budgets and quotas
 * it applies, and what operators make of its custom resources.
 */
import type { FaultWorld, WorkloadTarget, WorkloadTrait } from '../chaos/types.ts';
import { ClaimError, inputErrorOf } from '../dsl/errors.ts';
import { vocabularyOf } from '../dsl/phrases/vocabulary.ts';
import { presentState } from '../dsl/session.ts';
import type { Kit } from '../dsl/types.ts';
import type { Operation } from '../dsl/operations/operation.ts';
import { readManifests } from '../sim/api/manifest/read.ts';
import type { APIService } from '../sim/api/resources/apiservice.ts';
import type { ResourceDefinition } from '../sim/api/resources/definition.ts';
import { servedByManifests } from '../sim/api/resources/customresource.ts';
import { ResourceRegistry } from '../sim/api/resources/registry.ts';
import { scaledBy } from '../sim/api/resources/scale.ts';
import type { WorkloadDefinition } from '../sim/api/resources/workloads.ts';
import type { ClusterParts } from '../sim/parts.ts';
import { selectorText } from '../sim/api/selector.ts';
import type { KubeObject, StatefulSet } from '../sim/api/types.ts';
import type { Beginnings } from './beginnings.ts';
import { partsOf } from './trial.ts';

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

const appliedIn = (operations: readonly Operation[]): KubeObject[] =>
  operations
    .flatMap((o) => (o.op === 'manifest' ? readManifests(o.text, 'manifest') : []))
    .map(({ object }) => object as unknown as KubeObject);

/**
 * Of a drawn cluster, the nodes that every draw has. What nobody has applied, and operators make, is not in
 * it. @param kit what the scenario is played with
 */
export const worldOf = (operations: readonly Operation[], kit: Kit): FaultWorld =>
  worldWith(operations, kit, appliedIn(operations));

function worldWith(
  operations: readonly Operation[],
  { parts }: Kit,
  objects: readonly KubeObject[],
): FaultWorld {
  const machines = operations.flatMap((o): NamedMachine[] => {
    if (o.op === 'clusterOf')
      return o.nodes.map(({ name, zone = ZONE, controlPlane = false }) => ({ name, zone, controlPlane }));
    const count = o.op === 'cluster' ? o.nodes : o.op === 'anyCluster' ? o.min : 0;
    return [...ofPlane(o), ...numbered('node', count)];
  });
  const nodeGroups = operations.flatMap((o) =>
    o.op === 'nodeGroup' ? [o.name] : o.op === 'cluster' && o.clusterAutoscaler ? ['node'] : [],
  );
  const metrics = unique(operations.flatMap((o) => (o.op === 'metric' ? [o.metric] : [])));
  return { ...worldFrom(machines, objects, parts.resources), nodeGroups, metrics };
}

/**
 * As `worldOf`, with what operators have made of custom resources once the scenario has begun: it is played
 * up to there where it applies one.
 * @param seed of the scenario
 */
export function worldIn(operations: readonly Operation[], beginnings: Beginnings, seed: string): FaultWorld {
  const { kit } = beginnings;
  const applied = appliedIn(operations);
  const resources = resourcesOf(applied, kit.parts.resources);
  const found = applied.some((o) => isCustom(resources, o)) ? begun(operations, beginnings, seed) : [];
  if (found.length === 0) return worldWith(operations, kit, applied);
  // Which Pods are a custom resource's, its operator writes into its status.
  const asFound = applied.map((object): KubeObject => {
    if (!isCustom(resources, object)) return object;
    const { kind, metadata } = object;
    const { namespace = 'default', name } = metadata;
    const there = found.find(
      (o) => o.kind === kind && o.metadata.name === name && (o.metadata.namespace ?? namespace) === namespace,
    );
    return { ...object, ...there, metadata };
  });
  return worldWith(operations, kit, [...asFound, ...madeByOperators(resources, found)]);
}

/** The objects that are there when the scenario has begun; none where it cannot. */
function begun(operations: readonly Operation[], beginnings: Beginnings, seed: string): KubeObject[] {
  const words = vocabularyOf(beginnings.kit);
  const first = operations.findIndex((o) => words.concludes(o) || words.happens(o));
  const scene = operations
    .slice(0, first < 0 ? operations.length : first)
    .map((o): Operation => (o.op === 'anyCluster' ? { op: 'cluster', nodes: o.min } : o));
  try {
    const session = beginnings.begin(seed, scene.slice(0, partsOf(scene, words).begin), { limits: {} });
    return [...presentState(session).tables.values()].flatMap((table) => [...table.values()]);
  } catch (error) {
    if (error instanceof ClaimError || inputErrorOf(error) !== undefined) return [];
    throw error;
  }
}

const resourcesOf = (
  applied: readonly KubeObject[],
  definitions: ClusterParts['resources'],
): ResourceRegistry => new ResourceRegistry(definitions, servedByManifests(applied));

const isCustom = (
  resources: ResourceRegistry,
  { apiVersion, kind }: { readonly apiVersion: string; readonly kind: string },
): boolean => resources.ofGroup(apiVersion, kind)?.opaque === true;

/** What custom resources own, by names that are the same in every run. */
const madeByOperators = (resources: ResourceRegistry, objects: readonly KubeObject[]): KubeObject[] =>
  objects.filter(
    ({ metadata: { generateName, ownerReferences = [] } }) =>
      generateName === undefined && ownerReferences.some((owner) => isCustom(resources, owner)),
  );

/** Of the objects of a cluster, those that nobody made of others, and those that operators made. */
export function rootsAmong(
  objects: readonly KubeObject[],
  definitions: ClusterParts['resources'],
): KubeObject[] {
  const made = madeByOperators(resourcesOf(objects, definitions), objects);
  return [...objects.filter((o) => o.metadata.ownerReferences === undefined), ...made];
}

/** The names of the webhooks of a configuration, or of the one that a definition has. */
function webhooksOf(object: KubeObject): string[] {
  if (object.kind === 'ValidatingWebhookConfiguration' || object.kind === 'MutatingWebhookConfiguration')
    return ((object as { webhooks?: readonly { name: string }[] }).webhooks ?? []).map(({ name }) => name);
  if (object.kind !== 'CustomResourceDefinition') return [];
  const { conversion } = (object.spec ?? {}) as { conversion?: { strategy?: string } };
  return conversion?.strategy === 'Webhook' ? [object.metadata.name] : [];
}

const isWorkload = (definition: ResourceDefinition | undefined): definition is WorkloadDefinition =>
  definition?.workload !== undefined;

/**
 * What a fault would have to find in a custom resource, and does not. Built-in kinds are drawn whatever they
 * have, as they always were: a draw that meets nothing is passed over when it is played.
 */
function lackedBy(
  { subresources, workload, opaque }: WorkloadDefinition,
  object: KubeObject,
): readonly WorkloadTrait[] {
  if (opaque !== true) return [];
  const { containers } = workload.template(object).spec ?? { containers: [] };
  return [
    ...(subresources.scale === undefined ? (['replicas'] as const) : []),
    ...(containers.length === 0 ? (['template'] as const) : []),
    ...(workload.revisions === undefined ? (['revisions'] as const) : []),
  ];
}

/** What there is to aim at on machines, and among objects that were applied. */
export function worldFrom(
  machines: readonly NamedMachine[],
  applied: readonly KubeObject[],
  definitions: ClusterParts['resources'],
): FaultWorld {
  const resources = resourcesOf(applied, definitions);
  const workloads = applied.flatMap((object) => {
    const definition = resources.find(object.kind);
    // Faults name a workload by its kind: another of that name is none that they would meet.
    if (definition !== resources.ofGroup(object.apiVersion, object.kind) || !isWorkload(definition))
      return [];
    return [{ object, definition }];
  });
  const named = (kind: string): string[] => applied.filter((o) => o.kind === kind).map(nameOf);
  return {
    nodes: machines.map((m) => m.name),
    controlPlane: machines.flatMap((m) => (m.controlPlane === true ? [m.name] : [])),
    zones: unique(machines.map((m) => m.zone)).filter((z) => z !== ''),
    pods: unique([
      ...workloads.flatMap(({ object, definition }) => {
        const by = definition.workload.selector(object) ?? scaledBy(definition, object);
        return by === undefined ? [] : [typeof by === 'string' ? by : selectorText(by)];
      }),
      ...named('Pod'),
    ]),
    workloads: workloads.map(({ object, definition }): WorkloadTarget => {
      const lacks = lackedBy(definition, object);
      return { kind: object.kind, name: nameOf(object), ...(lacks.length === 0 ? {} : { lacks }) };
    }),
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
