/**
 * A sentence as it is read. Cucumber's own way from a match to its values tells where each stands, for which
 * it translates every expression that it meets to another one; values alone are in the match.
 */
import {
  CucumberExpression,
  type ParameterType,
  type ParameterTypeRegistry,
} from '@cucumber/cucumber-expressions';
import type { Phrase } from './phrase.ts';

/** Where a match has the values of a parameter: in its group, or in the outermost ones inside of that. */
interface Place {
  readonly type: ParameterType<unknown>;
  /** Of groups inside, counted from the parameter's own. */
  readonly outermost: readonly number[];
  /** How many groups are inside. */
  readonly inside: number;
}

/** What an expression is compiled to, once a text may be it. */
interface Compiled {
  readonly regexp: RegExp;
  readonly places: readonly Place[];
}

/** Most sentences of the language are never said: they are compiled when a text may be one of them. */
export class Readable {
  readonly phrase: Phrase;
  private readonly literal: string;
  private readonly registry: ParameterTypeRegistry;
  private known: Compiled | undefined;

  constructor(phrase: Phrase, registry: ParameterTypeRegistry) {
    this.phrase = phrase;
    this.literal = literalOf(phrase.expression);
    this.registry = registry;
  }

  fits(text: string): boolean {
    return text.includes(this.literal) && this.compiled().regexp.test(text);
  }

  /** The values of the parameters; undefined for a text that does not fit. @throws as their types */
  read(text: string): unknown[] | undefined {
    if (!text.includes(this.literal)) return undefined;
    const { regexp, places } = this.compiled();
    const found = regexp.exec(text);
    if (found === null) return undefined;
    let at = 1;
    return places.map(({ type, outermost, inside }) => {
      const groups = outermost.length === 0 ? [at] : outermost.map((group) => at + group);
      at += 1 + inside;
      return type.transform(
        null,
        groups.map((group) => found[group]!),
      ) as unknown;
    });
  }

  /** @throws CucumberExpressionError for what is none */
  compiled(): Compiled {
    return (this.known ??= this.compile());
  }

  private compile(): Compiled {
    const { expression } = this.phrase;
    const { regexp } = new CucumberExpression(expression, this.registry);
    const names = [...expression.replace(ESCAPED, '').matchAll(/\{([^}]*)\}/g)].map((m) => m[1]!);
    return { regexp, places: names.map((name) => placeOf(this.registry.lookupByTypeName(name)!)) };
  }
}

const ESCAPED = /\\./g;

/** The longest part of an expression that stands as it is in every text that fits. */
export function literalOf(expression: string): string {
  const [gap, place, alternatives] = ['\0', /\{[^}]*\}|\([^)]*\)/g, /\S*\/\S*/g];
  const parts = expression.replace(ESCAPED, gap).replace(place, gap).replace(alternatives, gap).split(gap);
  return parts.reduce((longest, part) => (part.length > longest.length ? part : longest));
}

/** What matters to groups in a regular expression: what is no parenthesis goes first. */
const GROUPS = /\\.|\[(?:\\.|[^\]\\])*\]|\(\?<(?![=!])|\(\?|\(|\)/g;

function placeOf(type: ParameterType<unknown>): Place {
  const outermost: number[] = [];
  /** Whether each group that is open captures. */
  const open: boolean[] = [];
  let inside = 0;
  for (const [token] of type.regexpStrings.join('|').matchAll(GROUPS)) {
    if (token === ')') open.pop();
    if (!token.startsWith('(')) continue;
    const captures = token !== '(?';
    if (captures) inside += 1;
    if (captures && !open.includes(true)) outermost.push(inside);
    open.push(captures);
  }
  return { type, outermost, inside };
}
