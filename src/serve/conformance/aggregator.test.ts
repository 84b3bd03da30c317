/**
 * "Aggregator Should be able to support the 1.17 Sample API Server using the current Aggregator"
 * (test/e2e/apimachinery/aggregator.go), by a case of our own of its steps, and what it does not look at.
 */
import { describe, expect, it } from 'vitest';
import { base64 } from '../../sim/api/base64.ts';
import { type Body, eventsOf, flowOf } from '../testing.ts';
import { Served } from '../served.ts';
import { Api, at } from './api.ts';

const NAMESPACE = 'aggregator-1';
const SERVICES = at('apiregistration.k8s.io/v1', 'apiservices');
const GROUP = '/apis/wardle.example.com';
const FLUNDERS = at('wardle.example.com/v1alpha1', 'flunders', 'default');
const MOUNT = '/apiserver.local.config/certificates';
const MAIN = 'k8s.gcr.io/e2e-test-images/sample-apiserver:1.17.4';
const BUNDLE = base64('-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n');

const subjects = [{ kind: 'ServiceAccount', name: 'default', namespace: NAMESPACE }];
const RBAC = 'rbac.authorization.k8s.io';

function bind(api: Api, name: string, role: string): void {
  api.create(at(`${RBAC}/v1`, 'clusterrolebindings'), {
    metadata: { name },
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role },
    subjects,
  });
}

function bindUser(api: Api, user: string): void {
  api.create(at(`${RBAC}/v1`, 'clusterrolebindings'), {
    metadata: { name: 'everything' },
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [{ apiGroup: RBAC, kind: 'User', name: user }],
  });
}

const deployment = (etcd: object = {}): object => ({
  metadata: { name: 'sample-apiserver-deployment' },
  spec: {
    selector: { matchLabels: { apiserver: 'true' } },
    template: {
      metadata: { labels: { apiserver: 'true' } },
      spec: {
        terminationGracePeriodSeconds: 0,
        containers: [
          {
            name: 'sample-apiserver',
            image: MAIN,
            args: [
              '--etcd-servers=http://127.0.0.1:2379',
              `--tls-cert-file=${MOUNT}/tls.crt`,
              `--tls-private-key-file=${MOUNT}/tls.key`,
              '--audit-log-path=-',
              '--audit-log-maxage=0',
              '--audit-log-maxbackup=0',
            ],
            volumeMounts: [{ name: 'apiserver-certs', readOnly: true, mountPath: MOUNT }],
          },
          {
            name: 'etcd',
            image: 'k8s.gcr.io/etcd:3.4.13-0',
            command: [
              '/usr/local/bin/etcd',
              '--listen-client-urls',
              'http://127.0.0.1:2379',
              '--advertise-client-urls',
              'http://127.0.0.1:2379',
            ],
            ...etcd,
          },
        ],
        volumes: [{ name: 'apiserver-certs', secret: { secretName: 'sample-apiserver-secret' } }],
      },
    },
  },
});

const registration = (version: string, more: object = { caBundle: BUNDLE }): object => ({
  metadata: { name: `${version}.wardle.example.com` },
  spec: {
    service: { namespace: NAMESPACE, name: 'sample-api', port: 7443 },
    group: 'wardle.example.com',
    version,
    groupPriorityMinimum: 2000,
    versionPriority: 200,
    ...more,
  },
});

/**
 * As upstream sets it up: the Deployment is there before it may read by what its clients are known.
 * @param lateMs how much before
 */
function deployed(api: Api, lateMs = 0): void {
  api.create('/api/v1/namespaces', { metadata: { name: NAMESPACE } });
  api.pass(1000);
  api.create(at('v1', 'secrets', NAMESPACE), {
    metadata: { name: 'sample-apiserver-secret' },
    data: { 'tls.crt': base64('certificate'), 'tls.key': base64('key') },
  });
  bind(api, `wardler:${NAMESPACE}:auth-delegator`, 'system:auth-delegator');
  api.create(at('apps/v1', 'deployments', NAMESPACE), deployment());
  api.create(at('v1', 'services', NAMESPACE), {
    metadata: { name: 'sample-api' },
    spec: { selector: { apiserver: 'true' }, ports: [{ port: 7443, targetPort: 443 }] },
  });
  api.pass(lateMs);
  api.create(at(`${RBAC}/v1`, 'rolebindings', 'kube-system'), {
    metadata: { name: 'wardler-auth-reader' },
    roleRef: { apiGroup: RBAC, kind: 'Role', name: 'extension-apiserver-authentication-reader' },
    subjects,
  });
  api.until(
    () => api.get(`${at('apps/v1', 'deployments', NAMESPACE)}/sample-apiserver-deployment`),
    ({ status }) => status.availableReplicas === 1,
  );
}

