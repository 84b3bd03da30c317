/** Every area of cases; one import and one element an area. */
import type { CaseArea } from './area.ts';
import {
  nodeAuthorizerCases, nodeIdentityCases, nodeRequestCases, nodeRoleCases, podClaimCases, podReferenceCases, rbacAccountCases, rbacAuthorizerCases,
  rbacCompactCases, rbacCoverCases, rbacCoverNameCases, rbacNameCases, rbacResourceCases, rbacRuleCases, rbacSubjectCases, rbacTextCases,
} from './access.ts';
import {
  accessReviewCases, bindingReconciliationCases, certificateApprovalCases, certificateCleanerCases, certificateSigningCases, certificateSubjectCases,
  roleReconciliationCases, signerCases, signerDurationCases,
} from './certificates.ts';
import { tokenIssueCases, tokenRefusalCases, tokenRotationCases, tokenVolumeCases } from './tokenvolumes.ts';
import { apiServiceCases } from './apiservices.ts';
import { nodeRestrictionCases, runtimeOverheadCases, runtimeSchedulingCases } from './nodeadmission.ts';
import { budgetCases } from './budgetarithmetic.ts';
import { endpointCases } from './endpointreadiness.ts';
import { evictionOrderCases } from './evictionorder.ts';
import { evictionCases } from './evictionanswers.ts';
import { garbageCollectionCases } from './garbagecollection.ts';
import { nodeLifecycleCases } from './nodelifecycle.ts';
import { taintEvictionCases } from './tainteviction.ts';
import { downwardCases, environmentCases, expansionCases, serviceVariableCases } from './environment.ts';
import { emptyDirCases } from './emptydir.ts';
import { fieldSelectorCases } from './fieldselector.ts';
import { intOrStringCases } from './intorstring.ts';
import { kubectlWordCases } from './kubectlwords.ts';
import { labelSelectorCases } from './labelselector.ts';
import { quantityCases } from './quantity.ts';
import { serverSideCases } from './serverside.ts';
import { strategicMergeCases } from './strategicmerge.ts';
import { daemonSetCases } from './daemonsets.ts';
import { podCountingCases, podRankingCases } from './podranking.ts';
import { proportionalScalingCases, rollingUpdateCases, rolloutHistoryCases, rolloutProgressCases } from './rollouts.ts';
import { statefulSetClaimCases } from './statefulset-claims.ts';
import { statefulSetCases } from './statefulsets.ts';
import { admissionCases } from './api-admission.ts';
import { mutatingPolicyCases, policyCases, webhookCases } from './dynamicadmission.ts';
import { podSecurityCases, podSecurityChecks } from './podsecurity.ts';
import { defaultingCases } from './api-defaults.ts';
import { jobCases } from './api-jobs.ts';
import { cronJobCases } from './cronjobs.ts';
import { ttlAfterFinishedCases } from './ttlafterfinished.ts';
import { replicatorCases } from './replicators.ts';
import { jobSyncCases } from './jobs.ts';
import { jobBackOffCases, jobFailurePolicyCases, jobIndexCases, jobSuccessPolicyCases } from './jobpolicies.ts';
import { jobTrackingCases } from './jobtracking.ts';
import { quotaCases } from './quotas.ts';
import { leaderElectionCases } from './leaderelection.ts';
import { limitRangeCases } from './api-limitranges.ts';
import { nameCases } from './api-names.ts';
import { podValidationCases } from './api-pods.ts';
import { serviceValidationCases } from './api-services.ts';
import { workloadValidationCases } from './api-workloads.ts';
import { celRuleCases, customDefaultingCases, customValueCases, listTypeCases, pruningCases } from './customresources.ts';
import { conversionWebhookCases } from './conversionwebhooks.ts';
import { definitionCases } from './customresourcedefinitions.ts';
import { autoscalingV1Cases } from './autoscalingv1.ts';
import { podAutoscalerCases } from './podautoscaler.ts';
import { podAutoscalerWordCases } from './podautoscalerwords.ts';
import { debuggingCases } from './debugging.ts';
import { ephemeralContainerCases } from './ephemeralcontainers.ts';
import { podActionCases } from './podactions.ts';
import { podConditionCases } from './podconditions.ts';
import { podPhaseCases } from './podphase.ts';
import { cpuShareCases } from './cpushares.ts';
import { diallingCases } from './dialling.ts';
import { nonRootCases } from './nonroot.ts';
import { probeThresholdCases } from './probethresholds.ts';
import { restartBackOffCases } from './restartbackoff.ts';
import { serviceProxyCases } from './serviceproxy.ts';
import {
  atomicWriterCases, configMapVolumeCases, downwardVolumeCases, hostPathCases, mountCases, projectedVolumeCases, secretVolumeCases,
} from './volumes.ts';
import { schedulerFitCases, schedulerNodeAffinityCases, schedulerNodeCases, schedulerPortCases, schedulerTaintCases } from './scheduler-filters.ts';
import { schedulerPodAffinityFilterCases, schedulerPodAffinityScoreCases } from './scheduler-podaffinity.ts';
import { schedulerCandidateCases, schedulerEligibilityCases, schedulerMessageCases, schedulerPreemptionCases } from './scheduler-preemption.ts';
import {
  schedulerBalancedCases, schedulerFormerBalancedCases, schedulerImageCases, schedulerLeastAllocatedCases, schedulerPreferredNodeCases, schedulerSearchCases, schedulerTaintScoreCases,
} from './scheduler-scores.ts';
import { schedulerFormerSpreadCases, schedulerSpreadFilterCases, schedulerSpreadScoreCases } from './scheduler-spread.ts';
import { attachDetachCases } from './attachdetach.ts';
import { envFileCases } from './envfiles.ts';
import { imageVolumeCases } from './imagevolumes.ts';
import { volumeExpansionCases } from './volumeexpansion.ts';
import { volumeBindingCases } from './persistentvolumes.ts';
import { schedulerVolumeCases } from './scheduler-volumes.ts';
import { loadBalancerCases } from './loadbalancer.ts';
import { nodeDrainabilityCases, scaleDownCases, scaleUpCases } from './clusterautoscaler.ts';
import { attachmentCases, listenerHostCases, routeFilterCases, routeMatchCases } from './gateways.ts';
import { ingressCases, ingressGuestCases } from './ingresses.ts';
import { dnsRecordCases, podResolverCases, searchListCases } from './names.ts';
import { networkPolicyCases } from './networkpolicies.ts';
import { topologyHintCases } from './topologyhints.ts';
import { volumeProtectionCases } from './volumeprotection.ts';
import { provisioningCases } from './volumeprovision.ts';

