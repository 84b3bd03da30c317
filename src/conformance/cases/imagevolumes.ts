/** Volumes that show an image: what is pulled before a container starts, by which policy, and how it is mounted. */
import type { Container, Pod } from '../../sim/api/types.ts';
import { defaultVolume, type Volume } from '../../sim/api/defaults/volume.ts';
import { fileOf, type FileTree, plant } from '../../sim/node/files/tree.ts';
import { imagesOf } from '../../sim/node/kubelet/imagepuller.ts';
import { mountsOf } from '../../sim/node/kubelet/mounts.ts';
import type { PodVolume } from '../../sim/node/world.ts';
import type { CaseArea } from './area.ts';
import { kubeletWith, podWith } from './kubeletwith.ts';

const shows = (name: string, reference: string, pullPolicy?: string): Volume => ({ name, image: { reference, ...(pullPolicy === undefined ? {} : { pullPolicy }) } }) as Volume;
const mounting = (...volumes: string[]): Container => ({ name: 'c', image: 'app:1', volumeMounts: volumes.map((name) => ({ name, mountPath: `/${name}` })) }) as Container;

// ---- what is pulled, in which order: `image policy`

const EMPTY = { name: 'tmp', emptyDir: {} } as Volume;
const MODEL = shows('model', 'model:1');
const ORDERS: [name: string, volumes: Volume[], container: Container, expected: string[]][] = [
  ['its own image alone', [], mounting(), ['app:1 IfNotPresent']],
  ['a volume that it mounts comes first', [MODEL], mounting('model'), ['model:1 IfNotPresent', 'app:1 IfNotPresent']],
  ['one that it does not mount is not its matter', [MODEL], mounting(), ['app:1 IfNotPresent']],
  ['several, as the Pod has them', [shows('b', 'b:1'), shows('a', 'a:1')], mounting('a', 'b'), ['b:1 IfNotPresent', 'a:1 IfNotPresent', 'app:1 IfNotPresent']],
  ['other volumes have none', [EMPTY, MODEL], mounting('tmp', 'model'), ['model:1 IfNotPresent', 'app:1 IfNotPresent']],
  ['mounted twice it is pulled once', [MODEL], mounting('model', 'model'), ['model:1 IfNotPresent', 'app:1 IfNotPresent']],
  ['one image as two volumes', [shows('a', 'x:1'), shows('b', 'x:1')], mounting('a', 'b'), ['x:1 IfNotPresent', 'x:1 IfNotPresent', 'app:1 IfNotPresent']],
  ['each by its own policy', [shows('a', 'a:1', 'Never')], { ...mounting('a'), imagePullPolicy: 'Always' } as Container, ['a:1 Never', 'app:1 Always']],
  ['a volume that is pulled at each start', [shows('a', 'a:1', 'Always')], mounting('a'), ['a:1 Always', 'app:1 IfNotPresent']],
  ['a volume without a reference is empty', [shows('a', '')], mounting('a'), ['app:1 IfNotPresent']],
];

// ---- the policy where none is said

const POLICIES: [reference: string, given: string | undefined, expected: string][] = [
  ['model', undefined, 'Always'],
  ['model:latest', undefined, 'Always'],
  ['model:1', undefined, 'IfNotPresent'],
  ['registry:5000/model', undefined, 'Always'],
  ['registry:5000/model:1', undefined, 'IfNotPresent'],
  ['model:latest', 'Never', 'Never'],
  ['model:1', 'Always', 'Always'],
];

// ---- how it is mounted

const FILES: FileTree = new Map();
plant(FILES, '/dir/file', fileOf('x'));
const SHOWN: PodVolume = { kind: 'own', files: FILES, mode: 0o755, medium: 'disk', sizeLimitBytes: Infinity, projected: true };
function mounted(mount: object): unknown {
  const k = kubeletWith();
  k.machine.volumes.set('uid', new Map([['model', SHOWN]]));
  const [found] = mountsOf(k, podWith({}) as Pod, { name: 'c', image: 'app:1', volumeMounts: [{ name: 'model', mountPath: '/m', ...mount }] } as Container, {});
  return { readOnly: found!.readOnly, path: found!.path, shows: [...(found!.held ?? FILES).keys()].filter((path) => path.endsWith('file')) };
}
const MOUNTS: [name: string, mount: object, expected: unknown][] = [
  ['to be read only', {}, { readOnly: true, path: '/m', shows: ['/dir/file'] }],
  ['also where the mount does not say so', { readOnly: false }, { readOnly: true, path: '/m', shows: ['/dir/file'] }],
  ['a directory of it', { subPath: 'dir' }, { readOnly: true, path: '/m', shows: ['/dir/file'] }],
  ['a file of it', { subPath: 'dir/file' }, { readOnly: true, path: '/m', shows: ['/dir/file'] }],
];

export const imageVolumeCases: CaseArea = {
  area: 'image volumes',
  source: 'pkg/kubelet/kuberuntime/kuberuntime_manager_test.go, pkg/apis/core/v1/defaults_test.go, test/e2e_node/image_volume.go',
  cases: [
    ...ORDERS.map(([name, volumes, container, expected]) => ({ name: `pulled: ${name}`, run: () => imagesOf(podWith({ volumes }) as Pod, container).map(({ image, policy }) => `${image} ${policy}`), expected })),
    ...POLICIES.map(([reference, given, expected]) => ({ name: `policy of ${reference}, ${given ?? 'none said'}`, run: () => defaultVolume(shows('v', reference, given)).image?.pullPolicy, expected })),
    ...MOUNTS.map(([name, mount, expected]) => ({ name: `mounted: ${name}`, run: () => mounted(mount), expected })),
  ],
};
