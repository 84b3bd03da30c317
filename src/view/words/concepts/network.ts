/** How requests find Pods. */
import { concept, type Concept } from './concept.ts';

export const NETWORK: readonly Concept[] = [
  concept(
    'Service EndpointSlice Endpoints',
    'Service',
    'A fixed name and address in front of pods that come and go. It sends requests only to ' +
      'those that are Ready.',
    'Service',
    '入れ替わる Pod の前に立つ、変わらない名前とアドレスです。Ready の Pod にだけ要求を送ります。',
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
    'dnsTroubled',
    'DNS',
    'Turns the name of a Service into its address. When it fails, pods that are well ' +
      'cannot find each other.',
    'DNS',
    'Service の名前をアドレスに変えます。失敗すると、健全な Pod ' + 'どうしが互いを見つけられなくなります。',
  ),
  concept(
    'Ingress IngressClass ingressReloadsFail ingressReloadsPass',
    'Ingress',
    'Rules by which requests from outside find a Service: by host name and path. They are words only, ' +
      'until a controller, itself a pod, plays them; it takes changes in a few seconds late.',
    'Ingress',
    '外からのリクエストを、ホスト名とパスによってどの Service に送るかの規則です。コントローラー（それ自' +
      '身も Pod）がいて初めて働き、変更は数秒遅れて届きます。',
  ),
  concept(
    'gatewayReloadsFail gatewayReloadsPass',
    'Gateway',
    'Where requests from outside come in, for the routes that are attached to it. A controller gives its ' +
      'proxy what both say; while that takes nothing new, requests go by what it was given last.',
    'Gateway',
    '外からのリクエストの入口で、取り付けられたルートに従って送り先を決めます。コントローラーが設定をプロ' +
      'キシに渡しますが、それを受け取れない間は最後に渡された設定のまま動きます。',
  ),
  concept(
    'requestsFail',
    'Refused or timed out',
    'A refused connection comes back at once, and a client can try another pod. No answer ' +
      'at all costs the whole time-out, and looks the same as a slow one.',
    '拒否とタイムアウト',
    '接続の拒否はすぐ返り、別の Pod を試せます。応答がまったくなければタイムアウトま' +
      'で待たされ、遅い応答と見分けがつきません。',
  ),
  concept(
    'kubeProxyStopped',
    'kube-proxy',
    "Writes the rules on each node that send a Service's requests to its pods. When it " +
      'stops, the old rules stay, and lead to pods that may be gone.',
    'kube-proxy',
    'Service の要求を Pod へ送る規則を各ノードに書きます。止まると古い規則が' +
      '残り、もう無い Pod へ送られることがあります。',
  ),
  concept(
    'packetsLost packetsDelayed networkLost',
    'Bad network',
    'Packets that are lost or late are sent again, so that answers take longer instead of ' +
      'failing at once. Probes and heartbeats have limits, and there it begins to look like a ' +
      'failure.',
    '悪いネットワーク',
    '失われたり遅れたパケットは送り直され、すぐに失敗せず応答が遅くなります。プローブやハ' +
      'ートビートの限度を超えると、故障のように見えます。',
  ),
  concept(
    'podsPartitioned',
    'Cut between pods',
    'Two groups of pods that do not reach each other are both healthy to Kubernetes. Only ' +
      'who asks across the cut notices.',
    'Pod 間の分断',
    '互いに届かない二組の Pod は、Kubernetes から見ればどちらも健全です。' +
      '境を越えて尋ねる者だけが気付きます。',
  ),
  concept(
    'loadChanges',
    'Load',
    'More requests need more CPU, and a pod at its limit answers late. An autoscaler sees ' +
      'that only in the average of the last measurements.',
    '負荷',
    '要求が増えると CPU が必要になり、限度に達した Pod は応答が遅れます。オート' +
      'スケーラーは最近の測定の平均でしか気付きません。',
  ),
];
