/**
 * Entries of a history in sentences that a newcomer understands: not which object changed, but who did what,
 * and what for. What has no sentence of its own is told as the history says it.
 */
import { printClock } from '../../chaos/duration.ts';
import { wordsOf, type Language } from '../../messages/index.ts';
import type { EntryId, Message } from '../../sim/kernel/types.ts';
import type { ChangeEntry, Entry, Step } from '../run.ts';

/** What there is to know of each sentence. */
interface Facts {
  readonly name: string;
  readonly by: string;
  /** Where, or what of. */
  readonly what: string;
  /** Since when, and for how long, something was so. */
  readonly since: string;
  readonly seconds: number;
}

type Telling = (facts: Facts) => string;

const EN = {
  step: ({ what }) => `The scenario says: “${what}”.`,
  clusterBegan: () => 'The cluster was switched on, before the scenario began.',
  event: ({ by, name, what }) => `${by} noted of ${name}: ${what}`,
  userCreated: ({ name }) => `The operator created ${name}.`,
  userChanged: ({ name }) => `The operator changed ${name}.`,
  lastHeartbeat: ({ name, since }) =>
    `The last heartbeat of ${name} had been sent by ${since}; none followed it. Its kubelet ` +
    'renews a Lease every 10 s to say that it lives.',
  nodeSilent: ({ name, since, seconds }) =>
    `No heartbeat of ${name} since ${since}, for ${seconds} s: past its limit (50 s unless ` +
    'set otherwise), so the control plane no longer knows whether the node is ready. Only ' +
    'now does the API say so.',
  nodeReady: ({ name }) => `The kubelet of ${name} reports again: the node is Ready.`,
  nodeNotReady: ({ name }) => `The kubelet of ${name} reports that the node is not ready.`,
  noSchedule: ({ name, what }) => `So that no new pods are placed on ${name}, the node was tainted: ${what}.`,
  noExecute: ({ name, what }) =>
    `${name} was tainted ${what}: pods are to leave it, each once its toleration is over ` +
    '(300 s unless it says otherwise).',
  untainted: ({ name }) => `The taints of ${name} were taken off: pods may be placed there again.`,
  podMade: ({ name, by }) => `${by} saw fewer pods than are wanted, and made ${name}.`,
  podBound: ({ name, what }) => `The scheduler chose ${what} for ${name}.`,
  podReady: ({ name }) => `${name} became Ready: its containers run, and its probes are content.`,
  podLost: ({ name, seconds }) =>
    `${name} is on a node that has been silent for ${seconds} s, so it counts as not ready, ` +
    'and Services stop sending to it.',
  podNotReady: ({ name }) => `${name} is no longer ready, and Services stop sending to it.`,
  podRuns: ({ name }) => `The kubelet started the containers of ${name}.`,
  podEvictedByTaint: ({ name, seconds }) =>
    `${name} tolerated the taint for ${seconds} s; that is over, so its deletion was asked ` +
    'for. It is gone only when its kubelet confirms it.',
  podMarked: ({ name, by }) =>
    `${by} asked for the deletion of ${name}; its kubelet ends it within its grace period.`,
  podDisrupted: ({ name }) => `${name} was marked as one that is about to be disrupted.`,
  podGone: ({ name }) => `${name} has ended, and is gone from the API.`,
  available: ({ name }) => `${name} has as many available pods as it needs.`,
  unavailable: ({ name }) => `${name} has fewer available pods than it needs.`,
  counted: ({ name, by }) => `${by} counted the pods of ${name} anew.`,
  endpoints: ({ name }) => `The list of pods that ${name} sends requests to was written anew.`,
  setMade: ({ name, by }) => `${by} made ${name} for a new version of the template.`,
  plain: ({ what }) => `${what}.`,
} satisfies Record<string, Telling>;

