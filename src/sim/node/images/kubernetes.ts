/** Images of Kubernetes' own: what its documentation and its tests run. */
import type { Catalogue } from './entry.ts';

export const KUBERNETES: Catalogue = { pause: { image: { startupMs: 0, listens: [] } } };
