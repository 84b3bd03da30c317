import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { Cluster } from '../sim/cluster.ts';
import { standardParts } from '../sim/parts.ts';
import {
  jobResult,
  kubectlComponent,
  runKubectlLine,
  startKubectlLine,
  type KubectlResult,
} from './index.ts';
import { kubectlArguments } from './shell.ts';

/** With background jobs. */
const PARTS = { ...standardParts, components: [...standardParts.components, kubectlComponent] };

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "nginx:1.15", ports: [{containerPort: 80}]}]}
`;
const BUDGET = `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {minAvailable: 2, selector: {matchLabels: {app: web}}}
`;
const BROKEN = `apiVersion: apps/v1
kind: Deployment
metadata: {name: broken}
spec:
  replica: 3
  selector: {matchLabels: {app: x}}
  template:
    metadata: {labels: {app: x}}
    spec: {containers: [{name: x, image: nginx}]}
`;
const files: Record<string, string> = {
  'web.yaml': WEB,
  'budget.yaml': BUDGET,
  'broken.yaml': BROKEN,
  'mixed.yaml': `${BROKEN}---\n${BUDGET}`,
};
const io = {
  readFile: (path: string): string => {
    const text = files[path];
    if (text === undefined) throw new Error(`no file ${path}`);
    return text;
  },
};

let cluster: Cluster;
const kubectl = (line: string, stdin?: string): KubectlResult => {
  cluster.operation(line);
  return runKubectlLine(cluster, `kubectl ${line}`, stdin === undefined ? io : { ...io, stdin });
};
/** The command's output with the random parts of pod and ReplicaSet names taken out. */
const out = (line: string): string => {
  const { code, stdout, stderr } = kubectl(line);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return stdout.replace(/web-[a-z0-9]{8,10}(-[a-z0-9]{5})?/g, (_, pod?: string) =>
    pod ? 'web-HASH-POD' : 'web-HASH',
  );
};

beforeEach(() => {
  cluster = Cluster.create({ parts: PARTS, seed: 'kubectl', nodes: 3 });
});

describe('jsonpath', () => {
  const get = (template: string): { code: number; stdout: string; stderr: string } =>
    kubectl(`get node node-1 -o jsonpath=${template}`);

  it('takes what stands outside braces as it is, and tells nulls', () => {
    expect(get('.kind={.kind}').stdout).toBe('.kind=Node');
    expect(get('.kind').stdout).toBe('.kind');
    kubectl('apply -f web.yaml');
    cluster.pass(5_000);
    expect(out('get pods -o jsonpath={.items[0].status.conditions[0].lastProbeTime}')).toBe('<nil>');
  });

  it('says what is wrong in a template, or what went wrong with it', () => {
    expect(get('{.status.addresses[0}').stderr).toBe(
      'error: error parsing jsonpath {.status.addresses[0}, unterminated array\n',
    );
    // The shell took the quotes of ?(@.type=="Ready").
    expect(get('{.status.conditions[?(@.type==Ready)].status}').stderr).toContain(
      'Error executing template: unrecognized identifier Ready.',
    );
  });
});

describe('apply', () => {
  it('says created, unchanged and configured', () => {
    expect(out('apply -f web.yaml')).toBe('deployment.apps/web created\n');
    expect(out('apply -f web.yaml')).toBe('deployment.apps/web unchanged\n');
    expect(kubectl('apply -f -', WEB.replace('replicas: 2', 'replicas: 3')).stdout).toBe(
      'deployment.apps/web configured\n',
    );
    expect(out('get deploy web -o jsonpath={.spec.replicas}')).toBe('3');
  });

  it('takes away what the file no longer says, and leaves alone what others set', () => {
    kubectl('apply -f -', WEB.replace('labels: {app: web}}\nspec', 'labels: {app: web, tier: front}}\nspec'));
    kubectl('label deployment web team=a');
    kubectl('apply -f web.yaml');
    expect(out('get deploy web -o jsonpath={.metadata.labels}')).toBe('{"app":"web","team":"a"}');
  });

  it('names file, line, column and what was expected, and leaves the cluster as it was', () => {
    const { code, stderr } = kubectl('apply -f broken.yaml');
    expect(code).toBe(1);
    expect(stderr).toContain(
      'Error from server (BadRequest): error when creating "broken.yaml": Deployment in version "v1" ' +
        'cannot be handled as a Deployment: strict decoding error: unknown field "spec.replica"',
    );
    expect(stderr).toContain('broken.yaml:5:3: spec.replica: unknown field; did you mean "replicas"?');
    expect(cluster.client().list('Deployment')).toEqual([]);
  });

  it("keeps a stateful set's claims with what the server adds, and refuses them elsewhere", () => {
    const set = (fields: string): string => `
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: nginx}]}
  ${fields}
