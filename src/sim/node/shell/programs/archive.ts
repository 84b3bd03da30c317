/**
 * The format of archives that `tar` makes and reads. Sources: POSIX.1-2017, pax (ustar and extended headers);
 * GNU tar's long names.
 */
import { bytesOfText, textOfBytes } from '../../files/bytetext.ts';
import type { FileNode } from '../../files/tree.ts';

const BLOCK = 512;
const NAME_BYTES = 100;
/** Of zeros, behind the last member. */
const END_BYTES = 2 * BLOCK;

const octal = (value: number, width: number): string => `${value.toString(8).padStart(width - 1, '0')}\0`;

/** A header block. @param name of 100 bytes at most */
function header(
  name: string,
  type: string,
  size: number,
  mode: number,
  atS: number,
  linked = '',
): Uint8Array {
  const block = new Uint8Array(BLOCK);
  const put = (at: number, text: string): void => block.set(bytesOfText(text), at);
  put(0, name);
  put(100, octal(mode, 8) + octal(0, 8) + octal(0, 8) + octal(size, 12) + octal(atS, 12));
  put(148, '        ');
  put(156, type + linked);
  put(257, 'ustar\u000000root');
  put(297, 'root');
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(148, `${sum.toString(8).padStart(6, '0')}\0 `);
  return block;
}

const padded = (content: Uint8Array): Uint8Array[] => {
  const rest = (BLOCK - (content.length % BLOCK)) % BLOCK;
  return [content, new Uint8Array(rest)];
};

/**
 * The blocks of one member, a longer name before it where it has one.
 * @param name of a directory with a slash at its end @param atS when it was changed, in seconds
 */
export function member(name: string, node: FileNode, atS: number): Uint8Array[] {
  const content = node.kind === 'file' ? bytesOfText(node.content) : new Uint8Array();
  const type = { file: '0', directory: '5', link: '2' }[node.kind];
  const bytes = bytesOfText(name);
  const long = bytes.length > NAME_BYTES ? bytesOfText(`${name}\0`) : undefined;
  const mode = node.kind === 'link' ? 0o777 : node.mode;
  return [
    ...(long === undefined ? [] : [header('././@LongLink', 'L', long.length, 0, 0), ...padded(long)]),
    header(
      textOfBytes(bytes.subarray(0, NAME_BYTES)),
      type,
      content.length,
      mode,
      atS,
      node.kind === 'link' ? node.to : '',
    ),
    ...padded(content),
  ];
}

/** @example archiveOf(member('a', { kind: 'file', content: 'text', mode: 0o644 }, 0)) */
export function archiveOf(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, END_BYTES));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export interface Member {
  readonly name: string;
  /** `0`: a file, `2`: a link, `5`: a directory. */
  readonly type: string;
  readonly mode: number;
  readonly linked: string;
  readonly content: Uint8Array;
}

/** What an archive holds, up to its end or to where it is none. */
export function* membersOf(bytes: Uint8Array): IterableIterator<Member> {
  const text = (at: number, length: number): string =>
    textOfBytes(bytes.subarray(at, at + length)).replace(/\0[^]*$/, '');
  /** From headers before the member's own. */
  let long: { name?: string; linked?: string } = {};
  for (let at = 0; at + BLOCK <= bytes.length; ) {
    if (bytes[at] === 0 || text(at + 257, 5) !== 'ustar') return;
    const size = Number.parseInt(text(at + 124, 12), 8) || 0;
    const content = bytes.subarray(at + BLOCK, at + BLOCK + size);
    const type = text(at + 156, 1) || '0';
    const prefix = text(at + 257, 8) === 'ustar  ' ? '' : text(at + 345, 155);
    const name = text(at, NAME_BYTES);
    if (type === 'L') long.name = textOfBytes(content).replace(/\0+$/, '');
    else if (type === 'K') long.linked = textOfBytes(content).replace(/\0+$/, '');
    else if (type === 'x')
      for (const [, key, value] of textOfBytes(content).matchAll(/^\d+ (\w+)=(.*)$/gm)) {
        if (key === 'path') long.name = value!;
        if (key === 'linkpath') long.linked = value!;
      }
    else if (type !== 'g') {
      yield {
        name: long.name ?? (prefix === '' ? name : `${prefix}/${name}`),
        type,
        mode: Number.parseInt(text(at + 100, 8), 8) & 0o7777,
        linked: long.linked ?? text(at + 157, NAME_BYTES),
        content,
      };
      long = {};
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
}
