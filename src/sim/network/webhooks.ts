/**
 * How the API server reaches a webhook, and what that answers. Models
 * staging/src/k8s.io/apiserver/pkg/util/{webhook/client.go,proxy/proxy.go}: a Service is asked at its cluster
 * IP, so that it takes an endpoint that is ready. What an admission webhook nobody described does is assumed:
 * it lets everything through as it is. Of certificates counts what was said to be wrong with them.
 */
import { compileCondition, evaluated, variablesOf } from '../api/admission/dynamic/variables.ts';
import { LETS_THROUGH, type WebhookAnswer, type WebhookReply } from '../api/admission/dynamic/webhookcall.ts';
import type { AdmissionRequest, AdmissionView, ConversionCall, WebhookCall } from '../api/admission/types.ts';
import type { Service } from '../api/types.ts';
import type { Millis } from '../kernel/types.ts';
import { sandboxesNamed } from '../node/addresses.ts';
import { programOf } from '../node/images.ts';
import {
  CERTIFICATE_PROBLEMS,
  webhooksIn,
  type ConversionBehaviour,
  type WebhookBehaviour,
} from '../node/webhooks.ts';
import { containersOf, type ImageBehaviour, type World } from '../node/world.ts';
import { request } from './request.ts';
import type { NetworkEnv } from './types.ts';

const NOTHING: WebhookBehaviour = {};
const DEADLINE = 'context deadline exceeded';
const UNTRUSTED = 'tls: failed to verify certificate: x509: certificate signed by unknown authority';

/**
 * `failed`: what the client's HTTP library says of a request that came to nothing; `answered`: what the
 * client says of an answer that is an error.
 */
export type Reach =
  | { readonly failed: string }
  | { readonly answered: string }
  | { readonly afterMs: Millis; readonly pod?: string };

/** What is asked, whatever for. */
interface Asked {
  readonly name: string;
  readonly client: ConversionCall['client'];
  readonly timeoutMs: Millis;
  readonly view: Pick<AdmissionView, 'find'>;
  readonly behaviour: WebhookBehaviour | ConversionBehaviour | undefined;
}

type ServiceReference = NonNullable<Asked['client']['service']>;

/** ResolveCluster: where a Service is reached; a text: why nowhere. */
function addressOf(
  { name, namespace, port = 443 }: ServiceReference,
  view: Asked['view'],
): string | { readonly host: string; readonly port: number } {
  const service = view.find('Service', namespace, name) as Service | undefined;
  if (service === undefined) return `service "${name}" not found`;
  const { type, clusterIP, externalName, ports = [] } = service.spec;
  if (type === 'ExternalName') return { host: externalName ?? '', port };
  if (clusterIP === 'None' || !clusterIP) return 'cannot route to service with ClusterIP "None"';
  if (!ports.some((p) => p.port === port)) return `no service port ${port} found for service "${name}"`;
  return { host: clusterIP, port };
}

/** NewGenericServerResponse (staging/src/k8s.io/apimachinery/pkg/api/errors/errors.go). */
function serverError(status: number, body: string): string {
  if (status === 503) return 'the server is currently unable to handle the request';
  if (status === 504)
    return (
      'the server was unable to return a response in the time allotted, but may still be processing the ' +
      'request'
    );
  return `an error on the server (${JSON.stringify(body)}) has prevented the request from succeeding`;
}

/** Asks at a webhook's address, or at another Service's to which the API server goes in the same way. */
export function reached(env: NetworkEnv, { client, timeoutMs, name, view }: Omit<Asked, 'behaviour'>): Reach {
  const { url, service } = client;
  const down = env.world.webhooks?.troubles.get(name)?.down === true;
  const refused = (host: string): Reach => ({ failed: `dial tcp ${host}: connect: connection refused` });
  if (!service) {
    const { host, port, protocol } = new URL(url!);
    return down ? refused(port === '' ? `${host}:${protocol === 'http:' ? 80 : 443}` : host) : { afterMs: 0 };
  }
  const at = addressOf(service, view);
  if (typeof at === 'string') return { failed: at };
  const dialled = `${at.host}:${at.port}`;
  if (down) return refused(dialled);
  const path = service.path ?? '/';
  const outcome = request(env, { namespace: service.namespace }, `https://${dialled}${path}`, timeoutMs);
  // From where the API server is, no way leads to a node that is cut off from the control plane.
  if (outcome.node !== undefined && env.world.network.cutOff.has(outcome.node)) return { failed: DEADLINE };
  switch (outcome.kind) {
    case 'refused':
      return refused(dialled);
    case 'timedOut':
      return { failed: DEADLINE };
    case 'notResolved':
      return { failed: `dial tcp: lookup ${at.host}: no such host` };
    case 'answered':
      return outcome.status < 500
        ? { afterMs: outcome.afterMs, ...(outcome.pod === undefined ? {} : { pod: outcome.pod }) }
        : { answered: serverError(outcome.status, outcome.body) };
  }
}

const hostOf = ({ service, url }: Asked['client']): string =>
  service ? `${service.name}.${service.namespace}.svc` : new URL(url!).hostname;

