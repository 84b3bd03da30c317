# language: ja
フィーチャ: kubeletがファイルから起動するPod
  それぞれの隣には、別のuidを持つ写し(ミラーPod)がAPIにある。写しを指せば、本体に届く。

  背景:
    前提 1台のコントロールプレーンノードと1台のワーカーノードを持つクラスター
    かつ すべてのPodの準備が完了している
    かつ 10秒が経過する

  シナリオ: コマンドもクラッシュも、動いているコンテナーに届く
    もし "kubectl exec -n kube-system etcd-control-plane-1 -- hostname"を実行する
    ならば 出力に"control-plane-1"が含まれる
    もし Pod"kube-system/etcd-control-plane-1"のコンテナ"etcd"がクラッシュする
    ならば 1分以内にPod"kube-system/etcd-control-plane-1"のコンテナ"etcd"が1回再起動している
    かつ すべてのPodの準備が完了している
