/** Roles. Models pkg/registry/rbac/role. */
import { defineRole } from './rbac.ts';

export const roles = defineRole('Role', true);
