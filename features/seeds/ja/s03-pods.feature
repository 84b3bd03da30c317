# language: ja
@S3
機能: S3. Podは、ひとまとまりのコンテナ
  Podのコンテナは同じノードに置かれ、一つのIPアドレスとポートを分け合い、ボリュームを共有できる。それ以外のファイルはコンテナごとに別である。
  （System V IPCとPOSIX共有メモリーも分け合うが、これはシミュレートしない。）

  背景:
    前提 2台のノードを持つクラスター

  ルール: ノードは一つ

    シナリオ: 一緒に置かれるか、一緒に待つか
      一つずつならどちらのノードにも収まるが、二つ一緒ではどちらにも収まらない。
      もし 次のマニフェスト:
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: couple}
        spec:
          containers:
            - {name: one, image: "nginx:1.16", resources: {requests: {cpu: 1500m}}}
            - {name: other, image: "busybox:1.36", command: [sleep, infinity], resources: {requests: {cpu: 1500m}}}
        """
      ならば 5分間ずっとPod"couple"が保留中である
      かつ Pod"couple"に"0/2 nodes are available: 2 Insufficient cpu"を含むイベント"FailedScheduling"が記録されている

  ルール: ネットワークは一つ

    背景:
      前提 "../manifests/two-containers.yaml"のマニフェスト
      かつ すべてのPodの準備が完了している

    シナリオ: サイドカーはlocalhostでサーバーに届く
      もし "kubectl exec nginx -c reader -- wget -q -O - http://localhost/"を実行する
      ならば 出力に"Welcome to nginx!"が含まれる

    シナリオ: ホスト名も一つ
      もし "kubectl exec nginx -c nginx -- hostname"を実行する
      ならば 出力は次のとおりである:
        """
        nginx
        """
      もし "kubectl exec nginx -c reader -- sh -c 'echo reader on $(hostname)'"を実行する
      ならば 出力は次のとおりである:
        """
        reader on nginx
        """

  ルール: 一つのボリュームを、コンテナごとにマウントする

    背景:
      前提 "../manifests/two-containers.yaml"のマニフェスト
      かつ すべてのPodの準備が完了している

    シナリオ: サイドカーがサーバーのログを読む
      もし "kubectl exec nginx -c reader -- wget -q -O - http://localhost/"を実行する
      かつ 2秒が経過する
      かつ "kubectl exec nginx -c reader -- cat /var/log/nginx/access.log"を実行する
      ならば 出力に"GET / HTTP/1.1"が含まれる

    シナリオ: 読み取り専用でマウントすると、書き込めない
      もし "kubectl exec nginx -c reader -- sh -c 'echo x > /var/log/nginx/access.log'"を実行する
      ならば コマンドが"Read-only file system"というエラーで失敗する

    シナリオ: emptyDirはコンテナが再起動しても残り、Podとともに消える
      もし "kubectl exec nginx -c nginx -- sh -c 'echo kept > /var/log/nginx/note'"を実行する
      かつ "kubectl exec nginx -c nginx -- sh -c 'echo lost > /tmp/note'"を実行する
      ならば Pod"nginx"のファイル"/tmp/note"に"lost"が含まれる
      もし Pod"nginx"のコンテナ"nginx"がkillされる
      ならば 1分以内にPod"nginx"のコンテナ"nginx"が1回再起動している
      かつ Pod"nginx"のファイル"/var/log/nginx/note"に"kept"が含まれる
      かつ Pod"nginx"にファイル"/tmp/note"がない
      もし "kubectl delete pod nginx"を実行する
      かつ "kubectl apply -f ../manifests/two-containers.yaml"を実行する
      かつ すべてのPodの準備が完了している
      ならば Pod"nginx"にファイル"/var/log/nginx/note"がない

  ルール: ポートも一組

    シナリオ: 同じポートを使う二つ目のサーバーは起動できない
      もし "kubectl apply -f ../manifests/same-port.yaml"を実行する
      ならば 1分以内にPod"same-port"のコンテナ"second"が前回は"Error"で終了した
      かつ 1分以内にPod"same-port"のコンテナ"second"が"CrashLoopBackOff"により待機中である
      もし "kubectl logs same-port -c second --previous"を実行する
      ならば 出力に"bind() to 0.0.0.0:80 failed (98: Address already in use)"が含まれる
