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
import { bareBook } from '../../view/bare.ts';
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

const packed = (text: string): string => gzipSync(text, { level: 9 }).toString('base64');

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

/** @throws InputError where the page is not built */
export function htmlOf(record: RunRecord, language: Language): string {
  const book: Book = bookOf(record);
  const title = `Seatrial · ${pageWords(language).report}`;
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
<div id="app">${renderToString(h(StaticApp, { book, language }))}</div>
<script type="application/gzip" id="book">${packed(JSON.stringify(bareBook(book)))}</script>
<script type="application/gzip" id="simulator">${packed(bundled('simulator.js'))}</script>
<script type="application/gzip" id="page">${packed(bundled('page.js'))}</script>
<script type="module">${LOADER}</script>
</body>
</html>
`;
}
