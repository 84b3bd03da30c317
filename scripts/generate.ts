/**
 * Writes what follows from the families in `src/dsl` and from the catalogues: the step definitions under
 * `steps/en` and `steps/ja`, pages of the documentation, the schema of schedules, and the editor's parameter
 * types. `--check` writes nothing, names what is out of date, and exits with 1.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { faultsPage } from '../src/chaos/page.ts';
import { scheduleSchema } from '../src/chaos/scheduleschema.ts';
import { japanesePage, languagePage } from '../src/dsl/page.ts';
import { LANGUAGE } from '../src/dsl/phrases/index.ts';
import { PARAMETERS } from '../src/dsl/phrases/parameters.ts';
import type { Keyword, Language } from '../src/dsl/phrases/phrase.ts';
import type { Sentences } from '../src/dsl/phrases/vocabulary.ts';
import { fixedBy } from '../src/failures/failure.ts';
import { FAILURES, libraryIn } from '../src/cli/failures/library.ts';
import { failuresPage } from '../src/failures/page.ts';
import { simulatedPage } from '../src/dsl/simulatedpage.ts';
import { invariantsPage } from '../src/invariants/page.ts';
import { kubectlPage } from '../src/kubectl/page.ts';
import { realClientWords } from '../src/serve/front/realclient.ts';
import { imagesPage } from '../src/sim/node/images/page.ts';
import { RESOURCES } from '../src/sim/api/resources/index.ts';

const root = join(import.meta.dirname, '..');

/** A step definition: its literal expression, which the editor finds, and the function that plays it. */
interface Definition {
  readonly keyword: Keyword;
  readonly expression: string;
  readonly step: string;
}

/** As the formatter has it. */
const formatted = (lines: readonly string[]): string =>
  execFileSync(join(root, 'node_modules/.bin/biome'), ['format', '--stdin-file-path=steps/steps.ts'], {
    cwd: root,
    input: lines.join('\n'),
    encoding: 'utf8',
  });

const quoted = (text: string): string => `'${text.replace(/'/g, "\\'")}'`;

/** @param what the function of `steps/step.ts` that knows these sentences */
const definitions = (
  sentences: Sentences,
  what: 'operation' | 'claim' | 'fault',
  language: Language,
): Definition[] =>
  [...sentences].flatMap(([name, ofFamily]) =>
    ofFamily.flatMap((sentence, i) =>
      (language === 'en' ? [sentence.en] : [sentence.ja, ...sentence.jaToo]).map(
        ({ keyword, expression }, way) => {
          const which = way > 0 ? [i, way] : i > 0 ? [i] : [];
          return { keyword, expression, step: `${language}.${what}(${[quoted(name), ...which].join(', ')})` };
        },
      ),
    ),
  );

/** The step files of a language by their names. */
function steps(language: Language): Record<string, string> {
  const operations = definitions(LANGUAGE.operations, 'operation', language);
  const faults = definitions(LANGUAGE.faults, 'fault', language);
  const claims = definitions(LANGUAGE.claims, 'claim', language);
  // Cucumber takes an expression once: what is an order after `When` and a claim after `Then` is both.
  const claimed = new Map(claims.map((c) => [c.expression, c]));
  const orders = faults.map((order) => {
    const claim = claimed.get(order.expression);
    if (claim !== undefined) claimed.delete(order.expression);
    return claim === undefined ? order : { ...order, step: `either(${order.step}, ${claim.step})` };
  });
  const file = (subject: string, from: string, lines: readonly Definition[]): string => {
    const keywords = [...new Set(lines.map((l) => l.keyword))].join(', ');
    const either = lines.some((l) => l.step.startsWith('either(')) ? 'either, ' : '';
    return formatted([
      `/** ${subject}, written by \`npm run generate\` from ${from}. */`,
      `import { ${keywords} } from '@cucumber/cucumber';`,
      `import { ${either}${language} } from '../step.ts';`,
      '',
      ...lines.map((l) => `${l.keyword}(${quoted(l.expression)}, ${l.step});`),
      '',
    ]);
  };
  const under = (keyword: Keyword): Definition[] => operations.filter((o) => o.keyword === keyword);
  return {
    [`steps/${language}/setup.ts`]: file('Steps that set the scene', 'src/dsl/operations', under('Given')),
    [`steps/${language}/actions.ts`]: file('Steps of what happens', 'src/dsl/operations', under('When')),
    [`steps/${language}/faults.ts`]: file('Steps of faults', 'src/chaos/faults', orders),
    [`steps/${language}/claims.ts`]: file('Steps that claim', 'src/dsl/claims and operations', [
      ...under('Then'),
      ...claimed.values(),
    ]),
  };
}

function editor(): string {
  const settings = JSON.parse(readFileSync(join(root, '.vscode/settings.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  const types = Object.values(PARAMETERS).map((p) => ({ name: p.name, regexp: p.pattern }));
  return `${JSON.stringify({ ...settings, 'cucumber.parameterTypes': types }, undefined, 2)}\n`;
}

/** What edits make of the manifests of known failures, by their files. */
const library = libraryIn(FAILURES);
const fixes = Object.fromEntries(
  library
    .filter((f) => f.edits.length > 0)
    .map((failure) => [`failures/${failure.name}/fixed.yaml`, fixedBy(failure)]),
);

/** Families that only runs have whose clusters are served. */
const served = [realClientWords];

const files: Readonly<Record<string, string>> = {
  ...steps('en'),
  ...steps('ja'),
  'docs/language.md': languagePage(served),
  'docs/language-ja.md': japanesePage(served),
  ...fixes,
  'docs/failures.md': failuresPage(library),
  'docs/faults.md': faultsPage(),
  'docs/images.md': imagesPage(),
  'docs/invariants.md': invariantsPage(),
  'docs/kubectl.md': kubectlPage(),
  'docs/simulated.md': simulatedPage(RESOURCES),
  'docs/schedule.schema.json': `${JSON.stringify(scheduleSchema(), undefined, 1)}\n`,
  '.vscode/settings.json': editor(),
};

const check = process.argv.includes('--check');
for (const [path, text] of Object.entries(files)) {
  const at = join(root, path);
  if (existsSync(at) && readFileSync(at, 'utf8') === text) continue;
  if (check) {
    console.error(`${path} is not what it follows from: run npm run generate`);
    process.exitCode = 1;
    continue;
  }
  mkdirSync(dirname(at), { recursive: true });
  writeFileSync(at, text);
  console.log(`wrote ${path}`);
}
