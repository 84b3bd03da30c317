/** The cluster in which a line is followed. */
import { countOf } from '../../dsl/tags.ts';
import { Scenario } from '../../dsl/scenario.ts';
import { filesIn } from '../../files.ts';
import { UsageError } from '../exit.ts';
import { follow, type Explanation } from './follow.ts';

export interface SceneOptions {
  readonly nodes: string;
  readonly seed: string;
  readonly given: readonly string[];
  readonly user?: string;
  readonly group: readonly string[];
}

/** @throws UsageError, InputError for what cannot be played */
export function explanationOf(line: string, options: SceneOptions): Explanation {
  const { nodes, seed, given, user, group } = options;
  if (group.length > 0 && user === undefined) throw new UsageError('--group is of a --user');
  const scenario = new Scenario({ seed, files: filesIn(process.cwd()) });
  scenario.play({ op: 'cluster', nodes: countOf('--nodes', nodes, '--nodes 3') });
  for (const path of given) scenario.play({ op: 'manifestsIn', path });
  if (given.length > 0) scenario.say('Given every pod is ready');
  if (user !== undefined) scenario.play({ op: 'user', name: user, groups: group });
  return follow(scenario, line, user);
}
