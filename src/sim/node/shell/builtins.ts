/**
 * What a shell does itself, since a program could not do it for it (POSIX 2.14 and the Shell's own
 * utilities).
 */
import { PROBLEM_WORDS } from '../files/filesystem.ts';
import { evaluateText } from './arithmetic.ts';
import type { ShellControl } from './control.ts';
import { inputOf } from './descriptors.ts';
import { Expansion, ExpansionError, isName, setVariable } from './expand.ts';
import { absolute } from './paths.ts';
import { deviceText } from './proc.ts';
import { programNamed } from './programs/index.ts';
import { printf } from './programs/output.ts';
import { sentSignal, SIGNAL_NAMES, signalName, takeSignal } from './signals.ts';
import { frameOf, type ShellProcess } from './state.ts';

/**
 * A status; `blocked`: it is to be asked again when there is input; `moved`: it has seen to where the process
 * goes on by itself; undefined: there is something else to wait for first.
 */
type BuiltinOutcome = number | 'blocked' | 'moved' | undefined;
type Builtin = (
  shell: ShellControl,
  process: ShellProcess,
  argv: readonly string[],
  tested: boolean,
) => BuiltinOutcome;

/** Those after which assignments stay, and whose errors end the shell. */
export const SPECIAL_BUILTINS: ReadonlySet<string> = new Set(
  '. : break continue eval exec exit export readonly return set shift times trap unset'.split(' '),
);

function say(shell: ShellControl, process: ShellProcess, text: string): void {
  shell.write(process, 1, text);
}

const failed = (shell: ShellControl, process: ShellProcess, message: string, code = 1): number => {
  shell.complain(process, message);
  return code;
};

const textOf = (process: ShellProcess, name: string): string | undefined => {
  const value = process.variables.get(name)?.value;
  return typeof value === 'object' ? value[0] : value;
};

function cd(shell: ShellControl, process: ShellProcess, argv: readonly string[]): number {
  const [given] = argv.slice(1).filter((word) => word !== '--' && word !== '-P' && word !== '-L');
  const target = given === '-' ? textOf(process, 'OLDPWD') : (given ?? textOf(process, 'HOME') ?? '/');
  if (target === undefined) return failed(shell, process, 'cd: OLDPWD not set');
  const path = absolute(process.cwd, target === '' ? '.' : target);
  const node = shell.env.files.stat(path);
  // Of an image that nobody described, not all directories are known.
  if (node === undefined && shell.env.server !== undefined) shell.env.files.makeDirectory(path, true);
  else if (node?.kind !== 'directory') {
    const why = node === undefined ? PROBLEM_WORDS.ENOENT : PROBLEM_WORDS.ENOTDIR;
    return failed(
      shell,
      process,
      process.bash
        ? `cd: ${target}: ${why}`
        : shell.env.busybox
          ? `cd: can't cd to ${target}: ${why}`
          : `1: cd: can't cd to ${target}`,
      process.bash ? 1 : 2,
    );
  }
  setVariable(process, 'OLDPWD', process.cwd);
  process.cwd = path;
  setVariable(process, 'PWD', path);
  if (given === '-') say(shell, process, `${path}\n`);
  return 0;
}

