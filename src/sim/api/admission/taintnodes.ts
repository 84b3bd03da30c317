/**
 * TaintNodesByCondition: a new node takes no Pods before it is Ready. Models
 * plugin/pkg/admission/nodetaint/admission.go.
 */
import type { KubeObject, Node, Taint } from '../types.ts';
import type { AdmissionPlugin } from './types.ts';

const NOT_READY: Taint = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' };

export const taintNodesByCondition: AdmissionPlugin = {
  name: 'TaintNodesByCondition',
  about: ['nodes'],
  mutate: (object, { operation, definition }) => {
    if (definition.resource !== 'nodes' || operation !== 'CREATE') return object;
    const node = object as unknown as Node;
    const taints = node.spec.taints ?? [];
    if (taints.some((t) => t.key === NOT_READY.key && t.effect === NOT_READY.effect)) return object;
    return { ...node, spec: { ...node.spec, taints: [...taints, NOT_READY] } } as unknown as KubeObject;
  },
};
