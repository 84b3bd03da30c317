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
import { fromCel } from '../../cel/values.ts';
import { deepEqual } from '../../equal.ts';
import { ApiError, forbidden } from '../../errors.ts';
import { applyPatch } from '../../merge/index.ts';
import { TEST_FAILED } from '../../merge/jsonpatch.ts';
import { mergesStrategically, schemaOf } from '../../resources/definition.ts';
import type { KubeObject } from '../../types.ts';
import type { AdmissionRequest } from '../types.ts';
import { decoded } from './decoded.ts';
import { policyCompiler } from './expressions.ts';
import { fitsResources, isExempt } from './matching.ts';
import {
  byName,
  knownParamKind,
  Misconfigured,
  paramsOf,
  policyVariables,
  type WithSpec,
} from './policies.ts';
import { Reinvocation } from './reinvocation.ts';
import { conditionsOf, evaluated } from './variables.ts';

const GROUP = 'admissionregistration.k8s.io';

type Policy = WithSpec<IMutatingAdmissionPolicy>;
type Binding = WithSpec<IMutatingAdmissionPolicyBinding>;

/** What keeps a mutation from being made. */
class Failed extends Error {}

interface Refusal {
  readonly reason: 'Forbidden' | 'Invalid';
  readonly message: string;
}

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
    const patched = applyPatch(type, schemaOf(definition), object, fromCel(result.value));
    return decoded(definition, patched, object);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const why = error.details.causes?.[0]?.message ?? error.message;
    if (type !== 'json') throw new Failed(why);
    // A test that fails keeps the whole patch from being applied, and nothing else.
    if (why.endsWith(TEST_FAILED)) return object;
    throw new Failed(`JSON Patch: ${why}`);
  }
}

/** One policy by one binding and with one object of parameters. */
interface Invocation {
  readonly policy: Policy;
  readonly binding: Binding;
  readonly params: KubeObject | undefined;
}

/** Those of policies and bindings that fit the object as it comes; `wrong` hears of what cannot be asked. */
function invocationsOf(
  request: AdmissionRequest,
  wrong: (policy: Policy, binding: Binding | undefined, why: string) => void,
): Invocation[] {
  const { view } = request;
  const bindings = byName<Binding>(view.list(`mutatingadmissionpolicybindings.${GROUP}`));
  const invocations: Invocation[] = [];
  for (const policy of byName<Policy>(view.list(`mutatingadmissionpolicies.${GROUP}`))) {
    if (!fitsResources(policy.spec.matchConstraints, request)) continue;
    for (const binding of bindings) {
      if (binding.spec.policyName !== policy.metadata.name) continue;
      try {
        knownParamKind(policy.spec, request);
        if (!fitsResources(binding.spec.matchResources, request)) continue;
        for (const params of paramsOf(policy.spec, binding.spec.paramRef, request))
          invocations.push({ policy, binding, params });
      } catch (error) {
        if (!(error instanceof Misconfigured)) throw error;
        wrong(policy, error.of === 'policy' ? undefined : binding, error.message);
      }
    }
  }
  return invocations;
}

/** The object as the policies leave it. @throws ApiError where one cannot be followed and fails closed */
export function mutateByPolicies(given: KubeObject, asked: AdmissionRequest): KubeObject {
  if (isExempt(asked)) return given;
  const request = { ...asked, object: given };
  const { definition, name, reinvocation = new Reinvocation() } = request;
  const { policies } = reinvocation;
  const misconfigured: Refusal[] = [];
  const failed: Refusal[] = [];
  const note =
    (into: Refusal[], reason: Refusal['reason']) =>
    (policy: Policy, binding: Binding | undefined, why: string): void => {
      if (policy.spec.failurePolicy === 'Ignore') return;
      const who = binding
        ? `policy '${policy.metadata.name}' with binding '${binding.metadata.name}'`
        : `policy "${policy.metadata.name}"`;
      into.push({ reason, message: `${who} denied request: ${why}` });
    };
  const invocations = invocationsOf(request, note(misconfigured, 'Forbidden'));
  const cannot = note(failed, 'Invalid');
  let object = given;
  let patched = false;
  if (reinvocation.again && !deepEqual(object, policies.left)) policies.requireAgain();
  for (const { policy, binding, params } of invocations) {
    const { matchConditions = [], mutations = [], reinvocationPolicy } = policy.spec;
    const variablesNow = (): Record<string, unknown> =>
      policyVariables(policy.spec, params, { ...request, object });
    const met = conditionsOf(matchConditions, policyCompiler(policy.spec), variablesNow());
    if (typeof met !== 'string') cannot(policy, binding, met.error);
    if (met !== 'met') continue;
    const { namespace = '', name: param = '' } = params?.metadata ?? {};
    const uid = `${policy.metadata.name}/${binding.metadata.name}/${namespace}/${param}`;
    if (reinvocation.again && !policies.wants(uid)) continue;
    const before = object;
    for (const mutation of mutations) {
      try {
        object = changed(object, mutation, policy, variablesNow(), request);
        patched = true;
      } catch (error) {
        // The mutations behind it are made all the same.
        if (!(error instanceof Failed)) throw error;
        cannot(policy, binding, error.message);
      }
    }
    if (!deepEqual(before, object)) {
      policies.requireAgain();
      reinvocation.wanted = true;
    }
    if (reinvocationPolicy === 'IfNeeded') policies.invoked(uid);
  }
  if (patched) {
    policies.requireAgain();
    reinvocation.wanted = true;
  }
  policies.left = object;
  const refusals = [...misconfigured, ...failed];
  const [first] = refusals;
  if (first === undefined) return object;
  const { details } = forbidden(definition.plural, definition.group, name, '');
  const causes = refusals.map(({ message }) => ({ field: '', reason: '', message }));
  throw new ApiError(first.reason, first.message, { ...details, causes });
}
