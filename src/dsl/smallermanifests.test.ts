import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { readManifests, type ManifestObject } from '../sim/api/manifest/read.ts';
import { smallerManifests } from './smallermanifests.ts';

const objectsOf = (text: string): ManifestObject[] => readManifests(text, 'x.yaml').map((d) => d.object);
const smallerObjects = (text: string): ManifestObject[][] => [...smallerManifests(text)].map(objectsOf);

interface Drawn {
  readonly name: string;
  readonly replicas: number;
  readonly containers: readonly string[];
  /** A text that reads as something else where it is not quoted. */
  readonly word: string;
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  name: fc.constantFrom('a', 'b'),
  replicas: fc.integer({ min: 1, max: 4 }),
  containers: fc.uniqueArray(fc.constantFrom('c', 'd', 'e'), { minLength: 1 }),
  word: fc.constantFrom('yes', 'y', '0644', '3', '1e3', '~', 'a: b', '# c', 'l\nm\n', ' x', "it's", ''),
});

const objectOf = ({ name, replicas, containers, word }: Drawn): ManifestObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, annotations: { word } },
  spec: { replicas, template: { spec: { containers: containers.map((c) => ({ name: c })) } } },
});

/** What is smaller by one thing than some objects. */
function smallerBy(objects: readonly Drawn[]): ManifestObject[][] {
  const smaller: Drawn[][] =
    objects.length > 1 ? objects.map((_, i) => objects.filter((_o, j) => j !== i)) : [];
  for (const [i, one] of objects.entries()) {
    const put = (change: Partial<Drawn>): void =>
      void smaller.push(objects.map((o, j) => (i === j ? { ...one, ...change } : o)));
    if (one.replicas > 1) for (const replicas of new Set([1, one.replicas - 1])) put({ replicas });
    if (one.containers.length > 1)
      for (const c of one.containers) put({ containers: one.containers.filter((d) => d !== c) });
  }
  return smaller.map((s) => s.map(objectOf));
}

const yaml = (value: unknown): string => stringify(value, { version: '1.1', aliasDuplicateObjects: false });

/** Ways to write the same objects. */
const WRITTEN: Record<string, (objects: readonly ManifestObject[]) => string> = {
  documents: (objects) => objects.map((o) => `# one\n${yaml(o)}`).join('---\n'),
  'set in as a whole': (objects) => objects.map((o) => yaml(o).replace(/^(?=.)/gm, '    ')).join('---\n'),
  'JSON, one after another': (objects) => objects.map((o) => JSON.stringify(o)).join('\n---\n'),
  'a list': (objects) => yaml({ apiVersion: 'v1', kind: 'List', items: objects }),
  'a list of its kind': (objects) => yaml({ apiVersion: 'apps/v1', kind: 'DeploymentList', items: objects }),
};

describe('smaller manifests', () => {
  it.each(Object.keys(WRITTEN))('say all else as it was said: %s', (how) => {
    fc.assert(
      fc.property(fc.array(drawn, { minLength: 1, maxLength: 3 }), (objects) => {
        expect(smallerObjects(WRITTEN[how]!(objects.map(objectOf)))).toEqual(smallerBy(objects));
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    [
      'an alias and a merge',
      'base: &b {replicas: 2}\nspec: {<<: *b, template: {spec: &s {containers: []}}}\nmore: *s',
    ],
    ['a quoted text whose lines begin left of its key', 'spec: {replicas: 2}\ndata:\n  a: "one\ntwo"'],
    ['replicas in octal', 'spec: {replicas: 0o2}'],
  ])('are made of %s', (_, rest) => {
    const text = `apiVersion: v1\nkind: X\n${rest}\n`;
    const [whole] = objectsOf(text);
    const spec = whole!['spec'] as object;
    expect(smallerObjects(text)).toEqual([[{ ...whole, spec: { ...spec, replicas: 1 } }]]);
  });

  it.each(['', 'kind: [', 'a: *b', 'just words', '- 1'])('are none of what does not apply: %j', (text) => {
    expect([...smallerManifests(text)]).toEqual([]);
  });

  it('keep what is written beside what goes', () => {
    const text = 'apiVersion: v1 # of old\nkind: X\nspec:\n  replicas: 0x2 # two\n';
    expect([...smallerManifests(text)]).toEqual([text.replace('0x2', '1').trimEnd()]);
  });
});
