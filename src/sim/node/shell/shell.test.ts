import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { forkState } from '../../kernel/fork.ts';
import { decodeState, encodeState } from '../../kernel/snapshot.ts';
import type { FetchResult } from './env.ts';
import { signalShell } from './interpreter.ts';
import { parseScript, ShellSyntaxError } from './parse.ts';
import type { ShellState } from './state.ts';
import { type BoxOptions, runArgv, runText, shellBox } from './testing.ts';

/**
 * What scripts come to in real shells (dash 0.5.12, bash 5.2, in an empty directory): their code and their
 * standard output, `\c` at the end of one whose last line has no end.
 */
const REAL = readFileSync(new URL('realshells.txt', import.meta.url), 'utf8')
  .split(/^==== /m)
  .slice(1)
  .map((text) => {
    const [, shell, script, code, out] = /^(\w+)\n(.*?)\n---- (\d+)\n(.*)$/s.exec(text)!;
    return { shell: shell!, script: script!, code: Number(code), out: out!.replace(/\\c\n$/, '') };
  });

const scripts = REAL.map(
  ({ shell, script, code, out }) => [shell === 'dash' ? 'sh' : 'bash', script, code, out] as const,
);

it('a parameter of the kernel is set by privileged containers alone, and told as not simulated', () => {
  const refused = (options: BoxOptions): unknown => {
    const box = shellBox(options);
    const { code, out, err } = runText(box, 'sysctl -w vm.max_map_count=5', 'sh');
    return [code, out, err, box.passedOver];
  };
  expect(refused({ busybox: true })).toEqual([
    ...[1, '', "sysctl: error setting key 'vm.max_map_count': Read-only file system\n", []],
  ]);
  expect(refused({})).toEqual([
    ...[1, '', 'sysctl: setting key "vm.max_map_count": Read-only file system\n', []],
  ]);
  expect(refused({ user: 1000 })).toEqual([
    ...[1, '', 'sysctl: permission denied on key "vm.max_map_count"\n', []],
  ]);
  const set = (line: string): unknown => {
    const box = shellBox({ setsNetwork: true });
    const { code, out } = runText(box, line, 'sh');
    return [code, out, box.passedOver];
  };
  const key = 'vm.max_map_count';
  expect(set(`sysctl -w ${key}=262144`)).toEqual([0, `${key} = 262144\n`, []]);
  expect(set(`sysctl -w vm/max_map_count=5`)).toEqual([0, `${key} = 5\n`, [`sysctl -w ${key}=5`]]);
  expect(set(`sysctl -qw ${key}=5; sysctl -n ${key}`)).toEqual([0, '262144\n', [`sysctl -w ${key}=5`]]);
  expect(set('sysctl -w no.such=1')).toMatchObject([expect.any(Number), '', []]);
});

describe('a script', () => {
  it.each(scripts)('does in our shell what it does in a real %s: %s', (shell, script, code, out) => {
    const ran = runText(shellBox(), script, shell);
    expect([ran.code, ran.out]).toEqual([code, out]);
  });

  it.each(scripts)(
    'goes on from a copy, or from its text, as from itself (%s): %s',
    (shell, script, code, out) => {
      const copied = (state: ShellState, now: number): ShellState =>
        now % 2 === 0 ? forkState(state) : (decodeState(encodeState(state)) as ShellState);
      const ran = runArgv(shellBox(), [shell, '-c', script], copied);
      expect([ran.code, ran.out]).toEqual([code, out]);
    },
  );
});

/**
 * What programs say and come to, of BusyBox 1.35 and of Debian 12 (coreutils 9.1, dash 0.5.12, LC_ALL=C),
 * each in a directory with a file `f` of three lines and a directory `d` with a file `g`. Of BusyBox's help
 * there is the line of usage.
 */
