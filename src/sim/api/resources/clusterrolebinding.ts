/** ClusterRoleBindings. Models pkg/registry/rbac/clusterrolebinding. */
import { defineBinding } from './rbac.ts';

export const clusterRoleBindings = defineBinding('ClusterRoleBinding', false, ['ClusterRole']);
