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

  シナリオ: 何も外へ出さないNetworkPolicyは、名前の問い合わせも出さない
    前提 "kubectl label pod bastion app=bastion"を実行する
    もし 30秒間NetworkPolicyが"app=bastion"に一致するPodからの通信をすべて拒む
    かつ 2秒が経過する
    ならば Pod"bastion"から"http://nginx-service/"へのリクエストの名前解決に失敗する
    かつ 1分以内にPod"bastion"から"http://nginx-service/"へのリクエストに200が返る
