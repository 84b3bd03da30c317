/** [sig-api-machinery] */
import { expect } from 'vitest';
import type { Body } from '../testing.ts';
import { AGNHOST, type Api, at, type Cases, operations, podOf, statusOperations } from './api.ts';

const FLOW = 'flowcontrol.apiserver.k8s.io/v1';
const ADMISSION = 'admissionregistration.k8s.io/v1';
const EXTENSIONS = 'apiextensions.k8s.io/v1';
const PODS = at('v1', 'pods', 'default');
const MAPS = at('v1', 'configmaps', 'default');
const DEPLOYMENTS = at('apps/v1', 'deployments', 'default');

const REACHED = { type: 'Dangling', status: 'False', reason: 'E2E', message: 'set by a test' };

// ---- webhooks

/** agnhost's webhooks, behind a Service. */
function hooked(api: Api): void {
  api.create(PODS, podOf('hook', { container: { image: AGNHOST, args: ['webhook'] } }));
  api.create(at('v1', 'services', 'default'), {
    metadata: { name: 'hook' },
    spec: { selector: { name: 'hook' }, ports: [{ port: 443 }] },
  });
  api.running('hook');
  api.pass(10_000);
}

const configuration = (name: string, path: string, matchConditions: readonly object[]): object => ({
  metadata: { name },
  webhooks: [
    {
      name: `${name}.k8s.io`,
      rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] }],
      clientConfig: { service: { namespace: 'default', name: 'hook', path }, caBundle: 'eA==' },
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
      matchConditions,
    },
  ],
});

const SKIP = { name: 'skip', expression: "object.metadata.name != 'skip-me'" };

function storesConditions(api: Api, kind: 'mutating' | 'validating'): void {
  const path = at(ADMISSION, `${kind}webhookconfigurations`);
  const made = api.create(path, configuration('conditional', '/always-deny', [SKIP]));
  expect(made.webhooks[0].matchConditions).toEqual([SKIP]);
  const other = { name: 'other', expression: 'true' };
  const [hook] = made.webhooks;
  const next = api.update(`${path}/conditional`, {
    ...made,
    webhooks: [{ ...hook, matchConditions: [SKIP, other] }],
  });
  expect(next.webhooks[0].matchConditions).toEqual([SKIP, other]);
}

function refusesConditions(api: Api, kind: 'mutating' | 'validating'): void {
  const bad = { name: 'bad', expression: '... [] bad expression' };
  const said = api.refused(
    422,
    'POST',
    at(ADMISSION, `${kind}webhookconfigurations`),
    configuration('conditional', '/always-deny', [bad]),
  );
  expect(said).toContain('compilation failed');
}

// ---- custom resources

const TEXT = { type: 'string' };

/** Defines `widgets.e2e.example.com`. */
function defined(api: Api, schema: object, more: object = {}): string {
  api.create(at(EXTENSIONS, 'customresourcedefinitions'), {
    metadata: { name: 'widgets.e2e.example.com' },
    spec: {
      group: 'e2e.example.com',
      scope: 'Namespaced',
      names: { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList' },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema }, ...more }],
    },
  });
  api.pass(2000);
  return at('e2e.example.com/v1', 'widgets', 'default');
}

const widget = (name: string, rest: object): object => ({
  apiVersion: 'e2e.example.com/v1',
  kind: 'Widget',
  metadata: { name },
  ...rest,
});

const SCHEMA = { type: 'object', properties: { spec: { type: 'object', properties: { known: TEXT } } } };
const ANYTHING = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

/** Creates and applies under strict validation. @returns what is said against each; '': nothing */
function strictly(api: Api, path: string, name: string, object: object | string): string[] {
  const create = api.send('POST', `${path}?fieldValidation=Strict`, object);
  const how = { type: 'application/apply-patch+yaml' };
  const apply = api.send(
    'PATCH',
    `${path}/${name}-applied?fieldManager=e2e&fieldValidation=Strict`,
    renamed(object, name),
    how,
  );
  return [create, apply].map(({ status, body }) => (status < 300 ? '' : String(body.message)));
}

const renamed = (object: object | string, name: string): string =>
  (typeof object === 'string' ? object : JSON.stringify(object)).replace(
    `"name":"${name}"`,
    `"name":"${name}-applied"`,
  );

// ---- discovery

const AGGREGATED = { accept: 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList' };

function aggregatedGroups(api: Api): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const root of ['/api', '/apis'])
    for (const { metadata, versions } of api.ok('GET', root, undefined, AGGREGATED).items)
      for (const { version, resources } of versions)
        groups.set(
          `${metadata.name ?? ''}/${version}`,
          resources.map((r: Body) => r.resource),
        );
  return groups;
}

