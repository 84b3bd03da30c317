/** How Pods of a kubelet's files, and their mirrors in the API, are told from others (pkg/kubelet/types). */
import type { Pod } from '../../api/types.ts';

export const SOURCE = 'kubernetes.io/config.source';
export const MIRROR = 'kubernetes.io/config.mirror';

export const isStatic = ({ metadata: { annotations } }: Pod): boolean => annotations?.[SOURCE] === 'file';
export const isMirror = ({ metadata: { annotations } }: Pod): boolean => annotations?.[MIRROR] !== undefined;
