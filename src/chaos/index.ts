/** The faults that Seatrial comes with. */
import { FaultCatalogue } from './catalogue.ts';
import { FAULTS } from './faults/index.ts';

export { FAULTS } from './faults/index.ts';

export const standardFaults = new FaultCatalogue(FAULTS);
