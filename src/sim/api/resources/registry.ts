/**
 * Which resources a cluster serves (those defined in code, and those that were added to its state while it
 * ran), and how they are found by what they are called.
 */
import type { KubeObject } from '../types.ts';
import { reviewDefinitions, reviewOf } from '../reviews/definitions.ts';
import { apiVersionText, versionOf, type ResourceDefinition } from './definition.ts';
import { defineDynamic, type DynamicResource } from './dynamic.ts';

/** `apps` of `apps/v1`, '' of `v1`. */
const groupOf = (apiVersion: string): string => apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')));

/** A resource that was added while a cluster ran; one that is served no more is still watched. Plain data. */
export interface AddedResource {
  readonly resource: DynamicResource;
  readonly served: boolean;
}

/** Definitions by group resource, and by kind in the order in which they were given. */
interface Names {
  readonly byResource: ReadonlyMap<string, ResourceDefinition>;
  readonly byKind: ReadonlyMap<string, readonly ResourceDefinition[]>;
  /** By whatever `find` is asked: a kind before a group resource, and that before what others serve of it. */
  readonly byName: ReadonlyMap<string, ResourceDefinition>;
  /** What other groups serve of them, by group resource. */
  readonly views: ReadonlyMap<string, ResourceDefinition>;
  /** Those that were served once. */
  readonly retired: ReadonlyMap<string, ResourceDefinition>;
}

function namesOf(
  definitions: Iterable<ResourceDefinition>,
  retired: ReadonlyMap<string, ResourceDefinition> = new Map(),
): Names {
  const byResource = new Map<string, ResourceDefinition>();
  const byKind = new Map<string, ResourceDefinition[]>();
  const views = new Map<string, ResourceDefinition>();
  for (const definition of definitions) {
    const { resource, kind } = definition;
    if (byResource.has(resource)) throw new Error(`there is a resource ${resource} already`);
    byResource.set(resource, definition);
    for (const view of definition.views) views.set(view.resource, view);
    const same = byKind.get(kind);
    if (same === undefined) byKind.set(kind, [definition, ...definition.views]);
    else same.push(definition, ...definition.views);
  }
  const byName = new Map([...views, ...byResource]);
  for (const [kind, [first]] of byKind) byName.set(kind, first!);
  return { byResource, byKind, byName, views, retired };
}

/** What was made of something once, kept as long as that is. */
function kept<K extends object, V extends NonNullable<unknown>>(
  known: WeakMap<K, V>,
  key: K,
  make: () => V,
): V {
  let value = known.get(key);
  if (value === undefined) known.set(key, (value = make()));
  return value;
}

/** Indexes of sets of definitions in code, and what follows from them; forks of a cluster share them. */
const indexes = new WeakMap<readonly ResourceDefinition[], Names>();
const definitions = new WeakMap<DynamicResource, ResourceDefinition>();
const successors = new WeakMap<Names, WeakMap<ResourceDefinition, Names>>();

const defined = (resource: DynamicResource): ResourceDefinition =>
  kept(definitions, resource, () => defineDynamic(resource));

/** The names with a definition more, or another in the place of one. */
const withServed = (names: Names, definition: ResourceDefinition): Names =>
  kept(
    kept(successors, names, () => new WeakMap()),
    definition,
    () => {
      const { resource } = definition;
      const retired = new Map([...names.retired].filter(([name]) => name !== resource));
      return namesOf(new Map(names.byResource).set(resource, definition).values(), retired);
    },
  );

function withRetired(names: Names, definition: ResourceDefinition): Names {
  const { resource } = definition;
  const served = [...names.byResource.values()].filter((d) => d.resource !== resource);
  return namesOf(served, new Map(names.retired).set(resource, definition));
}

export class ResourceRegistry {
  private names: Names;

  /**
   * @param definitions those in code
   * @param added those of a cluster's state
   * @throws Error when two have one name
   */
  constructor(definitions: readonly ResourceDefinition[], added: Iterable<AddedResource> = []) {
    this.names = kept(indexes, definitions, () => namesOf(definitions));
    for (const { resource, served } of added)
      this.names = (served ? withServed : withRetired)(this.names, defined(resource));
  }

