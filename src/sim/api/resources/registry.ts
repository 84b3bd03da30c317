/**
 * Which resources a cluster serves (those defined in code, and those that were added to its state while it
 * ran), and how they are found by what they are called.
 */
import type { KubeObject } from '../types.ts';
import type { ResourceDefinition } from './definition.ts';
import { defineDynamic, type DynamicResource } from './dynamic.ts';

/** `apps` of `apps/v1`, '' of `v1`. */
const groupOf = (apiVersion: string): string => apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')));

/** `v1` of `apps/v1` and of `v1`. */
const versionOf = (apiVersion: string): string => apiVersion.slice(apiVersion.indexOf('/') + 1);

/** Definitions by group resource, and by kind in the order in which they were given. */
interface Names {
  readonly byResource: Map<string, ResourceDefinition>;
  readonly byKind: Map<string, ResourceDefinition[]>;
}

function namesOf(definitions: Iterable<ResourceDefinition>): Names {
  const names: Names = { byResource: new Map(), byKind: new Map() };
  for (const definition of definitions) addTo(names, definition);
  return names;
}

function addTo({ byResource, byKind }: Names, definition: ResourceDefinition): void {
  const { resource, kind } = definition;
  if (byResource.has(resource)) throw new Error(`there is a resource ${resource} already`);
  byResource.set(resource, definition);
  const same = byKind.get(kind);
  if (same === undefined) byKind.set(kind, [definition]);
  else same.push(definition);
}

/** Indexes of sets of definitions in code, which forks of a cluster share. */
const indexes = new WeakMap<readonly ResourceDefinition[], Names>();

function indexOf(definitions: readonly ResourceDefinition[]): Names {
  let names = indexes.get(definitions);
  if (names === undefined) indexes.set(definitions, (names = namesOf(definitions)));
  return names;
}

export class ResourceRegistry {
  private names: Names;

  /**
   * @param definitions those in code
   * @param dynamic those of a cluster's state, by group resource
   * @throws Error when two have one name
   */
  constructor(definitions: readonly ResourceDefinition[], dynamic: Iterable<DynamicResource> = []) {
    this.names = indexOf(definitions);
    for (const resource of dynamic) this.add(resource);
  }

  /** @throws Error when its name is taken, or it cannot be read */
  add(resource: DynamicResource): ResourceDefinition {
    const definition = defineDynamic(resource);
    this.names = namesOf([...this.names.byResource.values(), definition]);
    return definition;
  }

  /** The same for registries of the same resources in code; another one when a resource is added. */
  get identity(): object {
    return this.names;
  }

  /** In the order in which `kubectl get all` and listings of every kind go through them. */
  all(): Iterable<ResourceDefinition> {
    return this.names.byResource.values();
  }

  /** Those whose objects run Pods of a template. */
  *workloads(): Iterable<ResourceDefinition> {
    for (const definition of this.all()) if (definition.workload !== undefined) yield definition;
  }

  /** @param name a kind (`Deployment`; the first of its name) or a group resource (`deployments.apps`) */
  find(name: string): ResourceDefinition | undefined {
    return this.names.byKind.get(name)?.[0] ?? this.names.byResource.get(name);
  }

  /** As `find`. @throws Error when it is not served */
  get(name: string): ResourceDefinition {
    const found = this.find(name);
    if (found === undefined) throw new Error(`there is no resource ${name}`);
    return found;
  }

  /** The resource of a kind in a group, in whatever version. @param apiVersion `apps/v1` */
  ofGroup(apiVersion: string, kind: string): ResourceDefinition | undefined {
    const group = groupOf(apiVersion);
    return this.names.byKind.get(kind)?.find((d) => d.group === group);
  }

  /** What an apiVersion and kind name; undefined where they are not served. */
  served(apiVersion: string, kind: string): ResourceDefinition | undefined {
    const found = this.ofGroup(apiVersion, kind);
    const version = versionOf(apiVersion);
    return found?.versions.some((v) => v.name === version) === true ? found : undefined;
  }

  /** As `served`, of an object; one of the stored version is told at once. */
  of(object: { readonly apiVersion: string; readonly kind: string }): ResourceDefinition | undefined {
    const first = this.names.byKind.get(object.kind)?.[0];
    return first?.apiVersion === object.apiVersion ? first : this.served(object.apiVersion, object.kind);
  }
}

/** The object in the version that is stored. @param object of one of the versions served */
export function toStorageVersion(definition: ResourceDefinition, object: KubeObject): KubeObject {
  if (object.apiVersion === definition.apiVersion) return object;
  const version = versionOf(object.apiVersion);
  const converted = definition.versions.find((v) => v.name === version)?.toStored?.(object) ?? object;
  return { ...converted, apiVersion: definition.apiVersion };
}
