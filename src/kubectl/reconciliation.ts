/**
 * What `kubectl auth reconcile` is to do about a role or a binding. Models
 * staging/src/k8s.io/component-helpers/auth/rbac/reconciliation/{reconcile_role,reconcile_rolebindings}.go.
 */
import type { ISubject } from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import { uncoveredRules, type PolicyRule } from '../sim/api/authorization/rules.ts';
import { deepEqual } from '../sim/api/equal.ts';
import type { Binding, Role } from '../sim/api/resources/rbac.ts';
import type { KubeObject } from '../sim/api/types.ts';

const GROUP = 'rbac.authorization.k8s.io';
export const AUTO_UPDATE = 'rbac.authorization.kubernetes.io/autoupdate';

type AggregationRule = { readonly aggregationRule?: { readonly clusterRoleSelectors?: readonly object[] } };

/** What is to be done about an object, and what it lacked or had too much of, as Go prints it. */
export interface Plan {
  readonly act: '' | 'create' | 'update' | 'recreate';
  readonly next: KubeObject;
  readonly isProtected: boolean;
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

const inBrackets = (list: readonly string[] | undefined): string => `[${(list ?? []).join(' ')}]`;

const ruleText = (rule: PolicyRule): string =>
  `{Verbs:${inBrackets(rule.verbs)} APIGroups:${inBrackets(rule.apiGroups)} ` +
  `Resources:${inBrackets(rule.resources)} ResourceNames:${inBrackets(rule.resourceNames)} ` +
  `NonResourceURLs:${inBrackets(rule.nonResourceURLs)}}`;

const subjectText = ({ kind, apiGroup = '', name, namespace = '' }: ISubject): string =>
  `{Kind:${kind} APIGroup:${apiGroup} Name:${name} Namespace:${namespace}}`;

/** As the API server fills it in. */
const completed = (subject: ISubject): ISubject =>
  subject.kind === 'ServiceAccount' ? subject : { ...subject, apiGroup: subject.apiGroup || GROUP };

const sameSubject = (a: ISubject, b: ISubject): boolean =>
  a.kind === b.kind && a.name === b.name && (a.namespace ?? '') === (b.namespace ?? '');

/** Labels and annotations of both; what is there already counts. */
function mergedMetadata(live: KubeObject, { metadata: { labels, annotations } }: KubeObject): KubeObject {
  return {
    ...live,
    metadata: {
      ...live.metadata,
      labels: { ...labels, ...live.metadata.labels },
      annotations: { ...annotations, ...live.metadata.annotations },
    },
  };
}

const isChanged = (next: KubeObject, live: KubeObject): boolean =>
  !deepEqual(next.metadata.labels ?? {}, live.metadata.labels ?? {}) ||
  !deepEqual(next.metadata.annotations ?? {}, live.metadata.annotations ?? {});

const selectorsOf = (role: Role & AggregationRule): readonly object[] =>
  role.aggregationRule?.clusterRoleSelectors ?? [];

const beyond = (those: readonly object[], known: readonly object[]): object[] =>
  those.filter((one) => !known.some((other) => deepEqual(one, other)));

/** @param prune takes away what is not wanted */
export function planRole(
  wanted: Role & AggregationRule,
  live: (Role & AggregationRule) | undefined,
  prune: boolean,
): Plan {
  const rules = wanted.rules ?? [];
  if (live === undefined)
    return { act: 'create', next: wanted, isProtected: false, missing: rules.map(ruleText), extra: [] };
  const merged = mergedMetadata(live, wanted) as Role & AggregationRule;
  const isAggregated = wanted.aggregationRule !== undefined;
  const had = live.rules ?? [];
  // The rules of a role that is aggregated are its controller's.
  const missing = isAggregated ? [] : uncoveredRules(had, rules);
  const extra = isAggregated ? [] : uncoveredRules(rules, had);
  const isRuled = missing.length > 0 || (prune && extra.length > 0);
  const [selectors, known] = [selectorsOf(wanted), selectorsOf(live)];
  const gained = beyond(selectors, known);
  const isSelected = gained.length > 0 || (prune && beyond(known, selectors).length > 0);
  const isSevered = !isAggregated && live.aggregationRule !== undefined;
  const { aggregationRule: _, ...severed } = merged;
  const next = {
    ...(isSevered ? severed : merged),
    ...(isSelected && isAggregated
      ? { aggregationRule: { clusterRoleSelectors: prune ? selectors : [...known, ...gained] } }
      : {}),
    ...(isRuled ? { rules: prune ? rules : [...had, ...missing] } : {}),
  };
  const isUpdated = isRuled || isSevered || (isSelected && isAggregated) || isChanged(merged, live);
  return {
    act: isUpdated ? 'update' : '',
    next: next as KubeObject,
    isProtected: live.metadata.annotations?.[AUTO_UPDATE] === 'false',
    missing: missing.map(ruleText),
    extra: extra.map(ruleText),
  };
}

/** As `planRole`, of subjects. */
export function planBinding(wanted: Binding, live: Binding | undefined, prune: boolean): Plan {
  const subjects = (wanted.subjects ?? []).map(completed);
  const whole = { ...wanted, subjects };
  if (live === undefined)
    return { act: 'create', next: whole, isProtected: false, missing: subjects.map(subjectText), extra: [] };
  const isProtected = live.metadata.annotations?.[AUTO_UPDATE] === 'false';
  const had = live.subjects ?? [];
  const lacking = (those: readonly ISubject[], from: readonly ISubject[]): ISubject[] =>
    those.filter((one) => !from.some((other) => sameSubject(one, other)));
  const { kind, name } = live.roleRef;
  if (kind !== wanted.roleRef.kind || name !== wanted.roleRef.name)
    return { act: 'recreate', next: whole, isProtected, missing: subjects.map(subjectText), extra: [] };
  const merged = mergedMetadata(live, wanted) as Binding;
  const [missing, extra] = [lacking(subjects, had), lacking(had, subjects)];
  const isPruned = prune && extra.length > 0;
  const next = isPruned ? subjects : [...had, ...missing];
  return {
    act: missing.length > 0 || isPruned || isChanged(merged, live) ? 'update' : '',
    next: { ...merged, subjects: next } as KubeObject,
    isProtected,
    missing: missing.map(subjectText),
    extra: extra.map(subjectText),
  };
}