/** Whose program, the line, its exit code, and what it wrote to both streams. */
const recorded = (file: string): (readonly [string, string, number, string, string])[] =>
  readFileSync(new URL(file, import.meta.url), 'utf8')
    .split(/^==== /m)
    .slice(1)
    .map((text) => {
      const [, whose, script, code, out, err] = /^(\w+)\n(.*?)\n---- (\d+)\n(.*?)---- stderr\n(.*)$/s.exec(
        text,
      )!;
      return [whose!, script!, Number(code), out!, err!] as const;
    });
const PROGRAMS = recorded('realprograms.txt');

it.each(PROGRAMS)(
  "a program of %s's says and comes to what the real one does: %s",
  (whose, script, code, out, err) => {
    const files = { '/tmp/f': 'one\ntwo\nthree\n', '/tmp/d/g': 'x\n' };
    const ran = runText(shellBox({ files, busybox: whose === 'busybox' }), script);
    const said = ran.err.replace(/^BusyBox.*\n\n/, '');
    expect({ code: ran.code, out: ran.out, err: said }).toEqual({ code, out, err });
  },
);

/** What answered at 127.0.0.1 when the real programs were recorded: one server on 18080, and a name. */
const PAGES: Readonly<Record<string, readonly [number, string]>> = {
  '/': [200, 'hello\n'],
  '/broken': [503, 'no\n'],
};
const NETWORK: Parameters<typeof shellBox>[0] = {
  files: { '/etc/passwd': 'root:x:0:0:root:/root:/bin/bash\n', '/etc/group': 'root:x:0:\n' },
  addresses: { 'web.default.svc.cluster.local': '10.96.0.7' },
  connect: (host) => ({ kind: host.endsWith('.invalid') ? 'notResolved' : 'refused', afterMs: 0 }),
  fetch(url) {
    const [, name, port, path] = /^http:\/\/([^:/]+)(?::(\d+))?(\/.*)?$/.exec(url)!;
    if (name !== '127.0.0.1') return { kind: 'notResolved', afterMs: 0 };
    if (port !== '18080') return { kind: 'refused', afterMs: 0 };
    const [status, body] = PAGES[path ?? '/'] ?? [404, 'no\n'];
    return { kind: 'answered', status, body, afterMs: 0 };
  },
};

it.each(recorded('realnetwork.txt'))(
  "a network program of %s's says and comes to what the real one does: %s",
  (whose, script, code, out, err) => {
    const ran = runText(shellBox({ ...NETWORK, busybox: whose === 'busybox' }), script);
    // Types of content are not simulated.
    expect({ code: ran.code, out: ran.out, err: ran.err }).toEqual({
      code,
      out,
      err: err.replace(/^(Length: \d+) \[.*\]$/gm, '$1'),
    });
  },
);

const WORDS =
  'if then else elif fi for in do done while until case esac { } ( ) (( )) [[ ]] ! && || ; & | |& ;; < ' +
  '> >> << ' +
  '2>&1 <<EOF EOF $x ${x} ${x:-y} ${x%%*} ${ $( ) ` $(( )) 1 + echo true false exit break continue return ' +
  'local set -e -u eval trap wait read shift x=1 a=(1) "$@" "x y" \' " \\ # * ? [a-z] ~ {1..3} f() ' +
  'function ' +
  'sed awk grep cat test [ ] printf %s%d find sort cut tr xargs head tail wc seq 1 2 s/a/b/ {print} -n ' +
  '-f /tmp';
const text = fc.oneof(
  fc
    .array(fc.constantFrom(...WORDS.split(' '), '\n', 'EOF\n'), { maxLength: 25 })
    .map((words) => words.join(' ').replaceAll(' EOF\n ', '\nEOF\n')),
  fc.string({ maxLength: 60 }),
);

