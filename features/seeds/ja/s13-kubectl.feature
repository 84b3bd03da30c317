# language: ja
@S13
機能: S13. クラスターを調べる: get、describe、logs、exec
  資料のコマンドを、資料の順に実行する。

  背景:
    前提 1台のノードを持つクラスター
    かつ "kubectl apply -f ../manifests/my-first-pod.yaml"を実行する
    かつ すべてのPodの準備が完了している

  シナリオ: getとdescribe
    もし 103秒が経過する
    かつ "kubectl get pod"を実行する
    ならば 出力に"my-first-pod   1/1     Running   0"が含まれる
    もし "kubectl describe pod my-first-pod"を実行する
    ならば 出力に"Labels:           component=nginx"が含まれる
    かつ 出力に"default-scheduler  Successfully assigned default/my-first-pod to node-1"が含まれる
    かつ 出力に次が含まれる:
      """
      Pulling image "nginx:latest"
      """

  シナリオ: execで中に入る
    aptは、何もインストールしていないと答える。curlは初めからある。
    もし "kubectl exec my-first-pod -- bash -c 'apt update && apt install -y curl'"を実行する
    ならば 出力に"apt install curl: packages are not simulated; taken as done"が含まれる
    もし "kubectl exec my-first-pod -- curl -i localhost:80"を実行する
    ならば 出力に"HTTP/1.1 200 OK"が含まれる
    もし "kubectl exec my-first-pod -- hostname"を実行する
    ならば 出力は次のとおりである:
      """
      my-first-pod
      """
    もし "kubectl exec my-first-pod -- ls /usr/share/nginx/html"を実行する
    ならば 出力は次のとおりである:
      """
      50x.html
      index.html
      """
    もし "kubectl exec my-first-pod -- cat /usr/share/nginx/html/index.html"を実行する
    ならば 出力に"Welcome to nginx!"が含まれる
    もし "kubectl exec my-first-pod -- rm /usr/share/nginx/html/index.html"を実行する
    かつ "kubectl exec my-first-pod -- ls /usr/share/nginx/html"を実行する
    ならば 出力は次のとおりである:
      """
      50x.html
      """
    もし "kubectl exec my-first-pod -- env"を実行する
    ならば 出力に"HOSTNAME=my-first-pod"が含まれる
    かつ 出力に"KUBERNETES_SERVICE_HOST=10.96.0.1"が含まれる

  シナリオ: 資料ではexecに「--」がないが、今は拒否される
    もし "kubectl exec -it my-first-pod rm /usr/share/nginx/html/index.html"を実行する
    ならば コマンドが"exec [POD] -- [COMMAND]"というエラーで失敗する

  シナリオ: ほかのPodから、IPアドレスで
    前提 "kubectl apply -f ../manifests/bastion.yaml"を実行する
    かつ すべてのPodの準備が完了している
    もし "kubectl get pod -o wide"を実行する
    ならば 出力に"NOMINATED NODE   READINESS GATES"が含まれる
    かつ Pod"bastion"から"http://my-first-pod/"へのリクエストに200が返る

  シナリオ: 一つのPodのログ、ラベルで選んだPodのログ、前のコンテナのログ
    前提 "kubectl apply -f ../manifests/nginx-deployment-1.16.yaml"を実行する
    かつ すべてのPodの準備が完了している
    もし "kubectl exec my-first-pod -- curl -s localhost:80/"を実行する
    かつ "kubectl exec my-first-pod -- curl -s localhost:80/favicon.ico"を実行する
    かつ "kubectl logs my-first-pod -c nginx --tail=1"を実行する
    ならば 出力に次が含まれる:
      """
      "GET /favicon.ico HTTP/1.1" 404
      """
    もし "kubectl logs -l component=nginx --prefix"を実行する
    ならば 出力に"[pod/my-first-pod/nginx]"が含まれる
    かつ 出力に"[pod/nginx-deployment-"が含まれる
    かつ 出力に次が含まれる:
      """
      "GET / HTTP/1.1" 200
      """
    もし Pod"my-first-pod"のコンテナ"nginx"がkillされる
    かつ 30秒が経過する
    かつ "kubectl logs my-first-pod --previous"を実行する
    ならば 出力に次が含まれる:
      """
      "GET /favicon.ico HTTP/1.1" 404
      """

  シナリオ: ポートフォワードを通したリクエスト
    ポートが開いているのはコマンドが実行されている間、ここではその行が終わるまでである。
    前提 "kubectl apply -f ../manifests/nginx-deployment-1.16.yaml"を実行する
    かつ すべてのPodの準備が完了している
    もし "kubectl port-forward deployment/nginx-deployment 8080:80 & sleep 1; curl -s localhost:8080"を実行する
    ならば 出力に"Forwarding from 127.0.0.1:8080 -> 80"が含まれる
    かつ 出力に"Welcome to nginx!"が含まれる

  シナリオ: 出力をシェルで扱う
    もし "kubectl get pods --no-headers | awk '{print $1}' | xargs -I% kubectl label pod % tier=front"を実行する
    ならば 出力は次のとおりである:
      """
      pod/my-first-pod labeled
      """
    もし "for pod in $(kubectl get pods -l tier=front -o name); do kubectl delete $pod; done; kubectl get pods -o name | wc -l"を実行する
    ならば 出力は次のとおりである:
      """
      pod "my-first-pod" deleted from default namespace
      0
      """

  シナリオ: 一度だけコマンドを動かして、Podを片付ける
    もし "kubectl run once -i --rm --restart=Never --image=busybox -- sh -c 'sleep 1; hostname'"を実行する
    ならば 出力に次が含まれる:
      """
      once
      pod "once" deleted from default namespace
      """
