# language: ja
機能: 場所のないロールアウト
  同じノードに置けない3個のレプリカが、3台のノードにあります。3の25%を切り捨てると、欠けてよいPodは0個なので、新しいPodが先に来なければならず、そのためのノードがありません。
  ロールアウトは永遠に待ちます。

  背景:
    前提 3台のノードを持つクラスター

  シナリオアウトライン: 新しいバージョンを展開する
    前提 "<manifests>"のマニフェスト
    かつ すべてのPodの準備が完了している
    もし Deployment"nginx"のイメージを"nginx:1.13"に変更する
    ならば 10分以内にDeployment"nginx"のロールアウトが完了している
    かつ "app=nginx"に一致するどの2個のPodも同じノードにない
    かつ Deployment"nginx"のフィールド".spec.template.spec.containers[0].image"が"nginx:1.13"である

    @expect-failure
    例: 当時のまま
      | manifests      |
      | as-it-was.yaml |

    例: 対策の後
      | manifests  |
      | fixed.yaml |
