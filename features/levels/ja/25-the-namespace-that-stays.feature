# language: ja
@level @commands:1
機能: 残り続ける名前空間
  名前空間を、後始末をするはずのオペレーターごと削除しました。あるオブジェクトがそのオペレーターを待ち、名前空間はそのオブジェクトを待っています（kubernetes/kubernetes#60807）。片付けるものはもうありません。

  背景:
    前提 1台のノードを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: v1
      kind: Namespace
      metadata:
        name: shop
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: ledger
        namespace: shop
        finalizers: [shop.example.com/clean-up]
      data:
        pages: "12"
      """
    かつ 10秒が経過する
    かつ "kubectl delete namespace shop --wait=false"を実行する
    かつ 1分が経過する

  @hint
  シナリオ: 名前空間は、何を待っているかを言っている
    もし "kubectl get namespace shop -o yaml"を実行する
    ならば 出力に"shop.example.com/clean-up"が含まれる

  @hint
  シナリオ: 中に残っているもの
    もし "kubectl get configmaps -n shop"を実行する
    ならば 出力に"ledger"が含まれる

  @solution
  シナリオ: ファイナライザーを外す
    もし "kubectl patch configmap ledger -n shop --type=merge -p '{\"metadata\":{\"finalizers\":null}}'"を実行する
    ならば 5分以内に名前空間"shop"がない
