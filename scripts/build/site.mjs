// dist/site/: the playground as static files: a page, its scripts, and the levels.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'rolldown';
import { inPlace } from './browser.mjs';
import { chunks } from './chunks.mjs';

export const SITE = 'dist/site';
const LANGUAGES = ['en', 'ja'];

/** Nothing is fetched from elsewhere. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** @param {string} style */
const html = (style) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Seatrial</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<div id="app"></div>
<noscript>The playground simulates a cluster in this page, which needs JavaScript.</noscript>
<script type="module" src="page.js"></script>
</body>
</html>
`;

/** @param {string} root of the project */
export async function bundleSite(root) {
  const dist = (path) => join(root, 'dist', path);
  const load = async (path) => await import(pathToFileURL(dist(`src/${path}`)).href);
  rmSync(join(root, SITE), { recursive: true, force: true });
  mkdirSync(join(root, SITE), { recursive: true });
  const output = { dir: SITE, format: 'esm', minify: true, comments: false, entryFileNames: '[name].js' };
  await build({
    cwd: root,
    input: { page: 'dist/src/play/page/main.js' },
    platform: 'browser',
    plugins: [inPlace],
    output: { ...output, chunkFileNames: 'page/[name].js' },
  });
  await build({
    cwd: root,
    input: { worker: 'dist/src/play/page/worker.js' },
    platform: 'browser',
    plugins: [inPlace, await chunks(root, 'play/page/worker.js')],
    output: {
      ...output,
      chunkFileNames: 'worker/[name].js',
      codeSplitting: {
        groups: [
          { name: 'simulator', tags: ['$initial'] },
          { name: 'yaml', test: /node_modules.yaml/ },
        ],
      },
    },
  });
  const { STYLE } = await load('view/style.js');
  const { PLAY_STYLE } = await load('play/page/style.js');
  writeFileSync(join(root, SITE, 'index.html'), html(STYLE + PLAY_STYLE));
  const { readLevel } = await load('play/readlevel.js');
  const { filesIn } = await load('files.js');
  for (const language of LANGUAGES) {
    const folder = join(root, 'features', 'levels', language);
    const levels = readdirSync(folder)
      .sort()
      .map((name) => readLevel(readFileSync(join(folder, name), 'utf8'), name, filesIn(folder)));
    writeFileSync(join(root, SITE, `levels-${language}.json`), JSON.stringify(levels));
  }
}
