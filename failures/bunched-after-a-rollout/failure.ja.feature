# language: ja
機能: ロールアウトの後に偏る
  Podはノードに分散されるはずで、次のロールアウトまではそうです。新しいPodは古いPodとの合計で空いている所に置かれ、古いPodがいなくなると、新しいPodは偏って残ります。

  背景:
    前提 3台のノードを持つクラスター

  シナリオアウトライン: 何度かロールアウトする
    前提 "<manifests>"のマニフェスト
    かつ すべてのPodの準備が完了している
    もし "kubectl set env deployment app1 ROUND=1"を実行する
    ならば 3分以内にDeployment"app1"のロールアウトが完了している
    もし 1分が経過する
    ならば "app=app1"に一致するPodがノードごとに1個以下である
    もし "kubectl set env deployment app1 ROUND=2"を実行する
    ならば 3分以内にDeployment"app1"のロールアウトが完了している
    もし 1分が経過する
    ならば "app=app1"に一致するPodがノードごとに1個以下である
    もし "kubectl set env deployment app1 ROUND=3"を実行する
    ならば 3分以内にDeployment"app1"のロールアウトが完了している
    もし 1分が経過する
    ならば "app=app1"に一致するPodがノードごとに1個以下である
    もし "kubectl set env deployment app1 ROUND=4"を実行する
    ならば 3分以内にDeployment"app1"のロールアウトが完了している
    もし 1分が経過する
    ならば "app=app1"に一致するPodがノードごとに1個以下である
    かつ Deployment"app1"のフィールド".spec.template.spec.containers[0].env[0].value"が"4"である

    @expect-failure
    例: 当時のまま
      | manifests      |
      | as-it-was.yaml |

    例: 対策の後
      | manifests  |
      | fixed.yaml |
