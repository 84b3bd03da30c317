/** What is to know of machines. */
import { concept, type Concept } from './concept.ts';

export const NODES: readonly Concept[] = [
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
    'nodeLostPower nodeOff nodePoweredOn',
    'Power loss',
    'The machine stops at once: nothing is written, nobody says goodbye. What the API says ' +
      'of it and of its pods stays as it was, until the silence is noticed.',
    '電源断',
    '機械が突然止まり、何も書き残されません。沈黙が気付かれるまで、API の言うことは元のままです。',
  ),
  concept(
    'NodeCordon NodeDrain startDrain',
    'Cordon and drain',
    'A cordon says that no new pods come to a node. A drain then evicts those that are ' +
      'there, one after the other, as their budgets allow.',
    'cordon と drain',
    'cordon は新しい Pod をノードに置かないことです。drain ' +
      'は続いて、予算の許す範囲でそこにある Pod を順に退去させます。',
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
    'MemoryPressure DiskPressure PIDPressure Evicted memoryTaken diskTaken pidsTaken',
    'Node pressure',
    'A node that runs short of memory, disk or process ids defends itself: it takes no new ' +
      'pods and ends some of its own. No budget is asked about that.',
    'ノードの逼迫',
    'メモリやディスク、プロセス数が足りなくなったノードは身を守り、新しい Pod を断り' +
      '、いくつかを終わらせます。予算は考慮されません。',
  ),
  concept(
    'nodeShutsDown',
    'Graceful shutdown',
    'A machine that is told to stop ends its pods first, and has its kubelet say so. They ' +
      'are marked as ended at once, instead of after minutes of silence.',
    '正常なシャットダウン',
    '停止を告げられた機械は、先に Pod を終わらせ、kubelet がそう報告します。' +
      '何分もの沈黙を待たず、すぐ終了と分かります。',
  ),
  concept(
    'nodeReboots nodeBooted',
    'Reboot',
    'Pods stay bound to their node while it restarts, and their containers are started ' +
      'again there. What was only in memory is gone.',
    '再起動（ノード）',
    'ノードが再起動しても Pod はそのノードに残り、コンテナがそこで起動し直します。メ' +
      'モリにだけあったものは失われます。',
  ),
  concept(
    'runtimeStopped',
    'Container runtime',
    'The program that runs containers for the kubelet. When it stops, they run on, but none ' +
      'can be started, stopped or asked how it is.',
    'コンテナランタイム',
    'kubelet のためにコンテナを動かすプログラムです。止まってもコンテナは動き続け' +
      'ますが、起動・停止や状態の確認ができません。',
  ),
  concept(
    'clockSkewed certificateExpired certificateNotRotated',
    'Clocks and certificates',
    'Machines trust each other by certificates, which hold for a time. One that has ' +
      'expired, or a clock that is wrong, shuts a healthy node out.',
    '時計と証明書',
    '機械どうしは期限のある証明書で信頼し合います。期限切れや時計の狂いは、健全なノードを' + '締め出します。',
  ),
  concept(
    'nodeJoins NodeAdd NodeRemove',
    'Node pool',
    'Nodes come and go: a new one registers itself, and pods that waited for room are ' +
      'placed on it. Those that already run are not moved to it.',
    'ノードプール',
    'ノードは増減します。新しいノードは自ら登録され、空きを待っていた Pod が置かれま' +
      'す。すでに動いている Pod は移されません。',
  ),
];
