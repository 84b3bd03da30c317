/**
 * Makes the claims of Pods' ephemeral volumes, owned by the Pod, so that they go with it. Models
 * pkg/controller/volume/ephemeral/controller.go. Keys: `namespace/pod`.
 */
import { isAlreadyExists } from '../../api/errors.ts';
import type { Draft } from '../../api/client.ts';
import type { PersistentVolumeClaim, Pod } from '../../api/types.ts';
import { isClaimForPod, podClaims } from '../../api/volumes.ts';
import type { Controller, ControllerContext } from '../controller.ts';
import { controllerRef } from '../podcontrol.ts';
import { splitKey } from '../refs.ts';

function makeClaim(pod: Pod, volume: string, name: string, ctx: ControllerContext): void {
  const found = ctx.cache.get('PersistentVolumeClaim', pod.metadata.namespace!, name);
  if (found !== undefined) {
    if (isClaimForPod(found, pod)) return;
    ctx.event(
      pod,
      'Warning',
      'FailedBinding',
      `ephemeral volume ${volume}: PVC ${pod.metadata.namespace}/${name} was not created for pod ` +
        `${pod.metadata.namespace}/${pod.metadata.name} (pod is not owner)`,
      { source: 'ephemeral_volume' },
    );
    return;
  }
  const template = pod.spec.volumes!.find((v) => v.name === volume)!.ephemeral!.volumeClaimTemplate;
  if (!template) return;
  const { labels, annotations } = (template.metadata ?? {}) as Draft['metadata'];
  try {
    ctx.api.create<PersistentVolumeClaim>({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name,
        namespace: pod.metadata.namespace!,
        ...(labels === undefined ? {} : { labels }),
        ...(annotations === undefined ? {} : { annotations }),
        ownerReferences: [controllerRef(pod)],
      },
      spec: template.spec as PersistentVolumeClaim['spec'],
    });
  } catch (error) {
    if (!isAlreadyExists(error)) throw error;
  }
}

export const ephemeralVolumeController: Controller<null> = {
  name: 'ephemeral-volume-controller',
  account: 'ephemeral-volume-controller',
  watches: ['Pod', 'PersistentVolumeClaim'],
  init: () => null,
  concerns: ({ kind, object }) => kind !== 'Pod' || podClaims(object as Pod).length > 0,
  observe(event, _state, ctx) {
    if (event.kind === 'Pod') {
      const pod = event.object as Pod;
      if (event.type === 'ADDED' && podClaims(pod).some((c) => c.ephemeral))
        ctx.queue.add(`${pod.metadata.namespace}/${pod.metadata.name}`);
    } else if (event.type === 'DELETED') {
      // One that somebody deleted is made again.
      const owner = event.object.metadata.ownerReferences?.find(
        (o) => o.controller === true && o.kind === 'Pod',
      );
      if (owner !== undefined) ctx.queue.add(`${event.object.metadata.namespace}/${owner.name}`);
    }
  },
  sync(key, _state, ctx) {
    const pod = ctx.cache.get('Pod', ...splitKey(key));
    if (pod === undefined || pod.metadata.deletionTimestamp !== undefined) return;
    for (const { volume, name, ephemeral } of podClaims(pod))
      if (ephemeral) makeClaim(pod, volume, name, ctx);
  },
};
