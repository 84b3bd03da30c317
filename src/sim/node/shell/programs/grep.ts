/** grep, egrep, fgrep. */
import type { Program } from '../call.ts';
import { absolute } from '../paths.ts';
import { basicExpression, extendedExpression, fixedText } from '../regexp.ts';
import { optionsOf } from './options.ts';
import { filtering } from './text.ts';

interface Progress {
  readonly found: number;
  readonly number: number;
  /** Lines after a match that are still to be shown. */
  readonly after: number;
}

const grep: Program = (call) => {
  const [name] = call.argv;
  const options = optionsOf(call.argv, 'eABCmf', [
    'regexp',
    'max-count',
    'include',
    'exclude',
    'file',
    'color',
  ]);
  const operands = [...options.operands];
  const patterns = [...options.values('e', 'regexp')];
  const file = options.value('f', 'file');
  if (file !== undefined)
    patterns.push(...(call.env.files.read(absolute(call.cwd, file)) ?? '').replace(/\n$/, '').split('\n'));
  if (patterns.length === 0) {
    const first = operands.shift();
    if (first === undefined) {
      call.err(
        call.env.busybox
          ? 'BusyBox v1.37.0 multi-call binary.\n\nUsage: grep [OPTIONS] PATTERN [FILE]...\n'
          : "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n",
      );
      return 2;
    }
    patterns.push(first);
  }
  const make =
    name === 'fgrep' || options.has('F', 'fixed-strings')
      ? fixedText
      : name === 'egrep' || options.has('E', 'P', 'extended-regexp', 'perl-regexp')
        ? extendedExpression
        : basicExpression;
  const flags = `g${options.has('i', 'ignore-case', 'y') ? 'i' : ''}`;
  const expressions = patterns.flatMap((p) => p.split('\n')).map((p) => make(p, flags));
  if (expressions.some((e) => e === undefined)) {
    call.err(`${name}: bad regex '${patterns[0]}'\n`);
    return 2;
  }
  const matchesIn = (line: string): string[] =>
    expressions.flatMap((e) =>
      [...line.matchAll(e!)]
        .filter((m) => {
          if (options.has('x', 'line-regexp')) return m[0] === line;
          if (!options.has('w', 'word-regexp')) return true;
          const at = m.index;
          return !/\w/.test(line[at - 1] ?? '') && !/\w/.test(line[at + m[0].length] ?? '');
        })
        .map((m) => m[0]),
    );
  const inverted = options.has('v', 'invert-match');
  const recursive = options.has('r', 'R', 'recursive');
  const paths = recursive
    ? (operands.length === 0 ? ['.'] : operands).flatMap((path) => filesBelow(call.env.files, call.cwd, path))
    : operands;
  const named = (recursive || paths.length > 1 || options.has('H')) && !options.has('h', 'no-filename');
  const quiet = options.has('q', 'quiet', 'silent');
  const most = Number(options.value('m', 'max-count') ?? Number.POSITIVE_INFINITY);
  const before = Number(options.value('B', 'C') ?? 0);
  const after = Number(options.value('A', 'C') ?? 0);
  let {
    found: total,
    number,
    after: pending,
  } = (call.state ?? { found: 0, number: 0, after: 0 }) as Progress;
  let here = total;
  const noErrors = options.has('s', 'no-messages') ? { ...call, err: () => {} } : call;
  const outcome = filtering(
    noErrors,
    paths,
    (lines, last, path) => {
      if (path !== '-') [here, number, pending] = [0, 0, 0];
      const prefix = (separator: string): string =>
        `${named ? `${path === '-' ? '(standard input)' : path}${separator}` : ''}` +
        `${options.has('n', 'line-number') ? `${number}${separator}` : ''}`;
      lines.forEach((text, i) => {
        number += 1;
        if (here >= most) return;
        const line = text.replace(/\n$/, '');
        const matches = matchesIn(line);
        if (matches.length > 0 === inverted) {
          if (pending > 0 && !quiet) call.out(`${prefix('-')}${line}\n`);
          pending -= 1;
          return;
        }
        here += 1;
        total += 1;
        if (quiet || options.has('c', 'count', 'l', 'files-with-matches', 'L')) return;
        if (options.has('o', 'only-matching'))
          for (const match of matches) call.out(match === '' ? '' : `${prefix(':')}${match}\n`);
        else {
          for (let j = Math.max(0, i - before); j < i; j++) call.out(lines[j]!.replace(/\n?$/, '\n'));
          call.out(`${prefix(':')}${line}\n`);
        }
        pending = after;
      });
      if (path === '-' && !last) return;
      if (options.has('l', 'files-with-matches') && here > 0 && !quiet)
        call.out(`${path === '-' ? '(standard input)' : path}\n`);
      else if (options.has('L') && here === 0) call.out(`${path}\n`);
      else if (options.has('c', 'count') && !quiet) call.out(`${named ? `${path}:` : ''}${here}\n`);
    },
    () => (total > 0 ? 0 : 1),
  );
  if (quiet && total > 0) return 0;
  if (typeof outcome === 'object')
    return { input: true, state: { found: total, number, after: pending } satisfies Progress };
  // A file that cannot be read is worse than one without a match.
  return outcome === 1 &&
    paths.some(
      (p) => p !== '-' && call.env.files.stat(absolute(call.cwd, p)) === undefined && !p.startsWith('/proc'),
    )
    ? 2
    : outcome;
};

/** Paths of files at and below a path, as they are reached from it. */
function filesBelow(
  files: { list(path: string): readonly string[] | undefined },
  cwd: string,
  path: string,
): string[] {
  const names = files.list(absolute(cwd, path));
  if (names === undefined) return [path];
  return names.flatMap((name) =>
    filesBelow(files, cwd, path === '/' ? `/${name}` : `${path.replace(/\/$/, '')}/${name}`),
  );
}

export const grepPrograms: Readonly<Record<string, Program>> = { grep, egrep: grep, fgrep: grep };
