# language: ja
機能: 名前に答えるのはPodである
  コントロールプレーンノードを持つクラスターでは、CoreDNSがService kube-dnsの背後のPodで動く。名前の問い合わせも、
  ほかのリクエストと同じようにkube-proxyとNetworkPolicyを通る。

  背景:
    前提 1台のコントロールプレーンノードと2台のワーカーノードを持つクラスター
    かつ "kubectl apply -f ../seeds/manifests/bastion.yaml -f ../seeds/manifests/nginx-clusterip.yaml"を実行する
    かつ すべてのPodの準備が完了している
    かつ 2秒が経過する

  シナリオ: DNSのPodが失われると、Serviceがあっても名前がわからない
    もし DNSのPodが失われる
    かつ 20秒が経過する
    ならば Pod"bastion"から"http://nginx-service/"へのリクエストの名前解決に失敗する
    もし すべての障害が復旧する
    ならば 1分以内にPod"bastion"から"http://nginx-service/"へのリクエストに200が返る
    かつ すべてのPodの準備が完了している

  シナリオ: 何も外へ出さないNetworkPolicyは、名前の問い合わせも出さない
    前提 "kubectl label pod bastion app=bastion"を実行する
    もし 30秒間NetworkPolicyが"app=bastion"に一致するPodからの通信をすべて拒む
    かつ 2秒が経過する
    ならば Pod"bastion"から"http://nginx-service/"へのリクエストの名前解決に失敗する
    かつ 1分以内にPod"bastion"から"http://nginx-service/"へのリクエストに200が返る

  シナリオ: 名前の問い合わせだけを外へ出すポリシーでは、APIサーバーにも届かない
    前提 "kubectl run curl --image=curlimages/curl --command -- sleep infinity"を実行する
    かつ すべてのPodの準備が完了している
    もし "kubectl apply -f allow-names.yaml"を実行する
    かつ 2秒が経過する
    かつ "kubectl exec curl -- curl -sk -m 3 https://kubernetes/healthz"を実行する
    ならば コマンドが"exit code 28"というエラーで失敗する

  シナリオ: ヘッドレスServiceのポートは、それぞれのPodのものである
    もし "kubectl apply -f stateful.yaml"を実行する
    かつ すべてのPodの準備が完了している
    かつ 2秒が経過する
    かつ "kubectl exec bastion -- dig +short srv _sql._tcp.db.default.svc.cluster.local"を実行する
    ならば 出力に"0 50 5433 db-0.db.default.svc.cluster.local"が含まれる

  ルール: Corefileの中身で決まること

    シナリオ: 新しいCorefileは、ボリュームに現れ、CoreDNSが見直したあとで効く
      もし "kubectl apply -f fixed-address.yaml -f corefile-hosts.yaml"を実行する
      かつ 1秒が経過する
      ならば Pod"bastion"から"http://shop.internal/"へのリクエストの名前解決に失敗する
      かつ 2分以内にPod"bastion"から"http://shop.internal/"へのリクエストに200が返る
      かつ Pod"bastion"から"http://nginx-service/"へのリクエストに200が返る

    シナリオ: 次のプラグインに何も回さないhostsは、すべての名前に答え、自分の名前しか知らない
      もし "kubectl apply -f fixed-address.yaml -f corefile-hosts-alone.yaml"を実行する
      かつ 2分が経過する
      ならば Pod"bastion"から"http://shop.internal/"へのリクエストに200が返る
      かつ Pod"bastion"から"http://nginx-service/"へのリクエストの名前解決に失敗する

    シナリオ: 読めないCorefileでは、動いているものは動き続け、起動するものは終わる
      もし "kubectl apply -f corefile-of-old.yaml"を実行する
      かつ 3分が経過する
      ならば Pod"bastion"から"http://nginx-service/"へのリクエストに200が返る
      もし "kubectl rollout restart deployment coredns -n kube-system"を実行する
      かつ 1分が経過する
      かつ "kubectl logs -n kube-system -l k8s-app=kube-dns --prefix"を実行する
      ならば 出力に"Unknown directive 'proxy'"が含まれる
      かつ Pod"bastion"から"http://nginx-service/"へのリクエストに200が返る

    シナリオ: 名前は調べられる前に書き換えられる
      もし "kubectl apply -f corefile-rewrites.yaml"を実行する
      ならば 2分以内にPod"bastion"から"http://shop.example.com/"へのリクエストに200が返る
      かつ 2分以内にPod"bastion"から"http://nginx-service.old.local/"へのリクエストに200が返る
