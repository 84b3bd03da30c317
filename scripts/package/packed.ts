/**
 * For tests: the package as its users get it. What `npm pack` makes is unpacked into a project elsewhere,
 * beside links to what is installed here of the packages it names, so that nothing is fetched.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isBuilt } from '../../bin/built.mjs';

export const ROOT = resolve(import.meta.dirname, '..', '..');

export interface Manifest {
  readonly name: string;
  readonly bin?: string | Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

export const readManifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

/** @param folder where the tarball goes. @returns its path. @throws Error when dist/ is not up to date */
export function pack(folder: string): string {
  if (!isBuilt(ROOT))
    throw new Error('what is packed is dist/, which is not up to date: run `npm run build` first');
  const told = execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const [{ filename }] = JSON.parse(told) as [{ filename: string }];
  return join(folder, filename);
}

/** What npm would install with the package. */
const installedWith = ({ dependencies, peerDependencies, peerDependenciesMeta }: Manifest): string[] => [
  ...Object.keys(dependencies ?? {}),
  ...Object.keys(peerDependencies ?? {}).filter((name) => peerDependenciesMeta?.[name]?.optional !== true),
];

/**
 * Makes a project: a copy of `template`, and its node_modules with the packed package, what is installed with
 * it, and what the project itself asks for.
 */
export function project(folder: string, tarball: string, template?: string): void {
  mkdirSync(folder, { recursive: true });
  if (template !== undefined) cpSync(template, folder, { recursive: true });
  const modules = join(folder, 'node_modules');
  const own = join(modules, 'seatrial');
  mkdirSync(own, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', own, '--strip-components=1']);
  const asked = existsSync(join(folder, 'package.json')) ? readManifest(folder) : undefined;
  const names = new Set([...installedWith(readManifest(own)), ...Object.keys(asked?.devDependencies ?? {})]);
  names.delete('seatrial');
  for (const name of names) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), join(modules, name), 'dir');
  }
  linkCommands(modules, [...names, 'seatrial']);
}

function linkCommands(modules: string, names: readonly string[]): void {
  const commands = join(modules, '.bin');
  mkdirSync(commands, { recursive: true });
  for (const name of names) {
    const { bin = {} } = readManifest(join(modules, name));
    const all = typeof bin === 'string' ? { [name.split('/').at(-1)!]: bin } : bin;
    for (const [command, file] of Object.entries(all))
      symlinkSync(join(modules, name, file), join(commands, command));
  }
}

/** Paths within a folder, links not followed. */
export const filesUnder = (folder: string, within = ''): string[] =>
  readdirSync(join(folder, within), { withFileTypes: true }).flatMap((entry) => {
    const path = within === '' ? entry.name : `${within}/${entry.name}`;
    return entry.isDirectory() ? filesUnder(folder, path) : [path];
  });
