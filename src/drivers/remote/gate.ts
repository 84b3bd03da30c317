/**
 * What a run may touch of a cluster that is not its own, and what it has yet to put right there: nothing
 * outside of the namespaces that were named, of nodes only those that were named; and every write is
 * remembered, so that it can be undone.
 */
import { ApiError } from '../../sim/api/errors.ts';
import { twoWayPatch } from '../../sim/api/merge/index.ts';
import {
  mergesStrategically,
  schemaOf,
  type ResourceDefinition,
} from '../../sim/api/resources/definition.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import { controllerOf } from '../../sim/controlplane/refs.ts';

export interface Scope {
  /** Those in which objects may be made, changed and deleted. */
  readonly namespaces: readonly string[];
  /** Those that may be changed. */
  readonly nodes: readonly string[];
}

/** Why a write is not made; undefined: it may be. */
export function outOfScope(
  { namespaces, nodes }: Scope,
  { kind, namespaced, plural }: Pick<ResourceDefinition, 'kind' | 'namespaced' | 'plural'>,
  namespace: string,
  name: string,
): string | undefined {
  const named = `--namespace ${namespaces.join(' ')}`;
  if (namespaced || kind === 'Namespace') {
    const touched = namespaced ? namespace : name;
    return namespaces.includes(touched)
      ? undefined
      : `namespace "${touched}" is none of those that may be touched (${named})`;
  }
  if (kind === 'Node')
    return nodes.includes(name)
      ? undefined
      : `node "${name}" is none of those that may be touched; name it with --node ${name}`;
  return `${plural} belong to the whole cluster, and only namespaces may be touched (${named})`;
}

/** A write that is to be undone. */
type Made =
  | {
      readonly did: 'create';
      readonly definition: ResourceDefinition;
      readonly namespace: string;
      readonly name: string;
    }
  | {
      readonly did: 'change';
      readonly definition: ResourceDefinition;
      readonly namespace: string;
      readonly name: string;
      /** By which it is as it was; strategic where its kind takes such: items of lists stand alone. */
      readonly back: unknown;
    }
  | { readonly did: 'delete'; readonly definition: ResourceDefinition; readonly before: KubeObject };

/** What of an object its authors write. */
function authored({ status: _, metadata, ...rest }: KubeObject & { readonly status?: unknown }): object {
  const { labels, annotations, finalizers } = metadata;
  return { ...rest, metadata: { labels, annotations, finalizers } };
}

/** What a server fills in, which no new object may bring. */
function asDraft(object: KubeObject): KubeObject {
  const { name, namespace, labels, annotations } = object.metadata;
  const { status: _, ...rest } = object as KubeObject & { readonly status?: unknown };
  return {
    ...rest,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(labels === undefined ? {} : { labels }),
      ...(annotations === undefined ? {} : { annotations }),
    },
  } as KubeObject;
}

/** What undoing asks of the cluster. */
export interface Undoing {
  delete(definition: ResourceDefinition, namespace: string, name: string): void;
  patch(definition: ResourceDefinition, namespace: string, name: string, back: unknown): void;
  create(object: KubeObject): void;
}

/** What a run wrote, in its order. */
export class Journal {
  private readonly made: Made[] = [];
  private readonly own = new Set<string>();

  private keyOf(definition: ResourceDefinition, namespace: string, name: string): string {
    return `${definition.resource} ${namespace}/${name}`;
  }

  /** Whether it was there before the run. */
  private isOwn(definition: ResourceDefinition, namespace: string, name: string): boolean {
    return this.own.has(this.keyOf(definition, namespace, name));
  }

  created(definition: ResourceDefinition, { metadata: { namespace = '', name } }: KubeObject): void {
    this.own.add(this.keyOf(definition, namespace, name));
    this.made.push({ did: 'create', definition, namespace, name });
  }

  changed(definition: ResourceDefinition, before: KubeObject | undefined, after: KubeObject): void {
    const { namespace = '', name } = after.metadata;
    if (before === undefined) return this.created(definition, after);
    if (this.isOwn(definition, namespace, name)) return;
    const type = mergesStrategically(definition) ? schemaOf(definition) : undefined;
    const back = twoWayPatch(type, authored(after), authored(before));
    if (back !== undefined) this.made.push({ did: 'change', definition, namespace, name, back });
  }

  deleted(definition: ResourceDefinition, before: KubeObject | undefined): void {
    if (before === undefined) return;
    const { namespace = '', name } = before.metadata;
    if (this.isOwn(definition, namespace, name)) return;
    // Its controller makes another.
    if (controllerOf(before) !== undefined) return;
    this.made.push({ did: 'delete', definition, before });
  }

  /**
   * Puts everything back, the last first; what cannot be is left. @returns what is left, and why, in words
   */
  undo(by: Undoing): string[] {
    const left: string[] = [];
    for (const made of this.made.splice(0).reverse()) {
      const named = made.did === 'delete' ? made.before.metadata : made;
      try {
        if (made.did === 'create') by.delete(made.definition, made.namespace, made.name);
        else if (made.did === 'change') by.patch(made.definition, made.namespace, made.name, made.back);
        else by.create(asDraft(made.before));
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        const gone = error.reason === 'NotFound' && made.did !== 'delete';
        const there = error.reason === 'AlreadyExists' && made.did === 'delete';
        if (!gone && !there) {
          const place = named.namespace ? `${named.namespace}/${named.name}` : named.name;
          left.push(`${made.definition.kind} ${place}: ${error.message}`);
        }
      }
    }
    this.own.clear();
    return left;
  }
}
