/**
 * What configurations of webhooks have in common. Models pkg/apis/admissionregistration/{v1/defaults.go,
 * validation} and pkg/registry/admissionregistration.
 */
import type {
  IMutatingWebhook,
  IRuleWithOperations,
} from 'kubernetes-models/admissionregistration.k8s.io/v1';
import { checkConditions } from '../admission/dynamic/expressions.ts';
import { compileCondition } from '../admission/dynamic/variables.ts';
import { each, fill, into, intoEach, isNil } from '../defaults/fill.ts';
import { generationsOnly } from '../strategy/generation.ts';
import { ageOf } from '../table/age.ts';
import { AGE, column, created, NAME } from '../table/column.ts';
import type { KubeObject } from '../types.ts';
import { validateQualifiedDomain } from '../validation/domains.ts';
import {
  duplicate,
  invalidValue,
  problemsAt,
  required,
  unsupported,
  type Causes,
} from '../validation/field.ts';
import { eachAt, ruled } from '../validation/rules.ts';
import { validateSelector } from '../validation/selector.ts';
import { label1035Problems } from '../validation/text.ts';
import { validateWebhookClient } from '../validation/webhookclient.ts';
import { defineResource, type ResourceDefinition } from './definition.ts';

/** Of both kinds; one that validates has no reinvocationPolicy. */
export type WebhookConfiguration = KubeObject & { readonly webhooks?: IMutatingWebhook[] };

const isRepeated = (list: readonly string[]): boolean => list.length > 1 && list.includes('*');

export const withScope = <R extends IRuleWithOperations>(rule: R): R =>
  fill(rule, { scope: '*' } as Partial<R>);

/** Operations, groups, versions and resources that a rule names. */
export function validateRule(rule: IRuleWithOperations, field: string, out: Causes): void {
  const { operations = [], apiGroups = [], apiVersions = [], resources = [], scope } = rule;
  const known = ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE'];
  const list = (name: string, values: readonly string[], others: string): void => {
    if (values.length === 0) out.push(required(`${field}.${name}`));
    if (isRepeated(values))
      out.push(
        invalidValue(`${field}.${name}`, values, `if '*' is present, must not specify other ${others}`),
      );
  };
  list('operations', operations, 'operations');
  eachAt(operations, `${field}.operations`, (operation, at) => {
    if (!known.includes(operation)) out.push(unsupported(at, operation, known));
  });
  list('apiGroups', apiGroups, 'API groups');
  list('apiVersions', apiVersions, 'API versions');
  eachAt(apiVersions, `${field}.apiVersions`, (version, at) => {
    if (version === '') out.push(required(at));
  });
  if (resources.length === 0) out.push(required(`${field}.resources`));
  eachAt(resources, `${field}.resources`, (resource, at) => {
    if (resource === '') out.push(required(at));
  });
  if (resources.length > 1 && resources.includes('*/*'))
    out.push(
      invalidValue(`${field}.resources`, resources, "if '*/*' is present, must not specify other resources"),
    );
  if (resources.includes('*') && resources.some((r) => r !== '*' && !r.includes('/')))
    out.push(
      invalidValue(
        `${field}.resources`,
        resources,
        "if '*' is present, must not specify other resources without subresources",
      ),
    );
  const scopes = ['*', 'Cluster', 'Namespaced'];
  if (!isNil(scope) && !scopes.includes(scope)) out.push(unsupported(`${field}.scope`, scope, scopes));
}

/** @param words for a value that must be one of them, where it is set */
export function optional(
  value: string | undefined,
  words: readonly string[],
  field: string,
  out: Causes,
): void {
  if (!isNil(value) && !words.includes(value)) out.push(unsupported(field, value, words));
}

