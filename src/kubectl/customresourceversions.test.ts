import { describe, expect, it } from 'vitest';
import { Cluster } from '../sim/cluster.ts';
import { runKubectl } from './run.ts';

const version = (name: string, storage: boolean, properties: object, more: object = {}): object => ({
  name,
  served: true,
  storage,
  schema: {
    openAPIV3Schema: {
      type: 'object',
      properties: {
        spec: { type: 'object', properties, ...more },
        status: { type: 'object', properties: { seen: { type: 'integer' } } },
      },
    },
  },
});

/** Two versions that differ in their fields, limits, defaults and rules. */
function installed(stored: 'v1' | 'v1beta1') {
  const cluster = Cluster.create({ seed: 'versions', nodes: 1 });
  const run = (line: string, stdin: unknown = ''): string =>
    runKubectl(cluster, line.split(' '), {
      readFile: () => '',
      stdin: typeof stdin === 'string' ? stdin : JSON.stringify(stdin),
      places: false,
    }).output;
  const v1 = version(
    'v1',
    stored === 'v1',
    {
      schedule: { type: 'string' },
      replicas: { type: 'integer', maximum: 10, default: 1 },
      image: { type: 'string', default: 'busybox' },
    },
    { required: ['schedule'] },
  );
  const v1beta1 = version('v1beta1', stored === 'v1beta1', {
    schedule: { type: 'string' },
    cron: { type: 'string' },
    replicas: {
      type: 'integer',
      maximum: 5,
      default: 2,
      'x-kubernetes-validations': [{ rule: 'self >= oldSelf', message: 'never fewer' }],
    },
  });
  run('create -f -', {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'crontabs.stable.example.com' },
    spec: {
      group: 'stable.example.com',
      scope: 'Namespaced',
      names: { plural: 'crontabs', kind: 'CronTab', shortNames: ['ct'] },
      versions: [
        { ...v1, selectableFields: [{ jsonPath: '.spec.image' }] },
        { ...v1beta1, subresources: { status: {} }, selectableFields: [{ jsonPath: '.spec.schedule' }] },
      ],
    },
  });
  cluster.pass(1000);
  const tab = (of: string, spec: object, name = 'my'): object => ({
    apiVersion: `stable.example.com/${of}`,
    kind: 'CronTab',
    metadata: { name },
    spec,
  });
  const specIn = (of: string, name = 'my'): unknown =>
    JSON.parse(run(`get crontabs.${of}.stable.example.com ${name} -o jsonpath={.spec}`));
  return { cluster, run, tab, specIn };
}

