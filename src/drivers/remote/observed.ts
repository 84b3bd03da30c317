/**
 * What the watches of a cluster tell, as a history: each change with what was there before. Who made a change
 * says the manager of the fields that were written last; why nobody says, but for changes of our own, which
 * come of the step that made them.
 */
import type { ResourceDefinition } from '../../sim/api/resources/definition.ts';
import type { ResourceRegistry } from '../../sim/api/resources/registry.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import type { ApiChange, HistoryEntry } from '../../sim/kernel/history.ts';
import type { EntryId, Message, Millis } from '../../sim/kernel/types.ts';
import type { Watched } from './line.ts';
import type { Answered } from './messages.ts';

interface ManagedFields {
  readonly manager?: string;
  readonly time?: string;
}

/** Who wrote an object last, as far as it says. */
function writerOf({ metadata }: KubeObject): string {
  const managed = (metadata as { managedFields?: readonly ManagedFields[] }).managedFields ?? [];
  let last: ManagedFields | undefined;
  for (const entry of managed)
    if (last === undefined || (entry.time ?? '') >= (last.time ?? '')) last = entry;
  return last?.manager ?? 'somebody';
}

const revisionOf = ({ metadata }: KubeObject): number => Number(metadata.resourceVersion ?? 0) || 0;

export class Observed {
  readonly history: HistoryEntry[] = [];
  private readonly tables = new Map<string, Map<string, KubeObject>>();
  /** What cannot be watched, and what the server says of it: by path. */
  readonly lost = new Map<string, Answered>();
  /** When a watch stopped that has not gone on since, by path. */
  private readonly stopped = new Map<string, Millis>();
  /** Of which time nobody was told what came and went, by path. */
  readonly unseen: { readonly path: string; readonly fromMs: Millis; readonly toMs: Millis }[] = [];
  /** Paths whose watch has begun, or never will. */
  readonly begun = new Set<string>();
  /** Entries of the steps that made them, by the revisions of what they wrote. */
  private readonly ours = new Map<string, EntryId>();
  private readonly resources: ResourceRegistry;
  private step: EntryId = 0;

  constructor(resources: ResourceRegistry) {
    this.resources = resources;
  }

  private get nextId(): EntryId {
    return this.history.length + 1;
  }

  operation(at: Millis, key: string, args: Message['args']): EntryId {
    const id = this.nextId;
    this.history.push({ type: 'operation', id, at, by: 'scenario', cause: 0, key, args });
    this.step = id;
    return id;
  }

  note(at: Millis, key: string, args: Message['args']): EntryId {
    const id = this.nextId;
    this.history.push({ type: 'world', id, at, by: 'scenario', cause: this.step, key, args });
    return id;
  }

  /** The current step wrote an object, which a watch will tell. */
  wrote({ metadata }: KubeObject): void {
    if (metadata.resourceVersion !== undefined) this.ours.set(metadata.resourceVersion, this.step);
  }

  causes(id: EntryId): HistoryEntry[] {
    const chain: HistoryEntry[] = [];
    for (let entry = this.history[id - 1]; entry !== undefined; entry = this.history[entry.cause - 1])
      chain.push(entry);
    return chain;
  }

  /** Takes in what watches told, in the order of the cluster's revisions. */
  take(at: Millis, told: readonly Watched[]): void {
    const changes: {
      readonly definition: ResourceDefinition;
      readonly type: string;
      readonly object: KubeObject;
    }[] = [];
    for (const one of told) {
      if (one.told === 'watching') {
        this.begun.add(one.path);
        this.stopped.delete(one.path);
      } else if (one.told === 'stopped') {
        if (!this.stopped.has(one.path)) this.stopped.set(one.path, at);
      } else if (one.told === 'lost') {
        this.begun.add(one.path);
        if (one.answer.status !== 404) this.lost.set(one.path, one.answer);
      } else {
        if (one.told === 'list') {
          this.lost.delete(one.path);
          // A watch that begins anew tells what is there, not what was meanwhile.
          const fromMs = this.stopped.get(one.path);
          if (fromMs !== undefined) this.unseen.push({ path: one.path, fromMs, toMs: at });
        }
        const definition = this.resources.get(one.resource);
        const { apiVersion, kind } = definition;
        if (one.told === 'change')
          changes.push({
            definition,
            type: one.type,
            object: { ...(one.object as KubeObject), apiVersion, kind },
          });
        else {
          const objects = one.objects.map((o) => ({ ...(o as KubeObject), apiVersion, kind }));
          const kept = new Set(objects.map(keyOf));
          const namespace = /\/namespaces\/([^/?]+)\//.exec(one.path)?.[1];
          for (const [key, object] of this.tables.get(one.resource) ?? [])
            if (!kept.has(key) && (namespace === undefined || object.metadata.namespace === namespace))
              changes.push({ definition, type: 'DELETED', object });
          for (const object of objects) changes.push({ definition, type: 'ADDED', object });
        }
      }
    }
    changes.sort((a, b) => revisionOf(a.object) - revisionOf(b.object));
    for (const { definition, type, object } of changes) this.change(at, definition, type, object);
  }

  private change(at: Millis, { resource, kind }: ResourceDefinition, type: string, object: KubeObject): void {
    let table = this.tables.get(resource);
    if (table === undefined) this.tables.set(resource, (table = new Map()));
    const key = keyOf(object);
    const before = table.get(key);
    const isGone = type === 'DELETED';
    if (isGone ? before === undefined : before !== undefined && revisionOf(before) >= revisionOf(object))
      return;
    if (isGone) table.delete(key);
    else table.set(key, object);
    const { namespace = '', name, resourceVersion = '' } = object.metadata;
    const step = this.ours.get(resourceVersion);
    const entry: ApiChange = {
      type: 'api',
      id: this.nextId,
      at,
      by: step === undefined ? writerOf(object) : 'user',
      cause: step ?? 0,
      resource,
      kind,
      namespace,
      name,
      revision: revisionOf(object),
      before,
      after: isGone ? undefined : object,
    };
    this.history.push(entry);
  }
}

const keyOf = ({ metadata }: KubeObject): string => `${metadata.namespace ?? ''}/${metadata.name}`;
