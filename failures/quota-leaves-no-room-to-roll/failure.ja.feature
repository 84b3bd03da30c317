# language: ja
機能: ロールアウトの余地を残さないクォータ
  クォータは今あるのと同じ数のPodしか許しません。ロールアウトは古いPodを終わらせる前にもう1個を必要とし、拒否され、ますます間をおいて試され、決して実現しません。

  背景:
    前提 2台のノードを持つクラスター

  シナリオアウトライン: 新しいバージョンを展開する
    前提 "<manifests>"のマニフェスト
    かつ すべてのPodの準備が完了している
    もし Deployment"web"のイメージを"nginx:1.13"に変更する
    ならば 15分以内にDeployment"web"のロールアウトが完了している
    かつ Deployment"web"のフィールド".spec.template.spec.containers[0].image"が"nginx:1.13"である

    @expect-failure
    例: 当時のまま
      | manifests      |
      | as-it-was.yaml |

    例: 対策の後
      | manifests  |
      | fixed.yaml |
