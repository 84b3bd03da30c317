/** Programs about processes, users and the machine, and those that run others. */
import type { Call, Outcome, Program } from '../call.ts';
import { FOREVER } from '../call.ts';
import type { ShellEnv } from '../env.ts';
import { dynamicFile, sysctlsOf } from '../proc.ts';
import { sentSignal, signalName, takeSignal } from '../signals.ts';
import { optionsOf } from './options.ts';
import { calledWrongly } from './usage.ts';

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** `1.5m` in ms; undefined: it is no time. */
function timeOf(word: string): number | undefined {
  if (/^inf(?:inity)?$/.test(word)) return Number.POSITIVE_INFINITY;
  const found = /^(\d*\.?\d+)([smhd]?)$/.exec(word);
  return found === null ? undefined : Math.round(Number(found[1]) * 1000 * SECONDS[found[2] || 's']!);
}

const usage = (call: Call, message: string): number => {
  const [name] = call.argv;
  if (message === 'missing operand') return calledWrongly(call);
  call.err(`${name}: ${message}\n${call.env.busybox ? '' : `Try '${name} --help' for more information.\n`}`);
  return 1;
};

const sleep: Program = (call) => {
  if (call.state !== undefined) return 0;
  const words = call.argv.slice(1);
  if (words.length === 0) return usage(call, 'missing operand');
  let total = 0;
  for (const word of words) {
    const ms = timeOf(word);
    if (ms === undefined)
      return usage(call, call.env.busybox ? `invalid number '${word}'` : `invalid time interval '${word}'`);
    total += ms;
  }
  return total === 0 ? 0 : { waitMs: total, state: true };
};

const pause: Program = () => FOREVER;

const printenv: Program = (call) => {
  const names = optionsOf(call.argv).operands;
  if (names.length === 0) {
    for (const [name, value] of Object.entries(call.environment)) call.out(`${name}=${value}\n`);
    return 0;
  }
  let code = 0;
  for (const name of names)
    if (Object.hasOwn(call.environment, name)) call.out(`${call.environment[name]}\n`);
    else code = 1;
  return code;
};

/** A program that ends as what it has run ends. */
const after = (call: Call): Outcome | undefined => call.result?.code;

const env: Program = (call) => {
  const options = optionsOf(call.argv, 'uC', ['unset', 'chdir'], true);
  const words = [...options.operands];
  const set: Record<string, string> = {};
  while (/^\w+=/.test(words[0] ?? '')) {
    const word = words.shift()!;
    set[word.slice(0, word.indexOf('='))] = word.slice(word.indexOf('=') + 1);
  }
  const all = Object.fromEntries(
    Object.entries({
      ...(options.has('i', 'ignore-environment') || words[0] === '-' ? {} : call.environment),
      ...set,
    }).filter(([name]) => !options.values('u', 'unset').includes(name)),
  );
  if (words[0] === '-') words.shift();
  if (words.length > 0) return { run: words, environment: all, replaces: true, state: undefined };
  for (const [name, value] of Object.entries(all)) call.out(`${name}=${value}\n`);
  return 0;
};

/** `nohup`, `nice`, `time`, `setsid`, …: what follows their options is run in their place. */
const running =
  (valued: string): Program =>
  (call) => {
    const { operands } = optionsOf(call.argv, valued, [], true);
    return operands.length === 0
      ? usage(call, 'missing operand')
      : { run: operands, replaces: true, state: undefined };
  };

const timeout: Program = (call) => {
  if (call.result !== undefined) return call.result.code;
  const options = optionsOf(call.argv, 'kst', ['kill-after', 'signal'], true);
  const words = [...options.operands];
  const given = options.value('t') ?? words.shift();
  const ms = given === undefined ? undefined : timeOf(given);
  if (ms === undefined || words.length === 0) {
    if (given === undefined || ms !== undefined) return calledWrongly(call, '', 125);
    if (call.env.busybox) call.err(`timeout: invalid number '${given}'\n`);
    else calledWrongly(call, `invalid time interval '${given}'`);
    return call.env.busybox ? 1 : 125;
  }
  return { run: words, state: null, ...(ms > 0 && ms !== Number.POSITIVE_INFINITY ? { timeoutMs: ms } : {}) };
};

