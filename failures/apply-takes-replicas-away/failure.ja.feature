# language: ja
機能: applyがレプリカを奪う
  オートスケーラーがDeploymentを8レプリカまで増やしていました。パイプラインはマージのたびにマニフェストを適用し直し、そこには2と書かれています。混雑の最中に6個のPodが消え、後から少しずつ戻ります。

  背景:
    前提 4台のノードを持つクラスター
    かつ メトリクス"queue"は"80"である

  シナリオアウトライン: 負荷のある中でマニフェストを再び適用する
    前提 "<manifests>"のマニフェスト
    かつ 2分が経過する
    かつ この時点を"rush"とする
    もし "kubectl apply -f <manifests>"を実行する
    ならば 出力に"deployment.apps/web"が含まれる
    もし 3分が経過する
    ならば "rush"以降、"app=web"に一致するPodのうち少なくとも6個が利用可能である
    かつ Deployment"web"の8個中8個のレプリカが利用可能である

    @expect-failure
    例: 当時のまま
      | manifests      |
      | as-it-was.yaml |

    例: 対策の後
      | manifests  |
      | fixed.yaml |
