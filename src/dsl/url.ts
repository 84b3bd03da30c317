import { wrong } from './errors.ts';

/** Of a request's address, as a step writes it. @throws InputError for what is none that can be asked */
export function checkUrl(url: string): void {
  const found = /^https?:\/\/[^/:?#]+(?::(\d+))?(?:[/?#].*)?$/.exec(url);
  if (found === null) throw wrong('noUrl', { url });
  const port = Number(found[1] ?? 80);
  if (port < 1 || port > 65_535) throw wrong('noPort', { port: found[1]! });
}
