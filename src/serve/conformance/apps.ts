/** [sig-apps] */
import { expect } from 'vitest';
import type { Body } from '../testing.ts';
import { type Api, at, type Cases, operations, podOf, statusOperations } from './api.ts';
import { deployment } from './apimachinery.ts';

const PODS = at('v1', 'pods', 'default');
const JOBS = at('batch/v1', 'jobs', 'default');
const CRONJOBS = at('batch/v1', 'cronjobs', 'default');
const BUDGETS = at('policy/v1', 'poddisruptionbudgets', 'default');

const apps = (plural: string): string => at('apps/v1', plural, 'default');
const STATUS_CONDITION = { type: 'StatusUpdate', status: 'True', reason: 'E2E', message: 'set by a test' };

/** What a workload of one replica is made of, whatever its kind. */
const workload = (name: string, more: object = {}): Body => {
  const { metadata, spec } = deployment(name);
  return { metadata: { ...metadata, labels: { 'e2e-of': 'workload' } }, spec: { ...spec, ...more } };
};

const daemonSet = (name: string): Body => {
  const made = workload(name);
  delete made.spec.replicas;
  return made;
};

const isReady =
  (count: number) =>
  ({ status }: Body): boolean =>
    (status.readyReplicas ?? status.numberReady) === count;

/** Makes three, lists them in all namespaces, and deletes them together. */
function collection(api: Api, plural: string, make: (name: string) => object): void {
  const path = apps(plural);
  for (const name of ['a', 'b', 'c']) api.create(path, make(name));
  for (const name of ['a', 'b', 'c'])
    api.until(
      () => api.get(`${path}/${name}`),
      ({ status }) => (status.readyReplicas ?? status.numberReady ?? 0) > 0,
    );
  const selector = '?labelSelector=e2e-of%3Dworkload';
  expect(api.items(at('apps/v1', plural) + selector)).toHaveLength(3);
  expect(api.patch(`${path}/a`, { metadata: { labels: { patched: 'yes' } } }).metadata.labels.patched).toBe(
    'yes',
  );
  api.delete(path + selector);
  api.until(
    () => api.items(path + selector),
    (items) => items.length === 0,
  );
}

/** A controller's status is read and written, and its controller has the last word. */
function statusEndpoints(api: Api, plural: string, object: object): void {
  const path = `${apps(plural)}/web`;
  api.create(apps(plural), object);
  api.until(
    () => api.get(path),
    ({ status }) => (status.readyReplicas ?? status.numberReady ?? 0) > 0,
  );
  const { status, metadata } = api.get(`${path}/status`);
  expect(metadata.name).toBe('web');
  const conditions = [...(status.conditions ?? []), STATUS_CONDITION];
  const now = api.get(`${path}/status`);
  const told = api.watched(apps(plural), () => {
    const updated = api.update(`${path}/status`, { ...now, status: { ...status, conditions } });
    expect(updated.status.conditions).toContainEqual(expect.objectContaining(STATUS_CONDITION));
    const patched = api.patch(`${path}/status`, {
      status: { conditions: [{ ...STATUS_CONDITION, type: 'StatusPatched' }] },
    });
    expect(patched.status.conditions).toMatchObject([{ type: 'StatusPatched', status: 'True' }]);
  });
  expect(told.filter((what) => what === 'MODIFIED web').length).toBeGreaterThanOrEqual(2);
}

/** get, put and patch of a Scale. */
function scales(api: Api, path: string, object: object, collectionPath: string): void {
  api.create(collectionPath, object);
  const part = `${path}/scale`;
  api.until(() => api.get(path), isReady(1));
  const scale = api.get(part);
  expect([scale.kind, scale.spec.replicas]).toEqual(['Scale', 1]);
  expect(api.update(part, { ...scale, spec: { replicas: 2 } }).spec.replicas).toBe(2);
  expect(api.get(path).spec.replicas).toBe(2);
  expect(api.patch(part, { spec: { replicas: 4 } }).spec.replicas).toBe(4);
  const seen = api.until(() => api.get(path), isReady(4));
  expect([seen.spec.replicas, api.get(part).status.replicas]).toEqual([4, 4]);
}

// ---- CronJobs

const cronJob = (name: string, spec: object, script = 'sleep 300'): object => ({
  metadata: { name },
  spec: {
    schedule: '*/1 * * * *',
    jobTemplate: {
      spec: {
        template: {
          spec: {
            restartPolicy: 'OnFailure',
            containers: [{ name: 'c', image: 'busybox', command: ['sh', '-c', script] }],
          },
        },
      },
    },
    ...spec,
  },
});

