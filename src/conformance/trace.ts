/**
 * A run's history as a trace of the recorded shapes: a record a change, with the few fields of each kind that
 * the recordings show.
 */
import type {
  DaemonSet,
  Deployment,
  Endpoints,
  Event,
  KubeObject,
  Node,
  Pod,
  PodDisruptionBudget,
  ReplicaSet,
  Service,
  StatefulSet,
} from '../sim/api/types.ts';
import type { HistoryEntry } from '../sim/kernel/history.ts';
import type { TraceRecord } from './types.ts';

type Fields = Record<string, unknown>;

/** As Go's omitempty: zero, '' and absent values are not there. */
function given(fields: Fields): Fields {
  const out: Fields = {};
  for (const [name, value] of Object.entries(fields))
    if (value !== undefined && value !== 0 && value !== '') out[name] = value;
  return out;
}

const ownerOf = (o: KubeObject): string | undefined =>
  o.metadata.ownerReferences?.find((r) => r.controller === true)?.name;
const revisionOf = (o: KubeObject): string | undefined =>
  o.metadata.annotations?.['deployment.kubernetes.io/revision'];
const conditionsOf = (
  list: readonly { type: string; status: string; reason?: string }[] | undefined,
): string[] => (list ?? []).map((c) => `${c.type}=${c.status}:${c.reason ?? ''}`).sort();
const deletingOf = (o: KubeObject): Fields =>
  o.metadata.deletionTimestamp === undefined ? {} : { deleting: true };

function podFields(pod: Pod): Fields {
  const condition = (type: string): string | undefined =>
    pod.status.conditions?.find((c) => c.type === type)?.status;
  const containers = (pod.status.containerStatuses ?? []).map((c) => {
    const state = c.state?.running ? 'running' : c.state?.terminated ? 'terminated' : 'waiting';
    return {
      name: c.name,
      ready: c.ready,
      restarts: c.restartCount,
      state,
      ...given({ why: c.state?.waiting?.reason ?? c.state?.terminated?.reason }),
    };
  });
  return {
    labels: pod.metadata.labels ?? {},
    ...given({
      owner: ownerOf(pod),
      node: pod.spec.nodeName,
      phase: pod.status.phase,
      ready: condition('Ready'),
      scheduled: condition('PodScheduled'),
      reason: pod.status.reason,
    }),
    ...given({ nominated: pod.status.nominatedNodeName }),
    ...deletingOf(pod),
    containers,
  };
}

function nodeFields(node: Node): Fields {
  return {
    ready: node.status.conditions?.find((c) => c.type === 'Ready')?.status ?? 'Unknown',
    unschedulable: node.spec.unschedulable === true,
    taints: (node.spec.taints ?? []).map((t) => `${t.key}:${t.effect}`).sort(),
  };
}

function deploymentFields(d: Deployment): Fields {
  const s = d.status;
  return {
    ...given({ revision: revisionOf(d) }),
    spec: d.spec.replicas ?? 1,
    generation: d.metadata.generation ?? 1,
    ...given({
      replicas: s.replicas,
      updatedReplicas: s.updatedReplicas,
      readyReplicas: s.readyReplicas,
      availableReplicas: s.availableReplicas,
      unavailableReplicas: s.unavailableReplicas,
      observedGeneration: s.observedGeneration,
    }),
    conditions: conditionsOf(s.conditions),
    ...deletingOf(d),
  };
}

function replicaSetFields(rs: ReplicaSet): Fields {
  const s = rs.status;
  return {
    ...given({ owner: ownerOf(rs), revision: revisionOf(rs) }),
    spec: rs.spec.replicas ?? 1,
    replicas: s.replicas,
    ...given({
      fullyLabeledReplicas: s.fullyLabeledReplicas,
      readyReplicas: s.readyReplicas,
      availableReplicas: s.availableReplicas,
      observedGeneration: s.observedGeneration,
    }),
    ...deletingOf(rs),
  };
}

function statefulSetFields(set: StatefulSet): Fields {
  const s = set.status;
  return {
    spec: set.spec.replicas ?? 1,
    replicas: s.replicas ?? 0,
    ...given({
      readyReplicas: s.readyReplicas,
      currentReplicas: s.currentReplicas,
      updatedReplicas: s.updatedReplicas,
      currentRevision: s.currentRevision,
      updateRevision: s.updateRevision,
    }),
    ...deletingOf(set),
  };
}

