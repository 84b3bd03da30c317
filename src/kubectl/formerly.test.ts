import { describe, expect, it } from 'vitest';
import { say } from '../messages/index.ts';
import { Cluster } from '../sim/cluster.ts';
import { formerly } from './formerly.ts';
import { runKubectlLine } from './run.ts';

const escaped = (text: string): string => text.replace(/[()./]/g, '\\$&');
const io = { readFile: (): string => '' };
const cluster = Cluster.create({ seed: 1, nodes: 1 });
runKubectlLine(cluster, 'kubectl run web --image=nginx', io);
cluster.pass(60_000);

describe('what old documents have kubectl do', () => {
  it.each([
    ['kubectl run nginx --image=nginx --replicas=3', '1.18'],
    ['kubectl run tick --image=busybox --schedule="* * * * *"', '1.18'],
    ['kubectl run nginx --image=nginx --limits=cpu=1', '1.24'],
    ['kubectl expose pod web --port=80 --generator=service/v2', '1.24'],
    ['$ kubectl get pods --export', '1.19'],
    ['kubectl get pods -a', '1.14'],
    ['kubectl get pods --show-all', '1.14'],
    ['kubectl apply -f x.yaml --prune --all --prune-whitelist=core/v1/Pod', '1.30'],
    ['kubectl convert -f x.yaml', '1.20'],
    ['kubectl rolling-update a b', '1.18'],
    ['kubectl drain node-1 --delete-local-data', '1.31'],
    ['kubectl version --short', '1.28'],
    ['kubectl exec -it web ls', '1.31'],
  ])('%s is refused, and told until when it was so', (line, until) => {
    expect(runKubectlLine(cluster.fork(), line, io).code).toBe(1);
    expect(formerly(line)?.until).toBe(until);
  });

  it.each([
    'kubectl run web2 --image=nginx',
    'kubectl exec web -- ls',
    'kubectl version',
    'kubectl get pods',
  ])('%s is of today', (line) => {
    expect(runKubectlLine(cluster.fork(), line, io).code).toBe(0);
    expect(formerly(line)).toBeUndefined();
  });

  it.each([
    ['policy/v1beta1', 'PodDisruptionBudget', '1.25', 'policy/v1'],
    ['apps/v1beta2', 'Deployment', '1.16', 'apps/v1'],
    ['extensions/v1beta1', 'Deployment', '1.16', 'apps/v1'],
    ['extensions/v1beta1', 'Ingress', '1.22', 'networking.k8s.io/v1'],
    ['batch/v1beta1', 'CronJob', '1.25', 'batch/v1'],
    ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', '1.26', 'autoscaling/v2'],
  ])('%s %s is refused as today, with a line beside it in both languages', (was, kind, until, today) => {
    const text = `apiVersion: ${was}\nkind: ${kind}\nmetadata: { name: old }\n`;
    const apply = (language: 'en' | 'ja') =>
      runKubectlLine(cluster.fork(), 'kubectl apply -f old.yaml', { readFile: () => text, language });
    for (const language of ['en', 'ja'] as const) {
      const { code, stderr } = apply(language);
      expect(code).toBe(1);
      expect(stderr).toContain(
        `no matches for kind "${kind}" in version "${was}"\nensure CRDs are installed`,
      );
      expect(stderr.split('\n').at(-2)).toContain(say('versionRemoved', { until, today }, language));
    }
  });

  it.each([
    ['create deployment d --image=x --dry-run', 'deployment.apps/d created (dry run)\n', / --dry-run is dep/],
    ['create deployment d --image=x --dry-run=true', 'deployment.apps/d created (dry run)\n', /=true is dep/],
    ['create deployment d --image=x --dry-run=false', 'deployment.apps/d created\n', /=false is deprecated/],
    ['delete pod web --now --cascade=false', 'pod "web" deleted from default namespace\n', /=orphan\n$/],
    ['scale rc x --replicas=1 --record', '', /^Flag --record has been deprecated/],
    ['get componentstatuses -o name', /componentstatus\/scheduler/, /^Warning: v1 ComponentStatus is dep/],
    ['get endpoints -o name', 'endpoints/kubernetes\n', /^Warning: v1 Endpoints is deprecated in v1\.33\+/],
  ])('%s is played, and warned of', (line, stdout, warning) => {
    const result = runKubectlLine(cluster.fork(), `kubectl ${line}`, io);
    expect(result.stdout).toMatch(typeof stdout === 'string' ? new RegExp(`^${escaped(stdout)}$`) : stdout);
    expect(result.stderr).toMatch(warning);
  });
});
