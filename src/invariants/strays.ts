import { defineInvariant, told } from './define.ts';
import type { Violation } from './types.ts';

const MIRROR = 'kubernetes.io/config.mirror';

export const noStrays = defineInvariant<null>({
  name: 'no-stray-containers',
  asks: 'physical',
  about: 'In the end nothing runs on a machine for a Pod that the API does not have.',
  why: "nobody sees it, nobody stops it, and it may do a live Pod's work twice",
  fails:
    'In the end a container ran on a node whose kubelet was up and reached the API server, and its Pod ' +
    'was gone.',
  init: () => null,
  finally(_state, view): Violation | undefined {
    const { machines, network, processes } = view.physical;
    const known = new Set<string>();
    // What a kubelet runs from a file has a name of its own, which its mirror in the API tells.
    for (const { metadata } of view.list('Pod')) known.add(metadata.annotations?.[MIRROR] ?? metadata.uid);
    for (const machine of machines.all()) {
      const { name } = machine;
      // A node that is cut off, or does not belong to the cluster any more, cannot know.
      if (
        machine.power !== 'on' ||
        !machine.runtimeUp ||
        !processes.isUp(`kubelet@${name}`) ||
        network.isCutOff(name) ||
        network.isExpired(name)
      )
        continue;
      if (view.find('Node', '', name) === undefined) continue;
      for (const c of machine.containers.values()) {
        if (c.state === 'running' && !known.has(c.podUid))
          return {
            message: told('brokenStray', {
              container: c.name,
              pod: `${c.podNamespace}/${c.podName}`,
              node: name,
            }),
            objects: [],
          };
      }
    }
    return undefined;
  },
});
