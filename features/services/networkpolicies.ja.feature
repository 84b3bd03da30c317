# language: ja
機能: NetworkPolicyは誰が誰と通信できるかを述べる
  ポリシーがなければ、どのPodもほかのすべてのPodに届く。ポリシーに選ばれたPodは隔離され、いずれかのポリシーが許すもの
  だけが通る。ほかは捨てられ、クライアントは待ち続ける。

  背景:
    前提 2台のノードを持つクラスター
    かつ "policies.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    かつ 1秒が経過する

  シナリオ: すべて拒み、それから1個だけ通す
    前提 Pod"stranger"から"http://shop/"へのリクエストに200が返る
    もし 次のマニフェスト:
      """yaml
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: default-deny}
      spec: {podSelector: {}, policyTypes: [Ingress]}
      """
    かつ 1秒が経過する
    ならば Pod"stranger"から"http://shop/"へのリクエストがタイムアウトする
    かつ Pod"friend"から"http://shop/"へのリクエストがタイムアウトする
    もし 次のマニフェスト:
      """yaml
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: let-friends-in}
      spec:
        podSelector: {matchLabels: {app: shop}}
        ingress: [{from: [{podSelector: {matchLabels: {app: friend}}}], ports: [{port: 80}]}]
      """
    かつ 1秒が経過する
    ならば Pod"friend"から"http://shop/"へのリクエストに200が返る
    かつ Pod"stranger"から"http://shop/"へのリクエストがタイムアウトする
    もし "kubectl label pod stranger app=friend --overwrite"を実行する
    かつ 1秒が経過する
    ならば Pod"stranger"から"http://shop/"へのリクエストに200が返る
    もし "kubectl label pod stranger app=stranger --overwrite"を実行する
    かつ 1秒が経過する
    ならば Pod"stranger"から"http://shop/"へのリクエストがタイムアウトする
    もし "kubectl delete networkpolicy default-deny let-friends-in"を実行する
    かつ 1秒が経過する
    ならば Pod"stranger"から"http://shop/"へのリクエストに200が返る

  シナリオ: 誰も外に出られない
    もし 次のマニフェスト:
      """yaml
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: stay-in}
      spec: {podSelector: {matchLabels: {app: stranger}}, policyTypes: [Egress]}
      """
    かつ 1秒が経過する
    ならば Pod"stranger"から"http://shop/"へのリクエストがタイムアウトする
    かつ Pod"friend"から"http://shop/"へのリクエストに200が返る