  /** Serves a resource more, or one in another form. @throws Error when it cannot be read */
  serve(resource: DynamicResource): ResourceDefinition {
    const definition = defined(resource);
    this.names = withServed(this.names, definition);
    return definition;
  }

  /** Serves a resource no more. */
  retire(definition: ResourceDefinition): void {
    this.names = withRetired(this.names, definition);
  }

  /** The same for registries of the same resources; another one when a resource comes, changes or goes. */
  get identity(): object {
    return this.names;
  }

  /** The same, with resources that other servers serve. */
  with(others: Iterable<ResourceDefinition>): ResourceRegistry {
    const more = new ResourceRegistry([]);
    more.names = this.names;
    for (const definition of others) more.names = withServed(more.names, definition);
    return more;
  }

  /** In the order in which `kubectl get all` and listings of every kind go through them. */
  all(): Iterable<ResourceDefinition> {
    return this.names.byResource.values();
  }

  /** All, and those that were served once: what became of their objects may still be on its way. */
  *watched(): Iterable<ResourceDefinition> {
    yield* this.all();
    yield* this.names.retired.values();
  }

  /** All, what other groups serve of them, and what is asked by creating it and is not kept. */
  *asked(): Iterable<ResourceDefinition> {
    yield* this.all();
    yield* this.names.views.values();
    yield* reviewDefinitions();
  }

  /** Those whose objects run Pods of a template. */
  *workloads(): Iterable<ResourceDefinition> {
    for (const definition of this.all()) if (definition.workload !== undefined) yield definition;
  }

  /** @param name a kind (`Deployment`; the first of its name) or a group resource (`deployments.apps`) */
  find(name: string): ResourceDefinition | undefined {
    return this.names.byName.get(name);
  }

  /** Whether a group resource is served, or was once. */
  has(resource: string): boolean {
    return this.names.byResource.has(resource) || this.names.retired.has(resource);
  }

  /** As `find`, and one that was served once. @throws Error when there was none */
  get(name: string): ResourceDefinition {
    const found = this.find(name) ?? this.names.retired.get(name);
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

  /** As `served`, of an object, kept or not; one of the stored version is told at once. */
  of(object: { readonly apiVersion: string; readonly kind: string }): ResourceDefinition | undefined {
    const first = this.names.byKind.get(object.kind)?.[0];
    if (first?.apiVersion === object.apiVersion) return first;
    return this.served(object.apiVersion, object.kind) ?? reviewOf(object.apiVersion, object.kind);
  }
}

/** A stored object in one of the versions served. */
export function inVersion(
  definition: ResourceDefinition,
  object: KubeObject,
  apiVersion: string,
): KubeObject {
  const version = definition.versions.find((v) => apiVersionText(definition.group, v.name) === apiVersion);
  const converted = version?.fromStored?.(object) ?? object;
  return apiVersion === object.apiVersion ? converted : { ...converted, apiVersion };
}

/** The definition as it prints its stored objects where they are asked for in a version. */
export function printedIn(definition: ResourceDefinition, apiVersion: string): ResourceDefinition {
  const printed = definition.versions.find((v) => v.name === versionOf(apiVersion))?.printed;
  if (printed === undefined) return definition;
  const { columns } = printed;
  const row: ResourceDefinition['row'] = (object, options) =>
    printed.row(inVersion(definition, object, apiVersion), options);
  return { ...definition, columns, row };
}

/**
 * The version that a patch is of: one that it or its request names, where objects of that are written
 * differently. @param requested in which the answer is to be
 */
export function patchedVersion(definition: ResourceDefinition, patch: unknown, requested?: string): string {
  const { apiVersion } = (patch ?? {}) as { readonly apiVersion?: unknown };
  for (const { name, fromStored } of definition.versions) {
    const text = apiVersionText(definition.group, name);
    if (fromStored !== undefined && (apiVersion ?? requested) === text) return text;
  }
  return definition.apiVersion;
}

/** The object in the version that is stored. @param object of one of the versions served */
export function toStorageVersion(definition: ResourceDefinition, object: KubeObject): KubeObject {
  if (object.apiVersion === definition.apiVersion) return object;
  const version = versionOf(object.apiVersion);
  const converted = definition.versions.find((v) => v.name === version)?.toStored?.(object) ?? object;
  return { ...converted, apiVersion: definition.apiVersion };
}
