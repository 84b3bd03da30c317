// A page's modules come from a server: this folder, on the loopback.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.yaml': 'text/yaml' };

createServer((request, response) => {
  const path = normalize(new URL(request.url, 'http://localhost').pathname);
  try {
    const body = readFileSync(join(import.meta.dirname, path === '/' ? 'index.html' : path));
    response.setHeader('content-type', `${TYPES[extname(path)] ?? 'text/html'}; charset=utf-8`);
    response.end(body);
  } catch {
    response.statusCode = 404;
    response.end();
  }
}).listen(8080, '127.0.0.1', () => console.log('http://127.0.0.1:8080/'));
