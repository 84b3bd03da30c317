/**
 * RuntimeClass: a Pod of a class has the class's overhead, and goes where the class says. Models
 * plugin/pkg/admission/runtimeclass/admission.go.
 */
import type { KubeObject, Pod } from '../types.ts';
import { checkOverhead, ofClass } from './runtime/classes.ts';
import type { AdmissionPlugin, AdmissionRequest } from './types.ts';

const isNewPod = ({ definition, operation, subresource }: AdmissionRequest): boolean =>
  definition.resource === 'pods' && operation === 'CREATE' && subresource === '';

export const runtimeClass: AdmissionPlugin = {
  name: 'RuntimeClass',
  about: ['pods'],
  mutate(object, request) {
    const pod = object as unknown as Pod;
    if (!isNewPod(request) || !pod.spec.runtimeClassName) return object;
    return ofClass(pod, request) as unknown as KubeObject;
  },
  validate(object, request) {
    if (!isNewPod(request)) return;
    const pod = object as unknown as Pod;
    if (pod.spec.overhead !== undefined || pod.spec.runtimeClassName) checkOverhead(pod, request);
  },
};
