/** Steps that set the scene, written by `npm run generate` from src/dsl/operations. */
import { Given } from '@cucumber/cucumber';
import { ja } from '../step.ts';

Given('{int}台のノードを持つクラスター', ja.operation('cluster'));
Given('{int}台のノードとIngressコントローラーを持つクラスター', ja.operation('cluster', 1));
Given('{int}台のノードとGatewayコントローラーを持つクラスター', ja.operation('cluster', 2));
Given('{int}台のノードとクラスターオートスケーラーを持つクラスター', ja.operation('cluster', 3));
Given(
  '{int}台のコントロールプレーンノードと{int}台のワーカーノードを持つクラスター',
  ja.operation('cluster', 4),
);
Given('次のノードを持つクラスター:', ja.operation('clusterOf'));
Given('Ingressコントローラーと次のノードを持つクラスター:', ja.operation('clusterOf', 1));
Given('Gatewayコントローラーと次のノードを持つクラスター:', ja.operation('clusterOf', 2));
Given('{int}台から{int}台のノードを持つ任意のクラスター', ja.operation('anyCluster'));
Given('{int}台から{int}台のノードグループ{string}', ja.operation('nodeGroup'));
Given('{int}台から{int}台の次のようなノードグループ{string}:', ja.operation('nodeGroup', 1));
Given('deschedulerが{durationJa}ごとに次のポリシーで動作する:', ja.operation('descheduler'));
Given('名前空間{string}', ja.operation('namespace'));
Given('ユーザー{string}', ja.operation('user'));
Given('グループ{string}のユーザー{string}', ja.operation('user', 1));
Given('シミュレートされない文書を除く', ja.operation('skipUnsupported'));
Given('厳密なシミュレーション', ja.operation('strictSimulation'));
Given('次のマニフェスト:', ja.operation('manifest'));
Given('{string}のマニフェスト', ja.operation('manifestsIn'));
Given('イメージ{string}は次のように振る舞う:', ja.operation('image'));
Given('アドミッションWebhook{string}は次のように振る舞う:', ja.operation('webhook'));
Given('アドミッションWebhook{string}はリクエストを{string}と言って拒否する', ja.operation('webhook', 1));
Given('アドミッションWebhook{string}はリクエストを許可する', ja.operation('webhook', 2));
Given('カスタムリソース定義{string}の変換Webhookは次のように振る舞う:', ja.operation('conversion'));
Given('クラスター設定{string}は{string}である', ja.operation('setting'));
Given('{string}のアドレスを割り当てるロードバランサー', ja.operation('setting', 1));
Given('すべてのPodの準備が完了している', ja.operation('everyPodReady'));
Given('クラスターが安定している', ja.operation('settled'));
Given('クライアントが{string}に毎秒{int}件のリクエストを送る', ja.operation('client'));
Given('接続を保つクライアントが{string}に毎秒{int}件のリクエストを送る', ja.operation('client', 1));
Given(
  '{int}回まで再試行するクライアントが{string}に毎秒{int}件のリクエストを送る',
  ja.operation('client', 2),
);
Given(
  '{durationJa}でタイムアウトするクライアントが{string}に毎秒{int}件のリクエストを送る',
  ja.operation('client', 3),
);
Given(
  '接続を保ち{int}回まで再試行し{durationJa}でタイムアウトするクライアントが{string}に毎秒{int}件のリクエストを送る',
  ja.operation('client', 4),
);
Given('メトリクス{string}は{string}である', ja.operation('metric'));
Given('{kindJa}{string}のメトリクス{string}は{string}である', ja.operation('metric', 1));
Given('この時点を{string}とする', ja.operation('moment'));
Given('以後の乱数はシード{string}から引く', ja.operation('seed'));
