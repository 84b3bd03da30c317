/** Where searches begin: a scenario's setting, or a user's own manifests on a cluster. */
import { NOW } from '../dsl/moment.ts';
import { standardKit } from '../dsl/kit.ts';
import { inlined } from '../dsl/inlinemanifests.ts';
import { vocabularyOf } from '../dsl/phrases/vocabulary.ts';
import type { Kit } from '../dsl/types.ts';
import type { Operation } from '../dsl/operations/operation.ts';
import type { NodeOptions } from '../sim/cluster.ts';
import { readManifests } from '../sim/api/manifest/read.ts';
import type { Campaign } from './campaign.ts';

/** The claim that all built-in invariants hold. */
export const invariantsHold: Operation = { op: 'assert', moment: NOW, claim: { claim: 'invariant' } };

/** The setting of a scenario: what stands before the first thing that happens, or is claimed. */
export function sceneOf(operations: readonly Operation[], kit: Kit = standardKit): Operation[] {
  const { concludes, happens } = vocabularyOf(kit);
  const end = operations.findIndex((o) => concludes(o) || happens(o));
  return operations.slice(0, end < 0 ? operations.length : end).filter((o) => o.op !== 'seed');
}

/**
 * What a scenario that says `any … faults` asks by itself: what stands before its faults, what happens after
 * them, and what it claims in the end. Undefined of one that says it not at all, or twice, or claims nothing,
 * or that something is met sometimes, which no single run can break.
 * @param operations self-contained
 */
export function askedBy(
  operations: readonly Operation[],
  kit: Kit,
): Required<Pick<Campaign, 'scene' | 'faults' | 'after' | 'claims'>> | undefined {
  const { concludes } = vocabularyOf(kit);
  const at = operations.findIndex((o) => o.op === 'anyFaults');
  const any = operations[at];
  if (any?.op !== 'anyFaults' || operations.findLastIndex((o) => o.op === 'anyFaults') > at) return undefined;
  const rest = operations.slice(at + 1);
  const end = rest.findLastIndex((o) => !concludes(o)) + 1;
  const claims = rest.slice(end);
  if (claims.length === 0 || claims.some((o) => o.op === 'assert' && o.moment.mode === 'sometimes'))
    return undefined;
  const { op: _, ...faults } = any;
  const scene = operations.slice(0, at).filter((o) => o.op !== 'seed' && !concludes(o));
  return { scene, faults, after: rest.slice(0, end).filter((o) => !concludes(o)), claims };
}

export interface ClusterShape {
  /** How many, or those of a cluster that there is. */
  readonly nodes: number | readonly NodeOptions[];
  /** So many nodes are spread over so many zones, `zone-a`, `zone-b`, … */
  readonly zones: number;
  readonly cpu?: string;
  readonly memory?: string;
  /** Documents of kinds that it does not serve are left out. */
  readonly skipUnsupported?: true;
  /** It comes with one. */
  readonly ingressController?: true;
  readonly gatewayController?: true;
}

function clusterOf(shape: ClusterShape): Operation {
  const { nodes, zones, cpu, memory, ingressController, gatewayController } = shape;
  const more = {
    ...(ingressController === undefined ? {} : { ingressController }),
    ...(gatewayController === undefined ? {} : { gatewayController }),
  };
  if (typeof nodes !== 'number') return { op: 'clusterOf', nodes, ...more };
  if (zones === 1 && cpu === undefined && memory === undefined) return { op: 'cluster', nodes, ...more };
  return {
    op: 'clusterOf',
    nodes: Array.from({ length: nodes }, (_, i) => ({
      name: `node-${i + 1}`,
      ...(cpu === undefined ? {} : { cpu }),
      ...(memory === undefined ? {} : { memory }),
      zone: `zone-${'abcdefghijklmnopqrstuvwxyz'[i % zones]}`,
    })),
    ...more,
  };
}

/** One that comes with both controllers: a sentence says one of them, a setting before it the other. */
const clusterOfBoth = ({ ingressController: _, ...shape }: ClusterShape): Operation[] => [
  { op: 'setting', name: 'ingressController', value: 'true' },
  clusterOf(shape),
];

const ALWAYS_THERE = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

interface Placed {
  readonly kind: string;
  readonly metadata?: { readonly name?: unknown; readonly namespace?: unknown };
}

/** Namespaces that objects are in and do not hold: whoever applies them has made these before. */
export function namespacesFor(objects: readonly Placed[]): string[] {
  const held = objects.filter((o) => o.kind === 'Namespace').map((o) => o.metadata?.name);
  const named = objects.flatMap(({ metadata }) =>
    typeof metadata?.namespace === 'string' && metadata.namespace !== '' ? [metadata.namespace] : [],
  );
  return [...new Set(named)].filter((name) => !held.includes(name) && !ALWAYS_THERE.includes(name)).sort();
}

const namespaceManifest = (name: string): string =>
  `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${JSON.stringify(name)}}`;

function namespacesBefore(texts: readonly string[]): Operation[] {
  let names: string[];
  try {
    names = namespacesFor(texts.flatMap((text) => readManifests(text, '').map((d) => d.object)));
  } catch {
    // What cannot be read is told where it is applied.
    return [];
  }
  return names.length === 0 ? [] : [{ op: 'manifest', text: names.map(namespaceManifest).join('\n---\n') }];
}

/**
 * A user's manifests on a cluster, all Pods ready, in namespaces that are made where they hold them not.
 * @param before what is done before they are applied
 */
export function sceneOfManifests(
  texts: readonly string[],
  shape: ClusterShape,
  before: readonly Operation[] = [],
): Operation[] {
  const { ingressController, gatewayController, skipUnsupported } = shape;
  return [
    ...(skipUnsupported ? [{ op: 'skipUnsupported' } as const] : []),
    ...(ingressController && gatewayController ? clusterOfBoth(shape) : [clusterOf(shape)]),
    ...namespacesBefore(texts),
    ...before,
    ...texts.map((text): Operation => ({ op: 'manifest', text: inlined([text]) })),
    { op: 'everyPodReady' },
  ];
}

interface AppliedService {
  readonly kind: string;
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
  readonly spec?: { readonly selector?: object; readonly type?: string };
}

/**
 * What is asked of any scene: every built-in invariant, and that each Service with a selector always has a
 * ready endpoint.
 */
export function claimsOf(scene: readonly Operation[]): Operation[] {
  const services = scene
    .flatMap((o) => (o.op === 'manifest' ? readManifests(o.text, 'manifest') : []))
    .map(({ object }) => object as AppliedService)
    .filter((o) => o.kind === 'Service' && o.spec?.selector !== undefined);
  return [
    invariantsHold,
    ...services.map(
      ({ metadata }): Operation => ({
        op: 'assert',
        moment: { mode: 'every' },
        claim: {
          claim: 'request',
          service:
            metadata?.namespace === undefined
              ? (metadata?.name ?? '')
              : `${metadata.namespace}/${metadata.name}`,
          available: true,
        },
      }),
    ),
  ];
}
