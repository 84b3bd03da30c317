/** What volumes show of ConfigMaps, Secrets, the pod itself, and of several of these; hostPath volumes. */
import type { FileNode, FileTree } from '../../sim/node/files/tree.ts';
import { prepareHostPath } from '../../sim/node/kubelet/hostpath.ts';
import { mountsOf } from '../../sim/node/kubelet/mounts.ts';
import { payloadOf, writePayload } from '../../sim/node/kubelet/payload.ts';
import type { CaseArea, ConformanceCase } from './area.ts';
import { kindOnMachine, kubeletWith, podWith, type Surroundings } from './kubeletwith.ts';

const said = (node: FileNode): string => (node.kind === 'file' ? `${node.content}:${node.mode.toString(8)}` : node.kind);

/** Path to `content:mode`, or why the volume cannot be had. */
type Shown = Readonly<Record<string, string>> | string;

function shown(volume: object, around: Surroundings, pod: object = {}, metadata: object = {}): Shown {
  try {
    const payload = payloadOf(kubeletWith(around), podWith(pod, metadata), { name: 'v', ...volume } as never);
    return Object.fromEntries([...payload].map(([path, node]) => [path, said(node)]));
  } catch (error) {
    return (error as Error).message;
  }
}

type Row = readonly [name: string, volume: object, expected: Shown, around?: Surroundings, pod?: object, metadata?: object];
const casesOf = (rows: readonly Row[], wrap: (volume: object) => object): ConformanceCase[] =>
  rows.map(([name, volume, expected, around = {}, pod, metadata]) => ({ name, expected, run: () => shown(wrap(volume), around, pod, metadata) }));

const CONF = { objects: [{ kind: 'ConfigMap', name: 'c', data: { foo: 'foo', bar: 'bar' } }] };
const BIN = { objects: [{ kind: 'ConfigMap', name: 'c', data: { foo: 'foo' }, binaryData: { bar: 'YmFy' } }] };

const CONFIG_MAPS: readonly Row[] = [
  ['all keys, with the default mode', { name: 'c' }, { foo: 'foo:644', bar: 'bar:644' }, CONF],
  ['binary data among them', { name: 'c' }, { foo: 'foo:644', bar: 'bar:644' }, BIN],
  ['nothing of an empty one', { name: 'c' }, {}, { objects: [{ kind: 'ConfigMap', name: 'c' }] }],
  ['a default mode of its own', { name: 'c', defaultMode: 0o400 }, { foo: 'foo:400', bar: 'bar:400' }, CONF],
  ['a basic mapping', { name: 'c', items: [{ key: 'foo', path: 'path/to/foo.txt' }] }, { 'path/to/foo.txt': 'foo:644' }, CONF],
  ['a mapping of binary data', { name: 'c', items: [{ key: 'bar', path: 'path/to/bar.bin' }] }, { 'path/to/bar.bin': 'bar:644' }, BIN],
  ['a subdirectory of two levels', { name: 'c', items: [{ key: 'foo', path: 'path/to/1/2/3/foo.txt' }] }, { 'path/to/1/2/3/foo.txt': 'foo:644' }, CONF],
  ['several items', { name: 'c', items: [{ key: 'foo', path: 'a' }, { key: 'bar', path: 'b' }] }, { a: 'foo:644', b: 'bar:644' }, CONF],
  ['one key at two paths', { name: 'c', items: [{ key: 'foo', path: 'a' }, { key: 'foo', path: 'b' }] }, { a: 'foo:644', b: 'foo:644' }, CONF],
  ['two keys at one path: the later one', { name: 'c', items: [{ key: 'foo', path: 'a' }, { key: 'bar', path: 'a' }] }, { a: 'bar:644' }, CONF],
  ['only the keys that are named', { name: 'c', items: [{ key: 'bar', path: 'bar' }] }, { bar: 'bar:644' }, CONF],
  ['modes of items', { name: 'c', items: [{ key: 'foo', path: 'a', mode: 0o600 }, { key: 'bar', path: 'b' }] }, { a: 'foo:600', b: 'bar:644' }, CONF],
  ['modes of items over the default mode', { name: 'c', defaultMode: 0o444, items: [{ key: 'foo', path: 'a', mode: 0o755 }, { key: 'bar', path: 'b' }] }, { a: 'foo:755', b: 'bar:444' }, CONF],
  ['a key that is not there', { name: 'c', items: [{ key: 'zab', path: 'p' }] }, 'configmap references non-existent config key: zab', CONF],
  ['one of two keys that is not there', { name: 'c', items: [{ key: 'foo', path: 'a' }, { key: 'zab', path: 'p' }] }, 'configmap references non-existent config key: zab', CONF],
  ['an optional key that is not there', { name: 'c', optional: true, items: [{ key: 'zab', path: 'p' }] }, {}, CONF],
  ['an optional key beside one that is', { name: 'c', optional: true, items: [{ key: 'zab', path: 'p' }, { key: 'foo', path: 'a' }] }, { a: 'foo:644' }, CONF],
  ['one that is not there', { name: 'nowhere' }, 'configmap "nowhere" not found', CONF],
  ['one of another namespace', { name: 'c' }, 'configmap "c" not found', { objects: [{ kind: 'ConfigMap', name: 'c', namespace: 'other', data: {} }] }],
  ['an optional one that is not there', { name: 'nowhere', optional: true }, {}, CONF],
  ['an optional one that is', { name: 'c', optional: true }, { foo: 'foo:644', bar: 'bar:644' }, CONF],
  ['text of any kind', { name: 'c' }, { 'a.conf': 'x\n$(y) é\n:644' }, { objects: [{ kind: 'ConfigMap', name: 'c', data: { 'a.conf': 'x\n$(y) é\n' } }] }],
];