const JA: Record<keyof typeof EN, Telling> = {
  step: ({ what }) => `シナリオのステップ：「${what}」`,
  clusterBegan: () => 'シナリオの前に、クラスターが起動しました。',
  event: ({ by, name, what }) => `${by} が ${name} について記録しました：${what}`,
  userCreated: ({ name }) => `操作者が ${name} を作成しました。`,
  userChanged: ({ name }) => `操作者が ${name} を変更しました。`,
  lastHeartbeat: ({ name, since }) =>
    `${name} の最後のハートビートは ${since} までに送られ、` +
    'その後は途絶えました。kubelet は 10 秒ごとに Lease ' +
    'を更新して生存を知らせます。',
  nodeSilent: ({ name, since, seconds }) =>
    `${name} のハートビートが ${since} から ${seconds} 秒間ありません。` +
    '限度（既定では 50 秒）を超えたので、コントロールプレーンはノードが ' +
    'Ready か分からなくなりました。API がそう言うのはここからです。',
  nodeReady: ({ name }) => `${name} の kubelet が再び報告し、ノードは Ready になりました。`,
  nodeNotReady: ({ name }) => `${name} の kubelet が、ノードは Ready でないと報告しました。`,
  noSchedule: ({ name, what }) => `${name} に新しい Pod を置かないよう、テイントが付きました：${what}`,
  noExecute: ({ name, what }) =>
    `${name} にテイント ${what} が付きました。Pod は許容時間（既定では 300 秒）が過ぎると退去します。`,
  untainted: ({ name }) => `${name} のテイントが外れ、再び Pod を置けるようになりました。`,
  podMade: ({ name, by }) => `${by} は Pod が足りないのを見て ${name} を作りました。`,
  podBound: ({ name, what }) => `スケジューラーが ${name} の置き場所に ${what} を選びました。`,
  podReady: ({ name }) => `${name} が Ready になりました。コンテナが動き、プローブも通っています。`,
  podLost: ({ name, seconds }) =>
    `${name} のノードは ${seconds} 秒間沈黙しているので Ready でないとみなされ、Service はもう送りません。`,
  podNotReady: ({ name }) => `${name} は Ready でなくなり、Service はもう送りません。`,
  podRuns: ({ name }) => `kubelet が ${name} のコンテナを起動しました。`,
  podEvictedByTaint: ({ name, seconds }) =>
    `${name} はテイントを ${seconds} 秒間許容しましたが、` +
    'それが過ぎたので削除が求められました。kubelet が確認するまでは消えません。',
  podMarked: ({ name, by }) =>
    `${by} が ${name} の削除を求めました。kubelet が猶予期間のうちに終了させます。`,
  podDisrupted: ({ name }) => `${name} はまもなく中断される Pod として印が付きました。`,
  podGone: ({ name }) => `${name} は終了し、API から消えました。`,
  available: ({ name }) => `${name} には必要な数の利用可能な Pod があります。`,
  unavailable: ({ name }) => `${name} の利用可能な Pod が必要な数を下回りました。`,
  counted: ({ name, by }) => `${by} が ${name} の Pod を数え直しました。`,
  endpoints: ({ name }) => `${name} の送り先の Pod の一覧が書き直されました。`,
  setMade: ({ name, by }) => `${by} がテンプレートの新しい版のために ${name} を作りました。`,
  plain: ({ what }) => `${what}`,
};

const TELLINGS: Readonly<Record<Language, Record<keyof typeof EN, Telling>>> = { en: EN, ja: JA };

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
}

const conditionOf = ({ says }: ChangeEntry, type: string): Condition | undefined =>
  says
    .filter((m) => m.key === 'condition')
    .map((m) => m.args as unknown as Condition)
    .find((c) => c.type === type);

const saysOf = ({ says }: ChangeEntry, key: string): Message['args'] | undefined =>
  says.find((m) => m.key === key)?.args;

const KINDS: Readonly<Record<string, string>> = { Pod: 'pod', Node: 'node' };

/** `pod web-1`, `Deployment shop/web` */
const nameOf = ({ kind, namespace, name }: ChangeEntry): string =>
  `${KINDS[kind] ?? kind} ${namespace === '' || namespace === 'default' ? name : `${namespace}/${name}`}`;

function keyOfPod(entry: ChangeEntry): keyof typeof EN {
  const ready = conditionOf(entry, 'Ready');
  if (entry.change === 'created') return entry.by === 'user' ? 'userCreated' : 'podMade';
  if (entry.change === 'deleted') return 'podGone';
  if (saysOf(entry, 'markedForDeletion') !== undefined)
    return entry.by === 'taint-eviction-controller' ? 'podEvictedByTaint' : 'podMarked';
  if (saysOf(entry, 'bound') !== undefined) return 'podBound';
  if (ready?.status === 'True') return 'podReady';
  if (
    ready?.status === 'False' &&
    saysOf(entry, 'phase') === undefined &&
    entry.by.startsWith('node-lifecycle')
  )
    return 'podLost';
  if (ready?.status === 'False' && conditionOf(entry, 'Initialized') === undefined) return 'podNotReady';
  if (saysOf(entry, 'phase')?.['phase'] === 'Running') return 'podRuns';
  if (conditionOf(entry, 'DisruptionTarget')?.status === 'True') return 'podDisrupted';
  return 'plain';
}

