/**
 * MutatingAdmissionPolicyBindings. Models pkg/registry/admissionregistration/mutatingadmissionpolicybinding.
 */
import { definePolicyBinding } from './policies.ts';

export const mutatingAdmissionPolicyBindings = definePolicyBinding(
  'MutatingAdmissionPolicyBinding',
  () => {},
);