const jobNames = (api: Api): string[] => api.items(JOBS).map((job) => job.metadata.name);

// ---- Jobs

interface JobParts {
  readonly script: string;
  readonly spec?: object;
  readonly pod?: object;
}

function job(api: Api, name: string, { script, spec = {}, pod = {} }: JobParts): string {
  api.create(JOBS, {
    metadata: { name },
    spec: {
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: [{ name: 'c', image: 'busybox', command: ['sh', '-c', script] }],
          ...pod,
        },
      },
      ...spec,
    },
  });
  return `${JOBS}/${name}`;
}

const has =
  (type: string) =>
  ({ status }: Body): boolean =>
    status?.conditions?.some((c: Body) => c.type === type && c.status === 'True') === true;

const over = (api: Api, path: string, type: 'Complete' | 'Failed'): Body =>
  api.until(() => api.get(path), has(type));

const INDEXED = { completionMode: 'Indexed', completions: 4, parallelism: 4 };
const reasonOf = ({ status }: Body, type: string): string =>
  status.conditions.find((c: Body) => c.type === type).reason;

const indexesOf = (api: Api, name: string): string[] =>
  api
    .items(`${PODS}?labelSelector=batch.kubernetes.io%2Fjob-name%3D${name}`)
    .map((pod) => pod.metadata.annotations['batch.kubernetes.io/job-completion-index'])
    .sort();

function succeedsBy(api: Api, rules: readonly object[], script: string, more: object = {}): Body {
  const path = job(api, 'winner', {
    script,
    spec: { ...INDEXED, completions: 5, parallelism: 5, successPolicy: { rules }, ...more },
  });
  const ended = over(api, path, 'Complete');
  expect(has('SuccessCriteriaMet')(ended)).toBe(true);
  return ended;
}

const INDEX = '$JOB_COMPLETION_INDEX';

const budget = (spec: object): object => ({ metadata: { name: 'budget' }, spec });

