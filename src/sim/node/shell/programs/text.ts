/** Programs that pass text on, whole or in part: cat, head, tail, tee, wc, and their like. */
import { PROBLEM_WORDS } from '../../files/filesystem.ts';
import { type Call, FOREVER, type Outcome, type Program } from '../call.ts';
import { absolute } from '../paths.ts';
import { deviceText, dynamicFile } from '../proc.ts';
import { optionsOf } from './options.ts';

/** Content of a file, or why there is none. */
export function contentOf(call: Call, given: string): { readonly text: string } | { readonly why: string } {
  const path = absolute(call.cwd, given);
  const { files } = call.env;
  const node = files.stat(path);
  if (node?.kind === 'directory') return { why: PROBLEM_WORDS.EISDIR };
  if (node?.kind === 'file') return { text: node.content };
  const descriptor = /^\/(?:dev|proc\/self)\/fd\/(\d+)$/.exec(path)?.[1];
  const opened = descriptor === undefined ? undefined : call.opened(Number(descriptor));
  if (opened !== undefined) return { text: opened.take() };
  const made = dynamicFile(path, call.env) ?? deviceText(path, 65_536, call.env);
  return made === undefined ? { why: whyNothing(call, given) } : { text: made };
}

/** Why nothing is at a path: a file is on the way to it, or there is no such thing. */
export function whyNothing(call: Call, given: string): string {
  const parts = absolute(call.cwd, given).split('/').slice(1, -1);
  const passed = parts.map((_, i) => `/${parts.slice(0, i + 1).join('/')}`);
  return passed.some((path) => call.env.files.stat(path)?.kind === 'file')
    ? PROBLEM_WORDS.ENOTDIR
    : PROBLEM_WORDS.ENOENT;
}

export const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/**
 * What a filter does with the files it is given, or with what comes on standard input while it comes.
 * @param each lines with their ends, and whether they are the last
 */
export function filtering(
  call: Call,
  operands: readonly string[],
  each: (lines: readonly string[], last: boolean, name: string) => void,
  code: () => number = () => 0,
): Outcome {
  if (operands.length === 0 || (operands.length === 1 && operands[0] === '-')) {
    const { ended } = call.input;
    const text = call.input.take();
    const cut = ended ? text.length : text.lastIndexOf('\n') + 1;
    if (cut < text.length) call.input.back(text.slice(cut));
    each(linesOf(text.slice(0, cut)), ended, '-');
    return ended ? code() : { input: true, state: call.state ?? null };
  }
  let problem = false;
  operands.forEach((operand, i) => {
    const content = operand === '-' ? { text: call.input.take() } : contentOf(call, operand);
    if ('why' in content) {
      call.err(`${call.argv[0]}: ${refusal(call, operand, content.why)}\n`);
      problem = true;
    } else each(linesOf(content.text), i === operands.length - 1, operand);
  });
  return problem ? Math.max(unreadable(call), code()) : code();
}

/** With what programs end that cannot read a file; others: 1. */
const unreadable = ({ argv: [program], env }: Call): number =>
  program === 'sort' || (program === 'awk' && !env.busybox) ? 2 : 1;
/** Programs of BusyBox that say what they did in vain. */
const OPENS = ['cat', 'tail', 'uniq', 'md5sum', 'sha1sum', 'sha256sum'];

/** How a program words that it cannot read a file: BusyBox, and GNU's own ways. */
function refusal(call: Call, operand: string, why: string): string {
  const [program] = call.argv;
  if (call.env.busybox) {
    if (why === PROBLEM_WORDS.EISDIR)
      return program === 'head' ? `${operand}: Input/output error` : 'read error: Is a directory';
    return OPENS.includes(program!) ? `can't open '${operand}': ${why}` : `${operand}: ${why}`;
  }
  if (why === PROBLEM_WORDS.EISDIR)
    return program === 'head' || program === 'tail'
      ? `error reading '${operand}': ${why}`
      : program === 'sed'
        ? `couldn't edit ${operand}: not a regular file`
        : `${operand}: ${why}`;
  if (program === 'head' || program === 'tail') return `cannot open '${operand}' for reading: ${why}`;
  if (program === 'tac') return `failed to open '${operand}' for reading: ${why}`;
  if (program === 'rev') return `cannot open ${operand}: ${why}`;
  if (program === 'awk') return `cannot open ${operand} (${why})`;
  if (program === 'sed') return `can't read ${operand}: ${why}`;
  if (program === 'sort') return `cannot read: ${operand}: ${why}`;
  return `${operand}: ${why}`;
}

const cat: Program = (call) => {
  const options = optionsOf(call.argv);
  const numbers = options.has('n', 'number', 'b');
  let number = Number(call.state ?? 0);
  const outcome = filtering(call, options.operands, (lines) => {
    for (const line of lines) {
      number += 1;
      const shown = options.has('A', 'E', 'e', 'show-ends') ? line.replace(/\n$/, '$\n') : line;
      call.out(numbers ? `${String(number).padStart(6)}\t${shown}` : shown);
    }
  });
  return typeof outcome === 'object' && 'input' in outcome ? { ...outcome, state: number } : outcome;
};

