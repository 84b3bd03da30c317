# language: ja
@S2
機能: S2. 宣言した状態と実際の状態
  マニフェストはあるべき姿を書いたもので、コントローラーが実際の姿と比べては差を埋める。手で変えても、宣言したとおりに戻る。

  背景:
    前提 2台のノードを持つクラスター
    かつ "kubectl apply -f ../manifests/sample-deployment.yaml"を実行する
    かつ すべてのPodの準備が完了している

  シナリオ: マニフェストのとおり、レプリカは1個
    もし 15秒が経過する
    かつ "kubectl get deployment"を実行する
    ならば 出力は次のとおりである:
      """
      NAME                READY   UP-TO-DATE   AVAILABLE   AGE
      sample-deployment   1/1     1            1           7s
      """

  シナリオ: Podを削除しても、別の名前で作り直される
    もし "kubectl delete pod -l app=web"を実行する
    ならば 出力に"deleted"が含まれる
    かつ 20秒以内に"app=web"に一致する準備が完了したPodがちょうど1個である
    もし "kubectl get events --field-selector reason=SuccessfulCreate"を実行する
    ならば 出力に"Created pod: sample-deployment-"が含まれる

  シナリオ: 手で増やし、マニフェストで元に戻す
    宣言そのものを変えれば、クラスターはそれに従う。もう一度applyすれば、マニフェストの宣言に戻る。
    もし "kubectl scale deployment sample-deployment --replicas=3"を実行する
    ならば 20秒以内に"app=web"に一致する準備が完了したPodがちょうど3個である
    もし "kubectl apply -f ../manifests/sample-deployment.yaml"を実行する
    ならば 出力は次のとおりである:
      """
      deployment.apps/sample-deployment configured
      """
    かつ 40秒以内に"app=web"に一致する実行中のPodがちょうど1個である
    かつ すべてのPodの準備が完了している

  シナリオ: コントローラーマネージャーが止まっている間は、誰も直さない
    もし 1分間、コントローラーマネージャーが停止する
    かつ "kubectl delete pod -l app=web"を実行する
    ならば 40秒間ずっと"app=web"に一致する実行中のPodが0個以下である
    かつ 2分以内に"app=web"に一致する準備が完了したPodがちょうど1個である
