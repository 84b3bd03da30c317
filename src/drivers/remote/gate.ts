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
import type { Intent, Kept, Undo } from './messages.ts';
import { PATCH_TYPES, pathOf } from './paths.ts';
import { asDraft, authored, removal } from './undo.ts';

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

const placeOf = (namespace: string | undefined, name: string): string =>
  namespace === undefined || namespace === '' ? name : `${namespace}/${name}`;

/** Whether it is made again when it was deleted; else its controller makes another. */
const restores = (before: KubeObject | undefined): boolean =>
  before !== undefined && controllerOf(before) === undefined;

/** What may come of a write that was not answered, or by a server in trouble. */
const UNCERTAIN: ReadonlySet<string> = new Set([
  'Unreachable',
  'InternalError',
  'ServiceUnavailable',
  'Timeout',
]);
const mayHaveHappened = (error: unknown): boolean => error instanceof ApiError && UNCERTAIN.has(error.reason);

/** How a write is undone by somebody who knows no kinds. */
function undoOf(made: Made): Undo {
  const { definition } = made;
  const { namespace = '', name } = made.did === 'delete' ? made.before.metadata : made;
  const named = `${definition.kind} ${placeOf(namespace, name)}`;
  if (made.did === 'delete') {
    const path = pathOf(definition, namespace);
    const call = { method: 'POST', path, body: JSON.stringify(asDraft(made.before)) };
    return { named, call, fine: 409, awaits: pathOf(definition, namespace, name) };
  }
  const path = pathOf(definition, namespace, name);
  if (made.did === 'create') return { named, call: removal(path), fine: 404 };
  const type = PATCH_TYPES[mergesStrategically(definition) ? 'strategic' : 'merge'];
  return { named, call: { method: 'PATCH', path, body: JSON.stringify(made.back), type }, fine: 404 };
}

/** What undoing asks of the cluster. */
export interface Undoing {
  delete(definition: ResourceDefinition, namespace: string, name: string): void;
  patch(definition: ResourceDefinition, namespace: string, name: string, back: unknown): void;
  create(definition: ResourceDefinition, object: KubeObject): void;
}

/** What a run wrote, in its order. */
export class Journal {
  private readonly made: Made[] = [];
  private readonly own = new Set<string>();
  private readonly keep: (kept: Kept) => void;
  private lastId = 0;
  /** The write that is being made, until it is known how it is undone. */
  private open: number | undefined;

  /** @param keep told of each write before it is made, and then how it is undone */
  constructor(keep: (kept: Kept) => void) {
    this.keep = keep;
  }

  private note(made: Made): void {
    this.made.push(made);
    this.keep({ id: this.open ?? (this.lastId += 1), undo: undoOf(made) });
    this.open = undefined;
  }

  /**
   * Makes a write of which it is known beforehand that it may be, so that it is undone although nobody sees
   * its answer.
   * @param before what is there; undefined: nothing
   * @param note tells of it what was written
   */
  making<T>(
    does: Intent['does'],
    definition: ResourceDefinition,
    { namespace, name }: { readonly namespace: string; readonly name: string },
    before: KubeObject | undefined,
    write: () => T,
    note: (written: T) => void,
  ): T {
    const id = (this.lastId += 1);
    const isUndone = !this.isOwn(definition, namespace, name) && (does === 'write' || restores(before));
    if (isUndone) {
      const named = `${definition.kind} ${placeOf(namespace, name)}`;
      const [path, collection] = [pathOf(definition, namespace, name), pathOf(definition, namespace)];
      this.keep({
        id,
        intent: { named, does, path, collection, ...(before === undefined ? {} : { before }) },
      });
    }
    let written: T;
    try {
      written = write();
    } catch (error) {
      if (isUndone && !mayHaveHappened(error)) this.keep({ id });
      throw error;
    }
    this.open = isUndone ? id : undefined;
    note(written);
    if (this.open !== undefined) this.keep({ id });
    this.open = undefined;
    return written;
  }

  private keyOf(definition: ResourceDefinition, namespace: string, name: string): string {
    return `${definition.resource} ${namespace}/${name}`;
  }

  /** Whether it was there before the run. */
  private isOwn(definition: ResourceDefinition, namespace: string, name: string): boolean {
    return this.own.has(this.keyOf(definition, namespace, name));
  }

  created(definition: ResourceDefinition, { metadata: { namespace = '', name } }: KubeObject): void {
    this.own.add(this.keyOf(definition, namespace, name));
    this.note({ did: 'create', definition, namespace, name });
  }

  changed(definition: ResourceDefinition, before: KubeObject | undefined, after: KubeObject): void {
    const { namespace = '', name } = after.metadata;
    if (before === undefined) return this.created(definition, after);
    if (this.isOwn(definition, namespace, name)) return;
    const type = mergesStrategically(definition) ? schemaOf(definition) : undefined;
    const back = twoWayPatch(type, authored(after), authored(before));
    if (back !== undefined) this.note({ did: 'change', definition, namespace, name, back });
  }

  deleted(definition: ResourceDefinition, before: KubeObject | undefined): void {
    if (before === undefined) return;
    const { namespace = '', name } = before.metadata;
    if (this.isOwn(definition, namespace, name)) return;
    if (!restores(before)) return;
    this.note({ did: 'delete', definition, before });
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
        else by.create(made.definition, asDraft(made.before));
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        const gone = error.reason === 'NotFound' && made.did !== 'delete';
        const there = error.reason === 'AlreadyExists' && made.did === 'delete';
        if (!gone && !there) {
          left.push(`${made.definition.kind} ${placeOf(named.namespace, named.name)}: ${error.message}`);
        }
      }
    }
    this.own.clear();
    return left;
  }
}
