import { beforeEach, describe, expect, it } from 'vitest';
import { runKubectlLine } from '../../../kubectl/index.ts';
import { Cluster } from '../../cluster.ts';

let file = '';
let cluster: Cluster;
const kubectl = (line: string): string => {
  const { stdout, stderr } = runKubectlLine(cluster, `kubectl ${line}`, { readFile: () => file });
  return `${stdout}${stderr}`.trimEnd();
};
const DEPLOYMENTS = {
  apiGroups: ['apps'],
  apiVersions: ['v1'],
  operations: ['CREATE'],
  resources: ['deployments'],
};
const apply = (spec: object): void => {
  file = JSON.stringify({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: 'p' },
    spec: { matchConstraints: { resourceRules: [DEPLOYMENTS] }, ...spec },
  });
  kubectl('apply -f p.yaml');
  cluster.pass(5_000);
};
interface Status {
  readonly observedGeneration?: number;
  readonly typeChecking?: { readonly expressionWarnings?: readonly { fieldRef: string; warning: string }[] };
}
const status = (): Status =>
  JSON.parse(kubectl('get validatingadmissionpolicy p -o jsonpath={.status}')) as Status;
/** The first line of what is told of each expression. */
const told = (...expressions: string[]): string[] => {
  apply({ validations: expressions.map((expression) => ({ expression })) });
  return (status().typeChecking?.expressionWarnings ?? []).map(({ warning }) => warning.split('\n')[0]!);
};
const said = (at: number, what: string): string =>
  `apps/v1, Kind=Deployment: ERROR: <input>:1:${at}: ${what}`;

beforeEach(() => {
  cluster = Cluster.create({ seed: 1, nodes: 1 });
});

describe("a policy's status", () => {
  it('says which generation was looked at', () => {
    apply({ validations: [{ expression: 'object.spec.replicas < 5' }] });
    expect(status()).toEqual({ observedGeneration: 1, typeChecking: {} });
    apply({ validations: [{ expression: 'object.spec.replicas < 6' }] });
    expect(status()).toEqual({ observedGeneration: 2, typeChecking: {} });
  });

  it('shows what was found as cel-go does, for each kind', () => {
    apply({
      matchConstraints: { resourceRules: [{ ...DEPLOYMENTS, resources: ['deployments', 'replicasets'] }] },
      validations: [{ expression: 'true' }, { expression: 'object.replicas > 1' }],
    });
    const shown = "ERROR: <input>:1:7: undefined field 'replicas'\n | object.replicas > 1\n | ......^\n";
    expect(status().typeChecking?.expressionWarnings).toEqual([
      {
        fieldRef: 'spec.validations[1].expression',
        warning: `apps/v1, Kind=Deployment: ${shown}\napps/v1, Kind=ReplicaSet: ${shown}`,
      },
    ]);
  });

  it('finds fields behind lists, maps, has, optionals and variables', () => {
    const inTemplate = 'object.spec.template.spec';
    expect(
      told(
        `${inTemplate}.containers.all(c, has(c.imag))`,
        `${inTemplate}.containers[0].nam == 'a'`,
        `${inTemplate}.containers.filter(c, c.image != '').exists(d, d.foo == 1)`,
        `${inTemplate}.?foo.orValue(1) == 1`,
        "object.metadata.labels['a'].b == 'c'",
        "request.userInfo.nam == 'x'",
      ),
    ).toEqual([
      said(50, "undefined field 'imag'"),
      said(40, "undefined field 'nam'"),
      said(74, "undefined field 'foo'"),
      said(26, "undefined field 'foo'"),
      said(28, "type 'string' does not support field selection"),
      said(17, "undefined field 'nam'"),
    ]);
    apply({
      variables: [
        { name: 'pod', expression: inTemplate },
        { name: 'first', expression: 'variables.pod.containers[0]' },
      ],
      validations: [{ expression: 'variables.first.nam != variables.first.name' }],
    });
    expect(status().typeChecking?.expressionWarnings?.[0]?.warning).toContain(
      said(16, "undefined field 'nam'"),
    );
  });

  it('finds nothing in what is right, nor in what nobody knows', () => {
    expect(
      told(
        "object.spec.template.spec.containers.all(c, has(c.image) && c.image.startsWith('x'))",
        "object.metadata.labels.app == 'x' && object.metadata.annotations.exists(k, k == 'a')",
        'object.spec.template.spec.volumes.exists(v, has(v.emptyDir))',
        "object.spec.strategy.rollingUpdate.maxSurge == 1 && object.kind == 'Deployment'",
        "oldObject == null || oldObject.spec.template.spec.containers.map(c, c.name).exists(n, n == 'a')",
        "namespaceObject.metadata.labels.env == 'prod'",
        'object.spec.template.spec.?securityContext.?runAsNonRoot.orValue(false)',
        "authorizer.group('apps').resource('deployments').check('get').allowed()",
      ),
    ).toEqual([]);
    apply({
      matchConstraints: { resourceRules: [{ ...DEPLOYMENTS, resources: ['*'] }] },
      validations: [{ expression: 'object.foo == 1' }],
    });
    expect(status().typeChecking).toEqual({});
  });

  it('knows the schemas of custom resources and of parameters', () => {
    file = JSON.stringify({
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
                properties: {
                  spec: {
                    type: 'object',
                    properties: {
                      size: { type: 'integer' },
                      more: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
                    },
                  },
                },
              },
            },
          },
        ],
      },
    });
    kubectl('create -f foos.yaml');
    cluster.pass(5_000);
    apply({
      paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
      matchConstraints: {
        resourceRules: [{ ...DEPLOYMENTS, apiGroups: ['example.com'], resources: ['foos'] }],
      },
      validations: [
        { expression: "object.spec.size == 1 && object.spec.more.any.way == 1 && params.data.x == 'y'" },
        { expression: "object.spec.siz == 1 && object.metadata.nam == 'x' && params.dat.x == 'y'" },
      ],
    });
    const [only, ...others] = status().typeChecking!.expressionWarnings!;
    expect(others).toEqual([]);
    for (const field of ['siz', 'nam', 'dat']) expect(only!.warning).toContain(`undefined field '${field}'`);
    expect(only!.warning).toMatch(/^example.com\/v1, Kind=Foo: /);
  });
});