const discovers = (api: Api): void => {
  const groups = aggregatedGroups(api);
  expect(groups.get('/v1')).toContain('pods');
  expect(groups.get('apps/v1')).toContain('deployments');
  expect(groups.get('rbac.authorization.k8s.io/v1')).toContain('roles');
};

const discoversCustom = (api: Api): void => {
  defined(api, SCHEMA);
  expect(aggregatedGroups(api).get('e2e.example.com/v1')).toEqual(['widgets']);
};

// ---- policies

const deploymentRule = {
  apiGroups: ['apps'],
  apiVersions: ['v1'],
  operations: ['CREATE', 'UPDATE'],
  resources: ['deployments'],
};

function validating(api: Api, spec: object): void {
  api.create(at(ADMISSION, 'validatingadmissionpolicies'), {
    metadata: { name: 'policy' },
    spec: { matchConstraints: { resourceRules: [deploymentRule] }, ...spec },
  });
  api.create(at(ADMISSION, 'validatingadmissionpolicybindings'), {
    metadata: { name: 'policy' },
    spec: { policyName: 'policy', validationActions: ['Deny'] },
  });
}

function mutating(api: Api, mutation: object): void {
  api.create(at(ADMISSION, 'mutatingadmissionpolicies'), {
    metadata: { name: 'policy' },
    spec: {
      matchConstraints: { resourceRules: [deploymentRule] },
      reinvocationPolicy: 'Never',
      mutations: [mutation],
    },
  });
  api.create(at(ADMISSION, 'mutatingadmissionpolicybindings'), {
    metadata: { name: 'policy' },
    spec: { policyName: 'policy' },
  });
}

export const deployment = (name: string, replicas = 1): Body => ({
  metadata: { name },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: 'c', image: AGNHOST, args: ['pause'] }] },
    },
  },
});

const QUOTA = { spec: { hard: { configmaps: '10', 'requests.cpu': '1' } } };

