/** What keeps Pods in number and brings new versions of them. */
import { concept, type Concept } from './concept.ts';

export const WORKLOADS: readonly Concept[] = [
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
    'PodDisruptionBudget',
    'Disruption budget',
    'Says how many pods must stay healthy while somebody takes nodes out of service. It ' +
      'binds those who ask before they evict, not accidents.',
    'PodDisruptionBudget',
    '保守でノードを外すときに健全でなければならない Pod の数を定めます。' +
      '退去を申し出る者は縛りますが、事故は縛りません。',
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
    'CronJob',
    'CronJob',
    'Makes a Job whenever its schedule says so. What was missed while the control plane ' +
      'was down is made up for only in part.',
    'CronJob',
    '予定の時刻ごとに Job を作ります。' +
      'コントロールプレーンが止まっていた間の分は、一部しか取り戻されません。',
  ),
  concept(
    'Namespace',
    'Namespace',
    'A room with a name, in which names of objects are unique and quotas count. Deleting it ' +
      'deletes all that is in it, and waits until that is gone.',
    '名前空間',
    'オブジェクトの名前が一意になり、クォータが数えられる区画です。削除すると中のものもす' +
      'べて削除され、消えるまで待ちます。',
  ),
  concept(
    'PodLabel NodeLabel',
    'Label and selector',
    'Labels are words on an object, and a selector finds those that bear them. Who relabels ' +
      'a pod takes it from its Service and its controller without ending it.',
    'ラベルとセレクター',
    'ラベルはオブジェクトに付ける言葉で、セレクターがそれを探します。ラベルを変えると、' +
      'Pod は終わらないまま Service やコントローラーから外れます。',
  ),
  concept(
    'ControllerRevision Rollback',
    'Revision',
    'What a template was before is kept, so that one can go back to it. A rollback is a ' +
      'rollout of an old template, no undoing of what happened.',
    'リビジョン',
    '以前のテンプレートは残され、戻ることができます。ロールバックは古いテンプレートのロー' +
      'ルアウトであり、起きたことの取り消しではありません。',
  ),
  concept(
    'garbage-collector-controller',
    'Garbage collection',
    'Objects say who owns them. When the owner is gone, the collector deletes what is left ' +
      'of it, so that deleting a Deployment ends its pods.',
    'ガベージコレクション',
    'オブジェクトは所有者を知っています。所有者が消えると、残ったものを回収係が削除するの' +
      'で、Deployment を消せば Pod も終わります。',
  ),
  concept(
    'ImageUpdate',
    'Immutable pods',
    'Most of a pod cannot be changed while it lives. A new image is therefore a new ' +
      'template and new pods, one step of a rollout after the other.',
    '変わらない Pod',
    'Pod の大部分は動いている間は変えられません。新しいイメージは新しいテンプレートと' +
      '新しい Pod になり、ロールアウトで順に入れ替わります。',
  ),
  concept(
    'WrongImage ErrImagePull ImagePullBackOff',
    'Stuck rollout',
    'When new pods do not become ready, a rollout stops and leaves enough of the old ones. ' +
      'Nothing goes back by itself: somebody has to.',
    '止まったロールアウト',
    '新しい Pod が Ready にならないと、ロールアウトは古い Pod を十分残し' +
      'て止まります。自動では戻らず、誰かが戻す必要があります。',
  ),
  concept(
    'BackoffLimitExceeded DeadlineExceeded',
    'Giving up',
    'A Job tries failed work again, but not for ever: after its limit of failures or of ' +
      'time it is Failed. What it has left behind stays to be read.',
    'あきらめる',
    'Job は失敗した仕事を試し直しますが、失敗の数や時間の限度で Failed になり' +
      'ます。残ったものは調べられるように置かれます。',
  ),
  concept(
    'ttl-after-finished-controller',
    'Time to live',
    'A Job that is over can go by itself after a time, with its pods. Without that it stays ' +
      'until somebody deletes it.',
    '終了後の寿命',
    '終わった Job は、決めた時間の後に Pod とともに自動で消すことができます。決' +
      'めなければ、誰かが消すまで残ります。',
  ),
  concept(
    'ScalingReplicaSet Scale',
    'Scaling',
    'Changing the number of replicas is a wish like any other: a controller makes or ' +
      'deletes pods until the count fits. New pods still have to be placed, started and ' +
      'become ready.',
    'スケール',
    'レプリカ数の変更も一つの望みにすぎず、コントローラーが数の合うまで Pod を作るか' +
      '消します。新しい Pod は配置と起動を経て Ready になります。',
  ),
];
