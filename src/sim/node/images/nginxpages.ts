/** The pages that nginx has for statuses of its own. Models src/http/ngx_http_special_response.c. */

import { EPOCH } from '../../api/time.ts';
import type { Millis } from '../../kernel/types.ts';

const TITLES: Readonly<Record<number, string>> = {
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Authorization Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Not Allowed',
  413: 'Request Entity Too Large',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
};

/** The last of each line, as a tag of two numbers means it; the newest last. */
const VERSIONS = [
  '1.14.2',
  '1.16.1',
  '1.17.10',
  '1.18.0',
  '1.19.10',
  '1.20.2',
  '1.21.6',
  '1.22.1',
  '1.23.4',
  '1.24.0',
  '1.25.5',
  '1.26.3',
  '1.27.5',
  '1.28.0',
  '1.29.4',
];

/** `1.25.3` of `nginx:1.25.3-alpine`; the newest of a tag that says none. */
export function nginxVersion(image: string): string {
  const [, version, patch] = /:(\d+\.\d+)(\.\d+)?[^/]*$/.exec(image) ?? [];
  if (version !== undefined && patch !== undefined) return version + patch;
  return VERSIONS.find((known) => known.startsWith(`${version}.`)) ?? VERSIONS.at(-1)!;
}

/** What is answered with a status that has no page. @param image by whose tag it says its version */
export function nginxPage(status: number, image: string): string {
  const title = TITLES[status];
  if (title === undefined) return '';
  return [
    '<html>',
    `<head><title>${status} ${title}</title></head>`,
    '<body>',
    `<center><h1>${status} ${title}</h1></center>`,
    `<hr><center>nginx/${nginxVersion(image)}</center>`,
    '</body>',
    '</html>',
    '',
  ].join('\r\n');
}

/** Of the image's mime.types, those that people serve from volumes. */
const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css',
  htm: 'text/html',
  html: 'text/html',
  js: 'application/javascript',
  json: 'application/json',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain',
  xml: 'text/xml',
};

/** What stands before an answer, without its length, and without what a file's time says. */
export function nginxHead(status: number, path: string, image: string, now: Millis): string[] {
  const file = path.replace(/[?#].*/, '');
  const extension = file.endsWith('/') ? 'html' : (/\.(\w+)$/.exec(file)?.[1] ?? '');
  const type = status >= 300 ? 'text/html' : (TYPES[extension] ?? 'application/octet-stream');
  return [
    `Server: nginx/${nginxVersion(image)}`,
    `Date: ${new Date(EPOCH + now).toUTCString()}`,
    `Content-Type: ${type}`,
  ];
}
