/**
 * The claims of a StatefulSet's Pods: one of each template for each ordinal, which outlives the Pod unless
 * the set's retention policy says otherwise. Models getPersistentVolumeClaims, updateStorage,
 * claimOwnerMatchesSetAndPod and updateClaimOwnerRefForSetAndPod of
 * pkg/controller/statefulset/stateful_set_utils.go and createMissingPersistentVolumeClaims of
 * stateful_pod_control.go.
 */
import type { Draft } from '../../api/client.ts';
import { deepEqual } from '../../api/equal.ts';
import { ApiError } from '../../api/errors.ts';
import type { OwnerReference, PersistentVolumeClaim, Pod, StatefulSet } from '../../api/types.ts';
import type { ControllerContext } from '../controller.ts';
import { controllerRef } from '../podcontrol.ts';

const SOURCE = 'statefulset-controller';
const NO_TEMPLATES: NonNullable<StatefulSet['spec']['volumeClaimTemplates']> = [];

const templatesOf = (set: StatefulSet): NonNullable<StatefulSet['spec']['volumeClaimTemplates']> =>
  set.spec.volumeClaimTemplates ?? NO_TEMPLATES;

const claimName = (template: string, set: StatefulSet, ordinal: number): string =>
  `${template}-${set.metadata.name}-${ordinal}`;

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

/** Who is to own a claim, so that it goes with the set, or with the Pod that is not to come back. */
function ownersOf(
  set: StatefulSet,
  pod: { name: string; uid: string | undefined },
  condemned: boolean,
): OwnerReference[] {
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

const isOurs = (set: StatefulSet, pod: string, owner: OwnerReference): boolean =>
  (owner.kind === 'StatefulSet' && owner.name === set.metadata.name) ||
  (owner.kind === 'Pod' && owner.name === pod);

/** Brings the owners of a Pod's claims in line with the retention policy. */
export function keepClaims(
  ctx: ControllerContext,
  set: StatefulSet,
  pod: { name: string; uid: string | undefined },
  ordinal: number,
  condemned: boolean,
): void {
  for (const template of templatesOf(set)) {
    const claim = ctx.cache.get(
      'PersistentVolumeClaim',
      set.metadata.namespace!,
      claimName(template.metadata!.name!, set, ordinal),
    );
    if (claim === undefined || claim.metadata.deletionTimestamp !== undefined) continue;
    const { ownerReferences = [] } = claim.metadata;
    const owners = [
      ...ownerReferences.filter((o) => !isOurs(set, pod.name, o)),
      ...ownersOf(set, pod, condemned),
    ];
    if (!deepEqual(owners, ownerReferences))
      ctx.api.update<PersistentVolumeClaim>({
        ...claim,
        metadata: { ...claim.metadata, ownerReferences: owners },
      });
  }
}

/** Whether a claim is on its way out: a Pod made now would wait for it, and lose it. */
const isGoing = (ctx: ControllerContext, set: StatefulSet, name: string): boolean =>
  ctx.cache.get('PersistentVolumeClaim', set.metadata.namespace!, name)?.metadata.deletionTimestamp !==
  undefined;

/** Makes the claims that a Pod needs and that are not there. @throws ApiError the first that is refused */
export function makeClaims(ctx: ControllerContext, set: StatefulSet, pod: string, ordinal: number): void {
  for (const template of templatesOf(set)) {
    const name = claimName(template.metadata!.name!, set, ordinal);
    if (isGoing(ctx, set, name)) {
      const message = `pvc ${name} is being deleted`;
      ctx.event(set, 'Warning', 'FailedCreate', message, { source: SOURCE });
      throw new ApiError('Conflict', message);
    }
    if (ctx.cache.get('PersistentVolumeClaim', set.metadata.namespace!, name) !== undefined) continue;
    const { labels, annotations } = template.metadata as Draft['metadata'];
    const owners = ownersOf(set, { name: pod, uid: undefined }, false);
    const text = `Claim ${name} Pod ${pod} in StatefulSet ${set.metadata.name}`;
    try {
      ctx.api.create<PersistentVolumeClaim>({
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: {
          name,
          namespace: set.metadata.namespace!,
          labels: { ...labels, ...(set.spec.selector?.matchLabels as Record<string, string> | undefined) },
          ...(annotations === undefined ? {} : { annotations }),
          ...(owners.length === 0 ? {} : { ownerReferences: owners }),
        },
        spec: template.spec as PersistentVolumeClaim['spec'],
      });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.reason === 'AlreadyExists') continue;
      ctx.event(set, 'Warning', 'FailedCreate', `create ${text} failed error: ${error.message}`, {
        source: SOURCE,
      });
      throw error;
    }
    ctx.event(set, 'Normal', 'SuccessfulCreate', `create ${text} success`, { source: SOURCE });
  }
}
