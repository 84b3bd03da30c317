/** The programs a container's shell knows, with the exit codes and words of the real ones (GNU coreutils). */
import type { Millis } from '../../kernel/types.ts';

/** What a program may touch of its container. */
export interface ShellEnv {
  readonly hostname: string;
  read(path: string): string | undefined;
  /** null deletes. */
  write(path: string, content: string | null): void;
  /** Paths of files under a directory. */
  list(directory: string): string[];
  /** Sends a signal to the container's first process. */
  signal(name: string): void;
  /** Undefined where there is no network to ask. */
  readonly fetch?: Fetch;
}

/**
 * GET of a URL. @param agent what the program says it is; absent: it only looks up the name, and asks
 * nobody
 */
export type Fetch = (url: string, timeoutMs: Millis, agent?: string) => FetchResult;

export type FetchResult =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string; readonly afterMs: Millis }
  | { readonly kind: 'refused' | 'timedOut' | 'notResolved' };

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** How long the program runs before it ends; Infinity: until it is killed. */
  readonly afterMs?: Millis;
  /** The shell ends here with this program's code. */
  readonly exit?: boolean;
}

type Program = (argv: readonly string[], env: ShellEnv) => CommandResult;

const done = (stdout = '', code = 0, stderr = ''): CommandResult => ({ code, stdout, stderr });
const operands = (argv: readonly string[]): string[] =>
  argv.slice(1).filter((a) => !(a.startsWith('-') && a.length > 1));
const flags = (argv: readonly string[]): string =>
  argv
    .slice(1)
    .filter((a) => a.startsWith('-'))
    .join('');
const absolute = (path: string): string => (path.startsWith('/') ? path : `/${path.replace(/^\.\//, '')}`);
const isDirectory = (env: ShellEnv, path: string): boolean => path === '/' || env.list(path).length > 0;

/** Runs one operand at a time; fails as a whole when one did. */
function each(argv: readonly string[], one: (path: string) => { out?: string; err?: string }): CommandResult {
  let stdout = '';
  let stderr = '';
  for (const path of operands(argv)) {
    const { out = '', err } = one(path);
    stdout += out;
    if (err !== undefined) stderr += `${argv[0]}: ${err}\n`;
  }
  return done(stdout, stderr === '' ? 0 : 1, stderr);
}

function rm(argv: readonly string[], env: ShellEnv): CommandResult {
  const force = flags(argv).includes('f');
  const recursive = /[rR]/.test(flags(argv));
  if (operands(argv).length === 0 && !force)
    return done('', 1, "rm: missing operand\nTry 'rm --help' for more information.\n");
  return each(argv, (given) => {
    const path = absolute(given);
    const inside = given.endsWith('*')
      ? env.list(path.slice(0, -1).replace(/\/$/, '') || '/')
      : env.list(path);
    if (env.read(path) !== undefined) env.write(path, null);
    else if (inside.length > 0 && (recursive || given.endsWith('*')))
      for (const file of inside) env.write(file, null);
    else if (inside.length > 0) return { err: `cannot remove '${given}': Is a directory` };
    else if (!force) return { err: `cannot remove '${given}': No such file or directory` };
    return {};
  });
}

function ls(argv: readonly string[], env: ShellEnv): CommandResult {
  const paths = operands(argv).length === 0 ? ['/'] : operands(argv);
  let stdout = '';
  let stderr = '';
  for (const given of paths) {
    const path = absolute(given);
    if (env.read(path) !== undefined) {
      stdout += `${given}\n`;
      continue;
    }
    if (!isDirectory(env, path)) {
      stderr += `ls: cannot access '${given}': No such file or directory\n`;
      continue;
    }
    const prefix = path.endsWith('/') ? path : `${path}/`;
    const names = new Set(env.list(path).map((file) => file.slice(prefix.length).split('/')[0]!));
    stdout += [...names]
      .sort()
      .map((name) => `${name}\n`)
      .join('');
  }
  return done(stdout, stderr === '' ? 0 : 2, stderr);
}

