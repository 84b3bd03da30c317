/**
 * The test command: types, format, lint, dead code, architecture, unit and property tests, every feature.
 * Runs all of them even when one fails, and ends in `N passed, N failed` (each check, each test and each
 * scenario counts one).
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const reports = join(root, 'reports');
const bin = (name: string): string => join(root, 'node_modules', '.bin', name);

let passed = 0;
let failed = 0;
const summary: string[] = [];

/**
 * Runs a command to its end. Beside others its output is kept until then.
 * @returns whether it ended well
 */
async function run(title: string, command: string, args: string[], shown?: 'live'): Promise<boolean> {
  const heading = `\n── ${title}\n`;
  if (shown === 'live') process.stdout.write(heading);
  const stdio = shown === 'live' ? 'inherit' : 'pipe';
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', stdio, stdio] });
  let output = heading;
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  let ok = false;
  try {
    ok = ((await once(child, 'close')) as [number | null])[0] === 0;
  } catch (error) {
    console.error(`${title}: ${(error as Error).message}`);
  }
  if (shown !== 'live') process.stdout.write(output);
  return ok;
}

function count(title: string, ok: number, bad: number): void {
  passed += ok;
  failed += bad;
  summary.push(`${title}: ${ok} passed, ${bad} failed`);
}

/** One check that passes or fails as a whole. */
async function check(title: string, command: string, args: string[]): Promise<void> {
  const ok = await run(title, command, args);
  count(title, ok ? 1 : 0, ok ? 0 : 1);
}

function readJson(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

async function checks(): Promise<void> {
  await check('types', bin('tsc'), ['-p', '.']);
  await check('format', bin('biome'), ['format', '.']);
  await check('lint', bin('oxlint'), []);
  await check('dead code', bin('knip'), []);
  await check('architecture', process.execPath, ['--import', 'tsx', 'scripts/check-architecture.ts']);
  await check('generated files', process.execPath, ['--import', 'tsx', 'scripts/generate.ts', '--check']);
  await check('generated schemas', process.execPath, [
    '--import',
    'tsx',
    'scripts/generate-schema.ts',
    '--check',
  ]);
}

async function unitTests(): Promise<void> {
  const file = join(reports, 'unit.json');
  rmSync(file, { force: true });
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const ok = await run('unit and property tests', bin('vitest'), args, 'live');
  const unit = readJson(file) as { numPassedTests: number; numFailedTests: number } | undefined;
  const bad = unit?.numFailedTests ?? 0;
  // A suite that does not load has no tests to count: it counts as one failure.
  count('unit and property tests', unit?.numPassedTests ?? 0, ok ? bad : Math.max(1, bad));
}

interface FeatureReport {
  elements?: { type: string; steps: { result: { status: string } }[] }[];
}

async function features(): Promise<void> {
  const file = join(reports, 'features.json');
  rmSync(file, { force: true });
  const ok = await run('features', bin('cucumber-js'), ['--format', `json:${file}`]);
  const scenarios = ((readJson(file) ?? []) as FeatureReport[])
    .flatMap((f) => f.elements ?? [])
    .filter((e) => e.type === 'scenario');
  const good = scenarios.filter((s) => s.steps.every((step) => step.result.status === 'passed')).length;
  const bad = scenarios.length - good;
  count('features', good, ok ? bad : Math.max(1, bad));
}

mkdirSync(reports, { recursive: true });
// First: what the commands under test run, and what is packed.
await check('build', process.execPath, ['scripts/build/build.mjs']);
// The features have one core to themselves, as the checks have; the tests take all there are.
await Promise.all([checks(), features()]);
await unitTests();

console.log(`\n${summary.join('\n')}\n\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
