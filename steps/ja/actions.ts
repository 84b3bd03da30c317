/** Steps of what happens, written by `npm run generate` from src/dsl/operations. */
import { When } from '@cucumber/cucumber';
import { ja } from '../step.ts';

When('{string}を実行する', ja.operation('kubectl'));
When('ユーザー{string}として{string}を実行する', ja.operation('kubectl', 1));
When('次を実行する:', ja.operation('kubectl', 2));
When('{durationJa}が経過する', ja.operation('pass'));
When('時計が{string}になる', ja.operation('until'));
When('Pod{string}で{string}を実行する', ja.operation('exec'));
When('Pod{string}のコンテナ{string}で{string}を実行する', ja.operation('exec', 1));
When('{selector}に一致するPodのうち1個で{string}を実行する', ja.operation('exec', 2));
When('{workloadJa}を{int}個にスケールする', ja.operation('scale'));
When('{workloadJa}のイメージを{string}に変更する', ja.operation('setImage'));
When('{workloadJa}をロールバックする', ja.operation('rollback'));
When('障害{string}が起きる:', ja.operation('fault'));
When('次の障害が起きる:', ja.operation('faults'));
When('{string}に書かれた障害が起きる', ja.operation('faultsIn'));
When('すべての障害が復旧する', ja.operation('heal'));
When('障害{string}が復旧する', ja.operation('heal', 1));
When('{durationJa}以内に任意の{int}個から{int}個の障害が起きる', ja.operation('anyFaults'));
When('{durationJa}以内に任意の{int}個から{int}個の自発的な中断が起きる', ja.operation('anyFaults', 1));
When('{durationJa}以内に次の障害のうち任意の{int}個から{int}個が起きる:', ja.operation('anyFaults', 2));
When('各ノードを順番にdrainし、再起動し、uncordonする', ja.operation('eachNodeInTurn'));
When('{nodesJa}を、完了を待たずにdrainする', ja.operation('startDrain'));