`;
    const claims =
      'volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: ' +
      '{requests: {storage: 1Gi}}}}]';
    expect(kubectl('apply -f -', set(claims)).stdout).toBe('statefulset.apps/db created\n');
    expect(JSON.parse(out('get sts db -o jsonpath={.spec.volumeClaimTemplates}'))).toEqual([
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'data' },
        spec: {
          accessModes: ['ReadWriteOnce'],
          resources: { requests: { storage: '1Gi' } },
          volumeMode: 'Filesystem',
        },
        status: { phase: 'Pending' },
      },
    ]);
    // The list is replaced whole, so kubectl sends it again and says so; the server finds nothing changed.
    const { generation, resourceVersion } = cluster.client().get('StatefulSet', 'default', 'db').metadata;
    expect(kubectl('apply -f -', set(claims)).stdout).toBe('statefulset.apps/db configured\n');
    expect(cluster.client().get('StatefulSet', 'default', 'db').metadata).toMatchObject({
      generation,
      resourceVersion,
    });
    expect(kubectl('apply -f -', set('metadata: {name: data}')).stderr).toContain(
      'strict decoding error: unknown field "spec.metadata"',
    );
    expect(kubectl('apply -f -', set(claims.replace('storage: 1Gi', 'storage: big'))).stderr).toContain(
      'quantities must match the regular expression',
    );
  });

  it('goes on after a bad document, and fails in the end', () => {
    const { code, stdout, stderr } = kubectl('apply -f mixed.yaml');
    expect([code, stdout]).toEqual([1, 'poddisruptionbudget.policy/web created\n']);
    expect(stderr).toContain('spec.replica');
  });
});

describe('get', () => {
  it('prints tables as the server does', () => {
    kubectl('apply -f web.yaml');
    cluster.pass(20_000);
    expect(out('get deploy,rs,pods')).toBe(
      'NAME                  READY   UP-TO-DATE   AVAILABLE   AGE\n' +
        'deployment.apps/web   2/2     2            2           20s\n\n' +
        'NAME                            DESIRED   CURRENT   READY   AGE\n' +
        'replicaset.apps/web-HASH   2         2         2       20s\n\n' +
        'NAME                      READY   STATUS    RESTARTS   AGE\n' +
        'pod/web-HASH-POD   1/1     Running   0          20s\n' +
        'pod/web-HASH-POD   1/1     Running   0          20s\n',
    );
    expect(out('get nodes')).toBe(
      'NAME     STATUS   ROLES    AGE   VERSION\n' +
        [1, 2, 3].map((n) => `node-${n}   Ready    <none>   80s   v1.36.0\n`).join(''),
    );
    expect(
      out('get pods -o custom-columns=IMAGE:.spec.containers[*].image,PHASE:.status.phase --no-headers'),
    ).toBe('nginx:1.15   Running\nnginx:1.15   Running\n');
    expect(out('get pods -o name')).toBe('pod/web-HASH-POD\npod/web-HASH-POD\n');
    expect(out('get pods -l app!=web -A --ignore-not-found')).toBe('');
  });

  it('shows the past of a watch', () => {
    kubectl('apply -f web.yaml');
    cluster.pass(20_000);
    const statuses = out('get pods --watch')
      .split('\n')
      .slice(1, -1)
      .map((row) => row.split(/ +/)[2]);
    expect(statuses.sort()).toEqual([
      'ContainerCreating',
      'ContainerCreating',
      'Pending',
      'Pending',
      'Running',
      'Running',
    ]);
  });

  it.each([
    ['get widgets', 'error: the server doesn\'t have a resource type "widgets"\n'],
    ['get pods nope', 'Error from server (NotFound): pods "nope" not found\n'],
    ['get pods --foo', "error: unknown flag: --foo\nSee 'kubectl get --help' for usage.\n"],
    ['get pods -l "app in web"', 'Error from server (BadRequest): '],
    ['scale deploy web', 'error: required flag(s) "replicas" not set\n'],
    ['apply -f nofile.yaml', 'error: the path "nofile.yaml" does not exist\n'],
    ['scael deploy web', 'error: unknown command "scael" for "kubectl"'],
    ['rollout explode deploy/web', 'error: unknown command "explode" for "kubectl rollout"'],
    ['get pods "unclosed', ''],
  ])('%s: an error and exit code 1', (line, text) => {
    const { code, stdout, stderr } = kubectl(line);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(text.trim().split(':')[0]);
    if (text.endsWith('\n')) expect(stderr).toBe(text);
  });
});

describe('rollout', () => {
  it('waits, tells its history and goes back', () => {
    kubectl('apply -f web.yaml');
    expect(out('rollout status deploy/web')).toMatch(/deployment "web" successfully rolled out\n$/);
    expect(out('set image deployment/web web=nginx:1.16')).toBe('deployment.apps/web image updated\n');
    expect(out('rollout status deploy/web')).toMatch(
      /1 out of 2 new replicas have been updated[^]*successfully rolled out\n$/,
    );
    expect(out('rollout history deployment/web')).toBe(
      'deployment.apps/web \nREVISION  CHANGE-CAUSE\n1         <none>\n2         <none>\n\n',
    );
    expect(kubectl('rollout undo deployment/web').stdout).toBe('deployment.apps/web rolled back\n');
    kubectl('rollout status deploy/web');
    expect(out('get deploy web -o jsonpath={.spec.template.spec.containers[0].image}')).toBe('nginx:1.15');
    expect(out('rollout history deployment/web')).toContain('2         <none>\n3         <none>\n');
  });

  it('stops at a time-out', () => {
    kubectl(
      'apply -f -',
      WEB.replace('nginx:1.15', 'no-such:1').replace('ports', 'resources: {requests: {cpu: "8"}}, ports'),
    );
    const { code, stderr } = kubectl('rollout status deploy/web --timeout=5s');
    expect([code, stderr]).toEqual([1, 'error: timed out waiting for the condition\n']);
  });
});

describe('drain', () => {
  it('asks the budget, tries again, and says so', () => {
    kubectl('apply -f web.yaml');
    kubectl('apply -f budget.yaml');
    kubectl('rollout status deploy/web');
    cluster.pass(2000);
    const node = cluster.client().list('Pod')[0]!.spec.nodeName!;
    const { code, stdout, stderr } = kubectl(`drain ${node} --timeout=12s`);
    expect(code).toBe(1);
    expect(stdout).toContain(`node/${node} cordoned\n`);
    expect(stderr).toMatch(
      /will retry after 5s\): Cannot evict pod as it would violate the pod's disruption budget\./,
    );
    kubectl('scale deployment web --replicas=3');
    kubectl('rollout status deploy/web');
    const again = kubectl(`drain ${node}`);
    expect(again.stdout).toMatch(/already cordoned\n[^]*evicted\n[^]*drained\n$/);
  });

  it('runs in the background as a process of the cluster, through a fork', () => {
    kubectl('apply -f web.yaml');
    kubectl('rollout status deploy/web');
    const node = cluster.client().list('Pod')[0]!.spec.nodeName!;
    const job = startKubectlLine(cluster, `kubectl drain ${node}`, io);
    expect(jobResult(cluster, job)).toBeUndefined();
    const fork = cluster.fork();
    for (const c of [cluster, fork]) {
      c.pass(60_000);
      expect(jobResult(c, job)).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/evicting pod default\/web[^]*drained\n$/),
      });
    }
  });
});

describe('exec and logs', () => {
  it("run in the container, with the command's exit code", () => {
    kubectl('apply -f web.yaml');
    kubectl('rollout status deploy/web');
    expect(out('exec deploy/web -- sh -c "echo hi > /tmp/x && cat /tmp/x"')).toBe('hi\n');
    const missing = kubectl('exec deploy/web -- cat /nope');
    expect([missing.code, missing.stderr]).toEqual([
      1,
      'cat: /nope: No such file or directory\ncommand terminated with exit code 1\n',
    ]);
    expect(kubectl('exec deploy/web cat /nope').stderr).toBe(
      'error: exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead\nSee ' +
        "'kubectl exec -h' for help and examples\n",
    );
    expect(kubectl('exec nope -- ls').stderr).toBe('Error from server (NotFound): pods "nope" not found\n');
    expect(kubectl('logs deploy/web --tail=1').stdout).toBe(
      '/docker-entrypoint.sh: Configuration complete; ready for start up\n',
    );
  });
});

describe('the command line', () => {
  it('is split as a shell splits it', () => {
    const quote = (word: string): string => `'${word.replace(/'/g, `'"'"'`)}'`;
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (words) => {
        expect(kubectlArguments(['kubectl', ...words.map(quote)].join(' '))).toEqual(words);
      }),
    );
  });

  it('pipes into grep', () => {
    kubectl('apply -f web.yaml');
    expect(kubectl('describe deployment web | grep Replicas:').stdout).toMatch(/^Replicas: +2 desired/);
    expect(kubectl('describe deployment web | grep nothing-of-the-kind').code).toBe(1);
  });
});

