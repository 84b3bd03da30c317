/** How Pods of a kubelet's files, and their mirrors in the API, are told from others (pkg/kubelet/types). */
import type { Pod } from './types.ts';

export const SOURCE = 'kubernetes.io/config.source';
export const MIRROR = 'kubernetes.io/config.mirror';

export const isStatic = ({ metadata: { annotations } }: Pod): boolean => annotations?.[SOURCE] === 'file';
/** What a Pod is called on its node: a mirror stands for one that the kubelet named (TranslatePodUID). */
export const uidOnNode = ({ metadata: { annotations, uid } }: Pod): string => annotations?.[MIRROR] ?? uid;
export const isMirror = ({ metadata: { annotations } }: Pod): boolean => annotations?.[MIRROR] !== undefined;
