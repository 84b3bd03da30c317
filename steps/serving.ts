/** Scenarios whose clusters are served over Kubernetes' API while they are played. */
import { resolve } from 'node:path';
import { AfterAll, Before } from '@cucumber/cucumber';
import { extendKit, standardKit } from '../src/dsl/kit.ts';
import type { Kit } from '../src/dsl/types.ts';
import { writeSecret } from '../src/report/writing.ts';
import { realClient } from '../src/serve/front/realclient.ts';
import { ServedScenarios, type ScenariosOptions } from '../src/serve/front/scenarios.ts';
import { useKit } from './kit.ts';
import { serveWith } from './scenario.ts';

/** Until somebody wants it to end. */
const told = (): Promise<void> =>
  new Promise((done) => {
    process.once('SIGINT', done);
    process.once('SIGTERM', done);
  });

/**
 * Plays all scenarios at a pace, and serves their clusters, as the kubeconfig says that it writes; after the
 * last one its cluster stays served until a signal comes. Call it in a support file.
 * @throws InputError for a port that cannot be had, UnwritableError
 */
export function serveScenarios(
  { kubeconfig: path, ...options }: ScenariosOptions & { readonly kubeconfig: string },
  kit: Kit = standardKit,
): void {
  const kubeconfig = resolve(path);
  const scenarios = new ServedScenarios(options);
  writeSecret(kubeconfig, scenarios.kubeconfig);
  console.log(`Kubernetes API: ${scenarios.url}\nexport KUBECONFIG=${kubeconfig}`);
  useKit(extendKit(kit, { operations: [realClient(scenarios)] }));
  Before(function () {
    serveWith(this, scenarios);
  });
  AfterAll({ timeout: -1 }, async () => {
    scenarios.release();
    console.log('\nAll scenarios have been played; the last cluster stays served (Ctrl-C ends it)');
    await told();
    await scenarios.close();
  });
}
