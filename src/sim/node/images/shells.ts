/** Images with no program of their own that stays: they run a container's command as a shell would. */
import type { ImageBehaviour } from '../world.ts';
import type { Catalogue, CatalogueEntry } from './entry.ts';

const SHELL: ImageBehaviour = { startupMs: 0, listens: [], shell: true };

const ROOT: CatalogueEntry = { user: '0', image: SHELL };

const HAS_KUBECTL: CatalogueEntry = { ...ROOT, programs: ['kubectl'] };
/** Of bitnami, rancher, registry.k8s.io and others. */
const IS_KUBECTL: CatalogueEntry = { ...HAS_KUBECTL, entrypoint: ['kubectl'], subcommands: true };

export const SHELLS: Catalogue = {
  busybox: ROOT,
  alpine: ROOT,
  debian: ROOT,
  ubuntu: ROOT,
  fedora: ROOT,
  centos: ROOT,
  rockylinux: ROOT,
  amazonlinux: ROOT,
  bash: ROOT,
  curl: { user: 'curl_user', image: SHELL, entrypoint: ['curl'] },
  kubectl: { ...IS_KUBECTL, user: '1001' },
  'k8s-kubectl': IS_KUBECTL,
  'kubectl-shell': HAS_KUBECTL,
  'alpine/k8s': HAS_KUBECTL,
  'hello-world': {
    user: '0',
    image: { startupMs: 0, listens: [], exits: { afterMs: 10, code: 0 }, logs: ['Hello from Docker!'] },
    commands: ['hello'],
    bare: true,
  },
};
