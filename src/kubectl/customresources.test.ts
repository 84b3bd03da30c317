import { describe, expect, it } from 'vitest';
import type { DynamicResource } from '../sim/api/resources/dynamic.ts';
import { Cluster } from '../sim/cluster.ts';
import { runKubectl } from './run.ts';
import type { KubectlIO } from './session.ts';

const WIDGETS: DynamicResource = {
  group: 'example.com',
  names: { kind: 'Widget', plural: 'widgets', shortNames: ['wd'], categories: ['all'] },
  scope: 'Namespaced',
  versions: [
    {
      name: 'v1',
      schema: {
        type: 'object',
        properties: {
          spec: {
            type: 'object',
            required: ['size'],
            properties: {
              size: { type: 'integer' },
              colour: { type: 'string', enum: ['red', 'green'] },
              parts: { type: 'array', items: { type: 'string' } },
            },
          },
          status: {
            type: 'object',
            properties: {
              made: { type: 'integer' },
              conditions: {
                type: 'array',
                items: {
                  type: 'object',
                  properties: { type: { type: 'string' }, status: { type: 'string' } },
                },
              },
            },
          },
        },
      },
      subresources: { status: {}, scale: { specReplicas: '.spec.size', statusReplicas: '.status.made' } },
      additionalPrinterColumns: [
        { name: 'Size', type: 'integer', jsonPath: '.spec.size' },
        { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
        { name: 'Colour', type: 'string', jsonPath: '.spec.colour', priority: 1 },
        { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
      ],
      selectableFields: [{ jsonPath: '.spec.colour' }],
    },
    { name: 'v1beta1' },
  ],
};

/** A kind that is called as a built-in one is, in a group of its own. */
const SERVICES: DynamicResource = {
  group: 'serving.example.com',
  names: { kind: 'Service', plural: 'services' },
  scope: 'Namespaced',
  versions: [{ name: 'v1' }],
};

const fresh = (): Cluster => {
  const cluster = Cluster.create({ seed: 'widgets', nodes: 1 });
  cluster.addResource(WIDGETS);
  return cluster;
};
const io = (stdin = ''): KubectlIO => ({ readFile: () => '', stdin });
const run = (cluster: Cluster, line: string, stdin?: string): { out: string; err: string; code: number } => {
  const { stdout, stderr, code } = runKubectl(cluster, line.split(' ').slice(1), io(stdin));
  return { out: stdout, err: stderr, code };
};
const widget = (name: string, spec: object, version = 'v1'): string =>
  JSON.stringify({ apiVersion: `example.com/${version}`, kind: 'Widget', metadata: { name }, spec });

describe('a resource added while the cluster runs', () => {
  it('is created, listed, patched, watched, scaled, printed and deleted as any other', () => {
    const cluster = fresh();
    expect(run(cluster, 'kubectl apply -f -', widget('a', { size: 2, colour: 'red' })).out).toBe(
      'widget.example.com/a created\n',
    );
    expect(run(cluster, 'kubectl apply -f -', widget('b', { size: 5 }, 'v1beta1')).code).toBe(0);
    expect(cluster.client().get('widgets.example.com', 'default', 'b').apiVersion).toBe('example.com/v1');
    expect(
      cluster
        .client()
        .list('Widget', { namespace: 'default' })
        .map((w) => w.metadata.name),
    ).toEqual(['a', 'b']);
    expect(run(cluster, 'kubectl patch wd a --type=merge -p {"spec":{"size":3}}').out).toBe(
      'widget.example.com/a patched\n',
    );
    expect(run(cluster, 'kubectl scale widgets/b --replicas=7').out).toBe('widget.example.com/b scaled\n');
    const a = cluster.client().get('Widget', 'default', 'a');
    expect([a.metadata.generation, a.spec]).toEqual([2, { size: 3, colour: 'red' }]);
    cluster
      .client()
      .updateStatus({
        ...a,
        spec: { size: 99 },
        status: { made: 3, conditions: [{ type: 'Ready', status: 'True' }] },
      });
    expect(cluster.client().get('Widget', 'default', 'a').spec).toEqual({ size: 3, colour: 'red' });
    expect(run(cluster, 'kubectl get widgets').out).toBe(
      'NAME   SIZE   READY   AGE\na      3      True    0s\nb      7              0s\n',
    );
    expect(run(cluster, 'kubectl get widgets.example.com a -o wide').out).toBe(
      'NAME   SIZE   READY   COLOUR   AGE\na      3      True    red      0s\n',
    );
    expect(run(cluster, 'kubectl get wd --field-selector spec.colour=red -o name').out).toBe(
      'widget.example.com/a\n',
    );
    expect(run(cluster, 'kubectl get all').out).toContain('widget.example.com/a');
    // Every revision of its life, as a watch from the beginning has it.
    expect(run(cluster, 'kubectl get wd b --watch').out).toBe(
      'NAME   SIZE   READY   AGE\nb      5              0s\nb      7              0s\n',
    );
    expect(run(cluster, 'kubectl wait --for=condition=Ready wd/a').code).toBe(0);
    expect(run(cluster, 'kubectl delete wd a').out).toBe(
      'widget.example.com "a" deleted from default namespace\n',
    );
    expect(cluster.client().find('Widget', 'default', 'a')).toBeUndefined();
  });

  it('is held to its schema, and has no strategic merge', () => {
    const cluster = fresh();
    const create = (spec: object): string => run(cluster, 'kubectl create -f -', widget('a', spec)).err;
    expect(create({ colour: 'red' })).toContain('spec.size: Required value');
    expect(create({ size: 1, colour: 'blue' })).toContain(
      'Unsupported value: "blue": supported values: "red", "green"',
    );
    expect(create({ size: 1, wheels: 4 })).toContain('unknown field "spec.wheels"');
    const client = cluster.client();
    const draft = { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'a' } };
    expect(() => client.create({ ...draft, spec: { size: 'large' } })).toThrow(
      'spec.size: Invalid value: "string": spec.size in body must be of type integer: "string"',
    );
    expect(client.create({ ...draft, spec: { size: 1, wheels: 4 } }).spec).toEqual({ size: 1 });
    expect(run(cluster, 'kubectl patch wd a -p {"spec":{"size":2}}').err).toContain('is not supported by');
  });

  it('goes with its owner and its namespace', () => {
    const cluster = fresh();
    const client = cluster.client();
    const owner = client.create({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'owner', namespace: 'default' },
    });
    const { name, uid } = owner.metadata;
    run(cluster, 'kubectl create namespace shop');
    for (const namespace of ['default', 'shop']) {
      client.create({
        apiVersion: 'example.com/v1',
        kind: 'Widget',
        metadata: {
          name: 'w',
          namespace,
          ...(namespace === 'shop'
            ? {}
            : { ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name, uid }] }),
        },
        spec: { size: 1 },
      });
    }
    client.delete('ConfigMap', 'default', 'owner');
    client.delete('Namespace', '', 'shop');
    cluster.pass(60_000);
    expect(client.list('Widget')).toEqual([]);
    expect(client.find('Namespace', '', 'shop')).toBeUndefined();
  });

  it('goes with forks and snapshots, which go on alike', () => {
    const cluster = fresh();
    run(cluster, 'kubectl apply -f -', widget('a', { size: 2 }));
    const copies = [cluster.fork(), Cluster.restore(cluster.snapshot()), cluster];
    for (const copy of copies) {
      expect(run(copy, 'kubectl get wd a -o jsonpath={.spec.size}').out).toBe('2');
      run(copy, 'kubectl apply -f -', widget('b', { size: 9 }));
      run(copy, 'kubectl delete wd a');
      copy.pass(10_000);
      expect(run(copy, 'kubectl get wd -o name').out).toBe('widget.example.com/b\n');
    }
    expect(new Set(copies.map((c) => c.hash())).size).toBe(1);
    const other = cluster.fork();
    other.addResource(SERVICES);
    expect(cluster.resources.find('services.serving.example.com')).toBeUndefined();
  });

  it('is told from a built-in kind of the same name by its group', () => {
    const cluster = fresh();
    cluster.addResource(SERVICES);
    const client = cluster.client();
    const made = client.create({
      apiVersion: 'serving.example.com/v1',
      kind: 'Service',
      metadata: { name: 'web' },
      spec: { anything: true },
    });
    expect(made.spec).toEqual({ anything: true });
    expect(client.find('Service', 'default', 'web')).toBeUndefined();
    expect(run(cluster, 'kubectl get services.serving.example.com').out).toContain('web');
    expect(run(cluster, 'kubectl get services').out).not.toContain('web');
  });

  it('may not take the name of another', () => {
    expect(() => fresh().addResource(WIDGETS)).toThrow('there is a resource widgets.example.com already');
  });

  it('has a selector and a template of any shape, and scales by the text its definition names', () => {
    const cluster = Cluster.create({ seed: 'odds', nodes: 1 });
    cluster.addResource({
      group: 'example.com',
      names: { kind: 'Odd', plural: 'odds' },
      scope: 'Namespaced',
      versions: [
        {
          name: 'v1',
          subresources: {
            scale: {
              specReplicas: '.spec.replicas',
              statusReplicas: '.status.replicas',
              labelSelector: '.status.selector',
            },
          },
        },
      ],
    });
    const odd = (name: string, spec: object, status: object = {}): string =>
      JSON.stringify({ apiVersion: 'example.com/v1', kind: 'Odd', metadata: { name }, spec, status });
    const specs = [
      { selector: 'app=x', template: 'none' },
      { selector: ['a'], template: { spec: { containers: 'none' } } },
      { selector: { app: 'x' }, template: { spec: { containers: [{ name: 'c', image: 'nginx' }] } } },
      { selector: { matchLabels: { app: 'y' } } },
    ];
    for (const [i, spec] of specs.entries())
      run(cluster, 'kubectl create -f -', odd(`o${i}`, { replicas: 1, ...spec }));
    const { workload } = cluster.resources.get('odds.example.com');
    const stored = cluster.client().list('Odd');
    expect(stored.map((o) => workload!.selector(o))).toEqual([
      undefined,
      undefined,
      undefined,
      { matchLabels: { app: 'y' } },
    ]);
    expect(stored.map((o) => workload!.template(o).metadata)).toEqual([{}, {}, {}, {}]);
    run(cluster, 'kubectl create -f -', odd('told', { replicas: 2 }, { replicas: 1, selector: 'app=z' }));
    const selectors = ['o0', 'o3', 'told'].map(
      (name) =>
        run(cluster, `kubectl get odd ${name} --subresource=scale -o jsonpath={.status.selector}`).out,
    );
    expect(selectors).toEqual(['', '', 'app=z']);
    for (const name of ['o0', 'o3', 'told']) run(cluster, `kubectl autoscale odd ${name} --min=2 --max=3`);
    cluster.pass(60_000);
    const reasonOf = (name: string): string =>
      run(
        cluster,
        `kubectl get hpa ${name} -o jsonpath={.status.conditions[?(@.type=="ScalingActive")].reason}`,
      ).out;
    expect(['o0', 'o3'].map(reasonOf)).toEqual(['InvalidSelector', 'InvalidSelector']);
    expect(reasonOf('told')).not.toBe('InvalidSelector');
  });
});
