/** Images with no program of their own that stays: they run a container's command as a shell would. */
import type { ImageBehaviour } from '../world.ts';
import type { Catalogue, CatalogueEntry } from './entry.ts';

const SHELL: ImageBehaviour = { startupMs: 0, listens: [], shell: true };

const ROOT: CatalogueEntry = { user: '0', image: SHELL };

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
  'hello-world': {
    user: '0',
    image: { startupMs: 0, listens: [], exits: { afterMs: 10, code: 0 }, logs: ['Hello from Docker!'] },
    commands: ['hello'],
    bare: true,
  },
};
