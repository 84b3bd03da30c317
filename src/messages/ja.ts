/** The messages in Japanese; Kubernetes' own terms stay as they are. */
import { ANSWERS } from './answersja.ts';
import { bounded } from './bounded.ts';
import { BROKEN_JA } from './brokenja.ts';
import type { Catalogue, Messages } from './catalogue.ts';
import { stopText, wayText } from './ways.ts';

interface Place {
  readonly container: string;
  readonly namespace: string;
  readonly pod: string;
}
const container = (c: Place): string => `Pod ${c.namespace}/${c.pod}のコンテナ${c.container}`;
const component = (process: string): string =>
  process === 'kube-scheduler'
    ? 'スケジューラー'
    : process === 'kube-controller-manager'
      ? 'コントローラーマネージャー'
      : process;
const registry = ({ image, node }: { readonly image?: string; readonly node?: string }): string =>
  image !== undefined ? `イメージ${image}について` : node !== undefined ? `ノード${node}に対して` : '';
const watches = (process: string): string => `${process === '*' ? '' : `${process}の`}watch`;

const meant = (nearest: string): string => (nearest === '' ? '' : `。"${nearest}"の間違いではないか`);
const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

/** What to do about a kind that is not served. */
const LEAVE_OUT =
  '--skip-unsupported、またはステップ「シミュレートされない文書を除く」で、そのような文書を除くことができる';

const counted = (states: readonly (readonly [number, string])[]): string =>
  states
    .filter(([count]) => count > 0)
    .map(([count, state]) => `${count}${state}`)
    .join('、');

/** States as claims name them. */
const STATES: Readonly<Record<string, string>> = {
  ready: '準備完了',
  available: '利用可能',
  updated: '更新済み',
  running: '実行中',
  pending: '保留中(Pending)',
  failed: '失敗',
  terminating: '終了処理中',
  serving: '応答中',
  succeeded: '成功',
  'not ready': '準備未完了',
  unknown: '不明',
  complete: '完了',
  stuck: '停滞',
  progressing: '進行中',
  waiting: '待機中',
  terminated: '終了',
  'not started': '未起動',
  evicted: '退避済み',
};
const TOPOLOGIES: Readonly<Record<string, string>> = { node: 'ノード', zone: 'ゾーン' };
const inJapanese = (state: string): string => STATES[state] ?? state;

type Failure = Pick<Messages['foundFailures'], 'outcome' | 'pod' | 'node'>;

/** What came of a request, and where it had got to. */
const failedAt = ({ outcome, pod, node }: Failure): string[] => [
  ANSWERS[outcome] ?? outcome,
  ...(pod === '' ? [] : [`Pod ${pod}`]),
  ...(node === '' ? [] : [`ノード${node}`]),
];

/** What DNS servers do that are in trouble. */
const DNS: Readonly<Record<string, string>> = {
  error: 'すべての問い合わせが失敗する',
  random: 'でたらめな応答が返る',
};

const ATTACHED = { docString: '文字列(前後の行に"""を置く)', table: '表(| で区切った行)' } as const;

