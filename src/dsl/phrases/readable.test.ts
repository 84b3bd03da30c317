import { CucumberExpression, ParameterType, ParameterTypeRegistry } from '@cucumber/cucumber-expressions';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Phrase } from './phrase.ts';
import { literalOf, Readable } from './readable.ts';

const registry = new ParameterTypeRegistry();
/** The values that a type is given, as they are. */
const kept = (name: string, pattern: string): void =>
  registry.defineParameterType(
    new ParameterType(name, new RegExp(pattern), null, (...values: string[]) => values, false, false),
  );
kept('flat', 'a[(]|(?:b)+|\\(c');
kept('nested', '(x(y)?)(?:-(z))?|w');

const words = fc.stringMatching(/^[a-zノ ]{1,6}$/);
const either = (place: string, ...texts: string[]) =>
  fc.constantFrom(...texts).map((text) => [place, text] as const);
/** A piece of an expression, and of a text that fits. */
const piece = fc.oneof(
  words.map((text) => [text, text] as const),
  fc.integer().map((n) => ['{int}', String(n)] as const),
  either('{string}', '"a \\\\ b"', "'c'", '""'),
  either('{flat}', 'a(', 'bb', '(c'),
  either('{nested}', 'x', 'xy', 'xy-z', 'w'),
  fc.tuple(words, fc.boolean()).map(([text, said]) => [`(${text})`, said ? text : ''] as const),
  fc.constantFrom(['\\(', '('], ['\\{', '{'], ['\\/', '/'], ['\\\\', '\\']),
  fc
    .tuple(fc.constantFrom('is', 'pod(s)', 'a\\/b'), fc.constantFrom('are', 'x'), fc.boolean())
    .map(([one, other, second]) => {
      const said = { is: 'is', 'pod(s)': 'pods', 'a\\/b': 'a/b' }[one]!;
      return [` ${one}/${other} `, ` ${second ? other : said} `] as const;
    }),
);

it('a sentence is read as Cucumber reads it', () => {
  let fitting = 0;
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 6 }), words, (pieces, other) => {
      const expression = pieces.map(([written]) => written).join('');
      const text = pieces.map(([, said]) => said).join('');
      let theirs: CucumberExpression;
      try {
        theirs = new CucumberExpression(expression, registry);
      } catch {
        return;
      }
      const ours = new Readable({ expression } as Phrase, registry);
      for (const said of [text, other]) {
        const match = theirs.match(said);
        expect(ours.read(said)).toEqual(match?.map((a) => a.getValue(null) as unknown));
        expect(ours.fits(said)).toBe(match !== null);
        if (match !== null) fitting += 1;
      }
    }),
    { numRuns: 300 },
  );
  expect(fitting).toBeGreaterThan(100);
});

it('the literal tells sentences apart', () => {
  expect(literalOf('deployment {string} is scaled to {int}')).toBe(' is scaled to ');
  expect(literalOf('pod(s)/container(s) named {string}')).toBe(' named ');
});
