# language: ja
@S17
機能: S17. 同じノードに置かないPod
  アンチアフィニティがなければ、レプリカは2個とも同じノードに置かれ、ともに失われることがある。必須のアンチアフィニティはそれを禁じ、置けるノードがなければPodは待つ。

  シナリオ: ノードが1台だけなら、2個目は待つ
    前提 1台のノードを持つクラスター
    もし "kubectl apply -f ../manifests/sample-affinity.yaml"を実行する
    かつ 71秒が経過する
    ならば "component=nginx"に一致する実行中のPodがちょうど1個である
    かつ "component=nginx"に一致する保留中のPodがちょうど1個である
    もし "kubectl get events --field-selector reason=FailedScheduling"を実行する
    ならば 出力に"1 node(s) didn't match pod anti-affinity rules"が含まれる

  シナリオ: ノードが使えるようになると、待っていたPodがそこへ行く
    前提 2台のノードを持つクラスター
    かつ ノード"node-2"をcordonする
    かつ "kubectl apply -f ../manifests/sample-affinity.yaml"を実行する
    かつ 71秒が経過する
    かつ "component=nginx"に一致する保留中のPodがちょうど1個である
    もし ノード"node-2"をuncordonする
    ならば 30秒以内に"component=nginx"に一致する準備が完了したPodがちょうど2個である
    かつ "component=nginx"に一致するどの2個のPodも同じノードにない

  シナリオ: ノードが2台なら、1台が落ちても1個は残る
    前提 2台のノードを持つクラスター
    かつ "kubectl apply -f ../manifests/sample-affinity.yaml"を実行する
    かつ すべてのPodの準備が完了している
    もし ノード"node-1"の電源が落ちる
    ならば 30分間ずっと"component=nginx"に一致するPodのうち少なくとも1個が応答中である
    かつ "component=nginx"に一致する保留中のPodがちょうど1個である
