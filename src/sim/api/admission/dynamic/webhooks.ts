/**
 * MutatingAdmissionWebhook and ValidatingAdmissionWebhook, where there are configurations. Models
 * staging/src/k8s.io/apiserver/pkg/admission/plugin/webhook/{generic,mutating,validating,errors}. A webhook
 * that keeps the API server waiting costs the request its time-out's outcome, and no virtual time.
 */
import type { IMutatingWebhook } from 'kubernetes-models/admissionregistration.k8s.io/v1';
import { deepEqual } from '../../equal.ts';
import { ApiError, badRequest, forbidden } from '../../errors.ts';
import { jsonPatch } from '../../merge/jsonpatch.ts';
import type { WebhookConfiguration } from '../../resources/webhooks.ts';
import type { KubeObject } from '../../types.ts';
import type { AdmissionRequest } from '../types.ts';
import { decoded } from './decoded.ts';
import { fitsWebhook, isExempt } from './matching.ts';
import { Reinvocation } from './reinvocation.ts';
import { compileCondition, conditionsOf, variablesOf } from './variables.ts';
import type { WebhookAnswer, WebhookRefusal } from './webhookcall.ts';

const GROUP = 'admissionregistration.k8s.io';
const VALIDATING = `validatingwebhookconfigurations.${GROUP}`;
const MUTATING = `mutatingwebhookconfigurations.${GROUP}`;

interface Hook {
  readonly uid: string;
  readonly hook: IMutatingWebhook;
}

/** Those of all configurations, by the configurations' names and in their order within each. */
function* hooksOf(resource: string, request: AdmissionRequest): Iterable<Hook> {
  const all = [...request.view.list(resource)] as WebhookConfiguration[];
  all.sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  for (const { metadata, webhooks = [] } of all)
    for (const hook of webhooks) yield { uid: `${metadata.name}/${hook.name}`, hook };
}

/** Whether the webhook is to be asked. @throws ApiError where nobody can tell and it fails closed */
function isAsked(hook: IMutatingWebhook, request: AdmissionRequest): boolean {
  if (!fitsWebhook(hook, request)) return false;
  const { matchConditions = [] } = hook;
  if (matchConditions.length === 0) return true;
  const met = conditionsOf(matchConditions, compileCondition, variablesOf(request));
  if (typeof met === 'string') return met === 'met';
  if (hook.failurePolicy === 'Ignore') return false;
  const { plural, group } = request.definition;
  throw forbidden(plural, group, request.name, met.error);
}

/** ToStatusErr: its message, or else its reason. */
function refusal(name: string, { message, reason }: WebhookRefusal): ApiError {
  const denied = `admission webhook "${name}" denied the request`;
  const why = message !== '' || reason === 'Unknown' ? message : reason;
  return new ApiError(reason, why === '' ? `${denied} without explanation` : `${denied}: ${why}`);
}

/**
 * Asks a webhook; undefined where it did not answer and that is passed over.
 * @throws ApiError where it refuses, or does not answer and fails closed
 */
function ask(hook: IMutatingWebhook, request: AdmissionRequest): WebhookAnswer | undefined {
  const { name, sideEffects, clientConfig, failurePolicy, timeoutSeconds = 10 } = hook;
  if (request.dryRun === true && sideEffects !== 'None' && sideEffects !== 'NoneOnDryRun')
    throw badRequest(`admission webhook "${name}" does not support dry run`);
  const reply = request.view.callWebhook({
    name,
    client: clientConfig,
    timeoutMs: timeoutSeconds * 1000,
    request,
  });
  if ('failed' in reply) {
    if (failurePolicy === 'Ignore' || request.config.planted === 'webhook-failure-ignored') return undefined;
    throw new ApiError(
      'InternalError',
      `Internal error occurred: failed calling webhook "${name}": failed to call webhook: ${reply.failed}`,
    );
  }
  for (const warning of reply.warnings) request.warn?.(warning);
  if (reply.refused !== undefined) throw refusal(name, reply.refused);
  return reply;
}

/** @throws ApiError where the patch does not fit, or there is nothing to be patched (as of a DELETE) */
function patched(
  name: string,
  object: KubeObject | undefined,
  { patch }: WebhookAnswer,
  { definition, operation }: AdmissionRequest,
): KubeObject | undefined {
  if (patch.length === 0) return object;
  const internal = (why: string): ApiError =>
    new ApiError('InternalError', `Internal error occurred: ${why}`);
  if (object === undefined)
    throw internal(
      `admission webhook "${name}" attempted to modify the object, which is not supported for this operation`,
    );
  let next: unknown;
  try {
    next = jsonPatch(object, patch);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw internal(error.details.causes?.[0]?.message ?? error.message);
  }
  return operation === 'CONNECT' ? (next as KubeObject) : decoded(definition, next, object);
}

/** The object as the webhooks leave it. @throws ApiError to refuse */
export function mutateByWebhooks(
  given: KubeObject | undefined,
  request: AdmissionRequest,
): KubeObject | undefined {
  if (isExempt(request)) return given;
  const { reinvocation = new Reinvocation() } = request;
  const { webhooks } = reinvocation;
  let object = given;
  if (reinvocation.again && !deepEqual(object, webhooks.left)) webhooks.requireAgain();
  for (const { uid, hook } of hooksOf(MUTATING, request)) {
    const seen = { ...request, object };
    if (!isAsked(hook, seen) || (reinvocation.again && !webhooks.wants(uid))) continue;
    const answer = ask(hook, seen);
    const next = answer === undefined ? object : patched(hook.name, object, answer, request);
    if (!deepEqual(next, object)) {
      webhooks.requireAgain();
      reinvocation.wanted = true;
      object = next;
    }
    if (hook.reinvocationPolicy === 'IfNeeded') webhooks.invoked(uid);
  }
  webhooks.left = object;
  return object;
}

/**
 * All that fit are asked, whatever the others say. @throws ApiError what the first of them that refuses says
 */
export function validateByWebhooks(object: KubeObject | undefined, request: AdmissionRequest): void {
  if (isExempt(request)) return;
  const seen = { ...request, object };
  const errors: ApiError[] = [];
  // Whether each is to be asked is known before any of them is.
  const asked = [...hooksOf(VALIDATING, request)].filter(({ hook }) => isAsked(hook, seen));
  for (const { hook } of asked) {
    try {
      ask(hook, seen);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0]!;
}
