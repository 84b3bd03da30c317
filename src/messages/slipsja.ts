/** What a user got wrong, in Japanese. */
import type { Aim, SlipMessages } from './slips.ts';
import type { FieldType } from './fieldtypes.ts';

const PODS =
  'Podの名前、または"one pod matching セレクター"、"all pods matching …"、"2 pods matching …"、' +
  '"50% of pods matching …"、"random pods matching …"';
const AIMS: Readonly<Record<Exclude<Aim, 'workload'>, string>> = {
  node:
    'ノードの名前、"zone 名前"、または"one node"、"all nodes"、"2 nodes"、"50% of nodes"、"random nodes"' +
    '(それぞれ後に"matching セレクター"を書ける)',
  pod: PODS,
  container: PODS,
  budget: 'PodDisruptionBudgetの名前',
  quota: 'ResourceQuotaの名前',
  configMap: 'ConfigMapの名前',
  secret: 'Secretの名前',
  claim: 'PersistentVolumeClaimの名前',
  job: 'Jobの名前',
  cronJob: 'CronJobの名前',
  definition: 'CustomResourceDefinitionの名前(複数形.グループ)',
  webhook: 'アドミッションWebhookの名前(変換Webhookはカスタムリソース定義の名前)',
  apiService: '別のサーバーにつながるAPIServiceの名前(バージョン.グループ)',
  account: 'ServiceAccountの名前',
  binding: 'RoleBindingかClusterRoleBindingの名前',
  metric: 'メトリクスの名前',
  none: '空',
};

const BEHAVES: Readonly<Record<string, string>> & { readonly image: string } = {
  image: 'イメージ',
  webhook: 'アドミッションWebhook',
  conversion: '変換Webhook',
};

const TYPES: Readonly<Record<FieldType, string>> = {
  duration: '90sや5mのような時間',
  int: '整数',
  percent: '30%のような割合',
  quantity: '64Miのような量',
  text: '文字列',
};

const either = (workloads: readonly string[]): string => workloads.map((w) => `"${w} 名前"`).join('か');

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join('、');

