/**
 * `kubectl cp`: files go from the operator's folder to a container and back. Containers' images need no tar
 * for it here, which a real one does. Source: staging/src/k8s.io/kubectl/pkg/cmd/cp/cp.go.
 */
import { fileSystemOf, type FileSystem, PROBLEM_WORDS } from '../../sim/node/files/filesystem.ts';
import { EPOCH } from '../../sim/api/time.ts';
import type { Pod } from '../../sim/api/types.ts';
import { bytesOfText, textOfBytes } from '../../sim/node/files/bytetext.ts';
import { archiveOf, member, membersOf } from '../../sim/node/shell/programs/archive.ts';
import { KubectlError } from '../errors.ts';
import { flag } from '../flags.ts';
import { type Executed, writeErr, type Session, type Verb } from '../session.ts';
import { runningContainer } from './exec.ts';
import { defaultContainer } from './logs.ts';

/** `[[namespace/]pod:]path` */
interface FileSpec {
  readonly namespace: string | undefined;
  /** '' of the operator's own. */
  readonly pod: string;
  readonly path: string;
}

const MALFORMED = 'filespec must match the canonical format: [[namespace/]pod:]file/path';

function specOf(text: string): FileSpec {
  const colon = text.indexOf(':');
  if (colon < 0) return { namespace: undefined, pod: '', path: text };
  const steps = text.slice(0, colon).split('/');
  if (colon === 0 || steps.length > 2) throw new KubectlError(MALFORMED);
  return { namespace: steps.at(-2), pod: steps.at(-1)!, path: text.slice(colon + 1) };
}

const baseOf = (path: string): string => path.replace(/\/+$/, '').split('/').at(-1) ?? '';
const parentOf = (path: string): string => path.replace(/\/+$/, '').replace(/\/?[^/]*$/, '') || '/';
const joined = (folder: string, name: string): string => `${folder.replace(/\/+$/, '')}/${name}`;

/** What tar says in the container, and with it kubectl. */
function tarFailed(session: Session, code: number, ...said: readonly string[]): number {
  for (const line of said) writeErr(session, `tar: ${line}\n`);
  writeErr(session, `command terminated with exit code ${code}\n`);
  return code;
}

function containerOf(session: Session, { namespace, pod: name }: FileSpec): { pod: Pod; container: string } {
  const pod = session.api.get('Pod', namespace ?? session.namespace, name) as Pod;
  return { pod, container: session.flags.text('container') || defaultContainer(session, pod) };
}

/** The files of a container as they are seen in it, and a path from where its programs are. */
function remote(
  session: Session,
  spec: FileSpec,
  tar: readonly string[],
): { files: FileSystem; path: string } {
  const { path } = spec;
  const { pod, container } = containerOf(session, spec);
  const { machine, running } = runningContainer(session, pod, container, ['tar', ...tar]);
  const from = running.workingDir || '/';
  return {
    files: fileSystemOf(session.cluster, machine, running),
    path: path.startsWith('/') ? path : joined(from, path),
  };
}

type Run = (command: readonly string[], stdin?: string) => Executed;

/** How commands are run in a container whose files are not seen otherwise; undefined: they are. */
function runIn(session: Session, spec: FileSpec): Run | undefined {
  const { exec } = session.io;
  if (exec === undefined) return undefined;
  const { pod, container } = containerOf(session, spec);
  const { namespace = '', name } = pod.metadata;
  return (command, stdin) => exec(namespace, name, container, command, stdin);
}

/** What tar says, and with it kubectl. */
function ended(session: Session, { stderr, code }: Executed): number {
  writeErr(session, stderr);
  if (code !== 0) writeErr(session, `command terminated with exit code ${code}\n`);
  return code;
}

/** As kubectl does it: tar unpacks in the container what is sent to it. */
function sendArchive(
  session: Session,
  run: Run,
  read: (path: string) => string | undefined,
  from: string,
  { path }: FileSpec,
): number {
  const { list } = session.io;
  const target = run(['test', '-d', path]).code === 0 ? joined(path, baseOf(from)) : path;
  const atS = Math.max(0, Math.floor((EPOCH + session.now) / 1000));
  const packed = (source: string, name: string): Uint8Array[] => {
    const names = list?.(source);
    if (names === undefined)
      return member(name, { kind: 'file', content: read(source) ?? '', mode: 0o644 }, atS);
    return [
      ...member(`${name}/`, { kind: 'directory', mode: 0o755 }, atS),
      ...[...names].sort().flatMap((inner) => packed(joined(source, inner), joined(name, inner))),
    ];
  };
  const archive = textOfBytes(archiveOf(packed(from, baseOf(target))));
  return ended(session, run(['tar', '-xmf', '-', '-C', parentOf(target)], archive));
}

