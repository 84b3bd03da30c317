/**
 * What admission policies and their bindings have in common. Models
 * pkg/apis/admissionregistration/{v1/defaults.go, validation} and pkg/registry/admissionregistration.
 */
import type {
  IMatchResources,
  IMutatingAdmissionPolicy,
  IMutatingAdmissionPolicyBinding,
  IParamKind,
  IParamRef,
} from 'kubernetes-models/admissionregistration.k8s.io/v1';
import { checkConditions, checkExpression, policyCompiler } from '../admission/dynamic/expressions.ts';
import { fill, into, intoEach, isNil } from '../defaults/fill.ts';
import { generations, generationsOnly } from '../strategy/generation.ts';
import { ageOf } from '../table/age.ts';
import { AGE, column, created, NAME } from '../table/column.ts';
import type { Modelled } from '../types.ts';
import { forbidden, oneOf, required, type Causes } from '../validation/field.ts';
import { eachAt, ruled } from '../validation/rules.ts';
import { validateSelector } from '../validation/selector.ts';
import { defineResource, type ResourceDefinition } from './definition.ts';
import { optional, validateRule, withScope } from './webhooks.ts';

export type Policy = Modelled<IMutatingAdmissionPolicy>;
export type Binding = Modelled<IMutatingAdmissionPolicyBinding>;

const defaultMatch = (match: IMatchResources): IMatchResources =>
  intoEach(
    intoEach(
      fill(match, { matchPolicy: 'Equivalent', namespaceSelector: {}, objectSelector: {} }),
      'resourceRules',
      withScope,
    ),
    'excludeResourceRules',
    withScope,
  );

function validateMatch(match: IMatchResources, field: string, out: Causes): void {
  optional(match.matchPolicy, ['Equivalent', 'Exact'], `${field}.matchPolicy`, out);
  validateSelector(match.namespaceSelector, `${field}.namespaceSelector`, out);
  validateSelector(match.objectSelector, `${field}.objectSelector`, out);
  for (const list of ['resourceRules', 'excludeResourceRules'] as const)
    eachAt(match[list], `${field}.${list}`, (rule, at) => validateRule(rule, at, out));
}

function validateParamKind({ apiVersion, kind }: IParamKind, out: Causes): void {
  if (!apiVersion) out.push(required('spec.paramKind.apiVersion'));
  if (!kind) out.push(required('spec.paramKind.kind'));
}

function validateParamRef({ name, selector, parameterNotFoundAction: action }: IParamRef, out: Causes): void {
  const field = 'spec.paramRef';
  if (name && !isNil(selector))
    out.push(forbidden(`${field}.name`, 'name and selector are mutually exclusive'));
  else if (!name && isNil(selector)) out.push(required(field, 'one of name or selector must be specified'));
  validateSelector(selector, `${field}.selector`, out);
  oneOf(action, ['Allow', 'Deny'], `${field}.parameterNotFoundAction`, out);
}

/** @param does `validations`, `mutations`: what the policy lists */
export function definePolicy(
  kind: string,
  does: string,
  countOf: (policy: Policy) => number,
  check: (policy: Policy, out: Causes) => void,
  status: object | undefined,
): ResourceDefinition<Policy> {
  return defineResource<Policy>({
    group: 'admissionregistration.k8s.io',
    kind,
    plural: kind.toLowerCase().replace(/y$/, 'ies'),
    categories: ['api-extensions'],
    namespaced: false,
    subresources: { status: status !== undefined },
    generation: true,
    defaults: (policy) =>
      into(fill(policy, { spec: {} }), 'spec', (spec) =>
        into(fill(spec, { failurePolicy: 'Fail' }), 'matchConstraints', defaultMatch as never),
      ),
    strategy: status === undefined ? generationsOnly() : generations(status),
    validation: ruled<Policy>(
      (policy, out) => {
        const { failurePolicy, paramKind, matchConstraints } = policy.spec;
        oneOf(failurePolicy, ['Fail', 'Ignore'], 'spec.failurePolicy', out);
        if (!isNil(paramKind)) validateParamKind(paramKind, out);
        if (isNil(matchConstraints)) out.push(required('spec.matchConstraints'));
        else {
          validateMatch(matchConstraints, 'spec.matchConstraints', out);
          if ((matchConstraints.resourceRules ?? []).length === 0)
            out.push(required('spec.matchConstraints.resourceRules'));
        }
        const compiler = policyCompiler(policy.spec);
        eachAt(policy.spec.variables, 'spec.variables', ({ expression }, at) =>
          checkExpression(expression, compiler, undefined, `${at}.expression`, out),
        );
        checkConditions(policy.spec.matchConditions, compiler, 'spec.matchConditions', out);
        check(policy, out);
      },
      { namespaced: false },
    ),
    columns: [NAME, column(does, 'integer'), column('ParamKind'), AGE],
    row: (p, { now }) => {
      const { paramKind } = p.spec;
      return [
        p.metadata.name,
        countOf(p),
        isNil(paramKind) ? '<unset>' : `${paramKind.apiVersion ?? ''}/${paramKind.kind ?? ''}`,
        ageOf(created(p), now),
      ];
    },
  });
}

function refText(ref: IParamRef | undefined): string {
  if (isNil(ref)) return '<unset>';
  if (ref.name) return ref.namespace ? `${ref.namespace}/${ref.name}` : ref.name;
  return ref.selector === undefined ? '<unset>' : 'selector';
}

export function definePolicyBinding(
  kind: string,
  check: (binding: Binding, out: Causes) => void,
): ResourceDefinition<Binding> {
  return defineResource<Binding>({
    group: 'admissionregistration.k8s.io',
    kind,
    plural: `${kind.toLowerCase()}s`,
    categories: ['api-extensions'],
    namespaced: false,
    generation: true,
    defaults: (binding) =>
      into(fill(binding, { spec: {} }), 'spec', (spec) =>
        into(spec, 'matchResources', defaultMatch as never),
      ),
    strategy: generationsOnly(),
    validation: ruled<Binding>(
      (binding, out) => {
        const { policyName, paramRef, matchResources } = binding.spec;
        if (!policyName) out.push(required('spec.policyName'));
        if (!isNil(paramRef)) validateParamRef(paramRef, out);
        if (!isNil(matchResources)) validateMatch(matchResources, 'spec.matchResources', out);
        check(binding, out);
      },
      { namespaced: false },
    ),
    columns: [NAME, column('PolicyName'), column('ParamRef'), AGE],
    row: (b, { now }) => [
      b.metadata.name,
      b.spec.policyName ?? '',
      refText(b.spec.paramRef),
      ageOf(created(b), now),
    ],
  });
}
