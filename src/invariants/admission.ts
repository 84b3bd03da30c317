/** What guards creations promises: what it refuses, or cannot be asked about, is not there. */
import type {
  IMutatingWebhook,
  IValidatingAdmissionPolicy,
} from 'kubernetes-models/admissionregistration.k8s.io/v1';
import { compileCondition, evaluated } from '../sim/api/admission/dynamic/variables.ts';
import { celOf } from '../sim/api/cel/values.ts';
import type { WebhookConfiguration } from '../sim/api/resources/webhooks.ts';
import type { KubeObject, Pod } from '../sim/api/types.ts';
import type { ApiChange, HistoryEntry } from '../sim/kernel/history.ts';
import { defineInvariant, named, told, titled } from './define.ts';
import type { InvariantView, Violation } from './types.ts';

/** What the API server writes without asking anybody. */
const UNASKED = ['events', 'leases.coordination.k8s.io'];

/** An object that came; undefined: the entry is something else, or of what nobody is asked about. */
function creationOf(entry: HistoryEntry): ApiChange | undefined {
  if (entry.type !== 'api' || entry.before !== undefined || UNASKED.includes(entry.resource))
    return undefined;
  return entry.resource.endsWith('.admissionregistration.k8s.io') ? undefined : entry;
}

type Rules = NonNullable<IMutatingWebhook['rules']>;

const has = (list: readonly string[] | undefined, word: string): boolean =>
  list?.some((entry) => entry === '*' || entry === word) === true;

/** Whether rules name the creation of a resource; `pods.guard` of a group is `pods` in the group `guard`. */
function nameCreation(rules: Rules | undefined, resource: string): boolean {
  const dot = resource.indexOf('.');
  const [plural, group] = dot < 0 ? [resource, ''] : [resource.slice(0, dot), resource.slice(dot + 1)];
  return (rules ?? []).some(
    (rule) =>
      has(rule.operations, 'CREATE') &&
      has(rule.apiGroups, group) &&
      has(rule.resources, plural) &&
      (rule.scope ?? '*') === '*',
  );
}

const isEmpty = (selector: object | undefined): boolean => Object.keys(selector ?? {}).length === 0;

const CONFIGURATIONS = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'] as const;

export const webhooksObeyed = defineInvariant<string[]>({
  name: 'webhooks-obeyed',
  asks: 'api',
  about: 'Nothing is created that a webhook is to be asked about which is down, and fails closed.',
  why: 'failurePolicy Fail is said so that nothing passes unseen',
  fails:
    'An object was created though a webhook without conditions or selectors, whose rules name it and whose ' +
    'failurePolicy is Fail, was down.',
  init: () => [],
  observe(entry, down, view): Violation | undefined {
    if (entry.type === 'world' && entry.key === 'webhookDown') down.push(String(entry.args['webhook']));
    if (entry.type === 'world' && entry.key === 'webhookUp') {
      const at = down.indexOf(String(entry.args['webhook']));
      if (at >= 0) down.splice(at, 1);
    }
    const created = down.length === 0 ? undefined : creationOf(entry);
    if (created === undefined) return undefined;
    for (const kind of CONFIGURATIONS)
      for (const { webhooks = [] } of view.list(kind) as Iterable<unknown> as Iterable<WebhookConfiguration>)
        for (const hook of webhooks as readonly IMutatingWebhook[]) {
          const {
            name,
            failurePolicy,
            matchConditions = [],
            namespaceSelector,
            objectSelector,
            rules,
          } = hook;
          if (!down.includes(name) || failurePolicy === 'Ignore' || matchConditions.length > 0) continue;
          if (!isEmpty(namespaceSelector) || !isEmpty(objectSelector)) continue;
          if (!nameCreation(rules, created.resource)) continue;
          const object = created.after as KubeObject;
          const message = told('brokenWebhookPassed', { object: titled(object), webhook: name });
          return { message, objects: [object], entry: entry.id };
        }
    return undefined;
  },
});

const ENFORCE = 'pod-security.kubernetes.io/enforce';

