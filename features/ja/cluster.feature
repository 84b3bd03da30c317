# language: ja
機能: 日本語で書くシナリオ
  ノードの再起動、消えたページ、ノードの障害を、英語のフィーチャーと同じ語彙で書く。

  ルール: ノードのローリング再起動

    背景:
      前提 3台のノードを持つクラスター
      かつ "frontend.yaml"のマニフェスト
      かつ すべてのPodの準備が完了している

    シナリオ: PodDisruptionBudgetがあれば、1個のレプリカは応答し続ける
      前提 イメージ"nginx:1.16"は次のように振る舞う:
        """
        startup: 30s
        listens: [80]
        """
      かつ "frontend-pdb.yaml"のマニフェスト
      もし 各ノードを順番にdrainし、再起動し、uncordonする
      ならば どの時点でも"component=nginx"に一致するPodのうち少なくとも1個が利用可能である
      かつ 5分以内にDeployment"nginx-deployment"の2個中2個のレプリカが利用可能である
      かつ すべての不変条件が成り立つ

    シナリオ: 電源が落ちたノードのPodは、5分あまりで別のノードに作り直される
      もし 20分間、ノード"node-1"の電源が落ちる
      かつ 1分が経過する
      ならば ノード"node-1"の状態が不明である
      かつ 10分以内にDeployment"nginx-deployment"の2個中2個のレプリカが利用可能である
      かつ 次のことは一度も起きない:ノード"node-2"がcordonされている

    シナリオ: kubectlの出力を確かめる
      もし "kubectl scale deployment nginx-deployment --replicas=3"を実行する
      ならば 出力に"scaled"が含まれる
      かつ 1分以内に"component=nginx"に一致する準備が完了したPodがちょうど3個である

    シナリオ: 障害の表
      もし 次の障害が起きる:
        | at  | fault         | target                              | for |
        | 0s  | NodePowerLoss | node-2                              | 1m  |
        | 30s | PodDelete     | one pod matching component=nginx    |     |
      ならば ある時点でノード"node-2"の状態が不明である
      かつ 10分以内にDeployment"nginx-deployment"の2個中2個のレプリカが利用可能である

  ルール: 消えたページ

    シナリオ: index.htmlが消えると、livenessプローブが気づいて再起動する
      前提 1台のノードを持つクラスター
      かつ 次のマニフェスト:
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, labels: {app: web}}
        spec:
          containers:
            - name: nginx
              image: nginx:1.25
              ports: [{containerPort: 80}]
              livenessProbe: {httpGet: {path: /index.html, port: 80}, initialDelaySeconds: 3, periodSeconds: 3, failureThreshold: 1}
        """
      かつ すべてのPodの準備が完了している
      もし Pod"web"で"rm /usr/share/nginx/html/index.html"を実行する
      ならば 15秒以内にPod"web"のコンテナ"nginx"が1回再起動している
      かつ 20秒以内に"http://web/"へのリクエストに200が返る
