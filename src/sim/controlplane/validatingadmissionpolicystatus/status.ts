/**
 * The controller of ValidatingAdmissionPolicies' status: which generation was looked at, and what was found
 * in its expressions. Models pkg/controller/validatingadmissionpolicystatus/controller.go.
 */
import type { Controller } from '../controller.ts';
import { reconcilePolicy } from './reconcile.ts';

export const validatingAdmissionPolicyStatusController: Controller<Record<string, never>> = {
  name: 'validatingadmissionpolicy-status-controller',
  account: 'validatingadmissionpolicy-status-controller',
  watches: ['ValidatingAdmissionPolicy'],
  init: () => ({}),

  observe({ type, object, entry }, _state, { queue }) {
    if (type !== 'DELETED') queue.add(object.metadata.name, entry);
  },

  sync: (key, _state, ctx) => reconcilePolicy(key, ctx),
};
