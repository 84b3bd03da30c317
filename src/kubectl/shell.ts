/**
 * Splits a command line as a POSIX shell does: quotes, escapes, and a pipe into grep. Nothing is expanded.
 * Only for lines that somebody wrote: what the code asks of kubectl is a list of arguments from the start.
 */

export interface ShellCommand {
  readonly argv: readonly string[];
  /** Patterns of `| grep …` tails, in order. */
  readonly greps: readonly {
    readonly pattern: string;
    readonly ignoreCase: boolean;
    readonly invert: boolean;
  }[];
}

/** A line that a shell would not take. `message` says why. */
export class ShellError extends Error {}

/** Words of each command of a pipeline. @throws ShellError */
export function shellWords(line: string): string[][] {
  if (!/['"\\|;&<>]/.test(line)) return [line.split(/\s+/).filter((w) => w !== '')];
  const commands: string[][] = [[]];
  let word = '';
  let inWord = false;
  const end = (): void => {
    if (inWord) commands[commands.length - 1]!.push(word);
    word = '';
    inWord = false;
  };
  for (let i = 0; i < line.length; i += 1) {
    const c = line[i]!;
    if (c === "'") {
      const close = line.indexOf("'", i + 1);
      if (close < 0) throw new ShellError(`unterminated ' quote: ${line}`);
      word += line.slice(i + 1, close);
      inWord = true;
      i = close;
    } else if (c === '"') {
      inWord = true;
      i += 1;
      for (;;) {
        if (i >= line.length) throw new ShellError(`unterminated " quote: ${line}`);
        const d = line[i]!;
        if (d === '"') break;
        if (d === '\\' && '"\\$`\n'.includes(line[i + 1] ?? ' ')) {
          i += 1;
          if (line[i] !== '\n') word += line[i];
        } else word += d;
        i += 1;
      }
    } else if (c === '\\') {
      i += 1;
      if (i < line.length && line[i] !== '\n') {
        word += line[i];
        inWord = true;
      }
    } else if (c === '|') {
      end();
      commands.push([]);
    } else if (/\s/.test(c)) end();
    else if (c === ';' || c === '&' || c === '<' || c === '>') {
      throw new ShellError(
        `"${c}" is not supported here: one kubectl command a line, at most piped into grep`,
      );
    } else {
      word += c;
      inWord = true;
    }
  }
  end();
  return commands;
}

/** @throws ShellError */
export function parseShell(line: string): ShellCommand {
  const commands = shellWords(line.trim().replace(/^\$\s+/, ''));
  const first = commands[0]!;
  const argv = first[0] === 'kubectl' || first[0] === 'k' ? first.slice(1) : first;
  const greps = commands.slice(1).map((command) => {
    if (command[0] !== 'grep')
      throw new ShellError(`cannot pipe into "${command[0] ?? ''}": only grep is supported`);
    let ignoreCase = false;
    let invert = false;
    const rest: string[] = [];
    for (const arg of command.slice(1)) {
      if (/^-[eEivF]+$/.test(arg) && rest.length === 0) {
        ignoreCase ||= arg.includes('i');
        invert ||= arg.includes('v');
      } else rest.push(arg);
    }
    if (rest.length !== 1) throw new ShellError('usage: … | grep [-i] [-v] PATTERN');
    try {
      new RegExp(rest[0]!);
    } catch {
      throw new ShellError(`grep: invalid pattern: ${rest[0]}`);
    }
    return { pattern: rest[0]!, ignoreCase, invert };
  });
  return { argv, greps };
}

const quoted = (word: string): string =>
  /^[\p{L}\p{N}@%+=:,./_-]+$/u.test(word) ? word : `'${word.replace(/'/g, `'\\''`)}'`;

/** A command as it would be typed: the inverse of `parseShell`. */
export const shellLine = (argv: readonly string[]): string => ['kubectl', ...argv.map(quoted)].join(' ');

/** What grep lets through; ok is false when nothing is. */
export function applyGreps(text: string, greps: ShellCommand['greps']): { text: string; ok: boolean } {
  let lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  for (const g of greps) {
    const pattern = new RegExp(g.pattern, g.ignoreCase ? 'i' : '');
    lines = lines.filter((l) => pattern.test(l) !== g.invert);
  }
  return { text: lines.map((l) => `${l}\n`).join(''), ok: lines.length > 0 };
}
