import { describe, expect, it } from 'vitest';
import { Cluster } from '../sim/cluster.ts';
import { runKubectl } from './run.ts';

const run = (cluster: Cluster, line: string, stdin = ''): string => {
  const { stdout, stderr } = runKubectl(cluster, line.split(' ').slice(1), { readFile: () => '', stdin });
  return stdout + stderr;
};

const withDeployment = (): Cluster => {
  const cluster = Cluster.create({ seed: 'parts', nodes: 1 });
  run(cluster, 'kubectl create deployment web --image=nginx --replicas=2');
  cluster.pass(30_000);
  return cluster;
};

describe('kubectl get --subresource', () => {
  it('prints the scale of a workload', () => {
    const cluster = withDeployment();
    expect(run(cluster, 'kubectl get deploy web --subresource=scale')).toBe(
      'NAME   DESIRED   AVAILABLE   AGE\nweb    2         2           30s\n',
    );
    expect(run(cluster, 'kubectl get deploy/web --subresource=scale -o jsonpath={.kind}{.status}')).toBe(
      'Scale{"replicas":2,"selector":"app=web"}',
    );
  });

  it('prints the object whose status is asked for', () => {
    const cluster = withDeployment();
    expect(run(cluster, 'kubectl get deploy web --subresource=status')).toBe(
      run(cluster, 'kubectl get deploy web'),
    );
  });

  it.each([
    [
      'kubectl get deploy --subresource=scale',
      'error: subresource cannot be used when bulk resources are specified',
    ],
    [
      'kubectl get deploy web --subresource=x',
      'Error from server (NotFound): the server could not find the requested resource',
    ],
    [
      'kubectl get deploy web --subresource=resize',
      'Error from server (NotFound): the server could not find the requested resource',
    ],
    [
      'kubectl get cm kube-root-ca.crt --subresource=status',
      'Error from server (NotFound): the server could not find the requested resource',
    ],
  ])('%s', (line, told) => {
    expect(run(withDeployment(), line)).toBe(`${told}\n`);
  });
});

const FILES: Readonly<Record<string, string>> = {
  'web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 9
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: nginx, image: nginx}]}
status: {observedGeneration: 7}
`,
  'scale.yaml': 'apiVersion: autoscaling/v1\nkind: Scale\nmetadata: {name: web}\nspec: {replicas: 3}\n',
  'solo.yaml': `apiVersion: v1
