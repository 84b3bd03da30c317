/**
 * ValidatingAdmissionPolicy, where there are policies with bindings. Models
 * staging/src/k8s.io/apiserver/pkg/admission/plugin/policy/{generic,validating}. Costs are not counted, and
 * nothing comes of what is audited: there is no audit log.
 */
import type {
  IParamKind,
  IParamRef,
  IValidatingAdmissionPolicy,
  IValidatingAdmissionPolicyBinding,
  IValidation,
} from 'kubernetes-models/admissionregistration.k8s.io/v1';
import type { Compiler } from '../../cel/environment.ts';
import { celOf } from '../../cel/values.ts';
import { ApiError, forbidden, type StatusReason } from '../../errors.ts';
import type { ResourceDefinition } from '../../resources/definition.ts';
import { matches, selectorOf } from '../../selector.ts';
import type { KubeObject } from '../../types.ts';
import type { AdmissionRequest } from '../types.ts';
import { policyCompiler } from './expressions.ts';
import { fitsResources, isExempt } from './matching.ts';
import { computed, conditionsOf, evaluated, lazily, variablesOf } from './variables.ts';

const GROUP = 'admissionregistration.k8s.io';
const LONGEST_MESSAGE = 5 * 1024;

export type WithSpec<T extends { spec?: object }> = KubeObject & { readonly spec: NonNullable<T['spec']> };
type Policy = WithSpec<IValidatingAdmissionPolicy>;
type Binding = WithSpec<IValidatingAdmissionPolicyBinding>;

/** What stands in the way of asking a policy at all: something about itself, or about its binding. */
export class Misconfigured extends Error {
  readonly of: 'policy' | 'binding';

  constructor(of: 'policy' | 'binding', why: string) {
    super(`failed to configure ${of}: ${why}`);
    this.of = of;
  }
}

interface WithParamKind {
  readonly paramKind?: IParamKind;
}

/** The definition of the kind of a policy's parameters. @throws Misconfigured where nobody serves it */
export function knownParamKind(
  { paramKind }: WithParamKind,
  { view }: AdmissionRequest,
): ResourceDefinition | undefined {
  if (!paramKind) return undefined;
  const { apiVersion = '', kind = '' } = paramKind;
  const definition = view.resources.of({ apiVersion, kind } as KubeObject);
  if (definition === undefined)
    throw new Misconfigured(
      'policy',
      `failed to find resource referenced by paramKind: '${apiVersion}, Kind=${kind}'`,
    );
  return definition;
}

/**
 * The objects that a binding names as parameters; `[undefined]`: it is asked without any (CollectParams).
 * @throws Misconfigured
 */
export function paramsOf(
  spec: WithParamKind,
  paramRef: IParamRef | undefined,
  request: AdmissionRequest,
): (KubeObject | undefined)[] {
  const definition = knownParamKind(spec, request);
  if (definition === undefined || !paramRef) return [undefined];
  const wrong = (why: string): Misconfigured => new Misconfigured('binding', why);
  // A Namespace counts as being in itself (handlers/create.go).
  const own = request.definition.resource === 'namespaces' ? request.name : request.namespace;
  const namespace = definition.namespaced ? paramRef.namespace || own : '';
  if (!definition.namespaced && paramRef.namespace)
    throw wrong('paramRef.namespace must not be provided for a cluster-scoped `paramKind`');
  if (definition.namespaced && namespace === '')
    throw wrong('cannot use namespaced paramRef in policy binding that matches cluster-scoped resources');
  const found = named(paramRef, definition.resource, namespace, request);
  if (found.length === 0 && paramRef.parameterNotFoundAction !== 'Allow')
    throw wrong('no params found for policy binding with `Deny` parameterNotFoundAction');
  return found;
}

function named(
  { name, selector }: IParamRef,
  resource: string,
  namespace: string,
  { view }: AdmissionRequest,
): KubeObject[] {
  if (name) {
    const found: KubeObject | undefined = view.find(resource, namespace, name);
    return found === undefined ? [] : [found];
  }
  const parsed = selectorOf(selector);
  return [...view.list(resource, namespace || undefined)].filter((o) =>
    matches(parsed, o.metadata.labels ?? {}),
  ) as KubeObject[];
}

interface NamedExpression {
  readonly name: string;
  readonly expression: string;
}

interface Denied {
  readonly message: string;
  readonly reason: string | undefined;
}

