# language: ja
機能: APIに尋ねるPodのプログラム
  Podは、アドミッションが与えるボリュームに自分のアカウントのトークンを見つけ、アカウントに割り当てられたことをしてよい。

  シナリオ: 割り当てがなければ拒まれ、あれば拒まれない
    前提 1台のノードを持つクラスター
    かつ "robot.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    もし 15秒が経過する
    かつ "kubectl logs robot --tail=1"を実行する
    ならば 出力に"403"が含まれる
    もし "kubectl create rolebinding robots --clusterrole=view --serviceaccount=default:robot"を実行する
    かつ 15秒が経過する
    かつ "kubectl logs robot --tail=1"を実行する
    ならば 出力に"200"が含まれる

  シナリオ: 更新されないトークンは期限が切れる
    前提 1台のノードを持つクラスター
    かつ "robot.yaml"のマニフェスト
    かつ "robot-with-short-token.yaml"のマニフェスト
    かつ "kubectl create rolebinding robots --clusterrole=view --serviceaccount=default:robot"を実行する
    かつ すべてのPodの準備が完了している
    もし 20分が経過する
    かつ "kubectl logs hasty --tail=1"を実行する
    ならば 出力に"200"が含まれる
    もし 15分間、ノード"node-1"のkubeletが停止する
    かつ 16分が経過する
    かつ "kubectl logs hasty"を実行する
    ならば 出力に"401"が含まれる
    もし 2分が経過する
    かつ "kubectl logs hasty --tail=1"を実行する
    ならば 出力は次のとおりである:
      """
      200
      """
