/** `seatrial run --cluster`: what would be done to a real cluster, listed before any of it is done. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { loadConfiguration, loadSources } from '@cucumber/cucumber/api';
import type { Access } from '../drivers/remote/kubeconfig.ts';
import { said } from '../drivers/remote/words.ts';
import {
  type RealCluster,
  accessOf,
  Installed,
  KubeconfigError,
  lackOf,
  Line,
  outOfScope,
  wouldMake,
} from '../drivers/remote/index.ts';
import type { Language } from '../messages/index.ts';
import { readFeature } from '../dsl/feature.ts';
import { loadKit } from '../dsl/kitfile.ts';
import { standardKit } from '../dsl/kit.ts';
import { planOf, type PlannedStep, type PlanOptions } from '../dsl/plan.ts';
import { filesIn } from '../files.ts';
import { ApiError } from '../sim/api/errors.ts';
import { BAD_INPUT, PASSED, UsageError } from './exit.ts';
import { asPattern, fileOf } from './featurefiles.ts';
import { complain, tell } from './output.ts';

interface RealOptions {
  readonly cluster?: string;
  readonly context?: string;
  readonly namespace?: readonly string[];
  readonly node?: readonly string[];
  readonly clientImage?: string;
  readonly yes?: boolean;
  readonly kit?: string;
  readonly tags?: string;
  readonly name?: string[];
}

/** Of each file the rows of the scenarios that are to be played, by lines, tags and names. */
async function chosenOf(
  files: readonly string[],
  { tags, name }: RealOptions,
): Promise<ReadonlyMap<string, ReadonlySet<number>>> {
  const { runConfiguration } = await loadConfiguration({
    file: false,
    provided: {
      paths: files.map(asPattern),
      ...(tags === undefined ? {} : { tags }),
      ...(name === undefined ? {} : { name }),
    },
  });
  const { plan = [] } = await loadSources(runConfiguration.sources);
  const chosen = new Map<string, Set<number>>();
  for (const { uri, location } of plan) {
    const rows = chosen.get(resolve(uri)) ?? new Set();
    chosen.set(resolve(uri), rows.add(location.line));
  }
  return chosen;
}

/** @throws UsageError where it is not said what may be touched */
export function realClusterOf({
  cluster = '',
  context,
  namespace = [],
  node = [],
  clientImage,
}: RealOptions): RealCluster {
  if (namespace.length === 0)
    throw new UsageError(
      '--cluster plays on a real cluster: say which namespaces may be touched, --namespace shop',
    );
  return {
    kubeconfig: resolve(cluster),
    ...(context === undefined ? {} : { context }),
    namespaces: namespace,
    nodes: node,
    ...(clientImage === undefined ? {} : { clientImage }),
  };
}

const SIGNS: Readonly<Record<PlannedStep['role'], string>> = {
  scene: 'does',
  act: 'does',
  remedy: 'does',
  time: 'waits',
  judge: 'asks',
};

function tellStep({ text, role, writes, refused }: PlannedStep): void {
  tell(`    ${refused === undefined ? SIGNS[role].padEnd(7) : 'refused'}  ${text}`);
  if (refused !== undefined) tell(`               ${refused}`);
  else if (writes.length > 0) tell(`               ${writes.join(', ')}`);
}

/** How faults below the API are planned; the cluster is asked what it has only where one is met. */
function planBelow(real: RealCluster, installed: Installed, language: Language): PlanOptions['below'] {
  return (fault, call) => {
    try {
      const lack = lackOf(fault, call, installed);
      return lack === undefined
        ? wouldMake(call, real, real.namespaces[0]!)
        : { writes: [], refused: lack(language) };
    } catch (error) {
      if (error instanceof ApiError) return { writes: [], refused: error.message };
      throw error;
    }
  };
}

/** Asks a cluster before anything is played on it; a line is opened with the first question. */
function asking(access: Access): { readonly installed: Installed; close(): void } {
  let line: Line | undefined;
  return {
    installed: new Installed(access.server, (call) => (line ??= new Line(access)).call(call)),
    close: () => line?.close(),
  };
}

/**
 * Lists what the scenarios of files would do.
 * @returns the exit code where that is all, or where something cannot be done; undefined: it is to be done
 * @throws UsageError
 */
export async function planned(files: readonly string[], options: RealOptions): Promise<number | undefined> {
  const real = realClusterOf(options);
  let access;
  try {
    access = accessOf(real.kubeconfig, real.context);
  } catch (error) {
    if (error instanceof KubeconfigError) throw new UsageError(error.message);
    throw error;
  }
  const kit = options.kit === undefined ? standardKit : await loadKit(options.kit);
  let refused = 0;
  let scenarios = 0;
  const { installed, close } = asking(access);
  const read = [...new Set(files.map(fileOf))].flatMap((file) =>
    readFeature(readFileSync(file, 'utf8'), file, kit).map((scenario) => ({ file, scenario })),
  );
  const chosen = await chosenOf(files, options);
  for (const { file, scenario } of read)
    if (chosen.get(resolve(file))?.has(scenario.row) === true) {
      const steps = planOf(scenario.operations, {
        files: filesIn(dirname(file)),
        kit,
        language: scenario.language,
        namespace: real.namespaces[0]!,
        refuse: (definition, namespace, name) => outOfScope(real, definition, namespace, name),
        below: planBelow(real, installed, scenario.language),
      });
      scenarios += 1;
      const bad = steps.filter((step) => step.refused !== undefined);
      refused += bad.length;
      if (options.yes === true && bad.length === 0) continue;
      tell(`${file}:${scenario.line}  ${scenario.name}`);
      for (const step of options.yes === true ? bad : steps) tellStep(step);
    }
  close();
  const where = `context "${access.context}" (${access.server}), namespaces ${real.namespaces.join(', ')}`;
  if (refused > 0) {
    complain(said('planRefused', { refused, where })('en'));
    return BAD_INPUT;
  }
  if (options.yes === true) return undefined;
  tell(said('planOnly', { scenarios, where })('en'));
  return PASSED;
}
