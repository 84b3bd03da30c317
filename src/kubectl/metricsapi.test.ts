import { describe, expect, it } from 'vitest';
import { Cluster } from '../sim/cluster.ts';
import { SimulatedWorld } from '../sim/simulatedworld.ts';
import { runKubectlLine } from './run.ts';

const serversOf = ({ world, control, by, now }: Cluster) =>
  new SimulatedWorld({ world, control, by, now }).servers;

const POD = `{apiVersion: v1, kind: Pod, metadata: {name: web, labels: {app: web}}, spec: {containers: [
  {name: web, image: nginx}, {name: aside, image: nginx, command: [sleep, "100000"]}]}}`;

const cluster = Cluster.create({ seed: 1, nodes: 2 });
const run = (on: Cluster, line: string) => runKubectlLine(on, `kubectl ${line}`, { readFile: () => POD });
run(cluster, 'apply -f web.yaml');
cluster.pass(120_000);
const kubectl = (line: string) => run(cluster, line);

describe('podmetrics and nodemetrics', () => {
  it('are printed as metrics-server tables them, a Pod with the sum of its containers', () => {
    expect(kubectl('get podmetrics').stdout).toBe(
      'NAME   CPU   MEMORY   WINDOW\nweb    0     20Mi     15s\n',
    );
    expect(kubectl('get nodemetrics -o name').stdout.split('\n')).toEqual([
      'nodemetrics.metrics.k8s.io/node-1',
      'nodemetrics.metrics.k8s.io/node-2',
      '',
    ]);
    expect(kubectl('get pods.metrics.k8s.io/web -o jsonpath={.containers[*].usage.memory}').stdout).toBe(
      '10Mi 10Mi',
    );
  });

  it('leave pods and nodes to those who were called so first', () => {
    expect(kubectl('get pods').stdout).toContain('READY');
    expect(kubectl('get nodes').stdout).toContain('ROLES');
  });

  it('are selected by the labels of what they measure, of all namespaces where all are asked for', () => {
    expect(kubectl('get podmetrics -l app=web -A').stdout).toMatch(/^NAMESPACE +NAME.*\ndefault +web /);
    expect(kubectl('get podmetrics -l app=other').stderr).toContain('No resources found');
  });

  it('are told from what is not measured and from what is not there', () => {
    expect(kubectl('get podmetrics nobody').stderr).toBe(
      'Error from server (NotFound): pods "nobody" not found\n',
    );
    const young = cluster.fork();
    run(young, 'run young --image=nginx');
    expect(run(young, 'get podmetrics young').stderr).toBe(
      'Error from server (NotFound): podmetrics.metrics.k8s.io "default/young" not found\n',
    );
    expect(kubectl('get podmetrics -w').stderr).toContain('the server does not allow this method');
  });
});

describe('the APIService of metrics-server', () => {
  it('is there from the beginning, and has no part in a history before somebody asks', () => {
    const [asked, other] = [cluster.fork(), cluster.fork()];
    expect(run(asked, 'get apiservice v1beta1.metrics.k8s.io').stdout).toMatch(
      /kube-system\/metrics-server +True +2m/,
    );
    expect(asked.hash()).toBe(other.hash());
  });

  it('tells which way its server is not reached', () => {
    const says = (on: Cluster): string => run(on, 'get apiservice v1beta1.metrics.k8s.io').stdout;
    for (const isAskedBefore of [true, false]) {
      const down = cluster.fork();
      if (isAskedBefore) says(down);
      serversOf(down).setMetricsServerUp(false);
      down.pass(1000);
      expect(says(down)).toContain('False (MissingEndpoints)');
      expect(run(down, 'top nodes').stderr).toContain('currently unable to handle the request');
      expect(run(down, 'api-resources').stderr).toContain('metrics.k8s.io/v1beta1: stale GroupVersion');
      serversOf(down).setMetricsServerUp(true);
      down.pass(1000);
      expect(says(down)).toContain('True');
    }
  });

  it('takes the metrics with it when it is deleted', () => {
    const without = cluster.fork();
    run(without, 'delete apiservice v1beta1.metrics.k8s.io');
    expect(run(without, 'top nodes').stderr).toBe('error: Metrics API not available\n');
    expect(run(without, 'api-versions').stdout).not.toContain('metrics.k8s.io');
  });
});
