/**
 * Deployments, ReplicaSets, StatefulSets, DaemonSets. Source:
 * staging/src/k8s.io/kubectl/pkg/describe/describe.go.
 */
import { selectorText } from '../../sim/api/selector.ts';
import type { ApiClient } from '../../sim/api/client.ts';
import type { KubeObject, PodTemplateSpec, ReplicaSet } from '../../sim/api/types.ts';
import { labelText } from '../../sim/api/table/column.ts';
import type { Describer } from './describer.ts';
import { describePodTemplate } from './podtemplate.ts';
import { controllerOf, rfc1123, writeAnnotations, writeLabels } from './writer.ts';
import type { DescribeWriter } from './writer.ts';

const controllerUid = (object: KubeObject): string | undefined =>
  object.metadata.ownerReferences?.find((o) => o.controller)?.uid;

/** `3 Running / 0 Waiting / 0 Succeeded / 0 Failed`, of the pods a controller owns. */
function podsStatus(api: ApiClient, object: KubeObject): string {
  const counts = { Running: 0, Pending: 0, Succeeded: 0, Failed: 0 };
  for (const pod of api.list('Pod', { namespace: object.metadata.namespace! })) {
    if (
      controllerUid(pod) === object.metadata.uid &&
      pod.status.phase !== undefined &&
      pod.status.phase in counts
    ) {
      counts[pod.status.phase as keyof typeof counts] += 1;
    }
  }
  return (
    `${counts.Running} Running / ${counts.Pending} Waiting / ${counts.Succeeded} Succeeded / ` +
    `${counts.Failed} Failed`
  );
}

function writeConditions(
  w: DescribeWriter,
  conditions: readonly { type: string; status: string; reason?: string }[] | undefined,
): void {
  if (conditions === undefined || conditions.length === 0) return;
  w.write(0, 'Conditions:\n  Type\tStatus\tReason\n');
  w.write(1, '----\t------\t------\n');
  for (const c of conditions) w.write(1, `${c.type} \t${c.status}\t${c.reason ?? ''}\n`);
}

const setTexts = (sets: readonly ReplicaSet[]): string =>
  sets
    .map((rs) => `${rs.metadata.name} (${rs.status.replicas ?? 0}/${rs.spec.replicas ?? 0} replicas created)`)
    .join(', ') || '<none>';

const REVISION = 'deployment.kubernetes.io/revision';

export const deploymentDescriber: Describer<'Deployment'> = {
  kind: 'Deployment',
  events: true,
  describe(d, w, { api }) {
    const { metadata, spec, status } = d;
    w.write(0, `Name:\t${metadata.name}\n`);
    w.write(0, `Namespace:\t${metadata.namespace}\n`);
    w.write(0, `CreationTimestamp:\t${rfc1123(metadata.creationTimestamp)}\n`);
    writeLabels(w, 'Labels', metadata.labels);
    writeAnnotations(w, 'Annotations', metadata.annotations);
    w.write(0, `Selector:\t${selectorText(spec.selector)}\n`);
    w.write(
      0,
      `Replicas:\t${spec.replicas ?? 0} desired | ${status.updatedReplicas ?? 0} updated | ` +
        `${status.replicas ?? 0} total | ` +
        `${status.availableReplicas ?? 0} available | ${status.unavailableReplicas ?? 0} unavailable\n`,
    );
    w.write(0, `StrategyType:\t${spec.strategy?.type ?? ''}\n`);
    w.write(0, `MinReadySeconds:\t${spec.minReadySeconds ?? 0}\n`);
    const rolling = spec.strategy?.rollingUpdate;
    if (rolling)
      w.write(
        0,
        `RollingUpdateStrategy:\t${rolling.maxUnavailable} max unavailable, ${rolling.maxSurge} max surge\n`,
      );
    describePodTemplate(spec.template, w);
    writeConditions(w, status.conditions);
    const sets = api
      .list('ReplicaSet', { namespace: metadata.namespace! })
      .filter((rs) => controllerUid(rs) === metadata.uid);
    const revision = metadata.annotations?.[REVISION];
    const current = sets.filter(
      (rs) => revision !== undefined && rs.metadata.annotations?.[REVISION] === revision,
    );
    const old = sets.filter((rs) => !current.includes(rs));
    old.sort((a, b) =>
      a.metadata.creationTimestamp < b.metadata.creationTimestamp
        ? -1
        : a.metadata.creationTimestamp > b.metadata.creationTimestamp
          ? 1
          : 0,
    );
    if (sets.length > 0) {
      w.write(0, `OldReplicaSets:\t${setTexts(old)}\n`);
      w.write(0, `NewReplicaSet:\t${setTexts(current)}\n`);
    }
  },
};

