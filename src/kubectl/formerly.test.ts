import { describe, expect, it } from 'vitest';
import { Cluster } from '../sim/cluster.ts';
import { formerly } from './formerly.ts';
import { runKubectlLine } from './run.ts';

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
});
