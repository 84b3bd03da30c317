/**
 * Watches of clients: the history from a revision on, as far as a selector lets it through. Models
 * staging/src/k8s.io/apiserver/pkg/storage/cacher and endpoints/handlers/watch.go.
 */
import type { ApiError } from '../../sim/api/errors.ts';
import { matchesFields, type FieldSelector } from '../../sim/api/fieldselector.ts';
import type { ResourceDefinition } from '../../sim/api/resources/definition.ts';
import { matches, type Selector } from '../../sim/api/selector.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import type { Source } from './call.ts';
import type { Flow } from './http.ts';
import { JSON_TYPE } from './http.ts';
import { compactedRevision, firstBehind, tooOld, type Write } from './past.ts';
import { statusOf } from './status.ts';

/** Which objects are meant. */
export interface Chosen {
  /** '': in all. */
  readonly namespace: string;
  readonly labels: Selector | undefined;
  readonly fields: FieldSelector | undefined;
  /** In which they are asked for. */
  readonly apiVersion: string;
}

export function isChosen(
  definition: ResourceDefinition,
  object: KubeObject,
  { namespace, labels, fields, apiVersion }: Chosen,
): boolean {
  return (
    (namespace === '' || object.metadata.namespace === namespace) &&
    (labels === undefined || matches(labels, object.metadata.labels ?? {})) &&
    (fields === undefined || matchesFields(fields, definition, object, apiVersion))
  );
}

export interface WatchOptions {
  readonly definition: ResourceDefinition;
  readonly chosen: Chosen;
  /** In the form that the client takes. @param first whether it is the watch's first object */
  readonly write: (object: KubeObject, first: boolean) => object;
  /** A bookmark's object. */
  readonly bookmark: (revision: number, annotations: Readonly<Record<string, string>> | undefined) => object;
  /** Objects that are told as added before anything else. */
  readonly initial: readonly KubeObject[];
  /** What came after it is told. */
  readonly since: number;
  /** Whether a bookmark ends the initial objects, and whether others may come. */
  readonly marksInitial: boolean;
  readonly bookmarks: boolean;
  readonly timeoutSeconds: number | undefined;
}

/** Virtual time between two bookmarks. */
const BOOKMARK_MS = 60_000;

type EventType = 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';

const line = (type: EventType, object: object): string => `${JSON.stringify({ type, object })}\n`;

/** What a write is to who looks at chosen objects only; undefined: nothing. */
function seen(
  definition: ResourceDefinition,
  { before, after, revision }: Write,
  chosen: Chosen,
): { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: KubeObject } | undefined {
  const was = before !== undefined && isChosen(definition, before as KubeObject, chosen);
  const is = after !== undefined && isChosen(definition, after as KubeObject, chosen);
  if (is) return { type: was ? 'MODIFIED' : 'ADDED', object: after as KubeObject };
  if (!was) return undefined;
  const last = before as KubeObject;
  const metadata = { ...last.metadata, resourceVersion: String(revision) };
  return { type: 'DELETED', object: { ...last, metadata } };
}

/** How many entries of the history are kept no more. */
const offsetOf = ({ history }: Source): number => (history[0]?.id ?? 1) - 1;

/** A watch that runs: asked again and again for what came. */
export class Watch implements Flow {
  readonly kind = 'flow';
  readonly status = 200;
  readonly headers = { 'content-type': JSON_TYPE };
  ended = false;
  private readonly source: Source;
  private readonly options: WatchOptions;
  /** The entry of the history that was looked at last; and the revision that the client knows of. */
  private cursor: number;
  private revision: number;
  private hasBegun = false;
  private hasTold = false;
  private markedAt: number;

  constructor(source: Source, options: WatchOptions) {
    this.source = source;
    this.options = options;
    this.revision = options.since;
    this.cursor = offsetOf(source) + firstBehind(source.history, options.since);
    this.markedAt = source.now;
  }

  get timeoutSeconds(): number {
    return this.options.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS;
  }

  take(): readonly string[] {
    const { source, options } = this;
    const lines: string[] = [];
    if (this.ended) return lines;
    if (!this.hasBegun) {
      this.hasBegun = true;
      for (const object of options.initial) lines.push(this.told('ADDED', object));
      if (options.marksInitial)
        lines.push(
          line('BOOKMARK', options.bookmark(this.revision, { 'k8s.io/initial-events-end': 'true' })),
        );
    }
    const entries = source.history;
    const offset = offsetOf(source);
    if (this.cursor < offset) {
      this.ended = true;
      lines.push(line('ERROR', statusOf(tooOld(this.revision, compactedRevision(source)))));
      return lines;
    }
    const { definition, chosen } = options;
    for (let i = this.cursor - offset; i < entries.length; i += 1) {
      const entry = entries[i]!;
      if (entry.type !== 'api') continue;
      this.revision = entry.revision;
      if (entry.resource !== definition.keptAs) continue;
      const event = seen(definition, entry, chosen);
      if (event !== undefined) lines.push(this.told(event.type, event.object));
    }
    this.cursor = offset + entries.length;
    if (source.now - this.markedAt >= BOOKMARK_MS) lines.push(...this.mark());
    return lines;
  }

  mark(): readonly string[] {
    const { source, options, revision } = this;
    if (!options.bookmarks || this.ended) return [];
    this.markedAt = source.now;
    return [line('BOOKMARK', options.bookmark(revision, undefined))];
  }

  private told(type: EventType, object: KubeObject): string {
    const first = !this.hasTold;
    this.hasTold = true;
    return line(type, this.options.write(object, first));
  }
}

/** A watch that has nothing to say but why there is none. */
export function failedWatch(error: ApiError): Flow {
  let lines: readonly string[] = [line('ERROR', statusOf(error))];
  return {
    kind: 'flow',
    status: 200,
    headers: { 'content-type': JSON_TYPE },
    ended: true,
    take() {
      const told = lines;
      lines = [];
      return told;
    },
  };
}

/** Clients that set no time-out are cut off by servers after half an hour to an hour. */
const DEFAULT_TIMEOUT_SECONDS = 3000;
