/**
 * What an admission plugin sees and does. Models staging/src/k8s.io/apiserver/pkg/admission/interfaces.go.
 */
import type { IWebhookClientConfig } from 'kubernetes-models/admissionregistration.k8s.io/v1';
import type { ClusterConfig } from '../../config.ts';
import type { By, Millis } from '../../kernel/types.ts';
import type { Reinvocation } from './dynamic/reinvocation.ts';
import type { WebhookReply } from './dynamic/webhookcall.ts';
import type { Attributes, Decision } from '../authorization/attributes.ts';
import { forbidden, type ApiError } from '../errors.ts';
import type { ResourceDefinition } from '../resources/definition.ts';
import type { ResourceRegistry } from '../resources/registry.ts';
import type { ConnectedSubresource } from '../connectoptions.ts';
import type { ConversionClient } from '../resources/versionconversion.ts';
import type { PodSubresource } from '../strategy/podsubresources.ts';
import type { KubeObject, ObjectOf, ResourceName } from '../types.ts';

/** Live reads of the store. */
export interface AdmissionView {
  readonly resources: ResourceRegistry;
  find<R extends ResourceName>(resource: R, namespace: string, name: string): ObjectOf<R> | undefined;
  /** Absent namespace: all of them. */
  list<R extends ResourceName>(resource: R, namespace?: string): Iterable<ObjectOf<R>>;
  /** Whether a webhook or a policy is registered at all. */
  readonly isExtended: boolean;
  /** Whether somebody may do something. */
  decide(by: By, attributes: Attributes): Decision;
  readonly now: Millis;
  random(): number;
  callWebhook(call: WebhookCall): WebhookReply;
}

export interface AdmissionRequest {
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';
  readonly definition: ResourceDefinition;
  /** '' for cluster-scoped kinds. */
  readonly namespace: string;
  readonly name: string;
  /** The new value; undefined for DELETE; the options of the connection for CONNECT. */
  readonly object: KubeObject | undefined;
  /** The stored value; undefined for CREATE and CONNECT. */
  readonly old: KubeObject | undefined;
  readonly subresource:
    | ''
    | 'status'
    | 'approval'
    | 'scale'
    | 'finalize'
    | 'eviction'
    | 'binding'
    | ConnectedSubresource
    | PodSubresource;
  readonly user: string;
  /** Who asks, as far as there is more to say than the user's name. */
  readonly by?: By;
  /** Of the request, where it is not the stored one. */
  readonly apiVersion?: string;
  /** Nothing is stored. */
  readonly dryRun?: boolean;
  /** Tells the client something beside the answer. */
  readonly warn?: ((text: string) => void) | undefined;
  readonly view: AdmissionView;
  readonly config: ClusterConfig;
  /** Present where webhooks or policies may change the object. */
  readonly reinvocation?: Reinvocation;
}

/** What the API server asks a webhook. */
export interface WebhookCall {
  /** Of the webhook in its configuration: `validate.example.com`. */
  readonly name: string;
  readonly client: IWebhookClientConfig;
  readonly timeoutMs: Millis;
  readonly request: AdmissionRequest;
}

/** What it asks the conversion webhook of a definition, whose name it has. */
export interface ConversionCall {
  readonly name: string;
  readonly client: ConversionClient;
  readonly view: Pick<AdmissionView, 'find'>;
}

export interface AdmissionPlugin {
  /** As in --enable-admission-plugins. */
  readonly name: string;
  /** The resources that it has to do with; absent: any. */
  readonly about?: readonly string[];
  /** The object as the plugin wants it; the same where it changes nothing. @throws ApiError to refuse */
  mutate?(object: KubeObject, request: AdmissionRequest): KubeObject;
  /** As `mutate`, of a request that has no object to change. @throws ApiError to refuse */
  mutateDelete?(request: AdmissionRequest): void;
  /** Sees the object as all plugins left it (undefined for DELETE). @throws ApiError to refuse */
  validate?(object: KubeObject | undefined, request: AdmissionRequest): void;
  /** Whether it is asked of status, bindings and evictions too, where `isExtended`. */
  readonly ofParts?: boolean;
}

/** `pods "web-1" is forbidden: …` */
export function refused(request: AdmissionRequest, why: string): ApiError {
  const { plural, group } = request.definition;
  return forbidden(plural, group, request.name, why);
}