const xargs: Program = (call) => {
  interface Left {
    readonly batches: readonly (readonly string[])[];
    readonly code: number;
  }
  if (call.state === undefined || call.state === null) {
    if (!call.input.ended) return { input: true, state: null };
    const options = optionsOf(call.argv, 'nIiLPdsE', ['max-args', 'replace', 'max-procs', 'delimiter'], true);
    const command = options.operands.length === 0 ? ['echo'] : options.operands;
    const text = call.input.take();
    const replace = options.value('I', 'replace');
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    const items = options.has('0', 'null')
      ? text.split('\0').filter((item) => item !== '')
      : replace !== undefined || options.has('L')
        ? lines.map((line) => line.trim())
        : wordsOf(text);
    const most = Number(options.value('n', 'L', 'max-args') ?? items.length);
    const batches: string[][] = [];
    if (replace !== undefined)
      for (const item of items) batches.push(command.map((word) => word.replaceAll(replace, item)));
    else
      for (let i = 0; i < items.length; i += Math.max(1, most))
        batches.push([...command, ...items.slice(i, i + Math.max(1, most))]);
    if (items.length === 0 && !options.has('r', 'no-run-if-empty') && !call.env.busybox)
      batches.push([...command]);
    if (batches.length === 0) return 0;
    return { run: batches[0]!, state: { batches: batches.slice(1), code: 0 } satisfies Left };
  }
  const { batches, code } = call.state as Left;
  const ended = call.result?.code ?? 0;
  if (ended === 255) return 124;
  const now = ended === 0 ? code : ended > 125 ? ended : 123;
  return batches.length === 0
    ? now
    : { run: batches[0]!, state: { batches: batches.slice(1), code: now } satisfies Left };
};

/** Words with quotes as xargs reads them. */
const wordsOf = (text: string): string[] =>
  (text.match(/(?:"[^"\n]*"|'[^'\n]*'|\\.|[^\s"'\\])+/gs) ?? []).map((word) =>
    word.replaceAll(
      /"([^"\n]*)"|'([^'\n]*)'|\\(.)/gs,
      (_, a?: string, b?: string, c?: string) => a ?? b ?? c ?? '',
    ),
  );

const hostname: Program = (call) => {
  const options = optionsOf(call.argv);
  call.out(options.has('i', 'I') ? `${call.env.address}\n` : `${call.env.hostname}\n`);
  return 0;
};

/** Whether /etc/passwd has a user of that name or number. */
export const hasUser = (call: Call, user: string): boolean =>
  (call.env.files.read('/etc/passwd') ?? 'root:x:0:')
    .split('\n')
    .some((line) => [line.split(':')[0], line.split(':')[2]].includes(user));

const id: Program = (call) => {
  const options = optionsOf(call.argv);
  const name = options.has('n');
  const [user] = options.operands;
  if (user !== undefined && !hasUser(call, user)) {
    call.err(call.env.busybox ? `id: unknown user ${user}\n` : `id: '${user}': no such user\n`);
    return 1;
  }
  const { env } = call;
  const groups = env.groups.map((group) => (name ? nameIn(call, 'group', group) : String(group)));
  const shown = (file: 'passwd' | 'group', number: number): string => {
    const known = nameIn(call, file, number);
    return known === String(number) ? known : `${number}(${known})`;
  };
  if (options.has('u')) call.out(`${name ? nameIn(call, 'passwd', env.user) : env.user}\n`);
  else if (options.has('g')) call.out(`${groups[0]}\n`);
  else if (options.has('G')) call.out(`${groups.join(' ')}\n`);
  else
    call.out(
      `uid=${shown('passwd', env.user)} gid=${shown('group', env.groups[0]!)} ` +
        `groups=${env.groups.map((group) => shown('group', group)).join(',')}\n`,
    );
  return 0;
};

/** The name of a user or a group; its number where it has none. */
function nameIn(call: Call, file: 'passwd' | 'group', number: number): string {
  const lines = (call.env.files.read(`/etc/${file}`) ?? 'root:x:0:').split('\n');
  return lines.find((line) => line.split(':')[2] === String(number))?.split(':')[0] ?? String(number);
}

