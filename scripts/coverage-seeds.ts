/**
 * `npm run coverage:seeds`: each row of the documents with its scenarios, in English and where the document
 * is Japanese in Japanese too, and how they ended; fails where a row has none, or one that failed.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isBad, type RunRecord } from '../src/report/record.ts';
import { seatrialOnAll, told } from './release/processes.ts';

const ROWS = Array.from({ length: 24 }, (_, i) => `S${i + 1}`);

/** Rows whose document is told in Japanese. */
const JAPANESE = new Set(['S2', 'S3', 'S4', 'S5', 'S6', 'S8', 'S13', 'S14', 'S16', 'S17', 'S18', 'S19']);

const folder = mkdtempSync(join(tmpdir(), 'seatrial-coverage-'));
try {
  const json = join(folder, 'run.json');
  const tags = ROWS.map((row) => `@${row}`).join(' or ');
  const ended = await seatrialOnAll(
    ['run', 'features', '--tags', tags].concat('--reports', folder, '--json', json),
  );
  if (ended.code !== 0 && ended.code !== 1) {
    console.error(told(ended));
    process.exitCode = ended.code ?? 1;
  } else {
    const { features } = JSON.parse(readFileSync(json, 'utf8')) as RunRecord;
    const played = features.flatMap(({ language, scenarios }) =>
      scenarios.map((scenario) => ({ language, scenario })),
    );
    let lacking = 0;
    let failed = 0;
    for (const row of ROWS)
      for (const language of JAPANESE.has(row) ? ['en', 'ja'] : ['en']) {
        const of = played.filter((p) => p.language === language && p.scenario.tags.includes(`@${row}`));
        console.log(`${row} (${language}): ${of.length === 0 ? 'no scenario' : `${of.length} scenarios`}`);
        if (of.length === 0) lacking += 1;
        for (const { scenario } of of) {
          if (isBad(scenario.result)) failed += 1;
          console.log(`  ${scenario.result.padEnd(7)} ${scenario.id}  ${scenario.name}`);
        }
      }
    console.log(`${lacking} rows without a scenario, ${failed} scenarios failed`);
    process.exitCode = lacking + failed > 0 ? 1 : 0;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
