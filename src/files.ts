/** Files on disk, as the steps of a scenario name them. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Files } from './dsl/types.ts';

/** Programs that render a folder: kustomize itself, or the one that is in kubectl. */
const KUSTOMIZE: readonly (readonly [program: string, ...args: string[]])[] = [
  ['kustomize', 'build'],
  ['kubectl', 'kustomize'],
];
/** Bases may be fetched from elsewhere. */
const KUSTOMIZE_MS = 60_000;
const KUSTOMIZE_BYTES = 64 * 1024 * 1024;

/** @throws Error with what the program says, or that there is none */
function kustomize(folder: string): string {
  for (const [program, ...args] of KUSTOMIZE) {
    const { error, status, stdout, stderr } = spawnSync(program, [...args, folder], {
      encoding: 'utf8',
      timeout: KUSTOMIZE_MS,
      maxBuffer: KUSTOMIZE_BYTES,
    });
    if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') continue;
    if (error !== undefined) throw new Error(`${program} did not end: ${error.message}`);
    if (status !== 0) throw new Error(stderr);
    return stdout;
  }
  throw new Error(
    `neither kustomize nor kubectl is there to render ${folder}: install one of them, or write what it ` +
      'makes to a file elsewhere (kubectl kustomize DIR > FILE) and apply that (kubectl apply -f FILE)',
  );
}

/**
 * Files of a folder: relative paths begin there, absolute ones are taken as they are. Folders with a
 * kustomization are rendered by `kustomize` or `kubectl`, where one of them is installed.
 * @param folder a path, or a URL of the scheme `file:`
 * @example new Scenario({ files: filesIn('manifests') })
 */
export function filesIn(folder: string | URL): Files {
  const root = typeof folder === 'string' ? folder : fileURLToPath(folder);
  const resolve = (path: string): string => (isAbsolute(path) ? path : join(root, path));
  const rendered = new Map<string, string>();
  return {
    readFile: (path) => readFileSync(resolve(path), 'utf8'),
    list: (path) => {
      const at = resolve(path);
      return existsSync(at) && statSync(at).isDirectory() ? readdirSync(at).sort() : undefined;
    },
    // A scenario is played many times, and its files are as they are.
    kustomize: (folder) => {
      const text = rendered.get(folder) ?? kustomize(resolve(folder));
      rendered.set(folder, text);
      return text;
    },
  };
}
