/** What the roles that a ClusterRole selects say together. */
import type { PolicyRule } from '../../api/authorization/rules.ts';
import { deepEqual } from '../../api/equal.ts';
import type { Role } from '../../api/resources/rbac.ts';
import { matches, selectorOf } from '../../api/selector.ts';
import type { LabelSelector } from '../../api/types.ts';
import type { ControllerContext, ObserverContext } from '../controller.ts';

type ClusterRole = Role & { readonly aggregationRule?: { readonly clusterRoleSelectors?: LabelSelector[] } };

const selectorsOf = (role: ClusterRole): LabelSelector[] => role.aggregationRule?.clusterRoleSelectors ?? [];

const rolesIn = (ctx: Pick<ObserverContext, 'cache'>): ClusterRole[] =>
  ctx.cache.list('ClusterRole') as unknown as ClusterRole[];

/** The rules that the selected roles have, each once, in the order of their names. */
function aggregated(role: ClusterRole, ctx: ControllerContext): PolicyRule[] {
  const rules: PolicyRule[] = [];
  for (const selector of selectorsOf(role)) {
    const selected = selectorOf(selector);
    const sources = rolesIn(ctx)
      .filter((r) => r.metadata.name !== role.metadata.name && matches(selected, r.metadata.labels ?? {}))
      .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
    for (const source of sources)
      for (const rule of source.rules ?? [])
        if (!rules.some((known) => deepEqual(known, rule))) rules.push(rule);
  }
  return rules;
}

/** The ClusterRoles that are made of others; the key of each is to be synced when any of them changes. */
export const aggregatingRoles = (ctx: Pick<ObserverContext, 'cache'>): string[] =>
  rolesIn(ctx).flatMap((role) => (role.aggregationRule === undefined ? [] : [role.metadata.name]));

/** Writes what a role is to say, where it does not. */
export function syncRole(key: string, ctx: ControllerContext): void {
  const role = ctx.cache.get('ClusterRole', '', key) as unknown as ClusterRole | undefined;
  if (role?.aggregationRule === undefined) return;
  const rules = aggregated(role, ctx);
  if (!deepEqual(rules, role.rules ?? [])) ctx.api.update<Role>({ ...role, rules } as Role);
}
