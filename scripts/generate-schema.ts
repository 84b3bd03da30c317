/**
 * Writes src/sim/api/schema/data.ts: the fields of every built-in kind of Kubernetes 1.36, from the types and
 * validators of `kubernetes-models`, with the strategic-merge keys of scripts/schema/patchkeys.ts. `--check`
 * writes nothing, and exits with 1 when the file is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageVersion, readDeclarations } from './schema/models.ts';
import { writeTable } from './schema/table.ts';

const OUT = 'src/sim/api/schema/data.ts';
const file = join(import.meta.dirname, '..', OUT);

const { kinds, schemas } = await writeTable(readDeclarations());
const entries = (table: ReadonlyMap<string, string>): string =>
  [...table]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, text]) => `  '${name}': '${text}',\n`)
    .join('');
const text = `/** Made by scripts/generate-schema.ts from kubernetes-models ${packageVersion}; do not edit. */
/* eslint-disable */
/** The kinds of each apiVersion, with the schema's group behind \`#\` where two groups share its name. */
export const KINDS_BY_VERSION: Readonly<Record<string, string>> = {
${entries(kinds)}};

/** Schemas in the notation that types.ts beside this reads. */
export const SCHEMAS: Readonly<Record<string, string>> = {
${entries(schemas)}};
`;

if (!process.argv.includes('--check')) {
  writeFileSync(file, text);
  console.log(`${OUT}: ${schemas.size} schemas, ${text.length} bytes`);
} else if (readFileSync(file, 'utf8') !== text) {
  console.error(`${OUT} is out of date: npm run generate:schema`);
  process.exitCode = 1;
}
