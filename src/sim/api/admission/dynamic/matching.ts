/**
 * Which requests a webhook or a policy is asked about: rules, scope and selectors. Models
 * staging/src/k8s.io/apiserver/pkg/admission/plugin/webhook/predicates/{rules,namespace,object}.
 */
import type {
  IMatchResources,
  IMutatingWebhook,
  INamedRuleWithOperations,
} from 'kubernetes-models/admissionregistration.k8s.io/v1';
import { versionOf } from '../../resources/definition.ts';
import { matches, selectorOf } from '../../selector.ts';
import type { KubeObject, LabelSelector, Namespace } from '../../types.ts';
import type { AdmissionRequest } from '../types.ts';

const REGISTRATIONS = 'admissionregistration.k8s.io';

/**
 * What nothing registered is asked about, so that a bad one can be taken away again
 * (IsExemptAdmissionConfigurationResource).
 */
export const isExempt = ({ definition }: AdmissionRequest): boolean => definition.group === REGISTRATIONS;

const has = (list: readonly string[] | undefined, word: string): boolean =>
  list !== undefined && (list.includes('*') || list.includes(word));

/** A rule's entry is a resource, or one and a part of it (`pods/status`); `*` stands for any of either. */
function namesResource(list: readonly string[] | undefined, plural: string, subresource: string): boolean {
  return (list ?? []).some((entry) => {
    const [resource, part = ''] = entry.split('/') as [string, string?];
    return (resource === '*' || resource === plural) && (part === '*' || part === subresource);
  });
}

type Rule = Pick<
  INamedRuleWithOperations,
  'apiGroups' | 'apiVersions' | 'operations' | 'resources' | 'scope' | 'resourceNames'
>;

/** @param exact `matchPolicy: Exact`: other versions of the resource do not count */
function fitsRule(rule: Rule, request: AdmissionRequest, exact: boolean): boolean {
  const { definition, subresource, name } = request;
  const versions = exact
    ? [versionOf(request.apiVersion ?? definition.apiVersion)]
    : definition.versions.map((version) => version.name);
  const isNamespaced = definition.namespaced;
  const { scope = '*', resourceNames = [] } = rule;
  return (
    (scope === '*' || (scope === 'Namespaced') === isNamespaced) &&
    has(rule.apiGroups, definition.group) &&
    versions.some((version) => has(rule.apiVersions, version)) &&
    has(rule.operations, request.operation) &&
    namesResource(rule.resources, definition.plural, subresource) &&
    (resourceNames.length === 0 || resourceNames.includes(name))
  );
}

/** The namespace that a request is about: where its object is, or the object itself. */
export function namespaceOf(request: AdmissionRequest): Namespace | undefined {
  const { definition, namespace, name, object, old, view } = request;
  if (definition.resource === 'namespaces')
    return (object ?? old ?? view.find('Namespace', '', name)) as Namespace | undefined;
  return namespace === '' ? undefined : view.find('Namespace', '', namespace);
}

const isEmpty = (selector: LabelSelector | undefined): boolean =>
  Object.keys(selector?.matchLabels ?? {}).length === 0 && (selector?.matchExpressions ?? []).length === 0;

function fitsNamespace(selector: LabelSelector | undefined, request: AdmissionRequest): boolean {
  if (isEmpty(selector)) return true;
  const { definition, namespace } = request;
  // Neither a namespace nor in one: always (MatchNamespaceSelector).
  if (namespace === '' && definition.resource !== 'namespaces') return true;
  const labels = namespaceOf(request)?.metadata.labels ?? {};
  return matches(selectorOf(selector), labels);
}

/** The old object's labels count too, so that nobody gets out of a rule by taking a label away. */
function fitsObject(selector: LabelSelector | undefined, { object, old }: AdmissionRequest): boolean {
  if (isEmpty(selector)) return true;
  const parsed = selectorOf(selector);
  return [object, old].some(
    // The options of a connection have no metadata.
    (o: Partial<KubeObject> | undefined) =>
      o?.metadata !== undefined && matches(parsed, o.metadata.labels ?? {}),
  );
}

export function fitsWebhook(hook: IMutatingWebhook, request: AdmissionRequest): boolean {
  const exact = hook.matchPolicy === 'Exact';
  return (
    (hook.rules ?? []).some((rule) => fitsRule(rule, request, exact)) &&
    fitsNamespace(hook.namespaceSelector, request) &&
    fitsObject(hook.objectSelector, request)
  );
}

/** The `matchConstraints` of a policy, the `matchResources` of a binding; without rules any resource fits. */
export function fitsResources(given: IMatchResources | undefined, request: AdmissionRequest): boolean {
  if (given === undefined || given === null) return true;
  const exact = given.matchPolicy === 'Exact';
  const { resourceRules = [], excludeResourceRules = [] } = given;
  return (
    fitsNamespace(given.namespaceSelector, request) &&
    fitsObject(given.objectSelector, request) &&
    !excludeResourceRules.some((rule) => fitsRule(rule, request, exact)) &&
    (resourceRules.length === 0 || resourceRules.some((rule) => fitsRule(rule, request, exact)))
  );
}
