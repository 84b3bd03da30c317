/**
 * A Pod's volumes. Source: staging/src/k8s.io/kubectl/pkg/describe/describe.go (`describeVolumes`).
 */
import { canonicalQuantity } from '../../sim/api/quantity.ts';
import type { PodSpec } from '../../sim/api/types.ts';
import type { DescribeWriter } from './writer.ts';

type Volume = NonNullable<PodSpec['volumes']>[number];

export function describeVolumes(
  w: DescribeWriter,
  volumes: readonly Volume[] | undefined,
  space: string,
): void {
  if (volumes === undefined || volumes.length === 0) {
    w.write(0, `${space}Volumes:\t<none>\n`);
    return;
  }
  w.write(0, `${space}Volumes:\n`);
  for (const v of volumes) {
    w.write(1, `${space === '' ? '' : ' '}${v.name}:\n`);
    for (const [i, line] of volumeLines(v).entries())
      w.write(i === 0 && line === '<unknown>' ? 1 : 2, `${line}\n`);
  }
}

function volumeLines(v: Volume): string[] {
  if (v.hostPath)
    return [
      'Type:\tHostPath (bare host directory volume)',
      `Path:\t${v.hostPath.path}`,
      `HostPathType:\t${v.hostPath.type ?? '<none>'}`,
    ];
  if (v.emptyDir) {
    const limit =
      v.emptyDir.sizeLimit === undefined ? '<unset>' : canonicalQuantity(v.emptyDir.sizeLimit as string);
    return [
      "Type:\tEmptyDir (a temporary directory that shares a pod's lifetime)",
      `Medium:\t${v.emptyDir.medium ?? ''}`,
      `SizeLimit:\t${limit}`,
    ];
  }
  if (v.secret)
    return [
      'Type:\tSecret (a volume populated by a Secret)',
      `SecretName:\t${v.secret.secretName ?? ''}`,
      `Optional:\t${v.secret.optional ?? false}`,
    ];
  if (v.configMap)
    return [
      'Type:\tConfigMap (a volume populated by a ConfigMap)',
      `Name:\t${v.configMap.name ?? ''}`,
      `Optional:\t${v.configMap.optional ?? false}`,
    ];
  if (v.persistentVolumeClaim) {
    return [
      'Type:\tPersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)',
      `ClaimName:\t${v.persistentVolumeClaim.claimName}`,
      `ReadOnly:\t${v.persistentVolumeClaim.readOnly ?? false}`,
    ];
  }
  if (v.downwardAPI) {
    return [
      'Type:\tDownwardAPI (a volume populated by information about the pod)',
      'Items:',
      ...(v.downwardAPI.items ?? []).map(
        (i) => `  ${i.fieldRef?.fieldPath ?? i.resourceFieldRef?.resource ?? ''} -> ${i.path}`,
      ),
    ];
  }
  if (v.projected) {
    const lines = ['Type:\tProjected (a volume that contains injected data from multiple sources)'];
    for (const s of v.projected.sources ?? []) {
      if (s.secret)
        lines.push(`SecretName:\t${s.secret.name ?? ''}`, `Optional:\t${s.secret.optional ?? false}`);
      else if (s.downwardAPI) lines.push('DownwardAPI:\ttrue');
      else if (s.configMap)
        lines.push(
          `ConfigMapName:\t${s.configMap.name ?? ''}`,
          `Optional:\t${s.configMap.optional ?? false}`,
        );
      else if (s.serviceAccountToken)
        lines.push(`TokenExpirationSeconds:\t${s.serviceAccountToken.expirationSeconds ?? 3600}`);
    }
    return lines;
  }
  if (v.nfs)
    return [
      'Type:\tNFS (an NFS mount that lasts the lifetime of a pod)',
      `Server:\t${v.nfs.server}`,
      `Path:\t${v.nfs.path}`,
      `ReadOnly:\t${v.nfs.readOnly ?? false}`,
    ];
  if (v.csi)
    return [
      'Type:\tCSI (a Container Storage Interface (CSI) volume source)',
      `Driver:\t${v.csi.driver}`,
      `FSType:\t${v.csi.fsType ?? ''}`,
      `ReadOnly:\t${v.csi.readOnly ?? false}`,
      ...multiline('VolumeAttributes', v.csi.volumeAttributes, '    '),
    ];
  if (v.image)
    return [
      'Type:\tImage (a container image or OCI artifact)',
      `Reference:\t${v.image.reference ?? ''}`,
      `PullPolicy:\t${v.image.pullPolicy ?? ''}`,
    ];
  if (v.ephemeral) return ephemeralLines(v.ephemeral);
  return ['<unknown>'];
}

/** `Name:  a=b`, a pair a line; `<none>` where there are none. @param before each pair, as kubectl has it */
function multiline(name: string, map: Readonly<Record<string, unknown>> | undefined, before = ''): string[] {
  const pairs = Object.keys(map ?? {})
    .sort()
    .map((key) => `${key}=${String(map![key])}`);
  if (pairs.length === 0) return [`${name}:\t<none>`];
  return pairs.map((pair, i) => `${i === 0 ? `${name}:` : before}\t${before}${pair}`);
}

/** The claim that will be made of it; what only a bound one has is empty. */
function ephemeralLines({ volumeClaimTemplate }: NonNullable<Volume['ephemeral']>): string[] {
  const lines = [
    'Type:\tEphemeralVolume (an inline specification for a volume that gets created and deleted ' +
      'with the pod)',
  ];
  if (!volumeClaimTemplate) return lines;
  const { metadata, spec } = volumeClaimTemplate;
  return [
    ...lines,
    `StorageClass:\t${spec?.storageClassName ?? ''}`,
    'Volume:\t',
    ...multiline('Labels', metadata?.labels),
    ...multiline('Annotations', metadata?.annotations),
    'Capacity:\t',
    'Access Modes:\t',
    `VolumeMode:\t${spec?.volumeMode ?? 'Filesystem'}`,
  ];
}
