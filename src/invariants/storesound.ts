/** What the API server's store and its objects' lives promise. */
import type { KubeObject, Pod, Taint } from '../sim/api/types.ts';
import { parseTime } from '../sim/api/time.ts';
import type { Millis } from '../sim/kernel/types.ts';
import { changeOf, defineInvariant, named, type Change, told } from './define.ts';
import type { Message } from '../sim/kernel/types.ts';
import { hasEnded, isTerminating } from './pods.ts';
import type { Violation } from './types.ts';

export const noLostWrite = defineInvariant<{ last: Map<string, KubeObject | undefined>; revision: number }>({
  name: 'no-lost-write',
  asks: 'api',
  about: 'Every write builds upon the one before of its object, and revisions only grow.',
  why: 'an acknowledged write must not vanish',
  fails: 'A write replaced another state than the last one written, or its revision was not the newest.',
  init: () => ({ last: new Map(), revision: 0 }),
  observe(entry, state): Violation | undefined {
    if (entry.type !== 'api') return undefined;
    const key = `${entry.kind}/${entry.namespace}/${entry.name}`;
    const object = (entry.after ?? entry.before) as KubeObject;
    const known = state.last.has(key);
    const last = state.last.get(key);
    state.last.set(key, entry.after as KubeObject | undefined);
    const title = `${entry.kind} ${named(object)}`;
    const broken = (message: Message): Violation => ({ message, objects: [object], entry: entry.id });
    if (entry.revision <= state.revision)
      return broken(
        told('brokenRevision', { object: title, revision: entry.revision, last: state.revision }),
      );
    state.revision = entry.revision;
    const base = entry.before as KubeObject | undefined;
    if (known && last !== base && last?.metadata.resourceVersion !== base?.metadata.resourceVersion) {
      return broken(
        told('brokenLostWrite', {
          object: title,
          upon: base?.metadata.resourceVersion ?? '',
          after: last?.metadata.resourceVersion ?? '',
        }),
      );
    }
    return undefined;
  },
});

export const podLives = defineInvariant<null>({
  name: 'pod-lives',
  asks: 'api',
  about: 'A Pod that has succeeded or failed stays so, never changes its node, and keeps its uid.',
  why: 'everyone who watches relies on it',
  fails:
    'A Pod left Succeeded or Failed, moved to another node, or became another Pod without a deletion in ' +
    'between.',
  init: () => null,
  observe(entry): Violation | undefined {
    const change = changeOf(entry, 'Pod');
    if (change?.before === undefined || change.after === undefined) return undefined;
    const { before, after } = change;
    const podName = named(after);
    const broken = (message: Message): Violation => ({ message, objects: [after], entry: entry.id });
    if (before.metadata.uid !== after.metadata.uid) return broken(told('brokenReborn', { pod: podName }));
    if (before.spec.nodeName && before.spec.nodeName !== after.spec.nodeName)
      return broken(
        told('brokenMoved', { pod: podName, before: before.spec.nodeName, to: after.spec.nodeName ?? '' }),
      );
    if (hasEnded(before) && before.status.phase !== after.status.phase)
      return broken(
        told('brokenUnended', {
          pod: podName,
          before: before.status.phase ?? '',
          to: after.status.phase ?? '',
        }),
      );
    return undefined;
  },
});

const secondsOf = (pod: Pod, key: string, value: string | undefined): number | undefined => {
  const fitting = (pod.spec.tolerations ?? []).filter(
    (t) =>
      (!t.effect || t.effect === 'NoExecute') &&
      (t.key === undefined || t.key === '' ? t.operator === 'Exists' : t.key === key) &&
      (t.operator === 'Exists' || (t.value ?? '') === (value ?? '')),
  );
  if (fitting.length === 0) return 0;
  const limits = fitting.map((t) => t.tolerationSeconds).filter((s) => s !== undefined && s !== null);
  return limits.length === 0 ? undefined : Math.max(0, Math.min(...(limits as number[])));
};

interface Taints {
  /** When the first of them came. */
  readonly since: Millis;
  /** By key and value, all there have been: a timer that one has set is not put off by the next. */
  readonly met: ReadonlyMap<string, Pick<Taint, 'key' | 'value'>>;
}

interface Tainted {
  /**
   * The NoExecute taints that a node has had without a break; breaks of less than a minute are none: the
   * controller may not have seen them.
   */
  present: Map<string, Taints>;
  /** Nodes that have none any more: which they had, and until when. */
  cleared: Map<string, Taints & { readonly at: Millis }>;
  /** Pods that are gone. */
  gone: Set<string>;
}
const BREAK_MS = 60_000;

function takeTaints(change: Change<'Node'>, at: Millis, state: Tainted): void {
  const { name } = change;
  if (change.after === undefined) {
    // Upstream does not call evictions off when a tainted Node is deleted (handleNodeUpdate of
    // taint_eviction.go): if it comes back without taints they take place, and with taints they count from
    // the first.
    const taints = state.present.get(name);
    state.present.delete(name);
    if (taints === undefined) state.cleared.delete(name);
    else state.cleared.set(name, { ...taints, at: Number.POSITIVE_INFINITY });
    return;
  }
  const taints = state.present.get(name);
  const now = (change.after.spec.taints ?? []).filter((t) => t.effect === 'NoExecute');
  if (now.length > 0) {
    const before = state.cleared.get(name);
    const { since, met } =
      taints ??
      (before !== undefined && at - before.at < BREAK_MS
        ? before
        : { since: at, met: new Map<string, Taint>() });
    const added = now.map(({ key, value }) => [`${key}=${value ?? ''}`, { key, value }] as const);
    state.present.set(name, { since, met: new Map([...met, ...added]) });
    return;
  }
  if (taints === undefined) return;
  state.present.delete(name);
  state.cleared.set(name, { ...taints, at });
}

