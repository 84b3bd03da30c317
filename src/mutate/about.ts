/**
 * What a feature is about, by its own words: its name and description, and the names of its rules and
 * scenarios. Its steps name much that is only there for a cluster to be one; what is in a manifest without a
 * word of it is scenery.
 */

/** Words of what a weakening takes away, in both languages. */
const BUDGET = /budget|\bPDBs?\b|disruption|minAvailable|中断|予算|バジェット/i;
const PROBE =
  /(?<!(?:readiness|liveness|startup) )\bprobes?\b|(?<!(?:Readiness|Liveness|Startup) ?)(?:Probe|プローブ)/i;
const either = (...words: readonly RegExp[]): RegExp =>
  new RegExp(words.map((w) => `(?:${w.source})`).join('|'), 'i');

const READINESS = either(/readiness/, PROBE);
const LIVENESS = either(/liveness/, PROBE);
const STARTUP = either(/startup probe|startupProbe/, PROBE);
const HOOK = /preStop|\bhooks?\b|フック/i;
const GRACE =
  /\bgrace|SIGTERM|SIGKILL|terminationGrace|shut(?:s|ting)? ?down|終了猶予|猶予期間|グレースフル|シャットダウン/i;
const PROGRAM = /container's command|\bprograms?\b|entrypoint|プログラム/i;
const RESTART = /restart|再起動/i;
const REPLICAS = /replica|\bscal(?:e|es|ed|ing)\b|レプリカ|スケール/i;
const ROLLOUT =
  /rolling[- ]update|\broll(?:s|ed|ing)?[- ]?outs?\b|rolls? (?:back|over)|surge|maxUnavailable|\bRecreate\b|ロールアウト|ローリングアップデート|ロールバック|入れ替え/i;
const ORDER =
  /in order\b|ordered|ordinal|podManagementPolicy|one after (?:the )?(?:other|another)|順番|順序/i;
const AFFINITY = /affinity|アフィニティ/i;
const SPREAD = /\bspread|topology|分散|トポロジ/i;
const TOLERATION = /tolerat|taint|許容|テイント/i;
const REQUESTS =
  /(?:resource|cpu|memory) requests?|requests and limits|capacity|overcommit|\bQoS\b|insufficient|does not fit|容量|リソース要求|requests[のをが]|足りない/i;
const LIMITS = /\blimits?\b|\bOOM|out of memory|throttl|メモリ(?!ーに置)|上限|スロットル/i;
const SERVICE = /\bservices?\b|endpoint|\btraffic|サービス|エンドポイント|トラフィック/i;
const AUTOSCALER = /autoscal|\bHPA\b|minReplicas|オートスケ/i;
const CONFIGURATION = /ConfigMap|\bSecrets?\b|configuration|設定|シークレット/i;
const INGRESS = /ingress/i;
const ADMISSION = /admission|\bpolic(?:y|ies)\b|ポリシー|受付/i;
const ACCESS =
  /\brole|\bRBAC\b|\ballow|forbid|permission|\brights?\b|\bmay\b|権限|ロール(?!アウト|バック)|許可/i;

/** By the weakening's name. */
export const WORDS_OF: Readonly<Record<string, RegExp>> = {
  BackoffLimitDropped: /backoff|\bretr(?:y|ies)|tried again|再試行|やり直/i,
  PodFailurePolicyDropped: /failure ?policy|失敗.*ポリシー/i,
  ReplacedWhileEnding: /replacement ?policy|podReplacementPolicy/i,
  PodDeadlineDropped: /deadline|期限/i,
  JobDeadlineShortened: /deadline|期限/i,
  ConcurrencyAllowed: /concurren|overlap|重な|同時実行/i,
  StartingDeadlineShortened: /startingDeadline|\bmissed\b|逃した/i,
  BudgetDropped: BUDGET,
  BudgetLoosened: BUDGET,
  BudgetSelectorMistyped: BUDGET,
  ReadinessProbeDropped: READINESS,
  ReadinessPathWrong: READINESS,
  ReadinessProbeHasty: READINESS,
  LivenessProbeDropped: LIVENESS,
  LivenessProbeHasty: LIVENESS,
  StartupProbeDropped: STARTUP,
  PreStopDropped: HOOK,
  PostStartDropped: /postStart|\bhooks?\b|フック/i,
  GracePeriodShortened: GRACE,
  CommandBroken: PROGRAM,
  ImageTagMistyped: /\bimages?\b|イメージ/i,
  RestartPolicyNever: RESTART,
  ReplicasReduced: REPLICAS,
  MaxUnavailableRaised: ROLLOUT,
  SurgeDropped: ROLLOUT,
  RollingMadeRecreate: ROLLOUT,
  MinReadySecondsDropped: /minReadySeconds/i,
  StatefulOrderDropped: ORDER,
  PartitionDropped: /partition|canary|パーティション|カナリア/i,
  MinReplicasLowered: AUTOSCALER,
  AntiAffinityDropped: AFFINITY,
  PodAffinityDropped: AFFINITY,
  NodeAffinityDropped: AFFINITY,
  NodeSelectorDropped: /node ?selector|ノードセレクタ/i,
  PriorityDropped: /priorit|preempt|優先|プリエンプ/i,
  SpreadDropped: SPREAD,
  SpreadSoftened: SPREAD,
  TolerationDropped: TOLERATION,
  RequestsDropped: REQUESTS,
  LimitsDropped: LIMITS,
  MemoryLimitHalved: /memory|\bOOM|メモリ(?!ーに置)/i,
  QuotaLowered: /quota|クォータ/i,
  LimitRangeDropped: /limit ?range/i,
  ServiceDropped: SERVICE,
  ServiceSelectorMistyped: SERVICE,
  TargetPortWrong: either(SERVICE, /\bports?\b|ポート/),
  NetworkPolicyDropped: /network ?polic|ネットワークポリシー/i,
  AutoscalerDropped: AUTOSCALER,
  ConfigurationDropped: CONFIGURATION,
  ConfigurationKeyDropped: CONFIGURATION,
  IngressDropped: INGRESS,
  IngressServiceMistyped: INGRESS,
  IngressHostMistyped: INGRESS,
  WebhookDropped: /webhook/i,
  AdmissionPolicyDropped: ADMISSION,
  AdmissionPolicyOnlyWarns: ADMISSION,
  RoleBindingDropped: ACCESS,
  RoleVerbDropped: ACCESS,
  RoleOpened: ACCESS,
  RoleBindingSubjectMistyped: ACCESS,
};

/**
 * Whether a text speaks of what a weakening takes away.
 * @example speaksOf('A budget holds a drain up', 'BudgetDropped') // true
 */
export const speaksOf = (text: string, edit: string): boolean => WORDS_OF[edit]?.test(text) ?? false;
