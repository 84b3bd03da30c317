/**
 * The path of one kubectl line: what it gets through on its way into etcd, and what the cluster makes of it
 * until its first Pod serves. Requests say themselves what they pass (`RequestOptions.passed`); what comes
 * after is read from the history, by its causes, and from the kubelet of the Pod's node.
 */
import type { Scenario } from '../../dsl/scenario.ts';
import type { RequestStage } from '../../sim/api/caller.ts';
import { groupsOf } from '../../sim/api/authentication/user.ts';
import type { Event, Pod } from '../../sim/api/types.ts';
import type { ApiChange, HistoryEntry } from '../../sim/kernel/history.ts';
import type { By, EntryId, Millis } from '../../sim/kernel/types.ts';
import type { KubeletState } from '../../sim/node/kubelet/types.ts';

export const STAGES = [
  'client',
  'authentication',
  'authorization',
  'admission',
  'validation',
  'etcd',
  'controllers',
  'scheduler',
  'volumes',
  'sandbox',
  'network',
  'image',
  'start',
] as const;
export type StageName = (typeof STAGES)[number];

/** `waiting`: it went no further in its time; `unneeded`: a line of this sort has no such stage. */
export type Outcome = 'passed' | 'refused' | 'waiting' | 'unneeded' | 'unreached';

/** What is said of a stage, as `words.ts` words it; plain data. */
export interface Detail {
  readonly key:
    | 'requests'
    | 'user'
    | 'rule'
    | 'unasked'
    | 'stored'
    | 'made'
    | 'deleted'
    | 'more'
    | 'pods'
    | 'bound'
    | 'address'
    | 'verbatim';
  readonly args: readonly string[];
}

/** Times are virtual, in milliseconds since the line was run. */
export interface Stage {
  readonly stage: StageName;
  readonly outcome: Outcome;
  readonly fromMs?: Millis;
  readonly toMs?: Millis;
  readonly details: readonly Detail[];
}

export interface Explanation {
  readonly line: string;
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly stages: readonly Stage[];
}

/** How long a Pod is followed, and how long what makes none. */
const PATIENCE_MS = 10 * 60_000;
const QUIET_MS = 5000;
/** Of what controllers did, so much is told one by one. */
const TOLD = 8;

const SERVER: readonly RequestStage[] = [
  'authentication',
  'authorization',
  'admission',
  'validation',
  'etcd',
];

const detail = (key: Detail['key'], ...args: readonly string[]): Detail => ({ key, args });

/** A request, and what it passed. */
interface Request {
  readonly what: string;
  readonly by: By;
  readonly passed: Map<RequestStage, string>;
}

/** What came of a line in the cluster, read as it happens. */
class Aftermath {
  private readonly scenario: Scenario;
  private readonly beganAt: Millis;
  private seen: number;
  private readonly family = new Set<EntryId>();
  readonly acts: Detail[] = [];
  actsFromMs: Millis | undefined;
  actsToMs: Millis | undefined;
  readonly pods: string[] = [];
  pod: Pod | undefined;
  readonly at = new Map<StageName, Millis>();
  readonly texts = new Map<StageName, string>();

  constructor(scenario: Scenario, line: EntryId, seen: number) {
    this.scenario = scenario;
    this.beganAt = scenario.cluster.now;
    this.seen = seen;
    this.family.add(line);
  }

  get nowMs(): Millis {
    return this.scenario.cluster.now - this.beganAt;
  }

  /** Takes in what has happened since; whether there is no more to wait for. */
  look(): boolean {
    const { history } = this.scenario.cluster;
    for (; this.seen < history.length; this.seen += 1) this.take(history[this.seen]!);
    if (this.pod === undefined) return this.nowMs >= QUIET_MS;
    this.lookAtNode(this.pod);
    const { phase, conditions } = this.pod.status;
    return (
      phase === 'Succeeded' ||
      phase === 'Failed' ||
      conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') === true
    );
  }

  private take(entry: HistoryEntry): void {
    if (!this.family.has(entry.cause)) return;
    this.family.add(entry.id);
    if (entry.type === 'api') {
      if (entry.kind === 'Event') this.takeEvent(entry.after as Event | undefined);
      else this.takeChange(entry);
    } else if (entry.key === 'containerStarted' && entry.args['uid'] === this.pod?.metadata.uid)
      this.at.set('start', this.nowMs);
  }

