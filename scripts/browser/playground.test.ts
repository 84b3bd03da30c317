/** The playground as whoever plays in it uses it: clicked, dragged, typed at, saved, played again in Node. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFeature } from '../../src/dsl/feature.ts';
import { LANGUAGE } from '../../src/dsl/phrases/index.ts';
import { playScenario } from '../../src/dsl/playfeature.ts';
import { filesOf } from '../../src/dsl/scenario.ts';
import { ROOT } from '../package/packed.ts';
import { BROWSERS, isInstalled, pathOf } from './browsers.ts';

/** Of all that is fetched until somebody can play, compressed; and how long that takes. */
const FIRST_BYTES = 290_000;
const FIRST_MS = 2000;

const chromiumHere = BROWSERS.find((b) => b.name === 'Chromium')!;

const SHOP = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx, ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;

describe.skipIf(!isInstalled(chromiumHere))('the playground in Chromium', () => {
  let server: ChildProcess;
  let url = '';
  let browser: Browser;
  let context: BrowserContext;
  beforeAll(async () => {
    server = spawn(process.execPath, [join(ROOT, 'bin', 'seatrial.mjs'), 'play', '--port', '0'], {
      cwd: ROOT,
    });
    url = await new Promise((resolve, reject) => {
      let said = '';
      const take = (piece: Buffer): void => {
        said += piece.toString();
        const found = /http:\S+/.exec(said)?.[0];
        if (found !== undefined) resolve(found);
      };
      server.stdout!.on('data', take);
      server.stderr!.on('data', take);
      server.once('exit', () => reject(new Error(said)));
    });
    browser = await chromium.launch({ executablePath: pathOf(chromiumHere)!, args: ['--no-sandbox'] });
    context = await browser.newContext({ viewport: { width: 1500, height: 1000 }, locale: 'en-US' });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    server?.kill();
  });

  /** A page that can be played in. @param errors what goes wrong in it */
  async function open(hash = '', errors: string[] = []): Promise<Page> {
    const page = await context.newPage();
    page.on('pageerror', (e) => errors.push(String(e)));
    page.on('console', (m) => {
      if (m.type() === 'error') errors.push(m.text());
    });
    await page.goto(url + hash);
    await page.waitForSelector('body[data-ready]');
    return page;
  }

  const type = async (page: Page, line: string): Promise<void> => {
    const asked = await page.locator('.shell .prompt').count();
    await page.fill('#line', line);
    await page.press('#line', 'Enter');
    await page.waitForFunction((n) => document.querySelectorAll('.shell .prompt').length > n, asked);
  };
  const answers = (page: Page): Promise<string> => page.locator('.shell pre').innerText();

  /** The hash that the page names, and that of the saved feature played in Node. */
  async function saved(page: Page): Promise<{ page: string; node: string; feature: string }> {
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('#save')]);
    await page.waitForSelector('body[data-hash]');
    const feature = readFileSync((await download.path())!, 'utf8');
    const [scenario] = readFeature(feature, 'saved.feature');
    return {
      page: (await page.locator('body').getAttribute('data-hash'))!,
      node: playScenario(scenario!, { files: filesOf({}) }).cluster.hash(),
      feature,
    };
  }

  it(`can be played in after ${FIRST_BYTES} bytes and ${FIRST_MS} ms`, async () => {
    const times: number[] = [];
    let bytes = 0;
    for (let i = 0; i < 5 && !(Math.min(...times) <= FIRST_MS); i += 1) {
      const fresh = await browser.newContext();
      const page = await fresh.newPage();
      const bodies: Promise<Buffer>[] = [];
      page.on('response', (r) => bodies.push(r.body().catch(() => Buffer.alloc(0))));
      // What comes behind the first picture does not come at all: it is not needed for that.
      await fresh.route(/\/(page|worker)\/|\/levels-/, () => undefined);
      const from = Date.now();
      await page.goto(url);
      await page.waitForSelector('body[data-ready]');
      await page.waitForSelector('svg .label.node');
      times.push(Date.now() - from);
      bytes = (await Promise.all([...bodies])).reduce((sum, b) => sum + gzipSync(b, { level: 9 }).length, 0);
      await fresh.close();
    }
    console.log(`playground: ${bytes} bytes, ${times.join(', ')} ms`);
    expect(bytes).toBeLessThanOrEqual(FIRST_BYTES);
    expect(Math.min(...times)).toBeLessThanOrEqual(FIRST_MS);
  }, 120_000);

  it('plays a level to its goals by clicks: a fault that is dragged onto a node', async () => {
    const errors: string[] = [];
    const page = await open('', errors);
    await page.waitForSelector('#levels option[value="08-maintenance"]', { state: 'attached' });
    await page.selectOption('#levels', '08-maintenance');
    await page.waitForSelector('body[data-ready="08-maintenance"]');
    await page.click('#hint');
    expect(await page.locator('.hints').innerText()).toContain('kubectl drain');
    await page.click('.shelf summary');
    await page.locator('[data-fault="NodeDrain"]').dragTo(page.locator('[data-target="node-1"]').first());
    await page.waitForFunction(
      () => document.querySelector('.sentence')?.textContent === 'node "node-1" is drained',
    );
    await page.click('.palette button[type=submit]');
    await page.click('#settle');
    await page.waitForSelector('#won');
    expect(await page.locator('.stars').innerText()).toContain('★');
    const { page: hash, node, feature } = await saved(page);
    expect(node).toBe(hash);
    expect(feature).toContain('When node "node-1" is drained');
    expect(errors).toEqual([]);
    await page.close();
  }, 120_000);

  it('plays one by the palette alone, and one by the terminal with Tab and history', async () => {
    const page = await open('#level=10-no-room');
    await page.selectOption('.palette select', 'NodeUncordon');
    await page.locator('.palette input').first().fill('node-2');
    await page.click('.palette button[type=submit]');
    await page.click('#settle');
    await page.waitForSelector('#won');
    const first = await saved(page);
    expect(first.node).toBe(first.page);

    await page.goto('about:blank');
    const other = await open('#level=02-more-of-the-same');
    await type(other, 'get pods');
    await other.fill('#line', 'scale deploy');
    await other.press('#line', 'Tab');
    await other.waitForFunction(() =>
      document.querySelector<HTMLInputElement>('#line')!.value.includes('deployments'),
    );
    await type(other, 'scale deployment web --replicas=4');
    await other.press('#line', 'ArrowUp');
    await other.press('#line', 'ArrowUp');
    expect(await other.inputValue('#line')).toBe('get pods');
    await other.selectOption('.clockbar select', '100');
    await other.click('#run');
    await other.waitForSelector('#won');
    const second = await saved(other);
    expect(second.node).toBe(second.page);
    await page.close();
    await other.close();
  }, 120_000);

  it('goes back, forks, follows causes, and is shared by its address', async () => {
    const page = await open();
    await type(page, 'kubectl create deployment web --image=nginx --replicas=2');
    await page.click('#settle');
    await page.waitForSelector('#run');
    await type(page, 'fault node node-1 loses power');
    await type(page, 'wait 2m');
    await type(page, 'why node/node-1');
    expect(await answers(page)).toContain('node-1 lost power');
    await page.locator('.changes button', { hasText: 'No heartbeat' }).first().click();
    expect(await page.locator('.chain').innerText()).toContain('lost power');
    await page.click('#share');
    await page.waitForFunction(() => location.hash.startsWith('#play='));
    const first = await saved(page);
    const again = await open(await page.evaluate(() => location.hash));
    const second = await saved(again);
    expect([second.page, second.node]).toEqual([first.page, first.page]);
    await page.locator('input.seek').fill('0');
    await page.click('#rewind');
    await page.waitForFunction(() => document.querySelector('.now')?.textContent === '0:00:00');
    expect(await page.locator('.steps').innerText()).not.toContain('power');
    await page.close();
    await again.close();
  }, 120_000);

  it('edits manifests with errors at their place, and finds what breaks them', async () => {
    const page = await open();
    await page.click('#open-editor');
    const editor = page.locator('.cm-content');
    await editor.waitFor();
    await editor.fill(SHOP.replace('replicas: 1', 'replicas: many'));
    await page.click('#apply');
    await page.waitForFunction(() => document.querySelector('.said')?.textContent?.includes('replicas'));
    await page.waitForSelector('.cm-lint-marker-error');
    await editor.fill(SHOP);
    await page.click('#apply');
    await page.waitForFunction(() => document.querySelector('.said')?.textContent === 'applied');
    await page.click('#settle');
    await page.waitForSelector('#run');
    await page.click('#break');
    await page.waitForSelector('#play-found', { timeout: 60_000 });
    await page.click('#play-found');
    await page.waitForFunction(() => document.querySelectorAll('.steps .step').length > 3);
    await page.close();
  }, 120_000);

  it('shows what is hostile, and does nothing that it says', async () => {
    const errors: string[] = [];
    const page = await open('', errors);
    const markup = '</script><img src=x onerror=window.pwned=1>\\u202e\\u001b[2J';
    const hostile = SHOP.replace(
      'metadata: {name: web}',
      `metadata: {name: web, annotations: {note: "${markup}"}}`,
    );
    await page.click('#open-editor');
    await page.locator('.cm-content').fill(hostile);
    await page.click('#apply');
    await page.waitForFunction(() => document.querySelector('.said')?.textContent === 'applied');
    await type(page, 'kubectl get deployment web -o jsonpath={.metadata.annotations.note}');
    await type(page, '<img src=x onerror=window.pwned=2>');
    expect(await answers(page)).toContain('<img src=x onerror=window.pwned=1>\\u202e\\u001b[2J');
    expect(await page.evaluate(() => (window as { pwned?: number }).pwned)).toBeUndefined();
    expect(errors).toEqual([]);
    await page.close();
  }, 120_000);

  it('speaks both languages, is used by keyboard, and axe-core finds nothing to complain of', async () => {
    const page = await open('#level=03-nobody-home');
    const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    const look = async (): Promise<string[]> => {
      await page.evaluate(axe);
      return await page.evaluate(async () => {
        const { axe: checker } = globalThis as unknown as {
          axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        };
        const { violations } = await checker.run();
        return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 120)).join(' | ')}`);
      });
    };
    await page.focus('#line');
    await page.keyboard.type('get pods');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('.shell pre')?.textContent?.includes('READY'));
    await page.keyboard.press('Shift+Tab');
    expect(await page.evaluate(() => document.activeElement?.id)).not.toBe('line');
    expect(await look()).toEqual([]);
    await page.click('.language');
    await page.waitForFunction(
      () => document.querySelector('#pane-level')?.textContent === 'だれもいないService',
    );
    expect(await page.locator('h1').innerText()).toBe('プレイグラウンド');
    expect(await page.locator('.steps').innerText()).toContain(
      LANGUAGE.render({ op: 'everyPodReady' }, 'ja').text,
    );
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await look()).toEqual([]);
    await page.click('.language');
    await page.close();
  }, 120_000);
});
