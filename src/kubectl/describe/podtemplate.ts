/**
 * Pod templates and spread constraints. Source: staging/src/k8s.io/kubectl/pkg/describe/describe.go
 * (`DescribePodTemplate`).
 */
import type { PodSpec, PodTemplateSpec } from '../../sim/api/types.ts';
import { selectorText } from '../../sim/api/selector.ts';
import { describeContainers } from './containers.ts';
import { describeVolumes } from './volumes.ts';
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
