/**
 * `npm run release-check`: what is too long for every test run. Checks are made of jobs, which are done side
 * by side, one a core. Prints a line a job, and in the end the table; exit 1 when a check fails. Names of
 * checks make those only.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Check, Plan } from './check.ts';
import { conformance } from './conformance.ts';
import { falseAlarms } from './falsealarms.ts';
import { fullDisk } from './fulldisk.ts';
import { fuzz } from './fuzz.ts';
import { killed } from './killed.ts';
import { inLanes, LANES } from './lanes.ts';
import { mutants } from './mutants.ts';
import { noticed } from './noticed.ts';
import { cpuOfChildren } from './processes.ts';
import { allFeatures } from './seeds.ts';
import { servedClients } from './servedclients.ts';
import { twoAtOnce } from './twoatonce.ts';

/** Those of the longest jobs first, so that no lane is left alone with one in the end. */
const CHECKS: readonly Check[] = [
  killed,
  allFeatures(20),
  falseAlarms,
  fuzz,
  servedClients,
  mutants,
  noticed,
  twoAtOnce,
  fullDisk,
  conformance,
];

/** A check under way. */
interface Course {
  readonly name: string;
  readonly plan: Plan;
  /** Seconds from the beginning of the release check; of all its jobs together, `work`. */
  from: number;
  to: number;
  work: number;
}

const start = performance.now();
const now = (): number => (performance.now() - start) / 1000;
const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !CHECKS.some((c) => c.name === name));
if (unknown.length > 0) {
  console.error(
    `release-check: there is no check ${unknown.join(', ')}; there are ` +
      `${CHECKS.map((c) => c.name).join(' · ')}`,
  );
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'seatrial-release-'));
const courses = CHECKS.filter(({ name }) => asked.length === 0 || asked.includes(name)).map(
  (check, i): Course => {
    const own = join(folder, String(i));
    mkdirSync(own);
    return { name: check.name, plan: check.plan(own), from: Number.POSITIVE_INFINITY, to: 0, work: 0 };
  },
);
try {
  await inLanes(
    courses.flatMap((course) =>
      course.plan.jobs.map((job) => async () => {
        const from = now();
        const said = await job.run();
        const to = now();
        course.from = Math.min(course.from, from);
        course.to = Math.max(course.to, to);
        course.work += to - from;
        const name = job.name === course.name ? course.name : `${course.name}, ${job.name}`;
        console.log(`${clock(to).padStart(6)}  ${name}: ${said} (${(to - from).toFixed(0)} s)`);
      }),
    ),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const verdicts = courses.map((course) => ({ ...course, ...course.plan.verdict() }));
for (const { name, details } of verdicts) for (const line of details) console.log(`\n── ${name}\n${line}`);

const width = Math.max(...verdicts.map((v) => v.name.length));
console.log(`\n${'check'.padEnd(width)}  result    from     to  work`);
for (const { name, ok, skipped, said, from, to, work } of verdicts) {
  const result = skipped === undefined ? (ok ? 'passed' : 'FAILED') : 'skipped';
  console.log(
    `${name.padEnd(width)}  ${result.padEnd(7)} ${clock(from).padStart(6)} ${clock(to).padStart(6)} ` +
      `${clock(work).padStart(6)}  ${skipped ?? said}`,
  );
}
const defects = verdicts.reduce((sum, v) => sum + v.defects, 0);
const cpu = cpuOfChildren();
console.log(
  `${clock(now())} on ${LANES} lanes${cpu === undefined ? '' : `, ${clock(cpu)} of CPU time`}; ` +
    `defects, traces and late answers: ${defects}`,
);
process.exitCode = verdicts.every((v) => v.ok) && defects === 0 ? 0 : 1;