describe('whatever a script says', () => {
  it('it is read, or refused as a shell refuses it', () => {
    fc.assert(
      fc.property(text, (script) => {
        try {
          parseScript(script);
        } catch (error) {
          expect(error).toBeInstanceOf(ShellSyntaxError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('running it ends, waits or goes on for ever, and never breaks', () => {
    fc.assert(
      fc.property(text, fc.constantFrom('sh', 'bash'), fc.boolean(), (script, shell, busybox) => {
        const ran = runText(shellBox({ busybox, files: { '/etc/passwd': 'root:x:0:0\n' } }), script, shell);
        if (ran.code !== undefined) expect(ran.code).toBeLessThan(256);
      }),
      { numRuns: 600 },
    );
  });
});

describe('time', () => {
  const ms = (script: string): number => runText(shellBox(), script).ms;

  it('passes where a program takes time, in the background as well', () => {
    expect(ms('touch /tmp/healthy; sleep 30; rm -f /tmp/healthy; sleep 600')).toBe(630_000);
    expect(ms('sleep 10 & sleep 3; wait')).toBe(10_000);
    expect(ms('x=$(sleep 2; echo a); sleep 1.5')).toBe(3500);
    expect(ms('sleep 1 | sleep 4 | sleep 2')).toBe(4000);
    expect(ms('for i in 1 2 3; do sleep 1m; done')).toBe(180_000);
    expect(ms('timeout 3 sleep 10')).toBe(3000);
    expect(ms('sleep infinity')).toBe(Number.POSITIVE_INFINITY);
    expect(ms('tail -f /dev/null')).toBe(Number.POSITIVE_INFINITY);
    expect(ms('while true; do :; done')).toBe(Number.POSITIVE_INFINITY);
  });

  it('lets a reader see what a writer says while both run', () => {
    const script = '(for i in 1 2 3; do date +%S; sleep 1; done) | while read s; do echo "at $s"; done';
    expect(runText(shellBox(), script)).toMatchObject({ out: 'at 00\nat 01\nat 02\n', ms: 3000 });
    const tail = 'touch log; tail -f log & sleep 1; echo hello >> log; sleep 2; kill $!; wait $!; echo $?';
    expect(runText(shellBox(), tail)).toMatchObject({ out: 'hello\n143\n', code: 0 });
  });
});

describe('signals', () => {
  const signalled = (script: string, first: boolean, at = 1000) => {
    let outcome: string | undefined;
    const ran = runArgv(shellBox(), ['sh', '-c', script], (state, now) => {
      if (now === at) outcome = signalShell(state, 1, 'TERM', first);
      return state;
    });
    return { outcome, ...ran };
  };

  it('run a trap: at once where the shell waits, else after the program in front', () => {
    const trap = "trap 'echo bye; exit 0' TERM;";
    expect(signalled(`${trap} sleep 1; sleep 60 & wait`, true)).toMatchObject({
      outcome: 'trapped',
      code: 0,
      out: 'bye\n',
      ms: 1000,
    });
    expect(signalled(`${trap} sleep 1 & sleep 60; echo never`, true)).toMatchObject({
      out: 'bye\n',
      ms: 60_000,
    });
  });

  it('reach no first process that does not handle them', () => {
    expect(signalled('sleep 1; sleep 60', true)).toMatchObject({ outcome: 'ignored', ms: 61_000 });
    expect(signalled("trap '' TERM; sleep 1; sleep 60", false).outcome).toBe('ignored');
    expect(signalled('sleep 1; sleep 60', false).outcome).toBe('ends');
  });

  it('go to the container where it is not the shell that is its first process', () => {
    const box = shellBox();
    runArgv(box, ['sh', '-c', 'kill 1; kill -9 1; kill -s INT 1'], undefined, 30);
    expect(box.signals).toEqual(['TERM', 'KILL', 'INT']);
  });
});

describe('the network', () => {
  const answers: Readonly<Record<string, FetchResult>> = {
    'http://ok/': { kind: 'answered', status: 200, body: 'hi\n', afterMs: 3 },
    'http://bad/': { kind: 'answered', status: 503, body: 'no', afterMs: 3 },
    'http://shut/': { kind: 'refused', afterMs: 1 },
    'http://dead/': { kind: 'timedOut', afterMs: 2000 },
  };
  const box = (busybox: boolean) =>
    shellBox({
      busybox,
      fetch: (url) => answers[url] ?? { kind: 'notResolved', afterMs: 0 },
      connect: (host, port) => ({ kind: port === 80 ? 'open' : 'refused', afterMs: host === 'far' ? 9 : 0 }),
      addresses: { ok: '10.96.0.5', shut: '10.96.0.6' },
    });

  it.each([
    ['curl -s ok/', 0, 'hi\n', ''],
    ['curl -si ok/', 0, 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nhi\n', ''],
    ['curl -I --silent ok/', 0, 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n', ''],
    ['curl -s -o /dev/null -w "%{http_code}\\n" http://bad/', 0, '503\n', ''],
    ['curl http://bad/', 0, 'no', ''],
    ['curl -f http://bad/', 22, '', 'curl: (22) The requested URL returned error: 503\n'],
    [
      'curl http://shut/',
      7,
      '',
      'curl: (7) Failed to connect to shut port 80 after 1 ms: Could not connect to server\n',
    ],
    ['curl -sS http://none/', 6, '', 'curl: (6) Could not resolve host: none\n'],
    [
      'curl -m 2 http://dead/',
      28,
      '',
      'curl: (28) Operation timed out after 2000 milliseconds with 0 bytes received\n',
    ],
    ['curl', 2, '', 'curl: (2) no URL specified\n'],
  ])('in the words of curl: %s', (script, code, out, err) =>
    expect(runText(box(true), script)).toMatchObject({ code, out, err }),
  );

  it.each([
    ['wget -qO- http://ok/', 0, 'hi\n', ''],
    ['wget -q http://gone/ -O p || echo failed', 0, 'failed\n', "wget: bad address 'gone'\n"],
    ['wget -qO- http://bad/', 1, '', 'wget: server returned error: HTTP/1.1 503 Service Unavailable\n'],
    ['wget -q http://shut/', 1, '', "wget: can't connect to remote host (10.96.0.6): Connection refused\n"],
    ['wget -T 2 -q http://dead/', 1, '', 'wget: download timed out\n'],
    ['wget -q --spider http://ok/ && echo up', 0, 'up\n', ''],
    [
      'nc -z ok 80; echo $?; nc -z ok 81; echo $?',
      0,
      '0\n1\n',
      'nc: ok (10.96.0.5:81): Connection refused\n',
    ],
    [
      'nslookup none',
      1,
      'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n' +
        "** server can't find none: NXDOMAIN\n\n".repeat(2),
      '',
    ],
    ['getent hosts ok', 0, '10.96.0.5       ok\n', ''],
    ['echo ok.$(cat /var/run/secrets/kubernetes.io/serviceaccount/namespace).svc', 0, 'ok.default.svc\n', ''],
    ['until nc -z far 80; do sleep 1; done; echo up', 0, 'up\n', ''],
  ])('in the words of BusyBox: %s', (script, code, out, err) => {
    expect(runText(box(true), script)).toMatchObject({ code, out, err });
  });
});

it('a process is killed by a program as by the shell itself', () => {
  const killed = runText(shellBox(), 'sleep 100 & env kill $!; wait $!; echo $?; env kill 9999');
  expect([killed.out, killed.err]).toEqual(['143\n', "kill: can't kill pid 9999: No such process\n"]);
  const asked = runText(shellBox(), 'env kill -0 $$ && echo there; env kill -BAD 1; env kill');
  expect([asked.out, asked.err.split('\n').length]).toEqual(['there\n', 3]);
});

describe('what is not known', () => {
  it('is not there in an image whose programs are all known', () => {
    expect(runText(shellBox(), 'jq . x; echo $?').out).toBe('127\n');
    expect(runText(shellBox(), 'apk add jq && jq . x; echo $?').out).toMatch(/^0$/m);
    expect(runText(shellBox(), 'nope').err).toBe('sh: 1: nope: not found\n');
    expect(runText(shellBox({ busybox: true }), 'nope').err).toBe('sh: nope: not found\n');
    expect(runText(shellBox(), 'nope', 'bash').err).toBe('bash: line 1: nope: command not found\n');
  });

  it('is passed over in an image that has others, and stays where nothing comes after it', () => {
    const box = shellBox({ server: 'shop', staysOn: true });
    expect(runText(box, 'migrate --all && echo ok')).toMatchObject({ code: 0, out: 'ok\n' });
    expect(runText(box, 'set -e; echo a; exec /app/server')).toMatchObject({ code: undefined, out: 'a\n' });
    expect(runText(box, 'v=$(tool version); echo "[$v]"')).toMatchObject({ code: 0, out: '[]\n' });
    expect(runText(box, 'worker & wait').code).toBeUndefined();
    expect(box.passedOver).toEqual(['migrate', '/app/server', 'tool', 'worker']);
  });

  it('ends well where it is to end', () => {
    expect(runText(shellBox({ server: 'shop' }), 'exec /app/migrate')).toMatchObject({ code: 0 });
  });

  it.each(['apt-get update && apt-get install -y curl', 'apk add --no-cache jq', 'yum install -y nc'])(
    '%s',
    (script) => {
      const box = shellBox();
      expect(runText(box, script).code).toBe(0);
      expect(box.passedOver).not.toEqual([]);
    },
  );
});

describe('a standard input that is kept open', () => {
  it.each(['sh', 'cat', 'read x', '(cat)'])('lets %s wait', (script) => {
    expect(runText(shellBox({ stdin: true }), script).ms).toBe(Number.POSITIVE_INFINITY);
    expect(runText(shellBox(), script).code).toBeLessThan(2);
  });
});

describe('pipelines over time', () => {
  it.each([
    ['printf a | (cat; sleep 1) | cat', 'a', 1000],
    ['(echo a; sleep 2; echo b) | grep -v x | wc -l', '2\n', 2000],
  ])('%s waits for who writes', (text, out, ms) =>
    expect(runText(shellBox({}), text)).toMatchObject({ out, ms, code: 0 }),
  );
});

describe('files', () => {
  const files = { '/etc/motd': 'hello\n' };
  it.each([
    [
      'cat /x',
      1,
      '',
      "cat: can't open '/x': No such file or directory\n",
      'cat: /x: No such file or directory\n',
    ],
    [
      'rm /x',
      1,
      '',
      "rm: can't remove '/x': No such file or directory\n",
      "rm: cannot remove '/x': No such file or directory\n",
    ],
    ['rm /etc', 1, '', "rm: '/etc' is a directory\n", "rm: cannot remove '/etc': Is a directory\n"],
    [
      'ls /nope',
      undefined,
      '',
      'ls: /nope: No such file or directory\n',
      "ls: cannot access '/nope': No such file or directory\n",
    ],
    [
      'mkdir /a/b',
      1,
      '',
      "mkdir: can't create directory '/a/b': No such file or directory\n",
      "mkdir: cannot create directory '/a/b': No such file or directory\n",
    ],
    [
      'mkdir /readonly; touch /readonly/x',
      1,
      '',
      'touch: /readonly/x: Read-only file system\n',
      "touch: cannot touch '/readonly/x': Read-only file system\n",
    ],
    ['cat < /x', undefined, '', "sh: can't open /x: no such file\n", 'sh: 1: cannot open /x: No such file\n'],
  ])('%s, in the words of BusyBox and of GNU', (script, code, out, busybox, gnu) => {
    for (const [is, err] of [
      [true, busybox],
      [false, gnu],
    ] as const) {
      const ran = runText(shellBox({ files, busybox: is }), script);
      expect(ran).toMatchObject({ out, err });
      if (code !== undefined) expect(ran.code).toBe(code);
    }
  });
});