const uname: Program = (call) => {
  const options = optionsOf(call.argv);
  const all = options.has('a');
  const parts = [
    ['s', 'Linux'],
    ['n', call.env.hostname],
    ['r', '6.12.0-amd64'],
    ['v', '#1 SMP'],
    ['m', 'x86_64'],
    ['o', 'GNU/Linux'],
  ] as const;
  const asked = parts.filter(([letter]) => all || options.has(letter));
  call.out(`${(asked.length === 0 ? [parts[0]] : asked).map(([, text]) => text).join(' ')}\n`);
  return 0;
};

const ps: Program = (call) => {
  const { busybox } = call.env;
  const full = !busybox && call.argv.slice(1).some((word) => /[afu]/.test(word) && !word.startsWith('-o'));
  call.out(
    busybox
      ? 'PID   USER     TIME  COMMAND\n'
      : full
        ? 'USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n'
        : '    PID TTY          TIME CMD\n',
  );
  for (const { pid, command } of call.processes())
    call.out(
      busybox
        ? `${String(pid).padStart(5)} root      0:00 ${command}\n`
        : full
          ? `root     ${String(pid).padStart(7)}  0.0  0.0   2576  1536 ?        Ss   09:00   ` +
            `0:00 ${command}\n`
          : `${String(pid).padStart(7)} ?        00:00:00 ${command.split(' ')[0]}\n`,
    );
  return 0;
};

/** Processes whose command fits a text. */
function fitting(call: Call, text: string, whole: boolean): number[] {
  const name = call.argv[0]!;
  return call
    .processes()
    .filter(
      ({ command }) =>
        !command.startsWith(name) && (whole ? command.includes(text) : baseOf(command).includes(text)),
    )
    .map(({ pid }) => pid);
}

const baseOf = (command: string): string => {
  const first = command.split(' ')[0]!;
  return first.slice(first.lastIndexOf('/') + 1);
};

const pgrep: Program = (call) => {
  const options = optionsOf(call.argv, 'Pu');
  const [text = ''] = options.operands;
  const found = fitting(call, text, options.has('f')).filter(
    (pid) =>
      call.argv[0] !== 'pidof' || call.processes().some((p) => p.pid === pid && baseOf(p.command) === text),
  );
  if (found.length > 0 && !options.has('q'))
    call.out(call.argv[0] === 'pidof' ? `${found.join(' ')}\n` : found.map((pid) => `${pid}\n`).join(''));
  return found.length > 0 ? 0 : 1;
};

const pkill: Program = (call) => {
  const words = call.argv.slice(1);
  const given = words.find((word) => /^-/.test(word) && signalName(word.slice(1)) !== undefined);
  const text = words.findLast((word) => !word.startsWith('-')) ?? '';
  const found = fitting(call, text, words.includes('-f'));
  for (const pid of found) call.kill(pid, signalName(given?.slice(1) ?? 'TERM')!);
  if (found.length === 0 && call.argv[0] === 'killall') call.err(`killall: ${text}: no process killed\n`);
  return found.length > 0 ? 0 : 1;
};

/** As a shell's own: it is a program too, where no shell runs it. */
const kill: Program = (call) => {
  const words = call.argv.slice(1);
  const name = takeSignal(words);
  const signal = sentSignal(name);
  if (signal === undefined || words.length === 0) {
    call.err(
      signal === undefined ? `kill: bad signal name '${name}'\n` : 'kill: you need to specify whom to kill\n',
    );
    return 1;
  }
  let code = 0;
  for (const word of words)
    if (!/^\d+$/.test(word) || !call.kill(Number(word), signal)) {
      call.err(
        /^\d+$/.test(word)
          ? `kill: can't kill pid ${word}: No such process\n`
          : `kill: invalid number '${word}'\n`,
      );
      code = 1;
    }
  return code;
};

const which: Program = (call) => {
  let code = 0;
  for (const name of optionsOf(call.argv).operands)
    if (call.has(name)) call.out(`/bin/${name}\n`);
    else code = 1;
  return code;
};

const free: Program = (call) => {
  const mega = call.argv.includes('-m') || call.argv.includes('-h');
  const numbers = [8_148_220, 1_133_832, 5_219_044, 1_024, 1_795_344, 7_014_512].map((kb) =>
    String(mega ? Math.floor(kb / 1024) : kb).padStart(12),
  );
  call.out(
    '              total        used        free      shared  buff/cache   available\nMem:  ' +
      ` ${numbers.join('')}\nSwap:             0           0           0\n`,
  );
  return 0;
};

