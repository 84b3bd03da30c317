import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Operation } from '../../src/dsl/operations/operation.ts';
import { readFeature } from '../../src/dsl/feature.ts';
import { Scenario } from '../../src/dsl/scenario.ts';
import { selfContained } from '../../src/explore/scene.ts';
import { filesIn } from '../../src/files.ts';
import { BUNDLE } from '../build/browser.mjs';
import { pack, project, ROOT } from '../package/packed.ts';
import { BROWSERS, isInstalled, visit } from './browsers.ts';
import { servePage } from './pages.ts';

/**
 * What a page loads, compressed as servers do. The aim is 300,000, which it has outgrown: it must not grow
 * on.
 */
const LIMIT_BYTES = 310_500;

/** Scenarios of the bundled features, by file and name. */
const BUNDLED: readonly (readonly [file: string, name: string])[] = [
  ['features/rolling-reboots/budget.feature', 'A budget keeps one replica serving'],
  ['features/probes/liveness.feature', 'A deleted page is noticed and healed'],
  ['features/node-failure/replacement.feature', 'The replacement runs on the other node'],
  ['features/services/services.feature', "Requests to a dead node's pod time out until the endpoint is gone"],
  ['features/deployments/rolling-update.feature', 'A new image is rolled out without losing a replica'],
];

interface Played {
  readonly name: string;
  readonly operations: readonly Operation[];
}

const plays: readonly Played[] = BUNDLED.map(([file, name]) => {
  const path = join(ROOT, file);
  const scenario = readFeature(readFileSync(path, 'utf8'), file).find((s) => s.name === name);
  if (scenario === undefined) throw new Error(`${file} has no scenario "${name}"`);
  const operations = scenario.operations.map((o) => o.operation);
  return { name, operations: selfContained(operations, filesIn(dirname(path))) };
});

const hashOf = ({ operations }: Played): string => {
  const scenario = new Scenario({ seed: 1 });
  for (const operation of operations) scenario.play(operation);
  return scenario.cluster.hash();
};

/** Plays all of them, one after the other. */
const PAGE = `<!doctype html>
<html><head><title>Bundled scenarios</title></head><body><script type="module">
  import { Scenario } from '/${BUNDLE}';
  const plays = await (await fetch('/plays.json')).json();
  const hashes = plays.map(({ operations }) => {
    const scenario = new Scenario({ seed: 1 });
    for (const operation of operations) scenario.play(operation);
    return scenario.cluster.hash();
  });
  document.body.dataset.hashes = JSON.stringify(hashes);
  document.body.dataset.done = '';
</script></body></html>`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'seatrial-page-'));
  project(folder, pack(folder), join(ROOT, 'examples', 'browser'));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the module for pages', () => {
  it(`takes at most ${LIMIT_BYTES} bytes, compressed`, () => {
    expect(gzipSync(readFileSync(join(ROOT, BUNDLE)), { level: 9 }).length).toBeLessThanOrEqual(LIMIT_BYTES);
  });
});

for (const browser of BROWSERS) {
  const missing = !isInstalled(browser);
  describe(`in ${browser.name}${missing ? ` (no ${browser.command} here)` : ''}`, () => {
    it.skipIf(missing)('five bundled scenarios have the histories they have in Node', async () => {
      const page = await servePage(ROOT, '/page.html', {
        '/page.html': PAGE,
        '/plays.json': JSON.stringify(plays),
      });
      try {
        const { hashes } = await visit(browser, page.url, page.said);
        expect(JSON.parse(hashes!)).toEqual(plays.map(hashOf));
      } finally {
        page.close();
      }
    });

    it.skipIf(missing)('the example page plays its scenario as Node does', async () => {
      const page = await servePage(folder, '/index.html');
      try {
        const { hash } = await visit(browser, page.url, page.said);
        const { steps } = (await import(join(folder, 'scenario.js'))) as {
          steps: readonly (readonly [string, string?])[];
        };
        const scenario = new Scenario({ seed: 7, files: filesIn(folder) });
        for (const [step, attachment] of steps) scenario.say(step, attachment);
        expect(hash).toBe(scenario.cluster.hash());
      } finally {
        page.close();
      }
    });
  });
}