  private takeChange({ by, kind, name, before, after }: ApiChange): void {
    if (kind === 'Pod' && after !== undefined) this.takePod(after as Pod, before === undefined);
    if (by === 'user' || by === 'kube-scheduler' || by.includes('@')) return;
    if (before !== undefined && after !== undefined) return;
    this.actsFromMs ??= this.nowMs;
    this.actsToMs = this.nowMs;
    this.acts.push(detail(before === undefined ? 'made' : 'deleted', by, kind, name));
  }

  private takePod(pod: Pod, isNew: boolean): void {
    if (isNew) {
      this.pods.push(pod.metadata.name);
      this.pod ??= pod;
    }
    if (pod.metadata.uid !== this.pod?.metadata.uid) return;
    if (!this.pod.spec.nodeName && pod.spec.nodeName) this.at.set('scheduler', this.nowMs);
    const unscheduled = pod.status.conditions?.find((c) => c.type === 'PodScheduled' && c.status === 'False');
    if (unscheduled?.message !== undefined) this.texts.set('scheduler', unscheduled.message);
    this.pod = pod;
  }

  /** What the kubelet says of the Pod: its image, and what goes wrong. */
  private takeEvent(event: Event | undefined): void {
    if (event === undefined || event.involvedObject.uid !== this.pod?.metadata.uid) return;
    const { reason = '', message = '' } = event;
    if (reason === 'Pulled') {
      this.at.set('image', this.nowMs);
      this.texts.set('image', message);
    } else if (reason === 'FailedMount' || reason === 'FailedAttachVolume')
      this.texts.set('volumes', message);
    else if (reason === 'Failed' || reason === 'BackOff')
      this.texts.set(this.at.has('image') ? 'start' : 'image', message);
  }

  /** How far the worker of the Pod has come on its node. */
  private lookAtNode({ spec: { nodeName }, metadata: { uid } }: Pod): void {
    if (!nodeName || this.at.has('sandbox')) return;
    const { cluster } = this.scenario;
    const sandbox = cluster.world.machines.get(nodeName)?.sandboxes.get(uid);
    const worker = (cluster.processState(`kubelet@${nodeName}`) as KubeletState).workers.get(uid);
    if (!this.at.has('volumes') && (sandbox !== undefined || worker?.op?.kind === 'sandbox'))
      this.at.set('volumes', this.nowMs);
    if (sandbox?.ready !== true) return;
    this.at.set('sandbox', this.nowMs);
    this.at.set('network', this.nowMs);
    this.texts.set('network', sandbox.ip);
  }
}

/** Which stage turned the line down that ended with an error. */
function refusedAt(requests: readonly Request[], stderr: string): StageName {
  const last = requests.at(-1);
  if (last === undefined) return stderr.includes('(Unauthorized)') ? 'authentication' : 'client';
  if (!last.passed.has('authorization')) return 'authorization';
  // What is to be made is not looked for: it is its namespace that admission does not find.
  if (stderr.includes('(NotFound)') && last.what.startsWith('create ')) return 'admission';
  if (/\((NotFound|AlreadyExists|Conflict)\)/.test(stderr)) return 'etcd';
  if (/ is invalid: |\((Invalid|BadRequest)\)/.test(stderr)) return 'validation';
  return SERVER.find((stage) => !last.passed.has(stage)) ?? 'client';
}

function userText({ user, groups, ...rest }: By): Detail {
  const all = groupsOf({ user, ...(groups === undefined ? {} : { groups }), ...rest });
  return detail('user', user, all.join(', '));
}

