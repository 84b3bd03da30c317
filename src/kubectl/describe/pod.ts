/** Source: staging/src/k8s.io/kubectl/pkg/describe/describe.go (`describePod`). */
import type { Container, Pod } from '../../sim/api/types.ts';
import { ageOf } from '../../sim/api/table/age.ts';
import { describeContainers, podFields } from './containers.ts';
import type { Describer } from './describer.ts';
import { describeSpread } from './podtemplate.ts';
import { describeVolumes } from './volumes.ts';
import { qosClass } from '../../sim/api/strategy/qos.ts';
import { controllerOf, rfc1123, writeAnnotations, writeLabels, writeTolerations } from './writer.ts';
import type { DescribeWriter } from './writer.ts';

export const podDescriber: Describer<'Pod'> = {
  kind: 'Pod',
  events: true,
  describe(pod, w, { now }) {
    const { metadata, spec, status } = pod;
    w.write(0, `Name:\t${metadata.name}\n`);
    w.write(0, `Namespace:\t${metadata.namespace}\n`);
    if (spec.priority !== undefined) w.write(0, `Priority:\t${spec.priority}\n`);
    if (spec.priorityClassName) w.write(0, `Priority Class Name:\t${spec.priorityClassName}\n`);
    if (spec.runtimeClassName) w.write(0, `Runtime Class Name:\t${spec.runtimeClassName}\n`);
    if (spec.serviceAccountName) w.write(0, `Service Account:\t${spec.serviceAccountName}\n`);
    w.write(0, `Node:\t${spec.nodeName ? `${spec.nodeName}/${status.hostIP ?? ''}` : '<none>'}\n`);
    if (status.startTime) w.write(0, `Start Time:\t${rfc1123(status.startTime as string)}\n`);
    writeLabels(w, 'Labels', metadata.labels);
    writeAnnotations(w, 'Annotations', metadata.annotations);
    if (
      metadata.deletionTimestamp !== undefined &&
      status.phase !== 'Failed' &&
      status.phase !== 'Succeeded'
    ) {
      w.write(0, `Status:\tTerminating (lasts ${ageOf(metadata.deletionTimestamp, now)})\n`);
      w.write(0, `Termination Grace Period:\t${metadata.deletionGracePeriodSeconds ?? 0}s\n`);
    } else w.write(0, `Status:\t${status.phase ?? ''}\n`);
    if (status.reason) w.write(0, `Reason:\t${status.reason}\n`);
    if (status.message) w.write(0, `Message:\t${status.message}\n`);
    describeAddresses(pod, w);
    const controller = controllerOf(metadata.ownerReferences);
    if (controller !== '') w.write(0, `Controlled By:\t${controller}\n`);
    if (status.nominatedNodeName) w.write(0, `NominatedNodeName:\t${status.nominatedNodeName}\n`);
    const resolve = podFields(pod);
    if ((spec.initContainers ?? []).length > 0) {
      describeContainers(
        w,
        'Init Containers',
        spec.initContainers!,
        status.initContainerStatuses ?? [],
        '',
        resolve,
      );
    }
    describeContainers(w, 'Containers', spec.containers, status.containerStatuses ?? [], '', resolve);
    if ((spec.ephemeralContainers ?? []).length > 0)
      describeContainers(
        w,
        'Ephemeral Containers',
        spec.ephemeralContainers as readonly Container[],
        status.ephemeralContainerStatuses ?? [],
        '',
        resolve,
      );
    const conditions = status.conditions ?? [];
    if ((spec.readinessGates ?? []).length > 0) {
      w.write(0, 'Readiness Gates:\n  Type\tStatus\n');
      for (const g of spec.readinessGates!) {
        w.write(
          1,
          `${g.conditionType} \t${conditions.find((c) => c.type === g.conditionType)?.status ?? '<none>'} \n`,
        );
      }
    }
    if (conditions.length > 0) {
      w.write(0, 'Conditions:\n  Type\tStatus\n');
      for (const c of conditions) w.write(1, `${c.type} \t${c.status} \n`);
    }
    describeVolumes(w, spec.volumes, '');
    w.write(0, `QoS Class:\t${status.qosClass ?? qosClass(spec)}\n`);
    writeLabels(w, 'Node-Selectors', spec.nodeSelector);
    writeTolerations(w, 'Tolerations', spec.tolerations);
    describeSpread(w, spec.topologySpreadConstraints, '');
  },
};

function describeAddresses(pod: Pod, w: DescribeWriter): void {
  const ips = pod.status.podIPs ?? [];
  w.write(0, `IP:\t${pod.status.podIP ?? ''}\n`);
  if (ips.length === 0) w.write(0, 'IPs:\t<none>\n');
  else {
    w.write(0, 'IPs:\n');
    for (const { ip } of ips) w.write(1, `IP:\t${ip}\n`);
  }
}
