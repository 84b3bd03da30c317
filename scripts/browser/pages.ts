/** A server on the loopback for a page under test, and what the page says of itself. */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  // Served as it is, without the watcher.
  '.htm': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.yaml': 'text/yaml; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/**
 * What every page gets under test: an error is said at once, and otherwise the page's data attributes as soon
 * as it has set `data-done` on its body.
 */
const WATCHER = `<script>
  const say = (what) => fetch('/said', { method: 'POST', body: JSON.stringify(what) });
  addEventListener('error', (e) => say({ error: String(e.error?.stack ?? e.message) }));
  addEventListener('unhandledrejection', (e) => say({ error: String(e.reason?.stack ?? e.reason) }));
  const look = () => {
    if (document.body?.dataset.done !== undefined) say({ ...document.body.dataset });
    else setTimeout(look, 20);
  };
  look();
</script>`;

export interface Page {
  readonly url: string;
  /** The data attributes of its body. @throws Error with what went wrong in the page */
  readonly said: Promise<Readonly<Record<string, string>>>;
  close(): void;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of request) text += String(piece);
  return text;
}

/**
 * @param folder whose files are served
 * @param made texts by path, in place of files
 */
export async function servePage(
  folder: string,
  path: string,
  made: Readonly<Record<string, string>> = {},
): Promise<Page> {
  let tell: (what: Readonly<Record<string, string>>) => void;
  const said = new Promise<Readonly<Record<string, string>>>((resolve, reject) => {
    tell = (what) =>
      what['error'] === undefined ? resolve(what) : reject(new Error(`in the page: ${what['error']}`));
  });
  // Whoever waits hears of it; a page that fails after the test is nobody's business.
  said.catch(() => undefined);
  const server = createServer((request, response) => {
    const at = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (at === '/said') {
      void bodyOf(request).then((body) => tell(JSON.parse(body) as Record<string, string>));
      response.end();
      return;
    }
    try {
      const text = made[at] ?? readFileSync(join(folder, normalize(at)), 'utf8');
      response.setHeader('content-type', TYPES[extname(at)] ?? 'text/plain; charset=utf-8');
      response.end(extname(at) === '.html' ? text.replace('<head>', `<head>${WATCHER}`) : text);
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    said,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
