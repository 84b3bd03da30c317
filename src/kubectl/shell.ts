/**
 * Command lines as people write them: one kubectl command, whose words are split here as a POSIX shell splits
 * them, or something for a shell. What the code asks of kubectl is a list of arguments from the start.
 */

/** A line that a shell would not take. `message` says why. */
export class ShellError extends Error {}

/**
 * Words of a line; undefined where signs stand outside of quotes that are a shell's to read.
 * @throws ShellError
 */
function split(line: string): string[] | undefined {
  const words: string[] = [];
  let word = '';
  let inWord = false;
  const end = (): void => {
    if (inWord) words.push(word);
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
        if (d === '$' || d === '`') return undefined;
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
    } else if (';&|<>$`\n'.includes(c)) return undefined;
    else if (/\s/.test(c)) end();
    else {
      word += c;
      inWord = true;
    }
  }
  end();
  return words;
}

/** Words of one command. @throws ShellError */
export function shellWords(line: string): string[] {
  const words = split(line);
  if (words === undefined) throw new ShellError(`one command, without the signs of a shell: ${line}`);
  return words;
}

/** A line as it is typed, without the prompt that documents put in front. */
export const typed = (line: string): string => line.trim().replace(/^\$\s+/, '');

/**
 * Arguments of a line that is one kubectl command, `kubectl` in front or not; undefined where it is something
 * for a shell. @param isCommand whether kubectl has a command of that name @throws ShellError
 */
export function kubectlArguments(
  line: string,
  isCommand: (name: string) => boolean = () => true,
): string[] | undefined {
  const words = split(typed(line));
  if (words === undefined) return undefined;
  const [first = ''] = words;
  if (first === 'kubectl' || first === 'k') return words.slice(1);
  return isCommand(first) || first.startsWith('-') || first === '' ? words : undefined;
}

const quoted = (word: string): string =>
  /^[\p{L}\p{N}@%+=:,./_-]+$/u.test(word) ? word : `'${word.replace(/'/g, `'\\''`)}'`;

/** A command as it would be typed: the inverse of `kubectlArguments`. */
export const shellLine = (argv: readonly string[]): string => ['kubectl', ...argv.map(quoted)].join(' ');
