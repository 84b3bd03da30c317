import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runArgv, shellBox } from '../testing.ts';

const OWN = ['agnhost', 'agnhost-2', 'nnp'];
const FILES = { '/etc/config/data-1': 'value-1' };

const ran = (argv: readonly string[], options: Parameters<typeof shellBox>[0] = {}) =>
  runArgv(shellBox({ own: OWN, ...options }), argv);

describe('agnhost', () => {
  it('is there in its own image alone', () => {
    expect(runArgv(shellBox({}), ['/agnhost', 'mounttest']).code).toBe(127);
    expect(ran(['/agnhost', 'mounttest']).code).toBe(0);
  });

  it.each<[readonly string[], string, number]>([
    [['--file_content=/etc/config/data-1'], 'content of file "/etc/config/data-1": value-1\n', 0],
    [
      ['--file_content', '/none'],
      'error reading file content for "/none": open /none: no such file or directory\n',
      1,
    ],
    [['--file_mode=/etc/config/data-1'], 'mode of file "/etc/config/data-1": -rw-r--r--\n', 0],
    [['--file_perm=/etc/config/data-1'], 'perms of file "/etc/config/data-1": -rw-r--r--\n', 0],
    [['--file_mode=/none'], 'error from Stat("/none"): stat /none: no such file or directory\n', 1],
    [['--fs_type=/etc/config'], 'mount type of "/etc/config": 61267\n', 0],
    [
      ['--file_owner=/etc/config/data-1'],
      'owner UID of "/etc/config/data-1": 0\nowner GID of "/etc/config/data-1": 0\n',
      0,
    ],
  ])('mounttest %j', (flags, out, code) => {
    expect(ran(['/agnhost', 'mounttest', ...flags], { files: FILES })).toMatchObject({ out, code });
  });

  it('mounttest makes a file of the mode that is asked, and tells of it in upstream order', () => {
    const flags = ['--file_perm=/tmp/f', '--new_file_0666=/tmp/f'];
    expect(ran(['/agnhost', 'mounttest', ...flags]).out).toBe(
      'content of file "/tmp/f": mount-tester new file\n\nperms of file "/tmp/f": -rw-rw-rw-\n',
    );
  });

  it('mounttest reads again every two seconds, for as long as it is told to', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.boolean(), (seconds, there) => {
        const flags = [
          '--file_content_in_loop=/etc/config/data-1',
          `--retry_time=${seconds}`,
          '--break_on_expected_content=false',
        ];
        const { out, code, ms } = ran(['/agnhost', 'mounttest', ...flags], { files: there ? FILES : {} });
        expect(out.trim().split('\n')).toHaveLength(Math.ceil(seconds / 2));
        expect(out).toContain(there ? '": value-1' : 'Error reading file');
        expect([code, ms]).toEqual([there ? 0 : 1, Math.ceil(seconds / 2) * 2000]);
      }),
      { numRuns: 20 },
    ));

  it.each([
    ['open', 0, ''],
    ['refused', 1, 'REFUSED\n'],
    ['timedOut', 1, 'TIMEOUT\n'],
    ['notResolved', 1, 'DNS: lookup web: no such host\n'],
  ] as const)('connect tells of a connection that is %s', (kind, code, err) => {
    const connect = () => ({ kind, afterMs: 10 });
    expect(ran(['/agnhost', 'connect', '--timeout=3s', 'web:80'], { connect })).toMatchObject({
      code,
      err,
      ms: 10,
    });
  });

  it('tells whom it asks for names', () => {
    expect(ran(['/agnhost', 'dns-suffix']).out).toBe(
      'default.svc.cluster.local,svc.cluster.local,cluster.local\n',
    );
    expect(ran(['/agnhost', 'dns-server-list']).out).toBe('10.96.0.10\n');
  });

  it('logs-generator spreads its lines over the time', () => {
    const { out, ms } = ran(['/agnhost', 'logs-generator', '-t', '10', '--run-duration=20s']);
    const lines = out.trim().split('\n');
    expect(lines).toHaveLength(10);
    expect(lines[3]).toMatch(
      /^I0105 09:00:06\.000000 +1 logs_generator\.go:76\] 3 (GET|PUT|POST) \/api\/v1\/namespaces\/[\w-]+\/pods\/\w{3,4} [2-5]\d\d$/,
    );
    expect(ms).toBe(20_000);
  });
});

describe('users', () => {
  it.each([
    [['id', '-u'], '65534\n'],
    [['id'], 'uid=65534(nobody) gid=65534(nogroup) groups=65534(nogroup)\n'],
    [['whoami'], 'nobody\n'],
    [['nnp'], 'Effective uid: 0\n'],
  ])('%j says who runs it', (argv, out) => {
    const files = {
      '/etc/passwd': 'root:x:0:0::/:\nnobody:x:65534:65534::/:\n',
      '/etc/group': 'root:x:0:\nnogroup:x:65534:\n',
    };
    expect(ran(argv, { user: 65_534, files }).out).toBe(out);
  });
});
