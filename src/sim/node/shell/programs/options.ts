/** Command lines of programs as getopt(3) reads them: options anywhere, until `--`. */
export interface Options {
  /** Letters, and long names without their dashes. */
  has(...names: string[]): boolean;
  /** The last value of an option. */
  value(...names: string[]): string | undefined;
  values(...names: string[]): readonly string[];
  readonly operands: readonly string[];
}

/**
 * @param valued letters, then long names, of options that take a value
 * @param stops at the first operand, as of programs that run others
 */
export function optionsOf(
  argv: readonly string[],
  valued = '',
  longValued: readonly string[] = [],
  stops = false,
): Options {
  const given = new Map<string, string[]>();
  const operands: string[] = [];
  const add = (name: string, value = ''): void => {
    given.set(name, [...(given.get(name) ?? []), value]);
  };
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i]!;
    if (word === '--') {
      operands.push(...argv.slice(i + 1));
      break;
    }
    if (word.startsWith('--')) {
      const cut = word.indexOf('=');
      const name = word.slice(2, cut < 0 ? undefined : cut);
      if (cut >= 0) add(name, word.slice(cut + 1));
      else if (longValued.includes(name)) add(name, argv[++i]);
      else add(name);
    } else if (word.startsWith('-') && word.length > 1) {
      for (let j = 1; j < word.length; j++) {
        const letter = word[j]!;
        if (valued.includes(letter)) {
          add(letter, word.slice(j + 1) || argv[++i]);
          break;
        }
        add(letter);
      }
    } else {
      operands.push(word);
      if (stops) {
        operands.push(...argv.slice(i + 1));
        break;
      }
    }
  }
  const values = (names: readonly string[]): readonly string[] =>
    names.flatMap((name) => given.get(name) ?? []);
  return {
    has: (...names) => names.some((name) => given.has(name)),
    value: (...names) => values(names).at(-1),
    values: (...names) => values(names),
    operands,
  };
}