export const replicaSetDescriber: Describer<'ReplicaSet'> = {
  kind: 'ReplicaSet',
  events: true,
  describe(rs, w, { api }) {
    const { metadata, spec, status } = rs;
    w.write(0, `Name:\t${metadata.name}\n`);
    w.write(0, `Namespace:\t${metadata.namespace}\n`);
    w.write(0, `Selector:\t${selectorText(spec.selector)}\n`);
    writeLabels(w, 'Labels', metadata.labels);
    writeAnnotations(w, 'Annotations', metadata.annotations);
    const controller = controllerOf(metadata.ownerReferences);
    if (controller !== '') w.write(0, `Controlled By:\t${controller}\n`);
    w.write(0, `Replicas:\t${status.replicas ?? 0} current / ${spec.replicas ?? 0} desired\n`);
    w.write(0, `Pods Status:\t${podsStatus(api, rs)}\n`);
    describePodTemplate(spec.template!, w);
    writeConditions(w, status.conditions);
  },
};

export const replicationControllerDescriber: Describer<'ReplicationController'> = {
  kind: 'ReplicationController',
  events: true,
  describe(rc, w, { api }) {
    const { metadata, spec, status } = rc;
    w.write(0, `Name:\t${metadata.name}\n`);
    w.write(0, `Namespace:\t${metadata.namespace}\n`);
    w.write(0, `Selector:\t${labelText(spec.selector as Record<string, string>)}\n`);
    writeLabels(w, 'Labels', metadata.labels);
    writeAnnotations(w, 'Annotations', metadata.annotations);
    w.write(0, `Replicas:\t${status.replicas} current / ${spec.replicas ?? 0} desired\n`);
    w.write(0, `Pods Status:\t${podsStatus(api, rc)}\n`);
    describePodTemplate(spec.template as PodTemplateSpec, w);
    writeConditions(w, status.conditions);
  },
};

export const statefulSetDescriber: Describer<'StatefulSet'> = {
  kind: 'StatefulSet',
  events: true,
  describe(s, w, { api }) {
    const { metadata, spec, status } = s;
    w.write(0, `Name:\t${metadata.name}\n`);
    w.write(0, `Namespace:\t${metadata.namespace}\n`);
    w.write(0, `CreationTimestamp:\t${rfc1123(metadata.creationTimestamp)}\n`);
    w.write(0, `Selector:\t${selectorText(spec.selector)}\n`);
    writeLabels(w, 'Labels', metadata.labels);
    writeAnnotations(w, 'Annotations', metadata.annotations);
    w.write(0, `Replicas:\t${spec.replicas ?? 0} desired | ${status.replicas ?? 0} total\n`);
    w.write(0, `Update Strategy:\t${spec.updateStrategy?.type ?? ''}\n`);
    const rolling = spec.updateStrategy?.rollingUpdate;
    if (rolling?.partition !== undefined) {
      w.write(1, `Partition:\t${rolling.partition}\n`);
      if (rolling.maxUnavailable !== undefined) w.write(1, `MaxUnavailable:\t${rolling.maxUnavailable}\n`);
    }
    w.write(0, `Pods Status:\t${podsStatus(api, s)}\n`);
    describePodTemplate(spec.template, w);
    w.write(0, 'Volume Claims:\t<none>\n');
  },
};

export const daemonSetDescriber: Describer<'DaemonSet'> = {
  kind: 'DaemonSet',
  events: true,
  describe(ds, w, { api }) {
    const { metadata, spec, status } = ds;
    w.write(0, `Name:\t${metadata.name}\n`);
    w.write(0, `Namespace:\t${metadata.namespace}\n`);
    w.write(0, `Selector:\t${selectorText(spec.selector)}\n`);
    w.write(0, `Node-Selector:\t${labelText(spec.template.spec?.nodeSelector)}\n`);
    writeLabels(w, 'Labels', metadata.labels);
    writeAnnotations(w, 'Annotations', metadata.annotations);
    w.write(0, `Desired Number of Nodes Scheduled: ${status.desiredNumberScheduled ?? 0}\n`);
    w.write(0, `Current Number of Nodes Scheduled: ${status.currentNumberScheduled ?? 0}\n`);
    w.write(0, `Number of Nodes Scheduled with Up-to-date Pods: ${status.updatedNumberScheduled ?? 0}\n`);
    w.write(0, `Number of Nodes Scheduled with Available Pods: ${status.numberAvailable ?? 0}\n`);
    w.write(0, `Number of Nodes Misscheduled: ${status.numberMisscheduled ?? 0}\n`);
    w.write(0, `Pods Status:\t${podsStatus(api, ds)}\n`);
    describePodTemplate(spec.template, w);
  },
};
