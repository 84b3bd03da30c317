/** What may become of containers that are added to look at a Pod. */
import { changeOf, defineInvariant, named } from './define.ts';
import type { Violation } from './types.ts';

export const ephemeralOnce = defineInvariant<null>({
  name: 'ephemeral-containers-once',
  asks: 'api',
  about: 'An ephemeral container is started once.',
  why: 'what it has printed, and how it ended, is for somebody to read',
  fails: 'A kubelet started an ephemeral container that had ended again.',
  init: () => null,
  observe(entry): Violation | undefined {
    const pod = changeOf(entry, 'Pod')?.after;
    const again = pod?.status.ephemeralContainerStatuses?.find((s) => s.restartCount > 0);
    if (pod === undefined || again === undefined) return undefined;
    const message = `ephemeral container "${again.name}" of ${named(pod)} was restarted`;
    return { message, objects: [pod], entry: entry.id };
  },
});