export const CASE_AREAS: readonly CaseArea[] = [
  rbacAuthorizerCases, rbacRuleCases, rbacResourceCases, rbacNameCases, rbacSubjectCases, apiServiceCases, nodeRestrictionCases, runtimeOverheadCases, runtimeSchedulingCases, tokenRefusalCases, tokenRotationCases, tokenIssueCases, tokenVolumeCases, accessReviewCases, bindingReconciliationCases, certificateApprovalCases, certificateCleanerCases, certificateSigningCases, certificateSubjectCases, roleReconciliationCases, signerCases, signerDurationCases,
  rbacAccountCases, rbacCoverCases, rbacCoverNameCases, rbacCompactCases, rbacTextCases,
  nodeAuthorizerCases, nodeIdentityCases, nodeRequestCases, nodeRoleCases, podReferenceCases, podClaimCases,
  budgetCases,
  endpointCases,
  evictionCases,
  evictionOrderCases,
  garbageCollectionCases,
  nodeLifecycleCases,
  taintEvictionCases,
  fieldSelectorCases,
  intOrStringCases,
  labelSelectorCases,
  quantityCases,
  strategicMergeCases, serverSideCases,
  rollingUpdateCases, proportionalScalingCases, rolloutProgressCases, rolloutHistoryCases, podRankingCases, podCountingCases, statefulSetCases, statefulSetClaimCases, daemonSetCases, podAutoscalerCases, podAutoscalerWordCases, autoscalingV1Cases,
  pruningCases, customDefaultingCases, listTypeCases, customValueCases, celRuleCases, definitionCases, conversionWebhookCases,
  replicatorCases, jobSyncCases, jobTrackingCases, jobIndexCases, jobFailurePolicyCases, jobSuccessPolicyCases, jobBackOffCases, ttlAfterFinishedCases, cronJobCases,
  nameCases, podValidationCases, workloadValidationCases, jobCases, serviceValidationCases, defaultingCases, admissionCases, podSecurityChecks, podSecurityCases, webhookCases, policyCases, mutatingPolicyCases, limitRangeCases, quotaCases,
  podPhaseCases, podConditionCases, probeThresholdCases, diallingCases, nonRootCases, restartBackOffCases, cpuShareCases, podActionCases, serviceProxyCases, loadBalancerCases, networkPolicyCases, ingressCases, podResolverCases, searchListCases, dnsRecordCases, ephemeralContainerCases, debuggingCases,
  kubectlWordCases, leaderElectionCases,
  nodeDrainabilityCases, scaleUpCases, scaleDownCases,
  topologyHintCases, ingressGuestCases, routeMatchCases, listenerHostCases, routeFilterCases, attachmentCases,
  expansionCases, serviceVariableCases, environmentCases, envFileCases, downwardCases,
  configMapVolumeCases, secretVolumeCases, downwardVolumeCases, projectedVolumeCases, hostPathCases, emptyDirCases, imageVolumeCases, atomicWriterCases, mountCases,
  schedulerTaintCases, schedulerNodeCases, schedulerNodeAffinityCases, schedulerPortCases, schedulerFitCases,
  schedulerLeastAllocatedCases, schedulerBalancedCases, schedulerImageCases, schedulerTaintScoreCases, schedulerPreferredNodeCases, schedulerSearchCases,
  schedulerSpreadFilterCases, schedulerSpreadScoreCases, schedulerPodAffinityFilterCases, schedulerPodAffinityScoreCases,
  schedulerFormerSpreadCases, schedulerFormerBalancedCases,
  schedulerPreemptionCases, schedulerCandidateCases, schedulerEligibilityCases, schedulerMessageCases,
  volumeBindingCases, provisioningCases, volumeExpansionCases, volumeProtectionCases, attachDetachCases, schedulerVolumeCases,
];
