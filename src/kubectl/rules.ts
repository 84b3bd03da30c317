/**
 * Rules of RBAC as kubectl lists them: one a resource. Source:
 * staging/src/k8s.io/kubectl/pkg/describe/describe.go (RoleDescriber), pkg/cmd/auth/cani.go.
 */
import { compacted, type PolicyRule } from '../sim/api/authorization/rules.ts';

export const inBrackets = (list: readonly string[] | undefined): string => `[${(list ?? []).join(' ')}]`;

/** A rule per resource, as kubectl breaks them down; in the order of what Go prints of a rule. */
export function listedRules(rules: readonly PolicyRule[]): PolicyRule[] {
  const split = rules.flatMap((rule) => {
    const { apiGroups = [], resources = [], nonResourceURLs = [], ...rest } = rule;
    return [
      ...apiGroups.flatMap((group) =>
        resources.map((r) => ({ ...rest, apiGroups: [group], resources: [r] })),
      ),
      ...nonResourceURLs.map((url) => ({ ...rest, nonResourceURLs: [url] })),
    ];
  });
  const key = (r: PolicyRule): string =>
    [r.verbs, r.apiGroups, r.resources, r.resourceNames, r.nonResourceURLs].map(inBrackets).join(',');
  return compacted(split).sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

export const RULE_HEADERS: readonly string[] = ['Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs'];

/** Of one of the listed rules. */
export function ruleCells(rule: PolicyRule): string[] {
  const [group = '', text = ''] = [rule.apiGroups?.[0], rule.resources?.[0]];
  const [resource, ...part] = text.split(/\/(.*)/s, 2);
  return [
    // CombineResourceGroup: `deployments.apps/scale`.
    [group === '' ? resource : `${resource}.${group}`, ...part].join('/'),
    inBrackets(rule.nonResourceURLs),
    inBrackets(rule.resourceNames),
    inBrackets(rule.verbs),
  ];
}