export const JA: Catalogue = {
  ...BROKEN_JA,
  clusterSwitchedOn: () => 'クラスターの電源が入る',
  apiRequest: ({ method, path, user }) => `${user}が${method} ${path}を要求する`,

  loadChanges: ({ factor }) =>
    factor === 1 ? 'クライアントの送る量が元に戻った' : `クライアントの送る量が${factor}倍になった`,
  metricsServerDown: () => 'metrics-serverが停止した',
  metricsServerUp: () => 'metrics-serverが起動した',
  metricIs: ({ metric, value, subject }) =>
    `${subject === undefined ? '' : `${subject}の`}メトリクス${metric}は${value}`,

  nodeJoins: ({ node }) => `ノード${node}が加わる`,
  nodeJoinsAgain: ({ node }) => `ノード${node}が再び加わる`,
  nodeGroupExhausted: ({ group }) => `ノードグループ${group}に割り当てるマシンがクラウドにない`,
  nodeGroupHasCapacity: ({ group }) => `ノードグループ${group}に割り当てるマシンがクラウドに再びある`,
  nodeGroupGivesNone: ({ group }) => `ノードグループ${group}に加わるはずのマシンが割り当てられない`,
  nodeGroupSlowed: ({ group, factor }) =>
    factor === 1
      ? `ノードグループ${group}のマシンの準備が元の速さに戻る`
      : `ノードグループ${group}のマシンの準備に${factor}倍の時間がかかる`,
  nodeLostPower: ({ node }) => `ノード${node}の電源が落ちた`,
  nodePoweredOn: ({ node }) => `ノード${node}の電源が入った`,
  nodeReboots: ({ node }) => `ノード${node}が再起動する`,
  nodeShutsDown: ({ node }) => `ノード${node}が正常にシャットダウンする`,
  nodeOff: ({ node }) => `ノード${node}が停止した`,
  nodeBooted: ({ node }) => `ノード${node}が起動した`,
  kubeletStopped: ({ node }) => `ノード${node}のkubeletが停止した`,
  kubeletStarted: ({ node }) => `ノード${node}のkubeletが起動した`,
  kubeletFrozen: ({ node }) => `ノード${node}のkubeletが固まっている`,
  kubeletThawed: ({ node }) => `ノード${node}のkubeletが再び動き出した`,
  runtimeStopped: ({ node }) => `ノード${node}のコンテナランタイムが停止した`,
  runtimeStarted: ({ node }) => `ノード${node}のコンテナランタイムが起動した`,
  kubeProxyStopped: ({ node }) => `ノード${node}のkube-proxyが停止した`,
  kubeProxyStarted: ({ node }) => `ノード${node}のkube-proxyが起動した`,
  memoryTaken: ({ node, bytes }) => `ノード${node}のメモリが${bytes}バイト占有されている`,
  diskTaken: ({ node, bytes }) => `ノード${node}のディスクが${bytes}バイト占有されている`,
  pidsTaken: ({ node, pids }) => `ノード${node}のプロセスIDが${pids}個占有されている`,
  nodeSlowed: ({ node, factor }) =>
    factor === 1 ? `ノード${node}は元の速さに戻った` : `ノード${node}が${factor}倍遅くなった`,
  clockSkewed: ({ node, skewMs }) =>
    skewMs === 0
      ? `ノード${node}の時計が正しい時刻に戻った`
      : `ノード${node}の時計が${Math.abs(skewMs)}ミリ秒${skewMs > 0 ? '進んでいる' : '遅れている'}`,

  containerStarted: (c) => `${container(c)}が起動した`,
  containerExited: (c) =>
    c.reason === 'OOMKilled'
      ? `${container(c)}がメモリ不足でkillされた`
      : `${container(c)}がコード${c.code}で終了した`,
  containerCrashes: (c) => `${container(c)}がクラッシュする`,
  containerSignalled: (c) => `${container(c)}がシグナル${c.signal}を受ける`,
  fileChanged: (c) => `${container(c)}でファイル${c.path}が変更された`,
  fileDeleted: (c) => `${container(c)}でファイル${c.path}が削除された`,
  volumeUpdated: ({ namespace, pod, volume }) =>
    `Pod ${namespace}/${pod}のボリューム${volume}の内容が更新された`,
  faultSet: (c) => `${container(c)}に障害${c.fault}が起きた`,
  faultCleared: (c) => `${container(c)}の障害${c.fault}が解消した`,
  faultAwaitsStart: ({ fault, containers }) => `障害${fault}が${containers}個のコンテナの次の起動を待つ`,

  attachFails: ({ node }) => `${node}にボリュームをアタッチできない`,
  attachWorks: ({ node }) => `${node}にボリュームを再びアタッチできる`,
  detachHangs: ({ node }) => `${node}からボリュームがデタッチされない`,
  detachWorks: ({ node }) => `${node}からボリュームが再びデタッチされる`,
  storageZoneLost: ({ zone }) => `ゾーン${zone}のストレージが失われる`,
  storageZoneBack: ({ zone }) => `ゾーン${zone}のストレージが戻る`,
  volumeFull: ({ volume }) => `ボリューム${volume}が満杯になる`,
  volumeHasRoom: ({ volume }) => `ボリューム${volume}に空きができる`,
  registrySilent: (of) => `${registry(of)}レジストリが応答しない`,
  registryAnswers: (of) => `${registry(of)}レジストリが再び応答する`,

  nodesPartitioned: ({ from, to }) => `ノード${from}とノード${to}が分断された`,
  nodesReconnected: ({ from, to }) => `ノード${from}とノード${to}が再び通信できる`,
  nodeCutOff: ({ node }) => `ノード${node}がコントロールプレーンから分断された`,
  nodeReconnected: ({ node }) => `ノード${node}が再びコントロールプレーンと通信できる`,
  certificateNotRotated: ({ node, leftMs }) =>
    `ノード${node}のkubeletが証明書を更新しなくなった。期限は${leftMs / 1000}秒後に切れる`,
  certificateExpired: ({ node }) =>
    `ノード${node}のkubeletの証明書が期限切れになり、リクエストには401 Unauthorizedが返る` +
    '(x509: certificate has expired or is not yet valid)',
  certificateRenewed: ({ node }) => `ノード${node}のkubeletが新しい証明書を得た`,
  packetsDropped: ({ from, to }) => `ノード${from}からノード${to}へのパケットが捨てられる`,
  packetsPass: ({ from, to }) => `ノード${from}からノード${to}へのパケットが再び届く`,
  networkLost: ({ node }) => `ノード${node}のネットワークが切れた`,
  networkBack: ({ node }) => `ノード${node}のネットワークが戻った`,
  podsPartitioned: ({ from, to }) => `${from}に一致するPodと${to}に一致するPodが分断された`,
  podsReconnected: ({ from, to }) => `${from}に一致するPodと${to}に一致するPodが再び通信できる`,
  packetsLost: ({ node, percent }) =>
    percent === 0
      ? `ノード${node}のパケットはもう失われない`
      : `ノード${node}のパケットの${percent}%が失われる`,
  packetsDelayed: ({ node, ms }) =>
    ms === 0 ? `ノード${node}のパケットの遅れがなくなった` : `ノード${node}のパケットが${ms}ミリ秒遅れる`,
  dnsTroubled: ({ mode, delayMs }) => `DNS: ${DNS[mode] ?? `応答に${delayMs}ミリ秒かかる`}`,
  dnsWell: () => 'DNSが正しく応答する',
  gatewayReloadsFail: () => 'Gatewayコントローラーのnginxが設定を再読み込みできなくなる',
  gatewayReloadsPass: () => 'Gatewayコントローラーのnginxが設定を再読み込みできるようになる',
  ingressReloadsFail: () => 'Ingressコントローラーのnginxが設定を再読み込みできなくなる',
  ingressReloadsPass: () => 'Ingressコントローラーのnginxが設定を再読み込みできるようになる',
  requestsFail: ({ url, outcome }) => `${url}へのリクエストが失敗する: ${outcome}`,
  requestsSucceed: ({ url }) => `${url}へのリクエストが再び成功する`,

  apiServerDown: () => 'APIサーバーが停止した',
  apiServerUp: () => 'APIサーバーが起動した',
  etcdMembersLost: ({ lost, members }) => `etcdのメンバー${members}個のうち${lost}個が失われた`,
  etcdQuorumLost: () => 'etcdがクォーラムを失った',
  etcdQuorumBack: () => 'etcdがクォーラムを取り戻した',
  etcdLeaderless: () => 'etcdのリーダーが失われた',
  etcdElected: ({ node, term }) => `${node}のetcdがリーダーになった（ターム${term}）`,
  apiServerServes: ({ node }) => `${node}のAPIサーバーが応答するようになった`,
  apiServerLost: ({ node }) => `${node}のAPIサーバーが失われた`,
  leaderElected: ({ process }) => `${process}がリーダーになった`,
  leadershipLost: ({ process }) => `${process}がLeaseを更新できなかった`,
  manifestMovedAway: ({ node, component }) => `${node}の${component}が停止させられた`,
  manifestPutBack: ({ node, component }) => `${node}の${component}が再び動けるようになった`,
  processDown: ({ process }) => `${component(process)}が停止した`,
  processUp: ({ process }) => `${component(process)}が起動した`,
  leaderDied: ({ process }) => `${process}のリーダーが停止した`,
  standbyLeads: ({ process }) => `待機していた${process}がリーダーになった`,
  callsSlow: ({ slowMs }) => `API呼び出しが${slowMs}ミリ秒遅くなった`,
  callsInTime: () => 'API呼び出しが元の速さに戻った',
  callsFail: ({ percent, status }) => `API呼び出しの${percent}%が${status}で失敗する`,
  callsPass: () => 'API呼び出しが失敗しなくなった',
  watchesLag: ({ process, lagMs }) => `${watches(process)}が${lagMs}ミリ秒遅れる`,
  watchesKeepUp: ({ process }) => `${watches(process)}の遅れがなくなった`,
  webhookDown: ({ webhook }) => `Webhook ${webhook}が応答しない`,
  webhookUp: ({ webhook }) => `Webhook ${webhook}が再び応答する`,
  webhookSlow: ({ webhook, slowMs }) => `Webhook ${webhook}の応答が${slowMs}ミリ秒遅くなった`,
  webhookInTime: ({ webhook }) => `Webhook ${webhook}の応答が元の速さに戻った`,
  aggregatedApiDown: ({ apiService }) => `APIService ${apiService}の先のサーバーが応答しない`,
  aggregatedApiUp: ({ apiService }) => `APIService ${apiService}の先のサーバーが再び応答する`,
  webhookRefuses: ({ resource }) => `admission webhookが${resource}を拒否する`,
  webhookPasses: ({ resource }) => `admission webhookが${resource}を通す`,
  evictionRefused: ({ namespace, pod }) => `Pod ${namespace}/${pod}の退避が拒否された`,

  created: () => '作成',
  deleted: () => '削除完了',
  markedForDeletion: () => '削除開始',
  bound: ({ node }) => `${node}に割り当て`,
  phase: ({ phase }) => `フェーズ ${phase}`,
  condition: ({ type, status, reason }) => `${type}=${status}${reason === '' ? '' : ` (${reason})`}`,
  taints: ({ taints }) => `taint: ${taints === '' ? 'なし' : taints}`,
  statusUpdated: () => 'statusの更新',
  updated: () => '更新',

  step: ({ step }) => `ステップ: ${step}`,
  becauseOf: () => '原因:',
  more: ({ count }) => `… ほか${count}件 …`,
  sameLines: ({ count }) => `… 同じ行がほか${count}回 …`,
  moreLines: ({ count }) => `… ほか${count}行 …`,
  found: ({ found }) => `実際: ${found}`,
  doesNotHold: ({ clock }) => `${clock}の時点で成り立たない。`,
  didNotComeToHold: ({ clock }) => `${clock}までに成り立たなかった。`,
  firstBroken: ({ clock }) => `${clock}に初めて破れた。`,
  firstHeld: ({ clock }) => `成り立ってはならないのに、${clock}に初めて成り立った。`,
  heldAtNoMoment: ({ clock }) => `${clock}まで一度も成り立たなかった。`,

  notReadyAfter: ({ limit, count }) => `${limit}後も、${count}個の準備が完了していない`,
  stillMoving: ({ limit, moving }) => `${limit}後もまだ動いている: ${moving}`,
  notBackAfter: ({ limit }) => `${limit}以内に戻らなかった`,
  listensNot: ({ image, port }) =>
    `(ポート${port}で待ち受けるものがない。` +
    `${image}が待ち受けるなら「イメージ"${image}"は次のように振る舞う:」に listens: [${port}] と書く)`,
  podFailed: ({ reason }) => `失敗した${reason === '' ? '' : `(${reason})`}。作り直すものはない`,
  podsNotMade: () => 'Podがまだ作られていない',
  budgetRefuses: ({ healthy, wanted }) => `退避を許さない: 健全なPodは${healthy}個、必要なのは${wanted}個`,
  nothingSaid: () => '何も記録されていない',

  selectorMetNothing: ({ selector, nearest }) =>
    `"${selector}"に一致するPodは最初から最後まで1個もなく、何も確かめていない` +
    (meant(nearest) || '。「kubectl get pods --show-labels」で見えるものを書く'),
  nameMetNothing: ({ kind, name, nearest }) =>
    `${kind} "${name}"は最初から最後まで存在せず、何も確かめていない` +
    (meant(nearest) || `。「kubectl get ${kind.toLowerCase()}」で見えるものを書く`),
  containerMetNothing: ({ container: name, pod, nearest }) =>
    `Pod "${pod}"にコンテナ"${name}"は最初から最後までなく、何も確かめていない` +
    (meant(nearest) || `。「kubectl describe pod ${pod}」で見えるものを書く`),
  heldBefore: ({ step }) =>
    `「${step}」の前から成り立っており、その結果は何も関わらなかった: 変わることを書くか、` +
    '「5分間ずっと」でそのまま保たれることを書く',
  nothingFollowed: ({ step }) =>
    `「${step}」と同じ瞬間に問われ、その結果はまだ何も起きていない: 先に時間を進めるか、「5分間ずっと」` +
    'と書く',
  clientSentNothing: () =>
    'シナリオの終わりまで1件のリクエストも送られていない: 「1分が経過する」のように、後で時間を進める',
  failedOtherwise: () =>
    '期待された失敗はこのステップで起き、主張は問われていない: 待っているものを直すか、失敗するはずのことを' +
    '「ならば」に書く',
  changesUnseen: ({ paths, from, to }) =>
    `${from}から${to}までの変化は知らされていない: その間に現れて消えたものは主張に含まれない` +
    `（${bounded(paths, (n) => `ほか${n}件`)}）`,
  leftOut: ({ documents }) =>
    `シミュレートされないため除いた文書: ${bounded(documents, (n) => `ほか${n}件`)}`,
  stillGoingOn: ({ terminating, pending, notReady, step }) =>
    `まだ続いている: Pod ${counted([
      [terminating, '個が終了処理中'],
      [pending, '個がPending'],
      [notReady, '個が準備未完了'],
    ])}(「${step}」から)。「すべてのPodの準備が完了している」で待つか、行き着く先を「5分以内に」で書く`,

  foundSuch: ({ kind, name }) => `${kind} "${name}"があった`,
  foundNoSuch: ({ kind, name }) => `${kind} "${name}"はなかった`,
  foundNoSuchIn: ({ kind, name, namespace }) => `Namespace "${namespace}"に${kind} "${name}"はなかった`,
  foundUnseen: () => 'コントローラーはまだ最新のspecを見ていなかった',
  foundReplicas: ({ found, wanted, state }) => `${wanted}個のレプリカのうち${found}個が${inJapanese(state)}`,
  foundRollout: ({ state, wanted, updated, available }) =>
    `${inJapanese(state)}だった: ${wanted}個のレプリカのうち更新済み${updated}個、利用可能${available}個`,
  foundPods: ({ found, of, selector, state, pods }) =>
    `"${selector}"に一致する${of}個のPodのうち${found}個が${inJapanese(state)}${pods}`,
  foundOnNode: ({ node }) => (node === '' ? 'どのノードにもなかった' : `ノード"${node}"にあった`),
  foundPod: ({ pods }) => `存在した:${pods}`,
  podState: ({ name, phase, terminating, ready }) =>
    `${name} ${terminating ? '終了処理中' : phase}${ready ? '、準備完了' : ''}`,
  foundNode: ({ state, cordoned }) => `${inJapanese(state)}${cordoned ? 'で、cordonされていた' : 'だった'}`,
  foundNotCordoned: () => 'cordonされておらず、誰もdrainしていない',
  foundLeft: ({ left, pods }) =>
    left === 0 ? '去るべきPodは残っていなかった' : `去るべきPodが${left}個残っていた${pods}`,
  foundPlaces: ({ count, places }) => `${count}台にあった(${places})`,
  foundNowhere: () => 'どこにもなかった',
  foundTogether: ({ pods, topology, place }) =>
    `${pods}が${TOPOLOGIES[topology] ?? topology}"${place}"にあった`,
  foundCondition: ({ condition }) => `条件は${condition}だった`,
  foundNoCondition: ({ type, others }) =>
    others.length === 0 ? '条件を持たなかった' : `条件"${type}"はなく、${others.join(', ')}があった`,
  foundInside: ({ value }) => (value === null ? 'なかった' : `${JSON.stringify(value)}だった`),
  foundField: ({ value }) => (value === '' ? 'そのパスには何もなかった' : `"${value}"だった`),
  foundUnreported: () => 'kubeletからの報告がまだない',
  foundNoContainer: ({ pod, container }) => `Pod "${pod}"にコンテナ"${container}"はない`,
  foundContainer: ({ state, why, restarts, last }) =>
    `${inJapanese(state)}${why === '' ? '' : `(${why})`}、` +
    `再起動${restarts}回${last === '' ? '' : `、前回の終了: ${last}`}`,
  foundHealthy: ({ healthy, wanted }) => `健全なPodは${healthy}個、必要なのは${wanted}個`,
  foundDisrupted: ({ evicted, pod, healthy, wanted }) =>
    `${pod}の${evicted ? '退避' : '削除'}で、必要な${wanted}個のうち健全なPodは${healthy}個になった`,
  foundJob: ({ isComplete, hasFailed, isSuspended, reason, active, ...ended }) => {
    const over = isComplete ? '完了していた' : '失敗に終わっていた';
    const state = isSuspended ? '一時停止していた' : 'まだ終わっていなかった';
    const why = reason === '' ? '' : `${reason}、`;
    const indexes = (list: string): string => (list === '' ? '' : `(インデックス${list})`);
    const counts =
      `実行中${active}、成功${ended.succeeded}${indexes(ended.succeededIndexes)}、` +
      `失敗${ended.failed}${indexes(ended.failedIndexes)}` +
      (ended.seconds === undefined ? '' : `、所要${ended.seconds}秒`);
    return `${isComplete || hasFailed ? over : state}（${why}${counts}）`;
  },
  foundCronJob: ({ active, last }) =>
    `実行中のJobは${active}個で、` +
    (last === '' ? 'まだ一度も起動していなかった' : `最後の起動は${last}だった`),
  foundStarted: ({ started }) => `起動したのは${started}個だった`,
  foundVolumeClaim: ({ phase, volume, capacity, reason }) => {
    const parts = [
      phase,
      volume === '' ? '' : `ボリュームは${volume}`,
      capacity === '' ? '' : `容量は${capacity}`,
      reason === '' ? '' : `最後のイベントは${reason}`,
    ];
    return `状態は${parts.filter((part) => part !== '').join('、')}だった`;
  },
  foundAttached: ({ nodes }) =>
    nodes === '' ? 'どのノードにも接続されていなかった' : `${nodes}に接続されていた`,
  foundAllowed: ({ allowed }) => `許可したのは${allowed}個だった`,
  foundWanted: ({ wanted }) => `求めたのは${wanted}個だった`,
  foundBroken: ({ name, message }) => `不変条件"${name}"が破られた: ${message}`,
  foundAllHeld: () => 'すべて成り立っていた',
  foundNothingRun: () => 'まだ何も実行されていない',
  foundPrinted: ({ text, eventless }) =>
    (text === '' ? '何も出力されなかった' : `出力は次のとおりだった\n${text}`) +
    (eventless ? '\n(1.36からは、複数のオブジェクトのEventsは--show-eventsを付けたときだけ表示される)' : ''),
  foundEnded: ({ line, code, printed }) =>
    `"${line}"は${code === 0 ? '成功した' : `終了コード${code}で失敗した`}。${printed}`,
  foundEvents: ({ events, more, expired }) =>
    (events.length === 0
      ? 'それについてのイベントはなかった'
      : `あったイベント: ${[...events, ...(more > 0 ? [`ほか${more}件`] : [])].join('; ')}`) +
    (expired === '' ? '' : `。記録されたが、保持されたのは${expired}まで: APIは1時間でイベントを忘れる`),
  foundUnsent: () => 'どのクライアントもまだリクエストを送っていない',
  foundFailures: ({ failed, sent, at, ways, more, ...first }) =>
    `${sent}件のリクエストのうち${failed}件が失敗した` +
    (at === '' ? '' : `(最初は${at}秒、${failedAt(first).join('、')})`) +
    ways
      .map(
        ({ count, outcome, stop }, i) =>
          `${i === 0 ? ': ' : '、'}${count}件は${ANSWERS[outcome] ?? outcome}(${stopText.ja(stop)})`,
      )
      .join('') +
    (more === 0 ? '' : `、ほかの失敗が${more}件`),
  foundNoFailure: () => '失敗したリクエストはなかった',
  foundOutage: ({ failed, length, clock, isOn, outcome, stop }) =>
    `${clock}から${length}${isOn ? '以上' : 'の間'}、${failed}件が続けて失敗した` +
    (stop === undefined ? '' : `: ${ANSWERS[outcome] ?? outcome}(${stopText.ja(stop)})`),
  foundAnswer: ({ answer, tookMs, isLate, isRight, pod, node, hops }) => {
    const where = [...(pod === '' ? [] : [`Pod ${pod}`]), ...(node === '' ? [] : [`ノード${node}`])].join(
      '、',
    );
    const took = `${tookMs === '' ? '' : `、${tookMs} msの後`}${isLate ? '、間に合わなかった' : ''}`;
    const advice =
      '。「…以内に」は応答が届くまでの期限を言い、かかってよい時間は「1秒未満で200が返る」と言う';
    return (
      `${ANSWERS[answer] ?? `${answer}が返った`}${took}${where === '' ? '' : `(${where})`}` +
      `${hops.length === 0 ? '' : `。経路: ${wayText.ja(hops)}`}` +
      `${isRight && isLate ? advice : ''}`
    );
  },
  foundRoutes: ({ addresses }) => `${addresses}個のPodに振り分けていた`,

  noPhrase: ({ step }) => `どの言い方にも当てはまらないステップ: ${step}`,
  quotesWithinQuotes: () =>
    '引用符の中に引用符がある: 外側を一重引用符にする(\'kubectl get pods -l "app=web"\')か、' +
    '内側の前にバックスラッシュを置く',
  didYouMean: () => '近い言い方:',

  failureExpected: () =>
    '直後の「ならば コマンドが"…"というエラーで失敗する」だけが、失敗を期待されたものにする',
  onceSo: ({ until, today }) => `これができたのは${until}より前である。現在の書き方: ${today}`,
  programsKnown: ({ programs }) => `コンテナで実行できるもの: ${programs.join(', ')}`,

  commandEnded: ({ code }) => `終了コード${code}`,
  noCluster: () => 'クラスターがまだない: 先に「前提 3台のノードを持つクラスター」と書く',
  noMark: ({ mark }) =>
    `どのステップも時点"${mark}"を定めていない: 先に「前提 この時点を"${mark}"とする」と書く`,
  noFile: ({ path }) => `読めるファイル"${path}"がない。パスはフィーチャーのフォルダーから始まる`,
  isFolder: ({ path }) => `"${path}"はファイルではなくフォルダーである`,
  noInvariant: ({ name, others }) => `不変条件"${name}"はない。あるのは${quoted(others)}`,
  noSetting: ({ name, others }) => `クラスター設定"${name}"はない。あるのは${others.join(', ')}`,
  noRunningPod: ({ selector, namespace }) =>
    `Namespace "${namespace}"に、"${selector}"に一致する実行中のPodはない`,
  noFault: ({ fault, nearest }) =>
    `障害"${fault}"はない${meant(nearest)}。\`seatrial faults\`がすべてを挙げる`,
  noNode: ({ node, others }) => `ノード"${node}"はない。クラスターにあるのは${others.join(', ')}`,
  noNodeIn: ({ zone, others }) =>
    `ゾーン"${zone}"にノードはない。${others.length === 0 ? 'ゾーンはない' : `あるのは${others.join(', ')}`}`,
  noNodeMatching: ({ selector }) =>
    selector === '' ? '対象となるノードがない' : `"${selector}"に一致するノードはない`,
  noPod: ({ pod, namespace }) => `Namespace "${namespace}"にPod "${pod}"はない`,
  noPodMatching: ({ selector, namespace }) => `Namespace "${namespace}"に、"${selector}"に一致するPodはない`,
  versionRemoved: ({ until, today }) =>
    `これは${until}までのもの。今は${today === '' ? 'この種類はない' : `${today}である`}`,
  servedAs: ({ kind, versions }) => `${kind}の提供されるバージョンは${versions.join(', ')}`,
  noKind: ({ kind, nearest }) =>
    `種類"${kind}"はない${nearest === '' ? `。キットで加えるか、${LEAVE_OUT}` : meant(nearest)}`,
  leaveOut: () => LEAVE_OUT,
  noKindServed: ({ kind, kinds }) => `クラスターに種類"${kind}"はない。あるのは${kinds.join(', ')}`,
  noUrl: ({ url }) => `HTTPのURLではない: "${url}"。http://web/ や http://node-1:30080/ のように書く`,
  faultRow: ({ row, problem }) => `表の${row}行目: ${problem}`,
  faultColumns: ({ columns }) =>
    '障害の表の列は at, fault, target, for とパラメーターで、"fault"は欠かせない。あるのは' +
    `${columns.join(', ') || 'なし'}`,
  noFaultColumn: ({ column, columns }) => `障害の表に列"${column}"はない。書けるのは${columns.join(', ')}`,
  noFaultRows: () => '障害の表に障害が一つもない',
  emptyFault: () => 'fault の欄が空である',
  noTime: ({ text }) => `at はステップからの時間で、90s や 5m のように書く。"${text}"は時間ではない`,
  attachment: ({ text, wanted, given }) =>
    wanted === ''
      ? `「${text}」の下に${given === 'table' ? '表' : '文字列'}は書けない`
      : `「${text}」の下には${ATTACHED[wanted]}を書く` +
        `${given === '' ? '' : `。あるのは${given === 'table' ? '表' : '文字列'}である`}`,
  noDrawPlayed: ({ draws, reason }) =>
    `${draws}回試したが、最後まで実行できたものがない${reason === '' ? '' : `。最後の理由: ${reason}`}`,
  kindNotSimulated: ({ kind, name, file, apiVersion }) =>
    `"${file}"の${kind} "${name}"はシミュレートされない: Kubernetesは${kind}を${apiVersion}で提供するが、` +
    'Seatrialは提供しない',

  counterexamples: () => '反例',
  foundByRun: ({ run, runs, name, seed, path }) =>
    `性質「${name}」を${runs}回まで試し、${run}回目に見つけた反例(シード${seed}、パス${path})`,
  savedAs: ({ where }) => `${where}に保存した。npx seatrial run ${where} で同じ失敗を再現できる。`,
  notSaved: ({ why }) => `保存できなかった: ${why}`,
  neverReached: ({ draws, seed, last }) =>
    `${draws}回試したが(シード${seed})、一度も成り立たなかった。最後に実行したもの:\n\n${last}`,
  didNotFail: ({ seeds }) =>
    '@expect-failureのシナリオだが、' +
    `${seeds === 1 ? '' : `${seeds}個のどのシードでも`}すべての主張が成り立った。`,
  everyClaimHeld: () => 'すべての主張が成り立った',

  failedAsExpected: ({ seed }) => `期待どおり、${seed === '' ? '' : `シード${seed}で`}失敗した:`,
  defect: ({ message }) => `Seatrialの不具合である。報告してほしい: ${message}`,
  debugShows: () => '(SEATRIAL_DEBUG=1で場所がわかる)',
  andMore: ({ count }) => `ほか${count}個`,
  failures: () => '失敗したシナリオ:',
  played: ({ scenarios, steps, seconds }) => `シナリオ${scenarios}個、ステップ${steps}個、${seconds}秒`,
  allureResults: ({ folder }) => `Allureの結果: ${folder} (npm run allureでサイトになる)`,
  trainingReport: ({ file }) => `トレーニングレポート: ${file} (ブラウザーで開く)`,
  countPassed: ({ count }) => `成功${count}個`,
  countFailed: ({ count }) => `失敗${count}個`,
  countWarnings: ({ count }) => `警告${count}個`,

  warning: () => '警告:',
  note: () => '補足:',
  ofStep: ({ line, step }) => `${line}行目、${step}:`,
  warningsFail: ({ warnings }) => `--strictでは警告も失敗とする:\n${warnings}`,
  takenAsGiven: ({ fields }) =>
    `前提としたもの: 次のものは保存されるだけで、何も起こさない(docs/simulated.md)\n${fields}`,
  strictSimulation: ({ given }) =>
    `シミュレーションは厳密とされたが、次のものはシミュレートされない:\n${given}`,
  imageAssumed: ({ image, ports, ends }) => {
    const what = ends
      ? '終了コード0で終わる'
      : ports === ''
        ? 'どのポートでも待ち受けずに動き続ける'
        : `${ports}で待ち受け、200を返す`;
    return `イメージ"${image}"には説明がない: ${what}と仮定した`;
  },
  imagesAssumed: ({ images }) =>
    `説明のないイメージについての仮定(ほかの動きは「イメージ"…"は次のように振る舞う:」で書く)\n${images}`,
  webhookAssumed: ({ webhook }) => `アドミッションWebhook"${webhook}"には説明がない`,
  webhooksAssumed: ({ webhooks }) =>
    '説明のないアドミッションWebhookについての仮定: すべてをそのまま通す' +
    `(ほかの動きは「アドミッションWebhook"…"は次のように振る舞う:」で書く)\n${webhooks}`,
  scriptPassedOver: ({ image, what }) => `${what}(イメージ"${image}")`,
  scriptsPassedOver: ({ scripts }) =>
    `コンテナのスクリプトのうちシミュレーションされないもの: 成功したものとして飛ばした\n${scripts}`,
};
