/** Files of variables: what a POSIX shell would read, and nothing that it would expand. */
import { EnvFileError, envFileValue } from '../../sim/node/kubelet/envfile.ts';
import type { CaseArea } from './area.ts';

/** Of what cannot be read. */
const WRONG = 'wrong';
type Row = readonly [name: string, content: string, key: string, expected: string | undefined];

const same = (name: string, value: string): Row => [name, `A='${value}'\nB='other'\n`, 'A', value];

const ROWS: readonly Row[] = [
  ['spaces and tabs before a name do not count', "  A='1'\n\t\tB='2'\nC='3'\n", 'B', '2'],
  ['blank lines and comments do not count', "# one\n\nA='x'\n   # two\n\nB='y'\n", 'B', 'y'],
  ['several comments and blank lines', "# one\n\n# two\nA='x'\n\n# three\nB='y'\n", 'B', 'y'],
  ['a comment behind a value', "A='x'\nB='y' # note\n", 'B', 'y'],
  ['no space before the sign', "A = 'x'\nB='y'\n", 'B', WRONG],
  ['nor before the sign of the one that is asked for', "A ='x'\nB='y'\n", 'A', WRONG],
  ['no space behind the sign', "A= 'x'\n", 'A', WRONG],
  ['one that is not declared', "A='x'\nB='y'\n", 'C', undefined],
  ['an empty file', '', 'A', undefined],
  ['a file of a comment', '# nothing', 'A', undefined],
  ['an empty value', "A='x'\nB=''\nC='z'\n", 'B', ''],
  ['an empty value before others', "A=''\nB='   '\nC='z'\n", 'A', ''],
  ['a value of spaces', "A='   '\nB='y'\n", 'A', '   '],
  ['no name', "='x'\nB='y'\n", 'B', WRONG],
  ['a line that declares nothing', "A='x'\nNOTHING\nB='y'\n", 'B', WRONG],
  ['what stands before such a line is found', "A='x'\nNOTHING\n", 'A', 'x'],
  ['a value without quotes', "A='x'\nB=y\nC='z'\n", 'B', WRONG],
  ['a value in double quotes', "A='x'\nB=\"y\"\nC='z'\n", 'B', WRONG],
  ['two quoted parts', "A='x''y'", 'A', WRONG],
  ['a quote that is not closed takes the next line in', "A='x'\nB='y\nC='z'\n", 'B', WRONG],
  ['a quote that is never closed', "A='x", 'A', WRONG],
  ['letters behind the quote', "A='x'\nB='y'z\n", 'B', WRONG],
  ['an escaped quote ends the value', "A='it\\'s'\n", 'A', WRONG],
  ['the last of a file without an end of line', "A='x'\nB='y'", 'B', 'y'],
  ['the first of one name counts', "A='x'\nA='y'\n", 'A', 'x'],
  same('a sign for comments within quotes', 'x#y'),
  same('spaces around a value', '   x y   '),
  same('spaces within a value', '  x  y  '),
  same('signs of equality', 'x=y=z'),
  same('a variable of a shell', '$VAR'),
  same('one in braces', '${VAR}'),
  same('several, and a dollar sign alone', 'x$Y-${Z}_$'),
  same('a home directory', '$HOME'),
  same('punctuation', '!@#$%^&*()_+-=[]{}|;:,.<>?/'),
  same('backslashes', 'path\\\\to\\\\file'),
  same('escapes are letters', 'one\\ntwo\\tthree'),
  same('double quotes', 'say "yes" or "no"'),
  same('letters of any script', '中文 Español 🌍'),
  same('an object of JSON', '{"name": "x", "in": {"it": 1}}'),
  same('an address', 'https://example.com/a?b=c&d=e'),
  same('markup', '<a b="c">d</a>'),
  same('a pattern', '^[a-z0-9._%+-]+@[a-z]+\\\\.[a-z]{2,}$'),
  same('several lines', 'one\n  two\n    three'),
  same('empty lines between', 'one\n\nthree\n\nfive'),
  same('spaces at the end of the last line', 'one\ntwo   '),
  same('a sign for comments at the beginning of a line', 'one\n# two\nthree'),
  same('a key', '-----BEGIN KEY-----\nb3BlbnNzaC1rZXk\n-----END KEY-----'),
  same('a program', 'for (;;) {\n  print(\\"x\\")\n}'),
];

function read(content: string, key: string): string | undefined {
  try {
    return envFileValue(content, key);
  } catch (error) {
    if (error instanceof EnvFileError) return WRONG;
    throw error;
  }
}

export const envFileCases: CaseArea = {
  area: 'files of variables',
  source: 'pkg/kubelet/util/env/env_util_test.go',
  cases: ROWS.map(([name, content, key, expected]) => ({ name, run: () => read(content, key), expected })),
};
