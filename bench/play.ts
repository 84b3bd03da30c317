/** What the benchmarks do to a cluster, through the same operations that features play. */
import { standardKit } from '../src/dsl/kit.ts';
import { simulate, SimulatedDriver } from '../src/drivers/simulated.ts';
import { play as playOperation } from '../src/dsl/interpreter.ts';
import type { Operation } from '../src/dsl/operations/operation.ts';
import { createSession } from '../src/dsl/session.ts';
import type { Cluster } from '../src/sim/cluster.ts';

function perform(cluster: Cluster, ...operations: Operation[]): void {
  const session = createSession({
    seed: 'bench',
    kit: standardKit,
    createDriver: simulate,
    files: {
      readFile: (path: string) => {
        throw new Error(`no file ${path}`);
      },
      list: () => [],
    },
  });
  session.driver = new SimulatedDriver(cluster);
  for (const operation of operations) playOperation(session, operation);
}

export const play = {
  apply: (cluster: Cluster, text: string): void => perform(cluster, { op: 'manifest', text }),
  everyPodReady: (cluster: Cluster): void => perform(cluster, { op: 'everyPodReady' }),
  rollingReboot: (cluster: Cluster): void => perform(cluster, { op: 'eachNodeInTurn' }),
  powerOff: (cluster: Cluster, node: string): void =>
    perform(cluster, { op: 'fault', fault: { kind: 'NodePowerLoss', node } }),
  readyReplicas: (cluster: Cluster): number =>
    cluster
      .client()
      .list('Deployment')
      .reduce((sum, d) => sum + (d.status.readyReplicas ?? 0), 0),
};
