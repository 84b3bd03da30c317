/** What is to know of Pods and their containers. */
import { concept, type Concept } from './concept.ts';

export const PODS: readonly Concept[] = [
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
    'Ready containerStarted',
    'Readiness',
    'Whether a pod may get requests now. A pod can run and not be ready, and then a Service passes it by.',
    'Readiness',
    'いま要求を受けてよいかどうかです。動いていても Ready でない Pod は、Service に飛ばされます。',
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
    'ConfigMap Secret',
    'ConfigMap and Secret',
    'Settings that pods read as files or variables. Files follow a change after a while; ' +
      'variables only when the container starts again.',
    'ConfigMap と Secret',
    'Pod がファイルや変数として読む設定です。ファイルはしばらくして変更に追従し、' +
      '変数はコンテナが起動し直すまで変わりません。',
  ),
  concept(
    'Killing containerSignalled ContainerIgnoresSigterm',
    'Grace period',
    'A container that is to end gets SIGTERM and some time, 30 s unless said otherwise. ' +
      'Whoever does not listen is killed when it is over.',
    '猶予期間',
    '終わるコンテナには SIGTERM と、既定で 30 秒の時間が与えられます。応じな' +
      'ければ、過ぎたときに強制終了されます。',
  ),
  concept(
    'PodForceDelete',
    'Forced deletion',
    'Taking a pod out of the API without waiting for its kubelet. Its containers may go on, ' +
      'so that two pods of one name can run at a time.',
    '強制削除',
    'kubelet を待たずに Pod を API から消すことです。コンテナは動き続け' +
      'るかもしれず、同じ名前の Pod が二つ動くことがあります。',
  ),
  concept(
    'ContainerOOMKill OOMKilled ContainerMemoryLeak',
    'Out of memory',
    'A container that takes more memory than its limit is killed by the kernel at once, ' +
      'without SIGTERM. It is started again, and killed again if it still wants too much.',
    'メモリ不足による強制終了',
    '制限より多くのメモリを使うコンテナは、SIGTERM なしにカーネルが直ちに終わらせ' +
      'ます。再起動されても、足りなければまた終わります。',
  ),
  concept(
    'ContainerHang ContainerErrors ContainerSlowAnswers',
    'Alive and useless',
    'A process can run and answer nothing, or only errors. Kubernetes sees that only ' +
      'through probes: without them such a pod stays Ready.',
    '動いているが役に立たない',
    'プロセスが動いていても、応答しなかったりエラーだけを返すことがあります。プローブがな' +
      'ければ気付かれず、Pod は Ready のままです。',
  ),
  concept(
    'ContainerSlowStart',
    'Slow start',
    'Some programs need minutes before they can answer. A startup probe gives them that ' +
      'time, and holds the liveness probe back until then.',
    '遅い起動',
    '応答できるまで数分かかるプログラムもあります。startup プローブがその時間を与' +
      'え、それまで liveness プローブを待たせます。',
  ),
  concept(
    'ContainerCpuHog',
    'CPU limit',
    'A container that wants more CPU than its limit is not killed but slowed down. It ' +
      'answers late, and probes with a short time-out fail.',
    'CPU の制限',
    '制限を超える CPU を求めるコンテナは、終わらせられずに遅くされます。応答が遅れ、' +
      'タイムアウトの短いプローブは失敗します。',
  ),
  concept(
    'volumeUpdated',
    'Late updates',
    'A kubelet writes new contents of ConfigMaps and Secrets into volumes when it next ' +
      'looks, up to a minute or more later. For a while pods of one Deployment read different ' +
      'settings.',
    '遅れて届く更新',
    'kubelet は ConfigMap や Secret の変更を、次に見たとき（1' +
      ' 分以上後のこともあります）ボリュームに書きます。その間、同じ Deployment' +
      ' の Pod が違う設定を読みます。',
  ),
];
