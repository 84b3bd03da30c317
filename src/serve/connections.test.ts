/** What webhooks and policies say to connections, and what the agnhost image answers behind webhooks. */
import { describe, expect, it } from 'vitest';
import { runKubectl } from '../kubectl/run.ts';
import type { Served } from './served.ts';
import { ask, type Body, requestOf, servedShop } from './testing.ts';

const IN = '/api/v1/namespaces/default';
const ADMISSION = '/apis/admissionregistration.k8s.io/v1';
const AGNHOST = 'registry.k8s.io/e2e-test-images/agnhost:2.21';

function create(
  served: Served,
  path: string,
  apiVersion: string,
  kind: string,
  name: string,
  rest: object,
): void {
  const { status, body } = ask(served, 'POST', path, { apiVersion, kind, metadata: { name }, ...rest });
  if (status !== 201) throw new Error(JSON.stringify(body));
}

/** What is wrong with a connection; undefined: nothing. */
function refusal(served: Served, path: string): string | undefined {
  const reply = served.handle(requestOf('POST', path));
  return reply.kind === 'answer' && reply.status >= 400
    ? (JSON.parse(reply.body.toString()) as { message: string }).message
    : undefined;
}

const podOf = (served: Served): string => ask(served, 'GET', `${IN}/pods`).body.items[0].metadata.name;

/** A Pod of agnhost, behind a Service on port 443 of the same name. */
function agnhost(served: Served, name: string, ...args: string[]): void {
  create(served, `${IN}/pods`, 'v1', 'Pod', name, {
    metadata: { name, labels: { app: name } },
    spec: { containers: [{ name: 'c', image: AGNHOST, args }] },
  });
  const spec = { selector: { app: name }, ports: [{ port: 443 }] };
  create(served, `${IN}/services`, 'v1', 'Service', name, { spec });
  served.pass(30_000);
}

const onConnectionsTo = (resource: string): object => ({
  apiGroups: [''],
  apiVersions: ['v1'],
  operations: ['CONNECT'],
  resources: [resource],
});

describe('a policy on connections', () => {
  const guarded = (): Served => {
    const served = servedShop();
    const rule = onConnectionsTo('pods/exec');
    const policies = `${ADMISSION}/validatingadmissionpolicies`;
    create(served, policies, 'admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', 'no-shells', {
      spec: {
        matchConstraints: { resourceRules: [rule] },
        validations: [
          {
            expression: "request.kind.kind == 'PodExecOptions' && object.command[0] != 'sh'",
            message: 'no shells here',
          },
        ],
      },
    });
    const bindings = `${ADMISSION}/validatingadmissionpolicybindings`;
    create(
      served,
      bindings,
      'admissionregistration.k8s.io/v1',
      'ValidatingAdmissionPolicyBinding',
      'everywhere',
      { spec: { policyName: 'no-shells', validationActions: ['Deny'] } },
    );
    return served;
  };

  it.each([
    ['exec?command=sh&stdin=true&container=web', true],
    ['exec?command=ls&stdout=true&container=web', false],
    ['attach?stdout=true&container=web', false],
    ['portforward', false],
  ])('is asked of %s: refused %s', (what, isRefused) => {
    const served = guarded();
    const said = refusal(served, `${IN}/pods/${podOf(served)}/${what}`);
    if (isRefused)
      expect(said).toMatch(/ValidatingAdmissionPolicy 'no-shells' .* denied request: no shells here$/);
    else expect(said).toBeUndefined();
  });

  it("and of Seatrial's own kubectl", () => {
    const served = guarded();
    const run = (line: string): string =>
      runKubectl(served.cluster, line.split(' '), { readFile: () => '', stdin: '', places: false }).output;
    const pod = podOf(served);
    expect(run(`exec ${pod} -- ls /`)).toContain('usr');
    expect(run(`exec ${pod} -- sh -c ls`)).toContain('no shells here');
  });
});

