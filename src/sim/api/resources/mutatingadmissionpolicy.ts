/** MutatingAdmissionPolicies. Models pkg/registry/admissionregistration/mutatingadmissionpolicy. */
import { oneOf, required } from '../validation/field.ts';
import { eachAt } from '../validation/rules.ts';
import { definePolicy } from './policies.ts';

export const mutatingAdmissionPolicies = definePolicy(
  'MutatingAdmissionPolicy',
  'Mutations',
  ({ spec }) => (spec.mutations ?? []).length,
  ({ spec }, out) => {
    const { mutations = [], reinvocationPolicy } = spec;
    if (mutations.length === 0)
      out.push(required('spec.mutations', 'mutations must contain at least one item'));
    eachAt(mutations, 'spec.mutations', ({ patchType }, at) =>
      oneOf(patchType, ['ApplyConfiguration', 'JSONPatch'], `${at}.patchType`, out),
    );
    oneOf(reinvocationPolicy, ['IfNeeded', 'Never'], 'spec.reinvocationPolicy', out);
  },
  undefined,
);
