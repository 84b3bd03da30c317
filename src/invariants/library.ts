/** The library of invariants. */
import { podSecurityHeld, policiesHeld, webhooksObeyed } from './admission.ts';
import { gatewaysTold } from './gateways.ts';
import { networkPoliciesHeld } from './policies.ts';
import { rightsHeld } from './rights.ts';
import { rootCertificatesThere } from './rootcertificates.ts';
import { apiServicesJudged } from './apiservices.ts';
import { defaultAccountsThere, tokenSecretsFollow } from './accounts.ts';
import { autoscalerBounded, autoscalerPaced } from './autoscaling.ts';
import { configurationShown } from './configuration.ts';
import { budgetHonoured } from './budgethonoured.ts';
import { generationObserved, noLivelock, replicasConverge } from './converge.ts';
import { definitionsLeaveNothing, definitionsSettle } from './definitions.ts';
import { evictionsEnd } from './evictionsend.ts';
import { endpointsOnce, endpointsRight, routesFresh } from './endpoints.ts';
import { oneLeader } from './leaders.ts';
import { limitsHonoured, quotaHonoured } from './limits.ts';
import { ingressAddressed, ingressFresh } from './ingresses.ts';
import {
  cronJobsObeyed,
  cronJobsTidy,
  jobsConverge,
  jobsCountOnce,
  jobsEndOnce,
  jobsLetGo,
  jobsLimitIndexes,
  jobsLiveOn,
  jobsNotExceeded,
} from './jobs.ts';
import { nodeGroupsBounded } from './nodegroups.ts';
import { noOvercommit } from './noovercommit.ts';
import { daemonsOnce, gcJust, ownersSound } from './ownership.ts';
import { antiAffinityHeld, placed, spreadHeld } from './placement.ts';
import { replicasNotExceeded } from './replicabound.ts';
import { availabilityBound, surgeBound } from './rolloutbounds.ts';
import { statefulIdentity, statefulOneUpdate, statefulOrder } from './statefulset.ts';
import {
  nodesCleared,
  noLostWrite,
  nothingStuck,
  podLives,
  taintsObeyed,
  tolerationsRespected,
} from './storesound.ts';
import { servicesAnswer } from './servicesanswer.ts';
import { noStrays } from './strays.ts';
import type { Invariant } from './types.ts';
import {
  claimsProtected,
  claimsServed,
  volumesAttachedOnce,
  volumesReached,
  volumesReleased,
} from './volumes.ts';
import { ephemeralOnce } from './debugging.ts';
import { uniqueAddresses, uniqueExternalAddresses, uniqueNodePorts } from './uniqueaddresses.ts';

/**
 * The library, in the order of its page.
 * @example INVARIANTS.map((i) => `${i.name}: ${i.about}`)
 */
export const INVARIANTS: readonly Invariant[] = [
  replicasConverge,
  replicasNotExceeded,
  budgetHonoured,
  surgeBound,
  availabilityBound,
  noOvercommit,
  quotaHonoured,
  limitsHonoured,
  autoscalerBounded,
  autoscalerPaced,
  uniqueAddresses,
  uniqueNodePorts,
  uniqueExternalAddresses,
  endpointsOnce,
  endpointsRight,
  routesFresh,
  ingressFresh,
  ingressAddressed,
  gatewaysTold,
  networkPoliciesHeld,
  servicesAnswer,
  statefulIdentity,
  statefulOrder,
  statefulOneUpdate,
  placed,
  antiAffinityHeld,
  spreadHeld,
  ownersSound,
  gcJust,
  daemonsOnce,
  jobsCountOnce,
  jobsNotExceeded,
  jobsEndOnce,
  jobsLetGo,
  jobsConverge,
  jobsLimitIndexes,
  jobsLiveOn,
  cronJobsObeyed,
  cronJobsTidy,
  generationObserved,
  tolerationsRespected,
  taintsObeyed,
  nodesCleared,
  claimsServed,
  claimsProtected,
  volumesAttachedOnce,
  volumesReached,
  volumesReleased,
  nothingStuck,
  noStrays,
  configurationShown,
  noLivelock,
  evictionsEnd,
  nodeGroupsBounded,
  noLostWrite,
  podLives,
  ephemeralOnce,
  definitionsLeaveNothing,
  definitionsSettle,
  oneLeader,
  defaultAccountsThere,
  tokenSecretsFollow,
  rootCertificatesThere,
  apiServicesJudged,
  rightsHeld,
  webhooksObeyed,
  podSecurityHeld,
  policiesHeld,
];
