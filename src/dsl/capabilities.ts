/** What only some drivers offer, for those who need it. */
import type { Driver, Network, Simulation } from '../drivers/driver.ts';
import type { PhysicalWorld } from '../sim/physicalworld.ts';
import { InputError } from './errors.ts';

function offered<T>(capability: T | undefined, what: string): T {
  if (capability === undefined) throw new InputError(`this cluster ${what}: a simulated one does`);
  return capability;
}

/** @throws InputError when the driver sends no requests */
export const networkOf = ({ network }: Driver): Network => offered(network, 'sends no requests');

/** @throws InputError when the driver knows no more than the API */
export const physicalOf = ({ physical }: Driver): PhysicalWorld =>
  offered(physical, 'does not tell what is physically so');

/** @throws InputError when the cluster is not simulated */
export const simulationOf = ({ simulation }: Driver): Simulation =>
  offered(simulation, 'takes no settings and goes on from no seed');
