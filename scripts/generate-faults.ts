/**
 * Writes what follows from the catalogues: the step definitions of faults under `steps/en` and all of
 * `steps/ja`, pages of the documentation, the schema of schedules, and the editor's parameter types.
 * `--check` writes nothing, names what is out of date, and exits with 1.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FAULTS } from '../src/chaos/index.ts';
import { faultsPage } from '../src/chaos/page.ts';
import { scheduleSchema } from '../src/chaos/scheduleschema.ts';
import { invariantsPage } from '../src/invariants/page.ts';
import type { FaultPhrase, PhraseField } from '../src/chaos/types.ts';
import { PHRASES } from '../src/dsl/phrases/index.ts';
import { PARAMETERS } from '../src/dsl/phrases/parameters.ts';
import { twinOf } from '../src/dsl/phrases/twins.ts';

const root = join(import.meta.dirname, '..');

/** Sentences that are claims too, after `Then`. */
const CLAIMS: Readonly<Record<string, string>> = { 'node {string} is cordoned': 'nodeIsCordonedNow' };

const quoted = (text: string): string => `'${text.replace(/'/g, "\\'")}'`;

function definition(
  kind: string,
  expression: string,
  fields: readonly PhraseField[],
  fixed: FaultPhrase['fixed'],
): string {
  const args = [quoted(kind)];
  if (fields.length > 0 || fixed !== undefined) args.push(`[${fields.map(quoted).join(', ')}]`);
  if (fixed !== undefined)
    args.push(
      `{ ${Object.entries(fixed)
        .map(([k, v]) => `${k}: ${typeof v === 'string' ? quoted(v) : JSON.stringify(v)}`)
        .join(', ')} }`,
    );
  const order = `fault(${args.join(', ')})`;
  const claim = CLAIMS[expression];
  return `When(${quoted(expression)}, ${claim === undefined ? order : `either(${order}, step(${claim}))`});`;
}

function steps(language: 'en' | 'ja'): string {
  const lines = FAULTS.flatMap((f) =>
    f.phrases.map((p) => definition(f.kind, p[language], language === 'en' ? p.fields : p.jaFields, p.fixed)),
  );
  const claims = Object.entries(CLAIMS)
    .filter(([expression]) => lines.some((l) => l.startsWith(`When(${quoted(expression)}`)))
    .map(([, name]) => name);
  return [
    '/** Steps of the faults in `src/chaos`, written by scripts/generate-faults.ts. */',
    "import { When } from '@cucumber/cucumber';",
    ...(claims.length === 0 ? [] : [`import { ${claims.join(', ')} } from '../../src/dsl/claims/node.ts';`]),
    `import { ${claims.length === 0 ? 'fault' : 'either, fault, step'} } from '../step.ts';`,
    '',
    ...lines,
    '',
  ].join('\n');
}

/** The Japanese twins of the steps in a file of steps/en. */
function twins(name: string): string {
  const english = readFileSync(join(root, `steps/en/${name}.ts`), 'utf8').split('\n');
  const keyword = /^import \{ (\w+) \}/m.exec(english.join('\n'))![1]!;
  const lines = english.flatMap((line) => {
    const found = /^(?:Given|When|Then)\('((?:[^'\\]|\\.)*)', step\(([\w.]+)\)\);$/.exec(line);
    const twin = found === null ? undefined : twinOf(found[1]!);
    if (found === null || twin === undefined) return [];
    const { expression, order } = twin;
    const build = order.every((place, i) => place === i)
      ? found[2]!
      : `reordered(${found[2]!}, [${order.join(', ')}])`;
    return [`${keyword}(${quoted(expression)}, step(${build}));`];
  });
  // In English they stand among the faults, whose words they share.
  if (name === 'claims')
    for (const [expression, claim] of Object.entries(CLAIMS))
      lines.push(`${keyword}(${quoted(twinOf(expression)!.expression)}, step(node.${claim}));`);
  const imports = english.filter((l) => l.startsWith('import * as'));
  return [
    `/** Japanese twins of steps/en/${name}.ts, written by scripts/generate-faults.ts. */`,
    `import { ${keyword} } from '@cucumber/cucumber';`,
    ...imports,
    `import { ${lines.some((l) => l.includes('reordered(')) ? 'reordered, step' : 'step'} } from '../step.ts';`,
    '',
    ...lines,
    '',
  ].join('\n');
}

function japanesePage(): string {
  const rows = PHRASES.flatMap((p) => {
    const twin = twinOf(p.expression);
    return twin === undefined ? [] : [`| \`${twin.expression}\` | \`${p.expression}\` |`];
  });
  return [
    '# 日本語の語彙',
    '',
    '<!-- Written by scripts/generate-faults.ts from src/dsl/phrases/twins.ts: change it there. -->',
    '',
    'フィーチャーの最初の行に `# language: ja` と書くと、キーワード(機能、シナリオ、前提、もし、ならば、かつ)もステップも日本語で書けます。',
    '意味は[英語の語彙](language.md)と同じです。障害の言い方は[障害のカタログ](faults.md)にあります。',
    '',
    '```gherkin',
    '# language: ja',
    '機能: ノードの障害',
    '  シナリオ: 電源が落ちたノードのPodは作り直される',
    '    前提 3台のノードを持つクラスター',
    '    かつ "web.yaml"のマニフェスト',
    '    かつ すべてのPodが準備完了である',
    '    もし ノード"node-1"の電源が落ちる',
    '    ならば 10分以内にDeployment"web"の3個中3個のレプリカが利用可能である',
    '```',
    '',
    '| 日本語 | 英語 |',
    '|---|---|',
    ...rows,
    '',
    '`{momentJa}` は文頭に置き、省けます(今): `5分以内に`、`最終的に`、`5分の間ずっと`、`どの時点でも`、`一度も次のことが起きない:`、`ある時点で`、`"印"以降、`。',
    '`{durationJa}` は `90秒`、`1時間30分`(`90s`、`5m` も可)、`{countJa}` は `2`、`ちょうど2`、`少なくとも2`、`多くとも2`、`{workloadJa}` は `Deployment"web"`、`StatefulSet"db"` など、',
    '`{answerJa}` は `200を返す`、`拒否される`、`タイムアウトする`、`名前解決に失敗する` です。',
    '',
  ].join('\n');
}

function editor(): string {
  const settings = JSON.parse(readFileSync(join(root, '.vscode/settings.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  return `${JSON.stringify({ ...settings, 'cucumber.parameterTypes': Object.values(PARAMETERS).map((p) => ({ name: p.name, regexp: p.pattern })) }, undefined, 2)}\n`;
}

const files: Readonly<Record<string, string>> = {
  'steps/en/faults.ts': steps('en'),
  'steps/ja/faults.ts': steps('ja'),
  'steps/ja/setup.ts': twins('setup'),
  'steps/ja/actions.ts': twins('actions'),
  'steps/ja/claims.ts': twins('claims'),
  'docs/language-ja.md': japanesePage(),
  'docs/faults.md': faultsPage(),
  'docs/invariants.md': invariantsPage(),
  'docs/schedule.schema.json': `${JSON.stringify(scheduleSchema(), undefined, 1)}\n`,
  '.vscode/settings.json': editor(),
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