const SEC = { objects: [{ kind: 'Secret', name: 's', data: { foo: 'Zm9v', bar: 'YmFy' } }] };
const SECRETS: readonly Row[] = [
  ['all keys, decoded', { secretName: 's' }, { foo: 'foo:644', bar: 'bar:644' }, SEC],
  ['nothing of an empty one', { secretName: 's' }, {}, { objects: [{ kind: 'Secret', name: 's' }] }],
  ['an empty value', { secretName: 's' }, { foo: ':644' }, { objects: [{ kind: 'Secret', name: 's', data: { foo: '' } }] }],
  ['base64 in several lines', { secretName: 's' }, { foo: 'foobar:644' }, { objects: [{ kind: 'Secret', name: 's', data: { foo: 'Zm9v\nYmFy\n' } }] }],
  ['text beyond ASCII', { secretName: 's' }, { foo: 'é:644' }, { objects: [{ kind: 'Secret', name: 's', data: { foo: 'w6k=' } }] }],
  ['a default mode of its own', { secretName: 's', defaultMode: 0o400 }, { foo: 'foo:400', bar: 'bar:400' }, SEC],
  ['a basic mapping', { secretName: 's', items: [{ key: 'foo', path: 'path/to/foo.txt' }] }, { 'path/to/foo.txt': 'foo:644' }, SEC],
  ['a deep one', { secretName: 's', items: [{ key: 'foo', path: 'path/to/1/2/3/foo.txt' }] }, { 'path/to/1/2/3/foo.txt': 'foo:644' }, SEC],
  ['several items', { secretName: 's', items: [{ key: 'foo', path: 'a' }, { key: 'bar', path: 'd/b' }] }, { a: 'foo:644', 'd/b': 'bar:644' }, SEC],
  ['one key at two paths', { secretName: 's', items: [{ key: 'foo', path: 'a' }, { key: 'foo', path: 'b' }] }, { a: 'foo:644', b: 'foo:644' }, SEC],
  ['only the keys that are named', { secretName: 's', items: [{ key: 'bar', path: 'bar' }] }, { bar: 'bar:644' }, SEC],
  ['modes of items', { secretName: 's', items: [{ key: 'foo', path: 'a', mode: 0o600 }, { key: 'bar', path: 'b' }] }, { a: 'foo:600', b: 'bar:644' }, SEC],
  ['modes of items over the default mode', { secretName: 's', defaultMode: 0o444, items: [{ key: 'foo', path: 'a', mode: 0o755 }] }, { a: 'foo:755' }, SEC],
  ['a key that is not there', { secretName: 's', items: [{ key: 'zab', path: 'p' }] }, 'references non-existent secret key: zab', SEC],
  ['the second of two', { secretName: 's', items: [{ key: 'foo', path: 'a' }, { key: 'zab', path: 'p' }] }, 'references non-existent secret key: zab', SEC],
  ['an optional key that is not there', { secretName: 's', optional: true, items: [{ key: 'zab', path: 'p' }] }, {}, SEC],
  ['an optional key beside one that is', { secretName: 's', optional: true, items: [{ key: 'zab', path: 'p' }, { key: 'foo', path: 'a' }] }, { a: 'foo:644' }, SEC],
  ['one that is not there', { secretName: 'nowhere' }, 'secret "nowhere" not found', SEC],
  ['a ConfigMap of the name is none', { secretName: 'c' }, 'secret "c" not found', CONF],
  ['an optional one that is not there', { secretName: 'nowhere', optional: true }, {}, SEC],
  ['an optional one that is', { secretName: 's', optional: true }, { foo: 'foo:644', bar: 'bar:644' }, SEC],
];