function requestStages(requests: readonly Request[], code: number, stderr: string): Stage[] {
  const refused = code === 0 ? undefined : refusedAt(requests, stderr);
  const last = requests.at(-1);
  const isWrite = last !== undefined && !/^(get|list|watch) /.test(last.what);
  const details: Readonly<Partial<Record<StageName, Detail[]>>> = {
    client: requests.length === 0 ? [] : [detail('requests', requests.map(({ what }) => what).join(', '))],
    authentication: last === undefined ? [] : [userText(last.by)],
    authorization: requests.map(({ what, passed }) => {
      const why = passed.get('authorization');
      return why ? detail('rule', what, why) : detail('unasked', what);
    }),
    etcd: requests.flatMap(({ passed }) => {
      const what = passed.get('etcd');
      return what === undefined ? [] : [detail('stored', what)];
    }),
  };
  const at = refused === undefined ? STAGES.length : STAGES.indexOf(refused);
  return (['client', ...SERVER] as const).map((stage, i): Stage => {
    const reached = { fromMs: 0, toMs: 0 };
    if (stage === refused)
      return { stage, outcome: 'refused', ...reached, details: [detail('verbatim', stderr.trim())] };
    if (i > at) return { stage, outcome: 'unreached', details: [] };
    // Every request reads or writes; what only reads is neither admitted nor validated.
    const isPassed =
      stage === 'client' ||
      (last !== undefined &&
        ((stage !== 'admission' && stage !== 'validation') || (isWrite && last.passed.has(stage))));
    return isPassed
      ? { stage, outcome: 'passed', ...reached, details: details[stage] ?? [] }
      : { stage, outcome: 'unneeded', details: [] };
  });
}

const NODE: readonly StageName[] = ['volumes', 'sandbox', 'network', 'image', 'start'];

function clusterStages(after: Aftermath): Stage[] {
  const { acts, pods, pod, actsFromMs, actsToMs, at, texts } = after;
  const told = acts.slice(0, TOLD);
  if (acts.length > TOLD) told.push(detail('more', String(acts.length - TOLD)));
  const stages: Stage[] = [
    actsFromMs === undefined || actsToMs === undefined
      ? { stage: 'controllers', outcome: 'unneeded', details: [] }
      : { stage: 'controllers', outcome: 'passed', fromMs: actsFromMs, toMs: actsToMs, details: told },
  ];
  let fromMs = actsToMs ?? 0;
  let isWaiting = false;
  for (const stage of ['scheduler', ...NODE] as const) {
    const toMs = at.get(stage);
    const text = texts.get(stage);
    const details: Detail[] = [];
    if (stage === 'scheduler' && pods.length > 1) details.push(detail('pods', pods[0]!, String(pods.length)));
    if (stage === 'scheduler' && toMs !== undefined)
      details.push(detail('bound', pods[0]!, pod?.spec.nodeName ?? ''));
    else if (stage === 'network' && text !== undefined) details.push(detail('address', text));
    else if (text !== undefined) details.push(detail('verbatim', text));
    if (pod === undefined) stages.push({ stage, outcome: 'unneeded', details });
    else if (toMs !== undefined) stages.push({ stage, outcome: 'passed', fromMs, toMs, details });
    else stages.push({ stage, outcome: isWaiting ? 'unreached' : 'waiting', fromMs, details });
    if (pod !== undefined && toMs === undefined) isWaiting = true;
    fromMs = toMs ?? fromMs;
  }
  return stages;
}

/**
 * Runs a line in a scenario, and follows it. Time passes: until its first Pod is ready, or ten minutes; five
 * seconds where it makes none.
 * @param user whose certificate kubectl has; absent: the administrator's
 */
export function follow(scenario: Scenario, line: string, user?: string): Explanation {
  const requests: Request[] = [];
  const passed = (stage: RequestStage, what: string, by: By): void => {
    if (stage === 'authentication') requests.push({ what, by, passed: new Map() });
    requests.at(-1)?.passed.set(stage, what);
  };
  const { cluster } = scenario;
  const seen = cluster.history.length;
  const { code, stdout, stderr } = scenario.kubectl(line, {
    passed,
    ...(user === undefined ? {} : { user }),
  });
  const after = new Aftermath(scenario, cluster.by.cause, seen);
  if (code === 0 && requests.some((request) => request.passed.has('etcd')))
    cluster.runUntil(() => after.look(), PATIENCE_MS);
  const stages = requestStages(requests, code, stderr);
  const rest = code === 0 ? clusterStages(after) : [];
  return {
    line,
    code,
    stdout,
    stderr,
    stages: STAGES.map(
      (name): Stage =>
        [...stages, ...rest].find(({ stage }) => stage === name) ?? {
          stage: name,
          outcome: 'unreached',
          details: [],
        },
    ),
  };
}