function validateWebhook(hook: IMutatingWebhook, field: string, out: Causes): void {
  validateQualifiedDomain(hook.name, `${field}.name`, out);
  eachAt(hook.rules, `${field}.rules`, (rule, at) => validateRule(rule, at, out));
  optional(hook.failurePolicy, ['Fail', 'Ignore'], `${field}.failurePolicy`, out);
  optional(hook.matchPolicy, ['Equivalent', 'Exact'], `${field}.matchPolicy`, out);
  const sideEffects = ['None', 'NoneOnDryRun'];
  if (isNil(hook.sideEffects))
    out.push(required(`${field}.sideEffects`, `must specify one of ${sideEffects.join(', ')}`));
  else optional(hook.sideEffects, sideEffects, `${field}.sideEffects`, out);
  const { timeoutSeconds: timeout } = hook;
  if (!isNil(timeout) && (timeout > 30 || timeout < 1))
    out.push(
      invalidValue(`${field}.timeoutSeconds`, timeout, 'the timeout value must be between 1 and 30 seconds'),
    );
  validateSelector(hook.namespaceSelector, `${field}.namespaceSelector`, out);
  validateSelector(hook.objectSelector, `${field}.objectSelector`, out);
  checkConditions(hook.matchConditions, compileCondition, `${field}.matchConditions`, out);
  optional(hook.reinvocationPolicy, ['IfNeeded', 'Never'], `${field}.reinvocationPolicy`, out);
  validateWebhookClient(hook.clientConfig ?? {}, `${field}.clientConfig`, out);
  validateReviewVersions(hook.admissionReviewVersions ?? [], `${field}.admissionReviewVersions`, out);
}

function validateReviewVersions(versions: readonly string[], field: string, out: Causes): void {
  const accepted = ['v1', 'v1beta1'];
  if (versions.length === 0) {
    out.push(required(field, `must specify one of ${accepted.join(', ')}`));
    return;
  }
  versions.forEach((version, i) => {
    if (versions.indexOf(version) < i) out.push(invalidValue(`${field}[${i}]`, version, 'duplicate version'));
    else problemsAt(`${field}[${i}]`, version, label1035Problems(version), out);
  });
  if (!versions.some((version) => accepted.includes(version)))
    out.push(invalidValue(field, versions, `must include at least one of ${accepted.join(', ')}`));
}

/** @param defaults of a webhook of this kind alone */
export function defineWebhooks(
  kind: string,
  defaults: Partial<IMutatingWebhook>,
): ResourceDefinition<WebhookConfiguration> {
  return defineResource<WebhookConfiguration>({
    group: 'admissionregistration.k8s.io',
    kind,
    plural: `${kind.toLowerCase()}s`,
    categories: ['api-extensions'],
    namespaced: false,
    generation: true,
    defaults: (configuration) =>
      intoEach(configuration as { webhooks: IMutatingWebhook[] } & KubeObject, 'webhooks', (given) => {
        const hook = fill(given, {
          failurePolicy: 'Fail',
          matchPolicy: 'Equivalent',
          namespaceSelector: {},
          objectSelector: {},
          timeoutSeconds: 10,
          ...defaults,
        });
        return into(
          into(hook, 'rules', (list) => each(list, withScope)),
          'clientConfig',
          (config) => into(config, 'service', (service) => fill(service, { port: 443 })),
        );
      }),
    strategy: generationsOnly((configuration) => (configuration as WebhookConfiguration).webhooks),
    validation: ruled<WebhookConfiguration>(
      ({ webhooks = [] }, out) => {
        eachAt(webhooks, 'webhooks', (hook, at) => {
          validateWebhook(hook, at, out);
          if (hook.name && webhooks.findIndex((other) => other.name === hook.name) < webhooks.indexOf(hook))
            out.push(duplicate(`${at}.name`, hook.name));
        });
      },
      { namespaced: false },
    ),
    columns: [NAME, column('Webhooks', 'integer'), AGE],
    row: (c, { now }) => [c.metadata.name, (c.webhooks ?? []).length, ageOf(created(c), now)],
  });
}
