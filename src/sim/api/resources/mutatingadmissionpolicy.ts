/** MutatingAdmissionPolicies. Models pkg/registry/admissionregistration/mutatingadmissionpolicy. */
import { checkExpression, policyCompiler } from '../admission/dynamic/expressions.ts';
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
    const compiler = policyCompiler(spec);
    eachAt(mutations, 'spec.mutations', ({ patchType, applyConfiguration, jsonPatch }, at) => {
      oneOf(patchType, ['ApplyConfiguration', 'JSONPatch'], `${at}.patchType`, out);
      const [field, given] =
        patchType === 'JSONPatch' ? ['jsonPatch', jsonPatch] : ['applyConfiguration', applyConfiguration];
      checkExpression(
        (given as { expression?: string } | undefined)?.expression,
        compiler,
        undefined,
        `${at}.${field}.expression`,
        out,
      );
    });
    oneOf(reinvocationPolicy, ['IfNeeded', 'Never'], 'spec.reinvocationPolicy', out);
  },
  undefined,
);
