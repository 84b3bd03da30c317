/** What a Pod's spec comes to inside its containers, from where upstream's tests look at it. */
import { describe, expect, it } from 'vitest';
import type { Node, Pod } from '../../api/types.ts';
import { Cluster } from '../../cluster.ts';
import { podNetwork } from '../../network/reach.ts';
import { containerLogs, execInContainer } from '../exec.ts';

const cluster = Cluster.create({ seed: 1, nodes: 1 });
const MOUNTTEST = { name: 'c', image: 'registry.k8s.io/e2e-test-images/agnhost:2.21' };

interface Played {
  readonly pod: Pod;
  readonly logs: string;
}

function play(spec: object, ms = 30_000, meanwhile: (c: Cluster) => void = () => undefined): Played {
  const c = cluster.fork();
  const metadata = { name: 'p', namespace: 'default', annotations: { a: 'b' } };
  c.client().create({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'm', namespace: 'default' },
    data: { 'data-1': 'value-1' },
  } as never);
  c.client().create({ apiVersion: 'v1', kind: 'Pod', metadata, spec } as never);
  c.pass(ms);
  meanwhile(c);
  c.pass(ms);
  const pod: Pod = c.client().get('Pod', 'default', 'p');
  const machine = c.world.machines.get('node-1')!;
  const lines = containerLogs(machine, pod.metadata.uid, pod.spec.containers[0]!.name) ?? [];
  return { pod, logs: lines.map(({ line }) => line).join('\n') };
}

const script = (text: string, more: object = {}): object => ({
  restartPolicy: 'Never',
  containers: [{ name: 'c', image: 'busybox', command: ['/bin/sh', '-c', text], ...more }],
});

const mounted = (volume: object, args: readonly string[], securityContext: object = {}): object => ({
  restartPolicy: 'Never',
  securityContext,
  volumes: [{ name: 'v', ...volume }],
  containers: [{ ...MOUNTTEST, args, volumeMounts: [{ name: 'v', mountPath: '/v' }] }],
});

describe('volumes', () => {
  it.each<[string, object, readonly string[], object, readonly string[]]>([
    [
      'an emptyDir in memory',
      { emptyDir: { medium: 'Memory' } },
      ['--fs_type=/v', '--file_perm=/v'],
      {},
      ['mount type of "/v": tmpfs', 'perms of file "/v": -rwxrwxrwx'],
    ],
    [
      'a file of a user',
      { emptyDir: {} },
      ['--new_file_0644=/v/f', '--file_owner=/v/f'],
      { runAsUser: 1001 },
      ['owner UID of "/v/f": 1001', 'owner GID of "/v/f": 0'],
    ],
    [
      'a file of an fsGroup',
      { emptyDir: {} },
      ['--new_file_0644=/v/f', '--file_owner=/v/f', '--file_mode=/v'],
      { runAsUser: 1001, fsGroup: 123 },
      ['mode of file "/v": dgrwxrwxrwx', 'owner UID of "/v/f": 1001', 'owner GID of "/v/f": 123'],
    ],
    [
      'a ConfigMap with a mode',
      { configMap: { name: 'm', defaultMode: 0o400 } },
      ['--file_mode=/v/data-1', '--file_content=/v/data-1'],
      {},
      ['mode of file "/v/data-1": -r--------', 'content of file "/v/data-1": value-1'],
    ],
    [
      'a ConfigMap with an fsGroup',
      { configMap: { name: 'm', defaultMode: 0o400 } },
      ['--file_mode=/v/data-1', '--file_owner=/v/data-1'],
      { runAsUser: 1000, fsGroup: 1001 },
      ['mode of file "/v/data-1": -r--r-----', 'owner GID of "/v/data-1": 1001'],
    ],
  ])('%s', (_, volume, flags, context, lines) => {
    const { logs, pod } = play(mounted(volume, ['mounttest', ...flags], context));
    for (const line of lines) expect(logs.split('\n')).toContain(line);
    expect(pod.status.phase).toBe('Succeeded');
  });
});

