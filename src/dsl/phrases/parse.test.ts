import { CucumberExpression, ParameterTypeRegistry } from '@cucumber/cucumber-expressions';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { literalOf } from './parse.ts';

const words = fc.stringMatching(/^[a-zノ ]{1,6}$/);
/** A piece of an expression, and of a text that fits. */
const piece = fc.oneof(
  words.map((text) => [text, text] as const),
  fc.integer().map((n) => ['{int}', String(n)] as const),
  fc.tuple(words, fc.boolean()).map(([text, said]) => [`(${text})`, said ? text : ''] as const),
  fc.constantFrom(['\\(', '('], ['\\{', '{'], ['\\/', '/'], ['\\\\', '\\']),
  fc
    .tuple(fc.constantFrom('is', 'pod(s)', 'a\\/b'), fc.constantFrom('are', 'x'), fc.boolean())
    .map(([one, other, second]) => {
      const said = { is: 'is', 'pod(s)': 'pods', 'a\\/b': 'a/b' }[one]!;
      return [` ${one}/${other} `, ` ${second ? other : said} `] as const;
    }),
);

it('a text that fits an expression has its literal', () => {
  let fitting = 0;
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 6 }), (pieces) => {
      const expression = pieces.map(([written]) => written).join('');
      const text = pieces.map(([, said]) => said).join('');
      let compiled: CucumberExpression;
      try {
        compiled = new CucumberExpression(expression, new ParameterTypeRegistry());
      } catch {
        return;
      }
      if (compiled.match(text) === null) return;
      fitting += 1;
      expect(text).toContain(literalOf(expression));
    }),
    { numRuns: 1000 },
  );
  expect(fitting).toBeGreaterThan(300);
});

it('the literal tells sentences apart', () => {
  expect(literalOf('deployment {string} is scaled to {int}')).toBe(' is scaled to ');
  expect(literalOf('pod(s)/container(s) named {string}')).toBe(' named ');
});