/** A text that may stand for a message: one line, and not too long. */
function messageOf(validation: IValidation, compiler: Compiler, variables: Record<string, unknown>): string {
  const { expression, message, messageExpression } = validation;
  if (messageExpression) {
    const said = evaluated(compiler(messageExpression), messageExpression, variables);
    const text = 'value' in said && typeof said.value === 'string' ? said.value.trim() : '';
    if (text !== '' && !text.includes('\n') && text.length <= LONGEST_MESSAGE) return text;
  }
  return message?.trim() || `failed expression: ${expression.trim()}`;
}

/** What the expressions of a policy see. */
export function policyVariables(
  spec: { readonly paramKind?: IParamKind; readonly variables?: readonly NamedExpression[] },
  params: KubeObject | undefined,
  request: AdmissionRequest,
): Record<string, unknown> {
  const seen = variablesOf(request);
  lazily(seen, 'params', () => celOf(params));
  seen['variables'] = variablesBy(spec.variables ?? [], policyCompiler(spec), seen);
  return seen;
}

/** What a policy has against a request, with one object of parameters. */
function denials(policy: Policy, params: KubeObject | undefined, request: AdmissionRequest): Denied[] {
  const { spec } = policy;
  const compiler = policyCompiler(spec);
  const failsOpen = spec.failurePolicy === 'Ignore';
  const variables = policyVariables(spec, params, request);
  const failed = (message: string): Denied[] => (failsOpen ? [] : [{ message, reason: undefined }]);
  const met = conditionsOf(spec.matchConditions ?? [], compiler, variables);
  if (met === 'unmet') return [];
  if (met !== 'met') return failed(met.error);
  return (spec.validations ?? []).flatMap((validation) => {
    const { expression, reason } = validation;
    const result = evaluated(compiler(expression), expression, variables);
    if ('error' in result) return failed(result.error);
    if (result.value === true) return [];
    return [{ message: messageOf(validation, compiler, variables), reason }];
  });
}

/** The variables of a policy, each made of those before it when it is first asked for. */
function variablesBy(
  given: readonly NamedExpression[],
  compiler: Compiler,
  others: Readonly<Record<string, unknown>>,
): object {
  const made = {};
  for (const { name, expression } of given)
    lazily(made, name, () => {
      const result = computed(compiler(expression), others);
      if ('error' in result)
        throw new Error(`composited variable "${name}" fails to evaluate: ${result.error}`);
      return result.value;
    });
  return made;
}

export const byName = <T extends KubeObject>(objects: Iterable<KubeObject>): T[] =>
  ([...objects] as T[]).sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));

/** @throws ApiError what the first policy says that denies */
export function validateByPolicies(object: KubeObject | undefined, given: AdmissionRequest): void {
  if (isExempt(given)) return;
  const request = { ...given, object };
  const { view, definition, name } = request;
  const bindings = byName<Binding>(view.list(`validatingadmissionpolicybindings.${GROUP}`));
  let refusal: ApiError | undefined;
  const deny = (who: string, { message, reason = 'Invalid' }: Denied): void => {
    const told = `ValidatingAdmissionPolicy ${who} denied request: ${message}`;
    const { message: whole, details } = forbidden(definition.plural, definition.group, name, told);
    refusal ??= new ApiError(reason as StatusReason, whole, {
      ...details,
      causes: [{ field: '', reason: '', message: told }],
    });
  };
  for (const policy of byName<Policy>(view.list(`validatingadmissionpolicies.${GROUP}`))) {
    if (!fitsResources(policy.spec.matchConstraints, request)) continue;
    const called = `'${policy.metadata.name}'`;
    for (const binding of bindings) {
      if (binding.spec.policyName !== policy.metadata.name) continue;
      const who = `${called} with binding '${binding.metadata.name}'`;
      const actions = binding.spec.validationActions ?? [];
      try {
        const { paramRef, matchResources } = binding.spec;
        knownParamKind(policy.spec, request);
        if (!fitsResources(matchResources, request)) continue;
        for (const params of paramsOf(policy.spec, paramRef, request))
          for (const denied of denials(policy, params, request)) {
            if (actions.includes('Warn'))
              request.warn?.(`Validation failed for ValidatingAdmissionPolicy ${who}: ${denied.message}`);
            if (actions.includes('Deny') && request.config.planted !== 'policy-denies-nothing')
              deny(who, denied);
          }
      } catch (error) {
        if (!(error instanceof Misconfigured)) throw error;
        // Whatever the binding's actions are.
        if (policy.spec.failurePolicy !== 'Ignore')
          deny(error.of === 'policy' ? called : who, { message: error.message, reason: undefined });
      }
    }
  }
  if (refusal !== undefined) throw refusal;
}