const uptime: Program = (call) => {
  call.out(
    ` 09:00:00 up ${Math.floor(Math.max(0, call.env.now) / 60_000)} min,  0 users,  load average: ` +
      '0.10, 0.08, 0.05\n',
  );
  return 0;
};

const nproc: Program = (call) => {
  call.out('2\n');
  return 0;
};

const whoami: Program = (call) => {
  const name = nameIn(call, 'passwd', call.env.user);
  if (name !== String(call.env.user)) {
    call.out(`${name}\n`);
    return 0;
  }
  call.err(
    call.env.busybox
      ? `whoami: unknown uid ${name}\n`
      : `whoami: cannot find name for user ID ${name}: No such file or directory\n`,
  );
  return 1;
};

const succeed: Program = () => 0;

function refusedKey(key: string, { busybox, user }: ShellEnv): string {
  if (user !== 0 && !busybox) return `sysctl: permission denied on key "${key}"\n`;
  const why = user === 0 ? 'Read-only file system' : 'Permission denied';
  return busybox ? `sysctl: error setting key '${key}': ${why}\n` : `sysctl: setting key "${key}": ${why}\n`;
}

/** Parameters of the kernel are shown; of one that is set it is said, as all that is passed over. */
const sysctl: Program = (call) => {
  const { env, argv } = call;
  const options = optionsOf(argv, 'p');
  const names = options.has('a') ? Object.keys(sysctlsOf(env)).sort() : options.operands;
  let code = 0;
  for (const name of names) {
    const [given = '', ...values] = name.split('=');
    const key = given.trim().replaceAll('/', '.');
    const path = `/proc/sys/${key.replaceAll('.', '/')}`;
    const value = dynamicFile(path, env)?.replace(/\n$/, '');
    const set = values.length === 0 ? undefined : values.join('=').trim();
    // /proc/sys is mounted to be read, but in privileged containers.
    if (value !== undefined && set !== undefined && env.setsNetwork !== true) {
      code = 1;
      call.err(refusedKey(key, env));
    } else if (value !== undefined && set !== undefined) {
      if (set !== value) env.passOver(`sysctl -w ${key}=${set}`);
      if (!options.has('q')) call.out(options.has('n') ? `${set}\n` : `${key} = ${set}\n`);
    } else if (value !== undefined) call.out(options.has('n') ? `${value}\n` : `${key} = ${value}\n`);
    else if (!options.has('e')) {
      code = env.busybox ? 1 : 255;
      call.err(
        env.busybox
          ? `sysctl: error: '${key}' is an unknown key\n`
          : `sysctl: cannot stat ${path}: No such file or directory\n`,
      );
    }
  }
  return code;
};
const fail: Program = () => 1;

