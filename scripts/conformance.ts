/** Prints the table of conformance cases: area, cases, agree, differ. Exit 1 when any differs. */
import { runCases } from '../src/conformance/cases/run.ts';

const rows = runCases();
const total = { area: 'all', cases: 0, agree: 0, differ: 0 };
for (const r of rows) {
  total.cases += r.cases;
  total.agree += r.agree;
  total.differ += r.differences.length;
}
const width = Math.max(...rows.map((r) => r.area.length), 4);
const line = (area: string, cases: unknown, agree: unknown, differ: unknown): string =>
  `${area.padEnd(width)}  ${String(cases).padStart(5)}  ${String(agree).padStart(5)}  ` +
  `${String(differ).padStart(6)}`;
console.log(line('area', 'cases', 'agree', 'differ'));
for (const r of rows) console.log(line(r.area, r.cases, r.agree, r.differences.length));
console.log(line(total.area, total.cases, total.agree, total.differ));
for (const r of rows) {
  for (const d of r.differences) {
    console.log(
      `\n${r.area}: ${d.name} (${r.source})\n  expected ${JSON.stringify(d.expected)}\n  got      ` +
        `${JSON.stringify(d.actual)}`,
    );
  }
}
process.exitCode = total.differ === 0 && total.cases > 0 ? 0 : 1;
