/** RoleBindings. Models pkg/registry/rbac/rolebinding. */
import { defineBinding } from './rbac.ts';

export const roleBindings = defineBinding('RoleBinding', true, ['Role', 'ClusterRole']);
