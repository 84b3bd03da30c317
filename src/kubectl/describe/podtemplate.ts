/**
 * Pod templates, volumes, spread constraints. Source: staging/src/k8s.io/kubectl/pkg/describe/describe.go
 * (`DescribePodTemplate`).
 */
import { canonicalQuantity } from '../../sim/api/quantity.ts';
import type { PodSpec, PodTemplateSpec } from '../../sim/api/types.ts';
import { selectorText } from '../../sim/api/selector.ts';
import { describeContainers } from './containers.ts';
import { writeAnnotations, writeLabels, writeTolerations } from './writer.ts';
import type { DescribeWriter } from './writer.ts';

export function describePodTemplate(template: PodTemplateSpec, w: DescribeWriter): void {
  w.write(0, 'Pod Template:\n');
  writeLabels(w, '  Labels', template.metadata?.labels);
  if (Object.keys(template.metadata?.annotations ?? {}).length > 0)
    writeAnnotations(w, '  Annotations', template.metadata?.annotations);
  const spec = template.spec as PodSpec;
  if (spec.serviceAccountName) w.write(1, `Service Account:\t${spec.serviceAccountName}\n`);
  if ((spec.initContainers ?? []).length > 0)
    describeContainers(w, 'Init Containers', spec.initContainers!, [], '  ');
  describeContainers(w, 'Containers', spec.containers, [], '  ');
  describeVolumes(w, spec.volumes, '  ');
  describeSpread(w, spec.topologySpreadConstraints, '  ');
  if (spec.priorityClassName) w.write(1, `Priority Class Name:\t${spec.priorityClassName}\n`);
  writeLabels(w, '  Node-Selectors', spec.nodeSelector);
  writeTolerations(w, '  Tolerations', spec.tolerations);
}

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
  return ['<unknown>'];
}

export function describeSpread(
  w: DescribeWriter,
  given: PodSpec['topologySpreadConstraints'],
  space: string,
): void {
  const constraints = [...(given ?? [])].sort((a, b) =>
    a.topologyKey < b.topologyKey ? -1 : a.topologyKey > b.topologyKey ? 1 : 0,
  );
  if (constraints.length === 0) return;
  w.write(0, `${space}Topology Spread Constraints:\t`);
  constraints.forEach((c, i) => {
    const selector = c.labelSelector === undefined ? '' : ` for selector ${selectorText(c.labelSelector)}`;
    w.write(
      0,
      `${i === 0 ? '' : `${space}\t`}${c.topologyKey}:${c.whenUnsatisfiable} when max skew ${c.maxSkew} ` +
        `is exceeded${selector}\n`,
    );
  });
}