describe('why a container has ended', () => {
  const messageOf = ({ pod }: Played): string | undefined =>
    pod.status.containerStatuses![0]!.state!.terminated?.message;

  it.each<[string, string, object, string | undefined]>([
    ['what it wrote', 'printf DONE > /dev/termination-log', {}, 'DONE'],
    [
      'at a path of its own, as another user, on a root that is not written to',
      'printf DONE > /run/why/custom',
      {
        terminationMessagePath: '/run/why/custom',
        securityContext: { runAsUser: 1000, readOnlyRootFilesystem: true },
      },
      'DONE',
    ],
    ['nothing', 'true', {}, undefined],
    [
      'the last of its log',
      'echo one; echo two; exit 3',
      { terminationMessagePolicy: 'FallbackToLogsOnError' },
      'one\ntwo\n',
    ],
    [
      'nothing where it ended well',
      'echo one',
      { terminationMessagePolicy: 'FallbackToLogsOnError' },
      undefined,
    ],
    [
      'what it wrote before its log',
      'echo one; printf DONE > /dev/termination-log; exit 3',
      { terminationMessagePolicy: 'FallbackToLogsOnError' },
      'DONE',
    ],
    [
      '4096 bytes at most',
      'seq 5000 > /dev/termination-log',
      {},
      expect.stringMatching(/^[^]{4096}$/) as never,
    ],
  ])('is %s', (_, text, more, message) => {
    expect(messageOf(play(script(text, more)))).toEqual(message);
  });
});