/** `export`, `readonly`, `local`, `declare`: names, or names with values. */
function declaring(what: 'export' | 'readonly' | 'local' | 'declare'): Builtin {
  return (shell, process, argv) => {
    const words = argv.slice(1).filter((word) => !/^[-+]/.test(word));
    const letters = argv
      .slice(1)
      .filter((word) => /^[-+]/.test(word))
      .join('');
    if (words.length === 0 && what !== 'local') {
      const fits = [...process.variables].filter(([, v]) => (what === 'readonly' ? v.readonly : v.exported));
      const prefix = process.bash ? `declare -${what === 'readonly' ? 'r' : 'x'}` : what;
      for (const [name, { value }] of fits.sort(([a], [b]) => (a < b ? -1 : 1)))
        say(
          shell,
          process,
          `${prefix} ${name}=${shown(process, typeof value === 'string' ? value : value.join(' '))}\n`,
        );
      return 0;
    }
    // An array by names is none by numbers.
    if (letters.includes('A')) shell.env.passOver(argv.join(' '));
    const frame = process.frames.findLast(({ kind }) => kind === 'function');
    if (what === 'local' && frame === undefined) return failed(shell, process, 'local: not in a function');
    for (const word of words) {
      const cut = word.indexOf('=');
      const name = cut < 0 ? word : word.slice(0, cut);
      if (!isName(name))
        return failed(
          shell,
          process,
          process.bash
            ? `${argv[0]}: \`${word}': not a valid identifier`
            : `${argv[0]}: ${word}: bad variable name`,
          process.bash ? 1 : 2,
        );
      const known = process.variables.get(name);
      const inFunction = frame !== undefined && !letters.includes('g');
      if ((what === 'local' || (what === 'declare' && inFunction)) && !frame!.locals.has(name)) {
        frame!.locals.set(name, known);
        if (cut < 0 && process.bash) process.variables.delete(name);
      }
      if (cut >= 0) {
        const value = word.slice(cut + 1);
        setVariable(
          process,
          name,
          letters.includes('i')
            ? String(
                new Expansion(process, shell.env, shell.state).calculate(() =>
                  evaluateText(value, new Expansion(process, shell.env, shell.state)),
                ),
              )
            : value,
        );
      } else if ((letters.includes('a') || letters.includes('A')) && !process.variables.has(name))
        setVariable(process, name, []);
      const { value, exported, readonly } = process.variables.get(name) ?? {
        value: '',
        exported: false,
        readonly: false,
      };
      const exports = what === 'export' ? !letters.includes('n') : exported || letters.includes('x');
      if (cut < 0 && known === undefined && what === 'export') continue;
      if (cut < 0 && known === undefined && what === 'declare') continue;
      process.variables.set(name, {
        value,
        exported: exports,
        readonly: readonly || what === 'readonly' || letters.includes('r'),
      });
    }
    return 0;
  };
}

const shown = (process: ShellProcess, value: string): string =>
  process.bash ? JSON.stringify(value) : `'${value.replaceAll("'", `'"'"'`)}'`;

const OPTIONS: Readonly<Record<string, string>> = {
  errexit: 'e',
  nounset: 'u',
  xtrace: 'x',
  pipefail: 'p',
  allexport: 'a',
  noglob: 'f',
};

function set(shell: ShellControl, process: ShellProcess, argv: readonly string[]): number {
  if (argv.length === 1) {
    for (const [name, { value }] of [...process.variables].sort(([a], [b]) => (a < b ? -1 : 1)))
      say(shell, process, `${name}=${shown(process, typeof value === 'string' ? value : value.join(' '))}\n`);
    return 0;
  }
  const turn = (letter: string, on: boolean): void => {
    process.options = process.options.replaceAll(letter, '') + (on ? letter : '');
  };
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i]!;
    if (word === '--' || word === '-' || !/^[-+]./.test(word)) {
      process.params = argv.slice(word === '--' || word === '-' ? i + 1 : i);
      return 0;
    }
    const on = word.startsWith('-');
    for (const letter of word.slice(1)) {
      if (letter === 'o') {
        const name = argv[++i];
        if (name !== undefined && Object.hasOwn(OPTIONS, name)) turn(OPTIONS[name]!, on);
        else if (
          name !== undefined &&
          !/^(?:posix|vi|emacs|monitor|notify|noclobber|verbose|errtrace|functrace|hashall|braceexpand|history|nolog)$/.test(
            name,
          )
        )
          return failed(
            shell,
            process,
            process.bash ? `set: ${name}: invalid option name` : `set: Illegal option -o ${name}`,
            2,
          );
      } else if ('euxaf'.includes(letter)) turn(letter, on);
    }
  }
  return 0;
}

function unset(_: ShellControl, process: ShellProcess, argv: readonly string[]): number {
  const functions = argv.includes('-f');
  for (const word of argv.slice(1).filter((w) => !w.startsWith('-'))) {
    const [, array, index] = /^(\w+)\[(\d+)\]$/.exec(word) ?? [];
    const elements = array === undefined ? undefined : process.variables.get(array)?.value;
    if (process.bash && typeof elements === 'object') {
      setVariable(
        process,
        array!,
        elements.filter((_element, i) => i !== Number(index)),
      );
      continue;
    }
    if (process.variables.get(word)?.readonly === true)
      throw new ExpansionError(`unset: ${word}: is read only`, 2);
    if (functions || (!process.variables.has(word) && process.bash)) process.functions.delete(word);
    else process.variables.delete(word);
  }
  return 0;
}

