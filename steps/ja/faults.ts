/** Steps of faults, written by `npm run generate` from src/chaos/faults. */
import { When } from '@cucumber/cucumber';
import { ja } from '../step.ts';

When('{lastingJa}{nodesJa}の電源が落ちる', ja.fault('NodePowerLoss'));
When('{nodesJa}の電源が入る', ja.fault('NodePowerOn'));
When('{nodesJa}が再起動する', ja.fault('NodeReboot'));
When('{nodesJa}が{durationJa}で再起動する', ja.fault('NodeReboot', 1));
When('{nodeSetJa}を順番に再起動する', ja.fault('NodeRollingReboot'));
When('{lastingJa}{nodesJa}が正常にシャットダウンする', ja.fault('NodeShutdown'));
When('{lastingJa}{nodesJa}のkubeletが停止する', ja.fault('KubeletStop'));
When('{nodesJa}のkubeletが再起動する', ja.fault('KubeletRestart'));
When('{lastingJa}{nodesJa}のkubeletがフリーズする', ja.fault('KubeletFreeze'));
When('{lastingJa}{nodesJa}のコンテナランタイムが停止する', ja.fault('RuntimeStop'));
When('{lastingJa}{nodesJa}の時計が{durationJa}進む', ja.fault('NodeClockSkew'));
When('{lastingJa}{nodesJa}のメモリが不足する', ja.fault('NodeMemoryPressure'));
When('{lastingJa}{nodesJa}のディスクが不足する', ja.fault('NodeDiskPressure'));
When('{lastingJa}{nodesJa}のプロセスIDが不足する', ja.fault('NodePidPressure'));
When('{lastingJa}{nodesJa}のネットワークが途切れる', ja.fault('NodeNetworkLoss'));
When('{lastingJa}{nodesJa}が遅くなる', ja.fault('NodeSlow'));
When('{lastingJa}{nodesJa}が{int}倍遅くなる', ja.fault('NodeSlow', 1));
When('ノード{string}をcordonする', ja.fault('NodeCordon'));
When('{nodeSetJa}をcordonする', ja.fault('NodeCordon', 1));
When('{nodesJa}を{durationJa}cordonする', ja.fault('NodeCordon', 2));
When('{nodesJa}をuncordonする', ja.fault('NodeUncordon'));
When('{nodesJa}をdrainする', ja.fault('NodeDrain'));
When('{nodesJa}を{durationJa}drainする', ja.fault('NodeDrain', 1));
When('{lastingJa}{nodesJa}のNodeオブジェクトを削除する', ja.fault('NodeDelete'));
When('{podsJa}を削除する', ja.fault('PodDelete'));
When('{podsJa}を強制削除する', ja.fault('PodForceDelete'));
When('{podsJa}を退避させる', ja.fault('PodEvict'));
When('{podsJa}を{durationJa}以内に退避させる', ja.fault('PodEvict', 1));
When('{containersJa}がクラッシュする', ja.fault('ContainerCrash'));
When('{containersJa}が終了コード{int}でクラッシュする', ja.fault('ContainerCrash', 1));
When('{containersJa}がkillされる', ja.fault('ContainerKill'));
When('{containersJa}がシグナル{string}を受ける', ja.fault('ContainerKill', 1));
When('{lastingJa}{containersJa}がクラッシュを繰り返す', ja.fault('ContainerCrashLoop'));
When('{lastingJa}{containersJa}が終了コード{int}でクラッシュを繰り返す', ja.fault('ContainerCrashLoop', 1));
When('{containersJa}がOOM Killされる', ja.fault('ContainerOOMKill'));
When('{lastingJa}{containersJa}がメモリリークを起こす', ja.fault('ContainerMemoryLeak'));
When('{lastingJa}{containersJa}が毎秒{string}のメモリリークを起こす', ja.fault('ContainerMemoryLeak', 1));
When('{lastingJa}{containersJa}がCPUを使い果たす', ja.fault('ContainerCpuHog'));
When('{lastingJa}{containersJa}がCPUを{string}使う', ja.fault('ContainerCpuHog', 1));
When('{lastingJa}{containersJa}が応答しなくなる', ja.fault('ContainerHang'));
When('{lastingJa}{containersJa}の応答が{durationJa}遅れる', ja.fault('ContainerSlowAnswers'));
When('{lastingJa}{containersJa}がエラーを返す', ja.fault('ContainerErrors'));
When('{lastingJa}{containersJa}の起動に{durationJa}かかる', ja.fault('ContainerSlowStart'));
When('{lastingJa}{containersJa}が接続を拒否する', ja.fault('ContainerRefuse'));
When('{lastingJa}{containersJa}がSIGTERMを無視する', ja.fault('ContainerIgnoresSigterm'));
When('{lastingJa}{containersJa}のファイル{string}を削除する', ja.fault('FileDelete'));
When('{lastingJa}{containersJa}のファイルを1個削除する', ja.fault('FileDelete', 1));
When('{lastingJa}{containersJa}のファイル{string}を{string}に変える', ja.fault('FileChange'));
When(
  '{lastingJa}{containersJa}がエフェメラルストレージに{string}書き込む',
  ja.fault('ContainerFillsStorage'),
);
When(
  '{lastingJa}{containersJa}がエフェメラルストレージに毎秒{string}書き込む',
  ja.fault('ContainerFillsStorage', 1),
);
When('{lastingJa}イメージをpullできなくなる', ja.fault('ImagePullFailure'));
When('{lastingJa}イメージ{string}をpullできなくなる', ja.fault('ImagePullFailure', 1));
When('{lastingJa}{nodesJa}がイメージをpullできなくなる', ja.fault('RegistryUnreachable'));
When('{lastingJa}{containersJa}のReadinessプローブが不安定になる', ja.fault('ProbeFlapping'));
When(
  '{lastingJa}{containersJa}のReadinessプローブが{durationJa}ごとに失敗と成功を繰り返す',
  ja.fault('ProbeFlapping', 1),
);
When('Job{string}のPodの1つが失敗する', ja.fault('JobPodFailure'));
When('Job{string}のPodの1つが終了コード{int}で失敗する', ja.fault('JobPodFailure', 1));
When('{lastingJa}永続ボリューム要求{string}のボリュームが満杯になる', ja.fault('VolumeFull'));
When('{lastingJa}{nodesJa}にボリュームをアタッチできなくなる', ja.fault('VolumeAttachFails'));
When('{lastingJa}{nodesJa}からボリュームがデタッチされなくなる', ja.fault('VolumeDetachHangs'));
When('{lastingJa}ストレージのプロビジョナーが停止する', ja.fault('ProvisionerDown'));
When('{lastingJa}ゾーン{string}のストレージが失われる', ja.fault('StorageZoneLost'));
When('{lastingJa}{nodesJa}がコントロールプレーンから切り離される', ja.fault('NodePartition'));
When('{lastingJa}ノード{string}とノード{string}の間の通信が途切れる', ja.fault('NodesPartition'));
When('{lastingJa}ノード{string}からノード{string}へのパケットが届かなくなる', ja.fault('OneWayPartition'));
When(
  '{lastingJa}{selector}に一致するPodと{selector}に一致するPodの間の通信が途切れる',
  ja.fault('PodsPartition'),
);
When('{lastingJa}{nodesJa}のパケットの{int}%が失われる', ja.fault('PacketLoss'));
When('{lastingJa}{nodesJa}のパケットが{durationJa}遅れる', ja.fault('PacketDelay'));
When('{lastingJa}DNSが失敗する', ja.fault('DnsFailure'));
When('{lastingJa}DNSがでたらめな応答をする', ja.fault('DnsFailure', 1));
When('{lastingJa}DNSが遅くなる', ja.fault('DnsFailure', 2));
When('{lastingJa}DNSのPodが失われる', ja.fault('DnsPodsLost'));
When('{lastingJa}NetworkPolicyが{selector}に一致するPodへの通信をすべて拒む', ja.fault('TrafficDenied'));
When('{lastingJa}NetworkPolicyが{selector}に一致するPodからの通信をすべて拒む', ja.fault('TrafficDenied', 1));
When('{lastingJa}Ingressの設定の再読み込みが失敗する', ja.fault('IngressReloadFails'));
When('{lastingJa}Gatewayの設定の再読み込みが失敗する', ja.fault('GatewayReloadFails'));
When('{lastingJa}{nodesJa}のkube-proxyが停止する', ja.fault('KubeProxyStop'));
When('{lastingJa}クライアントの送るリクエストが{int}倍になる', ja.fault('LoadSpike'));
When('{lastingJa}メトリクス{string}が{int}倍になる', ja.fault('MetricSpike'));
When('{lastingJa}クラウドの空き容量がなくなる', ja.fault('NodeGroupExhausted'));
When('{lastingJa}新しいノードの準備に{int}倍の時間がかかる', ja.fault('NodeProvisionSlow'));
When('{lastingJa}クラスターオートスケーラーが停止する', ja.fault('ClusterAutoscalerDown'));
When('{lastingJa}APIサーバーが停止する', ja.fault('ApiServerDown'));
When('{lastingJa}APIサーバーが遅くなる', ja.fault('ApiServerSlow'));
When('{lastingJa}APIサーバーの応答が{durationJa}遅れる', ja.fault('ApiServerSlow', 1));
When('{lastingJa}API呼び出しの{int}%が{int}で失敗する', ja.fault('ApiServerErrors'));
When('{lastingJa}metrics-serverが停止する', ja.fault('MetricsServerDown'));
When('{lastingJa}etcdのメンバーを{int}個失う', ja.fault('EtcdMemberLoss'));
When('{lastingJa}etcdがクォーラムを失う', ja.fault('EtcdQuorumLoss'));
When('{lastingJa}スケジューラーが停止する', ja.fault('SchedulerDown'));
When('{lastingJa}コントローラーマネージャーが停止する', ja.fault('ControllerManagerDown'));
When('コントローラーマネージャーのリーダーが交代する', ja.fault('LeaderFailover'));
When('スケジューラーのリーダーが交代する', ja.fault('LeaderFailover', 1));
When('{lastingJa}{nodesJa}のAPIサーバーが停止する', ja.fault('ComponentStop'));
When('{lastingJa}{nodesJa}のetcdが停止する', ja.fault('ComponentStop', 1));
When('{lastingJa}{nodesJa}のコントローラーマネージャーが停止する', ja.fault('ComponentStop', 2));
When('{lastingJa}{nodesJa}のスケジューラーが停止する', ja.fault('ComponentStop', 3));
When('{lastingJa}etcdのリーダーが停止する', ja.fault('EtcdLeaderLoss'));
When('{lastingJa}watchが{durationJa}遅れる', ja.fault('WatchLag'));
When('{lastingJa}{string}のwatchが{durationJa}遅れる', ja.fault('WatchLag', 1));
When('{lastingJa}アドミッションWebhookが{string}を拒否する', ja.fault('AdmissionRefusal'));
When('{lastingJa}アドミッションWebhook{string}が停止する', ja.fault('WebhookDown'));
When('{lastingJa}カスタムリソース定義{string}の変換Webhookが停止する', ja.fault('WebhookDown', 1));
When('{lastingJa}アドミッションWebhook{string}の応答が{durationJa}遅れる', ja.fault('WebhookSlow'));
When(
  '{lastingJa}カスタムリソース定義{string}の変換Webhookの応答が{durationJa}遅れる',
  ja.fault('WebhookSlow', 1),
);
When('{lastingJa}APIService{string}が利用できなくなる', ja.fault('AggregatedApiDown'));
When('{lastingJa}{nodesJa}の証明書の有効期限が切れる', ja.fault('NodeCertificateExpired'));
When(
  '{lastingJa}{nodesJa}の証明書が更新されず、{durationJa}後に期限が切れる',
  ja.fault('NodeCertificateExpired', 1),
);
When('{workloadJa}を{durationJa}だけ{int}個にスケールする', ja.fault('Scale'));
When('{lastingJa}{workloadJa}にイメージ{string}を展開する', ja.fault('ImageUpdate'));
When('{lastingJa}{workloadJa}の設定を変更する', ja.fault('ConfigUpdate'));
When('{lastingJa}{workloadJa}に存在しないイメージを展開する', ja.fault('WrongImage'));
When('{workloadJa}を前のリビジョンに戻す', ja.fault('Rollback'));
When('{lastingJa}{podsJa}をラベルで切り離す', ja.fault('PodLabel'));
When('{lastingJa}{podsJa}のラベル{string}を{string}に変える', ja.fault('PodLabel', 1));
When('{lastingJa}{nodesJa}のラベル{string}を{string}に変える', ja.fault('NodeLabel'));
When('{lastingJa}新しいノードが参加する', ja.fault('NodeAdd'));
When('{lastingJa}{nodesJa}をクラスターから削除する', ja.fault('NodeRemove'));
When('{lastingJa}ResourceQuota{string}の{string}を{string}に下げる', ja.fault('QuotaLowered'));
When('{lastingJa}ConfigMap{string}のキー{string}を{string}に変える', ja.fault('ConfigMapChanged'));
When('{lastingJa}ConfigMap{string}が失われる', ja.fault('ConfigMapDeleted'));
When('{lastingJa}Secret{string}のキー{string}を{string}に更新する', ja.fault('SecretRotated'));
When('{lastingJa}Secret{string}が失われる', ja.fault('SecretDeleted'));
When('{lastingJa}PodDisruptionBudget{string}を{string}に変える', ja.fault('BudgetChanged'));
When('永続ボリューム要求{string}を削除する', ja.fault('ClaimDelete'));
When('{lastingJa}誰かがJob{string}を一時停止する', ja.fault('JobSuspend'));
When('{lastingJa}誰かがCronJob{string}を一時停止する', ja.fault('CronJobSuspend'));
When('カスタムリソース定義{string}を削除する', ja.fault('DefinitionDeleted'));
When('{lastingJa}サービスアカウント{string}が失われる', ja.fault('ServiceAccountDeleted'));
When('{lastingJa}バインディング{string}が失われる', ja.fault('BindingDeleted'));
