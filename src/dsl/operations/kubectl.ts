import { wrong } from '../errors.ts';
import { runLine } from '../operator.ts';
import { type OperationFamily } from '../types.ts';
import type { KubectlOperation } from './operation.ts';

/** A line that ends in a backslash goes on in the next; lines that begin with `#` are comments. */
function linesOf(text: string): string[] {
  const lines = text
    .replace(/\\\r?\n\s*/g, ' ')
    .split(/\r?\n/)
    .map((l) => l.trim())
    .filter((l) => l !== '' && !l.startsWith('#'));
  if (lines.length === 0) throw wrong('noLine', {});
  return lines;
}

export const kubectl: OperationFamily<KubectlOperation> = {
  op: 'kubectl',
  role: 'act',
  keyword: 'When',
  phrases: [
    {
      en: 'I run {string:line}',
      ja: '{line}を実行する',
      about:
        'a kubectl line; an error fails the step, unless `the command fails with …` follows: no other ' +
        'claim makes a failure expected',
      build: ({ line }: { line: string }) => ({ op: 'kubectl', lines: [line] }),
      said: ({ lines, user }) => (lines.length === 1 && user === undefined ? { line: lines[0] } : undefined),
    },
    {
      en: 'I run {string:line} as user {string:user}',
      ja: 'ユーザー{user}として{line}を実行する',
      about: 'the same with the certificate of a user, by what he may do',
      build: ({ line, user }: { line: string; user: string }) => ({ op: 'kubectl', lines: [line], user }),
      said: ({ lines, user }) =>
        lines.length === 1 && user !== undefined ? { line: lines[0], user } : undefined,
    },
    {
      en: 'I run:',
      ja: '次を実行する:',
      about: 'several lines, in a doc string',
      docString: 'text',
      build: ({ text }: { text: string }) => ({ op: 'kubectl', lines: linesOf(text) }),
      said: ({ lines }) => ({ text: lines.join('\n') }),
    },
  ],
  commands: true,
  play({ lines, user }, { session, mayFail, passed }) {
    for (const [i, line] of lines.entries())
      runLine(session, line, mayFail && i === lines.length - 1, { user, passed });
  },
};