export const tolerationsRespected = defineInvariant<Tainted>({
  name: 'toleration-seconds-respected',
  asks: 'api',
  about: 'Taint eviction ends a Pod no earlier than it tolerates the taints of its node.',
  why: 'the time is given to short outages, which need no replacement',
  fails:
    'A Pod was evicted before its tolerationSeconds were over, those of any taint that its node, or one ' +
    'deleted under its name, has had without a break, counted from the first. One made under the name of ' +
    "a Pod that is gone is left out: the controller's timers go by names.",
  init: () => ({ present: new Map(), cleared: new Map(), gone: new Set() }),
  observe(entry, state, view): Violation | undefined {
    const node = changeOf(entry, 'Node');
    if (node !== undefined) takeTaints(node, entry.at, state);
    const change = changeOf(entry, 'Pod');
    if (change?.before === undefined) return undefined;
    const pod = change.before;
    const reborn = state.gone.has(named(pod));
    if (change.after === undefined) state.gone.add(named(pod));
    if (
      reborn ||
      !entry.by.includes('taint-eviction') ||
      isTerminating(pod) ||
      (change.after !== undefined && !isTerminating(change.after))
    )
      return undefined;
    const nodeName = pod.spec.nodeName ?? '';
    const taints = (view.find('Node', '', nodeName)?.spec.taints ?? []).filter(
      (t) => t.effect === 'NoExecute',
    );
    if (taints.length === 0) {
      const cleared = state.cleared.get(nodeName);
      return cleared === undefined || entry.at - cleared.at < BREAK_MS
        ? undefined
        : { message: told('brokenEvictedUntainted', { pod: named(pod) }), objects: [pod], entry: entry.id };
    }
    const had = state.present.get(nodeName);
    const due = [...(had?.met.values() ?? [])].some((t) => {
      const seconds = secondsOf(pod, t.key, t.value);
      return seconds !== undefined && entry.at >= had!.since + seconds * 1000;
    });
    return due
      ? undefined
      : {
          message: told('brokenEvictedEarly', { pod: named(pod), taints: taints.map((t) => t.key) }),
          objects: [pod],
          entry: entry.id,
        };
  },
});

export const taintsObeyed = defineInvariant<null>({
  name: 'no-execute-obeyed',
  asks: 'api',
  about: 'In the end no Pod is on a node with a NoExecute taint that it does not tolerate.',
  why: 'the taint says that it must go',
  fails: 'In the end a Pod was on a node that it had to leave.',
  init: () => null,
  finally(_state, view): Violation | undefined {
    for (const pod of view.list('Pod')) {
      if (!pod.spec.nodeName || isTerminating(pod) || hasEnded(pod)) continue;
      const taint = (view.find('Node', '', pod.spec.nodeName)?.spec.taints ?? []).find(
        (t) => t.effect === 'NoExecute' && secondsOf(pod, t.key, t.value) === 0,
      );
      if (taint !== undefined)
        return {
          message: told('brokenUntolerated', { pod: named(pod), node: pod.spec.nodeName, taint: taint.key }),
          objects: [pod],
        };
    }
    return undefined;
  },
});

export const nodesCleared = defineInvariant<null>({
  name: 'nodes-cleared',
  asks: 'api',
  about:
    'In the end a Ready node carries no taint that says it is not, and one that is not Ready carries one.',
  why: 'nothing is placed on a tainted node',
  fails: "In the end a taint of the node lifecycle controller did not fit the node's conditions.",
  init: () => null,
  finally(_state, view): Violation | undefined {
    for (const node of view.list('Node')) {
      const ready = node.status.conditions?.find((c) => c.type === 'Ready')?.status === 'True';
      const taint = (node.spec.taints ?? []).find(
        (t) => t.key === 'node.kubernetes.io/not-ready' || t.key === 'node.kubernetes.io/unreachable',
      );
      if (ready && taint !== undefined)
        return {
          message: told('brokenNodeTainted', { node: node.metadata.name, taint: taint.key }),
          objects: [node],
        };
      if (!ready && taint === undefined)
        return { message: told('brokenNodeUntainted', { node: node.metadata.name }), objects: [node] };
    }
    return undefined;
  },
});

export const nothingStuck = defineInvariant<null>({
  name: 'nothing-stuck',
  asks: 'api',
  about: 'In the end no Pod is left that is being deleted, or whose node is gone.',
  why: 'a Pod that is Terminating for ever blocks its name, its node and its namespace',
  fails:
    'In the end a Pod was still being deleted, long after its grace period, or bound to a node that is no ' +
    'more.',
  init: () => null,
  finally(_state, view): Violation | undefined {
    for (const pod of view.list('Pod')) {
      if (pod.spec.nodeName && view.find('Node', '', pod.spec.nodeName) === undefined)
        return {
          message: told('brokenNodeGone', { pod: named(pod), node: pod.spec.nodeName }),
          objects: [pod],
        };
      if (
        !isTerminating(pod) ||
        (pod.metadata.finalizers ?? []).length > 0 ||
        view.now < parseTime(pod.metadata.deletionTimestamp!) + 60_000
      )
        continue;
      return {
        message: told('brokenTerminating', { pod: named(pod), since: pod.metadata.deletionTimestamp! }),
        objects: [pod],
      };
    }
    return undefined;
  },
});
