/** Redirections (POSIX 2.7): what they name, and the descriptors that a command has by them. */
import type { Redirection } from 'unbash';
import { PROBLEM_WORDS } from '../files/filesystem.ts';
import { addOpen } from './descriptors.ts';
import type { ShellEnv } from './env.ts';
import type { Expansion } from './expand.ts';
import { absolute } from './paths.ts';
import { dynamicFile } from './proc.ts';
import type { Descriptor, ShellProcess, ShellState } from './state.ts';

export interface Resolved {
  readonly operator: string;
  readonly descriptor: number | undefined;
  /** A path, a descriptor, or the text of a here-document. */
  readonly target: string;
}

/** @throws Suspension, ExpansionError */
export function resolveRedirection(expansion: Expansion, redirection: Redirection): Resolved {
  const { descriptor: given, operator } = redirection;
  const descriptor = given?.type === 'FileDescriptor' ? given.value : undefined;
  if (redirection.type === 'HereDoc')
    return { operator, descriptor, target: expansion.hereDocument(redirection) };
  const text = redirection.target === undefined ? '' : expansion.text(redirection.target);
  return { operator, descriptor, target: redirection.type === 'HereString' ? `${text}\n` : text };
}

/**
 * The descriptors of a process once redirections are made; nothing of the process changes.
 * @returns with the words of the shell where one cannot be made
 */
export function redirected(
  state: ShellState,
  env: ShellEnv,
  process: ShellProcess,
  redirections: readonly Resolved[],
): { readonly descriptors: Map<number, Descriptor>; readonly problem?: string } {
  if (redirections.length === 0) return { descriptors: process.descriptors };
  const descriptors = new Map(process.descriptors);
  for (const { operator, descriptor, target } of redirections) {
    const reads = operator.startsWith('<');
    const at = descriptor ?? (reads ? 0 : 1);
    if (operator === '<<' || operator === '<<-' || operator === '<<<') {
      descriptors.set(at, { open: addOpen(state, { kind: 'text', text: target }), writes: false });
      continue;
    }
    if (operator === '<&' || (operator === '>&' && /^(?:\d+|-|\d+-)$/.test(target))) {
      if (target === '-') {
        descriptors.delete(at);
        continue;
      }
      const source = descriptors.get(Number(target.replace('-', '')));
      if (source === undefined) return { descriptors, problem: `${target}: Bad file descriptor` };
      descriptors.set(at, source);
      if (target.endsWith('-')) descriptors.delete(Number(target.slice(0, -1)));
      continue;
    }
    const both = operator === '&>' || operator === '&>>' || operator === '>&';
    const opened = openPath(state, env, process, descriptors, operator, target);
    if (typeof opened === 'string') return { descriptors, problem: opened };
    descriptors.set(at, opened);
    if (both) descriptors.set(2, opened);
  }
  return { descriptors };
}

function openPath(
  state: ShellState,
  env: ShellEnv,
  process: ShellProcess,
  descriptors: ReadonlyMap<number, Descriptor>,
  operator: string,
  target: string,
): Descriptor | string {
  const reads = operator === '<';
  const path = absolute(process.cwd, target);
  const device = deviceAt(path, descriptors);
  if (device !== undefined) return device;
  const port = /^\/dev\/(?:tcp|udp)\/([^/]+)\/(\d+)$/.exec(path);
  if (port !== null && process.bash) {
    const { kind } = env.network.connect(port[1]!, Number(port[2]), 120_000);
    if (kind === 'open') return { open: 0, writes: !reads };
    const why =
      kind === 'refused'
        ? 'Connection refused'
        : kind === 'timedOut'
          ? 'Connection timed out'
          : 'Name or service not known';
    return `${target}: ${why}`;
  }
  const refused = (why: string): string => {
    if (process.bash) return `${target}: ${why}`;
    const missing = why === PROBLEM_WORDS.ENOENT;
    if (env.busybox)
      return reads
        ? `can't open ${target}: ${missing ? 'no such file' : why}`
        : `can't create ${target}: ${missing ? 'nonexistent directory' : why}`;
    return reads
      ? `1: cannot open ${target}: ${missing ? 'No such file' : why}`
      : `1: cannot create ${target}: ${missing ? 'Directory nonexistent' : why}`;
  };
  const { files } = env;
  if (reads || operator === '<>') {
    const node = files.stat(path);
    if (node?.kind === 'directory') return refused(PROBLEM_WORDS.EISDIR);
    const made = node === undefined ? dynamicFile(path, env) : undefined;
    if (made !== undefined) return { open: addOpen(state, { kind: 'text', text: made }), writes: false };
    if (reads && node === undefined) return refused(PROBLEM_WORDS.ENOENT);
    return { open: addOpen(state, { kind: 'file', path, offset: 0, append: false }), writes: !reads };
  }
  if (/^\/(?:proc|sys)\//.test(path)) return { open: 0, writes: true };
  const append = operator.endsWith('>>');
  const problem = files.write(path, '', append ? { append: true } : {});
  if (problem !== undefined) return refused(PROBLEM_WORDS[problem]);
  return { open: addOpen(state, { kind: 'file', path, offset: 0, append }), writes: true };
}

/** What is no file: `/dev/null`, and the names of descriptors. */
function deviceAt(path: string, descriptors: ReadonlyMap<number, Descriptor>): Descriptor | undefined {
  if (['/dev/null', '/dev/tty', '/dev/full', '/dev/zero', '/dev/console'].includes(path))
    return { open: 0, writes: true };
  const container = /^\/proc\/1\/fd\/([12])$/.exec(path);
  if (container !== null) return { open: Number(container[1]), writes: true };
  const own =
    { '/dev/stdin': '0', '/dev/stdout': '1', '/dev/stderr': '2' }[path] ??
    /^\/(?:dev|proc\/self)\/fd\/(\d+)$/.exec(path)?.[1];
  return own === undefined ? undefined : descriptors.get(Number(own));
}
