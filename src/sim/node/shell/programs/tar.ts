/**
 * `tar`: what `kubectl cp` runs in a container. Archives may be compressed by gzip; what bzip2, xz and zstd
 * make is passed over.
 */
import { PROBLEM_WORDS } from '../../files/filesystem.ts';
import { bytesOfText, textOfBytes } from '../../files/bytetext.ts';
import { below } from '../../files/tree.ts';
import type { Call, Program } from '../call.ts';
import { absolute } from '../paths.ts';
import { archiveOf, member, membersOf } from './archive.ts';
import { gunzipped, gzipped, isGzipped } from './gzip.ts';
import { calledWrongly } from './usage.ts';

interface Asked {
  readonly mode: 'c' | 'x' | 't';
  /** '-': standard input or output. */
  readonly archive: string;
  readonly directory: string;
  readonly compressed?: 'gzip' | 'otherwise';
  readonly verbose: boolean;
  readonly members: readonly string[];
}

/** As getopt reads them, or, where the first word has no dash, letters whose values follow them in order. */
function askedOf({ argv, cwd }: Call): Asked | undefined {
  const words = argv.slice(1);
  const isOld = /^[a-zA-Z]/.test(words[0] ?? '');
  let letters = '';
  let archive = '-';
  let directory = cwd;
  const members: string[] = [];
  const set = (letter: string, value = ''): void => {
    if (letter === 'f') archive = value;
    else directory = absolute(directory, value);
  };
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const [, name, value] = /^--([\w-]+)(?:=(.*))?$/.exec(word) ?? [];
    if (name === 'directory' || name === 'file') set(name === 'file' ? 'f' : 'C', value ?? words[++i]);
    else if (name !== undefined)
      letters += { create: 'c', extract: 'x', get: 'x', list: 't', gzip: 'z', verbose: 'v' }[name] ?? '';
    else if ((isOld && i === 0) || /^-./.test(word)) {
      const bundle = word.replace(/^-/, '');
      for (let at = 0; at < bundle.length; at++) {
        const letter = bundle[at]!;
        letters += letter;
        if (letter !== 'f' && letter !== 'C') continue;
        const rest = isOld && i === 0 ? '' : bundle.slice(at + 1);
        set(letter, rest || words[i + 1]);
        if (rest !== '') break;
        words.splice(i + 1, 1);
      }
    } else members.push(word);
  }
  const mode = /[cxt]/.exec(letters)?.[0] as Asked['mode'] | undefined;
  if (mode === undefined) return undefined;
  const asked = { mode, archive, directory, verbose: letters.includes('v'), members };
  if (/[jJ]/.test(letters) || /\.(?:bz2|xz|zst)$/.test(archive)) return { ...asked, compressed: 'otherwise' };
  return letters.includes('z') ? { ...asked, compressed: 'gzip' } : asked;
}

/** As programs end that went on behind an error. */
function failed(call: Call): number {
  call.err(
    call.env.busybox
      ? 'tar: error exit delayed from previous errors\n'
      : 'tar: Exiting with failure status due to previous errors\n',
  );
  return call.env.busybox ? 1 : 2;
}

const say = (call: Call, name: string, doing: string, why: string): void =>
  call.err(call.env.busybox ? `tar: ${name}: ${why}\n` : `tar: ${name}: ${doing}: ${why}\n`);