describe('agnhost', () => {
  it('denies that a Pod is attached to', () => {
    const served = servedShop();
    agnhost(served, 'hook', 'webhook');
    create(served, `${IN}/pods`, 'v1', 'Pod', 'to-be-attached-pod', {
      spec: { containers: [{ name: 'container1', image: AGNHOST, stdin: true }] },
    });
    served.pass(30_000);
    const rule = {
      apiGroups: [''],
      apiVersions: ['v1'],
      operations: ['CONNECT'],
      resources: ['pods/attach'],
    };
    const service = { namespace: 'default', name: 'hook', path: '/pods/attach' };
    const configurations = `${ADMISSION}/validatingwebhookconfigurations`;
    create(
      served,
      configurations,
      'admissionregistration.k8s.io/v1',
      'ValidatingWebhookConfiguration',
      'deny',
      {
        webhooks: [
          {
            name: 'deny-attaching-pod.k8s.io',
            rules: [rule],
            clientConfig: { service, caBundle: 'eA==' },
            sideEffects: 'None',
            admissionReviewVersions: ['v1'],
          },
        ],
      },
    );
    const attach = `${IN}/pods/to-be-attached-pod/attach?container=container1`;
    expect(refusal(served, `${attach}&stdin=true`)).toBe(
      'admission webhook "deny-attaching-pod.k8s.io" denied the request: ' +
        "attaching to pod 'to-be-attached-pod' is not allowed",
    );
    expect(refusal(served, `${attach}&stdout=true`)).toBeUndefined();
  });

  const STABLE = '/apis/stable.example.com';
  /** Between versions that agnhost knows. */
  function converting(served: Served, path = '/crdconvert'): void {
    const version = (name: string, storage: boolean, ...fields: string[]): object => ({
      name,
      served: true,
      storage,
      schema: {
        openAPIV3Schema: {
          type: 'object',
          properties: Object.fromEntries(fields.map((field) => [field, { type: 'string' }])),
        },
      },
    });
    const names = { plural: 'hosts', singular: 'host', kind: 'Host', listKind: 'HostList' };
    const clientConfig = { caBundle: 'eA==', service: { namespace: 'default', name: 'converter', path } };
    const crds = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
    create(served, crds, 'apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'hosts.stable.example.com', {
      spec: {
        group: 'stable.example.com',
        scope: 'Namespaced',
        names,
        versions: [version('v1', true, 'hostPort'), version('v2', false, 'host', 'port')],
        conversion: { strategy: 'Webhook', webhook: { conversionReviewVersions: ['v1'], clientConfig } },
      },
    });
    served.pass(5000);
  }
  const hosts = (version: string): string => `${STABLE}/${version}/namespaces/default/hosts`;
  const fieldsOf = ({ host, port, hostPort }: Body): object => ({ host, port, hostPort });

  it('converts between versions', () => {
    const served = servedShop();
    agnhost(served, 'converter', 'crd-conversion-webhook');
    converting(served);
    create(served, hosts('v1'), 'stable.example.com/v1', 'Host', 'a', { hostPort: 'localhost:8080' });
    create(served, hosts('v2'), 'stable.example.com/v2', 'Host', 'b', { host: 'other' });
    create(served, hosts('v1'), 'stable.example.com/v1', 'Host', 'c', {});
    const read = (version: string): object[] =>
      ask(served, 'GET', hosts(version)).body.items.map((item: Body) => fieldsOf(item));
    expect(read('v1')).toEqual([{ hostPort: 'localhost:8080' }, { hostPort: 'other:' }, {}]);
    expect(read('v2')).toEqual([{ host: 'localhost', port: '8080' }, { host: 'other', port: '' }, {}]);
  });

  it.each([
    ['another program', ['pause'], '/crdconvert'],
    ['another path', ['crd-conversion-webhook'], '/elsewhere'],
  ])('is not taken for the webhook where there is %s', (_, args, path) => {
    const served = servedShop();
    agnhost(served, 'converter', ...args);
    converting(served, path);
    const object = { apiVersion: 'stable.example.com/v2', kind: 'Host', metadata: { name: 'a' }, host: 'x' };
    const { status, body } = ask(served, 'POST', hosts('v2'), object);
    expect([status, body.message]).toEqual([500, expect.stringContaining('failed: ')]);
  });
});
