/** Disks, and how they come to Pods. */
import { concept, type Concept } from './concept.ts';

export const STORAGE: readonly Concept[] = [
  concept(
    'PersistentVolumeClaim PersistentVolume',
    'Persistent volume',
    'A disk that outlives pods. A claim asks for one, and is bound to a volume that fits.',
    '永続ボリューム',
    'Pod より長く残るディスクです。要求（claim）を出すと、' + '条件に合うボリュームに結び付けられます。',
  ),
  concept(
    'VolumeAttachment FailedAttachVolume attachFails detachHangs attachdetach-controller',
    'Attaching a disk',
    'Most disks can be on one machine at a time, and are attached before a pod can start. ' +
      'While a dead node still has a disk, the new pod waits for it.',
    'ディスクのアタッチ',
    '多くのディスクは同時に一台にしか付けられず、Pod の起動前にアタッチされます。停止' +
      'したノードが持っている間、新しい Pod は待ちます。',
  ),
  concept(
    'StorageClass ProvisioningSucceeded ExternalProvisioning WaitForFirstConsumer WaitForPodScheduled',
    'Provisioning',
    'A claim that names a class has its disk made for it. Many classes wait until a pod ' +
      'wants it, so that the disk is made where the pod can run.',
    'プロビジョニング',
    'クラスを指定した要求には、ディスクが新しく作られます。多くのクラスは Pod が決ま' +
      'るまで待ち、その Pod の動ける場所に作ります。',
  ),
  concept(
    'volumeFull FileSystemResizeSuccessful',
    'Full volume',
    'A disk has an end: programs that write to it fail, while their pod may still be Ready. ' +
      'A claim can be enlarged where its class allows, never made smaller.',
    '満杯のボリューム',
    'ディスクには限りがあり、Pod が Ready でも書き込みは失敗します。クラスが許' +
      'せば要求を大きくできますが、小さくはできません。',
  ),
  concept(
    'storageZoneLost',
    'Zone',
    'Machines and disks that fail together. A disk in a zone keeps its pod there, however ' +
      'many nodes are free elsewhere.',
    'ゾーン',
    '一緒に故障する機械とディスクの範囲です。ゾーンのディスクは、ほかに空きがあっても ' +
      'Pod をそこに留めます。',
  ),
];
