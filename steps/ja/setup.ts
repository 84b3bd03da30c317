/** Japanese twins of steps/en/setup.ts, written by scripts/generate-faults.ts. */
import { Given } from '@cucumber/cucumber';
import * as build from '../../src/dsl/build.ts';
import { reordered, step } from '../step.ts';

Given('{int}台のノードを持つクラスター', step(build.cluster));
Given('次のノードを持つクラスター:', step(build.clusterOf));
Given('{int}台から{int}台のノードを持つ任意のクラスター', step(build.anyCluster));
Given('名前空間{string}', step(build.namespace));
Given('次のマニフェスト:', step(build.manifest));
Given('{string}のマニフェスト', step(build.manifestsIn));
Given('イメージ{string}は次のように振る舞う:', step(build.image));
Given('クラスター設定{string}は{string}である', step(build.setting));
Given('すべてのPodが準備完了である', step(build.everyPodReady));
Given('クラスターが落ち着いている', step(build.settled));
Given('クライアントが{string}に毎秒{int}件のリクエストを送る', step(reordered(build.client, [1, 0])));
Given('この時点を{string}とする', step(build.moment));
Given('乱数をシード{string}から続ける', step(build.seed));