/** What `baseline` and `restricted` forbid alike, of what can be told at a glance. */
function forbiddenIn({ spec }: Pod): string | undefined {
  for (const field of ['hostNetwork', 'hostPID', 'hostIPC'] as const) if (spec[field] === true) return field;
  if (spec.volumes?.some((volume) => volume.hostPath) === true) return 'hostPath';
  const containers = [...(spec.initContainers ?? []), ...spec.containers];
  return containers.some((c) => c.securityContext?.privileged === true) ? 'privileged' : undefined;
}

export const podSecurityHeld = defineInvariant<null>({
  name: 'pod-security-held',
  asks: 'api',
  about:
    'No Pod is created in a namespace that enforces baseline or restricted whose containers are ' +
    'privileged, or that uses the namespaces or paths of its host.',
  why: 'whoever may make such a Pod has the node',
  fails:
    'A Pod of that sort was created in a namespace that had the label. Exemptions that the API server is ' +
    'set to are held against it.',
  init: () => null,
  observe(entry, _state, view): Violation | undefined {
    const created = creationOf(entry);
    if (created?.resource !== 'pods') return undefined;
    const level = view.find('Namespace', '', created.namespace)?.metadata.labels?.[ENFORCE];
    if (level !== 'baseline' && level !== 'restricted') return undefined;
    const pod = created.after as Pod;
    const field = forbiddenIn(pod);
    if (field === undefined) return undefined;
    const message = told('brokenPodSecurity', {
      pod: named(pod),
      namespace: created.namespace,
      level,
      field,
    });
    return { message, objects: [pod], entry: entry.id };
  },
});

type Policy = KubeObject & { readonly spec: NonNullable<IValidatingAdmissionPolicy['spec']> };
interface PolicyBinding {
  readonly spec: {
    readonly policyName?: string;
    readonly validationActions?: readonly string[];
    readonly matchResources?: object;
  };
}

/** Policies that speak of the object alone, and of all of a resource. */
const isPlain = ({ spec }: Policy): boolean =>
  !spec.paramKind &&
  (spec.matchConditions ?? []).length === 0 &&
  (spec.variables ?? []).length === 0 &&
  isEmpty(spec.matchConstraints?.namespaceSelector) &&
  isEmpty(spec.matchConstraints?.objectSelector) &&
  (spec.matchConstraints?.excludeResourceRules ?? []).length === 0;

function isDenying({ metadata }: Policy, view: InvariantView): boolean {
  for (const { spec } of view.list(
    'ValidatingAdmissionPolicyBinding',
  ) as Iterable<unknown> as Iterable<PolicyBinding>)
    if (
      spec.policyName === metadata.name &&
      spec.validationActions?.includes('Deny') === true &&
      isEmpty(spec.matchResources)
    )
      return true;
  return false;
}

export const policiesHeld = defineInvariant<null>({
  name: 'policies-held',
  asks: 'api',
  about: 'Nothing is created of which an expression of a ValidatingAdmissionPolicy that denies is false.',
  why: 'a policy that lets pass what it is against is none',
  fails:
    'An object was created of which a policy without parameters, conditions, variables or selectors said ' +
    'false, and a binding of it says Deny.',
  init: () => null,
  observe(entry, _state, view): Violation | undefined {
    const created = creationOf(entry);
    if (created === undefined) return undefined;
    const policies = view.list('ValidatingAdmissionPolicy') as Iterable<unknown> as Iterable<Policy>;
    for (const policy of policies) {
      const { matchConstraints, validations = [] } = policy.spec;
      if (!nameCreation(matchConstraints?.resourceRules, created.resource)) continue;
      if (!isPlain(policy) || !isDenying(policy, view)) continue;
      const object = created.after as KubeObject;
      const seen = { object: celOf(object), oldObject: null };
      for (const { expression } of validations) {
        const result = evaluated(compileCondition(expression), expression, seen);
        if ('error' in result || result.value !== false) continue;
        const policyName = policy.metadata.name;
        const message = told('brokenPolicyPassed', {
          object: titled(object),
          policy: policyName,
          expression,
        });
        return { message, objects: [object], entry: entry.id };
      }
    }
    return undefined;
  },
});
