/**
 * Volumes that no kubelet of today mounts: those whose plugin is gone (cmd/kubelet/app/plugins.go), or
 * switched off, and those of drivers that are not there. Models FindPluginBySpec of pkg/volume/plugins.go,
 * AddPodToVolume of pkg/kubelet/volumemanager/cache/desired_state_of_world.go, pkg/volume/git_repo and
 * pkg/volume/csi/csi_mounter.go.
 */
import type { PersistentVolume } from '../../api/types.ts';
import type { VolumeSpec } from './payload.ts';

/** Without a plugin, or, of `flexVolume`, without a driver on the node. */
const UNMATCHED = [
  'cephfs',
  'flexVolume',
  'flocker',
  'glusterfs',
  'photonPersistentDisk',
  'quobyte',
  'rbd',
  'scaleIO',
  'storageos',
] as const;

/** What is said of a volume that no plugin is for; undefined: one is. @param name of the volume in the pod */
export function withoutPlugin(
  name: string,
  source: Partial<Record<(typeof UNMATCHED)[number], unknown>>,
  called: string,
): string | undefined {
  if (!UNMATCHED.some((kind) => source[kind] !== undefined && source[kind] !== null)) return undefined;
  return (
    `Unable to attach or mount volumes: unmounted volumes=[${name}], unattached volumes=[], failed to ` +
    `process volumes=[${name}]: failed to get Plugin from volumeSpec for volume "${called}" err=no volume ` +
    'plugin matched'
  );
}

/** The same of a volume of the cluster. */
export const volumeWithoutPlugin = (name: string, { metadata, spec }: PersistentVolume): string | undefined =>
  withoutPlugin(name, spec, metadata.name);

/**
 * Why a volume of a pod's own cannot be set up; undefined: it can.
 * @param drivers those that are there
 */
export function setUpProblem(
  { gitRepo, csi }: VolumeSpec,
  hasDriver: (name: string) => boolean,
): string | undefined {
  if (gitRepo)
    return (
      'git-repo volume plugin has been disabled; if necessary, it may be re-enabled by enabling the ' +
      'feature-gate `GitRepoVolumeDriver`'
    );
  if (csi && !hasDriver(csi.driver))
    return (
      `kubernetes.io/csi: mounter.SetUpAt failed to get CSI client: driver name ${csi.driver} not found in ` +
      'the list of registered CSI drivers'
    );
  return undefined;
}
