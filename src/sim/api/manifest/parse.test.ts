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

describe('brackets over several lines', () => {
  const scalar = fc.constantFrom(
    '1',
    'plain word',
    "it's",
    '"a, ]b"',
    "'c # d'",
    '"two\nlines"',
    '"esc \\" ]"',
  );
  const { value } = fc.letrec<{ value: string[] }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      scalar.map((text) => [text]),
      fc.array(tie('value'), { maxLength: 3 }).map((items) => bracketed('[', items, ']')),
      fc
        .uniqueArray(fc.tuple(fc.constantFrom('k', '"q"', 'l'), tie('value')), { selector: ([k]) => k })
        .map((pairs) =>
          bracketed(
            '{',
            pairs.map(([key, [head, ...rest]]) => [`${key}: ${head!}`, ...rest]),
            '}',
          ),
        ),
    ),
  }));
  /** The lines of what stands in brackets, a comment on the first. */
  const bracketed = (open: string, items: string[][], close: string): string[] => [
    `${open} # [ not "this`,
    ...items.flatMap((item) => [...item.slice(0, -1), `${item.at(-1)!},`]),
    close,
  ];

  it('are read alike wherever their lines begin', () => {
    fc.assert(
      fc.property(
        value,
        fc.infiniteStream(fc.nat(6)),
        fc.constantFrom('b: ', '- - '),
        (lines, indents, key) => {
          const written = (indentOf: () => number): string =>
            `a:\n  ${key}${lines.join('\n').replace(/\n/g, () => `\n${' '.repeat(indentOf())}`)}\nc: end\n`;
          expect(valuesOf(written(() => indents.next().value as number))).toEqual(valuesOf(written(() => 9)));
        },
      ),
    );
  });

  it('keep their lines', () => {
    const { documents, lines } = parseYaml('a:\n    b: [ "x",\n  "y"\n]\nc: z\n');
    expect(documents[0]!.toJS()).toEqual({ a: { b: ['x', 'y'] }, c: 'z' });
    const c = documents[0]!.get('c', true) as unknown as { range: number[] };
    expect(lines.linePos(c.range[0]!)).toEqual({ line: 5, col: 4 });
  });

  it.each(['a:\n  b: [ x,\ny\nc: z\n', 'a:\n  b: [ x,\n---\nc: ]\n'])(
    'that have no end are refused as they are: %j',
    (text) => {
      expect(parseYaml(text).documents.flatMap((d) => d.errors)).not.toEqual([]);
    },
  );
});
