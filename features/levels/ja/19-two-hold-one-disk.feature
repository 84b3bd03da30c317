# language: ja
@level @commands:1
機能: 二つのPodに一つのディスク
  ロールアウトが止まりました。新しいPodは別のノードにある古いPodのディスクを待ち、古いPodは新しいPodの準備ができるまで残されます（kubernetes/kubernetes#115997）。

  背景:
    前提 1台のノードを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: wordpress
      spec:
        replicas: 1
        selector:
          matchLabels:
            app: wordpress
        template:
          metadata:
            labels:
              app: wordpress
          spec:
            volumes:
              - name: content
                persistentVolumeClaim:
                  claimName: wordpress
            containers:
              - name: wordpress
                image: wordpress:6
                ports:
                  - containerPort: 80
                volumeMounts:
                  - name: content
                    mountPath: /var/www/html
      ---
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata:
        name: wordpress
      spec:
        accessModes:
          - ReadWriteOnce
        resources:
          requests:
            storage: 1Gi
      """
    かつ すべてのPodの準備が完了している
    かつ 新しいノードが参加する
    かつ ノード"node-1"をcordonする
    かつ "kubectl rollout restart deployment wordpress"を実行する
    かつ 1分が経過する

  @hint
  シナリオ: 新しいPodはボリュームを待っている
    もし "kubectl describe pods --show-events"を実行する
    ならば 出力に"Multi-Attach"が含まれる
    かつ "app=wordpress"に一致する保留中のPodがちょうど1個である
    かつ ノード"node-1"がcordonされている

  @hint
  シナリオ: strategyがRecreateなら、古いPodが先に終わる
    もし "kubectl describe deployment wordpress"を実行する
    ならば 出力に"RollingUpdate"が含まれる

  @solution
  シナリオ: 古いPodを先に終わらせる
    もし "kubectl patch deployment wordpress -p '{\"spec\":{\"strategy\":{\"type\":\"Recreate\",\"rollingUpdate\":null}}}'"を実行する
    ならば 5分以内にDeployment"wordpress"のロールアウトが完了している
    かつ Deployment"wordpress"のフィールド".spec.replicas"が"1"である
