/** Steps that claim, written by `npm run generate` from src/dsl/claims and operations. */
import { Then } from '@cucumber/cucumber';
import { ja } from '../step.ts';

Then('次のマニフェストは{string}というエラーで拒否される:', ja.operation('refused'));
Then('{string}のマニフェストは{string}というエラーで拒否される', ja.operation('refused', 1));
Then('{momentJa}{workloadJa}の{int}個中{int}個のレプリカ{replicaStateJa}', ja.claim('replicas'));
Then('{momentJa}{workloadJa}のロールアウトが{rolloutStateJa}', ja.claim('rollout'));
Then('{momentJa}{workloadJa}のPodが{int}台のノード上にある', ja.claim('workloadNodes'));
Then('{momentJa}{selector}に一致する{podStateJa}Podが{countJa}である', ja.claim('pods'));
Then('{momentJa}{selector}に一致するPodのうち{countJa}{podIsJa}', ja.claim('pods', 0, 1));
Then('{momentJa}{selector}に一致する{countJa}のPod{podIsJa}', ja.claim('pods', 0, 2));
Then('{momentJa}{countJa}の{selector}に一致するPod{podIsJa}', ja.claim('pods', 0, 3));
Then('{momentJa}Pod{string}{podConditionJa}', ja.claim('pod'));
Then('{momentJa}Pod{string}がノード{string}上にある', ja.claim('pod', 1));
Then('{momentJa}Pod{string}のコンテナ{string}が{timesJa}再起動している', ja.claim('container'));
Then('{momentJa}Pod{string}のコンテナ{string}が{string}により待機中である', ja.claim('container', 1));
Then('{momentJa}Pod{string}のコンテナ{string}が前回は{string}で終了した', ja.claim('container', 2));
Then('{momentJa}Pod{string}のコンテナ{string}が実行中である', ja.claim('container', 3));
Then('{momentJa}ノード{string}{nodeStateJa}', ja.claim('node'));
Then('{duringJa}ノード{string}がcordonされている', ja.claim('node', 1));
Then('ノード{string}がcordonされている', ja.claim('node', 2));
Then('{momentJa}ノード{string}のdrainが終わっている', ja.claim('drain'));
Then('{momentJa}ノード{string}のdrainが終わっていない', ja.claim('drain', 1));
Then('{momentJa}{kindJa}{string}のコンディション{string}が{string}である', ja.claim('condition'));
Then(
  '{momentJa}{kindJa}{string}のコンディション{string}が理由{string}で{string}である',
  ja.claim('condition', 1),
);
Then('{momentJa}{kindJa}{string}のフィールド{string}が{string}である', ja.claim('field'));
Then('{momentJa}{kindJa}{string}がある', ja.claim('presence'));
Then('{momentJa}{kindJa}{string}がない', ja.claim('presence', 1));
Then('{momentJa}Pod{string}のファイル{string}に{string}が含まれる', ja.claim('file'));
Then('{momentJa}Pod{string}のコンテナ{string}のファイル{string}に{string}が含まれる', ja.claim('file', 1));
Then('{momentJa}Pod{string}にファイル{string}がない', ja.claim('file', 2));
Then('{momentJa}Pod{string}のコンテナ{string}にファイル{string}がない', ja.claim('file', 3));
Then('{momentJa}Pod{string}の環境変数{string}が{string}である', ja.claim('variable'));
Then('{momentJa}Pod{string}のコンテナ{string}の環境変数{string}が{string}である', ja.claim('variable', 1));
Then('{momentJa}PodDisruptionBudget{string}が中断を{int}個まで許可する', ja.claim('budget'));
Then('{momentJa}PodDisruptionBudget{string}が守られている', ja.claim('budget', 1));
Then('{momentJa}HorizontalPodAutoscaler{string}がレプリカを{int}個求める', ja.claim('autoscaler'));
Then('{momentJa}{selector}に一致するどの2個のPodも同じ{topologyJa}にない', ja.claim('placement'));
Then('{momentJa}{selector}に一致するPodが{topologyJa}ごとに{int}個以下である', ja.claim('placement', 1));
Then('{momentJa}{string}へのリクエスト{answerJa}', ja.claim('request'));
Then('{momentJa}Pod{string}から{string}へのリクエスト{answerJa}', ja.claim('request', 1));
Then('{momentJa}{string}へのリクエストに{durationJa}未満で{int}が返る', ja.claim('request', 2));
Then(
  '{momentJa}Pod{string}から{string}へのリクエストに{durationJa}未満で{int}が返る',
  ja.claim('request', 3),
);
Then('{momentJa}{string}へのリクエストに{selector}に一致するPodから{int}が返る', ja.claim('request', 4));
Then(
  '{momentJa}Pod{string}から{string}へのリクエストに{selector}に一致するPodから{int}が返る',
  ja.claim('request', 5),
);
Then('{momentJa}ヘッダー{string}を付けた{string}へのリクエスト{answerJa}', ja.claim('request', 6));
Then(
  '{momentJa}ヘッダー{string}を付けた{string}へのリクエストに{selector}に一致するPodから{int}が返る',
  ja.claim('request', 7),
);
Then('{durationJa}のうちに{string}へのリクエスト{answerJa}', ja.claim('request', 8));
Then('{momentJa}Service{string}が{int}個のPodに振り分ける', ja.claim('request', 9));
Then('{momentJa}Service{string}が利用可能である', ja.claim('request', 10));
Then('{momentJa}どのリクエストも失敗していない', ja.claim('traffic'));
Then('{momentJa}リクエストの{float}%以上が成功している', ja.claim('traffic', 1));
Then('{momentJa}失敗したリクエストは{int}件以下である', ja.claim('traffic', 2));
Then('{momentJa}続けて失敗したリクエストは{int}件以下である', ja.claim('outage'));
Then('{momentJa}最も長い停止時間は{durationJa}未満である', ja.claim('outage', 1));
Then('{momentJa}{kindJa}{string}にイベント{string}が記録されている', ja.claim('event'));
Then('{momentJa}{kindJa}{string}に{string}を含むイベント{string}が記録されている', ja.claim('event', 1));
Then('{momentJa}{selector}に一致するPodにイベント{string}が記録されている', ja.claim('event', 2));
Then(
  '{momentJa}{selector}に一致するPodに{string}を含むイベント{string}が記録されている',
  ja.claim('event', 3),
);
Then('出力は次のとおりである:', ja.claim('output'));
Then('出力に{string}が含まれる', ja.claim('output', 1));
Then('出力に次が含まれる:', ja.claim('output', 2));
Then('コマンドが{string}というエラーで失敗する', ja.claim('output', 3));
Then('コマンドが次のエラーで失敗する:', ja.claim('output', 4));
Then('{momentJa}Job{string}が{jobStateJa}', ja.claim('job'));
Then('{momentJa}Job{string}が理由{string}で{jobStateJa}', ja.claim('job', 1));
Then('{momentJa}Job{string}のPodのうち{int}個が成功している', ja.claim('job', 2));
Then('{momentJa}Job{string}のPodのうち{int}個が失敗している', ja.claim('job', 3));
Then('{momentJa}Job{string}のPodのうち{countJa}が実行中である', ja.claim('job', 4));
Then('{momentJa}Job{string}の成功したインデックスが{string}である', ja.claim('job', 5));
Then('{momentJa}Job{string}の失敗したインデックスが{string}である', ja.claim('job', 6));
Then('{momentJa}Job{string}の所要時間が{durationJa}以内である', ja.claim('job', 7));
Then('{momentJa}CronJob{string}の実行中のJobが{int}個である', ja.claim('cronJob'));
Then('{momentJa}CronJob{string}がJobを起動している', ja.claim('cronJob', 1));
Then('{momentJa}CronJob{string}が最後に起動したのは{string}である', ja.claim('cronJob', 2));
Then('{momentJa}CronJob{string}が{countJa}のJobを起動している', ja.claim('startedJobs'));
Then('{momentJa}ボリューム要求{string}がバインドされている', ja.claim('volumeClaim'));
Then('{momentJa}ボリューム要求{string}がボリューム{string}にバインドされている', ja.claim('volumeClaim', 1));
Then('{momentJa}ボリューム要求{string}が待機中である', ja.claim('volumeClaim', 2));
Then('{momentJa}ボリューム要求{string}が{string}により待機中である', ja.claim('volumeClaim', 3));
Then('{momentJa}ボリューム要求{string}がボリュームを失っている', ja.claim('volumeClaim', 4));
Then('{momentJa}ボリューム要求{string}の容量が{string}である', ja.claim('volumeClaim', 5));
Then('{momentJa}ボリューム{string}がノード{string}に接続されている', ja.claim('attachment'));
Then('{momentJa}ボリューム{string}がどのノードにも接続されていない', ja.claim('attachment', 1));
Then(
  '{momentJa}ボリューム要求{string}のボリュームがノード{string}に接続されている',
  ja.claim('attachment', 2),
);
Then(
  '{momentJa}ボリューム要求{string}のボリュームがどのノードにも接続されていない',
  ja.claim('attachment', 3),
);
Then('{momentJa}不変条件{string}が成り立つ', ja.claim('invariant'));
Then('{momentJa}すべての不変条件が成り立つ', ja.claim('invariant', 1));