const field = (path: string, fieldPath: string, more: object = {}): object => ({ path, fieldRef: { fieldPath }, ...more });
const resource = (path: string, name: string, divisor?: string, more: object = {}): object =>
  ({ path, resourceFieldRef: { containerName: 'c', resource: name, ...(divisor === undefined ? {} : { divisor }) }, ...more });
const LABELS = { labels: { key1: 'value1', key2: 'value2' }, annotations: { a1: 'value1', multi: 'one\ntwo' } };
const SIZED = { containers: [{ name: 'c', resources: { requests: { cpu: '250m', memory: '64Mi' }, limits: { cpu: '500m', memory: '128Mi' } } }] };
const DOWNWARD: readonly Row[] = [
  ['labels', { items: [field('labels', 'metadata.labels')] }, { labels: 'key1="value1"\nkey2="value2":644' }, {}, {}, LABELS],
  ['no labels', { items: [field('labels', 'metadata.labels')] }, { labels: ':644' }],
  ['annotations, with what stands in them escaped', { items: [field('notes', 'metadata.annotations')] }, { notes: 'a1="value1"\nmulti="one\\ntwo":644' }, {}, {}, LABELS],
  ['one label', { items: [field('l', "metadata.labels['key2']")] }, { l: 'value2:644' }, {}, {}, LABELS],
  ['one annotation', { items: [field('a', "metadata.annotations['multi']")] }, { a: 'one\ntwo:644' }, {}, {}, LABELS],
  ['a label that is not there', { items: [field('l', "metadata.labels['none']")] }, { l: ':644' }, {}, {}, LABELS],
  ['the name', { items: [field('name_file_name', 'metadata.name')] }, { name_file_name: 'p:644' }],
  ['the namespace', { items: [field('namespace_file_name', 'metadata.namespace')] }, { namespace_file_name: 'ns:644' }],
  ['the uid', { items: [field('u', 'metadata.uid')] }, { u: 'uid:644' }],
  ['in a directory', { items: [field('this/is/mine.txt', 'metadata.name')] }, { 'this/is/mine.txt': 'p:644' }],
  ['several', { items: [field('a', 'metadata.name'), field('b/c', 'metadata.namespace')] }, { a: 'p:644', 'b/c': 'ns:644' }],
  ['a default mode of its own', { defaultMode: 0o400, items: [field('a', 'metadata.name')] }, { a: 'p:400' }],
  ['a mode of an item', { items: [field('a', 'metadata.name', { mode: 0o600 })] }, { a: 'p:600' }],
  ['a mode of an item over the default', { defaultMode: 0o444, items: [field('a', 'metadata.name', { mode: 0o600 }), field('b', 'metadata.name')] }, { a: 'p:600', b: 'p:444' }],
  ['a limit of CPU, rounded up', { items: [resource('l', 'limits.cpu')] }, { l: '1:644' }, {}, SIZED],
  ['a limit of CPU in thousandths', { items: [resource('l', 'limits.cpu', '1m')] }, { l: '500:644' }, {}, SIZED],
  ['a request of CPU', { items: [resource('r', 'requests.cpu', '1m')] }, { r: '250:644' }, {}, SIZED],
  ['a limit of memory', { items: [resource('l', 'limits.memory')] }, { l: '134217728:644' }, {}, SIZED],
  ['a request of memory in Mi', { items: [resource('r', 'requests.memory', '1Mi')] }, { r: '64:644' }, {}, SIZED],
  ['a limit that is not set is the node\'s', { items: [resource('l', 'limits.memory', '1Gi')] }, { l: '8:644' }, {}, { containers: [{ name: 'c' }] }],
  ['with a mode', { items: [resource('l', 'limits.cpu', '1m', { mode: 0o640 })] }, { l: '500:640' }, {}, SIZED],
  ['no items', { items: [] }, {}],
];

