/**
 * Makes the Allure site from the results of earlier runs, with allure-commandline; without Java it says how
 * to get it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { writeIndex } from '../src/report/indexpage.ts';

const root = resolve(import.meta.dirname, '..');
const results = join(root, 'reports', 'allure-results');
const site = join(root, 'reports', 'allure-report');

if (!existsSync(results) || readdirSync(results).length === 0) {
  console.error('no Allure results yet: run `npm start` or `npm test` first');
  process.exitCode = 2;
} else if (spawnSync('java', ['-version'], { stdio: 'ignore' }).status !== 0) {
  console.error(
    'Allure needs Java (8 or later), and no `java` was found.\n' +
      'Get it with `apt-get install default-jre-headless` (Debian, Ubuntu), `brew install openjdk` ' +
      '(macOS) or from https://adoptium.net,\n' +
      'then run `npm run allure` again. Everything else works without it.',
  );
  process.exitCode = 2;
} else {
  const allure = join(root, 'node_modules', '.bin', 'allure');
  const { status } = spawnSync(allure, ['generate', '--clean', '--single-file', results, '-o', site], {
    stdio: 'inherit',
    env: { ...process.env, ALLURE_NO_ANALYTICS: 'true' },
  });
  process.exitCode = status ?? 1;
  if (status === 0) {
    writeIndex(join(root, 'reports'));
    console.log(`open ${join(site, 'index.html')}`);
  }
}