const tac: Program = (call) =>
  whole(call, optionsOf(call.argv).operands, (text) =>
    call.out(
      linesOf(text)
        .reverse()
        .map((l) => (l.endsWith('\n') ? l : `${l}\n`))
        .join(''),
    ),
  );

/** Of programs that need all of their input before they say anything. */
export function whole(
  call: Call,
  operands: readonly string[],
  then: (text: string) => void,
  code: () => number = () => 0,
): Outcome {
  if (operands.length === 0 && !call.input.ended) return { input: true, state: null };
  let text = '';
  const outcome = filtering(call, operands, (lines) => {
    text += lines.join('');
    if (!text.endsWith('\n') && text !== '' && operands.length > 1) text += '\n';
  });
  then(text);
  return typeof outcome === 'number' ? Math.max(outcome, code()) : outcome;
}

/** `-5` is `-n 5`. */
const withCount = (argv: readonly string[]): string[] =>
  argv.map((word) => (/^-\d+$/.test(word) ? `-n${word.slice(1)}` : word));

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, K: 1024, M: 1024 ** 2, b: 512 };
const amount = (text: string): number => {
  const found = /^[-+]?(\d+)([kKMb]?)$/.exec(text);
  return found === null ? Number.NaN : Number(found[1]) * UNITS[found[2]!]!;
};

function noNumber(call: Call, given: string, ofBytes: boolean): string {
  const what = call.env.busybox ? '' : `of ${ofBytes ? 'bytes' : 'lines'}: `;
  return `${call.argv[0]}: invalid number ${what}'${given}'\n`;
}

const head: Program = (call) => {
  const options = optionsOf(withCount(call.argv), 'nc', ['lines', 'bytes']);
  const bytes = options.value('c', 'bytes');
  const given = bytes ?? options.value('n', 'lines') ?? '10';
  const many = amount(given);
  if (Number.isNaN(many)) {
    call.err(noNumber(call, given, bytes !== undefined));
    return 1;
  }
  const { operands } = options;
  if (bytes !== undefined && operands.length === 0) {
    // Of a device that never ends, and of a pipe, as much as is asked for.
    const text = call.input.take();
    if (text.length < many && !call.input.ended) {
      call.input.back(text);
      return { input: true, state: null };
    }
    call.out(text.slice(0, many));
    return 0;
  }
  if (operands.length === 0 && !given.startsWith('-')) {
    let left = Number(call.state ?? many);
    while (left > 0) {
      const line = call.input.line();
      if (line === undefined) return { input: true, state: left };
      if (line === '') return 0;
      call.out(line);
      left -= 1;
    }
    return 0;
  }
  let first = true;
  return filtering(call, operands, (lines, _, name) => {
    if (operands.length > 1 && !options.has('q')) call.out(`${first ? '' : '\n'}==> ${name} <==\n`);
    first = false;
    const text = lines.join('');
    if (bytes !== undefined)
      call.out(given.startsWith('-') ? text.slice(0, -many || undefined) : text.slice(0, many));
    else
      call.out(
        (given.startsWith('-')
          ? lines.slice(0, Math.max(0, lines.length - many))
          : lines.slice(0, many)
        ).join(''),
      );
  });
};

/** How often `tail -f` looks (coreutils' default of -s). */
const FOLLOW_MS = 1000;

const tail: Program = (call) => {
  const argv = withCount(call.argv).map((word, i, all) =>
    /^\+\d+$/.test(word) && !/^(?:-\w*[nc]|--lines|--bytes)$/.test(all[i - 1]!) ? `-n${word}` : word,
  );
  const options = optionsOf(argv, 'ncs', ['lines', 'bytes', 'pid', 'sleep-interval']);
  const bytes = options.value('c', 'bytes');
  const given = bytes ?? options.value('n', 'lines') ?? '10';
  const many = amount(given);
  if (Number.isNaN(many)) {
    call.err(noNumber(call, given, bytes !== undefined));
    return 1;
  }
  const { operands } = options;
  const part = (lines: readonly string[]): string => {
    if (bytes !== undefined) {
      const text = lines.join('');
      return given.startsWith('+') ? text.slice(many - 1) : many === 0 ? '' : text.slice(-many);
    }
    return (
      given.startsWith('+') ? lines.slice(Math.max(0, many - 1)) : many === 0 ? [] : lines.slice(-many)
    ).join('');
  };
  const follows = options.has('f', 'F', 'follow');
  if (follows && operands.every((path) => absolute(call.cwd, path) === '/dev/null') && operands.length > 0)
    return FOREVER;
  if (operands.length === 0) {
    const outcome = whole(call, [], (text) => call.out(part(linesOf(text))));
    return outcome;
  }
  const sizes = (call.state ?? {}) as Record<string, number>;
  if (call.state === undefined) {
    let first = true;
    const found = operands.filter((path) => 'text' in contentOf(call, path));
    // What a program of an image that nobody described writes is not known: its file is waited for.
    const awaited = follows
      ? operands.filter((p) => !found.includes(p) && call.env.files.mayHave(absolute(call.cwd, p)))
      : [];
    for (const path of awaited) call.env.passOver(`tail ${path}`);
    const read = operands.filter((path) => !awaited.includes(path));
    const code = filtering(call, read.length === 0 ? ['/dev/null'] : read, (lines, _, name) => {
      if (operands.length > 1) call.out(`${first ? '' : '\n'}==> ${name} <==\n`);
      first = false;
      call.out(part(lines));
    });
    if (!follows) return code;
    if (found.length === 0 && awaited.length === 0 && !options.has('F') && !options.has('retry')) {
      call.err('tail: no files remaining\n');
      return 1;
    }
  }
  const now: Record<string, number> = {};
  for (const path of operands) {
    const content = contentOf(call, path);
    if ('why' in content) continue;
    const before = call.state === undefined ? content.text.length : (sizes[path] ?? 0);
    const text = content.text.slice(before <= content.text.length ? before : 0);
    if (text !== '') call.out(operands.length > 1 ? `\n==> ${path} <==\n${text}` : text);
    now[path] = content.text.length;
  }
  return { waitMs: FOLLOW_MS, state: now };
};