function daemonSetFields(set: DaemonSet): Fields {
  const s = set.status;
  return {
    desiredNumberScheduled: s.desiredNumberScheduled,
    currentNumberScheduled: s.currentNumberScheduled,
    numberReady: s.numberReady,
    ...given({ numberAvailable: s.numberAvailable, numberUnavailable: s.numberUnavailable }),
    numberMisscheduled: s.numberMisscheduled,
    ...given({ updatedNumberScheduled: s.updatedNumberScheduled }),
    ...deletingOf(set),
  };
}

function budgetFields(budget: PodDisruptionBudget): Fields {
  const s = budget.status;
  return {
    currentHealthy: s.currentHealthy ?? 0,
    desiredHealthy: s.desiredHealthy ?? 0,
    disruptionsAllowed: s.disruptionsAllowed ?? 0,
    expectedPods: s.expectedPods ?? 0,
    ...deletingOf(budget),
  };
}

function endpointsFields(endpoints: Endpoints): Fields {
  const names = (list: readonly { ip: string; targetRef?: { name?: string } }[] | undefined): string[] =>
    (list ?? []).map((a) => a.targetRef?.name ?? a.ip);
  const subsets = endpoints.subsets ?? [];
  return {
    ready: subsets.flatMap((s) => names(s.addresses as never)).sort(),
    notReady: subsets.flatMap((s) => names(s.notReadyAddresses as never)).sort(),
  };
}

function serviceFields(service: Service): Fields {
  const ports = service.spec.ports?.map((p) =>
    given({
      name: p.name,
      nodePort: p.nodePort,
      port: p.port,
      protocol: p.protocol,
      targetPort: p.targetPort,
    }),
  );
  // The recorder wrote the Service's own type over the record's.
  return { type: service.spec.type, ...(ports === undefined ? {} : { ports }) };
}

const SHAPES: Readonly<Record<string, (object: never) => Fields>> = {
  Pod: podFields,
  Node: nodeFields,
  Deployment: deploymentFields,
  ReplicaSet: replicaSetFields,
  StatefulSet: statefulSetFields,
  DaemonSet: daemonSetFields,
  PodDisruptionBudget: budgetFields,
  Endpoints: endpointsFields,
  Service: serviceFields,
};

function eventRecord(t: number, event: Event): TraceRecord | undefined {
  // The recordings hold no events of the kubelet.
  if (event.source.component === 'kubelet') return undefined;
  const { involvedObject: about } = event;
  return {
    t,
    type: event.type,
    kind: 'Event',
    namespace: event.metadata.namespace ?? '',
    reason: event.reason,
    object: `${about.kind}/${about.name}`,
    message: event.message,
    ...given({ count: event.count }),
    source: event.source.component,
  };
}

/** Records of the changes after `since` (an entry), in order, with `t` counted from `startMs`. */
export function traceOf(history: readonly HistoryEntry[], since: number, startMs: number): TraceRecord[] {
  const records: TraceRecord[] = [];
  /** The last record of an object, to leave out changes of what is not shown. */
  const shown = new Map<string, string>();
  for (const entry of history) {
    if (entry.type !== 'api') continue;
    const shape = SHAPES[entry.kind];
    const object = (entry.after ?? entry.before) as KubeObject | undefined;
    if (object === undefined) continue;
    const t = Math.round(entry.at - startMs) / 1000;
    if (entry.kind === 'Event') {
      const record =
        entry.after === undefined || entry.id <= since ? undefined : eventRecord(t, entry.after as Event);
      if (record !== undefined) records.push(record);
      continue;
    }
    if (shape === undefined) continue;
    const key = `${entry.kind} ${entry.namespace}/${entry.name}`;
    const fields = shape(object as never);
    const text = JSON.stringify(fields);
    const type = entry.after === undefined ? 'DELETED' : entry.before === undefined ? 'ADDED' : 'MODIFIED';
    const isNews = type !== 'MODIFIED' || shown.get(key) !== text;
    shown.set(key, text);
    if (!isNews || entry.id <= since) continue;
    records.push({
      t,
      type,
      kind: entry.kind,
      ...(entry.namespace === '' ? {} : { namespace: entry.namespace }),
      name: entry.name,
      ...fields,
    });
  }
  return records;
}
