/**
 * Admission: first every plugin that changes an object, then every plugin that only judges it, each in the
 * order of kube-apiserver (pkg/kubeapiserver/options/plugins.go).
 */
import type { KubeObject } from '../types.ts';
import { terminatingDefinitions } from './customresources.ts';
import { defaultIngressClass } from './defaultingressclass.ts';
import { defaultTolerationSeconds } from './defaulttolerationseconds.ts';
import { limitRanger } from './limitranger.ts';
import { namespaceLifecycle } from './namespacelifecycle.ts';
import { priority } from './priority.ts';
import { resourceQuota } from './resourcequota.ts';
import { serviceAccount } from './serviceaccount.ts';
import { defaultStorageClass, volumeResize, volumesInUse } from './storage.ts';
import { taintNodesByCondition } from './taintnodes.ts';
import type { AdmissionPlugin, AdmissionRequest } from './types.ts';

export type { AdmissionPlugin, AdmissionRequest } from './types.ts';

export const ADMISSION_PLUGINS: readonly AdmissionPlugin[] = [
  namespaceLifecycle,
  limitRanger,
  serviceAccount,
  taintNodesByCondition,
  priority,
  defaultTolerationSeconds,
  volumesInUse,
  volumeResize,
  defaultStorageClass,
  defaultIngressClass,
  terminatingDefinitions,
  resourceQuota,
];

/** The object as admitted; for DELETE the stored one. @throws ApiError of the first plugin that refuses */
export function admit(plugins: readonly AdmissionPlugin[], request: AdmissionRequest): KubeObject {
  let { object } = request;
  // Upstream runs NamespaceLifecycle among the mutating plugins, so that a missing namespace is what the user
  // hears of first.
  if (plugins.includes(namespaceLifecycle)) namespaceLifecycle.validate!(object, request);
  if (object !== undefined) {
    for (const plugin of plugins) if (plugin.mutate !== undefined) object = plugin.mutate(object, request);
  }
  for (const plugin of plugins) if (plugin !== namespaceLifecycle) plugin.validate?.(object, request);
  return object ?? request.old!;
}