const BOTH = { objects: [...CONF.objects, ...SEC.objects] };
const PROJECTED: readonly Row[] = [
  ['nothing', { sources: [] }, {}],
  ['a ConfigMap', { sources: [{ configMap: { name: 'c' } }] }, { foo: 'foo:644', bar: 'bar:644' }, CONF],
  ['a Secret', { sources: [{ secret: { name: 's' } }] }, { foo: 'foo:644', bar: 'bar:644' }, SEC],
  ['the pod itself', { sources: [{ downwardAPI: { items: [field('n', 'metadata.name')] } }] }, { n: 'p:644' }],
  ['items of a ConfigMap', { sources: [{ configMap: { name: 'c', items: [{ key: 'foo', path: 'd/f' }] } }] }, { 'd/f': 'foo:644' }, CONF],
  ['items of a Secret with modes', { sources: [{ secret: { name: 's', items: [{ key: 'foo', path: 'f', mode: 0o600 }] } }] }, { f: 'foo:600' }, SEC],
  ['a default mode for all', { defaultMode: 0o440, sources: [{ secret: { name: 's', items: [{ key: 'foo', path: 'f' }] } }, { downwardAPI: { items: [field('n', 'metadata.name')] } }] }, { f: 'foo:440', n: 'p:440' }, SEC],
  ['a mode of an item over it', { defaultMode: 0o440, sources: [{ configMap: { name: 'c', items: [{ key: 'foo', path: 'f', mode: 0o755 }] } }] }, { f: 'foo:755' }, CONF],
  ['several sources', { sources: [{ configMap: { name: 'c', items: [{ key: 'foo', path: 'a' }] } }, { secret: { name: 's', items: [{ key: 'bar', path: 'b' }] } }] }, { a: 'foo:644', b: 'bar:644' }, BOTH],
  ['the later source at one path', { sources: [{ configMap: { name: 'c', items: [{ key: 'foo', path: 'a' }] } }, { secret: { name: 's', items: [{ key: 'bar', path: 'a' }] } }] }, { a: 'bar:644' }, BOTH],
  ['a ConfigMap that is not there', { sources: [{ configMap: { name: 'nowhere' } }] }, 'configmap "nowhere" not found'],
  ['a Secret that is not there', { sources: [{ secret: { name: 'nowhere' } }] }, 'secret "nowhere" not found'],
  ['two that are not there are both told', { sources: [{ configMap: { name: 'no' } }, { secret: { name: 'nor' } }] }, '[configmap "no" not found, secret "nor" not found]'],
  ['one that is not there beside one that is', { sources: [{ configMap: { name: 'c' } }, { secret: { name: 'nor' } }] }, 'secret "nor" not found', CONF],
  ['an optional ConfigMap that is not there', { sources: [{ configMap: { name: 'nowhere', optional: true } }] }, {}],
  ['an optional Secret beside a ConfigMap', { sources: [{ secret: { name: 'nowhere', optional: true } }, { configMap: { name: 'c' } }] }, { foo: 'foo:644', bar: 'bar:644' }, CONF],
  ['a key of a ConfigMap that is not there', { sources: [{ configMap: { name: 'c', items: [{ key: 'zab', path: 'p' }] } }] }, 'configmap references non-existent config key: zab', CONF],
  ['a key of a Secret that is not there', { sources: [{ secret: { name: 's', items: [{ key: 'zab', path: 'p' }] } }] }, 'references non-existent secret key: zab', SEC],
  ['an optional key that is not there', { sources: [{ configMap: { name: 'c', optional: true, items: [{ key: 'zab', path: 'p' }] } }] }, {}, CONF],
  ['a token for an account that is not there', { sources: [{ serviceAccountToken: { path: 'token' } }] }, 'failed to fetch token: serviceaccounts "sa" not found', {}, { serviceAccountName: 'sa' }],
  ['the certificate that every namespace has, before it is published', { sources: [{ configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } }] }, 'configmap "kube-root-ca.crt" not found'],
];

