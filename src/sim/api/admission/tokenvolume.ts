/**
 * The volume in which a Pod finds its account's token, the authority's certificate and its namespace. Models
 * generateTokenVolume and mountServiceAccountToken of plugin/pkg/admission/serviceaccount/admission.go.
 */
import { randomName } from '../names.ts';
import type { Pod } from '../types.ts';

type Spec = Pod['spec'];
type Container = Spec['containers'][number];
type Volume = NonNullable<Spec['volumes']>[number];

/** Where programs look for it. */
const MOUNT_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';
const PREFIX = 'kube-api-access-';
/** An hour and a few seconds, by which the API server knows a token that was not asked for. */
const EXPIRATION_SECONDS = 3607;

const tokenVolume = (name: string): Volume => ({
  name,
  projected: {
    sources: [
      { serviceAccountToken: { expirationSeconds: EXPIRATION_SECONDS, path: 'token' } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      {
        downwardAPI: {
          items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }],
        },
      },
    ],
    defaultMode: 0o644,
  },
});

const isMounted = ({ volumeMounts = [] }: Container): boolean =>
  volumeMounts.some(({ mountPath }) => mountPath === MOUNT_PATH);

/** The spec with the volume, mounted where nothing else is. @param random draws from [0, 1) */
export function withTokenVolume(spec: Spec, random: () => number): Spec {
  const all = [...(spec.initContainers ?? []), ...spec.containers];
  if (all.every(isMounted)) return spec;
  const known = spec.volumes?.find((volume) => volume.name.startsWith(PREFIX) && volume.projected);
  const name = known?.name ?? randomName(random, PREFIX);
  const mounting = (container: Container): Container =>
    isMounted(container)
      ? container
      : {
          ...container,
          volumeMounts: [...(container.volumeMounts ?? []), { name, readOnly: true, mountPath: MOUNT_PATH }],
        };
  return {
    ...spec,
    ...(known === undefined ? { volumes: [...(spec.volumes ?? []), tokenVolume(name)] } : {}),
    ...(spec.initContainers === undefined ? {} : { initContainers: spec.initContainers.map(mounting) }),
    containers: spec.containers.map(mounting),
  };
}
