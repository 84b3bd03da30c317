/**
 * MutatingAdmissionPolicy, where there are policies with bindings. Models
 * staging/src/k8s.io/apiserver/pkg/admission/plugin/policy/mutating. An ApplyConfiguration is merged as a
 * strategic merge patch is, or, of custom resources, as a JSON merge patch.
 */
import type {
  IMutatingAdmissionPolicy,
  IMutatingAdmissionPolicyBinding,
  IMutation,
} from 'kubernetes-models/admissionregistration.k8s.io/v1';
import { applyDefaults } from '../../defaults/index.ts';
import { deepEqual } from '../../equal.ts';
import { ApiError, forbidden } from '../../errors.ts';
import { applyPatch } from '../../merge/index.ts';
import { mergesStrategically, schemaOf } from '../../resources/definition.ts';
import type { KubeObject } from '../../types.ts';
import type { AdmissionRequest } from '../types.ts';
import { policyCompiler } from './expressions.ts';
import { fitsResources, isExempt } from './matching.ts';
import { byName, Misconfigured, paramsOf, policyVariables, type WithSpec } from './policies.ts';
import { Reinvocation } from './reinvocation.ts';
import { conditionsOf, evaluated, fromCel } from './variables.ts';

const GROUP = 'admissionregistration.k8s.io';

type Policy = WithSpec<IMutatingAdmissionPolicy>;
type Binding = WithSpec<IMutatingAdmissionPolicyBinding>;

/** What keeps a mutation from being made. */
class Failed extends Error {}

function changed(
  object: KubeObject,
  { patchType, jsonPatch, applyConfiguration }: IMutation,
  policy: Policy,
  variables: Record<string, unknown>,
  { definition }: AdmissionRequest,
): KubeObject {
  const expression = (patchType === 'JSONPatch' ? jsonPatch : applyConfiguration)?.expression ?? '';
  const result = evaluated(policyCompiler(policy.spec)(expression), expression, variables);
  if ('error' in result) throw new Failed(result.error);
  const type = patchType === 'JSONPatch' ? 'json' : mergesStrategically(definition) ? 'strategic' : 'merge';
  try {
    const patched = applyPatch(type, schemaOf(definition), object, fromCel(result.value)) as KubeObject;
    return applyDefaults(definition, patched);
  } catch (error) {
    if (error instanceof ApiError) throw new Failed(error.details.causes?.[0]?.message ?? error.message);
    throw error;
  }
}

/** The object as a policy leaves it, with one object of parameters. @throws Failed */
function mutated(
  given: KubeObject,
  policy: Policy,
  params: KubeObject | undefined,
  request: AdmissionRequest,
): KubeObject {
  const { spec } = policy;
  const compiler = policyCompiler(spec);
  const variablesNow = (object: KubeObject): Record<string, unknown> =>
    policyVariables(spec, params, { ...request, object });
  const met = conditionsOf(spec.matchConditions ?? [], compiler, variablesNow(given));
  if (met === 'unmet') return given;
  if (met !== 'met') throw new Failed(met.error);
  return (spec.mutations ?? []).reduce(
    (object, mutation) => changed(object, mutation, policy, variablesNow(object), request),
    given,
  );
}

/** The object as the policies leave it. @throws ApiError where one cannot be followed and fails closed */
export function mutateByPolicies(given: KubeObject, request: AdmissionRequest): KubeObject {
  if (isExempt(request)) return given;
  const { view, definition, name, reinvocation = new Reinvocation() } = request;
  const { policies } = reinvocation;
  const bindings = byName<Binding>(view.list(`mutatingadmissionpolicybindings.${GROUP}`));
  let object = given;
  if (reinvocation.again && !deepEqual(object, policies.left)) policies.requireAgain();
  for (const policy of byName<Policy>(view.list(`mutatingadmissionpolicies.${GROUP}`))) {
    const { matchConstraints, failurePolicy, reinvocationPolicy } = policy.spec;
    for (const binding of bindings) {
      const seen = { ...request, object };
      const uid = `${policy.metadata.name}/${binding.metadata.name}`;
      if (binding.spec.policyName !== policy.metadata.name || !fitsResources(matchConstraints, seen))
        continue;
      if (!fitsResources(binding.spec.matchResources, seen)) continue;
      if (reinvocation.again && !policies.wants(uid)) continue;
      let next = object;
      try {
        for (const params of paramsOf(policy.spec, binding.spec.paramRef, seen))
          next = mutated(next, policy, params, seen);
      } catch (error) {
        if (!(error instanceof Failed || error instanceof Misconfigured)) throw error;
        if (failurePolicy === 'Ignore') continue;
        const told =
          `policy '${policy.metadata.name}' with binding '${binding.metadata.name}' denied request: ` +
          error.message;
        const { message, details } = forbidden(definition.plural, definition.group, name, told);
        const causes = [{ field: '', reason: '', message: told }];
        throw new ApiError('Invalid', message, { ...details, causes });
      }
      if (!deepEqual(next, object)) {
        policies.requireAgain();
        reinvocation.wanted = true;
        object = next;
      }
      if (reinvocationPolicy === 'IfNeeded') policies.invoked(uid);
    }
  }
  policies.left = object;
  return object;
}
