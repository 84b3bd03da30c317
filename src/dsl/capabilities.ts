/** What only some drivers offer, for those who need it. */
import type { Driver, Network, Simulation } from '../drivers/driver.ts';
import type { PhysicalWorld } from '../sim/physicalworld.ts';
import { wrong } from './errors.ts';

const LACKING = { network: 'sendsNone', physical: 'tellsNone', simulation: 'takesNone' } as const;

function offered<K extends keyof typeof LACKING>(driver: Driver, capability: K): NonNullable<Driver[K]> {
  const found = driver[capability];
  if (found === undefined) throw wrong(LACKING[capability], {});
  return found;
}

/** @throws InputError when the driver sends no requests */
export const networkOf = (driver: Driver): Network => offered(driver, 'network');

/** @throws InputError when the driver knows no more than the API */
export const physicalOf = (driver: Driver): PhysicalWorld => offered(driver, 'physical');

/** @throws InputError when the cluster is not simulated */
export const simulationOf = (driver: Driver): Simulation => offered(driver, 'simulation');
