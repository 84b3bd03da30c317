import { expect, it } from 'vitest';
import { nodesIn } from './clusterfile.ts';

/** As `kubectl get nodes -o yaml` prints it, shortened. */
const NODES = `apiVersion: v1
items:
- apiVersion: v1
  kind: Node
  metadata:
    labels:
      kubernetes.io/arch: amd64
      kubernetes.io/hostname: plane
      node-role.kubernetes.io/control-plane: ""
    name: plane
  spec:
    taints:
    - {effect: NoSchedule, key: node-role.kubernetes.io/control-plane}
- apiVersion: v1
  kind: Node
  metadata:
    labels:
      kubernetes.io/hostname: pool-a-1
      disk: ssd
      topology.kubernetes.io/zone: europe-1b
    name: pool-a-1
  spec:
    taints:
    - {effect: NoExecute, key: dedicated, value: shop}
    - {effect: NoSchedule, key: node.kubernetes.io/unschedulable}
  status:
    allocatable: {cpu: 3920m, memory: 12Gi, pods: "58"}
    capacity: {cpu: "4", memory: 16Gi, pods: "58"}
- apiVersion: v1
  kind: Node
  metadata: {name: bare}
kind: List
`;

it('are those that take Pods: what is left of them, where they stand, what keeps Pods away for good', () => {
  expect(nodesIn(NODES, 'nodes.yaml')).toEqual([
    {
      name: 'pool-a-1',
      cpu: '3920m',
      memory: '12Gi',
      pods: '58',
      zone: 'europe-1b',
      labels: { disk: 'ssd' },
      taints: [{ key: 'dedicated', value: 'shop', effect: 'NoExecute' }],
    },
    { name: 'bare', zone: '' },
  ]);
});

it('are not in a file of something else, and it says how to write one', () => {
  const plane = NODES.split('- apiVersion').slice(0, 2).join('- apiVersion');
  for (const text of ['apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n', `${plane}kind: List\n`])
    expect(() => nodesIn(text, 'n.yaml')).toThrow('write it with "kubectl get nodes -o yaml > n.yaml"');
});
