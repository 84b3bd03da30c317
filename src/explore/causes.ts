/**
 * Why something broke: the root of its chain of causes. Two claims that are broken by what came of one thing
 * have one cause; a claim that is broken by what came of different things has as many.
 */
import { clusterOf, presentState } from '../dsl/session.ts';
import { getObject } from '../dsl/state.ts';
import type { Session } from '../dsl/types.ts';
import { changesOf } from '../messages/changes.ts';
import type { KubeObject, Pod } from '../sim/api/types.ts';
import type { ApiChange, HistoryEntry, WorldChange } from '../sim/kernel/history.ts';
import type { EntryId } from '../sim/kernel/types.ts';
import { placeOf } from './owner.ts';
import type { MetStrike } from './strikes.ts';

export interface Cause {
  /**
   * The same for all that has one root: `Deployment default/web changed ← container`. Of what has no chain,
   * the claim.
   */
  readonly key: string;
  /** The kind of the fault at its root, where it is known. */
  readonly fault?: string;
  /** Whether budgets are asked about that fault, or somebody makes that change on purpose. */
  readonly voluntary: boolean;
  /** Whether it is what any cluster goes down by: every node at once, every Pod of a workload. */
  readonly total: boolean;
}

/** What others make of the rest, and would say nothing of what broke. */
const DERIVED: ReadonlySet<string> = new Set(['EndpointSlice', 'Endpoints', 'Event', 'Lease']);

const objectOf = ({ before, after }: ApiChange): KubeObject => (after ?? before) as KubeObject;

function changeOf(entry: ApiChange): string {
  const keys = changesOf(entry).map((m) => m.key);
  if (keys.includes('created')) return 'created';
  return keys.includes('deleted') || keys.includes('markedForDeletion') ? 'deleted' : 'changed';
}

const named = (args: Readonly<Record<string, unknown>>, field: string): string | undefined =>
  typeof args[field] === 'string' ? args[field] : undefined;

/** The Pod's workload while it is there, the Pod itself afterwards. */
function subjectOfWorld({ key, args }: WorldChange, session: Session): string {
  const pod = named(args, 'pod');
  if (pod === undefined) return named(args, 'node') === undefined ? key : 'Node';
  const found = getObject(presentState(session), 'Pod', named(args, 'namespace') ?? 'default', pod);
  return found === undefined ? 'Pod' : placeOf(found);
}

const broken = (entry: HistoryEntry, session: Session): string =>
  entry.type === 'api'
    ? `${placeOf(objectOf(entry))}: ${entry.kind} ${changeOf(entry)}`
    : entry.type === 'world'
      ? subjectOfWorld(entry, session)
      : entry.key;

/** What was met first, as coarse as it gets: one container that ends is as good as another. */
function met(entry: HistoryEntry): string {
  if (entry.type === 'api') return `${entry.kind} ${changeOf(entry)}`;
  if (entry.type === 'operation') return entry.key;
  return named(entry.args, 'container') !== undefined
    ? 'container'
    : named(entry.args, 'pod') !== undefined
      ? 'Pod'
      : ['node', 'from', 'to'].some((field) => named(entry.args, field) !== undefined)
        ? 'Node'
        : entry.key;
}

/** The node and the Pod that an entry speaks of, where it speaks of them. */
function placesOf(entry: HistoryEntry): { readonly node?: string | undefined; readonly pod?: string } {
  if (entry.type === 'operation') return {};
  if (entry.type === 'world') {
    const pod = named(entry.args, 'pod');
    const node = named(entry.args, 'node');
    return pod === undefined ? { node } : { node, pod: `${named(entry.args, 'namespace') ?? ''}/${pod}` };
  }
  if (entry.kind === 'Node') return { node: entry.name };
  if (entry.kind !== 'Pod') return {};
  const { spec } = objectOf(entry) as Pod;
  return { node: spec.nodeName, pod: `${entry.namespace}/${entry.name}` };
}

/** The strike that an entry came of: that made it, or the last of those that had met what it speaks of. */
function strikeAt(root: HistoryEntry, strikes: readonly MetStrike[]): MetStrike | undefined {
  const made = strikes.find((s) => root.id > s.from && root.id <= s.to);
  if (made !== undefined) return made;
  const { node, pod } = placesOf(root);
  return strikes.findLast(
    (s) =>
      s.to <= root.id &&
      ((pod !== undefined && s.pods.includes(pod)) || (node !== undefined && s.nodes.includes(node))),
  );
}

/**
 * @param entry that broke the claim, where one did. @param strikes of the trial. @param claim as a step says
 * it
 */
export function causeOf(
  session: Session,
  entry: EntryId | undefined,
  strikes: readonly MetStrike[],
  claim: string,
): Cause {
  const chain = entry === undefined ? [] : clusterOf(session).causes(entry);
  const happened = chain.filter((e) => e.type !== 'operation');
  const root = happened[happened.length - 1];
  const first = happened.find((e) => e.type !== 'api' || !DERIVED.has(e.kind)) ?? happened[0];
  if (root === undefined || first === undefined) return { key: claim, voluntary: false, total: false };
  const strike = strikeAt(root, strikes);
  const total = strike?.total === true;
  return {
    key: `${broken(first, session)} ← ${met(root)}${total ? ', all at once' : ''}`,
    ...(strike === undefined ? {} : { fault: strike.kind }),
    voluntary: strike?.voluntary === true,
    total,
  };
}
