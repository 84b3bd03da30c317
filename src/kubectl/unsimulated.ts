/**
 * Kinds that Kubernetes itself serves and a simulated cluster does not: whoever writes one has made no
 * mistake, and installs no CustomResourceDefinition for it. What is asked and not kept (reviews, bindings,
 * component statuses) is of these.
 */
import { typeOfKind } from '../sim/api/schema/types.ts';

/** Whether Kubernetes has it. @param apiVersion `authentication.k8s.io/v1` */
export const isOfKubernetes = (apiVersion: string, kind: string): boolean =>
  typeOfKind(apiVersion, kind) !== undefined;
