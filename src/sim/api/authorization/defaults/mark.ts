/** By what the roles and bindings are known that kube-apiserver makes for itself. */
import type { KubeObject } from '../../types.ts';

/** How the uids of all of them begin, whatever becomes of them. */
export const DEFAULT_UID = '7c1f0b52-93d6-4e1a-8a04-';

export const isDefault = ({ metadata }: KubeObject): boolean => metadata.uid.startsWith(DEFAULT_UID);
