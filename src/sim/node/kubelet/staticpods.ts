/**
 * Pods that a kubelet runs from files on its machine, without anybody's asking the API, and their mirrors,
 * by which the API shows them. Models pkg/kubelet/config/common.go (applyDefaults),
 * pkg/kubelet/pod/mirror_client.go and the mirror handling of pkg/kubelet/kubelet.go (SyncPod,
 * HandlePodUpdates). A mirror is not the Pod: to delete it ends nothing, and it is made anew.
 */
import { ApiError } from '../../api/errors.ts';
import type { Draft } from '../../api/client.ts';
import { rfc3339 } from '../../api/time.ts';
import { qosClass } from '../../api/strategy/qos.ts';
import type { Pod } from '../../api/types.ts';
import { hexDigits } from '../images.ts';
import type { Machine } from '../world.ts';
import { MIRROR, SOURCE } from '../../api/mirror.ts';
import type { Kubelet, PodWorker } from './types.ts';
import { isSet } from '../isset.ts';

const HASH = 'kubernetes.io/config.hash';
const SEEN = 'kubernetes.io/config.seen';

const filesOn = ({ staticPods: all = [], movedAway = [] }: Machine): Pod[] =>
  all.filter(({ metadata }) => !movedAway.includes(metadata.name));

/** The Pods of a machine's files as its kubelet knows them: named for the node and bound to it. */
export const staticPods = ({ machine, ctx }: Kubelet): Pod[] =>
  filesOn(machine).map((manifest) => {
    const { metadata, spec } = manifest;
    const hash = hexDigits(`${metadata.name}@${machine.name}`, 13, 32);
    return {
      ...manifest,
      metadata: {
        ...metadata,
        name: `${metadata.name}-${machine.name}`,
        namespace: metadata.namespace!,
        uid: hash,
        resourceVersion: '',
        creationTimestamp: rfc3339(ctx.now),
        annotations: { ...metadata.annotations, [HASH]: hash, [SEEN]: rfc3339(ctx.now), [SOURCE]: 'file' },
      },
      spec: { ...spec, nodeName: machine.name, tolerations: [{ effect: 'NoExecute', operator: 'Exists' }] },
      status: { phase: 'Pending', qosClass: qosClass(spec) },
    } as Pod;
  });

/** The mirror of a static Pod in the API, made where there is none; undefined: the Node is not there yet. */
export function mirrorOf(k: Kubelet, w: PodWorker): Pod | undefined {
  const { api } = k.ctx;
  const { name, namespace, annotations } = w.pod.metadata;
  const found = api.find('Pod', namespace!, name);
  if (found !== undefined) {
    if (found.metadata.annotations?.[MIRROR] === w.uid && !isSet(found.metadata.deletionTimestamp))
      return found;
    api.delete('Pod', namespace!, name, {
      gracePeriodSeconds: 0,
      preconditions: { uid: found.metadata.uid },
    });
  }
  const node = api.find('Node', '', k.machine.name);
  if (node === undefined) return undefined;
  const { uid: _, resourceVersion: __, creationTimestamp: ___, ...metadata } = w.pod.metadata;
  return api.create<Pod>({
    ...w.pod,
    metadata: {
      ...metadata,
      annotations: { ...annotations, [MIRROR]: w.uid },
      ownerReferences: [
        { apiVersion: 'v1', kind: 'Node', name: k.machine.name, uid: node.metadata.uid, controller: true },
      ],
    },
  } as Draft<Pod>);
}

/** Deletes the mirror of a Pod whose file is gone. */
export function deleteMirror(k: Kubelet, { metadata }: Pod): void {
  try {
    k.ctx.api.delete('Pod', metadata.namespace!, metadata.name, { gracePeriodSeconds: 0 });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}
