/** Japanese twins of steps/en/actions.ts, written by scripts/generate-faults.ts. */
import { When } from '@cucumber/cucumber';
import * as build from '../../src/dsl/build.ts';
import { reordered, step } from '../step.ts';

When('{string}を実行する', step(build.kubectl));
When('次を実行する:', step(build.kubectlLines));
When('{durationJa}が経過する', step(build.passes));
When('Pod{string}で{string}を実行する', step(reordered(build.execInPod, [1, 0])));
When('Pod{string}のコンテナ{string}で{string}を実行する', step(reordered(build.execInContainer, [2, 1, 0])));
When('{selector}に一致するPodのひとつで{string}を実行する', step(reordered(build.execInMatching, [1, 0])));
When('{workloadJa}を{int}個にスケールする', step(build.scale));
When('{workloadJa}のイメージを{string}に変更する', step(build.setImage));
When('{workloadJa}をロールバックする', step(build.rollback));
When('{durationJa}以内に任意の{int}個から{int}個の障害が起きる', step(reordered(build.anyFaults, [2, 0, 1])));
When('{durationJa}以内に任意の{int}個から{int}個の自発的な中断が起きる', step(reordered(build.anyVoluntary, [2, 0, 1])));
When('{durationJa}以内に次の障害のうち任意の{int}個から{int}個が起きる:', step(reordered(build.anyOfThese, [2, 0, 1])));
When('障害{string}が起きる:', step(build.faultByName));
When('次の障害が起きる:', step(build.faults));
When('{string}の障害が起きる', step(build.faultsIn));
When('すべての障害が回復する', step(build.heal));
When('障害{string}が回復する', step(build.healKind));
When('各ノードを順番にdrainし、再起動し、uncordonする', step(build.eachNodeInTurn));