/** `https://web-hook.shop.svc:443/validate?timeout=10s` */
function addressed({ client: { url, service }, timeoutMs }: Asked): string {
  const base = service
    ? `https://${service.name}.${service.namespace}.svc:${service.port ?? 443}${service.path ?? '/'}`
    : url!;
  return `${base}${base.includes('?') ? '&' : '?'}timeout=${timeoutMs / 1000}s`;
}

/** The answers of a behaviour that are for this request. */
function answersTo(
  { answers = [] }: WebhookBehaviour,
  asked: AdmissionRequest,
): WebhookAnswer & { readonly afterMs: Millis } {
  const variables = variablesOf(asked);
  const patch = [];
  const warnings = [];
  let afterMs = 0;
  for (const { when, denies, patches = [], warns = [], afterMs: more = 0 } of answers) {
    if (when !== undefined) {
      const met = evaluated(compileCondition(when), when, variables);
      if ('error' in met || met.value !== true) continue;
    }
    afterMs += more;
    warnings.push(...warns);
    if (denies !== undefined) return { refused: denies, patch: [], warnings, afterMs };
    patch.push(...patches);
  }
  return { patch, warnings, afterMs };
}

/** What it takes beyond what its behaviour says, where it answers at all. */
interface Answering {
  readonly isTrusted: boolean;
  readonly afterMs: Millis;
}

const AT_ONCE: Answering = { isTrusted: true, afterMs: 0 };

/** Why nothing came of asking, as the client of the API server words it; undefined: it was answered. */
function failure(
  env: NetworkEnv,
  asked: Asked,
  answering: (pod: string | undefined) => Answering = () => AT_ONCE,
): string | undefined {
  const { name, timeoutMs, client, behaviour = NOTHING } = asked;
  const failed = (why: string): string => `Post "${addressed(asked)}": ${why}`;
  const way = reached(env, asked);
  if ('failed' in way) return failed(way.failed);
  if ('answered' in way) return way.answered;
  const { afterMs = 0, certificate } = behaviour;
  if (certificate !== undefined)
    return failed(
      `tls: failed to verify certificate: x509: ${CERTIFICATE_PROBLEMS[certificate]}` +
        (certificate === 'other name' ? hostOf(client) : ''),
    );
  const { isTrusted, afterMs: more } = answering(way.pod);
  if (!isTrusted) return failed(UNTRUSTED);
  const { slowMs = 0 } = env.world.webhooks?.troubles.get(name) ?? {};
  return way.afterMs + afterMs + more + slowMs >= timeoutMs ? failed(DEADLINE) : undefined;
}

/** Asks a webhook. Nothing of the cluster changes but that it is remembered what was assumed. */
export function callWebhook(
  env: NetworkEnv,
  { name, client, timeoutMs, request }: WebhookCall,
): WebhookReply {
  const { world } = env;
  const told = world.webhooks?.behaviours.get(name);
  let described = told;
  let answer: WebhookAnswer = LETS_THROUGH;
  const answering = (pod: string | undefined): Answering => {
    const program = told === undefined ? programIn(world, pod, 'webhooks') : undefined;
    // What such a program shows is signed by an authority of its own.
    if (program !== undefined && !client.caBundle) return { isTrusted: false, afterMs: 0 };
    described = told ?? program?.[client.service?.path ?? '/'];
    if (described === undefined) return AT_ONCE;
    const { afterMs, ...said } = answersTo(described, request);
    answer = said;
    return { isTrusted: true, afterMs: afterMs + (told === undefined ? (described.afterMs ?? 0) : 0) };
  };
  const failed = failure(env, { name, client, timeoutMs, view: request.view, behaviour: told }, answering);
  if (failed !== undefined) return { failed };
  if (described === undefined) webhooksIn(world).assumed.add(name);
  return answer;
}

/** The program that was reached, if it is one that webhooks are known to be. @param pod `namespace/name` */
function programIn<K extends 'webhooks' | 'converts'>(
  world: World,
  pod: string | undefined,
  kind: K,
): ImageBehaviour[K] {
  const [namespace, name] = pod?.split('/') ?? [];
  if (name === undefined) return undefined;
  return sandboxesNamed(world, namespace!, name)
    .flatMap(({ machine, sandbox }) => containersOf(machine, sandbox.podUid))
    .filter(({ state }) => state === 'running')
    .map((container) => programOf(world, container)[kind])
    .find((known) => known !== undefined);
}

const unsaid = (name: string): string =>
  `nobody said what the webhook answers; say it by: conversion webhook of "${name}" behaves as:`;

/** What rest.Config has of itself. */
const CONVERSION_TIMEOUT_MS = 30_000;

/**
 * Asks the conversion webhook of a definition; undefined: it converts. Models
 * staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/conversion/webhook_converter.go.
 */
export function callConverter(env: NetworkEnv, { name, client, view }: ConversionCall): string | undefined {
  const behaviour = env.world.webhooks?.conversions?.get(name);
  let isKnown = behaviour !== undefined;
  const answering = (pod: string | undefined): Answering => {
    if (isKnown || programIn(env.world, pod, 'converts') === undefined) return AT_ONCE;
    isKnown = true;
    return { isTrusted: Boolean(client.caBundle), afterMs: 0 };
  };
  const asked = { name, client, timeoutMs: CONVERSION_TIMEOUT_MS, view, behaviour };
  return failure(env, asked, answering) ?? (isKnown ? behaviour?.fails : unsaid(name));
}
