/** Undoing what a run wrote, where it does not come to do so itself. */
import { deepEqual } from '../../sim/api/equal.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import type { Answered, Call, Intent, Kept, Undo } from './messages.ts';

/** The line that says that all is put back whose end is known. */
export const DONE = '"done"';

type Calls = (call: Call) => Promise<Answered>;

/** What of an object its authors write. */
export function authored({
  status: _,
  metadata,
  ...rest
}: KubeObject & { readonly status?: unknown }): object {
  const { labels, annotations, finalizers } = metadata;
  return { ...rest, metadata: { labels, annotations, finalizers } };
}

/** What a server fills in, which no new object may bring. */
export function asDraft(object: KubeObject): KubeObject {
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

/** Deletes what a run has made, and what is made of it. */
export const removal = (path: string): Call => ({
  method: 'DELETE',
  path,
  body: JSON.stringify({ apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Foreground' }),
});

/** What a server says of why it did not do it. */
function reasonOf({ status, body }: Answered): string {
  if (status === 0) return body;
  try {
    const { message } = JSON.parse(body) as { message?: string };
    if (message !== undefined) return message;
  } catch {
    // A proxy's page: its status says enough.
  }
  return `the server answered ${status}`;
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The merge patch that makes one of the other; undefined: they are the same. */
function mergePatch(from: unknown, to: unknown): unknown {
  if (deepEqual(from, to)) return undefined;
  if (!isMap(from) || !isMap(to)) return to ?? null;
  const patch: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const change = mergePatch(from[key], to[key]);
    if (change !== undefined) patch[key] = change;
  }
  return patch;
}

/** How long a write whose answer nobody has seen may be on its way, and how often it is looked. */
const ON_ITS_WAY_MS = 5_000;
const LOOK_MS = 250;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What undoes a write, by what is there now; undefined: it was not made. `wait`: it is under way. */
function undoingOf(
  { does, before, path, collection }: Intent,
  now: KubeObject | undefined,
): Call | 'wait' | undefined {
  const was = before as KubeObject | undefined;
  if (was === undefined) return now === undefined ? undefined : removal(path);
  if (does === 'delete') {
    const isOther = now !== undefined && now.metadata.uid !== was.metadata.uid;
    if (isOther) return undefined;
    if (now !== undefined) return now.metadata.deletionTimestamp === undefined ? undefined : 'wait';
    return { method: 'POST', path: collection, body: JSON.stringify(asDraft(was)) };
  }
  const patch = now === undefined ? undefined : mergePatch(authored(now), authored(was));
  if (patch === undefined) return undefined;
  return { method: 'PATCH', path, body: JSON.stringify(patch), type: 'application/merge-patch+json' };
}

/** Looks whether a write was made, and undoes it then. @returns why it could not, in words */
async function undoIntent(intent: Intent, call: Calls): Promise<string | undefined> {
  const until = Date.now() + ON_ITS_WAY_MS;
  for (;;) {
    const seen = await call({ method: 'GET', path: intent.path });
    if (seen.status !== 200 && seen.status !== 404) return reasonOf(seen);
    const now = seen.status === 404 ? undefined : (JSON.parse(seen.body) as KubeObject);
    const undoing = undoingOf(intent, now);
    if (typeof undoing === 'object') {
      const answer = await call(undoing);
      return answer.status < 300 ? undefined : reasonOf(answer);
    }
    if (Date.now() > until) return undoing === 'wait' ? 'it is being deleted still' : undefined;
    await pause(LOOK_MS);
  }
}

/** How long what was deleted may take to be gone. */
const GONE_MS = 120_000;

/** Whether an object is there that goes by and by. */
async function isGoing(path: string, call: Calls): Promise<boolean> {
  const seen = await call({ method: 'GET', path });
  return (
    seen.status === 200 && (JSON.parse(seen.body) as KubeObject).metadata.deletionTimestamp !== undefined
  );
}

async function undoMade({ call: asked, fine, awaits }: Undo, call: Calls): Promise<string | undefined> {
  const until = Date.now() + GONE_MS;
  for (;;) {
    const answer = await call(asked);
    if (answer.status >= 200 && answer.status < 300) return undefined;
    if (answer.status !== fine) return reasonOf(answer);
    if (awaits === undefined || !(await isGoing(awaits, call))) return undefined;
    if (Date.now() > until) return 'it is being deleted still';
    await pause(LOOK_MS);
  }
}

/** The writes of a run, by their numbers. */
export class Standing {
  private readonly writes = new Map<number, Intent | Undo>();

  note(kept: Kept): void {
    if ('intent' in kept) this.writes.set(kept.id, kept.intent);
    else if ('undo' in kept) this.writes.set(kept.id, kept.undo);
    else this.writes.delete(kept.id);
  }

  /** The run has put back what it knows of. */
  forgetMade(): void {
    for (const [id, write] of this.writes) if ('fine' in write) this.writes.delete(id);
  }

  get isEmpty(): boolean {
    return this.writes.size === 0;
  }

  /** Undoes all, the last first. @returns what could not be, in words */
  async undoAll(call: Calls): Promise<string[]> {
    const left: string[] = [];
    for (const write of [...this.writes.values()].reverse()) {
      const why = await ('fine' in write ? undoMade(write, call) : undoIntent(write, call));
      if (why !== undefined) left.push(`${write.named}: ${why}`);
    }
    return left;
  }
}