export const SLIPS_JA: { readonly [K in keyof SlipMessages]: (args: SlipMessages[K]) => string } = {
  settingDuration: ({ name, value }) => `クラスター設定"${name}"は40sのような時間で、"${value}"ではない`,
  settingBoolean: ({ name, value }) => `クラスター設定"${name}"はtrueかfalseで、"${value}"ではない`,
  settingBounds: ({ name, least, most, value }) =>
    `クラスター設定"${name}"は${least}から${most}までで、"${value}"ではない`,
  settingRange: ({ name, value }) => `クラスター設定"${name}": ${value}は始まりより前に終わっている`,
  deschedulerPolicy: ({ problem }) => `deschedulerのポリシーとして使えない: ${problem}`,
  settingFlag: ({ name, flag }) =>
    `${name}には--nodes=1:5:nodeや--scale-down-unneeded-time=2mのようなクラスターオートスケーラーのフラグを` +
    `書く("${flag}"は使えない)`,
  nodeGroupSize: ({ name, min, max }) =>
    `ノードグループ"${name}"の台数は0以上で、最小は最大以下とする(${min}から${max}は使えない)`,
  nodeGroupRows: ({ rows }) => `ノードグループのノードは同じ形なので、表は1行とする(${rows}行ある)`,
  settingPool: ({ name, value }) =>
    `クラスター設定"${name}"は172.18.255.200-172.18.255.250や192.0.2.0/28のようなIPv4アドレスの範囲で、` +
    `"${value}"ではない`,
  settingSubnet: ({ name, example, value }) =>
    `クラスター設定"${name}"は${example}のようなアドレスの最初の2つの数で、"${value}"ではない`,
  settingNumber: ({ name, value }) => `クラスター設定"${name}"は数で、"${value}"ではない`,
  settingFixed: ({ name }) =>
    `クラスター設定"${name}"はクラスターより先に書く: アドレスはもうそれに従って割り当てられている`,
  nodeQuantity: ({ node, column, text, example }) =>
    `ノード${node}: ${column}の"${text}"は0より大きい量ではない (例: ${example})`,
  nodeLabel: ({ node, label }) => `ノード${node}: ラベル"${label}"はキー=値の形で書く`,
  nodeTaint: ({ node, taint, effects }) =>
    `ノード${node}: taint"${taint}"はキー=値:効果の形で書く。効果は${effects.join('、')}のいずれか`,
  nodePods: ({ node, pods }) => `ノード${node}: podsの"${pods}"は数ではない`,
  nodeZone: ({ node, zone }) => `ノード${node}: zoneの"${zone}"はラベルの値にならない`,
  noNodeColumn: ({ column, columns }) => `ノードの表に列"${column}"はない。書けるのは${columns.join('、')}`,
  noNodeNames: ({ column }) => `ノードの表には列"${column}"が要る`,
  nodeWithoutName: ({ row }) => `ノードの表に名前のない行がある: ${row}行目`,
  nodeName: ({ name }) => `ノードの表に名前"${name}"がある。名前に使えるのは英小文字、数字、-、.`,
  nodeTwice: ({ name }) => `ノードの表に"${name}"が2回ある`,
  noNodeRows: () => 'ノードの表に行がない',
  nodeRole: ({ node, role, known }) => `ノード${node}: role"${role}"はない。書けるのは${known}か、空`,
  clusterTwice: () => 'シナリオにはもうクラスターがある',
  planeWithoutNode: () => 'コントロールプレーンには1台以上のノードが要る',
  clusterSize: ({ most, asked }) =>
    `クラスターのノードは1台から${most.toLocaleString('en')}台までで、${asked}台ではない`,
  bareNode: ({ line, column }) =>
    `STDIN:${line}:${column}: status: マシンが登録しないNodeには必要。マシンには` +
    '「次のノードを持つクラスター:」で名前を付ける',
  clientTooFast: ({ most, asked }) => `クライアントが送るのは毎秒${most}件までで、${asked}件ではない`,
  metricQuantity: ({ metric, value }) => `メトリクス"${metric}"は30や250mのような量で、"${value}"ではない`,
  manyContainers: ({ kind, name, containers, line }) =>
    `${kind} "${name}"にはコンテナ${containers.join('、')}がある: どれかを"${line}"を実行する形で書く`,
  noRollout: ({ kind, kinds }) => `${kind}にロールアウトはない。あるのは${kinds.join('、')}`,
  neverStuck: ({ kind }) =>
    `${kind}に進行の期限はなく、ロールアウトが止まっているとは状態に書かれない: 終わっているはずの時に、` +
    '進行中かどうかを問う',
  noCapacity: ({ wanted }) => `"${wanted}"は容量ではない。"10Gi"のように書く`,
  tagNumber: ({ what, example, text }) => `${what}は${example}のような数で、"${text}"ではない`,
  notThere: ({ what, name, namespace }) => `名前空間"${namespace}"に${what} "${name}"はない`,
  noDefinition: ({ name }) => `CustomResourceDefinition "${name}"はない`,
  membersLost: ({ members, lost }) => `etcdのメンバーは${members}台で、${lost}台を失うことはできない`,
  noLeader: ({ process }) => `${process}にリーダーはいない: 失うものがない`,
  leaderDown: ({ process }) => `${process}は動いていない: 失うリーダーがいない`,
  nodeOff: ({ node }) => `ノード${node}の電源は切れている: 障害を起こすものがない`,
  noKey: ({ what, name }) => `${what} "${name}"にキーはない`,
  isImmutable: ({ what, name }) => `${what} "${name}"は変更できない (immutable)`,
  noReadinessProbe: ({ pods }) => `${pods.join('、')}に、不安定になるreadinessProbeはない`,
  pathNotAbsolute: ({ path }) => `パスは/で始まるが、"${path}"はそうでない`,
  noFileIn: ({ path, pods }) => `${pods.join('、')}にファイル${path}はない`,
  selfPartition: ({ node }) => `ノード"${node}"を自分自身から切り離すことはできない`,
  reachesItself: ({ node }) => `ノード"${node}"は自分自身にはいつでも届く`,
  noNodeObject: ({ node }) => `${node}のNodeオブジェクトはない`,
  jobEnded: ({ name }) => `Job "${name}"はもう終わっている`,
  noJobPod: ({ name }) => `Job "${name}"のPodは1つも動いていない`,
  alreadySuspended: ({ kind, name }) => `${kind} "${name}"はもう一時停止している`,
  claimUnbound: ({ claim }) => `PersistentVolumeClaim "${claim}"は結び付いていない`,
  claimOnNode: ({ claim }) =>
    `PersistentVolumeClaim "${claim}"はノードのディレクトリである: ノードのディスクを満杯にする`,
  claimUnmounted: ({ claim }) => `PersistentVolumeClaim "${claim}"はまだマウントされていない`,
  notScaled: ({ kind }) => `${kind}の数は変えられない`,
  imageExists: ({ image }) => `イメージ"${image}"は存在する: この障害には存在しないものが要る`,
  dnsMode: ({ mode }) => `DnsFailureのvalueはerror、random、slowのいずれかで、"${mode}"ではない`,
  faultNeedsZone: ({ fault }) => `${fault}には対象のゾーンが要る: "zone 名前"`,
  faultNeedsNode: ({ fault }) => `${fault}には対象のノードが要る`,
  faultNeedsPod: ({ fault }) => `${fault}には対象のPodが要る`,
  faultNeedsWorkload: ({ fault }) => `${fault}には対象のワークロードが要る`,
  noDuration: ({ text }) => `時間は90sや5mのように書く。"${text}"は時間ではない`,
  nothingToChoose: () => 'chooseOneに選ぶものがない',
  repeatedTooOften: ({ times }) => `スケジュールを繰り返せるのは1回から1000回までで、${times}回ではない`,
  noProcess: ({ process }) =>
    `プロセス"${process}"はない。あるのはkube-controller-manager、kube-scheduler、kubelet@node-1のような` +
    'ノードのもの',
  needsKubectl: () => 'この障害はkubectlを実行する: それができるのはステップだけである',
  noPodLabel: () => 'これらのPodにラベルはない',
  noNodeToLabel: () => 'ラベルを付けるNodeオブジェクトがない',
  notOnPlane: ({ component, nodes }) =>
    `${component}が動く${nodes.length === 0 ? 'ノードはこのクラスターにない' : `のは${nodes.join('、')}`}: ` +
    '「3台のコントロールプレーンノードと2台のワーカーノードを持つクラスター」と書き、そのいずれかを選ぶ',
  noEtcdLeader: () => 'etcdにリーダーはいない: このクラスターのノードにないか、過半数に足りない',
  badSelector: ({ selector, problem }) => `セレクター"${selector}"は読めない: ${problem}`,
  noProxyToStop: () => 'ノードの電源は切れている: 止めるkube-proxyがない',
  noneSuch: ({ what, name }) => `${what} "${name}"はない`,
  noNamesServer: () =>
    'このクラスターに名前を解決するPodはない: 「1台のコントロールプレーンノードと2台のワーカーノードを持つ' +
    'クラスター」か「DNSが失敗する」と書く',
  noNodeGroup: () =>
    'このクラスターにノードを増やすクラスターオートスケーラーはない: ' +
    '「2台のノードとクラスターオートスケーラーを持つクラスター」と書く',
  noPolicySelector: ({ operator }) => `NetworkPolicyのセレクターに"${operator}"は書けない`,
  selectorOnly: ({ fault }) => `${fault}の対象はPodのセレクターで書く`,
  lastNodes: () => '最後のノードは削除できない: クラスターには1台以上が要る',
  noApiService: ({ name, others }) =>
    `別のサーバーにつながるAPIService"${name}"はない` +
    (others.length === 0 ? ': spec.serviceのあるものを適用する' : `。あるのは${quoted(others)}`),
  noWebhook: ({ name, others }) =>
    `Webhook"${name}"はない${others.length === 0 ? '' : `。あるのは${quoted(others)}`}`,
  badField: ({ column, type, text }) => `${column}は${TYPES[type]}で、"${text}"ではない`,
  fieldMissing: ({ fault, column, type }) => `${fault}には${column}が要る: ${TYPES[type]}`,
  notAmong: ({ fault, column, among, text }) =>
    `${fault}の${column}は${among.join('、')}のいずれかで、"${text}"ではない`,
  noColumn: ({ fault, column, columns }) =>
    `${fault}に"${column}"はない。書けるのは${columns.join('、') || 'なし'}`,
  badTarget: ({ target, text, workloads }) =>
    `targetは${target === 'workload' ? either(workloads) : AIMS[target]}で、"${text}"ではない`,
  noTargetWanted: ({ text }) => `この障害に対象はなく、"${text}"は対象にならない`,
  badMode: ({ mode }) =>
    `数はone、all、random、1以上の数、1%から100%までの割合のいずれかで、"${mode}"ではない`,
  noContainer: ({ of, container, others }) =>
    `${of}にコンテナ"${container}"はない。あるのは${others.join('、')}`,
  containerNotRunning: ({ container, pod }) => `Pod"${pod}"のコンテナ"${container}"は動いていない`,
  noContainerTemplate: ({ target }) => `${target}に、コンテナのあるPodのテンプレートはない`,
  noWorkload: ({ kind, served, kinds }) =>
    served
      ? `${kind}はテンプレートからPodを動かさない。動かすのは${kinds.join('、')}`
      : `クラスターに種類"${kind}"はない。Podを動かすのは${kinds.join('、')}`,
  leftBehind: ({ left }) => `クラスターには元に戻せなかったものがある:\n${left}`,
  strikeMissed: ({ at, fault, problem }) => `${at}の${fault}: ${problem}`,
  noFaultFits: () => 'このシナリオには、これらの障害の対象がない: 先にワークロードを適用する',
  anyRange: ({ least, most, nodes }) =>
    `任意の${nodes ? 'ノード' : '障害'}の数は、1以上で、後の数が前の数を下回らない: ${least}から${most}まで`,

  notYaml: ({ problem }) => `YAMLとして読めない: ${problem}`,
  noSchedule: () => 'スケジュールはキー"faults"のあるマップである',
  noScheduleKey: ({ key }) => `スケジュールのキーは"faults"で、"${key}"ではない`,
  noFaultsKey: () => 'キー"faults"がない',
  keyIsList: ({ key }) => `"${key}"はリストである`,
  keyIsText: ({ key }) => `"${key}"は文字列か数である`,
  noNumberKey: ({ key }) => `"${key}"がない: 整数を書く`,
  keyIsNumber: ({ key, text }) => `"${key}"は整数で、"${text}"ではない`,
  entryIsMap: ({ forms }) => `項目は${forms.join('、')}のいずれかがあるマップである`,
  entryHasOne: ({ forms, found }) =>
    `項目にあるのは${forms.join('、')}のうち1つだけ。これにあるのは${found.join('と') || 'なし'}`,
  formTakes: ({ form, taken, key }) => `"${form}"と書けるのは${taken.join('、')}で、"${key}"ではない`,
  noDo: () => '"do"がない: 繰り返すものを書く',

  sendsNone: () => 'このクラスターはリクエストを送れない: シミュレートされたものならできる',
  tellsNone: () => 'このクラスターは物理的な状態を伝えられない: シミュレートされたものならできる',
  takesNone: () =>
    'このクラスターは設定を変えられず、シードから続けることもできない: シミュレートされたものならできる',
  nodesNotReady: () => 'この設定では、起動から1分以内にノードの準備が完了しなかった',
  badFieldPath: ({ path, problem }) =>
    `フィールド"${path}"は読めない: ${problem}。フィールドは".spec.replicas"や` +
    `".status.conditions[?(@.type=='Ready')].status"のように書く`,
  badHeader: ({ text }) => `ヘッダーは"X-Canary: always"のように名前と値で書く。"${text}"はそうでない`,
  noPort: ({ port }) => `ポートではない: ${port}`,
  senderNotRunning: ({ pod }) => `Pod ${pod}は動いていない: そこからリクエストは送れない`,
  clientTooSlow: ({ asked }) => `クライアントが送るのは毎秒1件以上で、${asked}件ではない`,
  openQuote: ({ line }) => `引用符が閉じていない: ${line}`,
  noFileAmong: ({ path, others }) =>
    `ファイル"${path}"はない${others.length === 0 ? '' : `。あるのは${others.join('、')}`}`,
  propertyNotHere: () => '「任意の…」と書くとシナリオは性質になり、ここでは実行できない',
  noLine: () => '実行する行がない: 文字列が空である',
  numberTooLarge: ({ most }) => `このステップの数(時間ならミリ秒)が、書ける最大の${most}より大きい`,
  ambiguousStep: ({ step, phrases }) => `「${step}」は複数の言い方に当てはまる: ${phrases.join(' · ')}`,
  withSeed: ({ seed, problem }) => `シード${seed}で:\n${problem}`,
  historyCut: () => '過去についての主張には実行の履歴全体が要るが、残っているのは終わりの部分だけである',
  missingNamespace: ({ name }) =>
    `名前空間"${name}"はない: ステップ「名前空間"${name}"」か、そのマニフェストで作る`,
  missingAccount: ({ name }) =>
    `この名前空間にServiceAccount "${name}"はない: 先にそのマニフェストを適用する`,
  missingPriorityClass: ({ name }) => `PriorityClass "${name}"はない: 先にそのマニフェストを適用する`,
  noInstant: ({ time, now }) => `"${time}"は時刻ではありません。今は${now}です。同じ形で書いてください`,
  instantIsOver: ({ time, now }) => `${time}はもう過ぎています。時計は${now}を示しています`,
  badBehaviour: ({ of, name, problem }) => `${BEHAVES[of] ?? BEHAVES.image}"${name}": ${problem}`,
};
