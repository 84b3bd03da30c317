# language: ja
@level @commands:2 @outage:0s
機能: 気づかれない新しい版
  1.13に上げるときが来ました。このDeploymentは、Podをすべて終わらせてから次を始める設定です。お客さんに気づかれてはいけません。

  背景:
    前提 3台のノードを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
      spec:
        replicas: 3
        strategy: {type: Recreate}
        selector:
          matchLabels: {app: web}
        template:
          metadata:
            labels: {app: web}
          spec:
            containers:
              - name: nginx
                image: nginx:1.12
                ports:
                  - containerPort: 80
                readinessProbe:
                  httpGet: {path: /, port: 80}
                  periodSeconds: 5
                lifecycle:
                  preStop:
                    exec: {command: ["sleep", "5"]}
      ---
      apiVersion: v1
      kind: Service
      metadata:
        name: web
      spec:
        selector: {app: web}
        ports:
          - port: 80
            targetPort: 80
      """
    かつ すべてのPodの準備が完了している
    かつ クライアントが"http://web/"に毎秒5件のリクエストを送る
    かつ 2秒が経過する

  @hint
  シナリオ: Recreateは先にすべて終わらせる。RollingUpdateは少しずつ進む
    もし "kubectl describe deployment web"を実行する
    ならば 出力に"Recreate"が含まれる

  @solution
  シナリオ: 作り直さずに、少しずつ入れ替える
    もし "kubectl patch deployment web -p '{\"spec\":{\"strategy\":{\"type\":\"RollingUpdate\"}}}'"を実行する
    かつ "kubectl set image deployment web nginx=nginx:1.13"を実行する
    かつ 30秒が経過する
    ならば 5分以内にDeployment"web"のロールアウトが完了している
    かつ Deployment"web"のフィールド".spec.template.spec.containers[0].image"が"nginx:1.13"である
    かつ どのリクエストも失敗していない
