/** emptyDir volumes: what they are, and when they hold too much. */
import { beyondStorageLimits } from '../../sim/node/kubelet/localstorage.ts';
import type { Kubelet, PodWorker } from '../../sim/node/kubelet/types.ts';
import { volumesReady } from '../../sim/node/kubelet/volumes.ts';
import { volumesUsed } from '../../sim/node/storage.ts';
import { NEVER } from '../../sim/node/world.ts';
import type { CaseArea, ConformanceCase } from './area.ts';
import { kubeletWith, podWith } from './kubeletwith.ts';

const workerOf = (spec: object): PodWorker =>
  ({ uid: 'uid', pod: podWith(spec), volumes: undefined, wakeAt: NEVER }) as unknown as PodWorker;

/** A pod's volumes, there; the first is `v`. */
function withVolumes(volumes: readonly object[], containers: readonly object[] = []): { k: Kubelet; w: PodWorker } {
  const k = kubeletWith();
  const w = workerOf({ volumes: volumes.map((emptyDir, i) => ({ name: 'vwx'[i], emptyDir })), containers });
  if (!volumesReady(k, w)) throw new Error('an emptyDir is always to be had');
  return { k, w };
}

type Kind = readonly [name: string, source: object, medium: string, limitBytes: number, mode: number];
const GI = 1024 ** 3;
const KINDS: readonly Kind[] = [
  ['nothing is asked for', {}, 'disk', Infinity, 0o777],
  ['the default medium by name', { medium: '' }, 'disk', Infinity, 0o777],
  ['a limit', { sizeLimit: '1Gi' }, 'disk', GI, 0o777],
  ['a limit in decimal units', { sizeLimit: '500M' }, 'disk', 500_000_000, 0o777],
  ['a fraction of a unit', { sizeLimit: '1.5Gi' }, 'disk', 1.5 * GI, 0o777],
  ['a limit of nothing is none', { sizeLimit: '0' }, 'disk', Infinity, 0o777],
  ['memory has the node\'s size', { medium: 'Memory' }, 'memory', 8 * GI, 0o1777],
  ['memory with a limit', { medium: 'Memory', sizeLimit: '64Mi' }, 'memory', 64 * 1024 ** 2, 0o1777],
  ['memory with a limit beyond the node', { medium: 'Memory', sizeLimit: '64Gi' }, 'memory', 8 * GI, 0o1777],
  ['memory with a limit of nothing', { medium: 'Memory', sizeLimit: '0' }, 'memory', 8 * GI, 0o1777],
];

type Use = readonly [name: string, volumes: readonly object[], bytes: readonly number[], limits: readonly string[], why: string | undefined];
const MI = 1024 ** 2;
const beyond = (name: string, limit: string): string => `Usage of EmptyDir volume "${name}" exceeds the limit "${limit}". `;
const USES: readonly Use[] = [
  ['nothing is in it', [{ sizeLimit: '1Mi' }], [0], [], undefined],
  ['less than its limit', [{ sizeLimit: '1Mi' }], [MI - 1], [], undefined],
  ['just its limit', [{ sizeLimit: '1Mi' }], [MI], [], undefined],
  ['a byte more', [{ sizeLimit: '1Mi' }], [MI + 1], [], beyond('v', '1Mi')],
  ['any amount without a limit', [{}], [40 * GI], [], undefined],
  ['the one of two that holds too much', [{ sizeLimit: '10Mi' }, { sizeLimit: '1Mi' }], [5 * MI, 2 * MI], [], beyond('w', '1Mi')],
  ['the first of two that do', [{ sizeLimit: '1Mi' }, { sizeLimit: '1Mi' }], [2 * MI, 2 * MI], [], beyond('v', '1Mi')],
  ['one without a limit beside one with', [{}, { sizeLimit: '1Mi' }], [5 * MI, MI], [], undefined],
  ['memory beyond its limit ends a pod too', [{ medium: 'Memory', sizeLimit: '1Mi' }], [2 * MI], [], beyond('v', '1Mi')],
  ['it counts to what its containers may write', [{}], [3 * MI], ['1Mi', '1Mi'], 'Pod ephemeral local storage usage exceeds the total limit of containers 2Mi. '],
  ['less than that', [{}], [2 * MI], ['1Mi', '1Mi'], undefined],
  ['all volumes together', [{}, {}], [MI, MI + 1], ['2Mi'], 'Pod ephemeral local storage usage exceeds the total limit of containers 2Mi. '],
  ['memory does not count to it', [{ medium: 'Memory' }], [3 * MI], ['1Mi'], undefined],
  ['its own limit is told first', [{ sizeLimit: '1Mi' }], [3 * MI], ['1Mi'], beyond('v', '1Mi')],
];

function fill({ k, w }: { k: Kubelet; w: PodWorker }, bytes: readonly number[]): void {
  const volumes = [...k.machine.volumes.get(w.uid)!.values()];
  bytes.forEach((amount, i) => {
    const volume = volumes[i]!;
    if (volume.kind === 'own') volume.files.set('/f', { kind: 'file', content: '', mode: 0o644, bytes: amount });
  });
}

const limited = (limits: readonly string[]): object[] =>
  limits.map((limit, i) => ({ name: `c${i}`, resources: { limits: { 'ephemeral-storage': limit } } }));

export const emptyDirCases: CaseArea = {
  area: 'emptyDir volumes',
  source: 'pkg/volume/emptydir/empty_dir_test.go, pkg/kubelet/eviction/eviction_manager_test.go',
  cases: [
    ...KINDS.map(([name, source, medium, sizeLimitBytes, mode]): ConformanceCase => ({
      name,
      expected: { kind: 'own', medium, sizeLimitBytes, mode, projected: false, files: new Map() },
      run: () => withVolumes([source]).k.machine.volumes.get('uid')!.get('v'),
    })),
    ...USES.map(([name, volumes, bytes, limits, expected]): ConformanceCase => ({
      name, expected,
      run: () => {
        const made = withVolumes(volumes, limited(limits));
        fill(made, bytes);
        return beyondStorageLimits(made.k, made.w);
      },
    })),
    {
      name: 'what a pod has on disk and in memory',
      expected: [3, 4],
      run: () => {
        const made = withVolumes([{}, { medium: 'Memory' }]);
        fill(made, [3, 4]);
        return [volumesUsed(made.k.machine, 'uid', 'disk'), volumesUsed(made.k.machine, 'uid', 'memory')];
      },
    },
    {
      name: 'one that is there stays as it is when the kubelet begins anew',
      expected: 7,
      run: () => {
        const made = withVolumes([{}]);
        fill(made, [7]);
        if (!volumesReady(made.k, { ...made.w, volumes: undefined })) throw new Error('it is to be had again');
        return volumesUsed(made.k.machine, 'uid', 'disk');
      },
    },
  ],
};
