/** The training report in Firefox, opened from disk: every pane is clicked, as whoever gets it would. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../package/packed.ts';
import { isInstalled } from './browsers.ts';
import { firefox, type FirefoxPage, KEYS, openFirefox } from './firefox.ts';

const isMissing = !isInstalled(firefox);

describe.skipIf(isMissing)(`the report in Firefox${isMissing ? ` (no ${firefox.command} here)` : ''}`, () => {
  let folder = '';
  let report = '';
  let page: FirefoxPage;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'seatrial-firefox-report-'));
    const file = join(folder, 'report.html');
    execFileSync(
      process.execPath,
      [
        join(ROOT, 'bin', 'seatrial.mjs'),
        'run',
        'features/services/services.feature',
        'features/exercises/predict.feature',
        '--report',
        file,
        '--reports',
        join(folder, 'reports'),
      ],
      { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    report = pathToFileURL(file).href;
    page = await openFirefox(1500, 1000);
  });
  afterAll(async () => {
    await page?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const now = (): Promise<string> => page.text('.now');
  const pane = (name: string): string => `[aria-labelledby=pane-${name}]`;

  it('is clicked through, pane by pane', async () => {
    await page.goto(report);
    await page.click('.scenarios a', 'Requests to a dead node');
    await page.text('[data-standing=replayed]');
    const clicked = new Set<string>();
    const at = (name: string): string => pane(clicked.add(name) && name);

    await page.click(`${at('story')} .said`, 'loses power');
    const struck = await now();
    expect(struck).toMatch(/^0:00:06/);
    expect(await page.count(`${pane('why')} .chain li`)).toBe(1);

    await page.click(`${at('changes')} button`, 'No heartbeat of node node-1');
    const broken = await now();
    expect(await page.text(`${at('why')} .difference`)).toContain(
      '+ status.conditions[Ready].status: "Unknown"',
    );
    const links = await page.count(`${pane('why')} .chain li`);
    await page.click(`${pane('why')} .chain li:nth-child(${links}) button`);
    expect(await now()).toBe(struck);

    await page.click(`${at('lanes')} .bar .state.unknown`);
    expect(await now()).toBe(broken);
    await page.click(`${pane('lanes')} summary`);
    await page.click(`${pane('lanes')} tbody button`, struck);
    expect(await now()).toBe(struck);
    await page.text(`${pane('lanes')} .hint`, '180 sent, 19 failed');
    expect(await page.count(`${pane('lanes')} svg[aria-label="Deployment nginx-deployment"] .outage`)).toBe(
      1,
    );

    await page.goto(`${report}#s-2&t=8000`);
    await page.text(`${at('cluster')} .way.lost`);
    expect(await page.count(`${pane('cluster')} .badge`)).toBe(3);
    await page.click(`${pane('cluster')} summary`);
    await page.text(`${pane('cluster')} details[open] td`, 'timed out');

    await page.fill(
      `${at('kubectl')} input`,
      'kubectl get node node-1 -o jsonpath={.status.conditions[-1].status}',
    );
    await page.press([KEYS.Enter]);
    // Nobody has missed its heartbeat yet.
    await page.text(`${pane('kubectl')} pre`, 'True');

    await page.click(`${at('events')} tbody button`);
    expect(await now()).not.toBe('0:00:08');
    await page.evaluate(`(() => {
      const kind = document.querySelector('${at('objects')} select');
      kind.value = 'Node';
      kind.dispatchEvent(new Event('change', { bubbles: true }));
    })()`);
    await page.text(`${pane('objects')} .yaml`, 'name: node-1');
    await page.click(`${pane('objects')} button`, 'Why');
    expect(await page.text(`${pane('why')} .chain`)).toContain('node-1');

    await page.click(`${at('whatif')} button`, 'Fork here');
    await page.text(`${pane('whatif')} .sentence`, 'node "node-1" loses power');
    await page.fill(`${pane('whatif')} input`, 'node-2');
    await page.text(`${pane('whatif')} .sentence`, 'node "node-2" loses power');
    await page.click(`${pane('whatif')} button`, 'let it happen');
    await page.click(`${pane('whatif')} button`, '+1 minute');
    await page.text(`${pane('whatif')} svg[aria-label="What if"] .state.off`, '');
    await page.click(`${pane('whatif')} button`, 'save as a .feature');
    await page.text(`${pane('whatif')} .saved pre`, 'node "node-2" loses power');

    const panes = await page.evaluate<string[]>(
      `[...document.querySelectorAll('section.pane h2')].map((h) => h.id.replace('pane-', ''))`,
    );
    expect([...clicked].sort()).toEqual([...panes].sort());
  });

  it('goes by keyboard, and speaks the other language', async () => {
    await page.goto('about:blank');
    await page.goto(`${report}#s-2`);
    await page.text('[data-standing=replayed]');
    await page.press(['f']);
    const struck = await now();
    expect(struck).toMatch(/^0:00:06/);
    await page.press([KEYS.Right]);
    const after = await page.evaluate<string>('location.hash');
    await page.press([KEYS.Left]);
    expect(await page.evaluate<string>('location.hash')).not.toBe(after);
    await page.press([KEYS.Right], [KEYS.Shift]);
    expect(await now()).not.toBe(struck);
    await page.press(['/', ...'heartbeat']);
    await page.press([KEYS.Tab, KEYS.Tab]);
    // Without a screen its window is never in front, and keys press no button there.
    expect(await page.evaluate<string>('document.activeElement.textContent')).toContain('heartbeat');
    await page.evaluate('document.activeElement.click()');
    await page.text(`${pane('why')} .chain li:first-child`, 'heartbeat');
    await page.click('.language');
    await page.text('#pane-why', 'なぜ');
    await page.text(`${pane('why')} .chain li:first-child`, 'ハートビート');
  });

  it('asks what will come of a fault', async () => {
    await page.goto('about:blank');
    await page.goto(`${report}#s-3&lang=en`);
    await page.text('.exercise fieldset');
    const questions = await page.count('.exercise fieldset');
    expect(questions).toBe(3);
    for (let i = 1; i <= questions; i += 1) await page.click(`.exercise fieldset:nth-of-type(${i}) label`);
    await page.click('.exercise button', 'see what happens');
    await page.text('.exercise .answer', 'The run says');
    expect(await page.count('.exercise .answer')).toBe(3);
  });

  it('has asked nobody for anything, and nothing went wrong', () => {
    expect(page.asked.filter((url) => !/^(file|blob|data|about):/.test(url))).toEqual([]);
    expect(page.wrong).toEqual([]);
  });
});
