/** What `seatrial shell` does: it sets a scene, and a terminal stands over it. */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { readFeature } from '../dsl/feature.ts';
import type { Operation } from '../dsl/operations/operation.ts';
import { selfContained } from '../dsl/selfcontained.ts';
import { countOf, readTags } from '../dsl/tags.ts';
import { sceneOf } from '../explore/scene.ts';
import { filesIn } from '../files.ts';
import { Live } from '../play/live.ts';
import { Terminal } from '../play/terminal.ts';
import { writeWhole } from '../report/writing.ts';
import { UsageError } from './exit.ts';
import { featureFiles } from './featurefiles.ts';
import { reportLanguage } from './options.ts';
import { tell } from './output.ts';
import { converse } from './terminalloop.ts';

export interface ShellOptions {
  readonly nodes: string;
  readonly seed?: string;
  readonly lang?: string;
}

/** What the shell begins with. */
interface Start {
  readonly seed: string | undefined;
  readonly operations: readonly Operation[];
}

/** The scene of a feature's first scenario: its background, and what it is given. */
function featureStart(file: string): Start {
  const [scenario] = readFeature(readFileSync(file, 'utf8'), file);
  if (scenario === undefined) throw new UsageError(`${file} has no scenario whose scene could be set`);
  const scene = sceneOf(scenario.operations.map((s) => s.operation));
  return { seed: readTags(scenario.tags).seed, operations: selfContained(scene, filesIn(dirname(file))) };
}

/** A cluster with manifests applied to it. */
const manifestStart = (manifests: readonly string[], nodes: number): Start => ({
  seed: undefined,
  operations: selfContained(
    [{ op: 'cluster', nodes }, ...manifests.map((path): Operation => ({ op: 'manifestsIn', path }))],
    filesIn(process.cwd()),
  ),
});

function startOf(what: readonly string[], nodes: string): Start {
  const [first = ''] = what;
  if (!first.endsWith('.feature')) return manifestStart(what, countOf('--nodes', nodes, '--nodes 3'));
  if (what.length > 1)
    throw new UsageError('a shell begins with the scene of one feature, or with manifests');
  return featureStart(featureFiles([first])[0]!);
}

/** @returns the exit code */
export async function shell(what: readonly string[], { nodes, seed, lang }: ShellOptions): Promise<number> {
  const language = reportLanguage(lang);
  const start = startOf(what, nodes);
  const live = Live.begin({
    seed: seed ?? start.seed ?? '1',
    start: start.operations,
    files: filesIn(process.cwd()),
    language,
  });
  if (process.stdin.isTTY === true)
    tell('A cluster is up; time stands still. "help" says what can be done, Tab what fits.');
  return await converse(new Terminal(live, { language, write: writeWhole }));
}
