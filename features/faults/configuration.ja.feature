# language: ja
機能: Podに渡す設定が変わり、または失われる
  動いているものは、渡されたものを持ち続ける。起動するものには、それがなければならない。

  背景:
    前提 2台のノードを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: conf}
      data: {level: info}
      ---
      apiVersion: v1
      kind: Secret
      metadata: {name: cred}
      stringData: {password: old}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        replicas: 2
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            volumes: [{name: conf, configMap: {name: conf}}]
            containers:
              - name: web
                image: nginx:1.27
                ports: [{containerPort: 80}]
                env: [{name: PASSWORD, valueFrom: {secretKeyRef: {name: cred, key: password}}}]
                volumeMounts: [{name: conf, mountPath: /usr/share/nginx/html}]
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: web}
      spec: {selector: {app: web}, ports: [{port: 80}]}
      """
    かつ すべてのPodの準備が完了している

  シナリオ: 変えられた値は、時間が過ぎると元に戻る
    もし 5分間、ConfigMap"conf"のキー"level"を"debug"に変える
    かつ "kubectl get configmap conf -o jsonpath={.data.level}"を実行する
    ならば 出力に"debug"が含まれる
    もし 6分が経過する
    かつ "kubectl get configmap conf -o jsonpath={.data.level}"を実行する
    ならば 出力に"info"が含まれる

  シナリオ: 失われたConfigMapはロールアウトを止めるが、動いているものは止めない
    もし 10分間、ConfigMap"conf"が失われる
    かつ "kubectl rollout restart deployment web"を実行する
    かつ 5分が経過する
    ならば Deployment"web"の2個中2個のレプリカが利用可能である
    かつ Deployment"web"のロールアウトが進行中である
    かつ "app=web"に一致するPodに"configmap \"conf\" not found"を含むイベント"FailedMount"が記録されている
    もし 5分が経過する
    ならば 5分以内にDeployment"web"の2個中2個のレプリカが更新されている
    かつ すべてのPodの準備が完了している

  シナリオ: 失われたSecretが戻るまで、代わりのPodは起動できない
    もし 3分間、Secret"cred"が失われる
    かつ "app=web"に一致する1個のPodを削除する
    かつ 2分が経過する
    ならば Deployment"web"の2個中1個のレプリカが利用可能である
    かつ "app=web"に一致するPodに"secret \"cred\" not found"を含むイベント"Failed"が記録されている
    かつ 3分以内にDeployment"web"の2個中2個のレプリカが利用可能である