/** A number that a builtin was given. @throws ExpansionError */
function count(process: ShellProcess, name: string, word: string | undefined, otherwise: number): number {
  if (word === undefined) return otherwise;
  if (!/^-?\d+$/.test(word))
    throw new ExpansionError(
      process.bash ? `${name}: ${word}: numeric argument required` : `${name}: Illegal number: ${word}`,
      2,
    );
  return Number(word);
}

/** `break` and `continue`: of the loops of this script, the outermost at most. */
function jumping(where: 'breakTo' | 'continueTo'): Builtin {
  return (_, process, argv) => {
    const frame = process.frames.at(-1)!;
    const depth = Math.max(1, count(process, argv[0]!, argv[1], 1));
    if (frame.loops.length === 0) return 0;
    const at = Math.max(0, frame.loops.length - depth);
    frame.loops.length = at + 1;
    const loop = frame.loops[at]!;
    while (frame.redirects.length > loop.redirects) process.descriptors = new Map(frame.redirects.pop()!);
    frame.at = loop[where];
    process.status = 0;
    return 'moved';
  };
}

function exit(shell: ShellControl, process: ShellProcess, argv: readonly string[]): BuiltinOutcome {
  const frame = process.frames.findLast(({ kind }) => kind === 'trap');
  const code = count(process, 'exit', argv[1], frame?.status ?? process.status) & 255;
  shell.exit(process, code);
  return 'moved';
}

function leaving(shell: ShellControl, process: ShellProcess, argv: readonly string[]): BuiltinOutcome {
  const code = count(process, 'return', argv[1], process.status) & 255;
  if (!process.frames.some(({ kind }) => kind === 'function' || kind === 'source')) {
    if (process.bash)
      return failed(shell, process, "return: can only `return' from a function or sourced script");
    shell.exit(process, code);
    return 'moved';
  }
  for (;;) {
    const { kind } = process.frames.at(-1)!;
    shell.leave(process);
    if (kind === 'function' || kind === 'source') break;
  }
  process.status = code;
  return 'moved';
}

function evaluating(
  shell: ShellControl,
  process: ShellProcess,
  argv: readonly string[],
  tested: boolean,
): BuiltinOutcome {
  const text = argv.slice(1).join(' ');
  if (text.trim() === '') return 0;
  const frame = process.frames.at(-1)!;
  shell.enter(process, frameOf('eval', { text, at: 0 }, { tested }));
  frame.at += 1;
  return 'moved';
}

function source(
  shell: ShellControl,
  process: ShellProcess,
  argv: readonly string[],
  tested: boolean,
): BuiltinOutcome {
  const [name, file, ...params] = argv;
  if (file === undefined) return failed(shell, process, `${name}: filename argument required`, 2);
  const path = absolute(process.cwd, file);
  const text = shell.env.files.read(path) ?? deviceText(path, 0, shell.env);
  if (text === undefined) {
    if (shell.env.server !== undefined && !file.startsWith('.')) {
      shell.env.passOver(`${name} ${file}`);
      return 0;
    }
    if (process.bash) return failed(shell, process, `${file}: ${PROBLEM_WORDS.ENOENT}`);
    throw new ExpansionError(
      shell.env.busybox
        ? `${name}: can't open '${file}': ${PROBLEM_WORDS.ENOENT}`
        : `1: ${name}: cannot open ${file}: No such file`,
      2,
    );
  }
  const frame = process.frames.at(-1)!;
  const given = params.length > 0 ? { params: process.params } : {};
  shell.enter(process, frameOf('source', { text, at: 0 }, { tested, ...given }));
  if (params.length > 0) process.params = params;
  frame.at += 1;
  return 'moved';
}

function exec(
  shell: ShellControl,
  process: ShellProcess,
  argv: readonly string[],
  tested: boolean,
): BuiltinOutcome {
  let words = argv.slice(1);
  while (words[0] === '-a' || words[0] === '-c' || words[0] === '--')
    words = words.slice(words[0] === '-a' ? 2 : 1);
  if (words.length === 0) return 0;
  process.frames.at(-1)!.at += 1;
  shell.launch(process, words, { assigned: new Map(), before: undefined, tested, replaces: true });
  process.traps = new Map([...process.traps].filter(([, action]) => action === ''));
  return 'moved';
}

