/** Cards of two sentences about what a reader meets. */
import type { Language } from '../../messages/index.ts';

export interface Concept {
  readonly name: Readonly<Record<Language, string>>;
  readonly about: Readonly<Record<Language, string>>;
  /** Where it is met: a kind, the key of a message, a type of condition, a process. */
  readonly met: readonly string[];
}

const concept = (met: string, en: string, aboutEn: string, ja: string, aboutJa: string): Concept => ({
  name: { en, ja },
  about: { en: aboutEn, ja: aboutJa },
  met: met.split(' '),
});

export const CONCEPTS: readonly Concept[] = [
  concept(
    'Pod',
    'Pod',
    'One or a few containers that are placed on a node together and share an address. A pod ' +
      'is never moved: when its node is lost, another one takes its place.',
    'Pod',
    '一つのノードにまとめて置かれ、アドレスを共有するコンテナの組です。Pod ' +
      'は移動しません。ノードが失われると、別の Pod が代わりになります。',
  ),
  concept(
    'Node',
    'Node',
    `A machine that runs pods, and the API's idea of it. The two can differ: the API learns ` +
      'of a dead machine only by its silence.',
    'ノード',
    'Pod を動かす機械と、API の持つその情報です。二つは食い違うことがあります。' +
      'API は沈黙によってしか機械の停止を知りません。',
  ),
  concept(
    'Deployment',
    'Deployment',
    'Says how many pods of which template there shall be, and rolls out a new template step ' +
      'by step. It does so through ReplicaSets, one a version.',
    'Deployment',
    'どのテンプレートの Pod をいくつ保つかを宣言し、新しい版へ段階的に入れ替えます。' +
      '版ごとに一つの ReplicaSet を使います。',
  ),
  concept(
    'ReplicaSet',
    'ReplicaSet',
    'Keeps as many pods of one template as it is told. It counts and makes up the ' +
      'difference, again and again.',
    'ReplicaSet',
    '一つのテンプレートの Pod を指定された数に保ちます。数えては差を埋める、を繰り返します。',
  ),
  concept(
    'StatefulSet',
    'StatefulSet',
    'Pods with fixed names and places in an order. A lost one is replaced only when it is ' +
      'certain that the old one is gone.',
    'StatefulSet',
    '決まった名前と順序をもつ Pod の組です。古い Pod が消えたと確かになるまで、代わりは作られません。',
  ),
  concept(
    'DaemonSet',
    'DaemonSet',
    'One pod on every node that fits. When a node joins, it gets its pod; when it leaves, ' +
      'the pod goes with it.',
    'DaemonSet',
    '条件に合うすべてのノードに一つずつ置かれる Pod です。ノードが増えれば増え、減れば減ります。',
  ),
  concept(
    'Job',
    'Job',
    'Runs pods until enough of them have ended well. Failed ones are tried again, up to a limit.',
    'Job',
    '必要な数が正常に終わるまで Pod を動かします。失敗したものは限度まで試し直されます。',
  ),
  concept(
    'Service EndpointSlice Endpoints',
    'Service',
    'A fixed name and address in front of pods that come and go. It sends requests only to ' +
      'those that are Ready.',
    'Service',
    '入れ替わる Pod の前に立つ、変わらない名前とアドレスです。Ready の Pod にだけ要求を送ります。',
  ),
  concept(
    'PodDisruptionBudget',
    'Disruption budget',
    'Says how many pods must stay healthy while somebody takes nodes out of service. It ' +
      'binds those who ask before they evict, not accidents.',
    'PodDisruptionBudget',
    '保守でノードを外すときに健全でなければならない Pod の数を定めます。' +
      '退去を申し出る者は縛りますが、事故は縛りません。',
  ),
  concept(
    'replicaset-controller deployment-controller',
    'Reconcile loop',
    'A controller compares what is wanted with what it sees, does one thing to bring them ' +
      'closer, and looks again. Nothing tells it what to do; it only reads the difference.',
    '調整ループ',
    'コントローラーは望まれる状態と見えている状態を比べ、差を一つ縮めてはまた見ます。' +
      '命令ではなく、差を読んで動きます。',
  ),
  concept(
    'kube-scheduler bound',
    'Scheduler',
    'Chooses a node for each pod that has none: first it leaves out those that cannot take ' +
      'it, then it ranks the rest. Once bound, a pod stays.',
    'スケジューラー',
    'ノードの決まっていない Pod に置き場所を選びます。置けないノードを除き、' +
      '残りに順位を付けます。決まった Pod は動きません。',
  ),
  concept(
    'Ready containerStarted',
    'Readiness',
    'Whether a pod may get requests now. A pod can run and not be ready, and then a Service passes it by.',
    'Readiness',
    'いま要求を受けてよいかどうかです。動いていても Ready でない Pod は、Service に飛ばされます。',
  ),
  concept(
    'Lease',
    'Heartbeat',
    'Every 10 s a node renews its Lease to say that it lives. When that stops for about 50 ' +
      's, the control plane calls the node Unknown.',
    'ハートビート',
    'ノードは 10 秒ごとに Lease を更新して生存を知らせます。約 50 ' +
      '秒途絶えると、コントロールプレーンはノードを Unknown とします。',
  ),
  concept(
    'taints',
    'Taint and toleration',
    'A taint keeps pods off a node, or drives them from it. A toleration lets a pod stay all ' +
      'the same, for a while or for good.',
    'テイントと許容',
    'テイントは Pod をノードから遠ざけ、または追い出します。' +
      '許容（toleration）があれば、しばらく、またはずっと留まれます。',
  ),
  concept(
    'DisruptionTarget taint-eviction-controller',
    'Eviction',
    'A pod is asked to leave its node: by a drain, or since a taint is no longer tolerated. ' +
      'The pod is deleted, and its controller makes another elsewhere.',
    '退去',
    'drain や、許容できなくなったテイントによって、Pod がノードを去ることです。' +
      'Pod は削除され、コントローラーが別の場所に作り直します。',
  ),
  concept(
    'markedForDeletion',
    'Termination',
    'Deleting a pod only marks it; its kubelet then stops the containers and confirms. While ' +
      'a node is silent nobody confirms, so the pod stays Terminating.',
    '終了処理',
    '削除は印を付けるだけで、kubelet がコンテナを止めて確認します。' +
      'ノードが沈黙している間は確認されず、Terminating のままです。',
  ),
  concept(
    'containerExited containerCrashes',
    'Restart',
    'When a container ends, its kubelet starts it again on the same node, after a pause that ' +
      'doubles from time to time. The pod keeps its name and its address.',
    '再起動',
    'コンテナが終わると、kubelet は同じノードで再び起動します。' +
      '待ち時間は繰り返すたびに倍になります。Pod の名前とアドレスは変わりません。',
  ),
  concept(
    'Event',
    'Event',
    'A note of a component about an object, for people to read. Nothing is decided by ' +
      'events, and they are kept for an hour.',
    'イベント',
    'コンポーネントがオブジェクトについて残す、人が読むための記録です。' +
      '何もイベントでは決まらず、1 時間で消えます。',
  ),
  concept(
    'nodeLostPower nodeOff nodePoweredOn',
    'Power loss',
    'The machine stops at once: nothing is written, nobody says goodbye. What the API says ' +
      'of it and of its pods stays as it was, until the silence is noticed.',
    '電源断',
    '機械が突然止まり、何も書き残されません。沈黙が気付かれるまで、API の言うことは元のままです。',
  ),
  concept(
    'nodesPartitioned nodeCutOff nodeReconnected',
    'Partition',
    'Machines live on and do not reach each other. To the control plane it looks like a dead ' +
      'node, while its pods may serve on.',
    '分断',
    '機械は動いているのに互いに届きません。コントロールプレーンには停止と同じに見えますが、' +
      'Pod は応答し続けるかもしれません。',
  ),
  concept(
    'Unhealthy',
    'Probe',
    'A question that the kubelet asks a container again and again. Failing a readiness ' +
      'probe takes the pod out of Services; failing a liveness probe restarts the ' +
      'container.',
    'プローブ',
    'kubelet がコンテナに繰り返す問いかけです。readiness ' +
      'に失敗すると Service から外れ、liveness ' +
      'に失敗するとコンテナが再起動されます。',
  ),
  concept(
    'BackOff',
    'Back-off',
    'What fails is tried again after a pause that doubles: 10 s, 20 s, 40 s, up to five ' +
      'minutes. So a container that crashes does not wear out its node.',
    'バックオフ',
    '失敗したものは 10 秒、20 秒、40 秒と倍になる間隔で、最長 5 ' +
      '分おきに試し直されます。落ち続けるコンテナがノードを疲弊させないためです。',
  ),
  concept(
    'Pulling',
    'Image pull',
    'Before a container can start, its image is fetched from a registry, unless the node ' +
      'has it. A name that does not exist, or a silent registry, keeps the pod waiting.',
    'イメージの取得',
    'コンテナの開始前に、ノードになければレジストリからイメージを取得します。' +
      '名前の誤りや応答しないレジストリでは、Pod は待ち続けます。',
  ),
  concept(
    'FailedScheduling',
    'Unschedulable',
    'No node can take the pod: too little room, a taint, a rule of affinity. It stays ' +
      'Pending, and is tried again when something changes.',
    '配置できない Pod',
    '余裕がない、テイントがあるなど、どのノードにも置けない状態です。Pending ' +
      'のまま、何かが変わるたびに試し直されます。',
  ),
  concept(
    'NodeNotSchedulable',
    'Cordon and drain',
    'A cordon says that no new pods come to a node. A drain then evicts those that are ' +
      'there, one after the other, as their budgets allow.',
    'cordon と drain',
    'cordon は新しい Pod をノードに置かないことです。drain ' +
      'は続いて、予算の許す範囲でそこにある Pod を順に退去させます。',
  ),
  concept(
    'Progressing',
    'Rollout',
    'A Deployment goes to a new template by scaling a new ReplicaSet up and the old one ' +
      'down. maxSurge and maxUnavailable say how far from the wanted number it may stray.',
    'ロールアウト',
    '新しい ReplicaSet を増やし古い方を減らして、' +
      '新しいテンプレートへ移ります。maxSurge と ' +
      'maxUnavailable が数のずれの限度です。',
  ),
  concept(
    'HorizontalPodAutoscaler',
    'Autoscaler',
    'Measures how busy pods are, and scales their workload so that each is about as busy ' +
      'as wanted. It waits before it scales down, lest it swings.',
    'オートスケーラー',
    'Pod の忙しさを測り、望む忙しさになるよう数を変えます。振動しないよう、' + '減らす前には待ちます。',
  ),
  concept(
    'ConfigMap Secret',
    'ConfigMap and Secret',
    'Settings that pods read as files or variables. Files follow a change after a while; ' +
      'variables only when the container starts again.',
    'ConfigMap と Secret',
    'Pod がファイルや変数として読む設定です。ファイルはしばらくして変更に追従し、' +
      '変数はコンテナが起動し直すまで変わりません。',
  ),
  concept(
    'PersistentVolumeClaim PersistentVolume',
    'Persistent volume',
    'A disk that outlives pods. A claim asks for one, and is bound to a volume that fits.',
    '永続ボリューム',
    'Pod より長く残るディスクです。要求（claim）を出すと、' + '条件に合うボリュームに結び付けられます。',
  ),
  concept(
    'CronJob',
    'CronJob',
    'Makes a Job whenever its schedule says so. What was missed while the control plane ' +
      'was down is made up for only in part.',
    'CronJob',
    '予定の時刻ごとに Job を作ります。' +
      'コントロールプレーンが止まっていた間の分は、一部しか取り戻されません。',
  ),
  concept(
    'ResourceQuota LimitRange',
    'Quota and limits',
    'A quota bounds what all of a namespace may use; a limit range bounds each of its ' +
      'containers. What is beyond them is refused when it is created.',
    'クォータと制限',
    'クォータは名前空間全体の使用量を、LimitRange ' +
      'は個々のコンテナを制限します。超えるものは作成時に拒まれます。',
  ),
  concept(
    'apiServerDown etcdQuorumLost',
    'Control plane down',
    'Without its API server, or a quorum of etcd, nothing of a cluster can be changed or ' +
      'looked at. The pods that run run on.',
    'コントロールプレーンの停止',
    'API サーバーや etcd の過半数が失われると、' +
      'クラスターは変更も参照もできません。動いている Pod は動き続けます。',
  ),
  concept(
    'kubeletStopped kubeletFrozen',
    'Kubelet',
    'The process on each node that starts and stops its containers, probes them, and ' +
      'reports. When it stops, the containers run on and nobody looks after them.',
    'kubelet',
    '各ノードでコンテナの開始・停止・プローブ・報告を行うプロセスです。' +
      '止まってもコンテナは動き続けますが、誰も面倒を見ません。',
  ),
  concept(
    'dnsTroubled',
    'DNS',
    'Turns the name of a Service into its address. When it fails, pods that are well ' +
      'cannot find each other.',
    'DNS',
    'Service の名前をアドレスに変えます。失敗すると、健全な Pod ' + 'どうしが互いを見つけられなくなります。',
  ),
];
