/** How invariants are broken: what the catalogue has words for. Names of objects carry their namespace. */
export interface BrokenMessages {
  brokenAutoscalerBounds: {
    readonly autoscaler: string;
    readonly least: number;
    readonly most: number;
    readonly asked: number;
  };
  brokenAutoscalerPace: {
    readonly autoscaler: string;
    readonly before: number;
    readonly most: number;
    readonly asked: number;
  };
  brokenBudget: {
    readonly pod: string;
    readonly healthy: number;
    readonly wanted: number;
    readonly budget: string;
  };
  brokenConfiguration: {
    readonly container: string;
    readonly pod: string;
    readonly path: string;
    readonly source: string;
  };
  brokenTooManyPods: { readonly object: string; readonly pods: number; readonly wanted: number };
  brokenTooFewReady: { readonly object: string; readonly ready: number; readonly wanted: number };
  brokenReadyCount: { readonly object: string; readonly said: number; readonly ready: number };
  brokenSetsAsk: { readonly object: string; readonly wanted: number; readonly asked: number };
  brokenUnobserved: { readonly object: string; readonly generation: number; readonly observed: number };
  brokenObservedBack: { readonly object: string; readonly observed: number; readonly before: number };
  brokenObservedAhead: { readonly object: string; readonly observed: number; readonly generation: number };
  brokenUnobservedStill: { readonly object: string; readonly generation: number; readonly observed: number };
  brokenEvictions: { readonly pod: string; readonly times: number };
  brokenNodeGroup: {
    readonly group: string;
    readonly target: number;
    readonly least: number;
    readonly most: number;
  };
  brokenLivelock: { readonly component: string; readonly writes: number };
  brokenEndpointTwice: { readonly service: string; readonly address: string };
  brokenEndpoints: {
    readonly service: string;
    readonly listed: readonly string[];
    readonly pods: readonly string[];
  };
  brokenIngressStale: { readonly pod: string; readonly seconds: number };
  brokenIngressAddress: { readonly ingress: string; readonly said: string; readonly has: string };
  brokenPolicyOutlives: { readonly from: string; readonly to: string; readonly port: number };
  brokenPolicyPasses: { readonly from: string; readonly to: string; readonly port: number };
  brokenGatewayUntold: { readonly object: string; readonly said: number; readonly is: number };
  brokenRoutesStale: { readonly node: string; readonly seconds: number };
  brokenJobSucceeded: { readonly job: string; readonly said: number; readonly so: number };
  brokenJobFailed: { readonly job: string; readonly said: number; readonly so: number };
  brokenJobMadeOver: { readonly job: string };
  brokenJobMadeSuspended: { readonly job: string };
  brokenJobParallel: { readonly job: string; readonly most: number; readonly active: number };
  brokenJobBothEnds: { readonly job: string };
  brokenJobBegunAgain: { readonly job: string };
  brokenJobCountsOn: { readonly job: string };
  brokenJobPodsLeft: { readonly job: string; readonly left: number };
  brokenJobPodsEnding: { readonly job: string; readonly left: number };
  brokenJobHolds: { readonly pod: string; readonly known: boolean };
  brokenJobDeadline: { readonly job: string };
  brokenJobIdle: { readonly job: string };
  brokenCronJobSuspended: { readonly cronJob: string };
  brokenCronJobForbids: { readonly cronJob: string; readonly running: number };
  brokenCronJobReplaces: { readonly cronJob: string; readonly running: number };
  brokenJobIndexLimit: { readonly job: string; readonly limit: number; readonly failures: number };
  brokenCronJobKeeps: {
    readonly cronJob: string;
    readonly kept: number;
    readonly type: string;
    readonly limit: number;
  };
  brokenJobDeletedEarly: { readonly job: string };
  brokenJobOutlives: { readonly job: string };
  brokenQuota: { readonly object: string; readonly quota: string; readonly resource: string };
  brokenLimits: { readonly pod: string; readonly problem: string };
  brokenLimitsLacking: { readonly pod: string; readonly container: string; readonly range: string };
  brokenControllers: { readonly object: string; readonly controllers: number };
  brokenOrphan: { readonly object: string; readonly owner: string };
  brokenCollected: { readonly object: string; readonly owner: string };
  brokenDaemons: {
    readonly one: string;
    readonly other: string;
    readonly set: string;
    readonly node: string;
  };
  brokenPlacedLabel: { readonly pod: string; readonly node: string; readonly label: string };
  brokenPlacedTaint: { readonly pod: string; readonly node: string; readonly taint: string };
  brokenAntiAffinity: { readonly pod: string; readonly other: string; readonly key: string };
  brokenSpread: {
    readonly pod: string;
    readonly key: string;
    readonly domain: string;
    readonly skew: number;
    readonly allowed: number;
  };
  brokenReplicas: { readonly set: string; readonly wanted: number; readonly made: number };
  brokenSurge: {
    readonly deployment: string;
    readonly asked: number;
    readonly replicas: number;
    readonly surge: number;
  };
  brokenAvailability: {
    readonly deployment: string;
    readonly kept: number;
    readonly least: number;
    readonly set: string;
    readonly before: number;
    readonly after: number;
  };
  brokenService: { readonly service: string; readonly port: number; readonly outcomes: readonly string[] };
  brokenPredecessor: { readonly pod: string };
  brokenOrder: { readonly pod: string; readonly earlier: string; readonly isMissing: boolean };
  brokenPartition: { readonly pod: string; readonly partition: number };
  brokenOneAtATime: { readonly pod: string; readonly other: string };
  brokenRevision: { readonly object: string; readonly revision: number; readonly last: number };
  brokenLostWrite: { readonly object: string; readonly upon: string; readonly after: string };
  brokenReborn: { readonly pod: string };
  brokenMoved: { readonly pod: string; readonly before: string; readonly to: string };
  brokenUnended: { readonly pod: string; readonly before: string; readonly to: string };
  brokenEvictedUntainted: { readonly pod: string };
  brokenEvictedEarly: { readonly pod: string; readonly taints: readonly string[] };
  brokenUntolerated: { readonly pod: string; readonly node: string; readonly taint: string };
  brokenNodeTainted: { readonly node: string; readonly taint: string };
  brokenNodeUntainted: { readonly node: string };
  brokenNodeGone: { readonly pod: string; readonly node: string };
  brokenTerminating: { readonly pod: string; readonly since: string };
  brokenLeaders: { readonly one: string; readonly other: string };
  brokenStray: { readonly container: string; readonly pod: string; readonly node: string };
  brokenAddress: { readonly one: string; readonly other: string; readonly address: string };
  brokenExternalAddress: { readonly one: string; readonly other: string; readonly address: string };
  brokenNodePort: { readonly one: string; readonly other: string; readonly port: number };
  brokenClaimTooSmall: { readonly claim: string; readonly volume: string };
  brokenClaimForeign: { readonly claim: string; readonly volume: string };
  brokenClaimWent: { readonly claim: string; readonly pod: string };
  brokenAttachedTwice: { readonly volume: string; readonly one: string; readonly other: string };
  brokenOutOfReach: { readonly pod: string; readonly node: string; readonly volume: string };
  brokenVolumeKept: { readonly volume: string; readonly claim: string };
  brokenNoDefaultAccount: { readonly namespace: string };
  brokenTokenLeft: { readonly secret: string; readonly account: string };
  brokenUnboundWrote: { readonly controller: string; readonly object: string };
  brokenWebhookPassed: { readonly object: string; readonly webhook: string };
  brokenPodSecurity: {
    readonly pod: string;
    readonly namespace: string;
    readonly level: string;
    readonly field: string;
  };
  brokenPolicyPassed: { readonly object: string; readonly policy: string; readonly expression: string };
  brokenOvercommit: { readonly node: string; readonly resource: string };
  brokenCrowded: { readonly node: string; readonly pods: number };
}