function trap(shell: ShellControl, process: ShellProcess, argv: readonly string[]): number {
  const words = argv.slice(1).filter((word) => word !== '--');
  if (words[0] === '-l') {
    say(shell, process, `${SIGNAL_NAMES.join(' ')}\n`);
    return 0;
  }
  if (words.length === 0 || words[0] === '-p') {
    for (const [name, action] of process.traps)
      say(shell, process, `trap -- ${`'${action.replaceAll("'", `'\\''`)}'`} ${name}\n`);
    return 0;
  }
  const resets =
    words[0] === '-' || (words.length > 0 && signalName(words[0]!) !== undefined && /^\d+$/.test(words[0]!));
  const [action = '', ...names] = resets && words[0] !== '-' ? ['-', ...words] : words;
  for (const word of names) {
    const name = signalName(word);
    if (name === undefined) {
      if (word !== 'DEBUG' && word !== 'RETURN')
        shell.complain(process, `trap: ${word}: invalid signal specification`);
      continue;
    }
    if (action === '-') process.traps.delete(name);
    else process.traps.set(name, action);
  }
  return 0;
}

function wait(shell: ShellControl, process: ShellProcess, argv: readonly string[]): BuiltinOutcome {
  const words = argv.slice(1).filter((word) => !word.startsWith('-'));
  const pids = words.map((word) => {
    const job = /^%(\d+)?$/.exec(word);
    if (job !== null) return process.jobs[Number(job[1] ?? process.jobs.length) - 1] ?? -1;
    return /^\d+$/.test(word) ? Number(word) : -1;
  });
  if (words.length > 0 && pids.every((pid) => !process.jobs.includes(pid) && !process.ended.has(pid))) {
    if (process.bash) shell.complain(process, `wait: pid ${words[0]} is not a child of this shell`);
    return 127;
  }
  const one =
    argv.includes('-n') && words.length === 0
      ? process.jobs.filter((pid) => !process.ended.has(pid)).slice(0, 1)
      : undefined;
  process.frames.at(-1)!.at += 1;
  process.status = 0;
  if (words.length > 0) process.wait = { for: 'wait', pids: pids.filter((pid) => pid > 0), all: false };
  else process.wait = { for: 'wait', pids: one ?? process.jobs, all: one === undefined };
  return 'moved';
}

function read(shell: ShellControl, process: ShellProcess, argv: readonly string[]): BuiltinOutcome {
  let raw = false;
  let array = '';
  let descriptor = 0;
  let delimiter = '\n';
  let most = Number.POSITIVE_INFINITY;
  const names: string[] = [];
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i]!;
    if (!/^-./.test(word) || names.length > 0) {
      names.push(word);
      continue;
    }
    for (let j = 1; j < word.length; j++) {
      const letter = word[j]!;
      if (letter === 'r') raw = true;
      if (!'ptudnNai'.includes(letter)) continue;
      const value = word.slice(j + 1) || (argv[++i] ?? '');
      if (letter === 'a') array = value;
      if (letter === 'u') descriptor = Number(value);
      if (letter === 'd') delimiter = value.slice(0, 1) || '\0';
      if (letter === 'n' || letter === 'N') most = Number(value);
      break;
    }
  }
  const input = inputOf(shell.state, shell.env.files, process, descriptor);
  let text = '';
  let whole = false;
  const all = input.take();
  let at = 0;
  for (; at < all.length && !whole && text.length < most; at++) {
    const c = all[at]!;
    if (c === delimiter) whole = true;
    else if (c === '\\' && !raw && at + 1 < all.length) {
      at += 1;
      if (all[at] !== '\n') text += `\0${all[at]}`;
    } else text += c;
  }
  if (!whole && text.length < most && !input.ended) {
    input.back(all);
    process.wait = { for: 'input', open: process.descriptors.get(descriptor)?.open ?? 0 };
    // Asked again only when more has come than there is.
    if (all !== '') process.wait = { for: 'line', open: process.wait.open, beyond: all.length };
    return 'blocked';
  }
  input.back(all.slice(at));
  const ifs = textOf(process, 'IFS') ?? ' \t\n';
  const wanted = array !== '' ? Number.POSITIVE_INFINITY : Math.max(1, names.length);
  const fields = fieldsOf(
    text,
    ifs,
    names.length === 0 && array === '' ? 1 : wanted,
    names.length === 0 && array === '',
  );
  if (array !== '') setVariable(process, array, fields);
  else if (names.length === 0) setVariable(process, 'REPLY', fields[0] ?? '');
  else names.forEach((name, i) => setVariable(process, name, fields[i] ?? ''));
  return whole || text.length >= most ? 0 : 1;
}

