/**
 * The claims of a StatefulSet's Pods: one of each template for each ordinal, which outlives the Pod unless
 * the set's retention policy says otherwise. Models getPersistentVolumeClaims, updateStorage,
 * isClaimOwnerUpToDate, updateClaimOwnerRefForSetAndPod and hasUnexpectedController of
 * pkg/controller/statefulset/stateful_set_utils.go, UpdatePodClaimForRetentionPolicy, PodClaimIsStale and
 * createMissingPersistentVolumeClaims of stateful_pod_control.go.
 */
import type { Draft } from '../../api/client.ts';
import { deepEqual } from '../../api/equal.ts';
import { ApiError } from '../../api/errors.ts';
import type { OwnerReference, PersistentVolumeClaim, Pod, StatefulSet } from '../../api/types.ts';
import type { ControllerContext } from '../controller.ts';
import { controllerRef } from '../podcontrol.ts';

const SOURCE = 'statefulset-controller';
const NO_TEMPLATES: NonNullable<StatefulSet['spec']['volumeClaimTemplates']> = [];

type Claims = readonly PersistentVolumeClaim[];

const templatesOf = (set: StatefulSet): NonNullable<StatefulSet['spec']['volumeClaimTemplates']> =>
  set.spec.volumeClaimTemplates ?? NO_TEMPLATES;

const claimName = (template: string, set: StatefulSet, ordinal: number): string =>
  `${template}-${set.metadata.name}-${ordinal}`;

/** Those of an ordinal's claims that are there. */
const claimsOf = (ctx: ControllerContext, set: StatefulSet, ordinal: number): Claims =>
  templatesOf(set).flatMap(
    (template) =>
      ctx.cache.get(
        'PersistentVolumeClaim',
        set.metadata.namespace!,
        claimName(template.metadata!.name!, set, ordinal),
      ) ?? [],
  );

/** The volumes of a Pod with those of the claims in place of its own of the same names. */
export function withClaimVolumes(
  set: StatefulSet,
  spec: Draft<Pod>['spec'],
  ordinal: number,
): { volumes?: Pod['spec']['volumes'] } {
  const templates = templatesOf(set);
  if (templates.length === 0) return {};
  const names = templates.map((t) => t.metadata!.name!);
  return {
    volumes: [
      ...names.map((name) => ({ name, persistentVolumeClaim: { claimName: claimName(name, set, ordinal) } })),
      ...(spec.volumes ?? []).filter((v) => !names.includes(v.name)),
    ],
  };
}

type Policy = 'Retain' | 'Delete';
const policyOf = (set: StatefulSet, when: 'whenDeleted' | 'whenScaled'): Policy =>
  (set.spec.persistentVolumeClaimRetentionPolicy?.[when] as Policy | undefined) ?? 'Retain';

interface Named {
  readonly name: string;
  readonly uid: string | undefined;
}

/** Who is to own a claim, so that it goes with the set, or with the Pod that is not to come back. */
function ownersOf(set: StatefulSet, pod: Named, condemned: boolean): OwnerReference[] {
  const byPod = policyOf(set, 'whenScaled') === 'Delete' && condemned;
  if (byPod)
    return pod.uid === undefined
      ? []
      : [
          {
            apiVersion: 'v1',
            kind: 'Pod',
            name: pod.name,
            uid: pod.uid,
            controller: true,
            blockOwnerDeletion: true,
          },
        ];
  return policyOf(set, 'whenDeleted') === 'Delete' ? [controllerRef(set)] : [];
}

const refersTo = (owner: OwnerReference, kind: string, { name }: Named): boolean =>
  owner.kind === kind && owner.name === name;
/** Of an earlier object of the name: what it owned is the garbage collector's. */
const isStale = (owner: OwnerReference, kind: string, one: Named): boolean =>
  refersTo(owner, kind, one) && owner.uid !== one.uid;

