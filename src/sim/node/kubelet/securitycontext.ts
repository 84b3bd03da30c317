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