kind: Pod
metadata: {name: solo}
spec: {containers: [{name: web, image: "nginx:1.25", resources: {requests: {cpu: 300m}}}]}
`,
};

/** As kubectl 1.36.3 answered over a served cluster. */
describe('--subresource of what writes', () => {
  const withPod = (): Cluster => {
    const cluster = withDeployment();
    said(cluster, 'apply -f solo.yaml', { 'solo.yaml': FILES['solo.yaml']!.replace('300m', '200m') });
    cluster.pass(30_000);
    return cluster;
  };
  const said = (cluster: Cluster, line: string, files = FILES): string => {
    const { stdout, stderr } = runKubectl(cluster, line.split(' '), {
      readFile: (path) => files[path]!,
      editor:
        "sed -i -e 's/^  observedGeneration: .*/  observedGeneration: 5/' -e 's/^  selector: app=web//'",
    });
    return stderr + stdout;
  };
  const NOT_FOUND = 'Error from server (NotFound): the server could not find the requested resource\n';
  const UNMAPPED = 'no matches for kind "Scale" in version "autoscaling/v1"';

  it.each<[line: string, told: string]>([
    [
      'patch deploy web --subresource=scale --type=merge -p {"spec":{"replicas":3}}',
      'scale.autoscaling/web patched\n',
    ],
    [
      'patch deploy web --subresource=scale -p {"spec":{"replicas":2}}',
      'scale.autoscaling/web patched (no change)\n',
    ],
    [
      'patch deploy web --subresource=scale --type=json -o name ' +
        '-p [{"op":"replace","path":"/spec/replicas","value":4}]',
      'scale.autoscaling/web\n',
    ],
    [
      'patch deploy web --subresource=scale --type=merge -p {"spec":{"replicas":-1}}',
      'The Scale "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0\n',
    ],
    ['patch deploy web --subresource=x --type=merge -p {}', NOT_FOUND],
    ['patch cm kube-root-ca.crt --subresource=scale --type=merge -p {}', NOT_FOUND],
    [
      'patch deploy web --subresource=status --type=merge -p {"spec":{"replicas":9}}',
      'deployment.apps/web patched (no change)\n',
    ],
    [
      'patch deploy web --type=merge -p {"spec":{"replicas":5}} --dry-run=client',
      'deployment.apps/web patched\n',
    ],
    [
      'patch deploy web --type=merge -p {"spec":{"replicas":5}} --dry-run=client ' +
        '-o jsonpath={.spec.replicas}',
      '5',
    ],
    [
      'apply -f web.yaml --subresource=status',
      'error: --subresource can only be specified for --server-side\n',
    ],
    [
      'apply -f web.yaml --subresource=scale --server-side',
      'Error from server (BadRequest): invalid object type: apps/v1, Kind=Deployment\n',
    ],
    ['apply -f web.yaml --subresource=resize --server-side', NOT_FOUND],
    [
      'apply -f web.yaml --subresource=status --server-side --force-conflicts',
      'deployment.apps/web serverside-applied\n',
    ],
    ['replace -f web.yaml --subresource=status', 'deployment.apps/web replaced\n'],
    [
      'replace -f web.yaml --subresource=scale',
      'Error from server (BadRequest): error when replacing "web.yaml": the API version in the data ' +
        '(apps/v1) does not match the expected API version (autoscaling/v1)\n',
    ],
    [
      'replace -f web.yaml --subresource=x',
      'Error from server (NotFound): error when replacing "web.yaml": the server could not find the ' +
        'requested resource\n',
    ],
    ['replace -f solo.yaml --subresource=resize', 'pod/solo replaced\n'],
    ['edit deploy web --subresource=x', NOT_FOUND],
    [
      'edit deploy --subresource=status',
      'error: subresource cannot be used when bulk resources are specified\n',
    ],
  ])('%s', (line, told) => {
    expect(said(withPod(), line)).toBe(told);
  });

  it.each(['apply --server-side', 'replace'])('%s knows no kind Scale', (verb) => {
    expect(said(withPod(), `${verb} -f scale.yaml --subresource=scale`)).toContain(UNMAPPED);
  });

  it('changes that part and no other', () => {
    const cluster = withPod();
    const client = cluster.client();
    said(cluster, 'patch deploy web --subresource=scale --type=merge -p {"spec":{"replicas":3}}');
    expect(client.get('Deployment', 'default', 'web').spec.replicas).toBe(3);
    said(cluster, 'replace -f web.yaml --subresource=status');
    expect(client.get('Deployment', 'default', 'web')).toMatchObject({
      spec: { replicas: 3, selector: { matchLabels: { app: 'web' } } },
      status: { observedGeneration: 7 },
    });
    said(cluster, 'replace -f solo.yaml --subresource=resize');
    expect(client.get('Pod', 'default', 'solo').spec.containers[0]!.resources).toEqual({
      requests: { cpu: '300m' },
    });
  });

  it('is edited, but for the scale, whose kind is mapped to no resource', () => {
    const cluster = withPod();
    expect(said(cluster, 'edit deploy web --subresource=status')).toContain('deployment.apps/web edited');
    expect(said(cluster, 'edit deploy web --subresource=scale')).toMatch(
      /no matches for kind "Scale"[\s\S]*\nerror: Edit cancelled, no valid changes were saved\.\n$/,
    );
  });

  it('takes no strategic patch of a custom resource', () => {
    const cluster = withDeployment();
    said(cluster, 'apply -f crd.yaml', {
      'crd.yaml': `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: shops.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: shops, kind: Shop}
  versions:
    - name: v1
      served: true
      storage: true
      subresources: {scale: {specReplicasPath: .spec.tills, statusReplicasPath: .status.tills}}
      schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
`,
    });
    cluster.pass(10_000);
    const shop = 'apiVersion: example.com/v1\nkind: Shop\nmetadata: {name: corner}\nspec: {tills: 2}\n';
    said(cluster, 'create -f shop.yaml', { 'shop.yaml': shop });
    for (const line of ['patch shop corner --subresource=scale -p {}', 'patch shop corner -p {}'])
      expect(said(cluster, line)).toBe(
        'error: application/strategic-merge-patch+json is not supported by example.com/v1, Kind=Shop: the ' +
          'body of the request was in an unknown format - accepted media types include: ' +
          'application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml\n',
      );
    expect(
      said(cluster, 'patch shop corner --subresource=scale --type=merge -p {"spec":{"replicas":4}}'),
    ).toBe('scale.autoscaling/corner patched\n');
    expect(cluster.client().get('Shop', 'default', 'corner').spec).toEqual({ tills: 4 });
  });
});