const tee: Program = (call) => {
  const options = optionsOf(call.argv);
  const paths = options.operands.map((path) => absolute(call.cwd, path));
  let code = 0;
  if (call.state === undefined)
    for (const [i, path] of paths.entries()) {
      if (/^\/(?:dev|proc)\//.test(path)) continue;
      const problem = call.env.files.write(path, '', options.has('a') ? { append: true } : {});
      if (problem === undefined) continue;
      call.err(`tee: ${options.operands[i]}: ${PROBLEM_WORDS[problem]}\n`);
      code = 1;
    }
  else code = Number(call.state);
  const { ended } = call.input;
  const text = call.input.take();
  call.out(text);
  for (const path of paths)
    if (path === '/dev/stderr') call.err(text);
    else if (!/^\/(?:dev|proc)\//.test(path)) call.env.files.write(path, text, { append: true });
  return ended ? code : { input: true, state: code };
};

const utf8 = new TextEncoder();

const wc: Program = (call) => {
  const options = optionsOf(call.argv);
  const asked = ['l', 'w', 'c', 'm'].filter((letter) => options.has(letter));
  const kinds = asked.length === 0 ? ['l', 'w', 'c'] : asked;
  const count = (text: string, kind: string): number =>
    kind === 'l'
      ? text.split('\n').length - 1
      : kind === 'w'
        ? (text.match(/\S+/g) ?? []).length
        : kind === 'c'
          ? utf8.encode(text).length
          : [...text].length;
  const total = kinds.map(() => 0);
  const { operands } = options;
  const { busybox } = call.env;
  // GNU's makes room for the size of all files.
  const sizes = operands.map((path) => {
    const content = contentOf(call, path);
    return 'text' in content ? utf8.encode(content.text).length : 0;
  });
  const digits =
    operands.length === 1 && kinds.length === 1 ? 0 : String(sizes.reduce((a, b) => a + b, 0)).length;
  const line = (numbers: readonly number[], name: string): string => {
    const width =
      operands.length === 0 && kinds.length === 1
        ? 0
        : operands.length === 0 && !busybox
          ? 7
          : busybox
            ? kinds.length > 1
              ? 9
              : 0
            : digits;
    return (
      `${numbers.map((n) => String(n).padStart(width)).join(' ')}` + `${name === '' ? '' : ` ${name}`}\n`
    );
  };
  if (operands.length === 0)
    return whole(call, [], (text) =>
      call.out(
        line(
          kinds.map((kind) => count(text, kind)),
          '',
        ),
      ),
    );
  const code = filtering(call, operands, (lines, _, name) => {
    const numbers = kinds.map((kind) => count(lines.join(''), kind));
    numbers.forEach((n, i) => (total[i]! += n));
    call.out(line(numbers, name));
  });
  if (operands.length > 1) call.out(line(total, 'total'));
  return code;
};

const nl: Program = (call) => {
  let number = Number(call.state ?? 0);
  const outcome = filtering(call, optionsOf(call.argv, 'bvw').operands, (lines) => {
    for (const text of lines)
      call.out(text.trim() === '' ? `       ${text}` : `${String((number += 1)).padStart(6)}\t${text}`);
  });
  return typeof outcome === 'object' && 'input' in outcome ? { ...outcome, state: number } : outcome;
};

const rev: Program = (call) =>
  filtering(call, optionsOf(call.argv).operands, (lines) => {
    for (const line of lines) call.out(`${[...line.replace(/\n$/, '')].reverse().join('')}\n`);
  });

const swallow: Program = (call) => whole(call, optionsOf(call.argv).operands, (text) => call.out(text));

export const textPrograms: Readonly<Record<string, Program>> = {
  cat,
  head,
  less: swallow,
  more: swallow,
  nl,
  rev,
  tac,
  tail,
  tee,
  wc,
  zcat: swallow,
};
