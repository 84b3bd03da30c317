/**
 * ValidatingAdmissionPolicyBindings. Models
 * pkg/registry/admissionregistration/validatingadmissionpolicybinding.
 */
import type { IValidatingAdmissionPolicyBinding } from 'kubernetes-models/admissionregistration.k8s.io/v1';
import { duplicate, invalidValue, required, unsupported } from '../validation/field.ts';
import { eachAt } from '../validation/rules.ts';
import { definePolicyBinding } from './policies.ts';

const ACTIONS = ['Audit', 'Deny', 'Warn'];

export const validatingAdmissionPolicyBindings = definePolicyBinding(
  'ValidatingAdmissionPolicyBinding',
  ({ spec }, out) => {
    const { validationActions: actions = [] } = spec as Partial<
      NonNullable<IValidatingAdmissionPolicyBinding['spec']>
    >;
    const field = 'spec.validationActions';
    if (actions.length === 0) out.push(required(field));
    eachAt(actions, field, (action, at) => {
      if (!ACTIONS.includes(action)) out.push(unsupported(at, action, ACTIONS));
    });
    actions.forEach((action, i) => {
      if (actions.indexOf(action) < i) out.push(duplicate(`${field}[${i}]`, action));
    });
    if (actions.includes('Deny') && actions.includes('Warn'))
      out.push(
        invalidValue(
          field,
          actions,
          'must not contain both Deny and Warn (repeating the same validation failure information in the ' +
            'API response and headers serves no purpose)',
        ),
      );
  },
);
