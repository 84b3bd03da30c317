/**
 * Volumes, claims and their classes. Source: staging/src/k8s.io/kubectl/pkg/describe/describe.go
 * (describePersistentVolume, describePersistentVolumeClaim, describeStorageClass).
 */
import type { PersistentVolume, PersistentVolumeClaim } from '../../sim/api/types.ts';
import { labelText } from '../../sim/api/table/column.ts';
import { accessModesText, storageText } from '../../sim/api/table/storage.ts';
import { classOfClaim, classOfVolume, isDefaultClass, podClaims } from '../../sim/api/volumes.ts';
import type { Describer } from './describer.ts';
import { rfc1123, writeAnnotations, writeLabels, writeLines } from './writer.ts';
import type { DescribeWriter } from './writer.ts';
import { ageOf } from '../../sim/api/table/age.ts';
import type { Millis } from '../../sim/kernel/types.ts';

type Stored = PersistentVolume | PersistentVolumeClaim;

const phaseOf = ({ metadata, status }: Stored, now: Millis): string =>
  metadata.deletionTimestamp === undefined
    ? (status.phase ?? '')
    : `Terminating (lasts ${ageOf(metadata.deletionTimestamp, now)})`;

const finalizersOf = ({ metadata }: Stored): string => `[${(metadata.finalizers ?? []).join(' ')}]`;

interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

function writeRequirements(
  w: DescribeWriter,
  level: number,
  title: string,
  all: readonly Requirement[],
): void {
  w.write(level, `${title}:\t`);
  if (all.length === 0) w.write(0, '<none>\n');
  all.forEach(({ key, operator, values = [] }, i) => {
    const text = `${key} ${operator.toLowerCase()}${values.length === 0 ? '' : ` [${values.join(', ')}]`}`;
    w.write(i === 0 ? 0 : level, `${i === 0 ? '' : '\t'}${text}\n`);
  });
}

function writeNodeAffinity(w: DescribeWriter, { spec }: PersistentVolume): void {
  const terms = spec.nodeAffinity?.required?.nodeSelectorTerms;
  if (terms === undefined) {
    w.write(0, 'Node Affinity:\t<none>\n');
    return;
  }
  w.write(0, 'Node Affinity:\t\n');
  w.write(1, 'Required Terms:\t\n');
  terms.forEach((term, i) =>
    writeRequirements(w, 2, `Term ${i}`, (term.matchExpressions ?? []) as readonly Requirement[]),
  );
}

/** Type, and the fields that are printed, in words. */
function sourceLines({ spec }: PersistentVolume): readonly string[] {
  const { csi, hostPath, local, nfs } = spec;
  if (csi)
    return [
      'Type:\tCSI (a Container Storage Interface (CSI) volume source)',
      `Driver:\t${csi.driver}`,
      `FSType:\t${csi.fsType ?? ''}`,
      `VolumeHandle:\t${csi.volumeHandle}`,
      `ReadOnly:\t${csi.readOnly ?? false}`,
      `VolumeAttributes:\t${labelText(csi.volumeAttributes)}`,
    ];
  if (hostPath)
    return [
      'Type:\tHostPath (bare host directory volume)',
      `Path:\t${hostPath.path}`,
      `HostPathType:\t${hostPath.type ?? '<none>'}`,
    ];
  if (local)
    return [
      'Type:\tLocalVolume (a persistent volume backed by local storage on a node)',
      `Path:\t${local.path}`,
    ];
  if (nfs)
    return [
      'Type:\tNFS (an NFS mount that lasts the lifetime of a pod)',
      `Server:\t${nfs.server}`,
      `Path:\t${nfs.path}`,
      `ReadOnly:\t${nfs.readOnly ?? false}`,
    ];
  return ['<unknown>'];
}

export const persistentVolumeDescriber: Describer<'PersistentVolume'> = {
  kind: 'PersistentVolume',
  events: true,
  describe(v, w, { now }) {
    const { claimRef } = v.spec;
    w.write(0, `Name:\t${v.metadata.name}\n`);
    writeLabels(w, 'Labels', v.metadata.labels);
    writeAnnotations(w, 'Annotations', v.metadata.annotations);
    w.write(0, `Finalizers:\t${finalizersOf(v)}\n`);
    w.write(0, `StorageClass:\t${classOfVolume(v)}\n`);
    w.write(0, `Status:\t${phaseOf(v, now)}\n`);
    w.write(0, `Claim:\t${claimRef ? `${claimRef.namespace}/${claimRef.name}` : ''}\n`);
    w.write(0, `Reclaim Policy:\t${v.spec.persistentVolumeReclaimPolicy ?? ''}\n`);
    w.write(0, `Access Modes:\t${accessModesText(v.spec.accessModes)}\n`);
    if (v.spec.volumeMode !== undefined) w.write(0, `VolumeMode:\t${v.spec.volumeMode}\n`);
    w.write(0, `Capacity:\t${storageText(v.spec.capacity)}\n`);
    writeNodeAffinity(w, v);
    w.write(0, `Message:\t${v.status.message ?? ''}\n`);
    w.write(0, 'Source:\n');
    for (const line of sourceLines(v)) w.write(2, `${line}\n`);
  },
};