describe('versions of a custom resource that no webhook converts', () => {
  it('are validated and defaulted by the schema of the version that is sent', () => {
    const { run, tab, specIn } = installed('v1');
    expect(run('create -f -', tab('v1beta1', { replicas: 7 }))).toContain(
      'spec.replicas: Invalid value: 7: spec.replicas in body should be less than or equal to 5',
    );
    // The other version demands a schedule.
    expect(run('create -f -', tab('v1beta1', {}))).toBe('crontab.stable.example.com/my created\n');
    expect(specIn('v1beta1')).toEqual({ replicas: 2 });
    expect(run('create -f -', tab('v1', {}, 'other'))).toContain('spec.schedule: Required value');
    run('create -f -', tab('v1', { schedule: '* * * * *', replicas: 7 }, 'other'));
    expect(specIn('v1', 'other')).toEqual({ schedule: '* * * * *', replicas: 7, image: 'busybox' });
  });

  it('are pruned by the stored version as they are written, and defaulted by it as they are read', () => {
    const { run, tab, specIn } = installed('v1');
    run('create -f -', tab('v1beta1', { cron: '@daily', schedule: '0 0 * * *' }));
    expect(specIn('v1beta1')).toEqual({ schedule: '0 0 * * *', replicas: 2 });
    expect(specIn('v1')).toEqual({ schedule: '0 0 * * *', replicas: 2, image: 'busybox' });
  });

  it('are shown each without what its schema lacks, which stays in etcd until another writes', () => {
    const { run, tab, specIn } = installed('v1beta1');
    run('create -f -', tab('v1beta1', { cron: '@daily', schedule: '0 0 * * *' }));
    expect(JSON.parse(run('get ct my -o jsonpath={.spec}'))).toEqual({ schedule: '0 0 * * *', replicas: 2 });
    expect(specIn('v1beta1')).toEqual({ cron: '@daily', schedule: '0 0 * * *', replicas: 2 });
    // What is not in the stored version is not kept.
    expect(run('patch ct my --type=merge -p {"spec":{"image":"nginx","replicas":9}}')).toContain('patched');
    expect(specIn('v1')).toEqual({ schedule: '0 0 * * *', replicas: 9 });
    expect(specIn('v1beta1')).toEqual({ schedule: '0 0 * * *', replicas: 9 });
  });

  it('compare what was with what is to be in the version that is sent', () => {
    const { run, tab } = installed('v1');
    run('apply -f -', tab('v1beta1', { schedule: '0 0 * * *', replicas: 3 }));
    expect(run('apply -f -', tab('v1beta1', { schedule: '0 0 * * *', replicas: 2 }))).toContain(
      'never fewer',
    );
    expect(run('apply -f -', tab('v1', { schedule: '0 0 * * *', replicas: 2 }))).toContain('configured');
    expect(run('apply -f - --server-side', tab('v1beta1', { cron: '@daily' }, 'x'))).toContain('applied');
    expect(run('apply -f - --server-side', tab('v1', { cron: '@daily' }, 'y'))).toContain('.spec.cron');
  });

  it('have the subresources of the version that is asked for', () => {
    const { cluster, run, tab } = installed('v1');
    run('create -f -', { ...tab('v1', { schedule: '0 0 * * *' }), status: { seen: 1 } });
    const seen = (): unknown => cluster.client().get('CronTab', 'default', 'my').status;
    expect(seen()).toEqual({ seen: 1 });
    expect(run('patch ct my --subresource=status --type=merge -p {"status":{"seen":2}}')).toContain(
      'NotFound',
    );
    const beta = 'crontabs.v1beta1.stable.example.com';
    run(`patch ${beta} my --subresource=status --type=merge -p {"status":{"seen":3}}`);
    expect(seen()).toEqual({ seen: 3 });
    run(`patch ${beta} my --type=merge -p {"status":{"seen":4}}`);
    expect(seen()).toEqual({ seen: 3 });
  });

  it('say which subresources and selectable fields each has', () => {
    const { run, tab } = installed('v1');
    run('create -f -', tab('v1', { schedule: '0 0 * * *', image: 'nginx' }));
    const namesIn = (of: string): string[] =>
      JSON.parse(run(`get --raw /apis/stable.example.com/${of}`)).resources.map(
        ({ name }: { name: string }) => name,
      );
    expect(namesIn('v1')).toEqual(['crontabs']);
    expect(namesIn('v1beta1')).toEqual(['crontabs', 'crontabs/status']);
    const beta = 'crontabs.v1beta1.stable.example.com';
    const found = 'crontab.stable.example.com/my\n';
    expect(run('get ct --field-selector spec.image=nginx -o name')).toBe(found);
    expect(run('get ct --field-selector spec.image=busybox -o name')).toBe('');
    expect(run(`get ${beta} --field-selector spec.schedule!=x -o name`)).toBe(found);
    const unknown = (field: string): string => `field label not supported: ${field}`;
    expect(run(`get ${beta} --field-selector spec.image=nginx`)).toContain(unknown('spec.image'));
    expect(run('get ct --field-selector spec.schedule=x')).toContain(unknown('spec.schedule'));
  });

  it('are in the accounts of managers by the version that was written', () => {
    const { run, tab } = installed('v1');
    interface Entry {
      readonly manager: string;
      readonly apiVersion: string;
      readonly fieldsV1: object;
    }
    const managed = (): unknown =>
      JSON.parse(run('get ct my -o json --show-managed-fields')).metadata.managedFields.map((e: Entry) => [
        e.manager,
        e.apiVersion,
        e.fieldsV1,
      ]);
    const spec = { schedule: '0 0 * * *', image: 'nginx' };
    run('apply --server-side --field-manager=a -f -', tab('v1', spec));
    run('apply --server-side --field-manager=b --force-conflicts -f -', tab('v1beta1', { replicas: 3 }));
    expect(managed()).toEqual([
      ['a', 'stable.example.com/v1', { 'f:spec': { 'f:image': {}, 'f:schedule': {} } }],
      ['b', 'stable.example.com/v1beta1', { 'f:spec': { 'f:replicas': {} } }],
    ]);
    run('patch crontabs.v1beta1.stable.example.com my --type=merge -p {"spec":{"replicas":4}}');
    expect(managed()).toContainEqual([
      'kubectl-patch',
      'stable.example.com/v1beta1',
      { 'f:spec': { 'f:replicas': {} } },
    ]);
  });

  it('are warned of by what the version that is patched does not know', () => {
    const { run, tab } = installed('v1');
    run('create -f -', tab('v1', { schedule: '0 0 * * *' }));
    const patch = '--type=merge -p {"spec":{"image":"nginx"}}';
    expect(run(`patch ct my ${patch}`)).toBe('crontab.stable.example.com/my patched\n');
    expect(run(`patch crontabs.v1beta1.stable.example.com my ${patch}`)).toContain(
      'Warning: unknown field "spec.image"',
    );
  });

  it('write nothing where nothing of what etcd has changes', () => {
    const { cluster, run, tab } = installed('v1');
    run('apply -f -', tab('v1beta1', { schedule: '0 0 * * *' }));
    const of = (): string => cluster.client().get('CronTab', 'default', 'my').metadata.resourceVersion;
    const before = of();
    expect(run('apply -f -', tab('v1beta1', { schedule: '0 0 * * *' }))).toContain('unchanged');
    expect(of()).toBe(before);
  });
});

describe('versions of a custom resource that a webhook converts', () => {
  it('are not checked by the version that they become', () => {
    const { cluster, run, tab } = installed('v1beta1');
    cluster.describeConversion('crontabs.stable.example.com', {
      conversions: [{ from: 'v1beta1', to: 'v1', moves: { 'spec.schedule': 'spec.image' } }],
    });
    const webhook = {
      conversionReviewVersions: ['v1'],
      clientConfig: { url: 'https://convert.example.com' },
    };
    const conversion = JSON.stringify({ spec: { conversion: { strategy: 'Webhook', webhook } } });
    run(`patch crd crontabs.stable.example.com --type=merge -p ${conversion}`);
    cluster.pass(1000);
    expect(run('create -f -', tab('v1', {}))).toContain('spec.schedule: Required value');
    expect(run('create -f -', tab('v1beta1', { replicas: 7 }))).toContain('less than or equal to 5');
    expect(run('create -f -', tab('v1beta1', { schedule: 'nginx' }))).toContain('created');
    expect(run('apply -f -', tab('v1beta1', { schedule: 'caddy', replicas: 3 }))).toContain('configured');
    expect(run('get ct my -o jsonpath={.spec.image}')).toBe('caddy');
    // Who writes it in the other version is asked by that one.
    expect(run('patch ct my --type=merge -p {"spec":{"image":"nginx"}}')).toContain(
      'spec.schedule: Required value',
    );
  });
});
