/** The training report as whoever gets it uses it: opened from disk, clicked, typed at. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Scenario } from '../../src/dsl/scenario.ts';
import { filesIn } from '../../src/files.ts';
import { visible } from '../../src/messages/visible.ts';
import type { RunRecord } from '../../src/report/record.ts';
import { htmlOf } from '../../src/report/training/html.ts';
import { CONCEPTS } from '../../src/view/words/concepts/index.ts';
import { pageWords } from '../../src/view/words/page.ts';
import { ROOT } from '../package/packed.ts';
import { BROWSERS, isInstalled, pathOf } from './browsers.ts';
import { pagesOf, squeezed } from './pdftext.ts';

/** Of the first 50 bundled scenarios, and of all, as it lies on disk. */
const REPORT_BYTES = 1_260_000;
const ALL_BYTES = 2_000_000;
const SCENARIOS = 50;

/** Markup, commands of terminals, marks of direction: wherever somebody can write something. */
const HOSTILE = `Feature: </script><script>window.pwned = 'title'</script><img src=x onerror="window.pwned='image'">

  <b>bold</b> \u202eturned\u202c \u001b[31mred

  Scenario: "><svg onload="window.pwned='svg'"></title> \u2067right\u2069
    Given a cluster with 1 node
    And the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: web
        annotations:
          note: "</script><script>window.pwned='annotation'</script>\\u202e \\u001b[2J"
      spec:
        containers: [{ name: web, image: nginx, env: [{ name: HTML, value: "<img src=x onerror=alert(1)>" }] }]
      """
    And every pod is ready
    When I run "kubectl get pod web -o jsonpath={.metadata.annotations.note}"
    Then the output contains "<script>window.pwned='claim'</script>"
`;

let folder = '';
let report = '';
let record: RunRecord;

