/** ValidatingAdmissionPolicies. Models pkg/registry/admissionregistration/validatingadmissionpolicy. */
import type { IValidatingAdmissionPolicy } from 'kubernetes-models/admissionregistration.k8s.io/v1';
import { checkExpression, policyCompiler } from '../admission/dynamic/expressions.ts';
import { required } from '../validation/field.ts';
import { eachAt } from '../validation/rules.ts';
import { definePolicy, type Policy } from './policies.ts';

const specOf = (policy: Policy): NonNullable<IValidatingAdmissionPolicy['spec']> => policy.spec as never;

export const validatingAdmissionPolicies = definePolicy(
  'ValidatingAdmissionPolicy',
  'Validations',
  (policy) => (specOf(policy).validations ?? []).length,
  (policy, out) => {
    const { validations = [], auditAnnotations = [] } = specOf(policy);
    if (validations.length === 0 && auditAnnotations.length === 0) {
      out.push(required('spec.validations', 'validations or auditAnnotations must be specified'));
      out.push(required('spec.auditAnnotations', 'validations or auditAnnotations must be specified'));
    }
    const compiler = policyCompiler(policy.spec);
    eachAt(validations, 'spec.validations', ({ expression, messageExpression }, at) => {
      checkExpression(expression, compiler, 'bool', `${at}.expression`, out);
      if (messageExpression)
        checkExpression(messageExpression, compiler, 'string', `${at}.messageExpression`, out);
    });
  },
  {},
);
