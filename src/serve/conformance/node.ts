/** [sig-node] and [sig-scheduling] */
import { expect } from 'vitest';
import type { Body } from '../testing.ts';
import { AGNHOST, type Api, at, type Cases, operations, podOf } from './api.ts';

const PODS = at('v1', 'pods', 'default');
const CLASSES = at('node.k8s.io/v1', 'runtimeclasses');
const RESOURCE = 'resource.k8s.io/v1';

// ---- variables with prefixes

/** Keys that are no names in C: with what stands before them they are variables all the same. */
function prefixed(api: Api, plural: string, ref: string, data: (of: object) => object): void {
  api.create(at('v1', plural, 'default'), {
    metadata: { name: 'source' },
    ...data({ 'data.1': 'one', 'x-2': 'two' }),
  });
  const envFrom = [
    { [ref]: { name: 'source' } },
    { prefix: 'p-', [ref]: { name: 'source' } },
    { prefix: '#.', [ref]: { name: 'source' } },
  ];
  const lines = api.printed('reads', '', {}, { envFrom, command: ['env'] }).split('\n');
  for (const prefix of ['', 'p-', '#.'])
    expect(lines).toEqual(expect.arrayContaining([`${prefix}data.1=one`, `${prefix}x-2=two`]));
}

// ---- resizing

interface Sized {
  readonly name: string;
  readonly cpu: string;
  readonly memory: string;
}

const guaranteed = ({ name, cpu, memory }: Sized): object => ({
  name,
  image: AGNHOST,
  args: ['pause'],
  resources: { requests: { cpu, memory }, limits: { cpu, memory } },
});

/** Resizes the containers of a Pod in place, and back. */
function resizes(
  api: Api,
  make: (sized: Sized) => object,
  before: readonly Sized[],
  after: readonly Sized[],
): void {
  const path = `${PODS}/sized`;
  const { metadata } = podOf('sized');
  api.create(PODS, { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: before.map(make) } });
  const restarts = (pod: Body): number[] => pod.status.containerStatuses.map((c: Body) => c.restartCount);
  const allocated = (pod: Body): object[] =>
    pod.status.containerStatuses.map((c: Body) => [c.name, c.resources]);
  const wanted = (sized: readonly Sized[]): object[] =>
    sized.map((one) => [one.name, (make(one) as { resources: object }).resources]);
  api.running('sized');
  for (const sizes of [after, before]) {
    api.patch(
      `${path}/resize`,
      {
        spec: {
          containers: sizes.map((one) => ({ name: one.name, resources: (make(one) as Body).resources })),
        },
      },
      'strategic',
    );
    const seen = api.until(
      () => api.get(path),
      (pod) =>
        pod.status.observedGeneration === pod.metadata.generation &&
        JSON.stringify(allocated(pod)) === JSON.stringify(wanted(sizes)) &&
        !pod.status.conditions.some((c: Body) => c.type.startsWith('PodResize')),
    );
    expect(restarts(seen)).toEqual(before.map(() => 0));
  }
}

const sized = (...sizes: readonly (readonly [cpu: string, memory: string])[]): Sized[] =>
  sizes.map(([cpu, memory], i) => ({ name: `c${i + 1}`, cpu, memory }));

const burstable = ({ name, cpu, memory }: Sized): object => ({
  name,
  image: AGNHOST,
  args: ['pause'],
  resources: { requests: { cpu, memory }, limits: { cpu: '2', memory: '1Gi' } },
});

const resources = (api: Api): Body => api.get(`${PODS}/sized`).spec.containers[0].resources;

// ---- runtime classes

const FORBIDDEN = 403;

function refusesClass(api: Api, runtimeClassName: string): void {
  const said = api.refused(FORBIDDEN, 'POST', PODS, podOf('classed', { spec: { runtimeClassName } }));
  expect(said).toContain(`RuntimeClass "${runtimeClassName}" not found`);
}

// ---- probes

function probed(api: Api, port: number): Body {
  const container = {
    image: AGNHOST,
    args: ['grpc-health-checking'],
    livenessProbe: { grpc: { port }, initialDelaySeconds: 5, periodSeconds: 5, failureThreshold: 1 },
  };
  api.create(PODS, podOf('grpc', { container }));
  api.pass(120_000);
  return api.get(`${PODS}/grpc`).status.containerStatuses[0].restartCount;
}

// ---- devices

const SELECTS = { selectors: [{ cel: { expression: 'device.driver == "e2e.example.com"' } }] };
const REQUESTS = { devices: { requests: [{ name: 'r', exactly: { deviceClassName: 'e2e' } }] } };