describe('a container', () => {
  it.each<[string, object, object, string]>([
    ['its user', { securityContext: { runAsUser: 65_534 } }, {}, 'uid=65534(nobody)'],
    ['its groups', {}, { securityContext: { runAsGroup: 7, supplementalGroups: [8] } }, 'groups=7,8'],
  ])('knows %s', (_, more, pod, text) =>
    expect(play({ ...script('id', more), ...pod }).logs).toContain(text),
  );

  it.each([
    [{}, 'RTNETLINK answers: Operation not permitted'],
    [{ securityContext: { privileged: true } }, 'done'],
    [{ securityContext: { capabilities: { add: ['NET_ADMIN'] } } }, 'done'],
  ])('with %j makes devices or does not', (more, text) =>
    expect(play(script('ip link add dummy0 type dummy && echo done', more)).logs).toContain(text),
  );

  it.each([
    [true, 'Effective uid: 0'],
    [false, 'Effective uid: 1000'],
  ])('where escalation is allowed: %s', (allowPrivilegeEscalation, line) => {
    const securityContext = { runAsUser: 1000, allowPrivilegeEscalation };
    const containers = [
      { name: 'c', image: 'registry.k8s.io/e2e-test-images/nonewprivs:1.3', securityContext },
    ];
    expect(play({ restartPolicy: 'Never', containers }).logs).toBe(line);
  });

  it('is called by the path that its command gives', () => {
    const more = { securityContext: { readOnlyRootFilesystem: true } };
    expect(play(script('echo x > /file', more)).logs).toBe(
      "/bin/sh: can't create /file: Read-only file system",
    );
  });

  it('finds the names that its Pod adds, and its node’s where it has its network', () => {
    const hostAliases = [{ ip: '123.45.67.89', hostnames: ['foo', 'bar'] }];
    const managed = play({ ...script('cat /etc/hosts'), hostAliases }).logs;
    expect(managed).toMatch(/^# Kubernetes-managed hosts file\.\n/);
    expect(managed).toContain('# Entries added by HostAliases.\n123.45.67.89\tfoo\tbar');
    const own = play({ ...script('cat /etc/hosts'), hostNetwork: true }).logs;
    expect(own).toMatch(/^# Kubernetes-managed hosts file \(host network\)\.\n127\.0\.0\.1\tlocalhost\n/);
  });
});

describe('a Pod with a hostname and a subdomain', () => {
  it('is called so inside', () => {
    const spec = { ...script('hostname; cat /etc/hosts'), hostname: 'h', subdomain: 's' };
    expect(play(spec).logs).toMatch(/^h\n[^]*\d\th\.s\.default\.svc\.cluster\.local\th$/);
  });
});

describe('what others say a node has', () => {
  it('can be given to Pods, for as long as it is said', () => {
    const c = cluster.fork();
    const say = (capacity: object): Record<string, string> => {
      const node: Node = c.client().get('Node', '', 'node-1');
      c.client().updateStatus({ ...node, status: { ...node.status, capacity } } as never);
      c.pass(30_000);
      return (c.client().get('Node', '', 'node-1') as Node).status.allocatable as Record<string, string>;
    };
    expect(say({ 'example.com/gpu': '3' })).toMatchObject({ 'example.com/gpu': '3' });
    expect(say({})).not.toHaveProperty(['example.com/gpu']);
  });
});

describe('a deadline', () => {
  it('that is set while the Pod runs ends it', () => {
    const { pod } = play(script('sleep 1000'), 60_000, (c) => {
      const client = c.client();
      const live: Pod = client.get('Pod', 'default', 'p');
      client.update({ ...live, spec: { ...live.spec, activeDeadlineSeconds: 5 } } as never);
    });
    expect(pod.status).toMatchObject({ phase: 'Failed', reason: 'DeadlineExceeded' });
  });
});

describe('names of images that no registry has', () => {
  it.each(['webserver:404', 'foo:non-existent'])('%s is not pulled', (image) => {
    const { pod } = play({ containers: [{ name: 'c', image }] });
    expect(pod.status.containerStatuses![0]!.state!.waiting?.reason).toMatch(
      /^(ErrImagePull|ImagePullBackOff)$/,
    );
  });
});

describe('a probe that runs out of its time', () => {
  it('is killed: what it had still to do is not done', () => {
    const command = ['sh', '-c', 'touch /tmp/before; sleep 3; touch /tmp/after'];
    const { logs } = play({
      containers: [
        {
          name: 'c',
          image: 'busybox',
          command: ['sh', '-c', 'sleep 20; ls /tmp; sleep 1d'],
          readinessProbe: { exec: { command }, timeoutSeconds: 2 },
        },
      ],
    });
    expect(logs).toBe('before');
  });
});

describe('what a container sees of file systems', () => {
  it('is its own disk, and what each of its volumes is on', () => {
    const { logs } = play({
      ...script('df -h; df -T /tmpfs/new | tail -1; df /none; head -3 /proc/mounts', {
        volumeMounts: [
          { name: 'd', mountPath: '/disk' },
          { name: 'm', mountPath: '/tmpfs' },
        ],
        securityContext: { readOnlyRootFilesystem: true },
      }),
      volumes: [
        { name: 'd', emptyDir: {} },
        { name: 'm', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } },
      ],
      initContainers: [
        {
          name: 'before',
          image: 'busybox',
          command: ['sh', '-c', 'dd if=/dev/zero of=/tmpfs/new bs=1M count=16'],
          volumeMounts: [{ name: 'm', mountPath: '/tmpfs' }],
        },
      ],
    });
    expect(logs.replaceAll(/ +/g, ' ').split('\n')).toEqual([
      'Filesystem Size Used Available Use% Mounted on',
      expect.stringMatching(/^overlay 50\.0G \d+\.\dM 50\.0G 1% \/$/),
      expect.stringMatching(/^\/dev\/sda1 50\.0G .* \/disk$/),
      'tmpfs 64.0M 16.0M 48.0M 25% /tmpfs',
      'tmpfs tmpfs 65536 16384 49152 25% /tmpfs',
      "df: /none: can't find mount point",
      'Filesystem 1K-blocks Used Available Use% Mounted on',
      'overlay / overlay ro,relatime 0 0',
      'proc /proc proc rw,nosuid,nodev,noexec,relatime 0 0',
      '/dev/sda1 /disk ext4 rw,relatime 0 0',
    ]);
  });
});

describe('an image with nothing but its program', () => {
  const pause = (command?: readonly string[]): object => ({
    containers: [
      { name: 'c', image: 'registry.k8s.io/pause:3.10', ...(command === undefined ? {} : { command }) },
    ],
  });

  it('runs that, and nothing is to be run beside it', () => {
    let said = '';
    const { pod } = play(pause(), 30_000, (c) => {
      const machine = c.world.machines.get('node-1')!;
      const [container] = machine.containers.values();
      said = execInContainer(c, machine, container!, ['sh', '-c', 'ls'], podNetwork).stderr;
    });
    expect(pod.status.phase).toBe('Running');
    expect(said).toContain('exec: "sh": executable file not found in $PATH');
  });

  it.each([['sh', '-c', 'sleep 1'], ['/bin/ls']])('cannot start %s', (...command) => {
    const { pod } = play(pause(command));
    const { lastState } = pod.status.containerStatuses![0]!;
    expect(lastState!.terminated).toMatchObject({
      reason: 'StartError',
      message: expect.stringMatching(/not found in \$PATH|no such file or directory/),
    });
  });
});
