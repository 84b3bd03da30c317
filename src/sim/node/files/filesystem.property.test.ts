import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { Cluster } from '../../cluster.ts';
import type { Machine, Mount, PodVolume, RuntimeContainer } from '../world.ts';
import { fileSystemOf, type FileProblem, type FileSystem } from './filesystem.ts';
import { below, DIRECTORY, isBelow, nameOf, parentOf } from './tree.ts';

let cluster: Cluster;
beforeAll(() => {
  cluster = Cluster.create({ seed: 1, nodes: 1 });
  cluster
    .client()
    .create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p', namespace: 'default' },
      spec: { containers: [{ name: 'c', image: 'busybox:1', command: ['sleep', 'infinity'] }] },
    } as never);
  cluster.pass(30_000);
});

const tree = (kind: Partial<PodVolume & { kind: 'own' }> = {}): PodVolume => ({
  kind: 'own',
  files: new Map(),
  mode: 0o777,
  medium: 'disk',
  sizeLimitBytes: Infinity,
  projected: false,
  ...kind,
});

/** The container of a fork of the cluster, with these volumes. */
function filesWith(
  mounts: readonly Mount[],
  volumes: Readonly<Record<string, PodVolume>>,
  more: Partial<RuntimeContainer> = {},
): { files: FileSystem; machine: Machine; container: RuntimeContainer; fork: Cluster } {
  const fork = cluster.fork();
  const machine = fork.world.machines.get('node-1')!;
  const container = { ...[...machine.containers.values()].at(-1)!, files: new Map(), mounts, ...more };
  machine.containers.set(container.id, container);
  machine.volumes.set(container.podUid, new Map(Object.entries(volumes)));
  return { files: fileSystemOf(fork, machine, container), machine, container, fork };
}

/** One tree of directories (null) and files, as a program sees it whatever it is made of. */
class Model {
  readonly nodes = new Map<string, string | null>([
    ['/srv', null],
    ['/srv/data', null],
  ]);

  private parent(path: string): FileProblem | undefined {
    const above = this.nodes.get(parentOf(path));
    if (above === undefined) return parentOf(path) === '/' ? undefined : 'ENOENT';
    return above === null ? undefined : 'ENOTDIR';
  }

  write(path: string, content: string): FileProblem | undefined {
    if (this.nodes.get(path) === null) return 'EISDIR';
    const problem = this.parent(path);
    if (problem === undefined) this.nodes.set(path, content);
    return problem;
  }

  makeDirectory(path: string): FileProblem | undefined {
    if (this.nodes.has(path)) return 'EEXIST';
    const problem = this.parent(path);
    if (problem === undefined) this.nodes.set(path, null);
    return problem;
  }

  private isBusy = (path: string): boolean => path === '/srv' || path === '/srv/data';

  remove(path: string): FileProblem | undefined {
    if (!this.nodes.has(path)) return 'ENOENT';
    if (this.isBusy(path)) return 'EBUSY';
    for (const known of [...this.nodes.keys()])
      if (known === path || isBelow(path, known)) this.nodes.delete(known);
    return undefined;
  }

  rename(from: string, to: string): FileProblem | undefined {
    const node = this.nodes.get(from);
    if (node === undefined) return 'ENOENT';
    if (from === to) return undefined;
    const over = this.nodes.get(to);
    if (node === null && over !== undefined) {
      if (over !== null) return 'ENOTDIR';
      if (this.list(to)!.length > 0) return 'ENOTEMPTY';
    } else if (over === null) return 'EISDIR';
    if (this.isBusy(from)) return 'EBUSY';
    const problem = this.parent(to);
    if (problem !== undefined) return problem;
    for (const [path, content] of [...this.nodes])
      if (path === from || isBelow(from, path)) {
        this.nodes.delete(path);
        this.nodes.set(to + path.slice(from.length), content);
      }
    return undefined;
  }

  list(path: string): string[] | undefined {
    if (this.nodes.get(path) !== null) return undefined;
    return [...this.nodes.keys()]
      .filter((p) => parentOf(p) === path)
      .map(nameOf)
      .sort();
  }
}

const path = fc
  .array(fc.constantFrom('a', 'b', 'data'), { minLength: 1, maxLength: 3 })
  .map((parts) => `/srv/${parts.join('/')}`);
const action = fc.oneof(
  fc.record({ do: fc.constant('write' as const), path, to: fc.constantFrom('x', 'y') }),
  fc.record({ do: fc.constant('makeDirectory' as const), path, to: fc.constant('') }),
  fc.record({ do: fc.constant('remove' as const), path, to: fc.constant('') }),
  fc
    .record({ do: fc.constant('rename' as const), path, to: path })
    // A directory is never moved into itself by a program (mv refuses before it asks).
    .filter((a) => !isBelow(a.path, a.to)),
);

