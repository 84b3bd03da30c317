import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readManifests } from '../sim/api/manifest/read.ts';
import { inlined } from './inlinemanifests.ts';

const manifest = (indent: string, data: string, scalar: string, end: string): string =>
  `${['apiVersion: v1', 'kind: ConfigMap', 'metadata:', '  name: x', 'data:', `  a: ${scalar}`, `    ${data}`]
    .map((line) => indent + line)
    .join(end)}${end}`;

const file = fc
  .record({
    indent: fc.constantFrom('', '  ', '    '),
    data: fc.constantFrom('x', 'say """', "it's", '\\', '# no comment'),
    scalar: fc.constantFrom('|', '|-', '|+', '>+'),
    end: fc.constantFrom('\n', '\r\n'),
    before: fc.constantFrom('', '\n', '  \n\n', '\uFEFF'),
    after: fc.constantFrom('', '\n', '\n\n'),
  })
  .map(({ before, after, ...m }) => before + manifest(m.indent, m.data, m.scalar, m.end) + after);

describe('manifests of files as one text', () => {
  it('say what each says, though indented as a whole, after empty lines, or with ends that count', () => {
    fc.assert(
      fc.property(fc.array(file, { minLength: 1, maxLength: 3 }), (texts) => {
        const objects = (text: string): unknown[] => readManifests(text, 'x.yaml').map((d) => d.object);
        expect(objects(inlined(texts))).toEqual(texts.flatMap(objects));
      }),
    );
  });
});
