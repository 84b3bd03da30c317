/**
 * What the package `kubernetes-models` declares: its types, read from their .d.ts, and its validators, run as
 * they are to learn what the declarations leave out (`number` is an int32, an int64 or a double).
 */
import { type Dirent, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

const MODULES = join(import.meta.dirname, '../../node_modules');
const API = join(MODULES, 'kubernetes-models');
const MACHINERY = join(MODULES, '@kubernetes-models/apimachinery');

export const packageVersion = (
  JSON.parse(readFileSync(join(API, 'package.json'), 'utf8')) as { version: string }
).version;

/** A type as TypeScript writes it. */
export type Written =
  | { readonly as: 'string' | 'number' | 'boolean' }
  | { readonly as: 'words'; readonly words: readonly string[] }
  | { readonly as: 'list' | 'map'; readonly of: Written }
  | { readonly as: 'inline'; readonly fields: readonly Member[] }
  /** Another declaration, by its alias. */
  | { readonly as: 'name'; readonly name: string };

export interface Member {
  readonly name: string;
  readonly required: boolean;
  readonly type: Written;
}

export interface Declaration {
  /** `PodSpec` */
  readonly name: string;
  /** `IoK8sApiCoreV1PodSpec`: unique, and the name of the validator's file. */
  readonly alias: string;
  /** `apps/v1`, `v1`, or `meta/v1` for what comes from apimachinery. */
  readonly apiVersion: string;
  /** Whether it has an apiVersion and a kind of its own. */
  readonly kind: boolean;
  /** Without apiVersion and kind where they are its own. */
  readonly fields: readonly Member[];
  /** The whole .d.ts. */
  readonly text: string;
}

const TOKEN = /\s+|\/\*[\s\S]*?\*\/|("(?:[^"\\]|\\.)*")|([\w$]+)|([{}<>[\]:;?|])/y;

function tokens(text: string, where: string): string[] {
  const found: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const m = TOKEN.exec(text);
    if (m === null) throw new Error(`${where}: cannot read ${JSON.stringify(text.slice(at, at + 40))}`);
    const token = m[1] ?? m[2] ?? m[3];
    if (token !== undefined) found.push(token);
  }
  return found;
}

/** Reads the body of an interface, whatever nests in it; what it does not know is an error. */
function readMembers(text: string, where: string, nameOf: (identifier: string) => string): Member[] {
  const list = tokens(text, where);
  let at = 0;
  const take = (wanted?: string): string => {
    const token = list[at++];
    if (token === undefined || (wanted !== undefined && token !== wanted))
      throw new Error(
        `${where}: expected ${wanted ?? 'a type'}, found ${token} after ${list.slice(at - 6, at - 1)}`,
      );
    return token;
  };
  const word = (token: string): string => JSON.parse(token) as string;
  const type = (): Written => {
    const first = one();
    if (list[at] !== '|') return first;
    const words = first.as === 'words' ? [...first.words] : undefined;
    while (list[at] === '|') {
      take('|');
      const next = one();
      if (next.as !== 'words' || words === undefined)
        throw new Error(`${where}: a union of other than words`);
      words.push(...next.words);
    }
    return { as: 'words', words: words! };
  };
  const one = (): Written => {
    const token = take();
    if (token.startsWith('"')) return { as: 'words', words: [word(token)] };
    if (token === 'string' || token === 'number' || token === 'boolean') return { as: token };
    if (token === 'Array') {
      take('<');
      const of = type();
      take('>');
      return { as: 'list', of };
    }
    if (token === '{') {
      if (list[at] !== '[') return { as: 'inline', fields: members('}') };
      for (const t of ['[', 'key', ':', 'string', ']', ':']) take(t);
      const of = type();
      take(';');
      take('}');
      return { as: 'map', of };
    }
    if (!/^I[A-Z]/.test(token)) throw new Error(`${where}: what is ${token}?`);
    return { as: 'name', name: nameOf(token) };
  };
  const members = (end: string | undefined): Member[] => {
    const found: Member[] = [];
    while (list[at] !== end) {
      const name = word(take());
      const required = list[at] !== '?';
      if (!required) take('?');
      take(':');
      found.push({ name, required, type: type() });
      take(';');
    }
    at++;
    return found;
  };
  return members(undefined);
}

function declarationOf(file: string, folder: string, apiVersion: string): Declaration | undefined {
  const text = readFileSync(file, 'utf8');
  const where = relative(folder, file);
  const body = /^export interface I(\w+)(?: extends \w+)? \{\n([\s\S]*?)^\}/m.exec(text);
  const alias = /^export type \{ I\w+ as I(\w+)/m.exec(text)?.[1];
  // An alias of a plain type, such as a quantity, or an index.
  if (body === null || alias === undefined) return undefined;
  const name = body[1]!;
  const fields = readMembers(body[2]!, where, (identifier) =>
    identifier === `I${name}` ? alias : identifier.slice(1),
  );
  const kind = fields.some((f) => f.name === 'kind' && f.required && f.type.as === 'words');
  return {
    name,
    alias,
    apiVersion,
    kind,
    fields: kind ? fields.filter((f) => f.name !== 'apiVersion' && f.name !== 'kind') : fields,
    text,
  };
}

const byName = (a: Dirent, b: Dirent): number => (a.name < b.name ? -1 : 1);

function declarationsUnder(root: string, apiVersionOf: (folder: string) => string): Declaration[] {
  const visit = (folder: string): Declaration[] =>
    [...readdirSync(folder, { withFileTypes: true })].sort(byName).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name.startsWith('_') ? [] : visit(path);
      if (!entry.name.endsWith('.d.ts') || entry.name === 'index.d.ts') return [];
      const found = declarationOf(path, root, apiVersionOf(relative(root, dirname(path))));
      return found === undefined ? [] : [found];
    });
  return visit(root);
}

/** Every declaration of the package, by alias. */
export function readDeclarations(): ReadonlyMap<string, Declaration> {
  return new Map(
    [...declarationsUnder(API, (folder) => folder), ...declarationsUnder(MACHINERY, () => 'meta/v1')].map(
      (d) => [d.alias, d],
    ),
  );
}

export interface Complaint {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}
interface Validator {
  (value: unknown): boolean;
  errors: Complaint[] | null;
}

/** What the package's validator has against a value of the declared type. */
export async function validatorOf(declaration: Declaration): Promise<(value: unknown) => Complaint[]> {
  const folder = declaration.apiVersion === 'meta/v1' ? MACHINERY : API;
  const file = pathToFileURL(join(folder, '_schemas', `${declaration.alias}.js`)).href;
  const { validate } = (await import(file)) as { validate: Validator };
  return (value) => (validate(value) ? [] : (validate.errors ?? []));
}
