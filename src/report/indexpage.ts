/** The first page of a folder of reports: it links what there is. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { visible } from '../messages/visible.ts';
import type { Reporter } from './reporter.ts';
import { writeWhole } from './writing.ts';

const escaped = (text: string): string => visible(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** What is said of a file: for whom reads either language, since nothing on the page acts. */
interface About {
  readonly en: string;
  readonly ja: string;
}

/** What stands in a folder of its own, by where it is opened, and what it is. */
const KNOWN: readonly (readonly [path: string, about: About])[] = [
  [
    'report.html',
    {
      en: 'The training report: what the cluster did, and why',
      ja: '研修レポート。クラスターで何が、なぜ起きたか',
    },
  ],
  [
    'allure-report/index.html',
    {
      en: 'The Allure site, as "npm run allure" made it last',
      ja: 'Allureのサイト。最後に"npm run allure"で作られたもの',
    },
  ],
];

/** What others are, by how they end. */
const ENDINGS: readonly (readonly [ending: string, about: About])[] = [
  ['.html', { en: 'A report', ja: 'レポート' }],
  ['.xml', { en: 'JUnit XML, for CI', ja: 'CI用のJUnit XML' }],
  [
    '.json',
    {
      en: 'A record of a run: "seatrial report" makes a training report of it',
      ja: '実行の記録。"seatrial report"で研修レポートになる',
    },
  ],
  ['.sarif', { en: 'Findings, for code scanning', ja: 'コードスキャン用の検出結果' }],
  ['.md', { en: 'A summary', ja: 'まとめ' }],
];
const COUNTEREXAMPLE: About = { en: 'A counterexample, which fails by itself', ja: '反例。単独で失敗する' };

interface Linked {
  readonly path: string;
  readonly about: About;
}

function linkedIn(folder: string): Linked[] {
  const known = KNOWN.filter(([path]) => existsSync(join(folder, path)));
  const named = new Set(['index.html', 'README.md', ...known.map(([path]) => path)]);
  const others = readdirSync(folder, { withFileTypes: true })
    .filter((e) => e.isFile() && !named.has(e.name))
    .flatMap(({ name }) =>
      ENDINGS.filter(([ending]) => name.endsWith(ending)).map(([, about]) => [name, about] as const),
    )
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const found = join(folder, 'counterexamples');
  const counterexamples = existsSync(found)
    ? readdirSync(found)
        .filter((name) => name.endsWith('.feature'))
        .sort()
        .map((name) => [`counterexamples/${name}`, COUNTEREXAMPLE] as const)
    : [];
  return [...known, ...others, ...counterexamples].map(([path, about]) => ({ path, about }));
}

/** By which a page of ours is known. */
const TITLE = '<title>Seatrial · reports</title>';

const STYLE =
  ':root{color-scheme:light dark}' +
  'body{font:16px/1.6 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}';

function pageOf(links: readonly Linked[]): string {
  const href = (path: string): string => escaped(path.split('/').map(encodeURIComponent).join('/'));
  const items = links.map(
    ({ path, about }) =>
      `<li><a href="${href(path)}">${escaped(path)}</a><br>${escaped(about.en)}` +
      `<br><span lang="ja">${escaped(about.ja)}</span></li>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
${TITLE}
<style>${STYLE}</style>
</head>
<body>
<h1>Reports · <span lang="ja">レポート</span></h1>
<ul>
${items.join('\n')}
</ul>
</body>
</html>
`;
}

/** A page that somebody else has written stays. @throws UnwritableError */
export function writeIndex(folder: string): void {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return;
  const path = join(folder, 'index.html');
  if (existsSync(path) && !readFileSync(path, 'utf8').includes(TITLE)) return;
  const links = linkedIn(folder);
  if (links.length > 0) writeWhole(path, pageOf(links));
}

/** Told last, when all else is written. @param folder of a run's reports */
export const indexPage = (folder: string): Reporter => ({ runEnded: () => writeIndex(folder) });
