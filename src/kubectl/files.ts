/**
 * `-f` and `-k`: files, folders and standard input, as objects on their way to the server.
 * Source: staging/src/k8s.io/cli-runtime/pkg/resource/visitor.go, builder.go (`FilenameParam`).
 */
import type { ResourceDefinition } from '../sim/api/resources/definition.ts';
import type { KubeObject } from '../sim/api/types.ts';
import { KubectlError } from './errors.ts';
import { kustomized } from './kustomize.ts';
import { readDocuments } from './manifests.ts';
import type { Session } from './session.ts';
import type { FileItem } from './fileitem.ts';

/**
 * A flag's value is a line of comma-separated values, quotes included (spf13/pflag, string_slice.go):
 * `a.yaml,"b, c.yaml"`. @throws KubectlError
 */
function commaSeparated(value: string): string[] {
  const fields = [...value.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"(?=,|$)|([^",][^,"]*)?(?=,|$))/gy)];
  const read = fields.reduce((length, [whole]) => length + whole.length, 0);
  if (read !== value.length)
    throw new KubectlError(
      `invalid argument "${value}" for "-f, --filename" flag: parse error on line 1: bare " in ` +
        'non-quoted-field',
    );
  return fields.map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '');
}

/** The value of `-f` that names one path, whatever signs are in it. */
export const filenameOf = (path: string): string =>
  /[",]/.test(path) ? `"${path.replaceAll('"', '""')}"` : path;

const isManifest = (name: string): boolean => /\.(json|yaml|yml)$/.test(name);

/** Paths of manifests, folders gone through in the order of names. */
function expand(session: Session, path: string, top: boolean): string[] {
  const names = session.io.list?.(path);
  if (names === undefined) return top || isManifest(path) ? [path] : [];
  const base = path.replace(/\/+$/, '');
  return [...names].sort().flatMap((name) => {
    const child = `${base}/${name}`;
    const isFolder = session.io.list?.(child) !== undefined;
    if (isFolder && !session.flags.bool('recursive')) return [];
    return expand(session, child, false);
  });
}

function readText(session: Session, path: string): { text: string; source: string } {
  if (path === '-') {
    if (session.io.stdin === undefined) throw new KubectlError('no objects passed: standard input is empty');
    return { text: session.io.stdin, source: 'STDIN' };
  }
  if (/^https?:\/\//.test(path))
    throw new KubectlError(`the URL ${path} cannot be read: a simulated cluster has no internet`);
  try {
    return { text: session.io.readFile(path), source: path };
  } catch {
    throw new KubectlError(`the path "${path}" does not exist`);
  }
}

/**
 * All objects of the files named by -f, and what was wrong with some of them. @throws KubectlError for a path
 * that cannot be read
 */
export function readFiles(session: Session): {
  items: FileItem[];
  errors: unknown[];
  /** Whether documents were left out of them, as the caller lets it. */
  leftOut: boolean;
} {
  const { flags, cluster } = session;
  const items: FileItem[] = [];
  const errors: unknown[] = [];
  let leftOut = false;
  const tell = session.io.leftOut;
  const io: Session['io'] =
    tell === undefined
      ? session.io
      : {
          ...session.io,
          leftOut: (document) => {
            leftOut = true;
            tell(document);
          },
        };
  const take = ({ text, source }: { text: string; source: string }): void => {
    const read = readDocuments(text, source, io, cluster.resources);
    errors.push(...read.errors);
    for (const document of read.documents) {
      try {
        items.push({ ...inNamespace(session, document.object as unknown as KubeObject), source, document });
      } catch (error) {
        errors.push(error);
      }
    }
  };
  const folder = flags.text('kustomize');
  if (folder !== '') {
    if (flags.has('filename')) throw new KubectlError('only one of -f or -k can be specified');
    if (flags.bool('recursive')) throw new KubectlError("the -k flag can't be used with -f or -R");
    take({ text: kustomized(folder, io), source: folder });
    return { items, errors, leftOut };
  }
  for (const given of flags.list('filename').flatMap(commaSeparated)) {
    const paths = given === '-' ? ['-'] : expand(session, given, true);
    if (paths.length === 0) {
      throw new KubectlError(`error reading [${given}]: recognized file extensions are [.json .yaml .yml]`);
    }
    for (const path of paths) take(readText(session, path));
  }
  return { items, errors, leftOut };
}

function inNamespace(session: Session, draft: KubeObject): { info: ResourceDefinition; draft: KubeObject } {
  const info = session.cluster.resources.of(draft)!;
  if (!info.namespaced)
    return {
      info,
      draft: draft.metadata === undefined ? { ...draft, metadata: {} as KubeObject['metadata'] } : draft,
    };
  const own = draft.metadata?.namespace || undefined;
  if (own !== undefined && session.namespaceGiven && own !== session.namespace) {
    throw new KubectlError(
      `the namespace from the provided object "${own}" does not match the namespace ` +
        `"${session.namespace}". ` +
        `You must pass '--namespace=${own}' to perform this operation.`,
    );
  }
  return {
    info,
    draft:
      own === undefined ? { ...draft, metadata: { ...draft.metadata, namespace: session.namespace } } : draft,
  };
}

/** What `select` needs when -f is given; nothing when it is not. */
export function fileItems(session: Session): { fromFiles?: FileItem[]; fileErrors?: unknown[] } {
  if (!session.flags.has('filename') && !session.flags.has('kustomize')) return {};
  const { items, errors } = readFiles(session);
  return { fromFiles: items, fileErrors: errors };
}
