/**
 * What Kubernetes' CEL has for texts: cel-go's extended strings (ext/strings.go), and
 * staging/src/k8s.io/apiserver/pkg/cel/library/{regex,urls,format}.go.
 */
import { Optional, type Environment } from '@marcbachmann/cel-js';
import { labelKeyProblems, labelValueProblems } from '../labelsyntax.ts';
import { goRegExp } from '../schema/structural/goregexp.ts';
import { hasFormat } from '../schema/structural/formats.ts';
import { label1035Problems, labelProblems, subdomainProblems } from '../validation/text.ts';

class Link {
  readonly url: URL;

  constructor(url: URL) {
    this.url = url;
  }
}

/** An absolute URI, or an absolute path, as Go's url.ParseRequestURI takes it. */
function parseLink(text: string): Link | undefined {
  if (!/^(\/|[A-Za-z][A-Za-z0-9+.-]*:)/.test(text) || /[\s\p{Cc}]/u.test(text)) return undefined;
  try {
    return new Link(new URL(text, 'path://'));
  } catch {
    return undefined;
  }
}

function linkOf(text: string): Link {
  const link = parseLink(text);
  if (link === undefined)
    throw new Error(`URL parse error during conversion from string: parse ${JSON.stringify(text)}`);
  return link;
}

const schemeOf = ({ url }: Link): string => (url.protocol === 'path:' ? '' : url.protocol.slice(0, -1));

/** The problems that a named format finds. */
const FORMATS: Readonly<Record<string, (text: string) => readonly string[]>> = {
  dns1123Label: labelProblems,
  dns1123Subdomain: subdomainProblems,
  dns1035Label: label1035Problems,
  qualifiedName: labelKeyProblems,
  dns1123LabelPrefix: (text) => labelProblems(text.endsWith('-') ? `${text.slice(0, -1)}a` : text),
  dns1123SubdomainPrefix: (text) => subdomainProblems(text.endsWith('-') ? `${text.slice(0, -1)}a` : text),
  dns1035LabelPrefix: (text) => label1035Problems(text.endsWith('-') ? `${text.slice(0, -1)}a` : text),
  labelValue: labelValueProblems,
  uri: (text) => (parseLink(text) === undefined ? ['invalid URI'] : []),
  uuid: (text) => (hasFormat(text, 'uuid') ? [] : ['does not match the UUID format']),
  byte: (text) => (hasFormat(text, 'byte') ? [] : ['invalid base64']),
  date: (text) => (hasFormat(text, 'date') ? [] : ['invalid date']),
  datetime: (text) => (hasFormat(text, 'datetime') ? [] : ['invalid datetime']),
};

class Format {
  readonly check: (text: string) => readonly string[];

  constructor(check: Format['check']) {
    this.check = check;
  }
}

class Formats {
  readonly named = FORMATS;
}

function addFormats(env: Environment): Environment {
  env
    .registerType('Format', { ctor: Format })
    .registerType('Formats', { ctor: Formats })
    .registerConstant('format', 'Formats', new Formats())
    .registerFunction('Formats.named(string): optional<Format>', (formats: Formats, name: string) =>
      Object.hasOwn(formats.named, name) ? Optional.of(new Format(formats.named[name]!)) : Optional.none(),
    )
    .registerFunction('Format.validate(string): dyn', ({ check }: Format, text: string) => {
      const problems = check(text);
      return problems.length === 0 ? Optional.none() : Optional.of([...problems]);
    });
  for (const name of Object.keys(FORMATS))
    env.registerFunction(`Formats.${name}(): Format`, (formats: Formats) => new Format(formats.named[name]!));
  return env;
}

/** A value in `%s`, `%d` and their kin. */
function formatted(template: string, values: readonly unknown[]): string {
  let next = 0;
  return template.replace(/%(?:(%)|(?:\.(\d+))?([sdfexXob]))/g, (_, percent, digits, verb) => {
    if (percent !== undefined) return '%';
    if (next >= values.length) throw new Error(`index ${next} out of range`);
    const value = values[next];
    next += 1;
    if (verb === 's') return text(value);
    if (verb === 'f') return Number(value).toFixed(digits === undefined ? 6 : Number(digits));
    if (verb === 'e') return Number(value).toExponential(digits === undefined ? 6 : Number(digits));
    const base = verb === 'd' ? 10 : verb === 'o' ? 8 : verb === 'b' ? 2 : 16;
    const digitsOf = BigInt(value as bigint).toString(base);
    return verb === 'X' ? digitsOf.toUpperCase() : digitsOf;
  });
}

function text(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(text).join(', ')}]`;
  return value === null ? 'null' : String(value);
}

function at(value: string, index: bigint): string {
  const signs = [...value];
  if (index < 0n || index > BigInt(signs.length)) throw new Error(`index out of range: ${index}`);
  return signs[Number(index)] ?? '';
}

function replaced(value: string, old: string, by: string, limit: bigint): string {
  let left = limit < 0n ? Infinity : Number(limit);
  return value.split(old).reduce((whole, part) => {
    const joined = left > 0 ? `${whole}${by}${part}` : `${whole}${old}${part}`;
    left -= 1;
    return joined;
  });
}

const all = (pattern: string): RegExp => new RegExp(goRegExp(pattern), `${goRegExp(pattern).flags}g`);

/** Name of the function that is `matches` by Go's rules. */
export const MATCHES = 'matchesRE2';

const isMatch = (value: string, pattern: string): boolean => goRegExp(pattern).test(value);

export const addTexts = (env: Environment): Environment =>
  addFormats(env)
    .registerType('URL', { ctor: Link })
    .registerFunction('string.charAt(int): string', at)
    .registerFunction('string.replace(string, string): string', (value: string, old: string, by: string) =>
      replaced(value, old, by, -1n),
    )
    .registerFunction('string.replace(string, string, int): string', replaced)
    .registerFunction('string.reverse(): string', (value: string) => [...value].reverse().join(''))
    .registerFunction('string.format(list): string', formatted)
    .registerFunction(`string.${MATCHES}(string): bool`, isMatch)
    .registerFunction(`${MATCHES}(string, string): bool`, isMatch)
    .registerFunction(
      'string.find(string): string',
      (value: string, pattern: string) => goRegExp(pattern).exec(value)?.[0] ?? '',
    )
    .registerFunction('string.findAll(string): list<string>', (value: string, pattern: string) => [
      ...(value.match(all(pattern)) ?? []),
    ])
    .registerFunction(
      'string.findAll(string, int): list<string>',
      (value: string, pattern: string, limit: bigint) =>
        (value.match(all(pattern)) ?? []).slice(0, limit < 0n ? undefined : Number(limit)),
    )
    .registerFunction('isURL(string): bool', (value: string) => parseLink(value) !== undefined)
    .registerFunction('url(string): URL', linkOf)
    .registerFunction('URL.getScheme(): string', schemeOf)
    .registerFunction('URL.getHost(): string', ({ url }: Link) => url.host)
    .registerFunction('URL.getHostname(): string', ({ url }: Link) => url.hostname.replace(/^\[|\]$/g, ''))
    .registerFunction('URL.getPort(): string', ({ url }: Link) => url.port)
    .registerFunction('URL.getEscapedPath(): string', ({ url }: Link) => url.pathname);
