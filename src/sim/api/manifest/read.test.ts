import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { ManifestError } from './errors.ts';
import { manifestProblems, readManifests } from './read.ts';
import { resolvePlain } from './scalars.ts';

const objects = (text: string): unknown[] => readManifests(text, 'a.yaml').map((d) => d.object);
const failure = (text: string): ManifestError => {
  try {
    readManifests(text, 'a.yaml');
  } catch (error) {
    if (error instanceof ManifestError) return error;
  }
  throw new Error('no ManifestError');
};
const pod = { apiVersion: 'v1', kind: 'Pod' };

describe('manifests', () => {
  it('are read document by document, comments and empty ones skipped', () => {
    const documents = readManifests(
      '# top\n---\n# nothing here\n---\napiVersion: v1\nkind: Pod\n--- # next\n\napiVersion: v1\nkind: ' +
        'Node\n---\n',
      'a.yaml',
    );
    expect(documents.map((d) => [d.object.kind, d.index, d.line])).toEqual([
      ['Pod', 0, 5],
      ['Node', 1, 9],
    ]);
  });

  it('have lines that end as on any system', () => {
    const lines = ['apiVersion: v1', 'kind: Pod', ''];
    for (const end of ['\n', '\r\n', '\r']) expect(objects(lines.join(end))).toEqual([pod]);
  });

  it('have their lists taken apart', () => {
    expect(
      objects(
        'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod}\n- {apiVersion: v1, kind: ' +
          'List, items: [{apiVersion: v1, kind: Node}]}\n',
      ),
    ).toEqual([pod, { apiVersion: 'v1', kind: 'Node' }]);
    expect(objects('apiVersion: v1\nkind: PodList\nitems:\n- metadata: {name: a}\n')).toEqual([
      { ...pod, metadata: { name: 'a' } },
    ]);
  });

  it('may be JSON', () => {
    expect(objects('{"apiVersion": "v1", "kind": "Pod",\n\t"n": 1e3, "yes": "yes"}')).toEqual(
      [{ ...pod, n: 1000, true: 'yes' }].map(({ true: y, ...o }) => ({ ...o, yes: y })),
    );
  });

  it('take of a key that stands there twice the last one, where it stands', () => {
    const [document] = readManifests(
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  name: b\n',
      'a.yaml',
    );
    expect(document!.object).toEqual({ ...pod, metadata: { name: 'b' } });
    expect(document!.locate(['metadata', 'name']).line).toBe(5);
  });

  it('know anchors and merge keys', () => {
    expect(
      objects(
        'apiVersion: v1\nkind: Pod\nbase: &b {a: 1, c: 2}\none: {<<: *b, c: 3}\ntwo: {<<: [{c: 4}, *b]}\n',
      ),
    ).toEqual([{ ...pod, base: { a: 1, c: 2 }, one: { a: 1, c: 3 }, two: { c: 4, a: 1 } }]);
  });

  it('keep keys that JavaScript would take for its own', () => {
    const [object] = objects('apiVersion: v1\nkind: Pod\n__proto__: {a: 1}\nconstructor: x\n') as [object];
    expect(Object.keys(object)).toEqual(['apiVersion', 'kind', '__proto__', 'constructor']);
    expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
  });

  it.each([
    ['y', true],
    ['yes', true],
    ['On', true],
    ['off', false],
    ['N', false],
    ['yEs', 'yEs'],
    ['~', null],
    ['', null],
    ['0644', 420],
    ['0o17', 15],
    ['0x1F', 31],
    ['-0b101', -5],
    ['08', 8],
    ['1_000', 1000],
    ['1e3', 1000],
    ['.5', 0.5],
    ['.hidden', '.hidden'],
    ['1.10', 1.1],
    ['12:30', '12:30'],
    ['2026-01-05', '2026-01-05'],
    ['1.2.3', '1.2.3'],
    ['+5', 5],
    ['-', '-'],
    ['100m', '100m'],
    ['25%', '25%'],
  ])('read the plain scalar %j as kubectl does', (text, value) => {
    expect(resolvePlain(text)).toEqual(value);
  });

  it('leave quoted scalars and !!str as strings', () => {
    expect(objects('apiVersion: v1\nkind: Pod\na: "y"\nb: \'0644\'\nc: !!str 12\nd: |\n  true\n')).toEqual([
      { ...pod, a: 'y', b: '0644', c: '12', d: 'true\n' },
    ]);
  });

  it('come back as they were written, with every value where it stands', () => {
    const key = fc.stringMatching(/^[a-z]{2,6}$/).filter((k) => typeof resolvePlain(k) === 'string');
    const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        fc.integer(),
        fc.boolean(),
        fc.stringMatching(/^[a-z0-9 :#-]{0,8}$/),
        fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
        fc.dictionary(key, tie('node'), { minKeys: 1, maxKeys: 3 }),
      ),
    })).node;
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(key, value, { maxKeys: 3 }), { minLength: 1, maxLength: 3 }),
        (list) => {
          const written = list.map((o) => ({ apiVersion: 'v1', kind: 'Pod', ...o }));
          const text = written.map((o) => stringify(o, { version: '1.1' })).join('---\n');
          const documents = readManifests(text, 'a.yaml');
          expect(documents.map((d) => d.object)).toEqual(written);
          const lines = text.split('\n');
          for (const document of documents) {
            for (const [k, v] of Object.entries(document.object)) {
              const at = document.locate([k], 'key');
              expect(lines[at.line - 1]!.slice(at.column - 1)).toMatch(new RegExp(`^"?${k}`));
              if (typeof v !== 'number') continue;
              const place = document.locate([k]);
              expect(lines[place.line - 1]!.slice(place.column - 1)).toBe(String(v));
            }
          }
        },
      ),
    );
  });

  it.each([
    ['just text', 'a.yaml:1:1: expected an object with apiVersion and kind, found "just text"'],
    ['apiVersion: v1\nkindd: Pod\n', 'a.yaml:1:1: kind: required, but not set'],
    ['apiVersion: v1\nkind: [Pod]\n', 'a.yaml:2:7: kind: expected a string, found a list'],
    ['a: 1\n---b\n', 'a.yaml:2:4: invalid Yaml document separator: b'],
    ['apiVersion: v1\nkind: Pod\nx: .inf\n', 'a.yaml:3:4: x: json: unsupported value: +Inf'],
    ['apiVersion: v1\nkind: Pod\nx: *gone\n', 'a.yaml:3:4: x: unknown anchor "gone" referenced'],
    ['apiVersion: v1\nkind: Pod\nx: &a [*a]\n', 'a.yaml:3:8: x[0][0]: anchor "a" value contains itself'],
    [
      'apiVersion: v1\nkind: Pod\n\tx: 1\n',
      'a.yaml:3:1: error converting YAML to JSON: Tabs are not allowed as indentation',
    ],
    [
      'apiVersion: v1\nkind: List\nitems:\n- 3\n',
      'a.yaml:4:3: items[0]: expected an object with apiVersion and kind, found 3',
    ],
  ])('that cannot be read say where and why: %j', (text, message) => {
    expect(failure(text).message).toBe(message);
  });

  it('that explode are refused', () => {
    const layers = [...'abcdefgh'].map(
      (n, i) =>
        `${n}: &${n} [${Array(9)
          .fill(i === 0 ? 'x' : `*${'abcdefgh'[i - 1]}`)
          .join(',')}]`,
    );
    expect(failure(`apiVersion: v1\nkind: Pod\n${layers.join('\n')}\n`).message).toContain(
      'excessive aliasing',
    );
  });

  it('that miss their schema say where, what was expected and what was found', () => {
    const [document] = readManifests(
      'apiVersion: v1\nkind: List\nitems:\n- apiVersion: apps/v1\n  kind: Deployment\n  spec:\n    ' +
        'replicas: three\n    replica: 3\n    selector:\n      matchLabels:\n        app: y\n    ' +
        'template:\n      spec: {containers: [{name: c}]}\n',
      'frontend.yaml',
    );
    const problems = manifestProblems(document!);
    expect(problems.map((p) => p.message)).toEqual([
      'frontend.yaml:8:5: spec.replica: unknown field; did you mean "replicas"?',
      'frontend.yaml:7:15: spec.replicas: expected an integer, found "three"',
      'frontend.yaml:11:14: spec.selector.matchLabels.app: expected a string, found true (YAML reads y ' +
        'so; quote it to make it a string)',
    ]);
    expect(problems[1]).toMatchObject({
      file: 'frontend.yaml',
      line: 7,
      column: 15,
      path: 'spec.replicas',
      expected: 'an integer',
    });
  });
});