export const persistentVolumeClaimDescriber: Describer<'PersistentVolumeClaim'> = {
  kind: 'PersistentVolumeClaim',
  events: true,
  describe(c, w, { api, now }) {
    const { namespace, name } = c.metadata;
    const bound = Boolean(c.spec.volumeName);
    w.write(0, `Name:\t${name}\n`);
    w.write(0, `Namespace:\t${namespace}\n`);
    w.write(0, `StorageClass:\t${classOfClaim(c)}\n`);
    w.write(0, `Status:\t${phaseOf(c, now)}\n`);
    w.write(0, `Volume:\t${c.spec.volumeName ?? ''}\n`);
    writeLabels(w, 'Labels', c.metadata.labels);
    writeAnnotations(w, 'Annotations', c.metadata.annotations);
    w.write(0, `Finalizers:\t${finalizersOf(c)}\n`);
    w.write(0, `Capacity:\t${bound ? storageText(c.status.capacity) : ''}\n`);
    w.write(0, `Access Modes:\t${bound ? accessModesText(c.status.accessModes) : ''}\n`);
    if (c.spec.volumeMode !== undefined) w.write(0, `VolumeMode:\t${c.spec.volumeMode}\n`);
    const pods = api
      .list('Pod', namespace === undefined ? {} : { namespace })
      .filter((pod) => podClaims(pod).some((claim) => claim.name === name));
    writeLines(
      w,
      'Used By',
      pods.map((pod) => pod.metadata.name),
    );
    const conditions = c.status.conditions ?? [];
    if (conditions.length === 0) return;
    w.write(0, 'Conditions:\n');
    w.write(1, 'Type\tStatus\tLastProbeTime\tLastTransitionTime\tReason\tMessage\n');
    w.write(1, '----\t------\t-----------------\t------------------\t------\t-------\n');
    for (const { type, status, lastProbeTime, lastTransitionTime, reason, message } of conditions)
      w.write(
        1,
        `${type} \t${status} \t${rfc1123((lastProbeTime ?? undefined) as string | undefined)} ` +
          `\t${rfc1123(lastTransitionTime as string)} \t${reason ?? ''} \t${message ?? ''}\n`,
      );
  },
};

export const storageClassDescriber: Describer<'StorageClass'> = {
  kind: 'StorageClass',
  events: true,
  describe(c, w) {
    w.write(0, `Name:\t${c.metadata.name}\n`);
    w.write(0, `IsDefaultClass:\t${isDefaultClass(c) ? 'Yes' : 'No'}\n`);
    w.write(0, `Annotations:\t${labelText(c.metadata.annotations)}\n`);
    w.write(0, `Provisioner:\t${c.provisioner}\n`);
    w.write(0, `Parameters:\t${labelText(c.parameters as Record<string, string> | undefined)}\n`);
    const expands = c.allowVolumeExpansion;
    w.write(0, `AllowVolumeExpansion:\t${expands === undefined ? '<unset>' : expands ? 'True' : 'False'}\n`);
    const { mountOptions = [] } = c;
    if (mountOptions.length === 0) w.write(0, 'MountOptions:\t<none>\n');
    else {
      w.write(0, 'MountOptions:\n');
      for (const option of mountOptions) w.write(1, `${option}\n`);
    }
    w.write(0, `ReclaimPolicy:\t${c.reclaimPolicy ?? 'Delete'}\n`);
    w.write(0, `VolumeBindingMode:\t${c.volumeBindingMode ?? 'Immediate'}\n`);
    const topologies = c.allowedTopologies ?? [];
    if (topologies.length === 0) return;
    w.write(0, 'AllowedTopologies:\t\n');
    topologies.forEach((term, i) =>
      writeRequirements(
        w,
        1,
        `Term ${i}`,
        (term.matchLabelExpressions ?? []).map((e) => ({ ...e, operator: 'In' })),
      ),
    );
  },
};
