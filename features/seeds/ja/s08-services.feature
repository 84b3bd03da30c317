# language: ja
@S8
機能: S8. Service: 準備が完了したPodへの、一つの名前と一つのアドレス
  Podは増えたり消えたりし、IPアドレスも変わる。「このPod」ではなく「このラベルを持つPodのどれか」に届けたいときは、Serviceの名前を使う。

  背景:
    前提 3台のノードを持つクラスター
    かつ "kubectl apply -f ../manifests/bastion.yaml"を実行する

  ルール: 資料のService

    背景:
      前提 "kubectl apply -f ../manifests/nginx-clusterip.yaml"を実行する
      かつ すべてのPodの準備が完了している
      かつ 2秒が経過する

    シナリオ: アドレスと、その先のPod
      もし "kubectl get services"を実行する
      ならば 出力に"kubernetes      ClusterIP   10.96.0.1"が含まれる
      かつ 出力に"nginx-service   ClusterIP"が含まれる
      もし "kubectl describe service/nginx-service"を実行する
      ならば 出力に"app=nginx"が含まれる
      かつ 出力に"http-port  80/TCP"が含まれる
      かつ 出力に"Endpoints:"が含まれる
      かつ Service"nginx-service"が3個のPodに振り分ける

    シナリオ: 短い名前でも、名前空間つきでも、完全な名前でも
      ならば Pod"bastion"から"http://nginx-service/"へのリクエストに200が返る
      かつ Pod"bastion"から"http://nginx-service.default/"へのリクエストに200が返る
      かつ Pod"bastion"から"http://nginx-service.default.svc.cluster.local/"へのリクエストに200が返る
      かつ Pod"bastion"から"http://nginx-service.other/"へのリクエストの名前解決に失敗する

    シナリオ: リクエストはPodに振り分けられる。順番にではなく、そのつど選ばれる
      前提 "kubectl apply -f ../manifests/spread.yaml"を実行する
      かつ すべてのPodの準備が完了している
      かつ 2秒が経過する
      ならば Service"spread"が2個のPodに振り分ける
      かつ 1分以内にPod"bastion"から"http://spread/"へのリクエストに"number=one"に一致するPodから200が返る
      かつ 1分以内にPod"bastion"から"http://spread/"へのリクエストに"number=two"に一致するPodから200が返る

  ルール: ポート

    シナリオ: Serviceのポートとコンテナのポートは別で、コンテナのポートは名前でも指せる
      もし "kubectl apply -f ../manifests/nginx-named-port.yaml"を実行する
      かつ すべてのPodの準備が完了している
      かつ 2秒が経過する
      ならば Pod"bastion"から"http://by-name:8080/"へのリクエストに200が返る
      かつ Pod"bastion"から"http://by-name/"へのリクエストがタイムアウトする

  ルール: 準備が完了したPodだけに

    背景:
      前提 "kubectl apply -f ../manifests/sample-healthcheck.yaml -f ../manifests/sample-service.yaml"を実行する
      かつ すべてのPodの準備が完了している
      かつ 2秒が経過する

    シナリオ: 準備が完了していないPodには、応答できても届かない
      ならば Service"sample-service"が1個のPodに振り分ける
      もし Pod"sample-healthcheck"で"rm /usr/share/nginx/html/50x.html"を実行する
      ならば 10秒以内にService"sample-service"が0個のPodに振り分ける
      もし 5秒が経過する
      ならば Pod"bastion"から"http://sample-service/"へのリクエストが拒否される
      かつ Pod"bastion"から"http://sample-healthcheck/"へのリクエストに200が返る

  ルール: 途切れずに新しい版へ

    シナリオ: 新しいPodの準備ができてから古いPodを終え、古いPodは誰にも呼ばれなくなるまで応答する
      前提 "kubectl apply -f ../manifests/zero-downtime.yaml"を実行する
      かつ すべてのPodの準備が完了している
      かつ 2秒が経過する
      かつ クライアントが"http://shop/"に毎秒50件のリクエストを送る
      もし "kubectl set image deployment/shop nginx=nginx:1.16"を実行する
      ならば 5秒以内にDeployment"shop"のロールアウトが進行中である
      かつ 5分以内にDeployment"shop"のロールアウトが完了している
      もし 1分が経過する
      ならば どのリクエストも失敗していない
