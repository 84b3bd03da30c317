/**
 * The test command: types, format, lint, dead code, architecture, unit and property tests, every feature.
 * Runs all of them even when one fails, and ends in `N passed, N failed` (each check, each test and each
 * scenario counts one).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const reports = join(root, 'reports');
const bin = (name: string): string => join(root, 'node_modules', '.bin', name);

let passed = 0;
let failed = 0;
const summary: string[] = [];

function run(title: string, command: string, args: string[]): boolean {
  console.log(`\n── ${title}`);
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (error !== undefined) console.error(`${title}: ${error.message}`);
  return status === 0;
}

function count(title: string, ok: number, bad: number): void {
  passed += ok;
  failed += bad;
  summary.push(`${title}: ${ok} passed, ${bad} failed`);
}

/** One check that passes or fails as a whole. */
function check(title: string, command: string, args: string[]): void {
  const ok = run(title, command, args);
  count(title, ok ? 1 : 0, ok ? 0 : 1);
}

function readJson(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

mkdirSync(reports, { recursive: true });
// First: what the commands under test run, and what is packed.
check('build', process.execPath, ['scripts/build/build.mjs']);
check('types', bin('tsc'), ['-p', '.']);
check('format', bin('biome'), ['format', '.']);
check('lint', bin('oxlint'), []);
check('dead code', bin('knip'), []);
check('architecture', process.execPath, ['--import', 'tsx', 'scripts/check-architecture.ts']);
check('generated files', process.execPath, ['--import', 'tsx', 'scripts/generate.ts', '--check']);
check('generated schemas', process.execPath, ['--import', 'tsx', 'scripts/generate-schema.ts', '--check']);

const unitFile = join(reports, 'unit.json');
rmSync(unitFile, { force: true });
const unitOk = run('unit and property tests', bin('vitest'), [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${unitFile}`,
]);
const unit = readJson(unitFile) as
  | { numPassedTests: number; numFailedTests: number; numFailedTestSuites: number }
  | undefined;
const unitFailed = unit?.numFailedTests ?? 0;
// A suite that does not load has no tests to count: it counts as one failure.
count('unit and property tests', unit?.numPassedTests ?? 0, unitOk ? unitFailed : Math.max(1, unitFailed));

const featureFile = join(reports, 'features.json');
rmSync(featureFile, { force: true });
const featuresOk = run('features', bin('cucumber-js'), ['--format', `json:${featureFile}`]);
interface FeatureReport {
  elements?: { type: string; steps: { result: { status: string } }[] }[];
}
const scenarios = ((readJson(featureFile) ?? []) as FeatureReport[])
  .flatMap((f) => f.elements ?? [])
  .filter((e) => e.type === 'scenario');
const good = scenarios.filter((s) => s.steps.every((step) => step.result.status === 'passed')).length;
count('features', good, featuresOk ? scenarios.length - good : Math.max(1, scenarios.length - good));

console.log(`\n${summary.join('\n')}\n\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