export const appsCases: Cases = {
  ControllerRevision: {
    'should manage the lifecycle of a ControllerRevision': (api) => {
      const path = apps('controllerrevisions');
      api.create(apps('daemonsets'), daemonSet('d'));
      const [first] = api.until(
        () => api.items(path),
        (items) => items.length === 1,
      );
      const one = `${path}/${first.metadata.name}`;
      expect(first.metadata.ownerReferences[0].name).toBe('d');
      expect(api.patch(one, { metadata: { labels: { patched: 'yes' } } }).metadata.labels.patched).toBe(
        'yes',
      );
      const { metadata, data } = api.get(one);
      const copy = { metadata: { name: 'copy', labels: metadata.labels }, data, revision: 3 };
      expect(api.create(path, copy).revision).toBe(3);
      api.delete(`${path}/copy`);
      api.update(one, {
        ...api.get(one),
        metadata: { ...api.get(one).metadata, labels: { ...metadata.labels, updated: 'yes' } },
      });
      api.patch(`${apps('daemonsets')}/d`, { spec: { template: { metadata: { labels: { v: '2' } } } } });
      api.until(
        () => api.items(path),
        (items) => items.length === 2,
      );
      api.delete(`${path}?labelSelector=updated%3Dyes`);
      expect(api.items(path)).toHaveLength(1);
    },
  },
  CronJob: {
    'should not schedule jobs when suspended': (api) => {
      api.create(CRONJOBS, cronJob('c', { suspend: true }));
      api.pass(300_000);
      expect(jobNames(api)).toEqual([]);
      expect(api.get(`${CRONJOBS}/c`).status.lastScheduleTime).toBeUndefined();
    },
    'should not schedule new jobs when ForbidConcurrent': (api) => {
      api.create(CRONJOBS, cronJob('c', { concurrencyPolicy: 'Forbid' }));
      const [first] = api.until(
        () => jobNames(api),
        (names) => names.length > 0,
      );
      api.pass(180_000);
      expect(jobNames(api)).toEqual([first]);
      expect(api.get(`${CRONJOBS}/c`).status.active).toHaveLength(1);
    },
    'should replace jobs when ReplaceConcurrent': (api) => {
      api.create(CRONJOBS, cronJob('c', { concurrencyPolicy: 'Replace' }));
      const [first] = api.until(
        () => jobNames(api),
        (names) => names.length > 0,
      );
      const names = api.until(
        () => jobNames(api),
        (now) => now.length > 0 && now[0] !== first,
      );
      expect(names).toHaveLength(1);
    },
    'should schedule multiple jobs concurrently': (api) => {
      api.create(CRONJOBS, cronJob('c', { concurrencyPolicy: 'Allow' }));
      const seen = api.until(
        () => api.get(`${CRONJOBS}/c`),
        ({ status }) => (status.active ?? []).length > 1,
      );
      expect(jobNames(api)).toEqual(expect.arrayContaining(seen.status.active.map((ref: Body) => ref.name)));
    },
    'should support CronJob API operations': (api) =>
      operations(api, {
        groupVersion: 'batch/v1',
        plural: 'cronjobs',
        namespace: 'default',
        object: cronJob('', { suspend: true }),
        status: { lastScheduleTime: '2026-01-05T08:59:00Z' },
      }),
  },
  'Daemon set': {
    'should list and delete a collection of DaemonSets': (api) => collection(api, 'daemonsets', daemonSet),
    'should verify changes to a daemon set status': (api) =>
      statusEndpoints(api, 'daemonsets', daemonSet('web')),
  },
  Deployment: {
    'Deployment should have a working scale subresource': (api) =>
      scales(api, `${apps('deployments')}/web`, deployment('web'), apps('deployments')),
    'should validate Deployment Status endpoints': (api) =>
      statusEndpoints(api, 'deployments', deployment('web')),
  },
  DisruptionController: {
    ['Listing PodDisruptionBudgets for all namespaces should list and delete a collection of ' +
      'PodDisruptionBudgets']: (api) => {
      api.create('/api/v1/namespaces', { metadata: { name: 'other' } });
      const selector = '?labelSelector=e2e%3Dbudget';
      for (const namespace of ['default', 'other'])
        for (const name of ['a', 'b'])
          api.create(at('policy/v1', 'poddisruptionbudgets', namespace), {
            metadata: { name, labels: { e2e: 'budget' } },
            spec: { minAvailable: 1, selector: { matchLabels: { a: 'b' } } },
          });
      expect(api.items(at('policy/v1', 'poddisruptionbudgets') + selector)).toHaveLength(4);
      api.delete(BUDGETS + selector);
      expect(api.items(at('policy/v1', 'poddisruptionbudgets') + selector)).toHaveLength(2);
    },
    'should block an eviction until the PDB is updated to allow it': (api) => {
      for (const name of ['a', 'b', 'c']) api.create(PODS, podOf(name, { labels: { app: 'guarded' } }));
      for (const name of ['a', 'b', 'c']) api.running(name);
      api.create(BUDGETS, budget({ minAvailable: 3, selector: { matchLabels: { app: 'guarded' } } }));
      api.until(
        () => api.get(`${BUDGETS}/budget`),
        ({ status }) => status.currentHealthy === 3,
      );
      const evict = (): number =>
        api.send('POST', `${PODS}/a/eviction`, {
          apiVersion: 'policy/v1',
          kind: 'Eviction',
          metadata: { name: 'a', namespace: 'default' },
        }).status;
      expect(evict()).toBe(429);
      api.patch(`${BUDGETS}/budget`, { spec: { minAvailable: 2 } });
      api.until(
        () => api.get(`${BUDGETS}/budget`),
        ({ status }) => status.disruptionsAllowed === 1,
      );
      expect(evict()).toBe(201);
    },
    'should create a PodDisruptionBudget': (api) => {
      const spec = { minAvailable: 1, selector: { matchLabels: { app: 'x' } } };
      api.create(BUDGETS, budget(spec));
      api.until(
        () => api.get(`${BUDGETS}/budget`),
        ({ status, metadata }) => status.observedGeneration === metadata.generation,
      );
      const now = api.get(`${BUDGETS}/budget`);
      expect(
        api.update(`${BUDGETS}/budget`, { ...now, spec: { ...spec, minAvailable: '2%' } }).spec.minAvailable,
      ).toBe('2%');
      expect(api.patch(`${BUDGETS}/budget`, { spec: { minAvailable: '3%' } }).spec.minAvailable).toBe('3%');
      api.delete(`${BUDGETS}/budget`);
      api.refused(404, 'GET', `${BUDGETS}/budget`);
    },
    'should observe PodDisruptionBudget status updated': (api) => {
      for (const name of ['a', 'b', 'c']) api.create(PODS, podOf(name, { labels: { app: 'guarded' } }));
      api.create(BUDGETS, budget({ minAvailable: 1, selector: { matchLabels: { app: 'guarded' } } }));
      const { status } = api.until(
        () => api.get(`${BUDGETS}/budget`),
        (seen) => seen.status.currentHealthy === 3,
      );
      expect(status).toMatchObject({ expectedPods: 3, desiredHealthy: 1, disruptionsAllowed: 2 });
    },
    'should update/patch PodDisruptionBudget status': (api) => {
      api.create(BUDGETS, budget({ minAvailable: 1, selector: { matchLabels: { app: 'x' } } }));
      api.pass(10_000);
      statusOperations(api, `${BUDGETS}/budget`, { disruptedPods: { 'pod-1': '2026-01-05T09:00:00Z' } });
    },
  },
  Job: {
    'should allow to use a pod failure policy to ignore failure matching on DisruptionTarget condition': (
      api,
    ) => {
      const path = job(api, 'ignores', {
        script: 'sleep 60',
        spec: {
          backoffLimit: 0,
          podFailurePolicy: {
            rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
          },
        },
      });
      const [pod] = api.until(
        () => api.items(PODS),
        (pods) => pods[0]?.status.phase === 'Running',
      );
      const { name } = pod.metadata;
      api.create(`${PODS}/${name}/eviction`, {
        apiVersion: 'policy/v1',
        kind: 'Eviction',
        metadata: { name, namespace: 'default' },
      });
      expect(over(api, path, 'Complete').status).toMatchObject({ succeeded: 1 });
    },
    'should allow to use the pod failure policy on exit code to fail the job early': (api) => {
      const path = job(api, 'early', {
        script: 'exit 42',
        spec: {
          backoffLimit: 6,
          podFailurePolicy: { rules: [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [42] } }] },
        },
      });
      const ended = over(api, path, 'Failed');
      expect([reasonOf(ended, 'Failed'), ended.status.failed]).toEqual(['PodFailurePolicy', 1]);
    },
    'should apply changes to a job status': (api) => {
      const path = job(api, 'told', { script: 'sleep 3600', spec: { parallelism: 2, completions: 4 } });
      api.until(
        () => api.get(path),
        ({ status }) => status.ready === 2,
      );
      const startTime = api.get(path).status.startTime;
      const patched = api.patch(`${path}/status`, {
        metadata: { annotations: { patchedstatus: 'true' } },
        status: { startTime },
      });
      expect(patched.metadata.annotations.patchedstatus).toBe('true');
      expect(api.get(`${path}/status`).status.startTime).toBe(startTime);
    },
    'should create pods for an Indexed job with completion indexes and specified hostname': (api) => {
      const path = job(api, 'indexed', { script: 'sleep 5', spec: INDEXED });
      over(api, path, 'Complete');
      expect(indexesOf(api, 'indexed')).toEqual(['0', '1', '2', '3']);
      const hostnames = api.items(PODS).map((pod) => pod.spec.hostname);
      expect(hostnames.sort()).toEqual([0, 1, 2, 3].map((i) => `indexed-${i}`));
    },
    'should execute all indexes despite some failing when using backoffLimitPerIndex': (api) => {
      const path = job(api, 'per-index', {
        script: `exit $((${INDEX} % 2))`,
        spec: { ...INDEXED, parallelism: 2, backoffLimitPerIndex: 1 },
      });
      const { status } = over(api, path, 'Failed');
      expect(status).toMatchObject({
        completedIndexes: '0,2',
        failedIndexes: '1,3',
        succeeded: 2,
        failed: 4,
      });
    },
    'should manage the lifecycle of a job': (api) => {
      const path = job(api, 'life', {
        script: 'sleep 30',
        spec: { suspend: true, parallelism: 2, completions: 4 },
      });
      api.pass(30_000);
      expect(api.items(PODS)).toEqual([]);
      api.patch(path, { metadata: { labels: { life: 'patched' } } });
      const now = api.get(path);
      const annotations = { ...now.metadata.annotations, updated: 'true' };
      api.update(path, {
        ...now,
        metadata: { ...now.metadata, annotations },
        spec: { ...now.spec, suspend: false },
      });
      expect(over(api, path, 'Complete').status.succeeded).toBe(4);
      expect(api.items(`${at('batch/v1', 'jobs')}?labelSelector=life%3Dpatched`)).toHaveLength(1);
      api.delete(`${JOBS}?labelSelector=life%3Dpatched&propagationPolicy=Background`);
      api.until(
        () => [...api.items(JOBS), ...api.items(PODS)],
        (left) => left.length === 0,
      );
    },
    'should mark indexes as failed when the FailIndex action is matched in podFailurePolicy': (api) => {
      const path = job(api, 'fails-index', {
        script: `if [ ${INDEX} -eq 0 ]; then exit 13; fi`,
        spec: {
          ...INDEXED,
          completions: 2,
          parallelism: 2,
          backoffLimitPerIndex: 1,
          podFailurePolicy: {
            rules: [{ action: 'FailIndex', onExitCodes: { operator: 'In', values: [13] } }],
          },
        },
      });
      const { status } = over(api, path, 'Failed');
      expect(status).toMatchObject({ failedIndexes: '0', completedIndexes: '1', failed: 1, succeeded: 1 });
    },
    'should terminate job execution when the number of failed indexes exceeds maxFailedIndexes': (api) => {
      const path = job(api, 'too-many', {
        script: `[ ${INDEX} -ne 0 ] && sleep 600; exit 1`,
        spec: { ...INDEXED, backoffLimitPerIndex: 0, maxFailedIndexes: 0 },
      });
      const ended = over(api, path, 'Failed');
      expect([reasonOf(ended, 'Failed'), ended.status.failedIndexes]).toEqual([
        'MaxFailedIndexesExceeded',
        '0',
      ]);
    },
    'with successPolicy should succeeded when all indexes succeeded': (api) => {
      const { status } = succeedsBy(api, [{ succeededCount: 5 }], 'exit 0');
      expect(status).toMatchObject({ succeeded: 5, completedIndexes: '0-4' });
    },
    'with successPolicy succeededCount rule should succeeded even when some indexes remain pending': (
      api,
    ) => {
      const ended = succeedsBy(api, [{ succeededCount: 1 }], `[ ${INDEX} -ne 0 ] && sleep 600; exit 0`);
      expect(reasonOf(ended, 'SuccessCriteriaMet')).toBe('SuccessPolicy');
      expect(ended.status.completedIndexes).toBe('0');
    },
    'with successPolicy succeededIndexes rule should succeeded even when some indexes remain pending': (
      api,
    ) => {
      const ended = succeedsBy(api, [{ succeededIndexes: '0' }], `[ ${INDEX} -ne 0 ] && sleep 600; exit 0`);
      expect([ended.status.completedIndexes, ended.status.succeeded]).toEqual(['0', 1]);
    },
  },
  ReplicaSet: {
    'Replace and Patch tests': (api) => {
      const path = `${apps('replicasets')}/web`;
      api.create(apps('replicasets'), deployment('web'));
      api.until(() => api.get(path), isReady(1));
      const { spec, ...rest } = api.get(path);
      api.update(path, { ...rest, spec: { ...spec, replicas: 2 } });
      api.until(() => api.get(path), isReady(2));
      const patched = api.patch(
        path,
        { metadata: { labels: { 'test-rs': 'patched' } }, spec: { replicas: 3 } },
        'strategic',
      );
      expect([patched.metadata.labels['test-rs'], patched.spec.replicas]).toEqual(['patched', 3]);
      api.until(() => api.get(path), isReady(3));
    },
    'Replicaset should have a working scale subresource': (api) =>
      scales(api, `${apps('replicasets')}/web`, deployment('web'), apps('replicasets')),
    'should list and delete a collection of ReplicaSets': (api) => collection(api, 'replicasets', workload),
    'should validate Replicaset Status endpoints': (api) =>
      statusEndpoints(api, 'replicasets', deployment('web')),
  },
  ReplicationController: {
    'should get and update a ReplicationController scale': (api) => {
      const path = at('v1', 'replicationcontrollers', 'default');
      const { metadata, spec } = deployment('web');
      api.create(path, { metadata, spec: { ...spec, selector: { app: 'web' } } });
      api.until(() => api.get(`${path}/web`), isReady(1));
      const scale = api.get(`${path}/web/scale`);
      expect(scale.spec.replicas).toBe(1);
      expect(api.update(`${path}/web/scale`, { ...scale, spec: { replicas: 2 } }).spec.replicas).toBe(2);
      api.until(() => api.get(`${path}/web`), isReady(2));
    },
  },
  StatefulSet: {
    'Basic StatefulSet functionality should list, patch and delete a collection of StatefulSets': (api) =>
      collection(api, 'statefulsets', (name) => workload(name, { serviceName: 'x' })),
    'Basic StatefulSet functionality should validate Statefulset Status endpoints': (api) =>
      statusEndpoints(api, 'statefulsets', workload('web', { serviceName: 'x' })),
  },
};
