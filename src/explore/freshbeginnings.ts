/** Beginnings of scenarios that need no files, on clusters of their own: what campaigns play. */
import { simulate } from '../drivers/simulated.ts';
import { InputError } from '../dsl/errors.ts';
import { standardKit } from '../dsl/kit.ts';
import { Beginnings } from './beginnings.ts';
import type { Kit } from '../dsl/types.ts';

export const freshBeginnings = (kit: Kit = standardKit): Beginnings =>
  new Beginnings({
    kit,
    seed: '1',
    createDriver: simulate,
    files: {
      readFile: (path) => {
        throw new InputError(`a scenario to be explored needs its files in itself, and names ${path}`);
      },
      list: () => undefined,
    },
  });
