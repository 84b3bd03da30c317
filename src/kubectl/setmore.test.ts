import { beforeEach, describe, expect, it } from 'vitest';
import { Cluster } from '../sim/cluster.ts';
import { runKubectlLine } from './index.ts';

let cluster: Cluster;
const kubectl = (line: string): string => {
  const { stdout, stderr } = runKubectlLine(cluster, `kubectl ${line}`, { readFile: () => '' });
  return `${stdout}${stderr}`.trimEnd();
};

beforeEach(() => {
  cluster = Cluster.create({ seed: 1, nodes: 1 });
  kubectl('create deployment web --image=nginx');
  cluster.pass(20_000);
});

describe('kubectl set', () => {
  it('gives a workload another account', () => {
    kubectl('create serviceaccount builder');
    expect(kubectl('set serviceaccount deployment web builder')).toBe(
      'deployment.apps/web serviceaccount updated',
    );
    expect(kubectl('get deployment web -o jsonpath={.spec.template.spec.serviceAccountName}')).toBe(
      'builder',
    );
    expect(kubectl('set serviceaccount')).toBe('error: serviceaccount is required');
  });

  it('changes what the Jobs of a CronJob run', () => {
    kubectl('create cronjob tick --image=busybox --schedule="0 * * * *"');
    expect(kubectl('set image cronjob/tick tick=busybox:2')).toBe('cronjob.batch/tick image updated');
    expect(kubectl('set env cronjob/tick MODE=full')).toBe('cronjob.batch/tick env updated');
    expect(kubectl('set env cronjob/tick --list')).toBe('# CronJob tick, container tick\nMODE=full');
    const container = 'jsonpath={.spec.jobTemplate.spec.template.spec.containers[0].image}';
    expect(kubectl(`get cronjob tick -o ${container}`)).toBe('busybox:2');
  });

  it('has a Service select others, and nothing else', () => {
    kubectl('expose deployment web --port 80');
    expect(kubectl('set selector service web environment=qa,tier=x')).toBe('service/web selector updated');
    expect(kubectl('get service web -o jsonpath={.spec.selector}')).toBe('{"environment":"qa","tier":"x"}');
    expect(kubectl('set selector service web "a in (b,c),d"')).toBe(
      'error: match expression [{a In [b c]} {d Exists []}] not supported on this object',
    );
    expect(kubectl('set selector deployment web a=b')).toBe(
      'error: setting a selector is only supported for Services',
    );
  });

  it('binds more subjects, each once', () => {
    kubectl('create rolebinding b --clusterrole=view --user=ann');
    expect(
      kubectl('set subject rolebinding b --user=bob --user=ann --group=ops --serviceaccount=:builder'),
    ).toBe('rolebinding.rbac.authorization.k8s.io/b subjects updated');
    expect(kubectl('get rolebinding b -o jsonpath={.subjects[*].name}')).toBe('ann bob ops builder');
    expect(kubectl('set subject rolebinding b --user=bob')).toBe('');
    expect(kubectl('set subject rolebinding b')).toBe(
      'error: you must specify at least one value of user, group or serviceaccount',
    );
    expect(kubectl('set subject deployment web --user=bob')).toContain(
      'setting subjects is only supported for RoleBinding/ClusterRoleBinding',
    );
  });
});

it('rollout history shows revisions as the objects that keep them', () => {
  kubectl('set image deployment web nginx=nginx:1.26');
  cluster.pass(20_000);
  const images = 'jsonpath={.kind}:{.spec.template.spec.containers[0].image}';
  expect(kubectl(`rollout history deployment web -o "${images}"`)).toBe(
    'ReplicaSet:nginxReplicaSet:nginx:1.26',
  );
  expect(kubectl(`rollout history deployment web --revision 2 -o "${images}"`)).toBe('ReplicaSet:nginx:1.26');
  expect(kubectl('rollout history deployment web --revision 1 -o yaml')).toMatch(/kind: ReplicaSet/);
  expect(kubectl('rollout history deployment web --revision 9 -o json')).toBe(
    'error: unable to find the specified revision',
  );
});
