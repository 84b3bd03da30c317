/**
 * The training report: one HTML file that opens from disk and asks nothing of a network. What it shows
 * without scripts stands in it as text; with them it unpacks the book and replays its runs.
 */
import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { InputError } from '../../dsl/errors.ts';
import type { Language } from '../../messages/index.ts';
import { StaticApp } from '../../view/components/app.tsx';
import { bareBook, withoutRecordings } from '../../view/bare.ts';
import { toBase85 } from '../../view/base85.ts';
import { toColumns } from '../../view/columns.ts';
import { type Detail, DETAILS } from '../../view/model/retelling.ts';
import type { Book } from '../../view/run.ts';
import { STYLE } from '../../view/style.ts';
import { pageWords } from '../../view/words/page.ts';
import type { RunRecord } from '../record.ts';
import { bookOf } from './book.ts';

/** Nothing is fetched; scripts are those of the page, and the worker that it makes. */
const POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline' blob:",
  'worker-src blob:',
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The bundles of `npm run build`. @throws InputError where they are not built */
function bundled(name: string): string {
  const dist = new URL(
    import.meta.url.endsWith('.ts') ? '../../../dist/view/' : '../../../view/',
    import.meta.url,
  );
  const file = new URL(name, dist);
  if (!existsSync(file)) throw new InputError('the report\'s page is not built: "npm run build" makes it');
  return readFileSync(file, 'utf8');
}

/**
 * More than this is no report to mail, and none that opens at once: a file that would be larger tells less
 * without scripts, and leaves out what was recorded of runs that cannot be replayed.
 */
const LIMIT_BYTES = 2_000_000;

const zipped = (text: string): Buffer => gzipSync(text, { level: 9 });

/** Unpacks the page's own script and runs it. */
const LOADER = `
const bytes = Uint8Array.from(atob(document.getElementById('page').textContent), (c) => c.charCodeAt(0));
const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
const script = document.createElement('script');
script.type = 'module';
script.textContent = await new Response(unpacked).text();
document.head.append(script);
`;

const escaped = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** The parts that are the same in every report. */
interface Parts {
  readonly simulator: string;
  readonly page: string;
}

function fileOf(book: Book, language: Language, detail: Detail, { simulator, page }: Parts): string {
  const title = `Seatrial · ${pageWords(language).report}`;
  const bookText = JSON.stringify(toColumns(bareBook(book)));
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<div id="app">${renderToString(h(StaticApp, { book, language, detail }))}</div>
<script type="application/gzip" id="book">${toBase85(zipped(bookText))}</script>
<script type="application/gzip" id="simulator">${simulator}</script>
<script type="application/gzip" id="page">${page}</script>
<script type="module">${LOADER}</script>
</body>
</html>
`;
}

/** @throws InputError where the page is not built, or so much was played that no file may hold it */
export function htmlOf(record: RunRecord, language: Language, limitBytes = LIMIT_BYTES): string {
  const parts: Parts = {
    simulator: toBase85(zipped(bundled('simulator.js'))),
    page: zipped(bundled('page.js')).toString('base64'),
  };
  const book = bookOf(record);
  let bytes = Number.POSITIVE_INFINITY;
  for (const detail of DETAILS)
    for (const held of detail === 'names' ? [book, withoutRecordings(book)] : [book]) {
      const html = fileOf(held, language, detail, parts);
      bytes = Buffer.byteLength(html);
      if (bytes <= limitBytes) return html;
    }
  throw new InputError(
    `a report of this run takes ${megabytes(bytes)} MB, and one file holds ${megabytes(limitBytes)}: ` +
      'write one for a part of the features (seatrial report features/x), and another for the rest',
  );
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