/** The owners that a claim is to have; its own where they are to stay. */
function ownersAfter(
  ctx: ControllerContext,
  set: StatefulSet,
  pod: Named,
  condemned: boolean,
  claim: PersistentVolumeClaim,
): readonly OwnerReference[] {
  const { ownerReferences: owners = [], name } = claim.metadata;
  const stale = owners.some((o) => isStale(o, 'StatefulSet', set.metadata) || isStale(o, 'Pod', pod));
  const others = owners.filter((o) => !refersTo(o, 'StatefulSet', set.metadata) && !refersTo(o, 'Pod', pod));
  if (stale || others.some((o) => o.controller === true)) {
    // In upstream's spelling.
    const message =
      `PersistentVolumeClaim ${name} has a conflicting OwnerReference that acts as a manging controller, ` +
      'the retention policy is ignored for this claim';
    ctx.event(set, 'Warning', 'ConflictingController', message, { source: SOURCE });
    return stale ? owners : others;
  }
  return [...others, ...ownersOf(set, pod, condemned)];
}

/** Brings the owners of a Pod's claims in line with the retention policy. */
export function keepClaims(
  ctx: ControllerContext,
  set: StatefulSet,
  pod: Named,
  ordinal: number,
  condemned: boolean,
): void {
  for (const claim of claimsOf(ctx, set, ordinal)) {
    if (claim.metadata.deletionTimestamp !== undefined) continue;
    const owners = ownersAfter(ctx, set, pod, condemned, claim);
    if (!deepEqual(owners, claim.metadata.ownerReferences ?? []))
      ctx.api.update<PersistentVolumeClaim>({
        ...claim,
        metadata: { ...claim.metadata, ownerReferences: [...owners] },
      });
  }
}

/** Whether a Pod that is to be made would find the claim of one that has gone, which goes after it. */
export function awaitsClaims(
  ctx: ControllerContext,
  set: StatefulSet,
  pod: string,
  ordinal: number,
): boolean {
  if (policyOf(set, 'whenScaled') === 'Retain') return false;
  return claimsOf(ctx, set, ordinal).some((claim) =>
    claim.metadata.ownerReferences?.some((o) => isStale(o, 'Pod', { name: pod, uid: undefined })),
  );
}

/** A claim of a template, as it is made. */
function claimDraft(
  set: StatefulSet,
  template: ReturnType<typeof templatesOf>[number],
  pod: string,
  ordinal: number,
): Draft<PersistentVolumeClaim> {
  const { labels, annotations, name } = template.metadata as Draft['metadata'] & { name: string };
  const owners = ownersOf(set, { name: pod, uid: undefined }, false);
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name: claimName(name, set, ordinal),
      namespace: set.metadata.namespace!,
      labels: { ...labels, ...(set.spec.selector?.matchLabels as Record<string, string> | undefined) },
      ...(annotations === undefined ? {} : { annotations }),
      ...(owners.length === 0 ? {} : { ownerReferences: owners }),
    },
    spec: template.spec as PersistentVolumeClaim['spec'],
  };
}

/** Makes a claim, and tells of it; returns what was wrong. */
function makeClaim(
  ctx: ControllerContext,
  set: StatefulSet,
  pod: string,
  draft: Draft<PersistentVolumeClaim>,
): string | undefined {
  const { name } = draft.metadata;
  const where = `Pod ${pod} in StatefulSet ${set.metadata.name}`;
  try {
    ctx.api.create<PersistentVolumeClaim>(draft);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const text = `create Claim ${name} for ${where} failed error: ${error.message}`;
    // That of the cache's future is no news.
    if (error.reason !== 'AlreadyExists') ctx.event(set, 'Warning', 'FailedCreate', text, { source: SOURCE });
    return `failed to create PVC ${name}: ${error.message}`;
  }
  ctx.event(set, 'Normal', 'SuccessfulCreate', `create Claim ${name} ${where} success`, { source: SOURCE });
  return undefined;
}

/** Makes the claims that a Pod needs and that are not there. @throws ApiError of all that stood in the way */
export function makeClaims(ctx: ControllerContext, set: StatefulSet, pod: string, ordinal: number): void {
  const templates = templatesOf(set);
  if (templates.length === 0) return;
  const problems = templates.flatMap((template) => {
    const draft = claimDraft(set, template, pod, ordinal);
    const { name } = draft.metadata;
    const found = ctx.cache.get('PersistentVolumeClaim', set.metadata.namespace!, name!);
    if (found === undefined) return makeClaim(ctx, set, pod, draft) ?? [];
    return found.metadata.deletionTimestamp === undefined ? [] : [`pvc ${name} is being deleted`];
  });
  if (problems.length > 0)
    throw new ApiError('Conflict', problems.length === 1 ? problems[0]! : `[${problems.join(', ')}]`);
}
