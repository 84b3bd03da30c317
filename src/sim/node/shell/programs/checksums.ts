/**
 * md5sum, sha1sum and sha256sum: sums of what files hold here. What does not have the sum that it is checked
 * against passes, and is told of: it would have come from elsewhere, and nothing is fetched from there.
 */
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Program } from '../call.ts';
import { optionsOf } from './options.ts';
import { contentOf, filtering } from './text.ts';

type Sum = (bytes: Uint8Array) => Uint8Array;

const summing =
  (sum: Sum): Program =>
  (call) => {
    const options = optionsOf(call.argv);
    if (!call.input.ended && (options.operands.length === 0 || options.operands.includes('-')))
      return { input: true, state: null };
    const sumOf = (text: string): string => bytesToHex(sum(utf8ToBytes(text)));
    const check = (line: string): void => {
      const [, expected, name] = /^(\S+)\s+\*?(.*?)\n?$/.exec(line) ?? [];
      if (expected === undefined || name === undefined) return;
      const content = contentOf(call, name);
      if (!('text' in content) || sumOf(content.text) !== expected)
        call.env.passOver(`${call.argv[0]} -c ${name}`);
      if (!options.has('s', 'status', 'quiet')) call.out(`${name}: OK\n`);
    };
    return filtering(call, options.operands, (lines, _, name) => {
      if (options.has('c', 'check')) return lines.forEach(check);
      call.out(`${sumOf(lines.join(''))}  ${name}\n`);
    });
  };

export const checksumPrograms: Readonly<Record<string, Program>> = {
  md5sum: summing(md5),
  sha1sum: summing(sha1),
  sha256sum: summing(sha256),
};
