/** Pods that a kubelet takes and cannot start, or does not take: what their status and events say. */
import { describe, expect, it } from 'vitest';
import type { Pod } from '../../api/types.ts';
import { Cluster } from '../../cluster.ts';
import { containersOf } from '../world.ts';

interface Outcome {
  readonly phase: string | undefined;
  readonly reason: string | undefined;
  readonly message: string | undefined;
  /** Of its container. */
  readonly waiting: string | undefined;
  readonly ready: boolean | undefined;
  /** What its last run printed. */
  readonly lines: readonly string[];
  readonly lastLine: string | undefined;
  readonly warnings: readonly string[];
}

function outcomeOf(spec: object, before: readonly object[] = []): Outcome {
  const cluster = Cluster.create({ seed: 1, nodes: 1 });
  const api = cluster.client();
  for (const object of before) api.create(object as never);
  api.create({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'default' },
    spec: { containers: [{ name: 'web', image: 'nginx' }], ...spec },
  } as never);
  cluster.pass(30_000);
  const { metadata, status } = api.get('Pod', 'default', 'web') as Pod;
  const runs = containersOf(cluster.world.machines.get('node-1')!, metadata.uid);
  const lines = (runs.at(-1)?.logs ?? []).map(({ line }) => line);
  return {
    ready: status.containerStatuses?.[0]?.ready,
    lines,
    lastLine: lines.at(-1),
    phase: status.phase,
    reason: status.reason,
    message: status.message,
    waiting: status.containerStatuses?.[0]?.state?.waiting?.reason,
    warnings: api
      .list('Event')
      .filter((e) => e.type === 'Warning')
      .map((e) => `${e.reason}: ${e.message}`),
  };
}

const withVolume = (source: object): object => ({
  containers: [{ name: 'web', image: 'nginx', volumeMounts: [{ name: 'data', mountPath: '/data' }] }],
  volumes: [{ name: 'data', ...source }],
});
const unmatched = (name: string): string =>
  'FailedMount: Unable to attach or mount volumes: unmounted volumes=[data], unattached volumes=[], failed ' +
  `to process volumes=[data]: failed to get Plugin from volumeSpec for volume "${name}" err=no volume ` +
  'plugin matched';

describe('a volume that the kubelet has no plugin for', () => {
  it.each([
    { cephfs: { monitors: ['10.0.0.1:6789'] } },
    { rbd: { monitors: ['10.0.0.1:6789'], image: 'data' } },
    { glusterfs: { endpoints: 'gluster', path: 'data' } },
    { flexVolume: { driver: 'example.com/lvm' } },
  ])('keeps its pod from starting: %j', (source) => {
    const { phase, waiting, warnings } = outcomeOf(withVolume(source));
    expect([phase, waiting]).toEqual(['Pending', 'ContainerCreating']);
    expect(warnings[0]).toBe(unmatched('data'));
  });

  it("is told by its name where it is the cluster's", () => {
    const { warnings } = outcomeOf(withVolume({ persistentVolumeClaim: { claimName: 'data' } }), [
      {
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: { name: 'shared' },
        spec: {
          capacity: { storage: '1Gi' },
          accessModes: ['ReadWriteMany'],
          storageClassName: '',
          cephfs: { monitors: ['10.0.0.1:6789'] },
        },
      },
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'data', namespace: 'default' },
        spec: {
          accessModes: ['ReadWriteMany'],
          storageClassName: '',
          resources: { requests: { storage: '1Gi' } },
        },
      },
    ]);
    expect(warnings).toContain(unmatched('shared'));
  });

  it('is one of a driver that is not there, or of git', () => {
    const csi = { csi: { driver: 'csi.spiffe.io', readOnly: true } };
    expect(outcomeOf(withVolume(csi)).warnings[0]).toBe(
      'FailedMount: MountVolume.SetUp failed for volume "data" : kubernetes.io/csi: mounter.SetUpAt failed ' +
        'to get CSI client: driver name csi.spiffe.io not found in the list of registered CSI drivers',
    );
    const driver = {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'CSIDriver',
      metadata: { name: 'csi.spiffe.io' },
    };
    const spec = { attachRequired: false, podInfoOnMount: true, volumeLifecycleModes: ['Ephemeral'] };
    expect(outcomeOf(withVolume(csi), [{ ...driver, spec }]).phase).toBe('Running');
    expect(
      outcomeOf(withVolume({ gitRepo: { repository: 'https://example.com/a.git' } })).warnings[0],
    ).toMatch(
      /^FailedMount: MountVolume\.SetUp failed for volume "data" : git-repo volume plugin has been disabled;/,
    );
  });
});

