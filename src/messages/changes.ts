/** What a change of an object amounts to. */
import type { KubeObject } from '../sim/api/types.ts';
import type { ApiChange } from '../sim/kernel/history.ts';
import type { Message } from '../sim/kernel/types.ts';
import type { Messages } from './catalogue.ts';

interface Status {
  readonly phase?: string;
  readonly conditions?: readonly {
    readonly type: string;
    readonly status: string;
    readonly reason?: string;
  }[];
}
interface Spec {
  readonly nodeName?: string;
  readonly taints?: readonly { readonly key: string; readonly effect: string }[];
}

const message = <K extends keyof Messages>(key: K, args: Messages[K]): Message => ({
  key,
  args: args as Message['args'],
});
const specOf = (o: KubeObject): Spec => (o.spec ?? {}) as Spec;
const statusOf = (o: KubeObject): Status => (o.status ?? {}) as Status;
const taintsOf = (o: KubeObject): string =>
  (specOf(o).taints ?? []).map((t) => `${t.key}:${t.effect}`).join(', ');

/** One message at least: that it was created, where it was bound, which conditions turned. */
export function changesOf({ before, after }: Pick<ApiChange, 'before' | 'after'>): readonly Message[] {
  if (before === undefined) return [message('created', {})];
  if (after === undefined) return [message('deleted', {})];
  return updates(before as KubeObject, after as KubeObject);
}

function updates(before: KubeObject, after: KubeObject): readonly Message[] {
  if (before.metadata.deletionTimestamp === undefined && after.metadata.deletionTimestamp !== undefined)
    return [message('markedForDeletion', {})];
  const was = statusOf(before);
  const is = statusOf(after);
  const changes: Message[] = [];
  const { nodeName } = specOf(after);
  if (after.kind === 'Pod' && nodeName !== undefined && specOf(before).nodeName !== nodeName)
    changes.push(message('bound', { node: nodeName }));
  if (is.phase !== undefined && was.phase !== is.phase) changes.push(message('phase', { phase: is.phase }));
  for (const { type, status, reason = '' } of is.conditions ?? []) {
    if (was.conditions?.find((o) => o.type === type)?.status !== status)
      changes.push(message('condition', { type, status, reason }));
  }
  if (after.kind === 'Node' && taintsOf(before) !== taintsOf(after))
    changes.push(message('taints', { taints: taintsOf(after) }));
  if (changes.length > 0) return changes;
  return [message(before.spec === after.spec ? 'statusUpdated' : 'updated', {})];
}