/** `mapfile`, `readarray`: the lines of the input as an array. */
function mapfile(shell: ShellControl, process: ShellProcess, argv: readonly string[]): BuiltinOutcome {
  let [trims, descriptor, most, skipped, name] = [false, 0, Number.POSITIVE_INFINITY, 0, 'MAPFILE'];
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i]!;
    if (word === '-t') trims = true;
    else if (word === '-u') descriptor = Number(argv[++i]);
    else if (word === '-n') most = Number(argv[++i]) || most;
    else if (word === '-s') skipped = Number(argv[++i]);
    else if (word.startsWith('-')) i += 1;
    else name = word;
  }
  const input = inputOf(shell.state, shell.env.files, process, descriptor);
  if (!input.ended) {
    process.wait = { for: 'input', open: process.descriptors.get(descriptor)?.open ?? 0 };
    return 'blocked';
  }
  const lines = input.take().match(/[^\n]*\n|[^\n]+$/g) ?? [];
  setVariable(
    process,
    name,
    lines.slice(skipped, skipped + most).map((line) => (trims ? line.replace(/\n$/, '') : line)),
  );
  return 0;
}

/** `pushd`, `popd`, `dirs`: directories that one goes back to. */
function stacking(shell: ShellControl, process: ShellProcess, argv: readonly string[]): number {
  const known = process.variables.get('DIRSTACK')?.value;
  let below = typeof known === 'object' ? known : [];
  const { cwd } = process;
  if (argv[0] !== 'dirs') {
    const target = argv[0] === 'popd' ? below[0] : (argv[1] ?? below[0]);
    if (target === undefined)
      return failed(
        shell,
        process,
        `${argv[0]}: ${argv[0] === 'popd' ? 'directory stack empty' : 'no other directory'}`,
      );
    const code = cd(shell, process, ['cd', target]);
    if (code !== 0) return code;
    below = argv[0] === 'popd' ? below.slice(1) : [cwd, ...(argv[1] === undefined ? below.slice(1) : below)];
    setVariable(process, 'DIRSTACK', below);
  }
  say(shell, process, `${[process.cwd, ...below].join(' ')}\n`);
  return 0;
}

/** What bash has and nothing here follows: it succeeds, and is told of once. */
const passingOver: Builtin = (shell, _process, argv) => {
  shell.env.passOver(argv.join(' '));
  return 0;
};

/** `printf -v NAME`: what it writes becomes the variable's. */
function printing(
  shell: ShellControl,
  process: ShellProcess,
  [name, , variable, ...words]: readonly string[],
): number {
  let text = '';
  const code = printf({
    argv: [name!, ...words],
    env: shell.env,
    out: (more) => void (text += more),
    err: (message) => shell.write(process, 2, message),
  });
  setVariable(process, variable ?? '', text);
  return code;
}

/** Of bash alone. */
const BASH_BUILTINS: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ['dirs', stacking],
  ['mapfile', mapfile],
  ['popd', stacking],
  ['pushd', stacking],
  ['readarray', mapfile],
  ...'bg bind caller compgen complete compopt disown enable fc fg help history logout suspend'
    .split(' ')
    .map((name): [string, Builtin] => [name, passingOver]),
]);

/**
 * A line in as many fields as there are names: the last takes what is left. `\0` is before what is escaped.
 */
