/** The verbs beside those of `index.ts`, which every scenario with a manifest asks for. */
import { authCanI, authWhoAmI } from './auth.ts';
import { authReconcile } from './authreconcile.ts';
import { certificateApprove, certificateDeny } from './certificate.ts';
import {
  createClusterRole,
  createClusterRoleBinding,
  createRole,
  createRoleBinding,
  createToken,
} from './createaccess.ts';
import type { Verb } from '../session.ts';
import { replaceVerb } from './replace.ts';
import { attachVerb } from './attach.ts';
import { autoscaleVerb } from './autoscale.ts';
import { clusterInfoDump } from './clusterinfodump.ts';
import { CONFIG_VERBS } from './config.ts';
import { cpVerb } from './cp.ts';
import {
  createDeployment,
  createNamespace,
  createPdb,
  createPriorityClass,
  createQuota,
  createServiceAccount,
  createVerb,
  exposeVerb,
  runVerb,
} from './create.ts';
import {
  createConfigMap,
  createDockerSecret,
  createGenericSecret,
  createSecret,
  createTlsSecret,
} from './createconfig.ts';
import { createIngress } from './createingress.ts';
import { SERVICE_VERBS } from './createservice.ts';
import { createCronJob, createJob } from './createjob.ts';
import { debugVerb } from './debug.ts';
import { deleteVerb } from './delete.ts';
import { describeVerb } from './describe.ts';
import { diffVerb } from './diff.ts';
import { editVerb } from './edit.ts';
import { eventsVerb } from './events.ts';
import { execVerb } from './exec.ts';
import { explainVerb } from './explain.ts';
import { apiResourcesVerb, apiVersionsVerb, clusterInfoVerb, versionVerb } from './info.ts';
import { kustomizeVerb } from './kustomize.ts';
import { logsVerb } from './logs.ts';
import { annotateVerb, labelVerb } from './metadata.ts';
import { cordon, drainVerb, uncordon } from './node.ts';
import { patchVerb } from './patch.ts';
import { portForwardVerb } from './portforward.ts';
import { rolloutPause, rolloutRestart, rolloutResume, rolloutStatus } from './rollout.ts';
import { rolloutHistory, rolloutUndo } from './rollouthistory.ts';
import { scaleVerb } from './scale.ts';
import { setEnv, setImage, setResources, setSelector, setServiceAccount, setSubject } from './set.ts';
import { taintVerb } from './taint.ts';
import { topNode, topPod } from './top.ts';
import { waitVerb } from './wait.ts';

export const MORE_VERBS: readonly Verb[] = [
  annotateVerb,
  apiResourcesVerb,
  apiVersionsVerb,
  attachVerb,
  authCanI,
  authReconcile,
  authWhoAmI,
  autoscaleVerb,
  certificateApprove,
  certificateDeny,
  clusterInfoVerb,
  clusterInfoDump,
  ...CONFIG_VERBS,
  cordon,
  cpVerb,
  createVerb,
  createClusterRole,
  createClusterRoleBinding,
  createConfigMap,
  createCronJob,
  createDeployment,
  createIngress,
  createJob,
  createNamespace,
  createPdb,
  createPriorityClass,
  createQuota,
  createDockerSecret,
  createGenericSecret,
  createSecret,
  createTlsSecret,
  createServiceAccount,
  ...SERVICE_VERBS,
  createRole,
  createRoleBinding,
  createToken,
  debugVerb,
  deleteVerb,
  describeVerb,
  diffVerb,
  drainVerb,
  editVerb,
  eventsVerb,
  execVerb,
  explainVerb,
  exposeVerb,
  kustomizeVerb,
  labelVerb,
  logsVerb,
  patchVerb,
  portForwardVerb,
  replaceVerb,
  rolloutHistory,
  rolloutPause,
  rolloutRestart,
  rolloutResume,
  rolloutStatus,
  rolloutUndo,
  runVerb,
  scaleVerb,
  setEnv,
  setImage,
  setResources,
  setSelector,
  setServiceAccount,
  setSubject,
  taintVerb,
  topNode,
  topPod,
  uncordon,
  versionVerb,
  waitVerb,
];
