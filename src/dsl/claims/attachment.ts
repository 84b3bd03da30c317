/** `volume "pv-1" is attached to node "node-2"`: where a disk is, as its VolumeAttachments say. */
import { say, type Language } from '../../messages/index.ts';
import { getObject, objectsOf } from '../state.ts';
import { type NamedSubject, subjectNamed } from './subject.ts';
import type { ClaimFamily } from './types.ts';
import type { AttachmentClaim } from './claim.ts';

/** The object by whose name the volume is meant. */
function meant({ volume, volumeClaim }: AttachmentClaim, namespace: string): NamedSubject {
  return volumeClaim === undefined
    ? { kind: 'PersistentVolume', namespace: '', name: volume! }
    : subjectNamed('PersistentVolumeClaim', volumeClaim, namespace);
}

export const attachment: ClaimFamily<AttachmentClaim> = {
  claim: 'attachment',
  phrases: [
    {
      en: '{moment}volume {string:volume} is/was attached to node {string:node}',
      ja: '{moment}ボリューム{volume}がノード{node}に接続されている',
    },
    {
      en: '{moment}volume {string:volume} is/was attached to no node',
      ja: '{moment}ボリューム{volume}がどのノードにも接続されていない',
    },
    {
      en: '{moment}the volume of claim {string:volumeClaim} is/was attached to node {string:node}',
      ja: '{moment}ボリューム要求{volumeClaim}のボリュームがノード{node}に接続されている',
    },
    {
      en: '{moment}the volume of claim {string:volumeClaim} is/was attached to no node',
      ja: '{moment}ボリューム要求{volumeClaim}のボリュームがどのノードにも接続されていない',
    },
  ],
  asks: () => 'api',
  concerns: () => ({
    kinds: ['PersistentVolume', 'PersistentVolumeClaim', 'VolumeAttachment'],
    world: false,
  }),
  subjects: (claim, namespace) => [meant(claim, namespace)],
  evaluate(claim, view) {
    const { kind, namespace, name } = meant(claim, view.namespace);
    const volumeClaim = getObject(view.state, 'PersistentVolumeClaim', namespace, name);
    const object = kind === 'PersistentVolume' ? getObject(view.state, kind, '', name) : volumeClaim;
    if (object === undefined)
      return {
        holds: false,
        found: (language: Language) => say('foundNoSuch', { kind, name }, language),
        objects: [],
      };
    const volume = kind === 'PersistentVolume' ? name : volumeClaim!.spec.volumeName;
    const attachments = [...objectsOf(view.state, 'VolumeAttachment')].filter(
      ({ spec, status }) => spec.source.persistentVolumeName === volume && status.attached,
    );
    const nodes = attachments.map(({ spec }) => spec.nodeName).sort();
    return {
      holds: claim.node === undefined ? nodes.length === 0 : nodes.includes(claim.node),
      found: (language: Language) => say('foundAttached', { nodes: nodes.join(', ') }, language),
      objects: [object, ...attachments],
    };
  },
};