it('flags before the verb stay before what a container is to run', () => {
  const cluster = Cluster.create({ seed: 1, nodes: 1 });
  const kubectl = (line: string) => runKubectlLine(cluster, `kubectl ${line}`, { readFile: () => '' });
  kubectl('create namespace shop');
  cluster.pass(5_000);
  kubectl('-n shop run web --image=busybox -- sleep 3600');
  cluster.pass(30_000);
  expect(kubectl('-n shop exec web -- echo -n here').stdout).toBe('here');
});

it('what may not be read is deleted by its name, and not waited for', () => {
  const cluster = Cluster.create({ seed: 1, nodes: 1 });
  const kubectl = (line: string) => runKubectlLine(cluster, `kubectl ${line}`, { readFile: () => '' });
  kubectl('create configmap a');
  kubectl('create role deleter --verb=delete --resource=configmaps');
  kubectl('create rolebinding deleter --role=deleter --user=ann');
  expect(kubectl('delete configmap a --as=ann')).toMatchObject({ code: 0, stderr: '' });
  expect(kubectl('get configmap a').code).toBe(1);
  expect(kubectl('delete secret b --as=ann').stderr).toContain('cannot delete resource "secrets"');
});

it('what is to be created is waited for by a selector, too', () => {
  const cluster = Cluster.create({ seed: 1, nodes: 1 });
  const kubectl = (line: string) => runKubectlLine(cluster, `kubectl ${line}`, { readFile: () => '' });
  expect(kubectl('wait --for=create pod -l app=web --timeout=5s')).toMatchObject({
    code: 1,
    stderr: 'error: timed out waiting for the condition\n',
  });
  kubectl('create deployment web --image=nginx --replicas=1');
  const line = 'wait --for=create --for=condition=Ready pod -l app=web --timeout=60s';
  expect(kubectl(line).stdout).toMatch(/^(pod\/web-\S+ condition met\n){2}$/);
});
