/**
 * Whether a container may run as the user that it would have. Models verifyRunAsNonRoot and getImageUser of
 * pkg/kubelet/kuberuntime (security_context.go, kuberuntime_image.go), and DetermineEffectiveSecurityContext
 * of pkg/securitycontext/util.go.
 */
import type { Container, Pod } from '../../api/types.ts';
import { userOf } from '../images.ts';
import { isSet } from '../isset.ts';
import type { World } from '../world.ts';
import { formatPod } from './podspec.ts';

/** What a container says counts over what its Pod says. */
function effective(
  pod: Pod,
  container: Container,
): { readonly nonRoot: boolean; readonly user: number | undefined } {
  const [inner, outer] = [container.securityContext, pod.spec.securityContext];
  return {
    nonRoot: inner?.runAsNonRoot ?? outer?.runAsNonRoot ?? false,
    user: inner?.runAsUser ?? outer?.runAsUser ?? undefined,
  };
}

/** Capabilities that container runtimes leave to containers (containerd's pkg/oci defaultUnixCaps). */
const DEFAULT_CAPABILITIES = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'NET_RAW',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

/** What a container's process may do, where its spec says other than its image and runtime would. */
export interface Rights {
  readonly user?: number;
  /** Numbers of its groups, the first of which is its own; absent: root's alone. */
  readonly groups?: readonly number[];
  /** No program gives it rights that it has not (allowPrivilegeEscalation). */
  readonly noNewPrivileges?: true;
  /** It may set up the network (NET_ADMIN). */
  readonly setsNetwork?: true;
  /** Capabilities that are taken from it. */
  readonly lacks?: readonly string[];
}

const names = (capabilities: readonly string[] = []): readonly string[] =>
  capabilities.map((name) => name.toUpperCase().replace(/^CAP_/, ''));

export function rightsOf(pod: Pod, container: Container): Rights {
  if (!isSet(container.securityContext ?? pod.spec.securityContext)) return {};
  const { user } = effective(pod, container);
  const groups = groupsOf(pod, container);
  const { capabilities, privileged, allowPrivilegeEscalation } = container.securityContext ?? {};
  const dropped = privileged === true ? [] : names(capabilities?.drop);
  const added = names(capabilities?.add);
  const lacks = DEFAULT_CAPABILITIES.filter(
    (name) =>
      (dropped.includes('ALL') || dropped.includes(name)) && !added.includes(name) && !added.includes('ALL'),
  );
  return {
    ...(user === undefined ? {} : { user }),
    ...(groups.length === 1 && groups[0] === 0 ? {} : { groups }),
    ...(allowPrivilegeEscalation === false ? { noNewPrivileges: true } : {}),
    ...(privileged === true || added.includes('NET_ADMIN') || added.includes('ALL')
      ? { setsNetwork: true }
      : {}),
    ...(lacks.length === 0 ? {} : { lacks }),
  };
}

/** Its own group, then what the Pod adds: fsGroup among them. */
function groupsOf(pod: Pod, container: Container): readonly number[] {
  const { runAsGroup, supplementalGroups, fsGroup } = pod.spec.securityContext ?? {};
  const own = container.securityContext?.runAsGroup ?? runAsGroup ?? 0;
  return [...new Set([own, ...(isSet(fsGroup) ? [fsGroup] : []), ...(supplementalGroups ?? [])])];
}

/** Why the container may not run, in the kubelet's words; undefined: it may. */
export function nonRootProblem(world: World, pod: Pod, container: Container): string | undefined {
  if (!isSet(container.securityContext ?? pod.spec.securityContext)) return undefined;
  const { nonRoot, user } = effective(pod, container);
  if (!nonRoot) return undefined;
  const whose = `(pod: "${formatPod(pod)}", container: ${container.name})`;
  if (user === 0) return `container's runAsUser breaks non-root policy ${whose}`;
  if (user !== undefined) return undefined;
  const ofImage = userOf(world, container.image!);
  if (ofImage === undefined) return undefined;
  if (ofImage === '0') return `container has runAsNonRoot and image will run as root ${whose}`;
  if (/^[0-9]+$/.test(ofImage)) return undefined;
  const why = `image has non-numeric user (${ofImage}), cannot verify user is non-root`;
  return `container has runAsNonRoot and ${why} ${whose}`;
}
