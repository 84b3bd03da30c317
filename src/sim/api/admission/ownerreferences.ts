/**
 * OwnerReferencesPermissionEnforcement, which clusters turn on: who names an owner needs the right to delete
 * what he writes, as the garbage collector will do it for him, and who has it block the owner's deletion the
 * right to that one's finalizers. Models plugin/pkg/admission/gc/gc_admission.go.
 */
import { checkOwners } from './ownerpermissions.ts';
import type { AdmissionPlugin } from './types.ts';

export const ownerReferencesPermissions: AdmissionPlugin = {
  name: 'OwnerReferencesPermissionEnforcement',
  validate(object, request) {
    const isAsked = request.config.ownerReferencesPermissionEnforcement && request.subresource === '';
    if (isAsked && object !== undefined) checkOwners(object, request);
  },
};
