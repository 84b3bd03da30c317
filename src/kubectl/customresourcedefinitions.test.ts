import { describe, expect, it } from 'vitest';
import { Cluster } from '../sim/cluster.ts';
import { runKubectl } from './run.ts';

const SCHEMA = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      required: ['schedule'],
      properties: {
        schedule: { type: 'string', pattern: '^(\\S+ ){4}\\S+$' },
        replicas: { type: 'integer', minimum: 1, maximum: 10, default: 1 },
        port: { 'x-kubernetes-int-or-string': true },
        hosts: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' },
        extra: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
      },
    },
    status: { type: 'object', properties: { replicas: { type: 'integer' }, selector: { type: 'string' } } },
  },
};

const CRD = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'crontabs.stable.example.com' },
  spec: {
    group: 'stable.example.com',
    scope: 'Namespaced',
    names: { plural: 'crontabs', kind: 'CronTab', shortNames: ['ct'] },
    versions: [
      {
        name: 'v1beta1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: SCHEMA },
        subresources: {
          status: {},
          scale: { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' },
        },
        additionalPrinterColumns: [
          { name: 'Schedule', type: 'string', jsonPath: '.spec.schedule' },
          { name: 'Replicas', type: 'integer', jsonPath: '.spec.replicas' },
        ],
      },
    ],
  },
};

const tab = (spec: object, name = 'my'): string =>
  JSON.stringify({ apiVersion: 'stable.example.com/v1beta1', kind: 'CronTab', metadata: { name }, spec });

function terminal(cluster = Cluster.create({ seed: 'crd', nodes: 1 })) {
  const run = (line: string, stdin: unknown = ''): string =>
    runKubectl(cluster, line.split(' '), {
      readFile: () => '',
      stdin: typeof stdin === 'string' ? stdin : JSON.stringify(stdin),
      places: false,
    }).output;
  return { cluster, run };
}

/** With the definition established. */
function installed() {
  const at = terminal();
  at.run('apply -f -', CRD);
  at.cluster.pass(1000);
  return at;
}

const conditionsOf = (run: (line: string) => string): string =>
  run(
    'get crd crontabs.stable.example.com -o ' +
      'jsonpath={range.status.conditions[*]}{.type}={.status}:{.reason};{end}',
  );

