import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readManifests, type ManifestObject } from '../sim/api/manifest/read.ts';
import type { Path } from '../sim/api/schema/check.ts';
import { WORKING } from '../fuzz/working.ts';
import { changed, changesOf } from './apply.ts';
import { EDITS } from './catalogue/index.ts';
import { manifestsOf, textsWith, yamlOf } from './manifests.ts';
import { get } from './shapes.ts';

const path = fc.array(fc.oneof(fc.constantFrom('a', 'b', 'c'), fc.nat({ max: 2 })), {
  minLength: 1,
  maxLength: 4,
});
const value = fc.jsonValue({ maxDepth: 2 }).filter((v) => v !== null);

/** A tree in which the path leads somewhere, so that a number on it stands in a list. */
const tree = (along: Path): fc.Arbitrary<unknown> =>
  along.length === 0
    ? value
    : tree(along.slice(1)).map((inner) => {
        const [step] = along;
        return typeof step === 'number'
          ? [...Array.from({ length: step }, () => 'other'), inner]
          : { first: 1, [String(step)]: inner, last: 2 };
      });

const treeAndPath = path.chain((along) => tree(along).map((root) => ({ along, root })));

describe('changes', () => {
  it('set a field and nothing else, and leave alone what they were given', () => {
    fc.assert(
      fc.property(treeAndPath, value, ({ along, root }, to) => {
        const before = JSON.stringify(root);
        const [after] = changed([root as ManifestObject], {
          steps: [{ do: 'set', object: 0, path: along, value: to }],
        });
        expect(get(after, along)).toEqual(to);
        expect(JSON.stringify(root)).toBe(before);
        const [back] = changed([after!], {
          steps: [{ do: 'set', object: 0, path: along, value: get(root, along) }],
        });
        expect(JSON.stringify(back)).toBe(before);
      }),
    );
  });

  it('drop a field, or an item of a list', () => {
    fc.assert(
      fc.property(treeAndPath, ({ along, root }) => {
        const [after] = changed([root as ManifestObject], {
          steps: [{ do: 'drop', object: 0, path: along }],
        });
        expect(get(after, along)).toBeUndefined();
      }),
    );
  });
});

describe('every edit', () => {
  it('gives manifests that can be read and differ, in everything that is known to work', () => {
    const applied = new Set<string>();
    for (const object of WORKING) {
      const manifests = manifestsOf([yamlOf(object)], ['a.yaml']);
      for (const change of changesOf(manifests.objects, EDITS)) {
        applied.add(change.edit);
        const [after] = textsWith(manifests, change);
        const objects = readManifests(after!, 'a.yaml').map((d) => d.object);
        expect(objects).not.toEqual(manifests.objects);
        expect(objects).toEqual(changed(manifests.objects, change).filter((o) => o !== undefined));
      }
    }
    expect(applied.size).toBeGreaterThan(20);
  });

  it('is named once, in both languages, with a page of the documentation', () => {
    expect(new Set(EDITS.map((e) => e.name)).size).toBe(EDITS.length);
    for (const { words, source } of EDITS) {
      expect(words.en).toContain('{object}');
      expect(words.ja).toMatch(/[ぁ-ん]/);
      expect(source).toMatch(/^(concepts|tasks|reference)\//);
      const names = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([n]) => n).sort();
      expect(names(words.ja)).toEqual(names(words.en));
    }
  });

  it('is there at least 25 times in each direction', () => {
    for (const direction of ['weaken', 'strengthen'])
      expect(EDITS.filter((e) => e.direction === direction).length).toBeGreaterThanOrEqual(25);
  });
});