const idOf = (api: Api, name: string, pod: object, container: object): string =>
  api.printed(name, 'id', pod, container);

export const node: Cases = {
  ConfigMap: {
    'should be consumable as environment variable names with various prefixes': (api) =>
      prefixed(api, 'configmaps', 'configMapRef', (data) => ({ data })),
    'should update ConfigMap successfully': (api) => {
      const path = at('v1', 'configmaps', 'default');
      const made = api.create(path, { metadata: { name: 'm' }, data: { a: '1' } });
      const next = api.update(`${path}/m`, { ...made, data: { a: '2' } });
      expect([next.data, next.metadata.uid]).toEqual([{ a: '2' }, made.metadata.uid]);
    },
  },
  'Downward API': {
    'should provide hostIPs as an env var': (api) => {
      const env = [{ name: 'HOST_IPS', valueFrom: { fieldRef: { fieldPath: 'status.hostIPs' } } }];
      const lines = api.printed('reads', 'echo HOST_IPS=$HOST_IPS', {}, { env });
      expect(lines).toBe(`HOST_IPS=${api.get(`${PODS}/reads`).status.hostIP}\n`);
    },
  },
  'Ephemeral Containers': {
    'should update the ephemeral containers in an existing pod': (api) => {
      api.create(PODS, podOf('p'));
      api.running('p');
      const debugger_ = (name: string): object => ({
        name,
        image: 'busybox',
        command: ['sh', '-c', 'sleep 600'],
      });
      const path = `${PODS}/p/ephemeralcontainers`;
      const names = (): string[] => api.get(path).spec.ephemeralContainers.map((c: Body) => c.name);
      api.patch(path, { spec: { ephemeralContainers: [debugger_('one')] } }, 'strategic');
      expect(names()).toEqual(['one']);
      const now = api.get(`${PODS}/p`);
      const ephemeralContainers = [...now.spec.ephemeralContainers, debugger_('two')];
      const { status } = api.send('PUT', path, { ...now, spec: { ...now.spec, ephemeralContainers } });
      expect([status, names()]).toEqual([200, ['one', 'two']]);
    },
    'will start an ephemeral container in an existing pod': (api) => {
      api.create(PODS, podOf('p'));
      api.running('p');
      const debugger_ = {
        name: 'debugger',
        image: 'busybox',
        command: ['sh', '-c', 'while true; do echo polo; sleep 2; done'],
      };
      api.patch(`${PODS}/p/ephemeralcontainers`, { spec: { ephemeralContainers: [debugger_] } }, 'strategic');
      api.until(
        () => api.get(`${PODS}/p`),
        ({ status }) => status.ephemeralContainerStatuses?.[0].state.running !== undefined,
      );
      api.pass(5000);
      expect(api.get(`${PODS}/p/log?container=debugger`)).toContain('polo');
    },
  },
  ImageVolume: {
    'should succeed with pod and pull policy of Always': (api) => {
      const volumes = [{ name: 'v', image: { reference: 'nginx', pullPolicy: 'Always' } }];
      const volumeMounts = [{ name: 'v', mountPath: '/volume' }];
      const script = 'cat /volume/usr/share/nginx/html/index.html; touch /volume/new';
      const printed = api.printed('reads', script, { volumes }, { volumeMounts });
      expect(printed).toContain('Welcome to nginx!');
      expect(printed).toContain('Read-only file system');
    },
  },
  'Node Lifecycle': {
    'should run through the lifecycle of a node': (api) => {
      const path = at('v1', 'nodes');
      api.create(path, { metadata: { name: 'fake', labels: { e2e: 'node' } } });
      expect(
        api.patch(`${path}/fake`, { metadata: { labels: { patched: 'yes' } } }).metadata.labels.patched,
      ).toBe('yes');
      const now = api.get(`${path}/fake`);
      const labels = { ...now.metadata.labels, updated: 'yes' };
      api.update(`${path}/fake`, { ...now, metadata: { ...now.metadata, labels } });
      expect(api.items(`${path}?labelSelector=updated%3Dyes`)).toHaveLength(1);
      api.delete(`${path}?labelSelector=updated%3Dyes`);
      api.refused(404, 'GET', `${path}/fake`);
    },
  },
  'Pod InPlace Resize Container': {
    ['burstable pods - extended 6 containers - various operations performed (including adding limits and ' +
      'requests)']: (api) => {
      const before = sized(
        ['100m', '64Mi'],
        ['100m', '64Mi'],
        ['100m', '64Mi'],
        ['100m', '64Mi'],
        ['100m', '64Mi'],
        ['100m', '64Mi'],
      );
      const after = sized(
        ['200m', '64Mi'],
        ['50m', '64Mi'],
        ['100m', '128Mi'],
        ['100m', '32Mi'],
        ['150m', '96Mi'],
        ['100m', '64Mi'],
      );
      resizes(api, burstable, before, after);
    },
    'burstable pods - extended resize with equivalents': (api) =>
      resizes(api, burstable, sized(['2m', '64Mi']), sized(['1m', '64Mi'])),
    ['guaranteed pods with multiple containers 3 containers - ' +
      'increase cpu & mem on c1, c2, decrease cpu & mem on c3 - net increase']: (api) =>
      resizes(
        api,
        guaranteed,
        sized(['100m', '100Mi'], ['100m', '100Mi'], ['100m', '100Mi']),
        sized(['150m', '150Mi'], ['150m', '150Mi'], ['50m', '100Mi']),
      ),
    ['guaranteed pods with multiple containers 3 containers - ' +
      'increase cpu & mem on c1, decrease cpu & mem on c2, c3 - net decrease']: (api) =>
      resizes(
        api,
        guaranteed,
        sized(['100m', '100Mi'], ['100m', '100Mi'], ['100m', '100Mi']),
        sized(['150m', '150Mi'], ['50m', '100Mi'], ['50m', '100Mi']),
      ),
    ['guaranteed pods with multiple containers 3 containers - ' +
      'increase: CPU (c1,c3), memory (c2, c3) ; decrease: CPU (c2)']: (api) =>
      resizes(
        api,
        guaranteed,
        sized(['100m', '100Mi'], ['200m', '100Mi'], ['100m', '100Mi']),
        sized(['150m', '100Mi'], ['100m', '150Mi'], ['150m', '150Mi']),
      ),
    'resize pod via the replace endpoint': (api) => {
      const { metadata } = podOf('sized');
      const containers = sized(['100m', '64Mi']).map(guaranteed);
      api.create(PODS, { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers } });
      api.running('sized');
      const now = api.get(`${PODS}/sized`);
      const [container] = now.spec.containers;
      const bigger = { limits: { cpu: '200m', memory: '64Mi' }, requests: { cpu: '200m', memory: '64Mi' } };
      api.update(`${PODS}/sized/resize`, {
        ...now,
        spec: { ...now.spec, containers: [{ ...container, resources: bigger }] },
      });
      expect(resources(api)).toEqual(bigger);
      api.until(
        () => api.get(`${PODS}/sized`),
        ({ status }) => status.containerStatuses[0].resources?.limits.cpu === '200m',
      );
    },
  },
  PodTemplates: {
    'should replace a pod template': (api) => {
      const path = at('v1', 'podtemplates', 'default');
      const { spec, metadata } = podOf('x');
      const made = api.create(path, {
        metadata: { name: 't' },
        template: { metadata: { labels: metadata.labels }, spec },
      });
      const annotations = { updated: 'true' };
      expect(
        api.update(`${path}/t`, { ...made, metadata: { ...made.metadata, annotations } }).metadata
          .annotations,
      ).toEqual(annotations);
    },
  },
  'Pods Extended (pod generation) Pod Generation': {
    'custom-set generation on new pods and graceful delete': (api) => {
      const made = podOf('p');
      api.create(PODS, { ...made, metadata: { ...made.metadata, generation: 100 } });
      expect(api.running('p').metadata.generation).toBe(1);
      expect(api.delete(`${PODS}/p`, { gracePeriodSeconds: 30 }).metadata.generation).toBe(2);
    },
    'issue 500 podspec updates and verify generation and observedGeneration eventually converge': (api) => {
      api.create(PODS, podOf('p'));
      api.running('p');
      for (let i = 1; i <= 500; i++)
        api.patch(`${PODS}/p`, { spec: { containers: [{ name: 'c', image: `nginx:1.${i}` }] } }, 'strategic');
      const seen = api.until(
        () => api.get(`${PODS}/p`),
        ({ status, metadata }) => status.observedGeneration === metadata.generation,
      );
      expect(seen.metadata.generation).toBe(501);
    },
    'pod generation should start at 1 and increment per update': (api) => {
      api.create(PODS, podOf('p', { container: { resources: { requests: { cpu: '100m' } } } }));
      const generation = (): number => api.get(`${PODS}/p`).metadata.generation;
      api.running('p');
      expect(generation()).toBe(1);
      api.patch(`${PODS}/p`, { metadata: { labels: { changes: 'nothing' } } });
      expect(generation()).toBe(1);
      const steps: (() => void)[] = [
        () => api.patch(`${PODS}/p`, { spec: { activeDeadlineSeconds: 5000 } }),
        () => api.patch(`${PODS}/p`, { spec: { containers: [{ name: 'c', image: 'nginx' }] } }, 'strategic'),
        () =>
          api.patch(
            `${PODS}/p/resize`,
            { spec: { containers: [{ name: 'c', resources: { requests: { cpu: '110m' } } }] } },
            'strategic',
          ),
        () =>
          api.patch(
            `${PODS}/p/ephemeralcontainers`,
            { spec: { ephemeralContainers: [{ name: 'd', image: 'busybox' }] } },
            'strategic',
          ),
      ];
      steps.forEach((step, i) => {
        step();
        expect(generation()).toBe(i + 2);
        api.until(
          () => api.get(`${PODS}/p`),
          ({ status, metadata }) => status.observedGeneration === metadata.generation,
        );
      });
    },
  },
  Pods: {
    'should patch a pod status': (api) => {
      api.create(PODS, podOf('p'));
      api.running('p');
      const patched = api.patch(`${PODS}/p/status`, {
        status: { message: 'Patched by e2e test', reason: 'E2E' },
      });
      expect(patched.status).toMatchObject({
        message: 'Patched by e2e test',
        reason: 'E2E',
        phase: 'Running',
      });
    },
  },
  'Probing container': {
    'should *not* be restarted with a GRPC liveness probe': (api) => expect(probed(api, 5000)).toBe(0),
    'should be restarted with a GRPC liveness probe': (api) => expect(probed(api, 2333)).toBeGreaterThan(0),
  },
  RuntimeClass: {
    'should reject a Pod requesting a deleted RuntimeClass': (api) => {
      api.create(CLASSES, { metadata: { name: 'gone' }, handler: 'runc' });
      api.create(PODS, podOf('before', { spec: { runtimeClassName: 'gone' } }));
      api.delete(`${CLASSES}/gone`);
      refusesClass(api, 'gone');
    },
    'should reject a Pod requesting a non-existent RuntimeClass': (api) => refusesClass(api, 'nonexistent'),
    'should schedule a Pod requesting a RuntimeClass and initialize its Overhead': (api) => {
      const podFixed = { cpu: '10m', memory: '1Mi' };
      api.create(CLASSES, { metadata: { name: 'heavy' }, handler: 'runc', overhead: { podFixed } });
      api.create(PODS, podOf('p', { spec: { runtimeClassName: 'heavy' } }));
      expect(api.running('p').spec.overhead).toEqual(podFixed);
    },
    'should schedule a Pod requesting a RuntimeClass without PodOverhead': (api) => {
      api.create(CLASSES, { metadata: { name: 'light' }, handler: 'runc' });
      api.create(PODS, podOf('p', { spec: { runtimeClassName: 'light' } }));
      const { spec } = api.running('p');
      expect([spec.overhead, spec.nodeName]).toEqual([undefined, expect.stringMatching(/^node-/)]);
    },
  },
  Secrets: {
    'should be consumable as environment variable names variable names with various prefixes': (api) =>
      prefixed(api, 'secrets', 'secretRef', (stringData) => ({ stringData })),
  },
  'Security Context': {
    'should support container.SecurityContext.RunAsUser And container.SecurityContext.RunAsGroup': (api) => {
      const securityContext = { runAsUser: 1001, runAsGroup: 2002 };
      expect(idOf(api, 'p', {}, { securityContext })).toContain('uid=1001 gid=2002');
    },
    'should support pod.Spec.SecurityContext.RunAsUser And pod.Spec.SecurityContext.RunAsGroup': (api) => {
      const securityContext = { runAsUser: 1001, runAsGroup: 2002 };
      expect(idOf(api, 'p', { securityContext }, {})).toContain('uid=1001 gid=2002');
    },
  },
  Sysctls: {
    'should support sysctls': (api) => {
      const name = 'kernel.shm_rmid_forced';
      const set = (value: string, more: object[] = []): object => ({
        securityContext: { sysctls: [{ name, value }, ...more] },
      });
      const printed = api.printed('p', `sysctl ${name}; cat /proc/sys/kernel/shm_rmid_forced`, set('1'));
      expect(printed).toBe(`${name} = 1\n1\n`);
      const range = { name: 'net/ipv4/ip_local_port_range', value: '1024 65535' };
      expect(api.printed('q', 'sysctl -n net.ipv4.ip_local_port_range', set('0', [range]))).toBe(
        '1024\t65535\n',
      );
      expect(api.printed('r', `sysctl ${name}`)).toBe(`${name} = 0\n`);
    },
    'should reject invalid sysctls': (api) => {
      const sysctls = ['foo-', 'kernel.shmmax', 'safe-and-unsafe', 'bar..'].map((name) => ({
        name,
        value: '1',
      }));
      const said = api.refused(422, 'POST', PODS, podOf('p', { spec: { securityContext: { sysctls } } }));
      for (const bad of ['foo-', 'bar..']) expect(said).toContain(`Invalid value: "${bad}"`);
      expect(said).not.toContain('"kernel.shmmax"');
    },
  },
  'CRUD Tests': {
    'resource.k8s.io/v1 DeviceClass': (api) =>
      operations(api, { groupVersion: RESOURCE, plural: 'deviceclasses', object: { spec: SELECTS } }),
    'resource.k8s.io/v1 ResourceClaim': (api) =>
      operations(api, {
        groupVersion: RESOURCE,
        plural: 'resourceclaims',
        namespace: 'default',
        object: { spec: REQUESTS },
      }),
    'resource.k8s.io/v1 ResourceClaimTemplate': (api) =>
      operations(api, {
        groupVersion: RESOURCE,
        plural: 'resourceclaimtemplates',
        namespace: 'default',
        object: { spec: { spec: REQUESTS } },
      }),
    'resource.k8s.io/v1 ResourceSlice': (api) =>
      operations(api, {
        groupVersion: RESOURCE,
        plural: 'resourceslices',
        object: {
          spec: {
            driver: 'e2e.example.com',
            nodeName: 'node-1',
            pool: { name: 'p', generation: 1, resourceSliceCount: 1 },
            devices: [{ name: 'd' }],
          },
        },
      }),
  },
};

