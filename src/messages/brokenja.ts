/** How invariants are broken, in Japanese; Kubernetes' own terms stay as they are. */
import type { BrokenMessages } from './broken.ts';
import { ANSWERS } from './answersja.ts';

export const BROKEN_JA: { readonly [K in keyof BrokenMessages]: (args: BrokenMessages[K]) => string } = {
  brokenAutoscalerBounds: ({ autoscaler, least, most, asked }) =>
    `${autoscaler}が求めてよいレプリカは${least}から${most}個だが、${asked}個を求めた`,
  brokenAutoscalerPace: ({ autoscaler, before, most, asked }) =>
    `${autoscaler}が一度に増やしてよいのは${before}個から${most}個までだが、${asked}個にした`,
  brokenBudget: ({ pod, healthy, wanted, budget }) =>
    `${pod}の退避で、PodDisruptionBudget "${budget}"が求める${wanted}個のうち健全なPodは${healthy}個になった`,
  brokenConfiguration: ({ container, pod, path, source }) =>
    `Pod ${pod}のコンテナ${container}の${path}は${source}の内容と違う`,
  brokenTooManyPods: ({ object, pods, wanted }) => `${object}が求めるPodは${wanted}個だが、${pods}個ある`,
  brokenTooFewReady: ({ object, ready, wanted }) =>
    `${object}が求めるPodは${wanted}個だが、準備完了は${ready}個である`,
  brokenReadyCount: ({ object, said, ready }) =>
    `${object}によれば準備完了のPodは${said}個だが、実際は${ready}個である`,
  brokenSetsAsk: ({ object, wanted, asked }) =>
    `${object}が求めるレプリカは${wanted}個だが、ReplicaSetには合わせて${asked}個を求めている`,
  brokenUnobserved: ({ object, generation, observed }) =>
    `${object}はgeneration ${generation}になって1分を過ぎても、観測したのは${observed}までだった`,
  brokenObservedBack: ({ object, observed, before }) =>
    `${object}はgeneration ${before}の後に${observed}を観測した`,
  brokenObservedAhead: ({ object, observed, generation }) =>
    `${object}はgeneration ${generation}なのに${observed}を観測した`,
  brokenUnobservedStill: ({ object, generation, observed }) =>
    `${object}はgeneration ${generation}だが、観測したのは${observed}までである`,
  brokenEvictions: ({ pod, times }) =>
    `${pod}が退避させられた。同じワークロードのPodは最後の10分間にすでに${times - 1}回退避させられている`,
  brokenNodeGroup: ({ group, target, least, most }) =>
    `ノードグループ${group}は${target}台になるところだった。許されるのは${least}台から${most}台である`,
  brokenLivelock: ({ component, writes }) => `${component}は最後の5分間に${writes}回を超えて書き込んだ`,
  brokenEndpointTwice: ({ service, address }) => `Service "${service}"に${address}が2度載っている`,
  brokenEndpoints: ({ service, listed, pods }) =>
    `Service "${service}"の転送先は${listed.join(', ') || 'なし'}だが、` +
    `準備完了のPodは${pods.join(', ') || 'なし'}である`,
  brokenIngressStale: ({ pod, seconds }) =>
    `Ingressコントローラー${pod}が${seconds}秒前に知っていたことで振り分けている`,
  brokenIngressAddress: ({ ingress, said, has }) =>
    `Ingress ${ingress}のアドレスは${said || 'なし'}だが、コントローラーのアドレスは${has || 'なし'}である`,
  brokenPolicyOutlives: ({ from, to, port }) =>
    `Pod ${from}からPod ${to}のポート${port}への通信が落とされているが、それを禁じるNetworkPolicyはない`,
  brokenPolicyPasses: ({ from, to, port }) =>
    `NetworkPolicyが禁じているのに、Pod ${from}からPod ${to}のポート${port}への通信が通っている`,
  brokenGatewayStuck: ({ object }) => `${object}の状態ではnginxが再読み込みできないままだが、実際にはできる`,
  brokenGatewayUntold: ({ object, said, is }) =>
    `${object}の状態は世代${said}のもので、今の世代は${is}である`,
  brokenRoutesStale: ({ node, seconds }) =>
    `ノード${node}のkube-proxyは${seconds}秒の間、何も新しく知っていない`,
  brokenJobSucceeded: ({ job, said, so }) => `${job}によれば成功したPodは${said}個だが、実際は${so}個である`,
  brokenJobFailed: ({ job, said, so }) => `${job}によれば失敗したPodは${said}個だが、実際は${so}個である`,
  brokenJobMadeOver: ({ job }) => `${job}は終わったのに、またPodを作った`,
  brokenJobMadeSuspended: ({ job }) => `${job}は一時停止しているのに、またPodを作った`,
  brokenJobParallel: ({ job, most, active }) =>
    `${job}が並行して動かすPodは${most}個までだが、${active}個目を作った`,
  brokenJobBothEnds: ({ job }) => `${job}は完了し、しかも失敗している`,
  brokenJobBegunAgain: ({ job }) => `${job}は一度終わったのに、終わっていないことになった`,
  brokenJobCountsOn: ({ job }) => `${job}は終わった後も数え続けている`,
  brokenJobPodsLeft: ({ job, left }) => `${job}は終わったが、そのPodのうち${left}個は終わっていない`,
  brokenJobPodsEnding: ({ job, left }) => `${job}は終わったが、そのPodのうち${left}個はまだ終了中である`,
  brokenJobHolds: ({ pod, known }) =>
    `Pod ${pod}は${known ? '終わった' : 'もうない'}Jobのために引き留められている`,
  brokenJobDeadline: ({ job }) => `${job}は期限を過ぎても続いている`,
  brokenJobIdle: ({ job }) => `${job}にはPodがなく、しかも終わっていない`,
  brokenCronJobSuspended: ({ cronJob }) => `${cronJob}は一時停止しているのに、Jobを作った`,
  brokenCronJobForbids: ({ cronJob, running }) =>
    `${cronJob}は同時の実行を禁じているのに、実行中のJobが${running}個ある`,
  brokenCronJobReplaces: ({ cronJob, running }) =>
    `${cronJob}は前のJobを置き換えるはずなのに、実行中のJobが${running}個ある`,
  brokenJobIndexLimit: ({ job, limit, failures }) =>
    `${job}はインデックスの失敗を${limit}回まで許すが、${failures}回失敗したものを再び試している`,
  brokenCronJobKeeps: ({ cronJob, kept, type, limit }) =>
    `${cronJob}が残す${type}のJobは${limit}個までだが、${kept}個を残している`,
  brokenJobDeletedEarly: ({ job }) => `${job}は期限の前に削除された`,
  brokenJobOutlives: ({ job }) => `${job}は期限を過ぎても残っている`,
  brokenQuota: ({ object, quota, resource }) =>
    `${object}は、ResourceQuota ${quota}に${resource}の余りがないときに作られた`,
  brokenLimits: ({ pod, problem }) => `${pod}が作られた: ${problem}`,
  brokenLimitsLacking: ({ pod, container, range }) =>
    `${pod}が作られたが、コンテナ${container}にはLimitRange ${range}が与えるものがない`,
  brokenControllers: ({ object, controllers }) => `${object}には管理するコントローラーが${controllers}個ある`,
  brokenOrphan: ({ object, owner }) => `${object}は残っているが、その所有者${owner}はもうない`,
  brokenCollected: ({ object, owner }) => `${object}は回収されたが、その所有者${owner}はある`,
  brokenDaemons: ({ one, other, set, node }) => `DaemonSet ${set}の${one}と${other}が、どちらも${node}にある`,
  brokenPlacedLabel: ({ pod, node, label }) => `${pod}は、ラベル${label}を持たない${node}に割り当てられた`,
  brokenPlacedTaint: ({ pod, node, taint }) => `${pod}は、taint ${taint}のある${node}に割り当てられた`,
  brokenAntiAffinity: ({ pod, other, key }) => `${pod}は、${key}が${other}と同じところに割り当てられた`,
  brokenSpread: ({ pod, key, domain, skew, allowed }) =>
    `${pod}が割り当てられた${key} ${domain}の偏りは${skew}になったが、許されるのは${allowed}までである`,
  brokenReplicas: ({ set, wanted, made }) => `${set}が求めるPodは${wanted}個だが、${made}個目を作った`,
  brokenSurge: ({ deployment, asked, replicas, surge }) =>
    `${deployment}は合わせて${asked}個のレプリカを求めたが、` +
    `許されるのは${replicas}個とその上の${surge}個である`,
  brokenAvailability: ({ deployment, kept, least, set, before, after }) =>
    `${set}を${before}個から${after}個にすると、${deployment}の利用可能なPodは、` +
    `保つべき${least}個のうち${kept}個になる`,
  brokenService: ({ service, port, outcomes }) =>
    `Service "${service}"のポート${port}へのリクエストは、応答のある経路と、` +
    `そうでない経路(${outcomes.map((o) => ANSWERS[o] ?? o).join('、')})がある`,
  brokenPredecessor: ({ pod }) => `${pod}のコンテナは、前のPodのものが動いているうちに起動した`,
  brokenOrder: ({ pod, earlier, isMissing }) =>
    `${pod}は、${earlier}が${isMissing ? 'ない' : '準備未完了の'}うちに作られた`,
  brokenPartition: ({ pod, partition }) =>
    `${pod}はpartition ${partition}より下なのに、更新のために削除された`,
  brokenOneAtATime: ({ pod, other }) => `${pod}は、${other}が削除されている間に、更新のために削除された`,
  brokenRevision: ({ object, revision, last }) => `${object}: revision ${last}の後に${revision}が書かれた`,
  brokenLostWrite: ({ object, upon, after }) =>
    `${object}: resourceVersion ${upon || 'なし'}に対する書き込みが、${after || '削除'}の後に受け入れられた`,
  brokenReborn: ({ pod }) => `${pod}は削除されないまま別のPodになった`,
  brokenMoved: ({ pod, before, to }) => `${pod}は${before}から${to}へ移った`,
  brokenUnended: ({ pod, before, to }) => `${pod}は${before}から${to}になった`,
  brokenEvictedUntainted: ({ pod }) => `${pod}は、ノードに1分間そのようなtaintがなかったのに退避させられた`,
  brokenEvictedEarly: ({ pod, taints }) => `${pod}は、${taints.join(', ')}を許容する時間の前に退避させられた`,
  brokenUntolerated: ({ pod, node, taint }) => `${pod}は、許容しないtaint ${taint}のある${node}にある`,
  brokenNodeTainted: ({ node, taint }) => `ノード${node}はReadyなのに、taint ${taint}がある`,
  brokenNodeUntainted: ({ node }) => `ノード${node}はReadyでないのに、そのことを言うtaintがない`,
  brokenNodeGone: ({ pod, node }) => `${pod}は、もうないノード${node}に割り当てられている`,
  brokenTerminating: ({ pod, since }) => `${pod}は${since}から終了中のままである`,
  brokenLeaders: ({ one, other }) => `${one}がまだリーダーなのに、${other}もリーダーになった`,
  brokenStray: ({ container, pod, node }) =>
    `Pod ${pod}はもうないのに、そのコンテナ${container}が${node}で動いている`,
  brokenAddress: ({ one, other, address }) => `${one}と${other}が、どちらも${address}を持つ`,
  brokenExternalAddress: ({ one, other, address }) =>
    `Service ${one}と${other}の外部アドレスが、どちらも${address}である`,
  brokenNodePort: ({ one, other, port }) => `Service ${one}と${other}のNodePortが、どちらも${port}である`,
  brokenClaimTooSmall: ({ claim, volume }) =>
    `PersistentVolumeClaim ${claim}は、求めたより小さいボリューム${volume}に割り当てられた`,
  brokenClaimForeign: ({ claim, volume }) =>
    `PersistentVolumeClaim ${claim}は、自分のものではないボリューム${volume}に割り当てられた`,
  brokenClaimWent: ({ claim, pod }) => `PersistentVolumeClaim ${claim}は、Pod ${pod}が使っているうちに消えた`,
  brokenAttachedTwice: ({ volume, one, other }) =>
    `ボリューム${volume}が${one}と${other}の両方に接続されている`,
  brokenOutOfReach: ({ pod, node, volume }) => `Pod ${pod}は、${volume}に届かない${node}にある`,
  brokenVolumeKept: ({ volume, claim }) =>
    `ボリューム${volume}は、もうないPersistentVolumeClaim ${claim}に割り当てられている`,
  brokenNoDefaultAccount: ({ namespace }) => `名前空間"${namespace}"にサービスアカウント"default"がない`,
  brokenNoRootCertificate: ({ namespace }) =>
    `名前空間"${namespace}"に、クラスターのルート証明書を持つConfigMap"kube-root-ca.crt"がない`,
  brokenApiServiceLost: ({ name }) =>
    `APIService"${name}"は利用可能とされているが、そのServiceの先に準備の完了したエンドポイントがない`,
  brokenApiServiceReached: ({ name }) =>
    `APIService"${name}"は利用不可とされているが、そのServiceの先に準備の完了したエンドポイントがある`,
  brokenTokenLeft: ({ secret, account }) =>
    `Secret ${secret}に、もうないサービスアカウント"${account}"のトークンが残っている`,
  brokenUnboundWrote: ({ controller, object }) =>
    `${controller}が${object}を書き込んだが、権限を与えるバインディングはない`,
  brokenWebhookPassed: ({ object, webhook }) =>
    `${object}が作られたとき、failurePolicyがFailのアドミッションWebhook "${webhook}"は停止していた`,
  brokenPodSecurity: ({ pod, namespace, level, field }) =>
    `Pod ${pod}は${field}を指定しているが、名前空間"${namespace}"は${level}を強制している`,
  brokenPolicyPassed: ({ object, policy, expression }) =>
    `${object}が作られたが、ValidatingAdmissionPolicy "${policy}"の式はfalseになる: ${expression}`,
  brokenOvercommit: ({ node, resource }) => `ノード"${node}"では、あるより多くの${resource}が要求されている`,
  brokenCrowded: ({ node, pods }) => `ノード"${node}"にはPodが${pods}個ある`,
};