function fetchArchive(
  session: Session,
  run: Run,
  writeFile: (path: string, content: string) => void,
  from: FileSpec,
  to: string,
): number {
  const result = run(['tar', 'cf', '-', from.path]);
  const code = ended(session, result);
  if (code !== 0) return code;
  const top = from.path.replace(/^\/+/, '').replace(/\/+$/, '');
  for (const { name, type, linked, content } of membersOf(bytesOfText(result.stdout))) {
    const place = `${to.replace(/\/+$/, '')}${name.slice(top.length)}`;
    if (type === '2') writeErr(session, `warning: skipping symlink: "${place}" -> "${linked}"\n`);
    else if (type === '0') writeFile(place, textOfBytes(content));
  }
  return 0;
}

function copyToPod(session: Session, from: string, to: FileSpec): number {
  const { io } = session;
  const read = (path: string): string | undefined => {
    try {
      return io.readFile(path);
    } catch {
      return undefined;
    }
  };
  if (io.list?.(from) === undefined && read(from) === undefined)
    throw new KubectlError(`${from} doesn't exist in local filesystem`);
  const run = runIn(session, to);
  if (run !== undefined) return sendArchive(session, run, read, from, to);
  const { files, path } = remote(session, to, ['-xmf', '-', '-C', parentOf(to.path)]);
  const target = files.stat(path)?.kind === 'directory' ? joined(path, baseOf(from)) : path;
  if (files.stat(parentOf(target))?.kind !== 'directory')
    return tarFailed(
      session,
      2,
      `${parentOf(target)}: Cannot open: No such file or directory`,
      'Error is not recoverable: exiting now',
    );
  const failed: string[] = [];
  const copy = (source: string, place: string): void => {
    const names = io.list?.(source);
    if (names === undefined) {
      const content = read(source);
      const problem = content === undefined ? 'ENOENT' : files.write(place, content);
      if (problem !== undefined) failed.push(`${place.slice(1)}: Cannot open: ${PROBLEM_WORDS[problem]}`);
      return;
    }
    const problem = files.stat(place)?.kind === 'directory' ? undefined : files.makeDirectory(place);
    if (problem !== undefined) {
      failed.push(`${place.slice(1)}: Cannot mkdir: ${PROBLEM_WORDS[problem]}`);
      return;
    }
    for (const name of [...names].sort()) copy(joined(source, name), joined(place, name));
  };
  copy(from, target);
  return failed.length === 0
    ? 0
    : tarFailed(session, 2, ...failed, 'Exiting with failure status due to previous errors');
}

function copyFromPod(session: Session, from: FileSpec, to: string): number {
  const { writeFile, list } = session.io;
  if (writeFile === undefined)
    throw new KubectlError(`there is nowhere to write ${to} to: what runs this command keeps no files`);
  const run = runIn(session, from);
  if (run !== undefined) return fetchArchive(session, run, writeFile, from, to);
  const { files, path } = remote(session, from, ['cf', '-', from.path]);
  if (from.path.startsWith('/')) writeErr(session, "tar: Removing leading `/' from member names\n");
  if (files.stat(path) === undefined)
    return tarFailed(
      session,
      2,
      `${from.path}: Cannot stat: No such file or directory`,
      'Exiting with failure status due to previous errors',
    );
  if (files.stat(path)!.kind === 'file' && list?.(to) !== undefined)
    throw new KubectlError(`open ${to}: is a directory`);
  const copy = (source: string, place: string): void => {
    const node = files.linkStat(source);
    if (node?.kind === 'link') writeErr(session, `warning: skipping symlink: "${place}" -> "${node.to}"\n`);
    else if (node?.kind === 'directory')
      for (const name of files.list(source) ?? []) copy(joined(source, name), joined(place, name));
    else writeFile(place, files.read(source) ?? '');
  };
  copy(path, to.replace(/\/+$/, ''));
  return 0;
}

export const cpVerb: Verb = {
  name: 'cp',
  flags: [flag('container', 'string', 'c')],
  run(session) {
    const { args } = session;
    if (args.length !== 2) throw new KubectlError('source and destination are required');
    const [from, to] = args.map(specOf) as [FileSpec, FileSpec];
    if (from.pod !== '' && to.pod !== '')
      throw new KubectlError('one of src or dest must be a local file specification');
    if (from.path === '' || to.path === '') throw new KubectlError('filepath can not be empty');
    if (from.pod !== '') return copyFromPod(session, from, to.path);
    if (to.pod !== '') return copyToPod(session, from.path, to);
    throw new KubectlError('one of src or dest must be a remote file specification');
  },
};
