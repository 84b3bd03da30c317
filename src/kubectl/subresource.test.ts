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
      'error: invalid subresource value: "x". Must be one of [status scale resize]',
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
