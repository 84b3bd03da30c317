/**
 * NodeRestriction: what a node may write is its own. Asked about whoever comes with a node's name and group;
 * the simulated kubelets write nothing else. kubeadm enables it. Models
 * plugin/pkg/admission/noderestriction/admission.go; tokens are in `authentication/noderestriction.ts`.
 */
import { NODES } from '../authentication/user.ts';
import { judgeNode } from './nodes/judge.ts';
import type { AdmissionPlugin, AdmissionRequest } from './types.ts';

const isNode = ({ by }: AdmissionRequest): boolean => by?.groups?.includes(NODES) === true;

export const nodeRestriction: AdmissionPlugin = {
  name: 'NodeRestriction',
  ofParts: true,
  mutate(object, request) {
    if (isNode(request)) judgeNode(request);
    return object;
  },
  mutateDelete(request) {
    if (isNode(request)) judgeNode(request);
  },
};
