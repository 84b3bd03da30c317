# language: ja
機能: ロールアウトで失われるリクエスト
  Podは終了を告げられると同時にServiceから外されます。経路を決める側がそれを知るのは少し後で、もう待ち受けていない相手にリクエストを送ってしまいます。

  背景:
    前提 3台のノードを持つクラスター

  シナリオアウトライン: リクエストを受けながら新しいバージョンを展開する
    前提 "<manifests>"のマニフェスト
    かつ すべてのPodの準備が完了している
    かつ クライアントが"http://web/"に毎秒100件のリクエストを送る
    かつ 5秒が経過する
    もし Deployment"web"のイメージを"backend:2"に変更する
    かつ 3分が経過する
    ならば どのリクエストも失敗していない
    かつ Deployment"web"のロールアウトが完了している
    かつ Deployment"web"に"from 1 to 0"を含むイベント"ScalingReplicaSet"が記録されている

    @expect-failure
    例: 当時のまま
      | manifests      |
      | as-it-was.yaml |

    例: 対策の後
      | manifests  |
      | fixed.yaml |
