/** Beginnings of scenarios that need no files, on clusters of their own: what campaigns play. */
import { InputError } from '../dsl/errors.ts';
import { type Kit, standardKit } from '../dsl/kit.ts';
import { Cluster } from '../sim/cluster.ts';
import { Beginnings } from './beginnings.ts';

export const freshBeginnings = (kit: Kit = standardKit): Beginnings =>
  new Beginnings({
    kit,
    seed: '1',
    createCluster: (options) => Cluster.create(options),
    files: {
      readFile: (path) => {
        throw new InputError(`a scenario to be explored needs its files in itself, and names ${path}`);
      },
      list: () => undefined,
    },
  });