describe('file systems', () => {
  it('of layers and volumes are one tree to programs, also where mounts meet', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 25 }), (actions) => {
        const { files } = filesWith([{ path: '/srv/data', volume: 'v', readOnly: false }], { v: tree() });
        const model = new Model();
        for (const a of actions) {
          const [found, wanted] =
            a.do === 'write'
              ? [files.write(a.path, a.to), model.write(a.path, a.to)]
              : a.do === 'makeDirectory'
                ? [files.makeDirectory(a.path), model.makeDirectory(a.path)]
                : a.do === 'remove'
                  ? [files.remove(a.path, true), model.remove(a.path)]
                  : [files.rename(a.path, a.to), model.rename(a.path, a.to)];
          expect([a, found]).toEqual([a, wanted]);
          for (const [known, content] of model.nodes)
            if (content === null) expect(files.list(known)).toEqual(model.list(known));
            else expect(files.read(known)).toBe(content);
          expect(files.read(a.path)).toBe(model.nodes.get(a.path) ?? undefined);
        }
      }),
    );
  });

  it('hide what the image has in a directory that was removed and made again', () => {
    const { files } = filesWith([], {}, { image: 'nginx:1' });
    const html = '/usr/share/nginx/html';
    expect(files.list(html)).toEqual(['50x.html', 'index.html']);
    expect(files.remove(html)).toBe('EISDIR');
    expect(files.remove(html, true)).toBeUndefined();
    expect([files.list(html), files.read(`${html}/index.html`)]).toEqual([undefined, undefined]);
    expect([files.makeDirectory(html), files.list(html)]).toEqual([undefined, []]);
  });

  it('follow links, and tell those that go round in circles', () => {
    const { files } = filesWith([], {});
    files.write('/tmp/real', 'content');
    files.link('/tmp/link', 'real');
    files.link('/tmp/round', 'round');
    expect([files.read('/tmp/link'), files.linkStat('/tmp/link')]).toEqual([
      'content',
      { kind: 'link', to: 'real' },
    ]);
    expect([files.read('/tmp/round'), files.write('/tmp/round', '')]).toEqual([undefined, 'ELOOP']);
    files.write('/var/run/pid', '1');
    expect(files.list('/run')).toEqual(['pid']);
  });

  it.each<[string, Mount, PodVolume, FileProblem]>([
    ['a mount to be read only', { path: '/v', volume: 'v', readOnly: true }, tree(), 'EROFS'],
    [
      'what the kubelet keeps',
      { path: '/v', volume: 'v', readOnly: false },
      tree({ projected: true }),
      'EROFS',
    ],
    [
      'memory that is full',
      { path: '/v', volume: 'v', readOnly: false },
      tree({ medium: 'memory', sizeLimitBytes: 3 }),
      'ENOSPC',
    ],
    [
      'a disk that nobody has',
      { path: '/v', volume: 'v', readOnly: false },
      { kind: 'disk', disk: 'none', readOnly: false },
      'ENOSPC',
    ],
  ])('refuse to write to %s', (_, mount, volume, problem) =>
    expect(filesWith([mount], { v: volume }).files.write(below(mount.path, 'f'), 'text')).toBe(problem),
  );

  it('refuse what a root that is read-only does not take, but let volumes take it', () => {
    const { files } = filesWith(
      [{ path: '/cache', volume: 'v', readOnly: false }],
      { v: tree() },
      { readOnlyRoot: true },
    );
    expect([files.write('/tmp/f', ''), files.write('/cache/f', '')]).toEqual(['EROFS', undefined]);
  });

  it('make directories that an undescribed image may have, and no others', () => {
    const known = filesWith([], {}, { image: 'busybox:1' }).files;
    const unknown = filesWith([], {}, { image: 'example/shop:3' }).files;
    expect([known.write('/app/f', ''), unknown.write('/app/f', '')]).toEqual(['ENOENT', undefined]);
  });

  it('show what hostPath volumes have, to every pod of the machine', () => {
    const host: PodVolume = { kind: 'host', path: '/var/lib/shop' };
    const { files, machine } = filesWith([{ path: '/v', volume: 'v', readOnly: false }], { v: host });
    machine.hostFiles.set('/var/lib/shop', DIRECTORY);
    files.write('/v/f', 'kept');
    expect(machine.hostFiles.get('/var/lib/shop/f')).toMatchObject({ content: 'kept' });
  });

  it('count bytes that are not kept', () => {
    const { files } = filesWith([{ path: '/v', volume: 'v', readOnly: false }], {
      v: tree({ medium: 'memory', sizeLimitBytes: 1000 }),
    });
    expect(files.write('/v/a', '', { bytes: 900 })).toBeUndefined();
    expect(files.write('/v/b', '', { bytes: 200 })).toBe('ENOSPC');
    expect(files.write('/v/a', 'short')).toBeUndefined();
    expect(files.write('/v/b', '', { bytes: 200 })).toBeUndefined();
  });
});
