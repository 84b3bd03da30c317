import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { toKyaml } from './kyaml.ts';

const words = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^[ \t\n"\\a:#]{0,12}$/),
  fc.constantFrom('yes', 'NO', 'null', '1e3', '0x1f', '12:30', '2026-01-05', '.inf', 'a/b', '-', 'a b', '~'),
);

describe('KYAML', () => {
  it('means what it was written of, whatever stands in keys and texts', () => {
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        words,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(words, tie('value'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(value, (written) => {
        // Half of a sign is no sign, to YAML as to Go.
        fc.pre(!/\\ud[89a-f]/i.test(JSON.stringify(written)));
        expect(parse(toKyaml(written), { version: '1.2', uniqueKeys: false })).toEqual(written);
      }),
    );
  });

  it('is laid out as kubectl does it', () => {
    const written = {
      kind: 'ConfigMap',
      metadata: { name: 'a', labels: { 'app.kubernetes.io/name': 'x', no: 'y', '-a': 'z' } },
      list: [{ a: 1 }, { b: true }],
      args: ['-c', 'x'],
      none: [],
      nothing: {},
      data: { 'run.sh': 'one\n  two\n\nthree' },
    };
    expect(toKyaml(written)).toBe(String.raw`---
{
  args: [
    "-c",
    "x",
  ],
  data: {
    run.sh: "\
       one\n\
      \  two\n\
       \n\
       three\
      ",
  },
  kind: "ConfigMap",
  list: [{
    a: 1,
  }, {
    b: true,
  }],
  metadata: {
    labels: {
      "-a": "z",
      app.kubernetes.io/name: "x",
      "no": "y",
    },
    name: "a",
  },
  none: [],
  nothing: {},
}
`);
  });
});
