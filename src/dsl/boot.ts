import type { ClusterOptions } from '../sim/cluster.ts';
import { simulationOf } from './capabilities.ts';
import { InputError } from './errors.ts';
import type { Session } from './session.ts';

/** Makes a scenario's cluster, with the settings and images given so far. @throws InputError */
export function boot(session: Session, nodes: ClusterOptions['nodes']): void {
  if (session.driver !== undefined) throw new InputError('the scenario has a cluster already');
  if (nodes === 0) throw new InputError('a cluster needs at least one node');
  const { seed, createDriver } = session.options;
  const driver = createDriver({
    seed,
    nodes,
    parts: session.kit.parts,
    config: { ...session.kit.settings, ...session.settings },
    latencies: Object.fromEntries(session.latencies) as ClusterOptions['latencies'],
  });
  const { listener } = session;
  session.driver =
    listener.happens === undefined ? driver : simulationOf(driver).observed(() => listener.happens!(session));
  for (const [image, behaviour] of session.images) simulationOf(driver).setImage(image, behaviour);
}