function create(call: Call, { archive, directory, compressed, members, verbose }: Asked): number {
  const { files, now } = call.env;
  const parts: Uint8Array[] = [];
  let isWhole = true;
  if (members.some((name) => name.startsWith('/')))
    call.err(
      `tar: ${call.env.busybox ? "removing leading '/'" : "Removing leading `/'"} from member names\n`,
    );
  const add = (path: string, name: string): void => {
    const node = files.linkStat(path);
    if (node === undefined) {
      isWhole = false;
      return say(call, name, 'Cannot stat', PROBLEM_WORDS.ENOENT);
    }
    const shown = name.replace(/^\/+/, '').replace(/\/+$/, '') || '.';
    const of = node.kind === 'directory' ? `${shown}/` : shown;
    if (verbose) call.err(`${of}\n`);
    parts.push(...member(of, node, Math.max(0, Math.floor(now / 1000))));
    if (node.kind === 'directory')
      for (const inner of files.list(path) ?? []) add(below(path, inner), `${shown}/${inner}`);
  };
  for (const name of members) add(absolute(directory, name), name);
  const bytes = archiveOf(parts);
  const text = textOfBytes(compressed === undefined ? bytes : gzipped(bytes));
  if (archive === '-') call.out(text);
  else {
    const problem = files.write(absolute(call.cwd, archive), text);
    if (problem !== undefined) {
      say(call, archive, 'Cannot open', PROBLEM_WORDS[problem]);
      isWhole = false;
    }
  }
  return isWhole ? 0 : failed(call);
}

/** Whether a member is one of those that were named, or in one. */
const isWanted = (name: string, members: readonly string[]): boolean =>
  members.length === 0 || members.some((m) => name === m || name.startsWith(`${m.replace(/\/+$/, '')}/`));

function unpack(call: Call, asked: Asked, content: string): number {
  const { directory, compressed, members, mode, verbose } = asked;
  const { files } = call.env;
  const held = bytesOfText(content);
  const bytes = compressed === undefined && !isGzipped(held) ? held : gunzipped(held);
  if (bytes === undefined) return passOver(call, asked);
  if (mode === 'x' && files.stat(directory)?.kind !== 'directory') {
    call.err(
      call.env.busybox
        ? `tar: can't change directory to '${directory}': ${PROBLEM_WORDS.ENOENT}\n`
        : `tar: ${directory}: Cannot open: ${PROBLEM_WORDS.ENOENT}\n` +
            'tar: Error is not recoverable: exiting now\n',
    );
    return call.env.busybox ? 1 : 2;
  }
  let isWhole = true;
  for (const { name, type, mode: bits, linked, content } of membersOf(bytes)) {
    if (!isWanted(name, members)) continue;
    if (mode === 't' || verbose) call.out(`${name}\n`);
    if (mode === 't') continue;
    const path = absolute(directory, name.replace(/^\/+/, ''));
    const parent = path.slice(0, path.lastIndexOf('/')) || '/';
    const isThere = files.stat(parent)?.kind === 'directory';
    const problem =
      (isThere ? undefined : files.makeDirectory(parent, true)) ??
      (type === '5'
        ? files.stat(path)?.kind === 'directory'
          ? undefined
          : files.makeDirectory(path)
        : type === '2'
          ? files.link(path, linked)
          : files.write(path, textOfBytes(content), { mode: bits || 0o644 }));
    if (problem === undefined) continue;
    isWhole = false;
    say(call, name, type === '5' ? 'Cannot mkdir' : 'Cannot open', PROBLEM_WORDS[problem]);
  }
  return isWhole ? 0 : failed(call);
}

/** An archive that cannot be read holds nobody knows what: where it goes to is there afterwards. */
function passOver(call: Call, { directory, mode }: Asked): number {
  call.env.passOver(call.argv.slice(0, 3).join(' '));
  if (mode === 'x') call.env.files.makeDirectory(directory, true);
  return 0;
}

const tar: Program = (call) => {
  const asked = askedOf(call);
  if (asked === undefined) return calledWrongly(call);
  const { mode, archive, compressed } = asked;
  if (compressed === 'otherwise') return passOver(call, asked);
  if (mode === 'c') return create(call, asked);
  if (archive !== '-') {
    const content = call.env.files.read(absolute(call.cwd, archive));
    return content === undefined ? passOver(call, asked) : unpack(call, asked, content);
  }
  if (!call.input.ended) return { input: true, state: null };
  return unpack(call, asked, call.input.take());
};

export const tarPrograms: Readonly<Record<string, Program>> = { tar };
