import { beforeEach, describe, expect, it } from 'vitest';
import { runKubectlLine } from '../../kubectl/index.ts';
import { Cluster } from '../cluster.ts';
import { webhooksIn } from '../node/webhooks.ts';
import { parseWebhookBehaviour } from '../node/webhookyaml.ts';

const files: Record<string, string> = {};
let cluster: Cluster;
const kubectl = (line: string): string => {
  const { stdout, stderr } = runKubectlLine(cluster, `kubectl ${line}`, { readFile: (name) => files[name]! });
  return `${stdout}${stderr}`.trimEnd();
};

const configuration = (webhook: object, kind = 'Mutating'): string =>
  JSON.stringify({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: `${kind}WebhookConfiguration`,
    metadata: { name: 'hooks' },
    webhooks: [
      {
        name: 'a.hooks.example.com',
        clientConfig: { url: 'https://hooks.example.com/a' },
        rules: [
          { apiGroups: ['*'], apiVersions: ['*'], operations: ['CREATE'], resources: ['configmaps', 'foos'] },
        ],
        sideEffects: 'None',
        admissionReviewVersions: ['v1'],
        ...webhook,
      },
    ],
  });
const register = (webhook: object = {}): string => {
  files['hooks.yaml'] = configuration(webhook);
  return kubectl('create -f hooks.yaml');
};
const answers = (behaviour: object): void =>
  void webhooksIn(cluster.world).behaviours.set('a.hooks.example.com', parseWebhookBehaviour(behaviour));
const patches = (path: string, value: unknown, op = 'replace'): void =>
  answers({ patches: [{ op, path, ...(value === undefined ? {} : { value }) }] });

beforeEach(() => {
  cluster = Cluster.create({ seed: 1, nodes: 1 });
});

describe('what a webhook makes of an object', () => {
  beforeEach(() => {
    register();
  });

  it('may have another name, which counts from there on', () => {
    patches('/metadata/name', 'renamed');
    expect(kubectl('create configmap x')).toBe('configmap/renamed created');
    expect(kubectl('create configmap y')).toBe(
      'error: failed to create configmap: configmaps "renamed" already exists',
    );
  });

  it.each([
    [
      '/metadata/namespace',
      'kube-system',
      'the namespace of the provided object does not match the namespace sent on the request',
    ],
    ['/metadata', undefined, 'Internal error occurred: system metadata was not initialized'],
    [
      '/kind',
      'Secret',
      'Internal error occurred: converting (v1.Secret) to (v1.ConfigMap): unknown conversion',
    ],
    ['', [1], 'Internal error occurred: json: cannot unmarshal array into Go value of type v1.ConfigMap'],
  ])('is refused with another %s', (path, value, why) => {
    patches(path, value, value === undefined ? 'remove' : 'replace');
    expect(kubectl('create configmap x')).toContain(why);
    expect(kubectl('get configmap x')).toContain('not found');
  });

  it('is held against the schema of a custom resource', () => {
    files['foos.yaml'] = JSON.stringify({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'foos.example.com' },
      spec: {
        group: 'example.com',
        scope: 'Namespaced',
        names: { plural: 'foos', kind: 'Foo' },
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            schema: {
              openAPIV3Schema: {
                type: 'object',
                properties: { spec: { type: 'object', properties: { size: { type: 'integer' } } } },
              },
            },
          },
        ],
      },
    });
    files['foo.yaml'] = JSON.stringify({
      apiVersion: 'example.com/v1',
      kind: 'Foo',
      metadata: { name: 'foo' },
      spec: { size: 1 },
    });
    kubectl('create -f foos.yaml');
    cluster.pass(5_000);
    patches('/spec/size', 'x');
    expect(kubectl('create -f foo.yaml')).toContain('spec.size in body must be of type integer: "string"');
    patches('/metadata/labels', 7, 'add');
    expect(kubectl('create -f foo.yaml')).toContain(
      'json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type ',
    );
  });
});

describe('a registration', () => {
  it.each([
    ['http://x.example.com/a', ['"http": \'https\' is the only allowed URL scheme; desired form']],
    ['https:///a', ['"": host must be specified; desired format: https://host[/path]']],
    [
      'https://u:p@x.example.com/a?b=c#d',
      [
        '"u:p": user information is not permitted in the URL',
        '"d": fragments are not permitted in the URL',
        '"b=c": query parameters are not permitted in the URL',
      ],
    ],
  ])('may not say %s', (url, told) => {
    const said = register({ clientConfig: { url } });
    for (const why of told) expect(said).toContain(`webhooks[0].clientConfig.url: Invalid value: ${why}`);
  });

  it('names a Service, its port and path', () => {
    const said = register({ clientConfig: { service: { name: '', namespace: 'n', port: 0, path: 'a//B' } } });
    expect(said).toContain('webhooks[0].clientConfig.service.name: Required value');
    expect(said).toContain(
      'webhooks[0].clientConfig.service.port: Invalid value: 0: port is not valid: must be between',
    );
    expect(said).toContain(`service.path: Invalid value: "a//B": must start with a '/'`);
    expect(said).toContain('"a//B": segment[2]: a lowercase RFC 1123 subdomain must consist of');
  });

  it('names each condition once', () => {
    const expression = 'true';
    const said = register({
      matchConditions: [
        { name: 'a', expression },
        { name: 'a', expression },
        { name: '', expression },
        { name: 'a b', expression },
      ],
    });
    expect(said).toContain('webhooks[0].matchConditions[1].name: Duplicate value: "a"');
    expect(said).toContain('webhooks[0].matchConditions[2].name: Required value');
    expect(said).toContain(
      'webhooks[0].matchConditions[3].name: Invalid value: "a b": name part must consist',
    );
  });
});
