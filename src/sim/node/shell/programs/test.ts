/** `test` and `[` (POSIX), whose answers `[[` shares. */
import type { FileSystem } from '../../files/filesystem.ts';
import type { Call, Outcome, Program } from '../call.ts';
import { absolute } from '../paths.ts';
import { isDevice } from '../proc.ts';

/** `-f path` and its like. */
export function fileIs(
  operator: string,
  path: string,
  cwd: string,
  files: FileSystem,
  hasProgram: (name: string) => boolean = () => false,
): boolean {
  const at = absolute(cwd, path === '' ? '/nothing' : path);
  if (path === '') return false;
  if (operator === '-h' || operator === '-L') return files.linkStat(at)?.kind === 'link';
  if (isDevice(at)) return '-e -c -r -w'.split(' ').includes(operator);
  const node = files.stat(at);
  if (node === undefined) {
    const program = /^\/(?:usr\/)?(?:local\/)?s?bin\/([^/]+)$/.exec(at);
    return program !== null && hasProgram(program[1]!) && '-e -f -r -x -s'.split(' ').includes(operator);
  }
  if (node.kind === 'link') return false;
  switch (operator) {
    case '-f':
      return node.kind === 'file';
    case '-d':
      return node.kind === 'directory';
    case '-s':
      return node.kind === 'directory' || node.content !== '' || (node.bytes ?? 0) > 0;
    case '-x':
      return (node.mode & 0o111) !== 0;
    case '-e':
    case '-r':
    case '-w':
    case '-O':
    case '-G':
      return true;
    default:
      return false;
  }
}

/** Two words and what stands between them; numbers are to be numbers. */
export function compareWords(a: string, operator: string, b: string): boolean {
  const [x, y] = [Number(a), Number(b)];
  switch (operator) {
    case '=':
    case '==':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '-eq':
      return x === y;
    case '-ne':
      return x !== y;
    case '-lt':
      return x < y;
    case '-le':
      return x <= y;
    case '-gt':
      return x > y;
    case '-ge':
      return x >= y;
    default:
      return false;
  }
}

class TestError extends Error {}

const BINARY = new Set('= == != < > -eq -ne -lt -le -gt -ge -nt -ot -ef'.split(' '));
const UNARY = /^-[bcdefgGhkLnOprsStuwxz]$/;

class Evaluation {
  private at = 0;
  private readonly words: readonly string[];
  private readonly call: Call;

  constructor(words: readonly string[], call: Call) {
    this.words = words;
    this.call = call;
  }

  result(): boolean {
    if (this.words.length === 0) return false;
    const found = this.or();
    if (this.at < this.words.length) throw new TestError(`${this.words[this.at]}: unexpected operator`);
    return found;
  }

  private or(): boolean {
    let found = this.and();
    while (this.words[this.at] === '-o') {
      this.at += 1;
      const right = this.and();
      found = found || right;
    }
    return found;
  }

  private and(): boolean {
    let found = this.not();
    while (this.words[this.at] === '-a') {
      this.at += 1;
      const right = this.not();
      found = found && right;
    }
    return found;
  }

  private not(): boolean {
    if (this.words[this.at] === '!' && this.at + 1 < this.words.length) {
      this.at += 1;
      return !this.not();
    }
    return this.primary();
  }

  private primary(): boolean {
    const { words, at } = this;
    const [a, b, c] = [words[at], words[at + 1], words[at + 2]];
    if (a === undefined) throw new TestError('argument expected');
    if (b !== undefined && c !== undefined && BINARY.has(b)) {
      this.at += 3;
      return this.compare(a, b, c);
    }
    if (a === '(' && words.length > at + 1) {
      this.at += 1;
      const found = this.or();
      if (words[this.at] !== ')') throw new TestError('closing paren expected');
      this.at += 1;
      return found;
    }
    if (UNARY.test(a) && b !== undefined) {
      this.at += 2;
      if (a === '-n') return b !== '';
      if (a === '-z') return b === '';
      if (a === '-t') return false;
      return fileIs(a, b, this.call.cwd, this.call.env.files, this.call.has);
    }
    this.at += 1;
    return a !== '';
  }

  private compare(a: string, operator: string, b: string): boolean {
    if (/^-(?:eq|ne|lt|le|gt|ge)$/.test(operator))
      for (const word of [a, b])
        if (!/^\s*[-+]?\d+\s*$/.test(word))
          throw new TestError(this.call.env.busybox ? `${word}: bad number` : `Illegal number: ${word}`);
    if (operator === '-ef') return absolute(this.call.cwd, a) === absolute(this.call.cwd, b);
    // Files have no times here: none is newer.
    return compareWords(a, operator, b);
  }
}

const test: Program = (call): Outcome => {
  const words = call.argv.slice(1);
  const fail = (message: string): Outcome => {
    call.err(call.env.busybox ? `sh: ${message}\n` : `sh: 1: ${call.argv[0]}: ${message}\n`);
    return 2;
  };
  if (call.argv[0] === '[' && words.pop() !== ']') return fail('missing ]');
  try {
    return new Evaluation(words, call).result() ? 0 : 1;
  } catch (error) {
    if (!(error instanceof TestError)) throw error;
    return fail(error.message);
  }
};

export const testPrograms: Readonly<Record<string, Program>> = { test, '[': test };