const expr: Program = (call) => {
  const words = call.argv.slice(1);
  let at = 0;
  const levels: readonly (readonly string[])[] = [
    ['|'],
    ['&'],
    ['=', '==', '!=', '<', '<=', '>', '>='],
    ['+', '-'],
    ['*', '/', '%'],
    [':'],
  ];
  const isNumber = (text: string): boolean => /^-?\d+$/.test(text);
  const apply = (a: string, operator: string, b: string): string => {
    const numbers = isNumber(a) && isNumber(b);
    const [x, y] = [Number(a), Number(b)];
    const order = numbers ? x - y : a < b ? -1 : a > b ? 1 : 0;
    switch (operator) {
      case '|':
        return a !== '' && a !== '0' ? a : b;
      case '&':
        return a !== '' && a !== '0' && b !== '' && b !== '0' ? a : '0';
      case ':': {
        const found = new RegExp(
          `^(?:${b
            .replaceAll('\\(', '\0')
            .replaceAll('\\)', '\x01')
            .replaceAll(/[()+?{}|]/g, String.raw`\$&`)
            .replaceAll('\0', '(')
            .replaceAll('\x01', ')')})`,
        ).exec(a);
        return b.includes('\\(') ? (found?.[1] ?? '') : String(found?.[0].length ?? 0);
      }
      case '=':
      case '==':
        return String(Number(order === 0));
      case '!=':
        return String(Number(order !== 0));
      case '<':
        return String(Number(order < 0));
      case '<=':
        return String(Number(order <= 0));
      case '>':
        return String(Number(order > 0));
      case '>=':
        return String(Number(order >= 0));
    }
    if (!numbers) throw new TypeError('non-integer argument');
    if ((operator === '/' || operator === '%') && y === 0) throw new TypeError('division by zero');
    return String(
      operator === '+'
        ? x + y
        : operator === '-'
          ? x - y
          : operator === '*'
            ? x * y
            : operator === '/'
              ? Math.trunc(x / y)
              : x % y,
    );
  };
  const level = (n: number): string => {
    if (n === levels.length) {
      const word = words[at++];
      if (word === undefined) throw new TypeError('syntax error');
      if (word === 'length') return String((words[at++] ?? '').length);
      if (word === 'substr') {
        const [text, from, many] = [words[at++] ?? '', Number(words[at++]), Number(words[at++])];
        return text.slice(from - 1, from - 1 + many);
      }
      if (word !== '(') return word;
      const inside = level(0);
      if (words[at++] !== ')') throw new TypeError('syntax error');
      return inside;
    }
    let left = level(n + 1);
    while (at < words.length && levels[n]!.includes(words[at]!)) {
      const operator = words[at++]!;
      left = apply(left, operator, level(n + 1));
    }
    return left;
  };
  try {
    const value = level(0);
    if (at < words.length) throw new TypeError('syntax error');
    call.out(`${value}\n`);
    return value === '' || value === '0' ? 1 : 0;
  } catch (error) {
    const { message } = error as Error;
    const said = call.env.busybox && message === 'non-integer argument' ? 'non-numeric argument' : message;
    call.err(`expr: ${said}\n`);
    return 2;
  }
};

/** `flock FILE COMMAND` and `su -c COMMAND`: what is run is said in their own ways. */
const flock: Program = (call) => {
  if (call.result !== undefined) return after(call)!;
  const options = optionsOf(call.argv, 'wcE', [], true);
  const text = options.value('c');
  const words = options.operands.slice(1);
  if (text !== undefined) return { run: ['sh', '-c', text], replaces: true, state: undefined };
  return words.length === 0
    ? 0
    : { run: words[0] === '-c' ? ['sh', ...words] : words, replaces: true, state: undefined };
};

const su: Program = (call) => {
  const options = optionsOf(call.argv, 'cs', ['command', 'shell']);
  const text = options.value('c', 'command');
  return text === undefined ? 0 : { run: ['sh', '-c', text], replaces: true, state: undefined };
};

/** `gosu USER COMMAND`, `sudo COMMAND`: who runs it makes no difference. */
const asUser: Program = (call) => {
  const { operands } = optionsOf(call.argv, 'u', [], true);
  const words = call.argv[0] === 'sudo' || call.argv[0] === 'doas' ? operands : operands.slice(1);
  return words.length === 0 ? 0 : { run: words, replaces: true, state: undefined };
};

const watch: Program = (call) => {
  const options = optionsOf(call.argv, 'n', ['interval'], true);
  const interval = timeOf(options.value('n', 'interval') ?? '2') ?? 2000;
  if (call.result !== undefined) return { waitMs: Math.max(100, interval), state: 'waited' };
  return { run: ['sh', '-c', options.operands.join(' ')], state: 'running' };
};

export const processPrograms: Readonly<Record<string, Program>> = {
  'dumb-init': running(''),
  doas: asUser,
  env,
  expr,
  false: fail,
  flock,
  free,
  gosu: asUser,
  hostname,
  id,
  ionice: running('cnp'),
  kill,
  killall: pkill,
  mount: succeed,
  nice: running('n'),
  nohup: running(''),
  nproc,
  pause,
  pgrep,
  pidof: pgrep,
  pkill,
  printenv,
  ps,
  setsid: running(''),
  sleep,
  stdbuf: running('ioe'),
  su,
  'su-exec': asUser,
  sudo: asUser,
  sync: succeed,
  sysctl,
  time: running(''),
  timeout,
  tini: running('pe'),
  true: succeed,
  uname,
  unshare: running(''),
  uptime,
  watch,
  which,
  whoami,
  xargs,
};
