/**
 * One seed for every property in a run of the tests, so that two runs test the same; FC_SEED=N, or
 * FC_SEED=random, looks elsewhere. Of real clients, those that `npm run real-clients` has brought come first.
 */
import { delimiter } from 'node:path';
import fc from 'fast-check';
import { REAL_CLIENTS } from './scripts/clients/folder.ts';

const wanted = process.env['FC_SEED'] ?? '20261120';
if (wanted !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(wanted) });

const PATH = process.env['PATH'] ?? '';
if (!PATH.startsWith(REAL_CLIENTS)) process.env['PATH'] = `${REAL_CLIENTS}${delimiter}${PATH}`;