function test(argv: readonly string[], env: ShellEnv): CommandResult {
  const words = argv.slice(1);
  if (argv[0] === '[' && words.pop() !== ']') return done('', 2, '[: missing ]\n');
  const evaluate = (w: readonly string[]): boolean => {
    if (w[0] === '!') return !evaluate(w.slice(1));
    if (w.length === 2 && ['-f', '-e', '-r'].includes(w[0]!)) {
      const path = absolute(w[1]!);
      return env.read(path) !== undefined || (w[0] === '-e' && isDirectory(env, path));
    }
    if (w.length === 2 && w[0] === '-d') return isDirectory(env, absolute(w[1]!));
    if (w.length === 2 && w[0] === '-s') return (env.read(absolute(w[1]!)) ?? '') !== '';
    if (w.length === 2 && w[0] === '-z') return w[1] === '';
    if (w.length === 2 && w[0] === '-n') return w[1] !== '';
    if (w.length === 3) {
      const [a, op, b] = [w[0]!, w[1]!, w[2]!];
      const compare: Record<string, boolean> = {
        '=': a === b,
        '==': a === b,
        '!=': a !== b,
        '-eq': Number(a) === Number(b),
        '-ne': Number(a) !== Number(b),
        '-lt': Number(a) < Number(b),
        '-le': Number(a) <= Number(b),
        '-gt': Number(a) > Number(b),
        '-ge': Number(a) >= Number(b),
      };
      return compare[op] ?? false;
    }
    return w.length === 1 && w[0] !== '';
  };
  return done('', evaluate(words) ? 0 : 1);
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
function sleep(argv: readonly string[]): CommandResult {
  let total = 0;
  if (argv.length < 2)
    return done('', 1, "sleep: missing operand\nTry 'sleep --help' for more information.\n");
  for (const word of argv.slice(1)) {
    if (word === 'infinity' || word === 'inf') return { ...done(), afterMs: Infinity };
    const found = /^([0-9]*\.?[0-9]+)([smhd]?)$/.exec(word);
    if (found === null)
      return done(
        '',
        1,
        `sleep: invalid time interval '${word}'\nTry 'sleep --help' for more information.\n`,
      );
    total += Number(found[1]) * 1000 * SECONDS[found[2] || 's']!;
  }
  return { ...done(), afterMs: Math.round(total) };
}

/** wget and curl: what they print of an answer, and how they word its absence. */
function get(argv: readonly string[], env: ShellEnv): CommandResult {
  const program = argv[0]!.slice(argv[0]!.lastIndexOf('/') + 1);
  const curl = program === 'curl';
  const valued = curl
    ? ['-m', '--max-time', '--connect-timeout', '-o', '--output', '-w', '-X', '-H']
    : ['-T', '--timeout', '-t', '-O', '-o'];
  let timeoutMs = Infinity;
  let output = curl ? '-' : 'file';
  let url: string | undefined;
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i]!;
    const [name, inline] =
      word.startsWith('--') && word.includes('=')
        ? [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]
        : [word, undefined];
    if (valued.includes(name)) {
      const value = inline ?? argv[++i] ?? '';
      if (['-m', '--max-time', '-T', '--timeout'].includes(name)) timeoutMs = Number(value) * 1000;
      if (['-o', '-O', '--output'].includes(name)) output = value;
    } else if (/^-[a-zA-Z]*O/.test(word) && !curl) {
      output = word.slice(word.indexOf('O') + 1) || (argv[++i] ?? '-');
    } else if (!word.startsWith('-')) url = word;
  }
  if (url === undefined)
    return done('', curl ? 2 : 1, curl ? 'curl: (2) no URL specified\n' : 'wget: missing URL\n');
  if (env.fetch === undefined) return done('', 127, `sh: ${program}: not found\n`);
  const full = /^https?:\/\//.test(url) ? url : `http://${url}`;
  const host = full.replace(/^https?:\/\//, '').split('/')[0]!;
  const [name, port = '80'] = host.split(':');
  const result = env.fetch(full, timeoutMs, curl ? 'curl/8.14.1' : 'Wget');
  const quiet = flags(argv).includes('s') && !flags(argv).includes('S');
  const failed = (code: number, stderr: string, afterMs?: Millis): CommandResult => ({
    code,
    stdout: '',
    stderr: curl && quiet ? '' : stderr,
    ...(afterMs === undefined ? {} : { afterMs }),
  });
  switch (result.kind) {
    case 'notResolved':
      return curl
        ? failed(6, `curl: (6) Could not resolve host: ${name}\n`)
        : failed(1, `wget: bad address '${host}'\n`);
    case 'refused':
      return curl
        ? failed(7, `curl: (7) Failed to connect to ${name} port ${port}: Connection refused\n`)
        : failed(1, `wget: can't connect to remote host: Connection refused\n`);
    case 'timedOut':
      return curl
        ? failed(28, 'curl: (28) Connection timed out\n', Math.min(timeoutMs, 130_000))
        : failed(1, 'wget: download timed out\n', Math.min(timeoutMs, 900_000));
    default: {
      const fails = result.status >= 400 && (!curl || /-[a-zA-Z]*f|--fail/.test(argv.join(' ')));
      if (fails)
        return curl
          ? failed(22, `curl: (22) The requested URL returned error: ${result.status}\n`, result.afterMs)
          : failed(1, `wget: server returned error: HTTP/1.1 ${result.status}\n`, result.afterMs);
      if (output !== '-' && output !== 'file' && output !== '/dev/null')
        env.write(absolute(output), result.body);
      const shown = curl ? asCurlShows(argv, result) : result.body;
      return { code: 0, stdout: output === '-' ? shown : '', stderr: '', afterMs: result.afterMs };
    }
  }
}

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  304: 'Not Modified',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** The body; with `-i` the head before it, with `-I` the head alone. */
function asCurlShows(argv: readonly string[], { status, body }: FetchResult & { kind: 'answered' }): string {
  const asks = (short: RegExp, long: string): boolean =>
    argv.some((word) => short.test(word) || word === long);
  const headOnly = asks(/^-[a-zA-Z]*I/, '--head');
  if (!headOnly && !asks(/^-[a-zA-Z]*i/, '--include')) return body;
  const length = new TextEncoder().encode(body).length;
  const head = `HTTP/1.1 ${status} ${REASONS[status] ?? ''}\r\nContent-Length: ${length}\r\n\r\n`;
  return headOnly ? head : head + body;
}

