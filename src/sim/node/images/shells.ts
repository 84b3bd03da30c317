/** Images with no program of their own that stays: they run a container's command as a shell would. */
import type { ImageBehaviour } from '../world.ts';
import type { Catalogue } from './entry.ts';

const SHELL: ImageBehaviour = { startupMs: 0, listens: [], shell: true };

export const SHELLS: Catalogue = {
  busybox: { image: SHELL },
  alpine: { image: SHELL },
  debian: { image: SHELL },
  ubuntu: { image: SHELL },
  fedora: { image: SHELL },
  centos: { image: SHELL },
  rockylinux: { image: SHELL },
  amazonlinux: { image: SHELL },
  bash: { image: SHELL },
  curl: { image: SHELL, entrypoint: ['curl'] },
  'hello-world': {
    image: { startupMs: 0, listens: [], exits: { afterMs: 10, code: 0 }, logs: ['Hello from Docker!'] },
  },
};
