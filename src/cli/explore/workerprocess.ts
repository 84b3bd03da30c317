/**
 * The entry of a worker process. It lives as long as its parent wants it: Ctrl-C is for the parent to answer,
 * and without a parent it ends.
 */
import process from 'node:process';
import { tuneEngine } from '../engine.ts';
import work from './worker.ts';

tuneEngine('search');

// A terminal sends Ctrl-C to every process of the command.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit());

export default work;
