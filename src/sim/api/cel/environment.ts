/**
 * The Common Expression Language as Kubernetes has it: its libraries, optional values, and variables `self`
 * and `oldSelf` of any type. Models staging/src/k8s.io/apiserver/pkg/cel/environment/base.go. Costs are not
 * estimated.
 */
import { type ASTNode, Environment, type ParseResult } from '@marcbachmann/cel-js';
import { remembered } from '../../kernel/memo.ts';
import { addAddresses } from './addresses.ts';
import { addAuthorizer } from './authorizer.ts';
import { addMacros, CONTENTS } from './macros.ts';
import { addNumbers } from './numbers.ts';
import { addVersions } from './semver.ts';
import { addTexts, MATCHES } from './texts.ts';

/** Library of staging/src/k8s.io/apiserver/pkg/cel/library/jsonpatch.go. */
class JSONPatches {}

/** An environment in which these variables may be of any type. */
function environmentOf(variables: readonly string[]): Environment {
  const env = [addTexts, addNumbers, addVersions, addAddresses, addAuthorizer, addMacros].reduce(
    (made, add) => add(made),
    new Environment({ enableOptionalTypes: true, homogeneousAggregateLiterals: false }),
  );
  for (const variable of variables) env.registerVariable(variable, 'dyn');
  return env
    .registerType('JSONPatches', { ctor: JSONPatches })
    .registerConstant('jsonpatch', 'JSONPatches', new JSONPatches())
    .registerFunction('JSONPatches.escapeKey(string): string', (_: JSONPatches, key: string) =>
      key.replaceAll('~', '~0').replaceAll('/', '~1'),
    );
}

/** An expression that can be evaluated, or why it cannot. */
export type Compiled =
  | { readonly parsed: ParseResult; readonly type: string }
  | { readonly error: string; readonly at: number };

interface CelError extends Error {
  readonly summary?: string;
  readonly range?: { readonly start: number };
}

/** The first line of what the library says, as cel-go begins its sentences. */
export function celErrorText(error: unknown): string {
  const { summary, message } = error as CelError;
  const line = (summary ?? message).split('\n')[0]!;
  const unknown = /^Unknown variable: (\w+)$/.exec(line);
  if (unknown !== null) return `undeclared reference to '${unknown[1]}' (in container '')`;
  const beyond = /index out of bounds, index (-?\d+)/.exec(line);
  if (beyond !== null) return `index out of bounds: ${beyond[1]}`;
  return `${line[0]!.toLowerCase()}${line.slice(1)}`;
}

const CLOSES: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** The tokens of an expression as far as brackets and dots need them: texts whole, each sign by itself. */
const TOKENS = /[rRbB]{0,2}("""[^]*?"""|'''[^]*?'''|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|\w+|[^]/g;

/**
 * What the library has otherwise, in words that it has: `has(a[0].b)` as `(a[0].?b).hasValue()`, since its
 * macro takes names alone in front of the field, and `matches` as the function that reads RE2, since its own
 * reads what JavaScript does and cannot be replaced.
 */
function inItsWords(expression: string): string {
  const tokens = [...expression.matchAll(TOKENS)].map(([token]) => token);
  for (let i = tokens.length - 2; i >= 0; i -= 1)
    if (tokens[i + 1] === '(') {
      if (tokens[i] === 'matches') tokens[i] = MATCHES;
      else if (tokens[i] === 'value' && tokens[i - 1] === '.') tokens[i] = CONTENTS;
    }
  for (let i = tokens.length - 2; i >= 0; i -= 1) {
    if (tokens[i] !== 'has' || tokens[i + 1] !== '(' || tokens[i - 1] === '.') continue;
    let depth = 0;
    let dot = -1;
    let end = i + 1;
    for (; end < tokens.length; end += 1) {
      if (CLOSES[tokens[end]!] !== undefined) depth += 1;
      else if (Object.values(CLOSES).includes(tokens[end]!)) depth -= 1;
      else if (tokens[end] === '.' && depth === 1) dot = end;
      if (depth === 0) break;
    }
    if (dot < 0 || !tokens.slice(i + 2, dot).some((t) => t === '[' || t === '(')) continue;
    tokens[dot] = '.?';
    tokens[end] = ').hasValue()';
    tokens[i] = '';
  }
  return withMaps(tokens).join('');
}

const isWord = (token: string | undefined): boolean => token !== undefined && /^[A-Za-z_]\w*$/.test(token);
const isSpace = (token: string | undefined): boolean => token !== undefined && /^\s$/.test(token);

/**
 * Objects of policies (`Object.spec{replicas: 3}`, `JSONPatch{op: "add", …}`) as maps: the library has no
 * messages.
 */
function withMaps(tokens: string[]): string[] {
  for (let i = 0; i < tokens.length; i += 1) {
    if ((tokens[i] !== 'Object' && tokens[i] !== 'JSONPatch') || tokens[i - 1] === '.') continue;
    let open = i + 1;
    while (tokens[open] === '.' && isWord(tokens[open + 1])) open += 2;
    while (isSpace(tokens[open])) open += 1;
    if (tokens[open] !== '{') continue;
    for (let at = i; at < open; at += 1) tokens[at] = '';
    quoteKeys(tokens, open);
  }
  return tokens;
}

/** Makes texts of the names of a message's fields. @param open where its bracket is */
function quoteKeys(tokens: string[], open: number): void {
  let depth = 0;
  let isKey = false;
  for (let at = open; at < tokens.length; at += 1) {
    const token = tokens[at]!;
    if (CLOSES[token] !== undefined) depth += 1;
    else if (Object.values(CLOSES).includes(token)) depth -= 1;
    if (depth === 0) return;
    if (depth === 1 && (token === '{' || token === ',')) isKey = true;
    else if (depth === 1 && isKey && isWord(token)) {
      tokens[at] = JSON.stringify(token);
      isKey = false;
    }
  }
}

/** Reads expressions. */
export type Compiler = (expression: string) => Compiled;

const failed = (error: unknown): Compiled => ({
  error: celErrorText(error),
  at: (error as CelError).range?.start ?? 0,
});

/**
 * Reads expressions over these variables. Pure, so that an expression is read once, however many objects it
 * judges.
 */
export function compilerOf(variables: readonly string[]): Compiler {
  let made: Environment | undefined;
  return remembered(4096, (expression: string): Compiled => {
    try {
      const parsed = (made ??= environmentOf(variables)).parse(inItsWords(expression));
      const { valid, type, error } = parsed.check();
      return valid ? { parsed, type: type ?? 'dyn' } : failed(error);
    } catch (error) {
      return failed(error);
    }
  });
}

/** Rules of structural schemas. */
export const compile = compilerOf(['self', 'oldSelf']);

let plain: Environment | undefined;

/** An expression's syntax, each node where it stands in the text; undefined where it cannot be read. */
export function treeOf(expression: string): ASTNode | undefined {
  try {
    // Its `has` takes names alone in front of the field; a function's call is read as it stands.
    return (plain ??= environmentOf([])).parse(expression.replace(/\bhas(?=\s*\()/g, 'hax')).ast;
  } catch {
    return undefined;
  }
}

/** As cel-go shows where in an expression something is wrong. @param at the index of the sign */
export function atSign(expression: string, at: number, what: string): string {
  const before = expression.slice(0, at).split('\n');
  const line = expression.split('\n')[before.length - 1]!;
  const column = before.at(-1)!.length;
  return `ERROR: <input>:${before.length}:${column + 1}: ${what}\n | ${line}\n | ${'.'.repeat(column)}^`;
}