export const configMapVolumeCases: CaseArea = { area: 'configMap volumes', source: 'pkg/volume/configmap/configmap_test.go', cases: casesOf(CONFIG_MAPS, (configMap) => ({ configMap })) };
export const secretVolumeCases: CaseArea = { area: 'secret volumes', source: 'pkg/volume/secret/secret_test.go', cases: casesOf(SECRETS, (secret) => ({ secret })) };
export const downwardVolumeCases: CaseArea = { area: 'downwardAPI volumes', source: 'pkg/volume/downwardapi/downwardapi_test.go', cases: casesOf(DOWNWARD, (downwardAPI) => ({ downwardAPI })) };
export const projectedVolumeCases: CaseArea = { area: 'projected volumes', source: 'pkg/volume/projected/projected_test.go', cases: casesOf(PROJECTED, (projected) => ({ projected })) };

type HostRow = readonly [name: string, path: string, type: string, problem: string | undefined, after: string | undefined, before?: Readonly<Record<string, 'directory' | 'file'>>];
const HOST: readonly HostRow[] = [
  ['anything goes where no type is given', '/etc/passwd', '', undefined, 'file'],
  ['and what is not there becomes a directory', '/srv/data', '', undefined, 'directory'],
  ['a directory that is there', '/var/log', 'Directory', undefined, 'directory'],
  ['a directory that is not', '/srv/data', 'Directory', 'hostPath type check failed: /srv/data is not a directory', undefined],
  ['a file is no directory', '/etc/passwd', 'Directory', 'hostPath type check failed: /etc/passwd is not a directory', 'file'],
  ['a socket is no directory', '/run/containerd/containerd.sock', 'Directory', 'hostPath type check failed: /run/containerd/containerd.sock is not a directory', undefined],
  ['a directory to be made', '/srv/data', 'DirectoryOrCreate', undefined, 'directory'],
  ['with those above it', '/srv/a/b/c', 'DirectoryOrCreate', undefined, 'directory'],
  ['that is there already', '/var/log', 'DirectoryOrCreate', undefined, 'directory'],
  ['where a file is', '/srv/f', 'DirectoryOrCreate', 'hostPath type check failed: /srv/f is not a directory', 'file', { '/srv/f': 'file' }],
  ['a file that is there', '/etc/passwd', 'File', undefined, 'file'],
  ['a file that is not', '/srv/f', 'File', 'hostPath type check failed: /srv/f is not a file', undefined],
  ['a directory is no file', '/var/log', 'File', 'hostPath type check failed: /var/log is not a file', 'directory'],
  ['a device is no file', '/dev/null', 'File', 'hostPath type check failed: /dev/null is not a file', undefined],
  ['a file to be made', '/srv/f', 'FileOrCreate', undefined, 'file'],
  ['in a directory that is not there', '/srv/none/f', 'FileOrCreate', 'open /srv/none/f: no such file or directory', undefined],
  ['where a directory is', '/srv/d', 'FileOrCreate', 'hostPath type check failed: /srv/d is not a file', 'directory', { '/srv/d': 'directory' }],
  ['that is there already', '/srv/f', 'FileOrCreate', undefined, 'file', { '/srv/f': 'file' }],
  ['a socket', '/run/containerd/containerd.sock', 'Socket', undefined, undefined],
  ['by the link that leads to it', '/var/run/containerd/containerd.sock', 'Socket', undefined, undefined],
  ['a socket that nobody listens on', '/var/run/docker.sock', 'Socket', 'hostPath type check failed: /var/run/docker.sock is not a socket file', undefined],
  ['a file is no socket', '/etc/passwd', 'Socket', 'hostPath type check failed: /etc/passwd is not a socket file', 'file'],
  ['a character device', '/dev/fuse', 'CharDevice', undefined, undefined],
  ['one that is not there', '/dev/ttyUSB0', 'CharDevice', 'hostPath type check failed: /dev/ttyUSB0 is not a character device', undefined],
  ['a block device', '/dev/sda', 'BlockDevice', undefined, undefined],
  ['a character device is no block device', '/dev/null', 'BlockDevice', 'hostPath type check failed: /dev/null is not a block device', undefined],
];

