/** `seatrial play`: the playground, served to this machine only. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { UsageError } from './exit.ts';
import { tell } from './output.ts';
import { PACKAGE } from './place.ts';
import { portError, portOf } from './port.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
};
const HOST = '127.0.0.1';

/**
 * Serves the files of a folder, and nothing outside of it.
 * @returns when it listens @throws UsageError where the port is taken
 */
async function serve(folder: string, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = join(folder, normalize(pathname.endsWith('/') ? `${pathname}index.html` : pathname));
    if (!file.startsWith(folder) || !existsSync(file) || TYPES[extname(file)] === undefined) {
      response.statusCode = 404;
      response.end();
      return;
    }
    response.setHeader('content-type', TYPES[extname(file)]!);
    response.end(readFileSync(file));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(portError(port, error) as Error));
    server.listen(port, HOST, resolve);
  });
  return server;
}

export function addPlay(program: Command): void {
  program
    .command('play')
    .description('serve the playground to a browser on this machine')
    .option('--port <port>', 'on which it is served; 0: any that is free', '8080')
    .action(async ({ port }: { port: string }) => {
      const folder = fileURLToPath(new URL('dist/site/', PACKAGE));
      if (!existsSync(folder)) throw new UsageError('the playground is not built: "npm run build" makes it');
      const server = await serve(folder, portOf(port));
      const { port: at } = server.address() as AddressInfo;
      tell(`Playground: http://${HOST}:${at}/ (Ctrl-C ends it)`);
    });
}