describe('a CustomResourceDefinition', () => {
  it('is established, and its kind served from then on', () => {
    const { cluster, run } = terminal();
    const both = `${JSON.stringify(CRD)}\n---\n${tab({ schedule: '* * * * *' })}`;
    expect(run('apply -f -', both)).toBe(
      'customresourcedefinition.apiextensions.k8s.io/crontabs.stable.example.com created\n' +
        'error: resource mapping not found for name: "my" namespace: "" from "STDIN": no matches for kind ' +
        '"CronTab" in version "stable.example.com/v1beta1"\nensure CRDs are installed first\n',
    );
    expect(cluster.resources.find('crontabs.stable.example.com')).toBeUndefined();
    expect(run('wait --for=condition=Established crd/crontabs.stable.example.com')).toContain(
      'condition met',
    );
    expect(conditionsOf(run)).toBe('NamesAccepted=True:NoConflicts;Established=True:InitialNamesAccepted;');
    expect(run('apply -f -', both)).toBe(
      'customresourcedefinition.apiextensions.k8s.io/crontabs.stable.example.com unchanged\n' +
        'crontab.stable.example.com/my created\n',
    );
    expect(run('get ct')).toBe('NAME   SCHEDULE    REPLICAS\nmy     * * * * *   1\n');
    expect(run('api-versions')).toContain('stable.example.com/v1beta1\n');
  });

  it('is found established by a command that follows on the one that brought it', () => {
    const { run } = terminal();
    run('apply -f -', CRD);
    expect(run('create -f -', tab({ schedule: '* * * * *' }))).toBe(
      'crontab.stable.example.com/my created\n',
    );
  });

  it('defaults, prunes and validates what is written', () => {
    const { cluster, run } = installed();
    expect(run('apply -f -', tab({ schedule: '* * * * *', replica: 1 }))).toContain(
      'strict decoding error: unknown field "spec.replica"',
    );
    const refused = run('create -f -', tab({ replicas: 11, port: true, hosts: ['a', 'b', 'a'] }));
    for (const cause of [
      'spec.schedule: Required value',
      'spec.replicas: Invalid value: 11: spec.replicas in body should be less than or equal to 10',
      'spec.port: Invalid value: "boolean": spec.port in body must be of type integer,string: "boolean"',
      'spec.hosts[2]: Duplicate value: "a"',
    ])
      expect(refused).toContain(cause);
    const made = cluster
      .client()
      .create({
        apiVersion: 'stable.example.com/v1beta1',
        kind: 'CronTab',
        metadata: { name: 'my' },
        spec: { schedule: '* * * * *', hosts: null, wheels: 4, extra: { any: ['thing'] } },
        status: { replicas: 4 },
      });
    expect(made.spec).toEqual({ schedule: '* * * * *', replicas: 1, extra: { any: ['thing'] } });
    expect(made.status).toBeUndefined();
    expect(run('scale ct my --replicas=4')).toBe('crontab.stable.example.com/my scaled\n');
    expect(run('scale ct my --replicas=40')).toContain('should be less than or equal to 10');
    expect(cluster.client().get('CronTab', 'default', 'my').metadata.generation).toBe(2);
  });

  it('is changed while objects exist: they are served in the new form, what they hold is not written', () => {
    const { cluster, run } = installed();
    run('apply -f -', tab({ schedule: '* * * * *' }));
    const before = cluster.client().get('CronTab', 'default', 'my');
    const [old] = CRD.spec.versions;
    const spec = { ...SCHEMA.properties.spec.properties, image: { type: 'string', default: 'busybox' } };
    const schema = {
      ...SCHEMA,
      properties: { ...SCHEMA.properties, spec: { ...SCHEMA.properties.spec, properties: spec } },
    };
    const versions = [
      { ...old, storage: false },
      { ...old, name: 'v1', schema: { openAPIV3Schema: schema } },
    ];
    expect(run('apply -f -', { ...CRD, spec: { ...CRD.spec, versions } })).toContain('configured');
    const after = cluster.client().get('CronTab', 'default', 'my');
    expect(after.apiVersion).toBe('stable.example.com/v1');
    // Defaults are those of the version in which etcd has it.
    expect(after.spec).toEqual({ schedule: '* * * * *', replicas: 1 });
    expect(after.metadata).toEqual(before.metadata);
    run('annotate ct my written=again');
    expect(cluster.client().get('CronTab', 'default', 'my').spec).toMatchObject({ image: 'busybox' });
    expect(run('get crd crontabs.stable.example.com -o jsonpath={.status.storedVersions}')).toBe(
      '["v1beta1","v1"]',
    );
    // A version that was stored once stays until objects are migrated.
    expect(run('apply -f -', { ...CRD, spec: { ...CRD.spec, versions: versions.slice(1) } })).toContain(
      'status.storedVersions[0]: Invalid value: "v1beta1": missing from spec.versions',
    );
  });

  it('goes after its objects, which go after their finalizers, and their dependents after them', () => {
    const { cluster, run } = installed();
    run('apply -f -', tab({ schedule: '* * * * *' }));
    run('patch ct my --type=merge -p {"metadata":{"finalizers":["example.com/hold"]}}');
    const owner = cluster.client().get('CronTab', 'default', 'my');
    const { name, uid } = owner.metadata;
    cluster
      .client()
      .create({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          name: 'owned',
          namespace: 'default',
          ownerReferences: [{ apiVersion: owner.apiVersion, kind: owner.kind, name, uid }],
        },
      });
    run('delete crd crontabs.stable.example.com --wait=false');
    cluster.pass(12_000);
    expect(conditionsOf(run)).toContain('Terminating=True:InstanceDeletionInProgress');
    expect(run('create -f -', tab({ schedule: '* * * * *' }, 'other'))).toBe(
      'Error from server (MethodNotAllowed): error when creating "STDIN": create not allowed while custom ' +
        'resource definition is terminating\n',
    );
    run('patch ct my --type=merge -p {"metadata":{"finalizers":null}}');
    cluster.pass(10_000);
    expect(run('get crd')).toBe('No resources found\n');
    expect(run('get ct')).toBe(`error: the server doesn't have a resource type "ct"\n`);
    expect(cluster.client().find('ConfigMap', 'default', 'owned')).toBeUndefined();
    // Its name is free again.
    run('apply -f -', CRD);
    cluster.pass(1000);
    expect(run('get ct')).toBe('No resources found in default namespace.\n');
  });

  it('waits for names that another of its group has, and gets them when that one goes', () => {
    const { cluster, run } = installed();
    const names = { plural: 'tables', kind: 'Table', shortNames: ['ct'] };
    const other = { ...CRD, metadata: { name: 'tables.stable.example.com' }, spec: { ...CRD.spec, names } };
    run('apply -f -', other);
    cluster.pass(1000);
    const told = 'get crd tables.stable.example.com -o jsonpath={.status.conditions[0].message}';
    expect(run(told)).toBe('"ct" is already in use');
    expect(cluster.resources.find('Table')).toBeUndefined();
    run('delete crd crontabs.stable.example.com');
    cluster.pass(1000);
    expect(run(told)).toBe('no conflicts found');
    expect(run('get ct')).toBe('No resources found in default namespace.\n');
  });

  it('goes on in forks and snapshots alike, wherever it stands', () => {
    const { cluster, run } = terminal();
    run('apply -f -', CRD);
    const play = (copy: Cluster): string => {
      const at = terminal(copy);
      copy.pass(1000);
      at.run('apply -f -', tab({ schedule: '* * * * *' }));
      const later = [copy.fork(), Cluster.restore(copy.snapshot()), copy];
      for (const one of later) {
        const then = terminal(one);
        then.run('delete crd crontabs.stable.example.com');
        one.pass(10_000);
        expect(then.run('get crd')).toBe('No resources found\n');
      }
      expect(new Set(later.map((one) => one.hash())).size).toBe(1);
      return copy.hash();
    };
    expect(new Set([cluster.fork(), Cluster.restore(cluster.snapshot()), cluster].map(play)).size).toBe(1);
  });

  it('with a webhook is served as it is stored, and says what is not simulated', () => {
    const { cluster, run } = terminal();
    const [old] = CRD.spec.versions;
    const conversion = {
      strategy: 'Webhook',
      webhook: {
        conversionReviewVersions: ['v1'],
        clientConfig: { service: { name: 'convert', namespace: 'default' } },
      },
    };
    const versions = [old, { ...old, name: 'v1', storage: false }];
    run('apply -f -', { ...CRD, spec: { ...CRD.spec, versions, conversion } });
    cluster.pass(1000);
    expect(run('apply -f -', tab({ schedule: '* * * * *' }))).toContain('created');
    expect(run('apply -f -', tab({ schedule: '* * * * *' }, 'b').replace('v1beta1', 'v1'))).toContain(
      'conversion webhook for stable.example.com/v1, Kind=CronTab failed: nobody said what the webhook ' +
        'answers; write CronTab in stable.example.com/v1beta1',
    );
  });

  it('with a webhook has what is written looked at beside what was, both in the version that is sent', () => {
    const { cluster, run } = terminal();
    const conversion = {
      strategy: 'Webhook',
      webhook: { conversionReviewVersions: ['v1'], clientConfig: { url: 'https://convert.example.com' } },
    };
    const versionOf = (name: string, field: string, rules: object[]): object => ({
      name,
      served: true,
      storage: name === 'v1',
      subresources: { status: {} },
      schema: {
        openAPIV3Schema: {
          type: 'object',
          properties: {
            spec: {
              type: 'object',
              properties: {
                [field]: { type: 'integer', maximum: 9, 'x-kubernetes-validations': rules },
                first: { type: 'string', 'x-kubernetes-validations': [{ rule: 'self == oldSelf' }] },
              },
            },
            status: {
              type: 'object',
              properties: { [field]: { type: 'integer', 'x-kubernetes-validations': rules } },
            },
          },
        },
      },
    });
    const grows = [{ rule: 'self >= oldSelf', message: 'never fewer' }];
    cluster.describeConversion('crontabs.stable.example.com', {
      conversions: [
        { from: 'v1beta1', to: 'v1', moves: { 'spec.size': 'spec.count', 'status.size': 'status.count' } },
      ],
    });
    const versions = [versionOf('v1', 'count', []), versionOf('v1beta1', 'size', grows)];
    run('apply -f -', { ...CRD, spec: { ...CRD.spec, versions, conversion } });
    cluster.pass(1000);
    expect(run('create -f -', tab({ size: 10 } as never))).toContain('should be less than or equal to 9');
    expect(run('create -f -', tab({ size: 3 } as never))).toContain('created');
    const patch = (of: string, spec: object, more = ''): string =>
      run(`patch crontabs.${of}.stable.example.com my --type=merge -p ${JSON.stringify(spec)}${more}`);
    expect(patch('v1beta1', { spec: { size: 2 } })).toContain('spec.size: Invalid value: 2: never fewer');
    expect(patch('v1beta1', { spec: { size: 4 } })).toContain('patched');
    expect(patch('v1beta1', { status: { size: 2 } }, ' --subresource=status')).toContain('patched');
    expect(patch('v1beta1', { status: { size: 1 } }, ' --subresource=status')).toContain('never fewer');
    expect(patch('v1', { spec: { count: 1 } })).toContain('patched');
    expect(run('get crontabs.v1beta1.stable.example.com my -o jsonpath={.spec.size}')).toBe('1');
    run('delete ct my');
    expect(run('create -f -', tab({ size: 1, first: 'a' } as never))).toContain('created');
    expect(patch('v1beta1', { spec: { first: 'b' } })).toContain('failed rule: self == oldSelf');
  });

  it('with a webhook keeps what etcd has when another version is stored, until it is written again', () => {
    const { cluster, run } = terminal();
    const [old] = CRD.spec.versions;
    const conversion = {
      strategy: 'Webhook',
      webhook: { conversionReviewVersions: ['v1'], clientConfig: { url: 'https://convert.example.com' } },
    };
    const spec = {
      type: 'object',
      required: ['cron'],
      properties: { cron: { type: 'string' }, replicas: { type: 'integer' } },
    };
    const later = {
      ...old,
      name: 'v1',
      storage: false,
      schema: { openAPIV3Schema: { type: 'object', properties: { spec } } },
    };
    const define = (versions: readonly object[]): void => {
      run('apply -f -', { ...CRD, spec: { ...CRD.spec, versions, conversion } });
      cluster.pass(1000);
    };
    run('apply -f -', CRD);
    cluster.pass(1000);
    run('apply -f -', tab({ schedule: '1 * * * *' }, 'a'));
    run('apply -f -', tab({ schedule: '2 * * * *' }, 'b'));
    cluster.describeConversion('crontabs.stable.example.com', {
      conversions: [{ from: 'v1beta1', to: 'v1', moves: { 'spec.schedule': 'spec.cron' } }],
    });
    define([old!, later]);
    expect(run('get ct a -o jsonpath={.apiVersion}:{.spec}')).toBe(
      'stable.example.com/v1:{"cron":"1 * * * *","replicas":1}',
    );
    define([
      { ...old!, storage: false },
      { ...later, storage: true },
    ]);
    run('annotate ct b written=again');
    const copies = [cluster, cluster.fork() as Cluster, Cluster.restore(cluster.snapshot())];
    for (const copy of copies) {
      copy.world.webhooks!.troubles.set('crontabs.stable.example.com', { down: true });
      const asked = terminal(copy);
      expect(asked.run('get ct b -o jsonpath={.spec.cron}')).toBe('2 * * * *');
      expect(asked.run('get ct a')).toContain(
        'conversion webhook for stable.example.com/v1beta1, Kind=CronTab',
      );
      expect(asked.run('get ct.v1beta1.stable.example.com a -o jsonpath={.spec.schedule}')).toBe('1 * * * *');
    }
  });

  it.each([
    [{ names: { plural: 'crontabs', kind: 'cronTab_' } }, 'spec.names.kind: Invalid value: "cronTab_"'],
    [{ group: 'stable' }, 'should be a domain with at least one dot'],
    [{ scope: 'Everywhere' }, 'spec.scope: Unsupported value: "Everywhere"'],
    [{ versions: [] }, 'must have exactly one version marked as storage version'],
  ])('is refused where it is wrong: %j', (spec, cause) => {
    const { run } = terminal();
    expect(run('apply -f -', { ...CRD, spec: { ...CRD.spec, ...spec } })).toContain(cause);
  });

  it('prints each version by its columns, and warns of those on their way out', () => {
    const { cluster, run } = terminal();
    const version = (name: string, more: object): object => ({
      name,
      served: true,
      storage: name === 'v1',
      schema: { openAPIV3Schema: SCHEMA },
      ...more,
    });
    const column = { name: 'Cron', type: 'string', jsonPath: '.spec.schedule' };
    const versions = [
      version('v1', {}),
      version('v1beta1', { deprecated: true, additionalPrinterColumns: [column] }),
      version('v1alpha1', { deprecated: true, deprecationWarning: 'go on' }),
      version('v2alpha1', { deprecated: true }),
    ];
    run('create -f -', { ...CRD, spec: { ...CRD.spec, versions } });
    cluster.pass(5_000);
    const warned =
      'Warning: stable.example.com/v1beta1 CronTab is deprecated; use stable.example.com/v1 CronTab\n';
    expect(run('create -f -', tab({ schedule: '0 3 * * *' }))).toBe(
      `${warned}crontab.stable.example.com/my created\n`,
    );
    expect(run('get ct')).toBe('NAME   AGE\nmy     0s\n');
    expect(run('get crontabs.v1beta1.stable.example.com')).toBe(`${warned}NAME   CRON\nmy     0 3 * * *\n`);
    expect(run('get crontabs.v1beta1.stable.example.com -w')).toBe('NAME   CRON\nmy     0 3 * * *\n');
    expect(run('get crontabs.v1alpha1.stable.example.com -o name')).toContain('Warning: go on\n');
    expect(run('get crontabs.v2alpha1.stable.example.com -o name')).toContain(
      'Warning: stable.example.com/v2alpha1 CronTab is deprecated; use stable.example.com/v1 CronTab\n',
    );
  });
});