/** What the command records of features. */
function recorded(paths: readonly string[], name: string): RunRecord {
  const json = join(folder, `${name}.json`);
  try {
    execFileSync(
      process.execPath,
      [
        join(ROOT, 'bin', 'seatrial.mjs'),
        'run',
        ...paths,
        '--json',
        json,
        '--reports',
        join(folder, 'reports'),
      ],
      // What it prints of many features is more than a buffer holds.
      { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'] },
    );
  } catch (error) {
    // That a scenario fails is among what is looked at.
    if ((error as { status?: number }).status !== 1) throw error;
  }
  return JSON.parse(readFileSync(json, 'utf8')) as RunRecord;
}

/** The same of the text of a feature. */
function recordedText(text: string, name: string): RunRecord {
  const path = join(folder, `${name}.feature`);
  writeFileSync(path, text);
  return recorded([path], name);
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'seatrial-report-'));
  const hostile = join(folder, 'hostile.feature');
  writeFileSync(hostile, HOSTILE);
  record = recorded(
    [
      'features/node-failure/replacement.feature',
      hostile,
      'features/services/services.feature',
      'features/exercises/predict.feature',
    ],
    'small',
  );
  report = join(folder, 'report.html');
  writeFileSync(report, htmlOf(record, 'en'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The first scenarios of a record. */
function first(run: RunRecord, count: number): RunRecord {
  let left = count;
  const features = run.features.map((feature) => {
    const scenarios = feature.scenarios.slice(0, left);
    left -= scenarios.length;
    return { ...feature, scenarios };
  });
  return { ...run, features: features.filter((f) => f.scenarios.length > 0) };
}

describe('the report of all bundled features', () => {
  let all: RunRecord;
  let html = '';
  beforeAll(() => {
    all = recorded(['features'], 'all');
    html = htmlOf(all, 'en');
  }, 900_000);

  it(`takes at most ${ALL_BYTES} bytes, says what it left out, and is one file`, () => {
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(ALL_BYTES);
    const { steps, names } = pageWords('en').shortened;
    expect([steps, names].filter((said) => html.includes(said))).toHaveLength(1);
    expect(html.match(/<(link|iframe|img|object|embed)\b/g)).toBeNull();
  });

  it(`takes at most ${REPORT_BYTES} bytes of its first ${SCENARIOS} scenarios`, () => {
    expect(Buffer.byteLength(htmlOf(first(all, SCENARIOS), 'en'))).toBeLessThanOrEqual(REPORT_BYTES);
  }, 240_000);

  it('links every concept to a scenario that shows it', () => {
    const cards = html.match(/<div class="card">[\s\S]*?<\/div>/g) ?? [];
    expect(cards).toHaveLength(CONCEPTS.length);
    expect(cards.filter((card) => !card.includes('href="#s-'))).toEqual([]);
  });
});

it('tells less of what passed where a file has no room, and never makes a larger one', () => {
  const sizeOf = (html: string): number => Buffer.byteLength(html);
  const { shortened } = pageWords('en');
  const whole = htmlOf(record, 'en');
  const steps = htmlOf(record, 'en', sizeOf(whole) - 1);
  expect(steps).toContain(shortened.steps);
  expect(steps).toContain('When node &quot;node-1&quot; loses power');
  expect(steps).not.toContain('$ kubectl apply -f sample-deployment.yaml');
  const names = htmlOf(record, 'en', sizeOf(steps) - 1);
  expect(names).toContain(shortened.names);
  expect(names).not.toContain('When node &quot;node-1&quot; loses power');
  expect(names).toContain('The replacement runs on the other node');
  expect(() => htmlOf(record, 'en', sizeOf(names) - 1)).toThrow('write one for a part of the features');
});

const chromiumHere = BROWSERS.find((b) => b.name === 'Chromium')!;
const isMissing = !isInstalled(chromiumHere);

describe(`the report in Chromium${isMissing ? ' (no chromium here)' : ''}`, () => {
  let browser: Browser;
  /** What pages asked for, and what went wrong in them. */
  const asked: string[] = [];
  const wrong: string[] = [];
  beforeAll(async () => {
    if (isMissing) return;
    const executablePath = pathOf(chromiumHere)!;
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(async () => await browser?.close());

  async function opened(hash = '', options: Parameters<Browser['newPage']>[0] = {}): Promise<Page> {
    const page = await browser.newPage(options);
    page.on('request', (r) => asked.push(r.url()));
    page.on('pageerror', (e) => wrong.push(e.message));
    page.on('console', (m) => m.type() === 'error' && wrong.push(m.text()));
    await page.goto(pathToFileURL(report).href + hash);
    if (options.javaScriptEnabled !== false)
      await page.waitForSelector('[data-ready]', { state: 'attached' });
    return page;
  }
  const replayed = (page: Page) => page.waitForSelector('[data-standing=replayed]');
  const now = (page: Page) => page.locator('.now').innerText();

  it.skipIf(isMissing)('replays what is looked at, and tells the cause of what is clicked', async () => {
    const page = await opened();
    await page.getByRole('link', { name: 'The replacement runs on the other node' }).first().click();
    await replayed(page);
    await page.locator('.story .said', { hasText: 'loses power' }).click();
    expect(await now(page)).toBe('0:00:04.6');
    await page.locator('.changes button', { hasText: 'tolerated the taint for 300 s' }).click();
    expect(await now(page)).toBe('0:05:58.1');
    const chain = page.locator('[aria-labelledby=pane-why] .chain li');
    expect(await chain.allInnerTexts()).toEqual([
      expect.stringContaining('tolerated the taint for 300 s'),
      expect.stringContaining('was tainted node.kubernetes.io/unreachable'),
      expect.stringContaining('The last heartbeat of node node-1'),
      expect.stringContaining('Node node-1 lost power'),
      expect.stringContaining('The scenario says: “node "node-1" loses power”'),
    ]);
    expect(await page.locator('[aria-labelledby=pane-why] .difference').innerText()).toContain(
      '+ metadata.deletionTimestamp',
    );
    await chain.last().getByRole('button').click();
    expect(await now(page)).toBe('0:00:04.6');
    await page.locator('.bar .state.terminating').click();
    expect(await now(page)).toBe('0:05:58.1');
    await page.locator('.lanes summary').first().click();
    expect(await page.locator('.lanes table tbody tr').count()).toBeGreaterThan(8);
    await page.close();
  });

  it.skipIf(isMissing)('answers kubectl at a past moment as Node does', async () => {
    const page = await opened('#s-0&t=100000');
    await replayed(page);
    const scenario = new Scenario({ seed: 1, files: filesIn(join(ROOT, 'features', 'node-failure')) })
      .say('Given a cluster with 2 nodes')
      .say('And node "node-2" is cordoned')
      .say('And the manifest in "sample-deployment.yaml"')
      .say('And every pod is ready')
      .say('And node "node-2" is uncordoned')
      .say('When node "node-1" loses power')
      .play({ op: 'pass', durationMs: 100_000 - 4622 });
    for (const line of ['get nodes -o wide', 'describe pod', 'get events']) {
      await page.getByLabel('kubectl, at this moment', { exact: true }).fill(`kubectl ${line}`);
      await page.keyboard.press('Enter');
      const { stdout } = scenario.fork().kubectl(line);
      await expect.poll(() => page.locator('.kubectl pre').textContent()).toBe(stdout);
    }
    await page.getByLabel('kubectl, at this moment', { exact: true }).fill('kubectl delete node node-1');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.kubectl pre').innerText()).toContain('only what reads');
    await page.close();
  });

  it.skipIf(isMissing)('plays what if, beside what was, and saves it as a feature', async () => {
    const page = await opened('#s-0&t=60000');
    await replayed(page);
    await page.getByRole('button', { name: /^Fork here/ }).click();
    await page.getByLabel('target').fill('node-9');
    const strike = page.getByRole('button', { name: 'let it happen' });
    await page.locator('.sentence', { hasText: 'node "node-9" loses power' }).waitFor();
    await strike.click();
    expect(await page.getByRole('alert').innerText()).toContain('there is no node "node-9"');
    expect(await page.locator('.whatif .step').count()).toBe(0);
    await page.getByLabel('target').fill('node-2');
    await page.getByLabel('for how long').fill('2m');
    await page.locator('.sentence', { hasText: 'node "node-2" loses power for 2 minutes' }).waitFor();
    await strike.click();
    await page.getByRole('button', { name: 'go on as the scenario did' }).click();
    await page.locator('.whatif .step', { hasText: 'the output contains' }).waitFor();
    await page.getByLabel('what happens').selectOption({ label: 'a step, or a kubectl line' });
    await page.getByLabel('step', { exact: true }).fill('kubectl delete pod --all --wait=false');
    await page.locator('.sentence', { hasText: 'I run "kubectl delete pod' }).waitFor();
    await strike.click();
    await page.getByRole('button', { name: '+1 minute' }).click();
    const [was, is] = [
      page.getByRole('img', { name: 'As it was' }),
      page.getByRole('img', { name: 'What if' }),
    ];
    expect([await was.locator('.fault').count(), await is.locator('.fault').count()]).toEqual([1, 2]);
    expect(await was.locator('.state.booting').count()).toBe(0);
    expect(await is.locator('.state.booting').count()).toBe(1);
    await page.getByRole('button', { name: 'save as a .feature' }).click();
    const feature = await page.locator('.saved pre').innerText();
    const hash = await page.locator('.saved code').innerText();
    const played = recordedText(feature, 'what-if').features[0]!.scenarios[0]!;
    expect([played.result, played.play?.hash]).toEqual(['passed', hash]);
    await page.close();
  });

  it.skipIf(isMissing)(
    'shows what is demanded, where requests go, objects and events of the moment',
    async () => {
      const page = await opened('#s-6&t=8000');
      await replayed(page);
      expect(await page.getByText('http://nginx-service/, 1 a second: 180 sent, 19 failed').count()).toBe(1);
      const wanted = page.getByRole('img', { name: 'Deployment nginx-deployment' });
      expect(await wanted.locator('.outage').count()).toBe(1);
      const map = page.locator('[aria-labelledby=pane-cluster]');
      await map.locator('.way.lost').first().waitFor();
      expect(await map.locator('.badge').count()).toBe(3);
      await map.locator('summary').click();
      const ways = map.locator('table').nth(1);
      expect(await ways.locator('tr', { hasText: 'timed out' }).count()).toBe(1);
      expect(await ways.locator('tr', { hasText: '200' }).count()).toBe(2);
      const events = page.locator('[aria-labelledby=pane-events] tbody tr');
      const before = await events.count();
      const objects = page.locator('[aria-labelledby=pane-objects]');
      await objects.getByLabel('kind').selectOption({ label: 'Node (2)' });
      await objects.locator('.yaml', { hasText: 'name: node-1' }).waitFor();
      await page.locator('.changes button', { hasText: 'No heartbeat of node node-1' }).click();
      await objects
        .locator('.difference', { hasText: '+ status.conditions[Ready].status: "Unknown"' })
        .waitFor();
      expect(await events.count()).toBeGreaterThan(before);
      expect(await page.locator('[aria-labelledby=pane-why] .chain li').count()).toBeGreaterThan(1);
      await page.close();
    },
  );

  it.skipIf(isMissing)('asks before each fault what will come of it, and lets the run answer', async () => {
    const page = await opened('#s-7');
    const asked = page.locator('.exercise');
    await asked.getByText('a pod matching "app=shop" is deleted').waitFor();
    const story = page.locator('[aria-labelledby=pane-story]');
    expect(await story.locator('.step', { hasText: 'is deleted' }).count()).toBe(0);
    expect(await page.locator('#pane-whatif').count()).toBe(0);
    for (const answer of ['0', 'it does not come to that', 'none'])
      await asked.getByLabel(answer, { exact: true }).check();
    const see = asked.getByRole('button', { name: 'see what happens' });
    await see.click();
    const answers = asked.locator('.answer');
    expect(await answers.allInnerTexts()).toEqual([
      expect.stringMatching(/^✗ 0:00:04.6 · How long .* it does not come to that. The run says: 1\.\d s\./),
      expect.stringMatching(/^✓ 0:00:04.6 · How many requests fail\? You said: 0. The run says: 0\./),
      expect.stringMatching(/^✗ 0:00:04.6 · Which pods are deleted\? You said: none. The run says: shop-/),
    ]);
    expect(await story.locator('.step', { hasText: 'is deleted' }).count()).toBe(1);
    expect(await story.locator('.step', { hasText: 'loses power' }).count()).toBe(0);
    await page.keyboard.press('ArrowRight');
    expect(page.url()).toContain('&t=64621&');
    for (const question of await asked.locator('fieldset').all())
      await question.getByRole('radio').first().check();
    await see.click();
    expect(await answers.count()).toBe(6);
    await answers.nth(3).getByRole('button').click();
    expect(await page.locator('.lanes .bar .state.unknown').count()).toBe(1);
    expect(await page.locator('#pane-whatif').count()).toBe(1);
    await page.close();
  });

  it.skipIf(isMissing)('goes by keyboard, and keeps its view in the address', async () => {
    const page = await opened('#s-0');
    await replayed(page);
    await page.keyboard.press('f');
    expect(await now(page)).toBe('0:00:04.6');
    await page.keyboard.press('ArrowRight');
    expect(page.url()).toContain('&t=4630&');
    await page.keyboard.press('ArrowLeft');
    expect(page.url()).toContain('&t=4622&');
    await page.keyboard.press('Shift+ArrowRight');
    expect(await now(page)).toBe('0:00:34.6');
    await page.keyboard.press('/');
    await page.keyboard.type('heartbeat');
    await expect.poll(() => page.locator('.changes li').count()).toBeLessThan(4);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await now(page)).toBe('0:00:04.6');
    const again = await browser.newPage();
    await again.goto(page.url());
    await replayed(again);
    expect(await now(again)).toBe('0:00:04.6');
    expect(await again.locator('[aria-labelledby=pane-why] .chain li').count()).toBeGreaterThan(1);
    await again.close();
    await page.close();
  });

  it.skipIf(isMissing)(
    'fits a phone: pictures scroll in their places, with the moment in sight',
    async () => {
      for (const hash of ['', '#s-3', '#s-6&t=8000&lang=ja']) {
        const page = await opened(hash, { viewport: { width: 390, height: 844 } });
        if (hash !== '') await replayed(page);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect([hash, width]).toEqual([hash, 390]);
        for (const key of hash === '' ? [] : ['f', 'Shift+ArrowRight', 'Shift+ArrowRight']) {
          await page.keyboard.press(key);
          for (const picture of await page.locator('.wide:has(.cursor)').all())
            await expect
              .poll(async () => {
                const [place, cursor] = [picture, picture.locator('.cursor')].map((l) => l.boundingBox());
                const [{ x: from, width: wide }, { x }] = [(await place)!, (await cursor)!];
                return x >= from && x <= from + wide;
              })
              .toBe(true);
        }
        await page.close();
      }
    },
    120_000,
  );

  it.skipIf(isMissing)('names the fields of every fault in the language of the page', async () => {
    const page = await opened('#s-0&t=60000&lang=ja');
    await replayed(page);
    await page.getByRole('button', { name: /^ここで分岐/ }).click();
    const palette = page.locator('.palette');
    const kinds = palette.locator('select').first();
    for (const kind of await kinds.locator('optgroup option').all()) {
      const value = (await kind.getAttribute('value'))!;
      await kinds.selectOption(value);
      for (const label of await palette.locator('label').allTextContents())
        expect([value, label]).toEqual([
          value,
          expect.stringMatching(/^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]/u),
        ]);
    }
    await kinds.selectOption('NodesPartition');
    await palette.locator('.sentence.wrong', { hasText: '相手のノードを入れてください' }).waitFor();
    await palette.getByLabel('相手のノード').fill('node-2');
    await palette.locator('.sentence', { hasText: 'ノード"node-1"とノード"node-2"' }).waitFor();
    await page.close();
  });

  it.skipIf(isMissing)('speaks the other language when it is asked to', async () => {
    const page = await opened('#s-0');
    await replayed(page);
    await page.locator('.changes button', { hasText: 'tolerated the taint for 300 s' }).click();
    await page.getByRole('button', { name: '日本語' }).click();
    expect(await page.locator('#pane-why').innerText()).toBe('なぜ');
    expect(await page.locator('[aria-labelledby=pane-why] .chain li').first().innerText()).toContain('許容');
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('ja');
    expect(page.url()).toContain('lang=ja');
    await page.close();
  });

  it.skipIf(isMissing)('has nothing that axe-core finds fault with, light and dark', async () => {
    const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    for (const colorScheme of ['light', 'dark'] as const)
      for (const hash of ['', '#s-0&t=358145&e=64', '#s-3&lang=ja']) {
        const page = await opened(hash, { colorScheme });
        if (hash !== '') await replayed(page);
        await page.evaluate(axe);
        const found = await page.evaluate(async () => {
          const { violations } = await (
            globalThis as unknown as {
              axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
            }
          ).axe.run();
          return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 200)).join('\n')}`);
        });
        expect([colorScheme, hash, ...found]).toEqual([colorScheme, hash]);
        await page.close();
      }
  });

  it.skipIf(isMissing)('tells the story without scripts', async () => {
    const page = await opened('', { javaScriptEnabled: false });
    const text = await page.locator('#app').innerText();
    // As one reads it: the feature, the scenario, its steps with their times, what was printed and found.
    const story = [
      'The replacement runs on the other node',
      'When node "node-1" loses power',
      'within 30 seconds at least 1 pod matching "app=web" is serving',
    ].map((line) => text.indexOf(line));
    expect(story).toEqual([...story].sort((x, y) => x - y));
    expect(Math.min(...story)).toBeGreaterThanOrEqual(0);
    expect(text).toContain('0:05:58.1 → 0:06:01.3');
    expect(text).toContain('$ kubectl apply -f sample-deployment.yaml');
    const printed = pagesOf(await page.pdf()).join('');
    for (const line of ['When node "node-1" loses power', '$ kubectl apply -f sample-deployment.yaml'])
      expect(printed).toContain(squeezed(line));
    await page.close();
  });

  it.skipIf(isMissing)('prints every pane, with nothing closed and long texts whole', async () => {
    const page = await opened('#s-0&t=358145&e=64', { viewport: { width: 1500, height: 1000 } });
    await replayed(page);
    await page.getByLabel('kubectl, at this moment', { exact: true }).fill('kubectl describe nodes');
    await page.keyboard.press('Enter');
    await page.locator('.kubectl pre', { hasText: 'Allocated resources' }).waitFor();
    const closed = await page.locator('details:not([open])').count();
    expect(closed).toBeGreaterThan(2);
    const pages = pagesOf(await page.pdf());
    expect(await page.locator('details:not([open])').count()).toBe(closed);
    expect(pages.length).toBeGreaterThan(4);
    expect(pages.length).toBeLessThan(30);
    expect(pages.filter((text) => text === '')).toEqual([]);
    const printed = pages.join('');
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
      // Of what can be chosen the chosen is printed.
      for (const choice of document.querySelectorAll('select'))
        choice.replaceWith(document.createElement('br'));
    });
    await page.emulateMedia({ media: 'print' });
    const panes = await page.locator('section.pane').all();
    expect(panes.length).toBeGreaterThan(8);
    for (const pane of panes) {
      const lines = (await pane.innerText()).split('\n').map(squeezed);
      expect(lines.filter((line) => !printed.includes(line))).toEqual([]);
    }
    await page.close();
  });

  it.skipIf(isMissing)('lets nothing that was written act', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const page = await opened(javaScriptEnabled ? '#s-3' : '', { javaScriptEnabled });
      if (javaScriptEnabled) await replayed(page);
      const source = await page.content();
      expect(source).toBe(visible(source));
      expect(await page.locator('#app img, #app script, #app svg[onload], #app b').count()).toBe(0);
      if (javaScriptEnabled) {
        await page.getByLabel('kubectl, at this moment', { exact: true }).fill('kubectl get pod web -o yaml');
        await page.keyboard.press('Enter');
        await expect.poll(() => page.locator('.kubectl pre').innerText()).toContain('<img src=x');
        expect(await page.evaluate(() => 'pwned' in globalThis)).toBe(false);
        const printed = await page.locator('.kubectl pre').innerText();
        expect(printed).toBe(visible(printed));
      }
      await page.close();
    }
  });

  it.skipIf(isMissing)('has asked nobody for anything, and nothing went wrong', () => {
    expect(asked.filter((url) => !/^(file|blob|data):/.test(url))).toEqual([]);
    expect(wrong).toEqual([]);
  });
});
