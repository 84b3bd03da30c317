/**
 * One seed for every property in a run of the tests, so that two runs test the same; FC_SEED=N, or
 * FC_SEED=random, looks elsewhere.
 */
import fc from 'fast-check';

const wanted = process.env['FC_SEED'] ?? '20261120';
if (wanted !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(wanted) });
