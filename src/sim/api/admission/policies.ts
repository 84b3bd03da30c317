/**
 * MutatingAdmissionPolicy and ValidatingAdmissionPolicy: nothing is asked where no policy is. Models
 * staging/src/k8s.io/apiserver/pkg/admission/plugin/policy/{mutating,validating}/plugin.go.
 */
import { mutateByPolicies } from './dynamic/mutatingpolicies.ts';
import { validateByPolicies } from './dynamic/policies.ts';
import type { AdmissionPlugin } from './types.ts';

export const mutatingPolicies: AdmissionPlugin = {
  name: 'MutatingAdmissionPolicy',
  ofParts: true,
  mutate: (object, request) => (request.view.isExtended ? mutateByPolicies(object, request) : object),
};

export const validatingPolicies: AdmissionPlugin = {
  name: 'ValidatingAdmissionPolicy',
  ofParts: true,
  validate(object, request) {
    if (request.view.isExtended) validateByPolicies(object, request);
  },
};
