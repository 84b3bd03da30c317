/** Who decides, and by what. */
import { concept, type Concept } from './concept.ts';

export const CONTROL: readonly Concept[] = [
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
    'Event',
    'Event',
    'A note of a component about an object, for people to read. Nothing is decided by ' +
      'events, and they are kept for an hour.',
    'イベント',
    'コンポーネントがオブジェクトについて残す、人が読むための記録です。' +
      '何もイベントでは決まらず、1 時間で消えます。',
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
    'watchesLag',
    'Watch and cache',
    'Controllers do not ask for objects, they are told of changes and remember them. What ' +
      'they see is a little late, so they must expect that it has changed meanwhile.',
    'watch とキャッシュ',
    'コントローラーはオブジェクトを尋ねず、変更を知らされて覚えます。見えているものは少し' +
      '古く、すでに変わっていることを想定しなければなりません。',
  ),
  concept(
    'leaderDied standbyLeads',
    'Leader election',
    'Of several controller managers one leads, by a Lease that it renews. When it dies, ' +
      'another takes over as soon as the Lease has run out.',
    'リーダー選出',
    '複数のコントローラーマネージャーのうち、Lease を更新する一つがリーダーです。停' +
      '止すると、Lease が切れたとき別のものが引き継ぎます。',
  ),
  concept(
    'etcdMembersLost EtcdMemberLoss',
    'etcd member',
    'The store is kept by several members, and works while more than half of them do. One ' +
      'lost of three costs nothing but the safety of losing another.',
    'etcd のメンバー',
    'データは複数のメンバーが持ち、過半数が動いていれば使えます。三つのうち一つを失っても' +
      '動きますが、次は失えません。',
  ),
  concept(
    'callsFail callsSlow',
    'API trouble',
    'A controller whose call fails tries again later, with growing pauses. Nothing is lost, ' +
      'all of it is late.',
    'API の不調',
    '呼び出しに失敗したコントローラーは、間隔を広げながら試し直します。何も失われませんが' +
      '、すべてが遅れます。',
  ),
  concept(
    'webhookRefuses webhookDown webhookSlow AdmissionRefusal WebhookDown WebhookSlow',
    'Admission',
    'Whoever writes to the API is asked about by further programs, which may refuse. One ' +
      'that refuses too much, or does not answer, stops what everybody else wants to do.',
    'アドミッション',
    'API への書き込みは、ほかのプログラムが拒否することがあります。拒みすぎるものや応' +
      '答しないものは、全員の作業を止めます。',
  ),
  concept(
    'aggregatedApiDown AggregatedApiDown',
    'Aggregated API down',
    'A group of the API that another server is behind cannot be known while that does not ' +
      'answer. Whoever wants to know of all groups fails, and so no namespace can be deleted.',
    '集約された API の停止',
    'ほかのサーバーが受け持つ API グループは、そのサーバーが応答しない間は何があるかわか' +
      'りません。すべてのグループを調べる処理が失敗し、名前空間も削除できません。',
  ),
  concept(
    'processDown',
    'Component down',
    'Each component does one thing, and when it is down only that stops. Without the ' +
      'scheduler new pods wait; without controllers nothing is replaced; what runs runs on.',
    'コンポーネントの停止',
    '各コンポーネントの仕事は一つで、止まればそれだけが止まります。スケジューラーがなけれ' +
      'ば新しい Pod は待ち、コントローラーがなければ補充されません。',
  ),
];
