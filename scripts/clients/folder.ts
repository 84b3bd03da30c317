import { join } from 'node:path';

/** Where `npm run real-clients` puts kubectl and helm; tests look there first, then on the PATH. */
export const REAL_CLIENTS = join(import.meta.dirname, 'node_modules', '.bin');
