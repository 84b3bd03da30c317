# language: ja
機能: 動いていても、あるべきように応答しないコンテナ
  悪い状態に陥っただけのプロセスは、再起動すれば新しくなり、Livenessプローブがそれを引き起こす。プログラムや、その待つ相手が
  悪いのであれば、再起動では直らない。

  背景:
    前提 1台のノードを持つクラスター
    かつ "server.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している

  シナリオ: Livenessプローブがなければ、障害が続く限り応答しない
    前提 "web.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    もし 5分間、"app=web"に一致するすべてのPodのコンテナが応答しなくなる
    ならば 20秒以内にService"web"が0個のPodに振り分ける
    かつ 4分間ずっとService"web"が0個のPodに振り分ける
    かつ 1分以内にDeployment"web"の3個中3個のレプリカが利用可能である

  シナリオ: 待ち受けをやめたプロセス
    もし Pod"server"のコンテナ"nginx"が接続を拒否する
    ならば "http://server/"へのリクエストが拒否される
    かつ 5秒間ずっとPod"server"のコンテナ"nginx"が0回再起動している
    かつ 10秒以内にPod"server"のコンテナ"nginx"が1回再起動している
    かつ 10秒以内に"http://server/"へのリクエストに200が返る

  シナリオ: 遅い応答はプローブにも遅く、再起動しても速くならない
    もし 2分間、Pod"server"のコンテナ"nginx"の応答が2秒遅れる
    ならば "http://server/"へのリクエストに200が返る
    かつ 5秒間ずっとPod"server"の準備が完了している
    かつ 10秒以内にPod"server"の準備が完了していない
    かつ 1分以内にPod"server"のコンテナ"nginx"が2回再起動している
    かつ 30秒間ずっとPod"server"の準備が完了していない
    かつ 最終的にPod"server"の準備が完了している

  シナリオ: 原因がなくなるまで、エラーは再起動の後にも返る
    もし 2分間、Pod"server"のコンテナ"nginx"がエラーを返す
    ならば "http://server/"へのリクエストに500が返る
    かつ 1分以内にPod"server"のコンテナ"nginx"が2回再起動している
    かつ 5秒以内に"http://server/"へのリクエストに500が返る
    かつ 最終的にPod"server"の準備が完了している

  シナリオ: 遅い起動は次の起動で表に出て、せっかちなLivenessプローブにkillされる
    もし 10分間、Pod"server"のコンテナ"nginx"の起動に1分かかる
    ならば 1分間ずっとPod"server"の準備が完了している
    もし Pod"server"のコンテナ"nginx"がクラッシュする
    ならば 5分間ずっと"http://server/"へのリクエストが拒否される
    かつ Pod"server"に"failed liveness probe, will be restarted"を含むイベント"Killing"が記録されている
    かつ 最終的にPod"server"の準備が完了している

  シナリオ: すべてのReadinessプローブが不安定になると、応答できるServiceが止まる
    前提 "web.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    もし 5分間、"app=web"に一致するすべてのPodのコンテナのReadinessプローブが不安定になる
    ならば 9秒間ずっとService"web"が3個のPodに振り分ける
    かつ 30秒以内にService"web"が0個のPodに振り分ける
    かつ "app=web"に一致する応答中のPodが3個以上である
    もし 1秒が経過する
    ならば "http://web/"へのリクエストが拒否される
    かつ 最終的にService"web"が3個のPodに振り分ける
