import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseYaml } from './parse.ts';

const valuesOf = (text: string): unknown[] => parseYaml(text).documents.map((d) => d.toJS() as unknown);

const word = fc.constantFrom('a', 'b: c', '[1', ']', "it''s", '#no', '- x', '');
const line = fc.record({ word, indent: fc.nat(6) });

describe('quoted texts over several lines', () => {
  it('are read alike wherever their lines begin', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 2, maxLength: 5 }), fc.boolean(), (lines, double) => {
        const quote = double ? '"' : "'";
        const written = (indentOf: (n: number) => number): string => {
          const text = lines.map(({ word: w }, i) => (i === 0 ? '' : ' '.repeat(indentOf(i))) + w).join('\n');
          return `a:\n  b: ${quote}${text}${quote}\n  c: 'end'\n`;
        };
        expect(valuesOf(written((i) => lines[i]!.indent))).toEqual(valuesOf(written(() => 8)));
      }),
    );
  });

  it('keep their lines', () => {
    const { documents, lines } = parseYaml("a:\n  b: '[\n  1\n]'\n  c: x\n");
    const c = (documents[0]!.get('a') as { get(key: string, keep: true): { range: number[] } }).get(
      'c',
      true,
    );
    expect(lines.linePos(c.range[0]!)).toEqual({ line: 5, col: 6 });
  });

  it.each([
    ["a: 'no end\n", "Missing closing 'quote"],
    ["a: 'x\nb: 'y'\n", "Missing closing 'quote"],
    ['a: "x\n---\nb: "y"\n', 'Missing closing "quote'],
  ])('that have no end are refused as they are: %j', (text, message) => {
    expect(
      parseYaml(text)
        .documents.flatMap((d) => d.errors)
        .map((e) => e.message),
    ).toContain(message);
  });
});
