/** Objects of kinds that are served in several versions, asked for and applied in one that is not stored. */
import { beforeEach, describe, expect, it } from 'vitest';
import { deployment } from '../sim/testing.ts';
import { Cluster } from '../sim/cluster.ts';
import { runKubectl } from './run.ts';

const manifest = (percent: number): string => `apiVersion: autoscaling/v1
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 5
  targetCPUUtilizationPercentage: ${percent}
`;

let cluster: Cluster;
let percent: number;
const run = (line: string): string => {
  const io = { readFile: () => manifest(percent), list: () => undefined };
  const { stdout, stderr } = runKubectl(cluster, line.split(' '), io);
  return stdout + stderr;
};
const target = (): unknown => JSON.parse(run('get hpa web -o json')).spec.metrics[0].resource.target;

beforeEach(() => {
  cluster = Cluster.create({ seed: 1, nodes: 1 });
  cluster.client().create(deployment('web'));
  percent = 50;
});

describe('an autoscaler of autoscaling/v1', () => {
  it('is changed by applying it again, by the client or by the server', () => {
    expect(run('apply -f hpa.yaml')).toContain('created');
    percent = 70;
    expect(run('diff -f hpa.yaml')).toMatch(
      /-\s+targetCPUUtilizationPercentage: 50\n\+\s+targetCPUUtilizationPercentage: 70/,
    );
    expect(run('apply -f hpa.yaml')).toContain('configured');
    expect(target()).toEqual({ type: 'Utilization', averageUtilization: 70 });
    expect(run('apply -f hpa.yaml')).toContain('unchanged');
    percent = 80;
    run('apply -f hpa.yaml --server-side --force-conflicts');
    expect(target()).toEqual({ type: 'Utilization', averageUtilization: 80 });
  });

  it('is written in its version where that is asked for', () => {
    run('apply -f hpa.yaml');
    expect(JSON.parse(run('get hpa.v1.autoscaling web -o json'))).toMatchObject({
      apiVersion: 'autoscaling/v1',
      spec: { targetCPUUtilizationPercentage: 50 },
    });
    expect(run('get horizontalpodautoscalers.v1.autoscaling')).toContain('cpu: <unknown>/50%');
    const raw = run('get --raw /apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers/web');
    expect(JSON.parse(raw).spec).not.toHaveProperty('metrics');
  });

  it('is patched in its version', () => {
    run('apply -f hpa.yaml');
    const patch = { apiVersion: 'autoscaling/v1', spec: { targetCPUUtilizationPercentage: 60 } };
    cluster.client().patch('HorizontalPodAutoscaler', 'default', 'web', 'merge', patch);
    expect(target()).toEqual({ type: 'Utilization', averageUtilization: 60 });
  });
});