function registered(): Api {
  const api = new Api();
  deployed(api);
  api.create(SERVICES, registration('v1alpha1'));
  api.until(
    () => api.send('GET', FLUNDERS).status,
    (status) => status === 200,
  );
  return api;
}

const flunder = (name: string, rest: object = {}): object => ({
  apiVersion: 'wardle.example.com/v1alpha1',
  kind: 'Flunder',
  metadata: { labels: { 'sample-label': 'true' }, name, namespace: 'default' },
  ...rest,
});

const names = (api: Api, path = FLUNDERS): string[] => api.items(path).map((o) => o.metadata.name);
const condition = (api: Api): Body =>
  api
    .get(`${SERVICES}/v1alpha1.wardle.example.com`)
    .status.conditions.find((c: Body) => c.type === 'Available');
const podsOf = (api: Api): Body[] => api.items(at('v1', 'pods', NAMESPACE));

describe('Aggregator', () => {
  it('Should be able to support the 1.17 Sample API Server using the current Aggregator', () => {
    const api = registered();
    const made = api.send('POST', FLUNDERS, flunder('rest-flunder'));
    expect([made.status, made.body.apiVersion, made.body.kind]).toEqual([
      201,
      'wardle.example.com/v1alpha1',
      'Flunder',
    ]);
    expect(names(api)).toEqual(['rest-flunder']);
    api.delete(`${FLUNDERS}/rest-flunder`);
    expect(names(api)).toEqual([]);
    expect(api.get('/apis').groups.map((g: Body) => g.name)).toContain('wardle.example.com');
    const { resources } = api.get(`${GROUP}/v1alpha1`);
    expect(resources.map((r: Body) => [r.name, r.namespaced])).toEqual([
      ['fischers', false],
      ['flunders', true],
    ]);
    const within = at('wardle.example.com/v1alpha1', 'flunders', NAMESPACE);
    api.create(within, {
      apiVersion: 'wardle.example.com/v1alpha1',
      kind: 'Flunder',
      metadata: { name: 'a' },
    });
    expect(names(api, within)).toEqual(['a']);
    expect(names(api)).toEqual([]);
    api.delete(`${within}/a`);
    expect(names(api, within)).toEqual([]);
  });

  it('is available once its server answers, and not where nothing vouches for its certificate', () => {
    const api = new Api();
    deployed(api);
    api.create(SERVICES, registration('v1alpha1', {}));
    api.pass(3000);
    expect(condition(api)).toMatchObject({ status: 'False', reason: 'FailedDiscoveryCheck' });
    expect(condition(api).message).toContain('x509: certificate signed by unknown authority');
    expect(api.send('GET', FLUNDERS).status).toBe(503);
    expect(api.send('GET', `${GROUP}/v1alpha1`)).toMatchObject({
      status: 503,
      body: 'service unavailable\n',
    });
    const path = `${SERVICES}/v1alpha1.wardle.example.com`;
    api.patch(path, { spec: { insecureSkipTLSVerify: true } });
    api.until(
      () => condition(api),
      ({ status }) => status === 'True',
    );
    expect(names(api)).toEqual([]);
  });

  it('ends where it may not read by what its clients are known, and is begun again', () => {
    const api = new Api();
    deployed(api, 20_000);
    const [pod] = podsOf(api);
    expect(
      pod.status.containerStatuses.find((c: Body) => c.name === 'sample-apiserver').restartCount,
    ).toBeGreaterThan(0);
    const log = api.get(
      `${at('v1', 'pods', NAMESPACE)}/${pod.metadata.name}/log?container=sample-apiserver&previous=true`,
    );
    expect(log).toContain('configmaps "extension-apiserver-authentication" is forbidden');
    expect(log).toContain('--role=extension-apiserver-authentication-reader');
  });

  it('asks whether others than administrators may', () => {
    const api = registered();
    const user = { username: 'ann', groups: ['system:authenticated'] };
    expect(api.send('GET', FLUNDERS, undefined, { user }).status).toBe(403);
    api.create(at(`${RBAC}/v1`, 'clusterroles'), {
      metadata: { name: 'wardler' },
      rules: [{ apiGroups: ['wardle.example.com'], resources: ['*'], verbs: ['*'] }],
    });
    api.create(at(`${RBAC}/v1`, 'clusterrolebindings'), {
      metadata: { name: 'ann-wardles' },
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'wardler' },
      subjects: [{ apiGroup: RBAC, kind: 'User', name: 'ann' }],
    });
    expect(api.send('GET', FLUNDERS, undefined, { user }).status).toBe(200);
    api.delete(`${at(`${RBAC}/v1`, 'clusterrolebindings')}/wardler:${NAMESPACE}:auth-delegator`);
    const refused = api.send('GET', FLUNDERS, undefined, { user });
    expect(refused.status).toBe(500);
    expect(refused.body.message).toContain('cannot create resource "subjectaccessreviews"');
    expect(api.send('GET', FLUNDERS).status).toBe(200);
  });

  it('writes as its kinds are written: defaults, versions, refusals', () => {
    const api = registered();
    expect(api.create(FLUNDERS, flunder('a', { spec: { reference: 'b' } })).spec).toEqual({
      reference: 'b',
      referenceType: 'Flunder',
    });
    api.create(SERVICES, registration('v1beta1'));
    const beta = at('wardle.example.com/v1beta1', 'flunders', 'default');
    api.until(
      () => api.send('GET', beta).status,
      (status) => status === 200,
    );
    expect(api.get(`${beta}/a`)).toMatchObject({
      apiVersion: 'wardle.example.com/v1beta1',
      spec: { flunderReference: 'b', referenceType: 'Flunder' },
    });
    const both = { flunderReference: 'x', fischerReference: 'y', referenceType: 'Flunder' };
    const wrong = { ...flunder('c', { spec: both }), apiVersion: 'wardle.example.com/v1beta1' };
    expect(api.refused(422, 'POST', beta, wrong)).toContain('cannot be set with flunderReference');
    api.create(at('wardle.example.com/v1alpha1', 'fischers'), {
      apiVersion: 'wardle.example.com/v1alpha1',
      kind: 'Fischer',
      metadata: { name: 'ban' },
      disallowedFlunders: ['banned'],
    });
    expect(api.refused(403, 'POST', FLUNDERS, flunder('banned'))).toContain('this name may not be used');
    expect(
      api.refused(404, 'POST', FLUNDERS.replace('default', 'nowhere'), {
        ...flunder('a'),
        metadata: { name: 'a' },
      }),
    ).toContain('namespaces "nowhere" not found');
    expect(api.refused(409, 'POST', FLUNDERS, flunder('a'))).toContain('already exists');
    expect(api.patch(`${FLUNDERS}/a`, { metadata: { labels: { x: 'y' } } }).metadata.labels.x).toBe('y');
    expect(api.items(`${FLUNDERS}?labelSelector=x%3Dy`)).toHaveLength(1);
    // Its types are Go's, as of every server that is built of the same library: lists are merged by them.
    for (const finalizer of ['example.com/a', 'example.com/b'])
      api.patch(
        `${FLUNDERS}/a`,
        { metadata: { finalizers: [finalizer] }, spec: { reference: finalizer } },
        'strategic',
      );
    const merged = api.get(`${FLUNDERS}/a`);
    expect(merged.metadata.finalizers.sort()).toEqual(['example.com/a', 'example.com/b']);
    expect(merged.spec).toEqual({ reference: 'example.com/b', referenceType: 'Flunder' });
    api.patch(`${FLUNDERS}/a`, { metadata: { finalizers: null } });
    const applied = flunder('d', { spec: { reference: 'e' } });
    api.patch(`${FLUNDERS}/d?fieldManager=me`, applied, 'apply');
    expect(api.get(`${FLUNDERS}/d`).metadata.managedFields).toHaveLength(1);
    expect(api.items(`${FLUNDERS}?limit=1`)).toHaveLength(1);
    expect(api.get('/apis/wardle.example.com').versions.map((v: Body) => v.version)).toEqual([
      'v1beta1',
      'v1alpha1',
    ]);
  });

  it('is discovered with the others, and watched', () => {
    const api = registered();
    const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
    const group = api
      .ok('GET', '/apis', undefined, { accept })
      .items.find((g: Body) => g.metadata.name === 'wardle.example.com');
    expect(group.versions.map((v: Body) => [v.version, v.freshness])).toEqual([['v1alpha1', 'Current']]);
    expect(Object.keys(api.get('/openapi/v3').paths)).toContain('apis/wardle.example.com/v1alpha1');
    const told = api.watched(FLUNDERS, () => {
      api.create(FLUNDERS, flunder('seen'));
      api.patch(`${FLUNDERS}/seen`, { metadata: { labels: { x: 'y' } } });
      api.delete(`${FLUNDERS}/seen`);
    });
    expect(told).toEqual(['ADDED seen', 'MODIFIED seen', 'DELETED seen']);
    const table = api.ok('GET', FLUNDERS, undefined, {
      accept: 'application/json;as=Table;v=v1;g=meta.k8s.io',
    });
    expect(table.kind).toBe('Table');
  });

  it('is emptied with a namespace, which stays while it cannot be asked', () => {
    const api = registered();
    const [pod] = podsOf(api);
    for (const name of ['going', 'staying']) {
      api.create('/api/v1/namespaces', { metadata: { name } });
      api.create(at('wardle.example.com/v1alpha1', 'flunders', name), {
        ...flunder('mine'),
        metadata: { name: 'mine' },
      });
    }
    api.delete('/api/v1/namespaces/going');
    api.until(
      () => api.send('GET', '/api/v1/namespaces/going').status,
      (status) => status === 404,
    );
    expect(names(api, at('wardle.example.com/v1alpha1', 'flunders'))).toEqual(['mine']);
    api.patch(`${at('apps/v1', 'deployments', NAMESPACE)}/sample-apiserver-deployment`, {
      spec: { replicas: 0 },
    });
    api.until(
      () => api.send('GET', `${at('v1', 'pods', NAMESPACE)}/${pod.metadata.name}`).status,
      (status) => status === 404,
    );
    api.pass(5000);
    api.delete('/api/v1/namespaces/staying');
    api.pass(30_000);
    expect(api.get('/api/v1/namespaces/staying').status.conditions).toContainEqual(
      expect.objectContaining({ type: 'NamespaceDeletionDiscoveryFailure', status: 'True' }),
    );
    expect(condition(api)).toMatchObject({ status: 'False', reason: 'MissingEndpoints' });
    expect(api.send('GET', FLUNDERS).status).toBe(503);
  });

  it('has its garbage collected, and what its objects have owned', () => {
    const api = registered();
    const maps = at('v1', 'configmaps', 'default');
    const owning = ({ apiVersion, kind, metadata: { name, uid } }: Body): object => ({
      ownerReferences: [{ apiVersion, kind, name, uid }],
    });
    const map = (name: string, more: object = {}): Body =>
      api.create(maps, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, ...more } });
    const owned = (name: string, by: Body): Body =>
      api.create(FLUNDERS, { ...flunder(name), metadata: { name, ...owning(by) } });
    const owner = map('owner');
    owned('of-map', owner);
    const kept = api.create(FLUNDERS, flunder('kept'));
    const parent = api.create(FLUNDERS, flunder('parent'));
    owned('of-flunder', parent);
    map('of-kept', owning(kept));
    map('of-parent', owning(parent));
    map('of-nobody', owning({ ...kept, apiVersion: 'none.example.com/v1' }));
    const left = (): string[] =>
      [...names(api), ...names(api, maps)].filter((name) => name !== 'kube-root-ca.crt').sort();
    api.pass(90_000);
    expect(left()).toEqual([
      ...['kept', 'of-flunder', 'of-kept', 'of-map', 'of-nobody', 'of-parent', 'owner', 'parent'],
    ]);
    api.delete(`${maps}/owner`);
    api.delete(`${FLUNDERS}/parent`);
    api.pass(40_000);
    expect(left()).toEqual(['kept', 'of-kept', 'of-nobody']);
  });

  it('loses what its etcd kept where that begins anew, and watches end', () => {
    const api = registered();
    api.create(FLUNDERS, flunder('lost'));
    const flow = flowOf(api.served, 'GET', `${FLUNDERS}?watch=true`);
    expect(eventsOf(flow).map(({ type }) => type)).toEqual(['ADDED']);
    const [{ metadata }] = podsOf(api) as [Body];
    api.delete(`${at('v1', 'pods', NAMESPACE)}/${metadata.name}`);
    api.until(
      () => podsOf(api),
      (pods) => pods.length === 1 && pods[0].metadata.name !== metadata.name,
    );
    api.until(
      () => api.send('GET', FLUNDERS).status,
      (status) => status === 200,
    );
    expect(names(api)).toEqual([]);
    expect(flow.take()).toEqual([]);
    expect(flow.ended).toBe(true);
  });

  it('comes to the same again by its log, whoever reads between', () => {
    const once = (reads: boolean): string => {
      const api = registered();
      api.create(FLUNDERS, flunder('a'));
      if (reads) for (let i = 0; i < 3; i += 1) names(api);
      api.pass(1000);
      return Served.replay(api.served.log).cluster.hash();
    };
    const api = registered();
    api.create(FLUNDERS, flunder('a'));
    api.pass(1000);
    expect(once(false)).toBe(api.served.cluster.hash());
    expect(once(true)).toBe(once(false));
  });

  it('is asked from within a Pod', () => {
    const api = registered();
    api.create(FLUNDERS, flunder('a'));
    const account = 'system:serviceaccount:default:default';
    bindUser(api, account);
    const said = api.printed(
      'asks',
      `curl -sk -H "Authorization: Bearer $(cat /t/token)" https://kubernetes.default${FLUNDERS}`,
      { volumes: [{ name: 't', projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } }] },
      { image: 'curlimages/curl', volumeMounts: [{ name: 't', mountPath: '/t' }] },
    );
    expect(JSON.parse(said).items.map((o: Body) => o.metadata.name)).toEqual(['a']);
  });
});
