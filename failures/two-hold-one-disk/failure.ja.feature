# language: ja
機能: 一つのディスクに二つのPod
  新しいPodは、別のノードに接続されている古いPodのディスクを待ち、古いPodは新しいPodの準備ができるまで残されます。どちらも譲りません。

  背景:
    前提 2台のノードを持つクラスター
    かつ ノード"node-2"をcordonする

  シナリオアウトライン: 新しいバージョンを展開する
    前提 "<manifests>"のマニフェスト
    かつ すべてのPodの準備が完了している
    かつ ノード"node-2"をuncordonする
    もし ノード"node-1"をcordonする
    かつ "kubectl rollout restart deployment wordpress"を実行する
    ならば 15分以内にDeployment"wordpress"のロールアウトが完了している
    かつ 5分以内にボリューム要求"wordpress"のボリュームがノード"node-2"に接続されている

    @expect-failure
    例: 当時のまま
      | manifests      |
      | as-it-was.yaml |

    例: 対策の後
      | manifests  |
      | fixed.yaml |
