import { expect, it } from 'vitest';
import { Cluster } from '../../sim/cluster.ts';
import { runKubectlLine } from '../index.ts';

const POD = `apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  volumes:
    - {name: share, nfs: {server: nfs.example.com, path: /exports}}
    - {name: plug, csi: {driver: d.example.com, volumeAttributes: {b: two, a: one}}}
    - {name: model, image: {reference: "models:1", pullPolicy: Always}}
    - name: scratch
      ephemeral:
        volumeClaimTemplate:
          metadata: {labels: {type: scratch}}
          spec: {accessModes: [ReadWriteOnce], storageClassName: fast, resources: {requests: {storage: 1Gi}}}
  containers: [{name: c, image: nginx}]
`;

it('volumes are described by what they are made of', () => {
  const cluster = Cluster.create({ seed: 1, nodes: 1 });
  const io = { readFile: (): string => '', stdin: POD };
  runKubectlLine(cluster, 'kubectl apply -f -', io);
  const { stdout } = runKubectlLine(cluster, 'kubectl describe pod p', io);
  const from = stdout.indexOf('Volumes:\n');
  expect(stdout.slice(from, stdout.indexOf('QoS Class')).replace(/ +\n/g, '\n')).toBe(`Volumes:
  share:
    Type:      NFS (an NFS mount that lasts the lifetime of a pod)
    Server:    nfs.example.com
    Path:      /exports
    ReadOnly:  false
  plug:
    Type:              CSI (a Container Storage Interface (CSI) volume source)
    Driver:            d.example.com
    FSType:
    ReadOnly:          false
    VolumeAttributes:      a=one
                           b=two
  model:
    Type:        Image (a container image or OCI artifact)
    Reference:   models:1
    PullPolicy:  Always
  scratch:
    Type:          EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)
    StorageClass:  fast
    Volume:
    Labels:        type=scratch
    Annotations:   <none>
    Capacity:
    Access Modes:
    VolumeMode:    Filesystem
`);
});
