# language: ja
機能: 変わるコンテナのファイルと、いっぱいになるレイヤー
  コンテナが書いたものは自分のレイヤーにあり、コンテナとともに失われる。再起動すれば、イメージのファイルに戻る。

  背景:
    前提 1台のノードを持つクラスター
    かつ "server.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している

  シナリオ: 削除されたページにはLivenessプローブが気づき、新しいレイヤーには戻っている
    もし Pod"server"のコンテナ"nginx"のファイル"/usr/share/nginx/html/index.html"を削除する
    ならば "http://server/index.html"へのリクエストに404が返る
    かつ 5秒間ずっとPod"server"のコンテナ"nginx"が0回再起動している
    かつ 10秒以内にPod"server"のコンテナ"nginx"が1回再起動している
    かつ 10秒以内に"http://server/index.html"へのリクエストに200が返る

  シナリオ: 変えられたファイルは、再起動まで変えられたままである
    もし Pod"server"のコンテナ"nginx"のファイル"/usr/share/nginx/html/index.html"を"改ざん"に変える
    かつ Pod"server"で"cat /usr/share/nginx/html/index.html"を実行する
    ならば 出力に"改ざん"が含まれる
    かつ 1分間ずっとPod"server"の準備が完了している
    もし Pod"server"のコンテナ"nginx"がクラッシュする
    かつ 10秒が経過する
    かつ Pod"server"で"cat /usr/share/nginx/html/index.html"を実行する
    ならば 出力に"Welcome to nginx!"が含まれる

  シナリオ: 上限を超えて書いたPodは退避させられる
    もし 5分間、Pod"server"のコンテナ"nginx"がエフェメラルストレージに"2Gi"書き込む
    ならば 20秒以内にPod"server"が失敗している
    かつ Pod"server"に"Pod ephemeral local storage usage exceeds the total limit of containers 1Gi."を含むイベント"Evicted"が記録されている

  シナリオ: 上限がなければ、不足するのはノードのディスクである
    前提 "web.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    もし "app=web"に一致する1個のPodのコンテナがエフェメラルストレージに"49Gi"書き込む
    ならば 20秒以内に"app=web"に一致するPodに"The node was low on resource: ephemeral-storage"を含むイベント"Evicted"が記録されている
    # DiskPressureのtaintはさらに5分残り、代わりのPodは待つ。
    かつ 1分以内に"app=web"に一致する保留中のPodがちょうど1個である
    かつ 最終的にDeployment"web"の3個中3個のレプリカが利用可能である
