import { describe, expect, it } from 'vitest';
import type { FetchResult, ShellEnv } from './commands.ts';
import { parseScript } from './parse.ts';
import { scriptOf } from './program.ts';
import { runScript } from './run.ts';

function shell(
  files: Record<string, string> = {},
  fetch?: (url: string) => FetchResult,
): { env: ShellEnv; files: Map<string, string>; signals: string[] } {
  const map = new Map(Object.entries(files));
  const signals: string[] = [];
  const env: ShellEnv = {
    hostname: 'web-0',
    read: (path) => map.get(path),
    write: (path, content) => {
      if (content === null) map.delete(path);
      else map.set(path, content);
    },
    list: (directory) =>
      [...map.keys()]
        .filter((p) => p.startsWith(directory.endsWith('/') ? directory : `${directory}/`))
        .sort(),
    signal: (name) => signals.push(name),
    ...(fetch === undefined ? {} : { fetch }),
  };
  return { env, files: map, signals };
}

/** Runs to the end; time that passes is added up. */
function run(text: string, env: ShellEnv): { code: number; out: string; err: string; ms: number } {
  let state = { at: 0, code: 0 };
  const script = parseScript(text);
  let [out, err, ms] = ['', '', 0];
  for (let i = 0; i < 50; i++) {
    const step = runScript(script, state, env);
    out += step.stdout;
    err += step.stderr;
    ms += step.afterMs;
    state = step.state;
    if (step.ended || step.afterMs === Infinity) break;
  }
  return { code: state.code, out, err, ms };
}

describe('the shell of containers', () => {
  it.each([
    ['cat /x', 1, '', 'cat: /x: No such file or directory\n'],
    ['cat /etc', 1, '', 'cat: /etc: Is a directory\n'],
    ['cat /etc/motd', 0, 'hello\n', ''],
    ['rm /x', 1, '', "rm: cannot remove '/x': No such file or directory\n"],
    ['rm -f /x', 0, '', ''],
    ['rm /etc', 1, '', "rm: cannot remove '/etc': Is a directory\n"],
    ['rm /etc/motd && cat /etc/motd', 1, '', 'cat: /etc/motd: No such file or directory\n'],
    ['ls /etc', 0, 'hosts\nmotd\n', ''],
    ['ls /nope', 2, '', "ls: cannot access '/nope': No such file or directory\n"],
    ['echo a "b  c"', 0, 'a b  c\n', ''],
    ['echo -n a; echo b', 0, 'ab\n', ''],
    ['echo one > /f; echo two >> /f; cat /f', 0, 'one\ntwo\n', ''],
    ['test -f /etc/motd && echo yes || echo no', 0, 'yes\n', ''],
    ['[ -f /nope ] && echo yes || echo no', 0, 'no\n', ''],
    ['! true', 1, '', ''],
    ['false; true', 0, '', ''],
    ['if [ -f /etc/motd ]; then echo in; else echo out; fi', 0, 'in\n', ''],
    ['if [ -f /nope ]; then echo in; else echo out; fi', 0, 'out\n', ''],
    ['exit 3; echo never', 3, '', ''],
    ['nope', 127, '', 'sh: nope: not found\n'],
    ['hostname', 0, 'web-0\n', ''],
    [
      'cat /nope 2>/dev/null || echo fallback # remark',
      0,
      'fallback\n',
      'cat: /nope: No such file or directory\n',
    ],
  ])('%s', (text, code, out, err) => {
    const { env } = shell({ '/etc/motd': 'hello\n', '/etc/hosts': '' });
    expect(run(text, env)).toEqual({ code, out, err, ms: 0 });
  });

  it('tells how long a script takes, and goes on from where it slept', () => {
    const { env, files } = shell();
    expect(run('touch /tmp/healthy; sleep 30; rm -f /tmp/healthy; sleep 600', env)).toEqual({
      code: 0,
      out: '',
      err: '',
      ms: 630_000,
    });
    expect(files.size).toBe(0);
    expect(run('while true; do echo x; sleep 1; done', env).ms).toBe(50_000);
    expect(run('while true; do :; done', env).ms).toBe(Infinity);
    expect(run('sleep infinity', env).ms).toBe(Infinity);
  });

  it('signals the first process only', () => {
    const { env, signals } = shell();
    expect(run('kill 1; kill -9 1; kill -s INT 1', env).code).toBe(0);
    expect(signals).toEqual(['TERM', 'KILL', 'INT']);
    expect(run('kill 7', env)).toMatchObject({ code: 1, err: "sh: can't kill pid 7: No such process\n" });
  });

  it('asks the network in the words of wget and curl', () => {
    const answers: Record<string, FetchResult> = {
      'http://ok/': { kind: 'answered', status: 200, body: 'hi\n', afterMs: 3 },
      'http://bad/': { kind: 'answered', status: 503, body: 'no', afterMs: 3 },
      'http://shut/': { kind: 'refused' },
      'http://dead/': { kind: 'timedOut' },
      'http://none/': { kind: 'notResolved' },
    };
    const { env } = shell({}, (url) => answers[url]!);
    expect(run('wget -qO- http://ok/', env)).toMatchObject({ code: 0, out: 'hi\n' });
    expect(run('curl -s ok/', env)).toMatchObject({ code: 0, out: 'hi\n' });
    const head = 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n';
    expect(run('curl -si ok/', env)).toMatchObject({ code: 0, out: `${head}hi\n` });
    expect(run('curl -I --silent ok/', env)).toMatchObject({ code: 0, out: head });
    expect(run('wget -qO- http://bad/', env)).toMatchObject({
      code: 1,
      err: 'wget: server returned error: HTTP/1.1 503\n',
    });
    expect(run('curl http://bad/', env)).toMatchObject({ code: 0, out: 'no' });
    expect(run('curl -f http://bad/', env)).toMatchObject({ code: 22 });
    expect(run('curl http://shut/', env)).toMatchObject({
      code: 7,
      err: 'curl: (7) Failed to connect to shut port 80: Connection refused\n',
    });
    expect(run('curl -m 2 http://dead/', env)).toMatchObject({ code: 28, ms: 2000 });
    expect(run('wget http://none/', env)).toMatchObject({ code: 1, err: "wget: bad address 'none'\n" });
  });

  it('says what it cannot read', () => {
    expect(() => parseScript('echo "open')).toThrow('unterminated quoted string');
    expect(() => parseScript('while true; do echo x')).toThrow('unexpected end of file');
    expect(() => parseScript('cat x | grep y')).toThrow('pipes are not supported');
    expect(() => parseScript('&& true')).toThrow('unexpected "&&"');
  });

  it('makes one script of a command line', () => {
    expect(scriptOf(['sh', '-c', 'echo $HOME'])).toBe('echo $HOME');
    expect(scriptOf(['rm', '-f', '/a b'])).toBe("rm -f '/a b'");
    expect(scriptOf(['sh'])).toBe('');
  });
});
