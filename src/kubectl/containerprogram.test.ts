import { describe, expect, it } from 'vitest';
import { standardKit } from '../dsl/kit.ts';
import { Cluster } from '../sim/cluster.ts';
import { runKubectlLine } from './run.ts';

const ACCOUNT = `apiVersion: v1
kind: ServiceAccount
metadata: {name: cleaner}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: cleaner}
rules:
  - {apiGroups: [''], resources: [pods], verbs: [get, list]}
  - {apiGroups: [apps], resources: [deployments], verbs: [get, list, watch, patch]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: cleaner}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: cleaner}
subjects: [{kind: ServiceAccount, name: cleaner}]
`;

const job = (command: string, { image = 'bitnami/kubectl', account = 'cleaner', more = '' } = {}): string =>
  `apiVersion: batch/v1
kind: Job
metadata: {name: work}
spec:
  backoffLimit: 0
  template:
    spec:
      serviceAccountName: ${account}
      restartPolicy: Never
      ${more}
      containers: [{name: work, image: ${image}, ${command}}]
`;

function begun() {
  const cluster = Cluster.create({ seed: 1, nodes: 1, parts: standardKit.parts });
  const kubectl = (line: string, stdin = '') =>
    runKubectlLine(cluster, `kubectl ${line}`, { readFile: () => '', stdin });
  const played = (manifest: string): string => {
    expect(kubectl('apply -f -', manifest).stderr).toBe('');
    cluster.pass(60_000);
    return kubectl('logs -l job-name=work --tail=-1').stdout;
  };
  kubectl('apply -f -', ACCOUNT);
  kubectl('create deployment web --image=nginx --replicas=2');
  cluster.pass(30_000);
  return { cluster, kubectl, played };
}
const args = (words: string): string => `args: [${words.split(' ').join(', ')}]`;

describe('kubectl in a container', () => {
  it.each(['bitnami/kubectl:1.33', 'registry.k8s.io/kubectl:v1.36.0', 'rancher/kubectl:v1.36.0'])(
    'lists, as its account may, in %s',
    (image) => {
      const { kubectl, played } = begun();
      const logs = played(job(args('get pods -l app=web -o name'), { image }));
      expect(logs.match(/^pod\/web-\S+$/gm)).toHaveLength(2);
      expect(kubectl('get job work').stdout).toMatch(/Complete +1\/1/);
    },
  );

  it('is refused what its account may not, and fails', () => {
    const { kubectl, played } = begun();
    const logs = played(job(args('delete job other')));
    expect(logs).toBe(
      'Error from server (Forbidden): jobs.batch "other" is forbidden: User ' +
        '"system:serviceaccount:default:cleaner" cannot delete resource "jobs" in API group "batch" in the ' +
        'namespace "default"\n',
    );
    expect(kubectl('get job work').stdout).toMatch(/Failed +0\/1/);
  });

  it('runs in a shell, and goes on when what it waits for is over', () => {
    const { cluster, played } = begun();
    const script =
      'kubectl rollout restart deployment web && kubectl rollout status deployment web && echo over';
    const logs = played(job(`command: [sh, -c, '${script}']`, { image: 'alpine/k8s:1.36.0' }));
    expect(logs).toMatch(/^deployment.apps\/web restarted\n/);
    expect(logs).toMatch(/Waiting for deployment "web" rollout to finish.*\n/);
    expect(logs).toMatch(/deployment "web" successfully rolled out\nover\n$/);
    const restarted = cluster.history.find(({ by }) => by.startsWith('pod/default/work-'));
    expect(restarted).toMatchObject({ kind: 'Deployment', name: 'web' });
  });

  it('applies what it reads, from a file and from its input', () => {
    const { kubectl, played } = begun();
    const script =
      'kubectl create configmap made --from-literal=a=1 --dry-run=client -o yaml | kubectl apply -f -';
    expect(played(job(`command: [sh, -c, '${script}']`))).toContain('configmaps "made" is forbidden');
    kubectl('create clusterrolebinding all --clusterrole=cluster-admin --serviceaccount=default:cleaner');
    kubectl('delete job work');
    expect(played(job(`command: [sh, -c, '${script}']`))).toBe('configmap/made created\n');
  });

  it('has nobody to ask without a token, and acts as its account where nothing is said', () => {
    expect(begun().played(job(args('get pods'), { more: 'automountServiceAccountToken: false' }))).toContain(
      'The connection to the server localhost:8080 was refused',
    );
    expect(begun().played(job(args('get pods'), { account: 'default' }))).toContain(
      'pods is forbidden: User "system:serviceaccount:default:default" cannot list resource "pods"',
    );
  });

  it('says of a server that is down what kubectl says', () => {
    const { cluster, kubectl } = begun();
    kubectl('apply -f -', job(`command: [sh, -c, 'sleep 20; kubectl get pods']`));
    cluster.pass(10_000);
    const fork = cluster.fork();
    fork.control.setServerUp(false, fork.by);
    fork.pass(60_000);
    const logs = [...fork.world.machines.values()].flatMap((m) => [...m.containers.values()]);
    expect(JSON.stringify(logs.map((c) => c.logs))).toContain('was refused - did you specify the right host');
  });

  it('waits for the cluster under kubectl exec, while time passes', () => {
    const { cluster, kubectl } = begun();
    const overrides = '{"spec":{"serviceAccountName":"cleaner"}}';
    kubectl(`run tools --image=alpine/k8s:1.36.0 --overrides='${overrides}' -- sleep 3600`);
    cluster.pass(30_000);
    expect(kubectl('exec tools -- kubectl get pods tools -o name').stdout).toBe('pod/tools\n');
    kubectl('rollout restart deployment web');
    const begunAt = cluster.now;
    const { stdout, code } = kubectl('exec tools -- kubectl rollout status deployment web');
    expect([stdout.split('\n').at(-2), code]).toEqual(['deployment "web" successfully rolled out', 0]);
    expect(cluster.now).toBeGreaterThan(begunAt + 1000);
    const waited = cluster.now;
    expect(kubectl('exec tools -- kubectl wait --for=delete pod/tools --timeout=5s')).toMatchObject({
      stderr:
        'error: timed out waiting for the condition on pods/tools\ncommand terminated with exit code 1\n',
      code: 1,
    });
    expect(cluster.now - waited).toBeGreaterThanOrEqual(5000);
    const script =
      "sh -c 'kubectl rollout restart deploy web; kubectl rollout status deploy web && echo over'";
    expect(kubectl(`exec tools -- ${script}`).stdout).toMatch(/restarted\n[^]*rolled out\nover\n$/);
  });
});
