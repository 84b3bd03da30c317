# language: ja
@S14
機能: S14. プローブ: 生きているか、リクエストを受けられるか、起動し終えたか
  Livenessプローブが失敗するとコンテナは再起動し、ファイルはイメージのものに戻る。Readinessプローブが失敗すると、PodはServiceの振り分け先から外れるが、再起動はしない。

  背景:
    前提 2台のノードを持つクラスター

  ルール: 資料のPod

    背景:
      前提 "kubectl apply -f ../manifests/sample-healthcheck.yaml -f ../manifests/sample-service.yaml"を実行する
      かつ すべてのPodの準備が完了している

    シナリオ: 宣言した内容がdescribeに出る
      もし "kubectl describe pod sample-healthcheck | grep Liveness"を実行する
      ならば 出力に"http-get http://:80/index.html delay=5s timeout=1s period=3s #success=1 #failure=2"が含まれる
      もし "kubectl describe pod sample-healthcheck | grep Readiness"を実行する
      ならば 出力に"exec [ls /usr/share/nginx/html/50x.html] delay=5s timeout=1s period=3s #success=2 #failure=1"が含まれる

    シナリオ: index.htmlを消すと1回再起動し、ページが戻り、それ以上は再起動しない
      もし "kubectl exec -it sample-healthcheck -- rm /usr/share/nginx/html/index.html"を実行する
      ならば 15秒以内にPod"sample-healthcheck"のコンテナ"nginx-container"が1回再起動している
      かつ 15秒以内に"http://sample-healthcheck/index.html"へのリクエストに200が返る
      かつ 30秒以内にPod"sample-healthcheck"の準備が完了している
      かつ 10分間ずっとPod"sample-healthcheck"のコンテナ"nginx-container"が1回再起動している
      かつ Pod"sample-healthcheck"に"HTTP probe failed with statuscode: 404"を含むイベント"Unhealthy"が記録されている

    シナリオ: Readinessプローブの見るファイルを消すと、再起動せずに振り分け先から外れる
      もし "kubectl exec -it sample-healthcheck -- rm /usr/share/nginx/html/50x.html"を実行する
      ならば 5秒以内にPod"sample-healthcheck"の準備が完了していない
      かつ 5秒以内にService"sample-service"が0個のPodに振り分ける
      かつ 10分間ずっとPod"sample-healthcheck"のコンテナ"nginx-container"が0回再起動している
      もし "kubectl exec -it sample-healthcheck -- touch /usr/share/nginx/html/50x.html"を実行する
      ならば 10秒以内にService"sample-service"が1個のPodに振り分ける

  ルール: 起動に時間のかかるプログラム

    背景:
      前提 イメージ"example/slow-start:1"は次のように振る舞う:
        """
        startup: 40s
        listens: [8080]
        """

    シナリオ: Startupプローブは起動し終えるのを待つ
      もし "kubectl apply -f ../manifests/slow-start.yaml"を実行する
      ならば 1分以内にPod"slow-start"の準備が完了している
      もし 2分が経過する
      ならば Pod"slow-start"のコンテナ"app"が0回再起動している

    シナリオ: Startupプローブがなければ、Livenessプローブに何度も止められる
      もし "kubectl apply -f ../manifests/slow-start-without.yaml"を実行する
      ならば 3分以内にPod"slow-start"のコンテナ"app"が"CrashLoopBackOff"により待機中である
      かつ 次のことは一度も起きない:"http://slow-start:8080/"へのリクエストに200が返る
      かつ Pod"slow-start"に"failed liveness probe"を含むイベント"Killing"が記録されている