describe('kernel parameters', () => {
  const withSysctl = (name: string, more: object = {}): object => ({
    securityContext: { sysctls: [{ name, value: '1' }] },
    ...more,
  });

  it.each(['net.ipv4.tcp_syncookies', 'net/ipv4/ip_local_port_range', 'kernel.shm_rmid_forced'])(
    'that are safe are set: %s',
    (name) => {
      expect(outcomeOf(withSysctl(name)).phase).toBe('Running');
    },
  );

  it.each<[string, object, string]>([
    ['net.core.somaxconn', {}, '"net.core.somaxconn" not allowlisted'],
    ['kernel.msgmax', {}, '"kernel.msgmax" not allowlisted'],
  ])('that may harm others fail the pod: %s', (name, more, why) => {
    const { phase, reason, message, warnings } = outcomeOf(withSysctl(name, more));
    expect([phase, reason, message]).toEqual([
      'Failed',
      'SysctlForbidden',
      `Pod was rejected: forbidden sysctl: ${why}`,
    ]);
    expect(warnings[0]).toBe(`SysctlForbidden: forbidden sysctl: ${why}`);
  });
});

describe('what a container may do', () => {
  const web = (image: string, securityContext: object, more: object = {}): object => ({
    containers: [{ name: 'web', image, securityContext, ...more }],
  });
  const mounts = (...paths: readonly string[]): object => ({
    volumeMounts: paths.map((mountPath, i) => ({ name: `v${i}`, mountPath })),
  });
  const volumes = { volumes: [0, 1, 2].map((i) => ({ name: `v${i}`, emptyDir: {} })) };
  const cache = 'nginx: [emerg] mkdir() "/var/cache/nginx/client_temp" failed';
  const readOnly = { readOnlyRootFilesystem: true };

  it.each<[string, object, string]>([
    ['nothing can be written', web('nginx', readOnly), `${cache} (30: Read-only file system)`],
    ['it is not root', web('nginx', { runAsUser: 1000 }), `${cache} (13: Permission denied)`],
    [
      'the process ID has no place',
      web('nginx', readOnly, mounts('/var/cache/nginx')),
      'nginx: [emerg] open() "/run/nginx.pid" failed (30: Read-only file system)',
    ],
    [
      'it may give no file away',
      web('nginx', { capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } }),
      'nginx: [emerg] chown("/var/cache/nginx/client_temp", 101) failed (1: Operation not permitted)',
    ],
    [
      'not even /tmp can be written',
      web('nginxinc/nginx-unprivileged', readOnly),
      'nginx: [emerg] mkdir() "/tmp/client_temp" failed (30: Read-only file system)',
    ],
    [
      'httpd cannot say who it is',
      web('httpd', readOnly),
      'AH00100: httpd: could not log pid to file /usr/local/apache2/logs/httpd.pid',
    ],
  ])('keeps a web server from its work where %s', (_, spec, said) => {
    const { waiting, lastLine } = outcomeOf({ ...volumes, ...spec });
    expect([waiting, lastLine]).toEqual(['CrashLoopBackOff', said]);
  });

  it.each<[string, object]>([
    ['files have their places', web('nginx', readOnly, mounts('/var/cache/nginx', '/var/run'))],
    ['they are mounted for a user', web('nginx', { runAsUser: 101 }, mounts('/var/cache/nginx', '/run'))],
    ['it may give files away', web('nginx', { capabilities: { drop: ['all'], add: ['CAP_CHOWN'] } })],
    ['the image is made for it', web('nginxinc/nginx-unprivileged', { capabilities: { drop: ['ALL'] } })],
    ['its /tmp is mounted', web('nginxinc/nginx-unprivileged', readOnly, mounts('/tmp'))],
    ['nobody knows the program', web('example.com/shop', readOnly)],
  ])('lets it work where %s', (_, spec) => {
    expect(outcomeOf({ ...volumes, ...spec }).ready).toBe(true);
  });
});

it('a pod of another operating system is not taken', () => {
  const { phase, reason, message } = outcomeOf({ os: { name: 'windows' } });
  expect([phase, reason]).toEqual(['Failed', 'PodOSNotSupported']);
  expect(message).toContain("Failed to admit pod as the OS field doesn't match node OS");
});

it('secrets for a registry that are not there are told of, and done without', () => {
  const { phase, warnings } = outcomeOf({ imagePullSecrets: [{ name: 'here' }, { name: 'gone' }] }, [
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'here', namespace: 'default' } },
  ]);
  expect([phase, warnings]).toEqual([
    'Running',
    [
      'FailedToRetrieveImagePullSecret: Unable to retrieve some image pull secrets (gone); attempting to ' +
        'pull the image may not succeed.',
    ],
  ]);
});

it("a program that stands in place of the image's says nothing of what that one would", () => {
  const containers = [{ name: 'web', image: 'nginx', command: ['sh', '-c', 'echo mine; exit 3'] }];
  expect(outcomeOf({ containers }).lines).toEqual(['mine']);
});

it('an image that can have no such name is not looked for, whatever the policy', () => {
  for (const imagePullPolicy of ['IfNotPresent', 'Always', 'Never']) {
    const containers = [{ name: 'web', image: '{IMAGE}', imagePullPolicy }];
    const { phase, waiting, warnings } = outcomeOf({ containers });
    expect([phase, waiting]).toEqual(['Pending', 'InvalidImageName']);
    expect(warnings.slice(0, 2)).toEqual([
      'InspectFailed: Failed to apply default image tag "{IMAGE}": couldn\'t parse image name "{IMAGE}": ' +
        'invalid reference format: repository name (library/{IMAGE}) must be lowercase',
      'Failed: Error: InvalidImageName',
    ]);
  }
});
