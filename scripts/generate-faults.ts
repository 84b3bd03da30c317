/**
 * Writes what follows from the catalogue of faults: the step definitions under `steps/en` and `steps/ja`, the page `docs/faults.md`, and the editor's
 * parameter types. `--check` writes nothing, names what is out of date, and exits with 1.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FAULTS } from '../src/chaos/index.ts';
import { faultsPage } from '../src/chaos/page.ts';
import { scheduleSchema } from '../src/chaos/scheduleschema.ts';
import { invariantsPage } from '../src/invariants/page.ts';
import type { FaultPhrase, PhraseField } from '../src/chaos/types.ts';
import { PARAMETERS } from '../src/dsl/phrases/parameters.ts';

const root = join(import.meta.dirname, '..');

/** Sentences that are claims too, after `Then`. */
const CLAIMS: Readonly<Record<string, string>> = { 'node {string} is cordoned': 'nodeIsCordonedNow' };

const quoted = (text: string): string => `'${text.replace(/'/g, "\\'")}'`;

function definition(kind: string, expression: string, fields: readonly PhraseField[], fixed: FaultPhrase['fixed']): string {
  const args = [quoted(kind)];
  if (fields.length > 0 || fixed !== undefined) args.push(`[${fields.map(quoted).join(', ')}]`);
  if (fixed !== undefined) args.push(`{ ${Object.entries(fixed).map(([k, v]) => `${k}: ${typeof v === 'string' ? quoted(v) : JSON.stringify(v)}`).join(', ')} }`);
  const order = `fault(${args.join(', ')})`;
  const claim = CLAIMS[expression];
  return `When(${quoted(expression)}, ${claim === undefined ? order : `either(${order}, step(${claim}))`});`;
}

function steps(language: 'en' | 'ja'): string {
  const lines = FAULTS.flatMap((f) => f.phrases.map((p) => definition(f.kind, p[language], language === 'en' ? p.fields : p.jaFields, p.fixed)));
  const claims = Object.entries(CLAIMS).filter(([expression]) => lines.some((l) => l.startsWith(`When(${quoted(expression)}`))).map(([, name]) => name);
  return [
    '/** Steps of the faults in `src/chaos`, written by scripts/generate-faults.ts. */',
    "import { When } from '@cucumber/cucumber';",
    ...(claims.length === 0 ? [] : [`import { ${claims.join(', ')} } from '../../src/dsl/claims/node.ts';`]),
    `import { ${claims.length === 0 ? 'fault' : 'either, fault, step'} } from '../step.ts';`,
    '', ...lines, '',
  ].join('\n');
}

function editor(): string {
  const settings = JSON.parse(readFileSync(join(root, '.vscode/settings.json'), 'utf8')) as Record<string, unknown>;
  return `${JSON.stringify({ ...settings, 'cucumber.parameterTypes': Object.values(PARAMETERS).map((p) => ({ name: p.name, regexp: p.pattern })) }, undefined, 2)}\n`;
}

const files: Readonly<Record<string, string>> = {
  'steps/en/faults.ts': steps('en'), 'steps/ja/faults.ts': steps('ja'), 'docs/faults.md': faultsPage(), 'docs/invariants.md': invariantsPage(),
  'docs/schedule.schema.json': `${JSON.stringify(scheduleSchema(), undefined, 1)}\n`, '.vscode/settings.json': editor(),
};

const check = process.argv.includes('--check');
for (const [path, text] of Object.entries(files)) {
  const at = join(root, path);
  if (existsSync(at) && readFileSync(at, 'utf8') === text) continue;
  if (check) {
    console.error(`${path} does not follow the catalogue: run npm run generate`);
    process.exitCode = 1;
    continue;
  }
  mkdirSync(dirname(at), { recursive: true });
  writeFileSync(at, text);
  console.log(`wrote ${path}`);
}
