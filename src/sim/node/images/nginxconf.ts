/**
 * What an nginx makes of its configuration: the ports and the answers of its servers, as far as `listen`,
 * `root`, `alias`, `location` and `return` say (nginx.org/en/docs/dirindex.html). What a proxy would answer
 * is not looked into: it answers 200.
 */
import type { HttpAnswer, ImageBehaviour } from '../world.ts';
import { flagOf, type ProgramStart, refusal } from './entry.ts';

interface Directive {
  readonly words: readonly string[];
  readonly block?: readonly Directive[];
}

/** From `#` at a word's beginning to the end of the line. */
const withoutComments = (text: string): string => text.replace(/(^|[\s;{}])#[^\n]*/g, '$1');

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** As ngx_conf_read_token reads a quoted word. */
const unquoted = (word: string): string =>
  word.slice(1, -1).replace(/\\(["'\\ntr])/g, (_, letter: string) => ESCAPED[letter] ?? letter);

/** @returns undefined for a text whose braces do not close */
function parseNginx(text: string): readonly Directive[] | undefined {
  const tokens =
    withoutComments(text).match(
      /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[{};]|(?:\\.|\$\{[^}]*\}|[^\s{};"'])+/g,
    ) ?? [];
  let at = 0;
  const block = (isInner: boolean): readonly Directive[] | undefined => {
    const found: Directive[] = [];
    let words: string[] = [];
    while (at < tokens.length) {
      const token = tokens[at++]!;
      if (token === ';') {
        if (words.length > 0) found.push({ words });
        words = [];
      } else if (token === '{') {
        const inner = block(true);
        if (inner === undefined) return undefined;
        found.push({ words, block: inner });
        words = [];
      } else if (token === '}') return isInner && words.length === 0 ? found : undefined;
      else words.push(/^["']/.test(token) ? unquoted(token) : token);
    }
    return isInner || words.length > 0 ? undefined : found;
  };
  return block(false);
}

const named = (directives: readonly Directive[], name: string): Directive[] =>
  directives.filter((d) => d.words[0] === name);

/** Files that `include` means; `*` stands in the last part of a path only. */
function included({ read, list }: ProgramStart, pattern: string): string[] {
  const path = pattern.startsWith('/') ? pattern : `/etc/nginx/${pattern}`;
  if (!path.includes('*')) return read(path) === undefined ? [] : [path];
  const directory = path.slice(0, path.lastIndexOf('/'));
  const last = path.slice(path.lastIndexOf('/') + 1);
  const fits = new RegExp(
    `^${last
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  );
  return list(directory)
    .filter((name) => fits.test(name))
    .map((name) => `${directory}/${name}`);
}

/** All servers, of the file and of those it includes. */
function serversOf(start: ProgramStart, directives: readonly Directive[], depth = 0): Directive[] {
  const found: Directive[] = [];
  for (const directive of directives) {
    const [name, argument = ''] = directive.words;
    if (name === 'server' && directive.block !== undefined) found.push(directive);
    else if (name === 'http' && directive.block !== undefined)
      found.push(...serversOf(start, directive.block, depth));
    else if (name === 'stream' && directive.block !== undefined)
      found.push(...serversOf(start, directive.block, depth));
    else if (name === 'include' && depth < 5)
      for (const path of included(start, argument)) {
        const inner = parseNginx(start.read(path) ?? '');
        if (inner !== undefined) found.push(...serversOf(start, inner, depth + 1));
      }
  }
  return found;
}

const portOfListen = (text: string): number | undefined => {
  if (text.startsWith('unix:')) return undefined;
  const port = /(?:^|:)([0-9]+)$/.exec(text)?.[1];
  return port === undefined ? 80 : Number(port);
};

const portsOfServer = (server: Directive): number[] => {
  const listens = named(server.block!, 'listen');
  if (listens.length === 0) return [80];
  return listens.flatMap(({ words }) => portOfListen(words[1] ?? '') ?? []);
};

/** What a location answers; undefined: files of the document root. */
function answerOf(location: Directive): HttpAnswer | undefined {
  const [answer] = named(location.block!, 'return');
  if (answer !== undefined) {
    const [, first = '', text] = answer.words;
    const status = /^[0-9]{3}$/.test(first) ? Number(first) : 302;
    return { status, ...(text === undefined || status >= 300 ? {} : { body: text }) };
  }
  const passes = ['proxy_pass', 'fastcgi_pass', 'uwsgi_pass', 'grpc_pass', 'stub_status'];
  return passes.some((name) => named(location.block!, name).length > 0) ? { status: 200 } : undefined;
}

function answersOf(server: Directive): Record<string, HttpAnswer> {
  const http: Record<string, HttpAnswer> = {};
  const whole = answerOf(server);
  if (whole !== undefined) http['/*'] = whole;
  for (const location of named(server.block!, 'location')) {
    const answer = location.block === undefined ? undefined : answerOf(location);
    if (answer === undefined) continue;
    const [, first = '', second] = location.words;
    if (first === '=' && second !== undefined) http[second] = answer;
    else if (first === '^~' && second !== undefined) http[`${second}*`] = answer;
    else if (first.startsWith('/')) http[`${first}*`] = answer;
  }
  return http;
}

function rootOf(directives: readonly Directive[]): string | undefined {
  const own = named(directives, 'root')[0]?.words[1];
  if (own !== undefined) return own;
  for (const { words, block } of named(directives, 'location'))
    if (block !== undefined && words[1] === '/') return named(block, 'root')[0]?.words[1];
  return undefined;
}

/**
 * @param usual the ports of the image's own configuration
 * @returns undefined where it has that
 */
export function nginxStarted(start: ProgramStart, usual: readonly number[]): ImageBehaviour | undefined {
  const file = flagOf(start.argv, '-c') ?? '/etc/nginx/nginx.conf';
  if (file === '/etc/nginx/nginx.conf' && !start.mounted('/etc/nginx')) return undefined;
  const main = start.read(file);
  if (main === undefined)
    return refusal([`nginx: [emerg] open() "${file}" failed (2: No such file or directory)`]);
  const parsed = parseNginx(main);
  if (parsed === undefined)
    return refusal([`nginx: [emerg] unexpected end of file, expecting ";" or "}" in ${file}`]);
  const servers = serversOf(start, parsed);
  if (servers.length === 0) return { listens: [] };
  const listens = [...new Set(servers.flatMap(portsOfServer))];
  const isUsual = listens.length === 1 && listens[0] === 80;
  const http = Object.assign({}, ...servers.map(answersOf).reverse()) as Record<string, HttpAnswer>;
  const root = servers.map((s) => rootOf(s.block!)).find((r) => r !== undefined);
  return {
    listens: isUsual ? usual : listens,
    ...(Object.keys(http).length === 0 ? {} : { http }),
    root: (root ?? '/etc/nginx/html').replace(/\/$/, ''),
  };
}
