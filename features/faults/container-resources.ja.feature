# language: ja
機能: 取り分を超えるコンテナ
  メモリは分け直せない。取りすぎたものは、killされるか退避させられる。CPUは分け直せる。要求したものが受け取り、ほかは待つ。

  シナリオ: 上限のないメモリリークは、ノードの問題になる
    前提 2台のノードを持つクラスター
    かつ "web.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    もし 10分間、"app=web"に一致する1個のPodのコンテナが毎秒"20Mi"のメモリリークを起こす
    ならば 5分以内に"app=web"に一致するPodに"The node was low on resource: memory"を含むイベント"Evicted"が記録されている
    かつ 5秒以内に"app=web"に一致するPodのうちちょうど1個が失敗している
    かつ 1分以内にDeployment"web"の3個中3個のレプリカが利用可能である

  シナリオ: 上限まで使われたCPUは、自分のプローブを遅らせる
    前提 1台のノードを持つクラスター
    かつ イメージ"api"は次のように振る舞う:
      """
      listens: [80]
      cpu: {perRequest: 200m}
      http: {/: 200}
      """
    かつ "neighbours.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    もし 5分間、Pod"modest"のコンテナ"api"がCPUを使い果たす
    ならば 9秒間ずっとPod"modest"の準備が完了している
    かつ 15秒以内にPod"modest"の準備が完了していない
    かつ Pod"modest"に"context deadline exceeded"を含むイベント"Unhealthy"が記録されている
    # 上限がほかのPodを守る。
    かつ Pod"protected"の準備が完了している
    かつ Pod"careless"の準備が完了している
    かつ 6分以内にPod"modest"の準備が完了している
    もし Pod"protected"のコンテナ"api"が応答しなくなる
    ならば 9秒間ずっとPod"protected"の準備が完了している
    かつ 10秒以内にPod"protected"の準備が完了していない

  シナリオ: 上限なしに使われたCPUは、何も要求していないものから奪われる
    前提 1台のノードを持つクラスター
    かつ イメージ"api"は次のように振る舞う:
      """
      listens: [80]
      cpu: {perRequest: 200m}
      """
    かつ "neighbours.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    もし 5分間、Pod"protected"のコンテナ"api"がCPUを使い果たす
    ならば 20秒以内にPod"careless"の準備が完了していない
    かつ Pod"modest"の準備が完了している
    かつ 6分以内にPod"careless"の準備が完了している
