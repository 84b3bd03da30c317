import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAULTS } from '../../src/chaos/index.ts';
import type { Operation } from '../../src/dsl/operations/operation.ts';
import { readFeature } from '../../src/dsl/feature.ts';
import { Scenario } from '../../src/dsl/scenario.ts';
import { selfContained } from '../../src/dsl/selfcontained.ts';
import { filesIn } from '../../src/files.ts';
import { BUNDLE } from '../build/browser.mjs';
import { NAMES } from '../build/chunks.mjs';
import { pack, project, ROOT } from '../package/packed.ts';
import { BROWSERS, isInstalled, visit } from './browsers.ts';
import { servePage } from './pages.ts';

/** What a page loads before it can play, compressed as servers do. */
const ENTRY_BYTES = 300_000;
/** All that it may come to load, each file compressed by itself. */
const SUM_BYTES = 870_000;

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
  import { loading, Scenario } from '/${BUNDLE}';
  const plays = await (await fetch('/plays.json')).json();
  const hashes = [];
  for (const { operations } of plays) {
    const scenario = new Scenario({ seed: 1 });
    for (const operation of operations) await loading(scenario, (s) => s.play(operation));
    hashes.push(scenario.cluster.hash());
  }
  document.body.dataset.hashes = JSON.stringify(hashes);
  document.body.dataset.done = '';
</script></body></html>`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'seatrial-page-'));
  project(folder, pack(folder), join(ROOT, 'examples', 'browser'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const compressed = (path: string): number => gzipSync(readFileSync(path), { level: 9 }).length;

describe('the module for pages', () => {
  const files = readdirSync(dirname(join(ROOT, BUNDLE)), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .map((name) => join(ROOT, dirname(BUNDLE), name));

  it(`takes at most ${ENTRY_BYTES} bytes before it plays, in one file`, () => {
    expect(compressed(join(ROOT, BUNDLE))).toBeLessThanOrEqual(ENTRY_BYTES);
    expect(readFileSync(join(ROOT, BUNDLE), 'utf8')).not.toMatch(/^import\b|[;}]import(?!\s*\()\b/);
  });

  it(`takes at most ${SUM_BYTES} bytes with all of its chunks`, () => {
    // What several of them share is in files of its own.
    expect(files.map((path) => basename(path, '.js'))).toEqual(
      expect.arrayContaining([...NAMES, 'seatrial']),
    );
    expect(files.reduce((sum, path) => sum + compressed(path), 0)).toBeLessThanOrEqual(SUM_BYTES);
  });
});

const messageOf = (error: unknown): string => (error as Error).message;
const failureOf = (act: () => unknown): string | undefined => {
  try {
    act();
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
};

/** The module as a page that has just been opened has it: no chunk is loaded. */
const opened = async (): Promise<typeof import('../../src/browser.ts')> => {
  const copy = mkdtempSync(join(folder, 'page-'));
  cpSync(dirname(join(ROOT, BUNDLE)), copy, { recursive: true });
  return import(join(copy, basename(BUNDLE)));
};

describe('what comes in chunks', () => {
  it('is not asked for by a calm scenario', async () => {
    const page = await opened();
    await page.load('manifests');
    const scenario = new page.Scenario({ seed: 1 })
      .say('Given a cluster with 2 nodes')
      .say('And the manifest:', readFileSync(join(ROOT, 'examples/browser/shop.yaml'), 'utf8'))
      .say('And every pod is ready')
      .say('When 5 minutes pass');
    expect(scenario.kubectl('get pods -o wide').stdout).toContain('Running');
    expect(page.unloaded()).toEqual(NAMES.filter((name) => name !== 'manifests'));
  });

  it('is named where it lacks, and leaves a scenario that waits for it as it was', async () => {
    const page = await opened();
    const scenario = new page.Scenario({ seed: 1 }).say('Given a cluster with 2 nodes');
    expect(() => scenario.fork().say('When node "node-1" loses power')).toThrow(
      'this needs the chunk "faults", which the page has not loaded: say "await load()" before',
    );
    await page.loading(scenario, (s) => s.say('When node "node-1" loses power').say('And 2 minutes pass'));
    const { stdout } = await page.loading(scenario, (s) => s.kubectl('describe node node-1'));
    expect(stdout).toContain('node.kubernetes.io/unreachable');
    expect(page.unloaded()).toEqual(
      expect.arrayContaining(['claims', 'manifests', 'japanese', 'shell', 'cel']),
    );
    expect(page.unloaded()).not.toContain('faults');
    const whole = new Scenario({ seed: 1 })
      .say('Given a cluster with 2 nodes')
      .say('When node "node-1" loses power')
      .say('And 2 minutes pass');
    whole.kubectl('describe node node-1');
    expect(scenario.cluster.hash()).toBe(whole.cluster.hash());
    await page.load();
    expect(page.unloaded()).toEqual([]);
    await expect(page.load('claim')).rejects.toThrow('there is no chunk "claim"; there are faults, claims');
  });

  it('keeps kinds that are rarely there as Node does', async () => {
    const page = await opened();
    const manifest = JSON.stringify({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'web' },
      spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
    });
    const inNode = new Scenario({ seed: 1 }).say('Given a cluster with 1 node');
    const inPage = new page.Scenario({ seed: 1 }).say('Given a cluster with 1 node');
    const said = failureOf(() => inNode.say('Given the manifest:', manifest));
    expect(await page.loading(inPage, (s) => failureOf(() => s.say('Given the manifest:', manifest)))).toBe(
      said,
    );
    expect(inPage.cluster.hash()).toBe(inNode.cluster.hash());
  });

  it('plays every fault as Node does, loaded when it is met', async () => {
    const page = await opened();
    const folderOfFaults = join(ROOT, 'features', 'faults');
    const files = filesIn(folderOfFaults);
    const names = readdirSync(folderOfFaults).filter((name) => name.endsWith('.feature'));
    const scenarios = names.flatMap((file) => readFeature(files.readFile(file), file));
    expect(scenarios.length).toBeGreaterThan(FAULTS.length / 2);
    for (const { name, operations } of scenarios) {
      const inNode = new Scenario({ seed: 1, files });
      const inPage = new page.Scenario({ seed: 1, files });
      for (const { operation } of operations) {
        const said = failureOf(() => inNode.play(operation));
        const alike = page.loading(inPage, (s) => s.play(operation)).then(() => undefined, messageOf);
        expect([name, await alike]).toEqual([name, said]);
        if (said !== undefined) break;
      }
      expect([name, inPage.cluster.hash()]).toEqual([name, inNode.cluster.hash()]);
    }
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
