/** How invariants are broken, in English. */
import type { BrokenMessages } from './broken.ts';

export const BROKEN_EN: { readonly [K in keyof BrokenMessages]: (args: BrokenMessages[K]) => string } = {
  brokenAutoscalerBounds: ({ autoscaler, least, most, asked }) =>
    `${autoscaler} may ask for ${least} to ${most} replicas and asked for ${asked}`,
  brokenAutoscalerPace: ({ autoscaler, before, most, asked }) =>
    `${autoscaler} may go from ${before} to ${most} replicas at once and went to ${asked}`,
  brokenBudget: ({ pod, healthy, wanted, budget }) =>
    `the eviction of ${pod} left ${healthy} healthy of ${wanted} that budget "${budget}" wants`,
  brokenConfiguration: ({ container, pod, path, source }) =>
    `container ${container} of pod ${pod} has another ${path} than the ${source}`,
  brokenTooManyPods: ({ object, pods, wanted }) => `${object} has ${pods} Pods and wants ${wanted}`,
  brokenTooFewReady: ({ object, ready, wanted }) => `${object} has ${ready} ready Pods and wants ${wanted}`,
  brokenReadyCount: ({ object, said, ready }) =>
    `${object} says that ${said} Pods are ready, and ${ready} are`,
  brokenSetsAsk: ({ object, wanted, asked }) =>
    `${object} wants ${wanted} replicas and asks its ReplicaSets for ${asked}`,
  brokenUnobserved: ({ object, generation, observed }) =>
    `${object} had generation ${generation} and had observed ${observed} for more than a minute`,
  brokenObservedBack: ({ object, observed, before }) =>
    `${object} observed generation ${observed} after ${before}`,
  brokenObservedAhead: ({ object, observed, generation }) =>
    `${object} observed generation ${observed} and has ${generation}`,
  brokenUnobservedStill: ({ object, generation, observed }) =>
    `${object} has generation ${generation} and observed ${observed}`,
  brokenEvictions: ({ pod, times }) =>
    `${pod} was evicted, as others of its workload were ${times - 1} times before in the last ten minutes`,
  brokenNodeGroup: ({ group, target, least, most }) =>
    `node group ${group} was to have ${target} nodes, and may have ${least} to ${most}`,
  brokenLivelock: ({ component, writes }) =>
    `${component} wrote more than ${writes} times in the last five minutes`,
  brokenEndpointTwice: ({ service, address }) => `service "${service}" lists ${address} twice`,
  brokenEndpoints: ({ service, listed, pods }) =>
    `service "${service}" leads to ${listed.join(', ') || 'nobody'}; its ` +
    `ready Pods are ${pods.join(', ') || 'none'}`,
  brokenIngressStale: ({ pod, seconds }) => `ingress controller ${pod} goes by what it knew ${seconds} s ago`,
  brokenIngressAddress: ({ ingress, said, has }) =>
    `Ingress ${ingress} says the address ${said || 'none'}; its controller's is ${has || 'none'}`,
  brokenPolicyOutlives: ({ from, to, port }) =>
    `what Pod ${from} sends to port ${port} of Pod ${to} is dropped, though no NetworkPolicy forbids it`,
  brokenPolicyPasses: ({ from, to, port }) =>
    `what Pod ${from} sends to port ${port} of Pod ${to} passes, though a NetworkPolicy forbids it`,
  brokenGatewayStuck: ({ object }) => `${object} says that nginx cannot reload, which it can`,
  brokenGatewayUntold: ({ object, said, is }) =>
    `the status of ${object} is of its generation ${said}, and it has generation ${is}`,
  brokenRoutesStale: ({ node, seconds }) =>
    `kube-proxy of node ${node} has learnt nothing new for ${seconds} s`,
  brokenJobSucceeded: ({ job, said, so }) => `${job} says that ${said} Pods have succeeded, and ${so} did`,
  brokenJobFailed: ({ job, said, so }) => `${job} says that ${said} Pods have failed, and ${so} did`,
  brokenJobMadeOver: ({ job }) => `${job} is over and made another Pod`,
  brokenJobMadeSuspended: ({ job }) => `${job} is suspended and made another Pod`,
  brokenJobParallel: ({ job, most, active }) =>
    `${job} runs at most ${most} Pods side by side and made a ${active}th`,
  brokenJobBothEnds: ({ job }) => `${job} is completed and failed`,
  brokenJobBegunAgain: ({ job }) => `${job} is no longer over`,
  brokenJobCountsOn: ({ job }) => `${job} counts on after its end`,
  brokenJobPodsLeft: ({ job, left }) => `${job} is over, and ${left} of its Pods are not`,
  brokenJobPodsEnding: ({ job, left }) => `${job} is over, and ${left} of its Pods are ending`,
  brokenJobHolds: ({ pod, known }) => `Pod ${pod} is held for a Job that is ${known ? 'over' : 'gone'}`,
  brokenJobDeadline: ({ job }) => `${job} goes on after its deadline`,
  brokenJobIdle: ({ job }) => `${job} has no Pod and is not over`,
  brokenCronJobSuspended: ({ cronJob }) => `${cronJob} is suspended and made a Job`,
  brokenCronJobForbids: ({ cronJob, running }) => `${cronJob} forbids it and has ${running} Jobs that run`,
  brokenCronJobReplaces: ({ cronJob, running }) => `${cronJob} replaces and has ${running} Jobs that run`,
  brokenJobIndexLimit: ({ job, limit, failures }) =>
    `${job} lets an index fail ${limit} times, and tries one that failed ${failures} times`,
  brokenCronJobKeeps: ({ cronJob, kept, type, limit }) =>
    `${cronJob} keeps ${kept} Jobs that are ${type}, and is to keep ${limit} at most`,
  brokenJobDeletedEarly: ({ job }) => `${job} was deleted before its time`,
  brokenJobOutlives: ({ job }) => `${job} outlives its time`,
  brokenQuota: ({ object, quota, resource }) =>
    `${object} was made when quota ${quota} had no ${resource} left`,
  brokenLimits: ({ pod, problem }) => `${pod} was made: ${problem}`,
  brokenLimitsLacking: ({ pod, container, range }) =>
    `${pod} was made: container ${container} lacks what limit range ${range} gives`,
  brokenControllers: ({ object, controllers }) => `${object} has ${controllers} controllers`,
  brokenOrphan: ({ object, owner }) => `${object} is left, and its owner ${owner} is gone`,
  brokenCollected: ({ object, owner }) => `${object} was collected, and its owner ${owner} is there`,
  brokenDaemons: ({ one, other, set, node }) => `${one} and ${other} of DaemonSet ${set} are both on ${node}`,
  brokenPlacedLabel: ({ pod, node, label }) => `${pod} was bound to ${node}, which has no label ${label}`,
  brokenPlacedTaint: ({ pod, node, taint }) => `${pod} was bound to ${node}, which has the taint ${taint}`,
  brokenAntiAffinity: ({ pod, other, key }) => `${pod} was bound beside ${other}, with the same ${key}`,
  brokenSpread: ({ pod, key, domain, skew, allowed }) =>
    `${pod} was bound to ${key} ${domain}, where the skew is now ${skew}; ${allowed} is allowed`,
  brokenReplicas: ({ set, wanted, made }) => `${set} wants ${wanted} Pods and made a ${made}th`,
  brokenSurge: ({ deployment, asked, replicas, surge }) =>
    `${deployment} asks for ${asked} replicas in all; ${replicas} and ${surge} more are allowed`,
  brokenAvailability: ({ deployment, kept, least, set, before, after }) =>
    `${deployment} keeps ${kept} available of ${least} it must when ${set} goes from ${before} to ${after}`,
  brokenService: ({ service, port, outcomes }) =>
    `requests to service "${service}" on port ${port} are answered by some ` +
    `ways and ${outcomes.join(', ')} by others`,
  brokenPredecessor: ({ pod }) => `a container of ${pod} started while its predecessor ran`,
  brokenOrder: ({ pod, earlier, isMissing }) =>
    `${pod} was made while ${earlier} was ${isMissing ? 'missing' : 'not ready'}`,
  brokenPartition: ({ pod, partition }) =>
    `${pod} is below the partition ${partition} and was deleted for the update`,
  brokenOneAtATime: ({ pod, other }) => `${pod} was deleted for the update while ${other} was being deleted`,
  brokenRevision: ({ object, revision, last }) => `${object}: revision ${revision} was written after ${last}`,
  brokenLostWrite: ({ object, upon, after }) =>
    `${object}: a write upon resourceVersion ${upon || 'none'} was taken after ${after || 'its deletion'}`,
  brokenReborn: ({ pod }) => `${pod} became another Pod without being deleted`,
  brokenMoved: ({ pod, before, to }) => `${pod} moved from ${before} to ${to}`,
  brokenUnended: ({ pod, before, to }) => `${pod} went from ${before} to ${to}`,
  brokenEvictedUntainted: ({ pod }) =>
    `${pod} was evicted although its node had had no such taint for a minute`,
  brokenEvictedEarly: ({ pod, taints }) =>
    `${pod} was evicted before the time it tolerates ${taints.join(', ')}`,
  brokenUntolerated: ({ pod, node, taint }) =>
    `${pod} is on ${node}, whose taint ${taint} it does not tolerate`,
  brokenNodeTainted: ({ node, taint }) => `node ${node} is Ready and has the taint ${taint}`,
  brokenNodeUntainted: ({ node }) => `node ${node} is not Ready and has no taint that says so`,
  brokenNodeGone: ({ pod, node }) => `${pod} is bound to node ${node}, which is no more`,
  brokenTerminating: ({ pod, since }) => `${pod} has been terminating since ${since}`,
  brokenLeaders: ({ one, other }) => `${other} began to lead while ${one} still did`,
  brokenStray: ({ container, pod, node }) =>
    `container ${container} of pod ${pod} runs on ${node}, and the pod is gone`,
  brokenAddress: ({ one, other, address }) => `${one} and ${other} both have ${address}`,
  brokenExternalAddress: ({ one, other, address }) =>
    `services ${one} and ${other} both have external address ${address}`,
  brokenNodePort: ({ one, other, port }) => `services ${one} and ${other} both have node port ${port}`,
  brokenClaimTooSmall: ({ claim, volume }) =>
    `claim ${claim} was bound to volume ${volume}, which is smaller than it asked for`,
  brokenClaimForeign: ({ claim, volume }) =>
    `claim ${claim} was bound to volume ${volume}, which is not its own`,
  brokenClaimWent: ({ claim, pod }) => `claim ${claim} went while pod ${pod} used it`,
  brokenAttachedTwice: ({ volume, one, other }) => `volume ${volume} is attached to ${one} and ${other}`,
  brokenOutOfReach: ({ pod, node, volume }) => `pod ${pod} is on ${node}, which does not reach ${volume}`,
  brokenVolumeKept: ({ volume, claim }) => `volume ${volume} is bound to claim ${claim}, which is gone`,
  brokenNoDefaultAccount: ({ namespace }) => `namespace "${namespace}" has no service account "default"`,
  brokenNoRootCertificate: ({ namespace }) =>
    `namespace "${namespace}" has no ConfigMap "kube-root-ca.crt" with the cluster's root certificate`,
  brokenApiServiceLost: ({ name }) =>
    `APIService "${name}" says that it is available, and its Service leads to no ready endpoint`,
  brokenApiServiceReached: ({ name }) =>
    `APIService "${name}" says that it is not available, and its Service leads to a ready endpoint`,
  brokenTokenLeft: ({ secret, account }) =>
    `Secret ${secret} holds a token of service account "${account}", which is gone`,
  brokenUnboundWrote: ({ controller, object }) =>
    `${controller} wrote ${object}, and no binding gives it a right`,
  brokenWebhookPassed: ({ object, webhook }) =>
    `${object} was created while admission webhook "${webhook}", which fails closed, was down`,
  brokenPodSecurity: ({ pod, namespace, level, field }) =>
    `Pod ${pod} says ${field}, and namespace "${namespace}" enforces ${level}`,
  brokenPolicyPassed: ({ object, policy, expression }) =>
    `${object} was created, and ValidatingAdmissionPolicy "${policy}" says false of it: ${expression}`,
  brokenOvercommit: ({ node, resource }) => `node "${node}" has more ${resource} requested than it has`,
  brokenCrowded: ({ node, pods }) => `node "${node}" holds ${pods} pods`,
};
