/** ClusterRoles. Models pkg/registry/rbac/clusterrole. */
import { defineRole } from './rbac.ts';

export const clusterRoles = defineRole('ClusterRole', false);
