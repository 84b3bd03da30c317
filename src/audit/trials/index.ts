/** The standard set of trials. */
import { cluster } from './cluster.ts';
import { surroundings } from './surroundings.ts';
import type { Ground, Trial, TrialKind } from './trial.ts';
import { withWork } from './work.ts';
import { workload } from './workload.ts';

export { concerns, type Trial } from './trial.ts';

export const TRIALS: readonly TrialKind[] = withWork([...cluster, ...workload, ...surroundings]);

/** All trials that there is something for. */
export const trialsOf = (ground: Ground): Trial[] =>
  TRIALS.flatMap(({ kind, likelihood, ofCluster, trials }) =>
    trials(ground).map((trial) => ({
      ...trial,
      kind,
      likelihood,
      ...(ofCluster === undefined || trial.workload !== undefined ? {} : { ofCluster }),
    })),
  );
