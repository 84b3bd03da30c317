import { expect, it } from 'vitest';
import { Cluster } from '../sim/cluster.ts';
import { runKubectlLine } from './index.ts';

const REFUSED = 'is forbidden: User "bob" cannot create resource';

// Words of pkg/cmd/create/create_*.go: most commands tell the server's text behind their own.
it.each([
  ['configmap x', `error: failed to create configmap: configmaps ${REFUSED}`],
  ['secret generic x', `error: failed to create secret secrets ${REFUSED}`],
  ['deployment x --image=a', `error: failed to create deployment: deployments.apps ${REFUSED}`],
  ['service nodeport x --tcp=80', `error: failed to create NodePort service: services ${REFUSED}`],
  ['quota x', `error: failed to create quota: resourcequotas ${REFUSED}`],
  [
    'pdb x --selector=a=b --min-available=1',
    `error: failed to create poddisruptionbudgets: poddisruptionbudgets.policy ${REFUSED}`,
  ],
  ['namespace x', `Error from server (Forbidden): namespaces ${REFUSED}`],
  [
    'role x --verb=get --resource=pods',
    `Error from server (Forbidden): roles.rbac.authorization.k8s.io ${REFUSED}`,
  ],
])('kubectl create %s tells who may not', (line, told) => {
  const cluster = Cluster.create({ seed: 1, nodes: 1 });
  const { stderr, code } = runKubectlLine(cluster, `kubectl create ${line} --as=bob`, { readFile: () => '' });
  expect(stderr).toContain(told);
  expect(code).toBe(1);
});
