# language: ja
@S24
機能: ボリューム
  コンテナ自身のファイルは、コンテナとともに失われる。ボリュームはPodのもの、マシンのもの、またはAPIの述べるものである。

  背景:
    前提 2台のノードを持つクラスター

  シナリオ: emptyDirはPodのコンテナが共有し、コンテナの再起動では失われない
    前提 次のマニフェスト:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: sidecar}
      spec:
        volumes: [{name: logs, emptyDir: {}}]
        containers:
          - {name: web, image: "nginx:1.27", volumeMounts: [{name: logs, mountPath: /var/log/nginx}]}
          - name: reader
            image: busybox:1.36
            command: [sleep, infinity]
            volumeMounts: [{name: logs, mountPath: /logs, readOnly: true}]
      """
    かつ すべてのPodの準備が完了している
    もし Pod"sidecar"のコンテナ"web"のファイル"/var/log/nginx/access.log"を"GET / 200"に変える
    かつ Pod"sidecar"のコンテナ"web"のファイル"/tmp/scratch"を"x"に変える
    ならば Pod"sidecar"のコンテナ"reader"のファイル"/logs/access.log"に"GET / 200"が含まれる
    かつ Pod"sidecar"のファイル"/tmp/scratch"に"x"が含まれる
    もし Pod"sidecar"のコンテナ"web"がクラッシュする
    ならば 30秒以内にPod"sidecar"のコンテナ"web"が1回再起動している
    かつ Pod"sidecar"のファイル"/var/log/nginx/access.log"に"GET / 200"が含まれる
    かつ Pod"sidecar"にファイル"/tmp/scratch"がない

  シナリオ: hostPathはマシンのもので、次のPodも同じノードなら見つけ、別のノードでは見つけない
    前提 次のマニフェスト:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: first}
      spec:
        nodeName: node-1
        volumes: [{name: data, hostPath: {path: /srv/data, type: DirectoryOrCreate}}]
        containers: [{name: web, image: "nginx:1.27", volumeMounts: [{name: data, mountPath: /data}]}]
      """
    かつ すべてのPodの準備が完了している
    もし Pod"first"のコンテナ"web"のファイル"/data/kept"を"on the machine"に変える
    かつ Pod"first"を削除する
    かつ 1分が経過する
    ならば Pod"first"がない
    もし 次のマニフェスト:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: here}
      spec:
        nodeName: node-1
        volumes: [{name: data, hostPath: {path: /srv/data, type: Directory}}]
        containers: [{name: web, image: "nginx:1.27", volumeMounts: [{name: data, mountPath: /data}]}]
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: elsewhere}
      spec:
        nodeName: node-2
        volumes: [{name: data, hostPath: {path: /srv/data, type: Directory}}]
        containers: [{name: web, image: "nginx:1.27", volumeMounts: [{name: data, mountPath: /data}]}]
      """
    ならば 30秒以内にPod"here"の準備が完了している
    かつ Pod"here"のファイル"/data/kept"に"on the machine"が含まれる
    かつ Pod"elsewhere"のコンテナ"web"が"ContainerCreating"により待機中である
    かつ Pod"elsewhere"に"hostPath type check failed: /srv/data is not a directory"を含むイベント"FailedMount"が記録されている

  シナリオ: Podが自分について知ること。ラベルはファイルでは追いつき、環境変数では追いつかない
    前提 次のマニフェスト:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: self, labels: {tier: back}}
      spec:
        volumes:
          - name: info
            downwardAPI:
              items:
                - {path: labels, fieldRef: {fieldPath: metadata.labels}}
                - {path: cpu, resourceFieldRef: {containerName: c, resource: limits.cpu, divisor: 1m}}
        containers:
          - name: c
            image: nginx:1.27
            resources: {limits: {cpu: 500m, memory: 64Mi}}
            env: [{name: TIER, valueFrom: {fieldRef: {fieldPath: "metadata.labels['tier']"}}}]
            volumeMounts: [{name: info, mountPath: /info}]
      """
    かつ すべてのPodの準備が完了している
    ならば Pod"self"のファイル"/info/cpu"に"500"が含まれる
    もし "kubectl label pod self tier=front --overwrite"を実行する
    ならば 5秒以内にPod"self"のファイル"/info/labels"に"front"が含まれる
    かつ Pod"self"の環境変数"TIER"が"back"である