function fieldsOf(text: string, ifs: string, most: number, whole: boolean): string[] {
  const plain = (part: string): string => part.replaceAll(/\0(.)/gs, '$1');
  if (whole) return [plain(text)];
  const white = [...ifs].filter((c) => ' \t\n'.includes(c)).join('');
  const trimmed = (part: string): string => {
    let [from, to] = [0, part.length];
    while (from < to && white.includes(part[from]!)) from += 1;
    while (to > from && white.includes(part[to - 1]!) && part[to - 2] !== '\0') to -= 1;
    return part.slice(from, to);
  };
  const fields: string[] = [];
  let rest = trimmed(text);
  while (rest !== '' && fields.length < most - 1) {
    let end = 0;
    while (end < rest.length && !ifs.includes(rest[end]!)) end += rest[end] === '\0' ? 2 : 1;
    fields.push(plain(rest.slice(0, end)));
    while (end < rest.length && white.includes(rest[end]!)) end += 1;
    if (end < rest.length && ifs.includes(rest[end]!)) {
      end += 1;
      while (end < rest.length && white.includes(rest[end]!)) end += 1;
    }
    rest = rest.slice(end);
  }
  if (rest !== '') fields.push(plain(trimmed(rest)));
  return fields;
}

function getopts(shell: ShellControl, process: ShellProcess, argv: readonly string[]): BuiltinOutcome {
  const [, spec = '', name = 'opt', ...given] = argv;
  const words = given.length > 0 ? given : process.params;
  const index = Number(textOf(process, 'OPTIND') ?? 1);
  const at = Number(process.variables.get(' OPTAT')?.value ?? 1);
  const word = words[index - 1];
  const put = (key: string, value: string): void => setVariable(process, key, value);
  if (word === undefined || !/^-./.test(word) || word === '--') {
    if (word === '--') put('OPTIND', String(index + 1));
    put(name, '?');
    put(' OPTAT', '1');
    return 1;
  }
  const letter = word[at]!;
  const known = spec.replace(/^:/, '').indexOf(letter);
  const takes = known >= 0 && spec.replace(/^:/, '')[known + 1] === ':';
  const last = at + 1 >= word.length;
  let next = last ? index + 1 : index;
  process.variables.delete('OPTARG');
  if (known < 0 || letter === ':') {
    put(name, '?');
    if (spec.startsWith(':')) put('OPTARG', letter);
    else shell.complain(process, process.bash ? `illegal option -- ${letter}` : `Illegal option -${letter}`);
  } else if (takes) {
    const value = last ? words[index] : word.slice(at + 1);
    next = index + (last ? 2 : 1);
    if (value === undefined) {
      put(name, spec.startsWith(':') ? ':' : '?');
      if (spec.startsWith(':')) put('OPTARG', letter);
      else
        shell.complain(
          process,
          process.bash ? `option requires an argument -- ${letter}` : `No arg for -${letter} option`,
        );
    } else {
      put(name, letter);
      put('OPTARG', value);
    }
  } else put(name, letter);
  put('OPTIND', String(next));
  put(' OPTAT', next === index ? String(at + 1) : '1');
  return 0;
}

/** Programs that shells have in themselves. */
const AS_BUILTINS: ReadonlySet<string> = new Set('echo printf test [ true false'.split(' '));

/** `command -v`, `type`, `which`: what a name stands for. */
function whatIs(shell: ShellControl, process: ShellProcess, name: string): string | undefined {
  if (process.functions.has(name) || builtinFor(process, [name]) !== undefined || AS_BUILTINS.has(name))
    return name;
  if (name.includes('/'))
    return shell.env.files.stat(absolute(process.cwd, name)) === undefined ? undefined : name;
  return programNamed(name) !== undefined || /^(?:ba|a|da)?sh$/.test(name) ? `/bin/${name}` : undefined;
}

function command(
  shell: ShellControl,
  process: ShellProcess,
  argv: readonly string[],
  tested: boolean,
): BuiltinOutcome {
  const words = argv.slice(1);
  if (words[0] === '-v' || words[0] === '-V') {
    const found = whatIs(shell, process, words[1] ?? '');
    if (found !== undefined)
      say(shell, process, `${words[0] === '-V' ? `${words[1]} is ${found}` : found}\n`);
    return found === undefined ? (process.bash || shell.env.busybox ? 1 : 127) : 0;
  }
  while (words[0] === '-p' || words[0] === '--') words.shift();
  if (words.length === 0) return 0;
  const builtin = builtinFor(process, words);
  if (builtin !== undefined) return builtin(shell, process, words, tested);
  process.frames.at(-1)!.at += 1;
  shell.launch(process, words, { assigned: new Map(), before: process.descriptors, tested, replaces: false });
  return 'moved';
}