export const apiMachinery: Cases = {
  'API priority and fairness': {
    'should support FlowSchema API operations': (api) =>
      operations(api, {
        groupVersion: FLOW,
        plural: 'flowschemas',
        object: {
          spec: {
            matchingPrecedence: 10_000,
            priorityLevelConfiguration: { name: 'global-default' },
            rules: [
              {
                subjects: [{ kind: 'User', user: { name: 'e2e' } }],
                nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
              },
            ],
          },
        },
        status: { conditions: [{ ...REACHED, lastTransitionTime: '2026-01-05T09:00:00Z' }] },
      }),
    'should support PriorityLevelConfiguration API operations': (api) =>
      operations(api, {
        groupVersion: FLOW,
        plural: 'prioritylevelconfigurations',
        object: {
          spec: {
            type: 'Limited',
            limited: { nominalConcurrencyShares: 2, limitResponse: { type: 'Reject' } },
          },
        },
        status: { conditions: [{ ...REACHED, lastTransitionTime: '2026-01-05T09:00:00Z' }] },
      }),
  },
  AdmissionWebhook: {
    'should be able to create and update mutating webhook configurations with match conditions': (api) =>
      storesConditions(api, 'mutating'),
    'should be able to create and update validating webhook configurations with match conditions': (api) =>
      storesConditions(api, 'validating'),
    "should mutate everything except 'skip-me' configmaps": (api) => {
      hooked(api);
      const path = at(ADMISSION, 'mutatingwebhookconfigurations');
      api.create(path, configuration('mutates', '/mutating-configmaps', [SKIP]));
      const start = { 'mutation-start': 'yes' };
      expect(api.create(MAPS, { metadata: { name: 'other' }, data: start }).data).toEqual({
        ...start,
        'mutation-stage-1': 'yes',
      });
      expect(api.create(MAPS, { metadata: { name: 'skip-me' }, data: start }).data).toEqual(start);
    },
    'should reject mutating webhook configurations with invalid match conditions': (api) =>
      refusesConditions(api, 'mutating'),
    'should reject validating webhook configurations with invalid match conditions': (api) =>
      refusesConditions(api, 'validating'),
  },
  AggregatedDiscovery: {
    'should support aggregated discovery interface': discovers,
    'should support aggregated discovery interface for CRDs': discoversCustom,
    'should support raw aggregated discovery endpoint Accept headers': (api) => {
      const { kind, apiVersion } = api.ok('GET', '/apis', undefined, AGGREGATED);
      expect([kind, apiVersion]).toEqual(['APIGroupDiscoveryList', 'apidiscovery.k8s.io/v2']);
      expect(api.get('/apis').kind).toBe('APIGroupList');
    },
    'should support raw aggregated discovery request for CRDs': discoversCustom,
  },
  CustomResourceFieldSelectors: {
    'CustomResourceFieldSelectors MUST list and watch custom resources matching the field selector': (
      api,
    ) => {
      const path = defined(
        api,
        { type: 'object', properties: { host: TEXT, port: TEXT } },
        { selectableFields: [{ jsonPath: '.host' }, { jsonPath: '.port' }] },
      );
      api.create(path, widget('a', { host: 'host1', port: '80' }));
      api.create(path, widget('b', { host: 'host1', port: '8080' }));
      const chosen = `${path}?fieldSelector=host%3Dhost1%2Cport%3D80`;
      expect(api.items(chosen).map((o) => o.metadata.name)).toEqual(['a']);
      const told = api.watched(chosen, () => {
        api.create(path, widget('c', { host: 'host1', port: '80' }));
        api.patch(`${path}/b`, { port: '80' });
        api.patch(`${path}/a`, { host: 'host2' });
        api.delete(`${path}/c`);
      });
      expect(told).toEqual(['ADDED c', 'ADDED b', 'DELETED a', 'DELETED c']);
      expect(api.refused(400, 'GET', `${path}?fieldSelector=other%3Dx`)).toContain(
        'field label not supported',
      );
    },
  },
  Discovery: {
    'should locate the groupVersion and a resource within each APIGroup': (api) => {
      const { groups } = api.get('/apis');
      expect(groups.length).toBeGreaterThan(15);
      for (const { name, versions } of groups)
        for (const { groupVersion } of versions) {
          const list = api.get(`/apis/${groupVersion}`);
          expect([name, list.groupVersion]).toEqual([name, groupVersion]);
          expect(list.resources.length).toBeGreaterThan(0);
        }
    },
  },
  FieldValidation: {
    'should create/apply a CR with unknown fields for CRD with no validation schema': (api) => {
      const path = defined(api, ANYTHING);
      expect(strictly(api, path, 'a', widget('a', { spec: { any: 'thing', known: 'x' } }))).toEqual(['', '']);
    },
    'should create/apply a valid CR for CRD with validation schema': (api) => {
      const path = defined(api, SCHEMA);
      expect(strictly(api, path, 'a', widget('a', { spec: { known: 'x' } }))).toEqual(['', '']);
    },
    'should create/apply an invalid CR with extra properties for CRD with validation schema': (api) => {
      const path = defined(api, SCHEMA);
      const [created, applied] = strictly(api, path, 'a', widget('a', { spec: { known: 'x', extra: 'y' } }));
      expect(created).toContain('strict decoding error: unknown field "spec.extra"');
      expect(applied).toContain('.spec.extra: field not declared in schema');
    },
    'should detect duplicates in a CR when preserving unknown fields': (api) => {
      const path = defined(api, ANYTHING);
      const object = JSON.stringify(widget('a', { spec: { any: 'x' } })).replace(
        '"any":"x"',
        '"any":"x","any":"y"',
      );
      const [created, applied] = strictly(api, path, 'a', object);
      expect(created).toContain('duplicate field "spec.any"');
      expect(applied).toContain('key "any" already set in map');
    },
    'should detect unknown and duplicate fields of a typed object': (api) => {
      const object = JSON.stringify({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        ...deployment('a'),
      }).replace('"replicas":1', '"replicas":1,"replicas":2,"unknown":"x"');
      const [created, applied] = strictly(api, DEPLOYMENTS, 'a', object);
      expect(created).toContain('unknown field "spec.unknown"');
      expect(created).toContain('duplicate field "spec.replicas"');
      expect(applied).toContain('key "replicas" already set in map');
    },
    'should detect unknown metadata fields in both the root and embedded object of a CR': (api) => {
      const path = defined(api, {
        type: 'object',
        properties: {
          template: {
            type: 'object',
            'x-kubernetes-embedded-resource': true,
            'x-kubernetes-preserve-unknown-fields': true,
          },
        },
      });
      const template = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x', unknownSub: 'y' } };
      const object = { ...widget('a', { template }), metadata: { name: 'a', unknownRoot: 'z' } };
      const said = api.refused(400, 'POST', `${path}?fieldValidation=Strict`, object);
      expect(said).toContain('unknown field "metadata.unknownRoot"');
      expect(said).toContain('unknown field "template.metadata.unknownSub"');
    },
    'should detect unknown metadata fields of a typed object': (api) => {
      const object = { apiVersion: 'apps/v1', kind: 'Deployment', ...deployment('a') };
      object.metadata.unknownMeta = 'x';
      const [created, applied] = strictly(api, DEPLOYMENTS, 'a', object);
      expect(created).toContain('unknown field "metadata.unknownMeta"');
      expect(applied).toContain('.metadata.unknownMeta: field not declared in schema');
    },
  },
  MutatingAdmissionPolicy: {
    'should mutate a Deployment': (api) => {
      const expression = 'Object{spec: Object.spec{replicas: object.spec.replicas + 1}}';
      mutating(api, { patchType: 'ApplyConfiguration', applyConfiguration: { expression } });
      expect(api.create(DEPLOYMENTS, deployment('a', 1)).spec.replicas).toBe(2);
    },
    'should mutate a Deployment with annotations': (api) => {
      const expression = 'Object{metadata: Object.metadata{annotations: {"made": "by-policy"}}}';
      mutating(api, { patchType: 'ApplyConfiguration', applyConfiguration: { expression } });
      const object = deployment('a');
      object.metadata.annotations = { mine: 'x' };
      expect(api.create(DEPLOYMENTS, object).metadata.annotations).toMatchObject({
        made: 'by-policy',
        mine: 'x',
      });
    },
    'should support MutatingAdmissionPolicy API operations': (api) =>
      operations(api, {
        groupVersion: ADMISSION,
        plural: 'mutatingadmissionpolicies',
        object: {
          spec: {
            matchConstraints: { resourceRules: [deploymentRule] },
            reinvocationPolicy: 'Never',
            mutations: [
              {
                patchType: 'ApplyConfiguration',
                applyConfiguration: { expression: 'Object{spec: Object.spec{replicas: 1}}' },
              },
            ],
          },
        },
      }),
    'should support MutatingAdmissionPolicyBinding API operations': (api) =>
      operations(api, {
        groupVersion: ADMISSION,
        plural: 'mutatingadmissionpolicybindings',
        object: { spec: { policyName: 'none' } },
      }),
  },
  Namespaces: {
    'should apply a finalizer to a Namespace': (api) => {
      api.create('/api/v1/namespaces', { metadata: { name: 'held' } });
      const namespace = api.get('/api/v1/namespaces/held');
      const finalizers = [...namespace.spec.finalizers, 'e2e.example.com/fake'];
      const held = api.update('/api/v1/namespaces/held/finalize', { ...namespace, spec: { finalizers } });
      expect(held.spec.finalizers).toEqual(['kubernetes', 'e2e.example.com/fake']);
      api.delete('/api/v1/namespaces/held');
      api.pass(60_000);
      const left = api.get('/api/v1/namespaces/held');
      expect([left.status.phase, left.spec.finalizers]).toEqual(['Terminating', ['e2e.example.com/fake']]);
      api.update('/api/v1/namespaces/held/finalize', { ...left, spec: { finalizers: [] } });
      api.refused(404, 'GET', '/api/v1/namespaces/held');
    },
    'should apply an update to a Namespace': (api) => {
      const made = api.create('/api/v1/namespaces', { metadata: { name: 'renewed' } });
      const labels = { ...made.metadata.labels, updated: 'yes' };
      const path = '/api/v1/namespaces/renewed';
      expect(api.update(path, { ...made, metadata: { ...made.metadata, labels } }).metadata.labels).toEqual({
        'kubernetes.io/metadata.name': 'renewed',
        updated: 'yes',
      });
    },
    'should apply changes to a namespace status': (api) => {
      api.create('/api/v1/namespaces', { metadata: { name: 'told' } });
      const conditions = [{ ...REACHED, type: 'StatusPatch', lastTransitionTime: null }];
      statusOperations(api, '/api/v1/namespaces/told', { conditions });
    },
  },
  OrderedNamespaceDeletion: {
    'namespace deletion should delete pod first': (api) => {
      api.create('/api/v1/namespaces', { metadata: { name: 'ordered' } });
      const inside = (plural: string): string => at('v1', plural, 'ordered');
      const pod = podOf('held');
      api.create(inside('pods'), {
        ...pod,
        metadata: { ...pod.metadata, finalizers: ['e2e.example.com/hold'] },
      });
      api.create(inside('configmaps'), { metadata: { name: 'later' } });
      api.delete('/api/v1/namespaces/ordered');
      api.pass(120_000);
      expect(api.get(`${inside('pods')}/held`).metadata.deletionTimestamp).toBeDefined();
      expect(api.get(`${inside('configmaps')}/later`).metadata.deletionTimestamp).toBeUndefined();
      api.patch(`${inside('pods')}/held`, { metadata: { finalizers: null } });
      api.until(
        () => api.send('GET', '/api/v1/namespaces/ordered').status,
        (code) => code === 404,
      );
    },
  },
  ResourceQuota: {
    'should apply changes to a resourcequota status': (api) => {
      const path = `${at('v1', 'resourcequotas', 'default')}/quota`;
      api.create(at('v1', 'resourcequotas', 'default'), { metadata: { name: 'quota' }, ...QUOTA });
      api.until(
        () => api.get(path),
        ({ status }) => status.hard?.configmaps === '10',
      );
      const changed = { hard: { configmaps: '20', 'requests.cpu': '1' } };
      expect(api.patch(`${path}/status`, { status: changed }).status.hard).toEqual(changed.hard);
      const seen = api.until(
        () => api.get(path),
        ({ status }) => status.hard.configmaps === '10',
      );
      expect(seen.status.hard).toEqual(QUOTA.spec.hard);
    },
    'should manage the lifecycle of a ResourceQuota': (api) =>
      operations(api, {
        groupVersion: 'v1',
        plural: 'resourcequotas',
        namespace: 'default',
        object: QUOTA,
        names: ['one'],
      }),
  },
  'Servers with support for API chunking': {
    'should return chunks of results for list calls': (api) => {
      const path = at('v1', 'podtemplates', 'default');
      const template = { spec: podOf('x').spec, metadata: { labels: { a: 'b' } } };
      for (let i = 0; i < 40; i++)
        api.create(path, { metadata: { name: `t-${String(i).padStart(2, '0')}` }, template });
      const names: string[] = [];
      let token = '';
      let left = 40;
      do {
        const { items, metadata } = api.get(
          `${path}?limit=7${token && `&continue=${encodeURIComponent(token)}`}`,
        );
        names.push(...items.map((o: Body) => o.metadata.name));
        left -= items.length;
        expect(metadata.remainingItemCount ?? 0).toBe(left);
        token = metadata.continue ?? '';
      } while (token !== '');
      expect(names).toEqual(Array.from({ length: 40 }, (_, i) => `t-${String(i).padStart(2, '0')}`));
    },
    ['should support continue listing from the last key if the original version has been compacted away, ' +
      'though the list is inconsistent']: (api) => {
      for (let i = 0; i < 20; i++) api.create(MAPS, { metadata: { name: `m-${10 + i}` } });
      const first = api.get(`${MAPS}?limit=5`);
      api.pass(900_000);
      for (let i = 0; i < 5; i++) api.create(MAPS, { metadata: { name: `n-${i}` } });
      const path = (token: string): string => `${MAPS}?limit=500&continue=${encodeURIComponent(token)}`;
      const gone = api.send('GET', path(first.metadata.continue));
      expect([gone.status, gone.body.reason]).toEqual([410, 'Expired']);
      const rest = api.get(path(gone.body.metadata.continue));
      const names = [...first.items, ...rest.items].map((o: Body) => o.metadata.name);
      expect(names.filter((name: string) => /^[mn]-/.test(name))).toHaveLength(25);
      expect(new Set(names).size).toBe(names.length);
    },
  },
  ValidatingAdmissionPolicy: {
    'should allow expressions to refer variables.': (api) => {
      validating(api, {
        variables: [
          { name: 'replicas', expression: 'object.spec.replicas' },
          { name: 'odd', expression: 'variables.replicas % 2 == 1' },
        ],
        validations: [{ expression: 'variables.replicas > 1' }, { expression: 'variables.odd' }],
      });
      api.create(DEPLOYMENTS, deployment('three', 3));
      expect(api.refused(422, 'POST', DEPLOYMENTS, deployment('four', 4))).toContain('variables.odd');
    },
    'should support ValidatingAdmissionPolicy API operations': (api) =>
      operations(api, {
        groupVersion: ADMISSION,
        plural: 'validatingadmissionpolicies',
        object: {
          spec: {
            matchConstraints: { resourceRules: [deploymentRule] },
            validations: [{ expression: 'true' }],
          },
        },
        status: { conditions: [{ ...REACHED, lastTransitionTime: '2026-01-05T09:00:00Z' }] },
      }),
    'should support ValidatingAdmissionPolicyBinding API operations': (api) =>
      operations(api, {
        groupVersion: ADMISSION,
        plural: 'validatingadmissionpolicybindings',
        object: { spec: { policyName: 'none', validationActions: ['Deny'] } },
      }),
    'should validate against a Deployment': (api) => {
      validating(api, {
        validations: [
          {
            expression: 'object.spec.replicas > 1',
            messageExpression: "'wants more than ' + string(object.spec.replicas)",
          },
        ],
      });
      api.create(DEPLOYMENTS, deployment('two', 2));
      expect(api.refused(422, 'POST', DEPLOYMENTS, deployment('one', 1))).toContain('wants more than 1');
      expect(api.watched(DEPLOYMENTS, () => api.send('POST', DEPLOYMENTS, deployment('one', 1)))).toEqual([]);
    },
  },
};