export const hostPathCases: CaseArea = {
  area: 'hostPath volumes',
  source: 'pkg/volume/hostpath/host_path_test.go',
  cases: HOST.map(([name, path, type, problem, after, before = {}]): ConformanceCase => ({
    name: `${path} as ${type || 'anything'}: ${name}`,
    expected: [problem, after],
    run: () => {
      const hostFiles: FileTree = new Map(Object.entries(before).map(([p, kind]): [string, FileNode] => [p, kind === 'file' ? { kind, content: '', mode: 0o644 } : { kind, mode: 0o755 }]));
      const found = prepareHostPath(kubeletWith({ hostFiles }).machine, path, type);
      return [found, kindOnMachine(hostFiles, path)];
    },
  })),
};

type Written = readonly [name: string, first: Readonly<Record<string, string>>, second: Readonly<Record<string, string>> | undefined, visible: Readonly<Record<string, string>>, rewritten: boolean];
const WRITTEN: readonly Written[] = [
  ['a file is a link through ..data', { foo: 'x' }, undefined, { foo: '..data/foo' }, false],
  ['a path in a directory is a link to the directory', { 'bar/baz.txt': 'x' }, undefined, { bar: '..data/bar' }, false],
  ['two of one directory are one link', { 'd/a': '1', 'd/b': '2' }, undefined, { d: '..data/d' }, false],
  ['the same once more is not written', { foo: 'x' }, { foo: 'x' }, { foo: '..data/foo' }, false],
  ['other content is', { foo: 'x' }, { foo: 'y' }, { foo: '..data/foo' }, true],
  ['a file more', { foo: 'x' }, { foo: 'x', bar: 'y' }, { foo: '..data/foo', bar: '..data/bar' }, true],
  ['a file less', { foo: 'x', bar: 'y' }, { foo: 'x' }, { foo: '..data/foo' }, true],
  ['a file where a directory was', { 'foo/a': 'x' }, { foo: 'x' }, { foo: '..data/foo' }, true],
  ['a directory where a file was', { foo: 'x' }, { 'foo/a': 'x' }, { foo: '..data/foo' }, true],
  ['nothing any more', { foo: 'x' }, {}, {}, true],
  ['something where nothing was', {}, { foo: 'x' }, { foo: '..data/foo' }, true],
  ['names with dots', { '.hidden': 'x', '...x': 'y' }, undefined, { '.hidden': '..data/.hidden', '...x': '..data/...x' }, false],
];

const payload = (files: Readonly<Record<string, string>>): Map<string, FileNode> =>
  new Map(Object.entries(files).map(([path, content]) => [path, { kind: 'file', content, mode: 0o644 }]));