function keyOfNode(entry: ChangeEntry): keyof typeof EN {
  const ready = conditionOf(entry, 'Ready');
  if (ready?.status === 'Unknown') return 'nodeSilent';
  if (ready?.status === 'True') return 'nodeReady';
  if (ready?.status === 'False') return 'nodeNotReady';
  const taints = saysOf(entry, 'taints')?.['taints'];
  if (taints === '') return 'untainted';
  if (typeof taints === 'string') return taints.includes('NoExecute') ? 'noExecute' : 'noSchedule';
  return entry.by === 'user' ? 'userChanged' : 'plain';
}

function keyOf(entry: ChangeEntry): keyof typeof EN {
  if (entry.event !== undefined) return 'event';
  if (entry.kind === 'Pod') return keyOfPod(entry);
  if (entry.kind === 'Node') return keyOfNode(entry);
  if (entry.kind === 'Lease') return 'lastHeartbeat';
  if (entry.kind === 'EndpointSlice' || entry.kind === 'Endpoints') return 'endpoints';
  if (entry.by === 'user') return entry.change === 'created' ? 'userCreated' : 'userChanged';
  if (entry.kind === 'ReplicaSet' && entry.change === 'created') return 'setMade';
  const available = conditionOf(entry, 'Available')?.status;
  if (available !== undefined) return available === 'True' ? 'available' : 'unavailable';
  if (entry.change === 'updated' && saysOf(entry, 'statusUpdated') !== undefined) return 'counted';
  return 'plain';
}

/** Tells the entries of one run. */
export class Teller {
  private readonly byId: ReadonlyMap<EntryId, Entry>;
  private readonly steps: readonly Step[];

  constructor(entries: readonly Entry[], steps: readonly Step[]) {
    this.byId = new Map(entries.map((e) => [e.id, e]));
    this.steps = steps;
  }

  /** The step that an operation belongs to. */
  stepOf(entry: EntryId): Step | undefined {
    return this.steps.find((s) => s.entries !== undefined && s.entries[0] <= entry && entry <= s.entries[1]);
  }

  /** A sentence or two. */
  tell(entry: Entry, language: Language): string {
    const { key, ...facts } = this.factsOf(entry, language);
    return TELLINGS[language][key](facts);
  }

  private factsOf(entry: Entry, language: Language): Facts & { readonly key: keyof typeof EN } {
    const cause = this.byId.get(entry.cause);
    const since = cause === undefined ? '' : printClock(cause.at);
    const seconds = cause === undefined ? 0 : Math.round((entry.at - cause.at) / 1000);
    const facts = { name: '', by: entry.by, what: '', since, seconds };
    if (entry.type !== 'api') {
      if (entry.type === 'world') return { ...facts, key: 'plain', what: capital(wordsOf(entry, language)) };
      if (entry.key === 'clusterSwitchedOn') return { ...facts, key: 'clusterBegan' };
      const step = this.stepOf(entry.id);
      return { ...facts, key: 'step', what: step?.text ?? wordsOf(entry, language) };
    }
    const key = keyOf(entry);
    if (entry.event !== undefined)
      return {
        ...facts,
        key,
        name: entry.event.about,
        what: `${entry.event.reason}. ${entry.event.message}`,
      };
    const name = key === 'lastHeartbeat' ? `node ${entry.name}` : nameOf(entry);
    const said = entry.says.map((m) => wordsOf(m, language)).join(', ');
    const what =
      key === 'podBound'
        ? String(saysOf(entry, 'bound')?.['node'])
        : key === 'noSchedule' || key === 'noExecute'
          ? String(saysOf(entry, 'taints')?.['taints'])
          : `${entry.by}: ${name} ${said}`;
    return { ...facts, key, name, what, ...(key === 'lastHeartbeat' ? { since: printClock(entry.at) } : {}) };
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
