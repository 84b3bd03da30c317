/** The nodes of a cluster that there is, from what `kubectl get nodes -o yaml` (or `-o json`) prints. */
import { get, isFields, list, text } from '../edits/shapes.ts';
import { readManifests, type ManifestObject } from '../sim/api/manifest/read.ts';
import { InputError } from '../dsl/errors.ts';
import type { NodeOptions } from '../sim/cluster.ts';

const ZONE = 'topology.kubernetes.io/zone';
/** What kubelets and controllers set of themselves, in the simulator as well. */
const OWN_LABELS = /^(?:beta\.)?kubernetes\.io\/(?:arch|os|hostname)$|^topology\.kubernetes\.io\/zone$/;
/** Conditions of the moment, and whoever drained it. */
const OWN_TAINTS = /^node\.kubernetes\.io\//;
const PLANE = /^node-role\.kubernetes\.io\/(?:control-plane|master)$/;

const fieldsOf = (value: unknown): [string, string][] =>
  isFields(value) ? Object.entries(value).map(([key, field]) => [key, String(field)]) : [];

type Taint = NonNullable<NodeOptions['taints']>[number];

function taintOf(taint: unknown): Taint[] {
  const [key, value, effect] = [text(taint, ['key']), text(taint, ['value']), text(taint, ['effect'])];
  if (key === undefined || effect === undefined || OWN_TAINTS.test(key)) return [];
  return [{ key, ...(value === undefined ? {} : { value }), effect: effect as Taint['effect'] }];
}

/** What is left for Pods of what a machine has, where the kubelet says so. */
function nodeOf(node: ManifestObject): NodeOptions {
  const labels = fieldsOf(get(node, ['metadata', 'labels']));
  const has = (resource: string): unknown =>
    get(node, ['status', 'allocatable', resource]) ?? get(node, ['status', 'capacity', resource]);
  const own = labels.filter(([key]) => !OWN_LABELS.test(key));
  const taints = list(node, ['spec', 'taints']).flatMap(taintOf);
  const [cpu, memory, pods] = ['cpu', 'memory', 'pods'].map(has);
  return {
    name: text(node, ['metadata', 'name']) ?? '',
    ...(cpu === undefined ? {} : { cpu: String(cpu) }),
    ...(memory === undefined ? {} : { memory: String(memory) }),
    ...(pods === undefined ? {} : { pods: String(pods) }),
    zone: labels.find(([key]) => key === ZONE)?.[1] ?? '',
    ...(own.length === 0 ? {} : { labels: Object.fromEntries(own) }),
    ...(taints.length === 0 ? {} : { taints }),
  };
}

/**
 * Machines that only a control plane is on, which takes no Pods of users, are left out: what it does is
 * simulated beside the nodes.
 * @param file for messages
 * @throws InputError, ManifestError for a file without nodes
 */
export function nodesIn(source: string, file: string): NodeOptions[] {
  const nodes = readManifests(source, file)
    .map((document) => document.object)
    .filter((object) => object.kind === 'Node');
  const workers = nodes.map(nodeOf).filter(({ labels = {}, taints = [] }) => {
    const isPlane = Object.keys(labels).some((key) => PLANE.test(key));
    return !(isPlane && taints.some(({ key, effect }) => PLANE.test(key) && effect === 'NoSchedule'));
  });
  if (workers.length === 0)
    throw new InputError(
      `${file} holds no nodes that take Pods: write it with "kubectl get nodes -o yaml > ${file}"`,
    );
  return workers;
}