function kill(argv: readonly string[], env: ShellEnv): CommandResult {
  const named = argv.slice(1).find((w) => w.startsWith('-') && w.length > 1);
  const sIndex = argv.indexOf('-s');
  const signal = (sIndex > 0 ? argv[sIndex + 1]! : (named ?? '-TERM').slice(1))
    .replace(/^SIG/, '')
    .toUpperCase();
  const pids = argv.slice(1).filter((w, i) => /^[0-9]+$/.test(w) && argv[i] !== '-s');
  if (pids.length === 0) return done('', 2, 'sh: you need to specify whom to kill\n');
  for (const pid of pids) {
    if (pid !== '1') return done('', 1, `sh: can't kill pid ${pid}: No such process\n`);
    env.signal(
      ({ 9: 'KILL', 15: 'TERM', 2: 'INT', 3: 'QUIT', 1: 'HUP' } as Record<string, string>)[signal] ?? signal,
    );
  }
  return done();
}

/** `echo -e`'s and `printf`'s backslash sequences. */
const unescape = (text: string): string =>
  text.replace(/\\(n|t|\\)/g, (_, c: string) => (c === 'n' ? '\n' : c === 't' ? '\t' : '\\'));

function echo(argv: readonly string[]): CommandResult {
  const words = argv.slice(1);
  let newline = true;
  let escapes = false;
  while (/^-[ne]+$/.test(words[0] ?? '')) {
    const flag = words.shift()!;
    if (flag.includes('n')) newline = false;
    if (flag.includes('e')) escapes = true;
  }
  const text = words.join(' ');
  return done((escapes ? unescape(text) : text) + (newline ? '\n' : ''));
}

export const COMMANDS: ReadonlyMap<string, Program> = new Map<string, Program>([
  ['rm', rm],
  ['ls', ls],
  [
    'cat',
    (argv, env) =>
      each(argv, (given) => {
        const path = absolute(given);
        const content = env.read(path);
        if (content !== undefined) return { out: content };
        return {
          err: `${given}: ${isDirectory(env, path) ? 'Is a directory' : 'No such file or directory'}`,
        };
      }),
  ],
  [
    'touch',
    (argv, env) =>
      each(argv, (given) => {
        const path = absolute(given);
        if (env.read(path) === undefined) env.write(path, '');
        return {};
      }),
  ],
  [
    'cp',
    (argv, env) => {
      const [from, to] = operands(argv);
      const content = from === undefined ? undefined : env.read(absolute(from));
      if (content === undefined || to === undefined)
        return done('', 1, `cp: cannot stat '${from ?? ''}': No such file or directory\n`);
      env.write(absolute(to.endsWith('/') ? to + from!.split('/').at(-1)! : to), content);
      return done();
    },
  ],
  [
    'mv',
    (argv, env) => {
      const [from, to] = operands(argv);
      const content = from === undefined ? undefined : env.read(absolute(from));
      if (content === undefined || to === undefined)
        return done('', 1, `mv: cannot stat '${from ?? ''}': No such file or directory\n`);
      env.write(absolute(to.endsWith('/') ? to + from!.split('/').at(-1)! : to), content);
      env.write(absolute(from!), null);
      return done();
    },
  ],
  ['mkdir', () => done()],
  ['chmod', () => done()],
  ['echo', echo],
  ['printf', (argv) => done(unescape((argv[1] ?? '').replace(/%[sd]/g, () => argv[2] ?? '')))],
  ['true', () => done()],
  [':', () => done()],
  ['false', () => done('', 1)],
  ['exit', (argv) => ({ ...done('', Number(argv[1] ?? 0) & 255), exit: true })],
  ['sleep', sleep],
  ['test', test],
  ['[', test],
  ['kill', kill],
  ['hostname', (_, env) => done(`${env.hostname}\n`)],
  ['whoami', () => done('root\n')],
  ['pwd', () => done('/\n')],
  ['date', () => done('Mon Jan  5 09:00:00 UTC 2026\n')],
  ['trap', () => done()],
  ['cd', () => done()],
  ['set', () => done()],
  ['wait', () => done()],
  ['tail', (argv) => (flags(argv).includes('f') ? { ...done(), afterMs: Infinity } : done())],
  ['wget', get],
  ['curl', get],
  [
    'nslookup',
    (argv, env) => {
      const name = operands(argv)[0] ?? '';
      if (env.fetch === undefined) return done('', 127, 'sh: nslookup: not found\n');
      return env.fetch(`http://${name}/`, 0).kind === 'notResolved'
        ? done(`** server can't find ${name}: NXDOMAIN\n`, 1)
        : done(`Name:\t${name}\n`);
    },
  ],
]);

/** What can be executed in a container, by name. */
export const PROGRAMS: readonly string[] = [...COMMANDS.keys(), 'sh']
  .filter((name) => /^\w/.test(name))
  .sort();
