/**
 * `npm run release-check`: what is too long for every test run. Prints a line a check, and in the end the
 * table; exit 1 when one fails. Names of checks make those only.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Check, Verdict } from './check.ts';
import { falseAlarms } from './falsealarms.ts';
import { fullDisk } from './fulldisk.ts';
import { fuzz } from './fuzz.ts';
import { killed } from './killed.ts';
import { twoAtOnce } from './twoatonce.ts';

const root = join(import.meta.dirname, '..', '..');

/** A script of its own, whose last line says what it came to. */
const script = (name: string, file: string): Check => ({
  name,
  run: async () =>
    new Promise<Verdict>((resolve, reject) => {
      const child = spawn(process.execPath, ['--import', 'tsx', join('scripts', file)], {
        cwd: root,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let output = '';
      child.stdout.on('data', (part: Buffer) => (output += part.toString()));
      child.on('error', reject);
      child.on('close', (code) => {
        const lines = output.trimEnd().split('\n');
        resolve({
          ok: code === 0,
          said: lines[lines.length - 1]!.trim(),
          details: code === 0 ? [] : lines.slice(-60),
        });
      });
    }),
});

const CHECKS: readonly Check[] = [
  script('features, seeds 1 to 20', 'features-seeds.ts'),
  falseAlarms,
  fuzz,
  killed,
  fullDisk,
  twoAtOnce,
  script('mutants', 'mutants.ts'),
  script('conformance', 'conformance.ts'),
];

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !CHECKS.some((c) => c.name === name));
if (unknown.length > 0) {
  console.error(
    `release-check: there is no check ${unknown.join(', ')}; there are ${CHECKS.map((c) => c.name).join(' · ')}`,
  );
  process.exit(2);
}

const rows: { name: string; verdict: Verdict; seconds: number }[] = [];
const folder = mkdtempSync(join(tmpdir(), 'seatrial-release-'));
try {
  for (const [i, check] of CHECKS.entries()) {
    if (asked.length > 0 && !asked.includes(check.name)) continue;
    console.log(`── ${check.name}`);
    const own = join(folder, String(i));
    mkdirSync(own);
    const start = performance.now();
    const verdict = await check.run(own);
    rows.push({ name: check.name, verdict, seconds: (performance.now() - start) / 1000 });
    for (const line of verdict.details) console.log(`  ${line}`);
    console.log(`  ${verdict.said}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const width = Math.max(...rows.map((r) => r.name.length));
console.log('');
for (const { name, verdict, seconds } of rows) {
  const result = verdict.skipped === undefined ? (verdict.ok ? 'passed' : 'FAILED') : 'skipped';
  console.log(
    `${name.padEnd(width)}  ${result}  ${seconds.toFixed(0).padStart(5)} s  ${verdict.skipped ?? verdict.said}`,
  );
}
const defects = rows
  .flatMap((r) => r.verdict.details)
  .filter((d) => d.includes('a defect of Seatrial')).length;
console.log(`messages of defects: ${defects}`);
process.exitCode = rows.every((r) => r.verdict.ok) && defects === 0 ? 0 : 1;
