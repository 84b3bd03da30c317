/**
 * PodTopologyLabels: a Pod that is bound is labelled with the zone and the region of its node. Models
 * plugin/pkg/admission/podtopologylabels/admission.go.
 */
import type { KubeObject, Pod } from '../types.ts';
import type { AdmissionPlugin, AdmissionView } from './types.ts';

const LABELS = ['topology.kubernetes.io/zone', 'topology.kubernetes.io/region'];

/** What of a node's labels its Pods get. */
export function topologyLabels(view: Pick<AdmissionView, 'find'>, node: string): Record<string, string> {
  const { labels = {} } = view.find('Node', '', node)?.metadata ?? {};
  const out: Record<string, string> = {};
  for (const key of LABELS) if (labels[key] !== undefined) out[key] = labels[key];
  return out;
}

/** Of Pods that come with their node's name; bindings are in the server. */
export const podTopologyLabels: AdmissionPlugin = {
  name: 'PodTopologyLabels',
  about: ['pods'],
  mutate(object, { config, definition, subresource, operation, view }) {
    if (!config.podTopologyLabelsAdmission || definition.resource !== 'pods') return object;
    if (subresource !== '' || operation === 'DELETE') return object;
    const pod = object as unknown as Pod;
    if (!pod.spec.nodeName) return object;
    const labels = { ...topologyLabels(view, pod.spec.nodeName), ...pod.metadata.labels };
    return { ...pod, metadata: { ...pod.metadata, labels } } as unknown as KubeObject;
  },
};