export const scheduling: Cases = {
  LimitRange: {
    'should list, patch and delete a LimitRange by collection': (api) => {
      const path = at('v1', 'limitranges', 'default');
      const spec = { limits: [{ type: 'Container', default: { cpu: '500m' }, max: { cpu: '1' } }] };
      api.create(path, { metadata: { name: 'l', labels: { e2e: 'x' } }, spec });
      expect(api.items(`${at('v1', 'limitranges')}?labelSelector=e2e%3Dx`)).toHaveLength(1);
      const patched = api.patch(`${path}/l`, {
        metadata: { labels: { l: 'patched' } },
        spec: { limits: [{ ...spec.limits[0], max: { cpu: '2' } }] },
      });
      expect([patched.metadata.labels.l, patched.spec.limits[0].max.cpu]).toEqual(['patched', '2']);
      api.delete(`${path}?labelSelector=l%3Dpatched`);
      expect(api.items(`${path}?labelSelector=e2e%3Dx`)).toEqual([]);
    },
  },
  SchedulerPreemption: {
    'validates pod disruption condition is added to the preempted pod': (api) => {
      for (const [name, value] of [
        ['low', 1],
        ['high', 1000],
      ] as const)
        api.create(at('scheduling.k8s.io/v1', 'priorityclasses'), {
          metadata: { name: `e2e-${name}` },
          value,
        });
      const { status } = api.get(`${at('v1', 'nodes')}/node-1`);
      const cpu = `${Math.floor(Number.parseInt(status.allocatable.cpu, 10) * 600)}m`;
      const wants = (name: string, priorityClassName: string): object => {
        const pod = podOf(name, {
          spec: { priorityClassName, nodeSelector: { 'kubernetes.io/hostname': 'node-1' } },
          container: { resources: { requests: { cpu } } },
        });
        return { ...pod, metadata: { ...pod.metadata, finalizers: ['e2e.example.com/hold'] } };
      };
      api.create(PODS, wants('victim', 'e2e-low'));
      api.running('victim');
      api.create(PODS, wants('preemptor', 'e2e-high'));
      const seen = api.until(
        () => api.get(`${PODS}/victim`),
        ({ metadata }) => metadata.deletionTimestamp !== undefined,
      );
      expect(seen.status.conditions).toContainEqual(
        expect.objectContaining({
          type: 'DisruptionTarget',
          status: 'True',
          reason: 'PreemptionByScheduler',
        }),
      );
      api.patch(`${PODS}/victim`, { metadata: { finalizers: null } });
      api.running('preemptor');
    },
  },
};
