/**
 * What the storage drivers of a node say of it: its CSINode, which the kubelet writes when it registers.
 * Models pkg/volume/csi/nodeinfomanager/nodeinfomanager.go.
 */
import type { Draft } from '../../api/client.ts';
import type { CSINode, Node } from '../../api/types.ts';
import { DEFAULT_DRIVER, MIGRATED_PLUGINS } from '../../api/volumes.ts';
import type { Kubelet } from './types.ts';

const ANNOTATIONS = { 'storage.alpha.kubernetes.io/migrated-plugins': MIGRATED_PLUGINS };
const ZONE = 'topology.kubernetes.io/zone';

type Driver = CSINode['spec']['drivers'][number];

/** The driver of the cluster's own class, as its plugin on the node registers it, with no limit. */
const ownDriver = ({ metadata: { name, labels } }: Node): Driver => ({
  name: DEFAULT_DRIVER,
  nodeID: name,
  ...(labels?.[ZONE] === undefined ? {} : { topologyKeys: [ZONE] }),
});

/**
 * Makes the CSINode of a node that has none, and puts the driver into one that does not name it. A driver
 * that is named there stays with its limit, which is how a cluster is given one.
 */
export function publishCsiNode({ ctx }: Kubelet, node: Node): void {
  const { name, uid } = node.metadata;
  const found = ctx.api.find('CSINode', '', name);
  if (found === undefined)
    ctx.api.create<CSINode>({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'CSINode',
      metadata: {
        name,
        annotations: ANNOTATIONS,
        ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name, uid }],
      },
      spec: { drivers: [ownDriver(node)] },
    } as unknown as Draft<CSINode>);
  else if (!found.spec.drivers.some((driver) => driver.name === DEFAULT_DRIVER))
    ctx.api.update<CSINode>({ ...found, spec: { drivers: [...found.spec.drivers, ownDriver(node)] } });
}
