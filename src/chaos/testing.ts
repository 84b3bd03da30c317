/** For tests: a cluster that faults can strike, drains among them. */
import { kubectlComponent } from '../kubectl/index.ts';
import { standardParts } from '../sim/parts.ts';
import { withFaults } from './healer.ts';
import { standardFaults } from './index.ts';

export const PARTS = withFaults(
  { ...standardParts, components: [...standardParts.components, kubectlComponent] },
  standardFaults,
);
