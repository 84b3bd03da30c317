/**
 * `allure.ts [folder]`: makes the Allure site from the results of the last run, with allure-commandline, and
 * keeps what it says of runs before: a test's earlier results, and how many failed from run to run. Without
 * Java it says how to get it.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { writeIndex } from '../src/report/indexpage.ts';

const root = resolve(import.meta.dirname, '..');
/** What runs write into. */
const reports = resolve(process.argv[2] ?? join(root, 'reports'));
const results = join(reports, 'allure-results');
const site = join(reports, 'allure-report');
/** Of runs whose site was made. */
const history = join(reports, 'allure-history');

/** @returns Allure's exit code */
function generate(into: string, ...options: readonly string[]): number {
  const allure = join(root, 'node_modules', '.bin', 'allure');
  const { status } = spawnSync(allure, ['generate', '--clean', ...options, results, '-o', into], {
    stdio: 'inherit',
    env: { ...process.env, ALLURE_NO_ANALYTICS: 'true' },
  });
  return status ?? 1;
}

/** What the site says of earlier runs stands beside the results; what the next one will, beside them all. */
function carryHistoryOn(): number {
  const beside = join(results, 'history');
  rmSync(beside, { recursive: true, force: true });
  if (existsSync(history)) cpSync(history, beside, { recursive: true });
  // A site in one file keeps its history to itself.
  const folder = mkdtempSync(join(tmpdir(), 'seatrial-allure-'));
  try {
    const code = generate(folder);
    if (code !== 0) return code;
    rmSync(history, { recursive: true, force: true });
    cpSync(join(folder, 'history'), history, { recursive: true });
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

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
  const carried = carryHistoryOn();
  process.exitCode = carried === 0 ? generate(site, '--single-file') : carried;
  if (process.exitCode === 0) {
    writeIndex(reports);
    console.log(`open ${join(site, 'index.html')}`);
  }
}