function type(shell: ShellControl, process: ShellProcess, argv: readonly string[]): number {
  let code = 0;
  for (const name of argv.slice(1).filter((word) => !word.startsWith('-'))) {
    const found = whatIs(shell, process, name);
    if (found === undefined) {
      shell.complain(process, process.bash ? `type: ${name}: not found` : `${name}: not found`);
      code = process.bash ? 1 : 127;
    } else if (argv.includes('-p') || argv.includes('-P')) say(shell, process, `${found}\n`);
    else
      say(
        shell,
        process,
        `${name} is` +
          ` ${process.functions.has(name) ? 'a function' : found === name ? 'a shell builtin' : found}\n`,
      );
  }
  return code;
}

function kill(shell: ShellControl, process: ShellProcess, argv: readonly string[]): number {
  const words = argv.slice(1);
  if (words[0] === '-l') {
    say(shell, process, `${SIGNAL_NAMES.join(' ')}\n`);
    return 0;
  }
  const name = takeSignal(words);
  const signal = sentSignal(name);
  if (signal === undefined)
    return failed(
      shell,
      process,
      process.bash
        ? `kill: ${name}: invalid signal specification`
        : `kill: invalid signal number or name: ${name}`,
    );
  if (words.length === 0) return failed(shell, process, 'you need to specify whom to kill', 2);
  let code = 0;
  for (const word of words) {
    const job = /^%(\d+)$/.exec(word);
    const pid = job === null ? Number(word) : (process.jobs[Number(job[1]) - 1] ?? Number.NaN);
    if (!Number.isInteger(pid) || !shell.kill(pid, signal)) {
      shell.complain(
        process,
        process.bash ? `kill: (${word}) - No such process` : `can't kill pid ${word}: No such process`,
      );
      code = 1;
    }
  }
  return process.exit === undefined ? code : 0;
}

function shift(shell: ShellControl, process: ShellProcess, argv: readonly string[]): BuiltinOutcome {
  const many = count(process, 'shift', argv[1], 1);
  if (many > process.params.length) {
    if (process.bash) return 1;
    if (shell.env.busybox) return 1;
    throw new ExpansionError("shift: can't shift that many", 2);
  }
  process.params = process.params.slice(many);
  return 0;
}

function letting(shell: ShellControl, process: ShellProcess, argv: readonly string[]): number {
  const expansion = new Expansion(process, shell.env, shell.state);
  let value = 0n;
  for (const text of argv.slice(1)) value = expansion.calculate(() => evaluateText(text, expansion));
  return value === 0n ? 1 : 0;
}

const BUILTINS: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  [':', () => 0],
  ['.', source],
  ['source', source],
  ['alias', () => 0],
  ['break', jumping('breakTo')],
  ['cd', cd],
  ['command', command],
  ['continue', jumping('continueTo')],
  ['declare', declaring('declare')],
  ['eval', evaluating],
  ['exec', exec],
  ['exit', exit],
  ['export', declaring('export')],
  ['getopts', getopts],
  ['hash', () => 0],
  ['jobs', () => 0],
  ['kill', kill],
  ['let', letting],
  ['local', declaring('local')],
  [
    'pwd',
    (shell, process) => {
      say(shell, process, `${process.cwd}\n`);
      return 0;
    },
  ],
  ['read', read],
  ['readonly', declaring('readonly')],
  ['return', leaving],
  ['set', set],
  ['shift', shift],
  ['shopt', () => 0],
  ['times', () => 0],
  ['trap', trap],
  ['type', type],
  ['typeset', declaring('declare')],
  [
    'ulimit',
    (shell, process, argv) => {
      if (!argv.slice(1).some((word) => /^\d+$|^unlimited$/.test(word)))
        say(shell, process, argv.includes('-n') ? '1048576\n' : 'unlimited\n');
      return 0;
    },
  ],
  [
    'umask',
    (shell, process, argv) => {
      if (argv.length === 1) say(shell, process, '0022\n');
      return 0;
    },
  ],
  ['unalias', () => 0],
  ['unset', unset],
  ['wait', wait],
]);

/** The builtin that a command line is for. */
export function builtinFor(process: ShellProcess, argv: readonly string[]): Builtin | undefined {
  const name = argv[0]!;
  if (!process.bash) return BUILTINS.get(name);
  return name === 'printf' && argv[1] === '-v' ? printing : (BUILTINS.get(name) ?? BASH_BUILTINS.get(name));
}
