# language: ja
機能: いつまでも消えない名前空間
  名前空間を削除すると、その中のオブジェクトの後始末をするはずのオペレーターも一緒に消えます。あるオブジェクトはファイナライザーでその後始末を永遠に待ち、名前空間はそのオブジェクトを待ちます。

  背景:
    前提 1台のノードを持つクラスター

  シナリオアウトライン: 名前空間を削除する
    前提 "as-it-was.yaml"のマニフェスト
    かつ 1分が経過する
    もし "<first>"を実行する
    かつ "kubectl delete namespace shop --wait=false"を実行する
    ならば 15分以内に名前空間"shop"がない

    @expect-failure
    例: 当時のまま
      | first                          |
      | kubectl get configmaps -n shop |

    例: 対策の後
      | first                                                                                         |
      | kubectl patch configmap ledger -n shop --type=merge -p '{\"metadata\":{\"finalizers\":null}}' |
