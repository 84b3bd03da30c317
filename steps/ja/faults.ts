/** Steps of the faults in `src/chaos`, written by scripts/generate-faults.ts. */
import { When } from '@cucumber/cucumber';
import { fault } from '../step.ts';

When('{lastingJa}{nodesJa}の電源が落ちる', fault('NodePowerLoss', ['forMs', 'nodes']));
When('{nodesJa}の電源が入る', fault('NodePowerOn', ['nodes']));
When('{nodesJa}が再起動する', fault('NodeReboot', ['nodes']));
When('{nodesJa}が{durationJa}で再起動する', fault('NodeReboot', ['nodes', 'forMs']));
When('{lastingJa}{nodesJa}が正常にシャットダウンする', fault('NodeShutdown', ['forMs', 'nodes']));
When('ノード{string}をcordonする', fault('NodeCordon', ['node']));
When('{nodeSetJa}をcordonする', fault('NodeCordon', ['nodeSet']));
When('{nodesJa}を{durationJa}cordonする', fault('NodeCordon', ['nodes', 'forMs']));
When('{nodesJa}をuncordonする', fault('NodeUncordon', ['nodes']));
When('{nodesJa}をdrainする', fault('NodeDrain', ['nodes']));
When('{nodesJa}を{durationJa}drainする', fault('NodeDrain', ['nodes', 'forMs']));
When('{lastingJa}{nodesJa}がコントロールプレーンから切り離される', fault('NodePartition', ['forMs', 'nodes']));
When('{lastingJa}ノード{string}とノード{string}の間の通信が途切れる', fault('NodesPartition', ['forMs', 'node', 'otherNode']));
When('{podsJa}を削除する', fault('PodDelete', ['pods']));
When('{containersJa}がクラッシュする', fault('ContainerCrash', ['containers']));
When('{containersJa}が終了コード{int}でクラッシュする', fault('ContainerCrash', ['containers', 'exitCode']));
When('{lastingJa}APIサーバーが停止する', fault('ApiServerDown', ['forMs']));
When('{lastingJa}etcdがクォーラムを失う', fault('EtcdQuorumLoss', ['forMs']));
When('{lastingJa}スケジューラーが停止する', fault('SchedulerDown', ['forMs']));
When('{lastingJa}コントローラーマネージャーが停止する', fault('ControllerManagerDown', ['forMs']));
