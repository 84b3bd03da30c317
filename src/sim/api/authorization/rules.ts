/**
 * What a rule of RBAC allows, and whom a binding's subject means. Models
 * pkg/apis/rbac/v1/evaluation_helpers.go, plugin/pkg/auth/authorizer/rbac/rbac.go and
 * pkg/registry/rbac/validation/rule.go.
 */
import type { IPolicyRule, ISubject } from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import { accountUser, type UserInfo } from '../authentication/user.ts';
import { isPath, type Attributes } from './attributes.ts';

export type PolicyRule = Readonly<IPolicyRule>;

const ALL = '*';

const has = (list: readonly string[] | undefined, wanted: string): boolean =>
  list?.some((one) => one === ALL || one === wanted) === true;

function resourceMatches(rule: PolicyRule, resource: string, subresource: string): boolean {
  const combined = subresource === '' ? resource : `${resource}/${subresource}`;
  return (
    rule.resources?.some(
      (one) => one === ALL || one === combined || (subresource !== '' && one === `*/${subresource}`),
    ) === true
  );
}

const nameMatches = ({ resourceNames = [] }: PolicyRule, name: string): boolean =>
  resourceNames.length === 0 || resourceNames.includes(name);

const pathMatches = (rule: PolicyRule, path: string): boolean =>
  rule.nonResourceURLs?.some(
    (url) => url === ALL || url === path || (url.endsWith(ALL) && path.startsWith(url.replace(/\*+$/, ''))),
  ) === true;

/** Whether one rule allows what is asked. */
export function ruleAllows(rule: PolicyRule, attributes: Attributes): boolean {
  if (!has(rule.verbs, attributes.verb)) return false;
  if (isPath(attributes)) return pathMatches(rule, attributes.path);
  const { group, resource, subresource, name } = attributes;
  return (
    has(rule.apiGroups, group) && resourceMatches(rule, resource, subresource) && nameMatches(rule, name)
  );
}

/** @param namespace of the binding, which a service account of no namespace is in */
export function subjectMeans(subject: Readonly<ISubject>, user: UserInfo, namespace: string): boolean {
  switch (subject.kind) {
    case 'User':
      return user.username === subject.name;
    case 'Group':
      return user.groups.includes(subject.name);
    case 'ServiceAccount': {
      const of = subject.namespace || namespace;
      return of !== '' && user.username === accountUser(of, subject.name);
    }
    default:
      return false;
  }
}

/**
 * A rule broken down into those of one verb, one group, one resource and at most one name: what is held
 * against what somebody has. Models BreakdownRule of
 * staging/src/k8s.io/component-helpers/auth/rbac/validation/policy_comparator.go.
 */
function brokenDown(rule: PolicyRule): PolicyRule[] {
  const out: PolicyRule[] = [];
  const { apiGroups = [], resources = [], verbs, resourceNames = [], nonResourceURLs = [] } = rule;
  for (const group of apiGroups)
    for (const resource of resources)
      for (const verb of verbs) {
        const one = { apiGroups: [group], resources: [resource], verbs: [verb] };
        if (resourceNames.length === 0) out.push(one);
        else for (const name of resourceNames) out.push({ ...one, resourceNames: [name] });
      }
  for (const url of nonResourceURLs)
    for (const verb of verbs) out.push({ nonResourceURLs: [url], verbs: [verb] });
  return out;
}

const covers = (owned: readonly string[] | undefined, wanted: readonly string[] | undefined): boolean =>
  owned?.includes(ALL) === true || (wanted ?? []).every((one) => owned?.includes(one) === true);

const coversResources = (owned: readonly string[] = [], wanted: readonly string[] = []): boolean =>
  owned.includes(ALL) ||
  wanted.every((one) => {
    if (owned.includes(one)) return true;
    const slash = one.indexOf('/');
    return slash >= 0 && owned.includes(`*/${one.slice(slash + 1)}`);
  });

const coversUrls = (owned: readonly string[] = [], wanted: readonly string[] = []): boolean =>
  wanted.every((url) =>
    owned.some((o) => o === url || (o.endsWith(ALL) && url.startsWith(o.replace(/\*+$/, '')))),
  );

/** Of a rule that is broken down: whether another rule allows it all. */
function ruleCovers(owner: PolicyRule, wanted: PolicyRule): boolean {
  const { resourceNames: owned = [] } = owner;
  const { resourceNames: named = [] } = wanted;
  return (
    covers(owner.verbs, wanted.verbs) &&
    covers(owner.apiGroups ?? [], wanted.apiGroups) &&
    coversResources(owner.resources, wanted.resources) &&
    coversUrls(owner.nonResourceURLs, wanted.nonResourceURLs) &&
    (named.length === 0 ? owned.length === 0 : owned.length === 0 || named.every((n) => owned.includes(n)))
  );
}

/**
 * What of the wanted rules somebody does not have, as few rules as possible. Models Covers of the same file.
 */
export const missingRules = (owned: readonly PolicyRule[], wanted: readonly PolicyRule[]): PolicyRule[] =>
  compacted(uncoveredRules(owned, wanted));

/** As `missingRules`, each of one verb, one resource and one name. */
export const uncoveredRules = (owned: readonly PolicyRule[], wanted: readonly PolicyRule[]): PolicyRule[] =>
  wanted.flatMap(brokenDown).filter((rule) => !owned.some((own) => ruleCovers(own, rule)));

/** Rules that differ in their verbs alone are one. Models CompactRules of pkg/registry/rbac/validation. */
export function compacted(rules: readonly PolicyRule[]): PolicyRule[] {
  const simple = new Map<string, { rule: PolicyRule; verbs: string[] }>();
  const out: (PolicyRule | { rule: PolicyRule; verbs: string[] })[] = [];
  for (const rule of rules) {
    const { apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] } = rule;
    if (
      apiGroups.length !== 1 ||
      resources.length !== 1 ||
      resourceNames.length > 1 ||
      nonResourceURLs.length > 0
    ) {
      out.push(rule);
      continue;
    }
    const key = JSON.stringify([apiGroups[0], resources[0], resourceNames]);
    const known = simple.get(key);
    if (known === undefined) {
      const kept = { rule, verbs: [...rule.verbs] };
      simple.set(key, kept);
      out.push(kept);
    } else for (const verb of rule.verbs) if (!known.verbs.includes(verb)) known.verbs.push(verb);
  }
  return out.map((one) => ('rule' in one ? { ...one.rule, verbs: one.verbs } : one));
}

const listed = (list: readonly string[]): string => `[${list.map((one) => JSON.stringify(one)).join(' ')}]`;

/**
 * `{APIGroups:["apps"], Resources:["deployments"], Verbs:["get" "list"]}`: CompactString of
 * pkg/apis/rbac/v1.
 */
export function ruleText(rule: PolicyRule): string {
  const parts: string[] = [];
  const { apiGroups = [], nonResourceURLs = [], resources = [], resourceNames = [], verbs } = rule;
  if (apiGroups.length > 0) parts.push(`APIGroups:${listed(apiGroups)}`);
  if (resources.length > 0) parts.push(`Resources:${listed(resources)}`);
  if (nonResourceURLs.length > 0) parts.push(`NonResourceURLs:${listed(nonResourceURLs)}`);
  if (resourceNames.length > 0) parts.push(`ResourceNames:${listed(resourceNames)}`);
  if (verbs.length > 0) parts.push(`Verbs:${listed(verbs)}`);
  return `{${parts.join(', ')}}`;
}