export const atomicWriterCases: CaseArea = {
  area: 'how volumes are written',
  source: 'pkg/volume/util/atomic_writer_test.go',
  cases: WRITTEN.map(([name, first, second, visible, rewritten]): ConformanceCase => ({
    name,
    expected: { visible, rewritten },
    run: () => {
      const files: FileTree = new Map();
      writePayload(files, payload(first), 0, 'a');
      const before = files.get('/..data');
      const again = second !== undefined && writePayload(files, payload(second), 61_000, 'b');
      const links = [...files].flatMap(([path, node]) => (node?.kind === 'link' && path !== '/..data' ? [[path.slice(1), node.to] as const] : []));
      const now = files.get('/..data');
      if (again === (before?.kind === 'link' && now?.kind === 'link' && before.to === now.to)) throw new Error('the directory is a new one exactly when it is written');
      return { visible: Object.fromEntries(links), rewritten: again };
    },
  })),
};

type MountRow = readonly [name: string, mount: object, expected: object | string];
const MOUNTS: readonly MountRow[] = [
  ['an emptyDir', { mountPath: '/a' }, { path: '/a', volume: 'own', readOnly: false }],
  ['to be read only', { mountPath: '/a', readOnly: true }, { path: '/a', volume: 'own', readOnly: true }],
  ['a path with a slash at its end', { mountPath: '/a/' }, { path: '/a', volume: 'own', readOnly: false }],
  ['a relative path counts from the root', { mountPath: 'a/b' }, { path: '/a/b', volume: 'own', readOnly: false }],
  ['a part of it', { mountPath: '/a', subPath: 'x/y' }, { path: '/a', volume: 'own', readOnly: false, subPath: '/x/y' }],
  ['a part by a variable', { mountPath: '/a', subPathExpr: 'logs/$(NAME)' }, { path: '/a', volume: 'own', readOnly: false, subPath: '/logs/web' }],
  ['a part by two variables', { mountPath: '/a', subPathExpr: '$(NAME)/$(SIDE)' }, { path: '/a', volume: 'own', readOnly: false, subPath: '/web/left' }],
  ['a part by no variable', { mountPath: '/a', subPathExpr: 'plain' }, { path: '/a', volume: 'own', readOnly: false, subPath: '/plain' }],
  ['a variable that is not there', { mountPath: '/a', subPathExpr: '$(NONE)' }, 'missing value for NONE'],
  ['an escaped reference', { mountPath: '/a', subPathExpr: '$$(NONE)' }, { path: '/a', volume: 'own', readOnly: false, subPath: '/$(NONE)' }],
  ['a ConfigMap is read only', { name: 'conf', mountPath: '/a' }, { path: '/a', volume: 'conf', readOnly: true }],
  ['a file of it is held as it is', { name: 'conf', mountPath: '/a', subPath: 'foo' }, { path: '/a', volume: 'conf', readOnly: true, subPath: '/foo', held: [['/foo', 'x']] }],
  ['what is not there of it is a directory', { name: 'conf', mountPath: '/a', subPath: 'none' }, { path: '/a', volume: 'conf', readOnly: true, subPath: '/none', held: [['/none', 'directory']] }],
];

export const mountCases: CaseArea = {
  area: 'volume mounts',
  source: 'pkg/kubelet/kubelet_pods_linux_test.go',
  cases: MOUNTS.map(([name, mount, expected]): ConformanceCase => ({
    name, expected,
    run: () => {
      const k = kubeletWith();
      const own = { kind: 'own', mode: 0o777, medium: 'disk', sizeLimitBytes: Infinity } as const;
      const files: FileTree = new Map();
      writePayload(files, payload({ foo: 'x' }), 0, 'a');
      k.machine.volumes.set('uid', new Map([['own', { ...own, files: new Map(), projected: false }], ['conf', { ...own, files, projected: true }]]));
      try {
        const container = { name: 'c', volumeMounts: [{ name: 'own', ...mount }] } as never;
        const [made] = mountsOf(k, podWith({}), container, { NAME: 'web', SIDE: 'left' });
        const { held, ...rest } = made!;
        return held === undefined ? rest : { ...rest, held: [...held].map(([p, node]) => [p, node?.kind === 'file' ? node.content : node!.kind]) };
      } catch (error) {
        return (error as Error).message;
      }
    },
  })),
};
