/**
 * What an admission plugin sees and does. Models staging/src/k8s.io/apiserver/pkg/admission/interfaces.go.
 */
import type { ClusterConfig } from '../../config.ts';
import type { Millis } from '../../kernel/types.ts';
import { forbidden, type ApiError } from '../errors.ts';
import type { ResourceDefinition } from '../resources/definition.ts';
import type { ResourceRegistry } from '../resources/registry.ts';
import type { PodSubresource } from '../strategy/podsubresources.ts';
import type { KubeObject, ObjectOf, ResourceName } from '../types.ts';

/** Live reads of the store. */
export interface AdmissionView {
  readonly resources: ResourceRegistry;
  find<R extends ResourceName>(resource: R, namespace: string, name: string): ObjectOf<R> | undefined;
  /** Absent namespace: all of them. */
  list<R extends ResourceName>(resource: R, namespace?: string): Iterable<ObjectOf<R>>;
  readonly now: Millis;
  random(): number;
}

export interface AdmissionRequest {
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE';
  readonly definition: ResourceDefinition;
  /** '' for cluster-scoped kinds. */
  readonly namespace: string;
  readonly name: string;
  /** The new value; undefined for DELETE. */
  readonly object: KubeObject | undefined;
  /** The stored value; undefined for CREATE. */
  readonly old: KubeObject | undefined;
  readonly subresource: '' | 'status' | 'finalize' | 'eviction' | 'binding' | PodSubresource;
  readonly user: string;
  readonly view: AdmissionView;
  readonly config: ClusterConfig;
}

export interface AdmissionPlugin {
  /** As in --enable-admission-plugins. */
  readonly name: string;
  /** The object as the plugin wants it; the same where it changes nothing. @throws ApiError to refuse */
  mutate?(object: KubeObject, request: AdmissionRequest): KubeObject;
  /** Sees the object as all plugins left it (undefined for DELETE). @throws ApiError to refuse */
  validate?(object: KubeObject | undefined, request: AdmissionRequest): void;
}

/** `pods "web-1" is forbidden: …` */
export function refused(request: AdmissionRequest, why: string): ApiError {
  const { plural, group } = request.definition;
  return forbidden(plural, group, request.name, why);
}
