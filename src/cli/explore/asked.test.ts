import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderOf } from '../testing.ts';
import { standardKit } from '../../dsl/kit.ts';
import { placedIn } from '../../dsl/source.ts';
import type { Campaign } from '../../explore/campaign.ts';
import { invariantsHold } from '../../explore/scene.ts';
import { campaignsOf, type ExploreOptions, USUAL } from './asked.ts';

const OPTIONS: ExploreOptions = { ...USUAL, out: 'unused', delays: '0s' };
const pod = (name: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {containers: [{name: c, image: nginx}]}\n`;
const feature = (manifest: string): string =>
  `Feature: f\n  Scenario: s\n    Given a cluster with 2 nodes\n    And the manifest in "${manifest}"\n   ` +
  ` When 1 minute passes\n`;

/** The manifests of each campaign. */
const asked = (paths: readonly string[], options: Partial<ExploreOptions> = {}): string[][] =>
  campaignsOf(paths, { ...OPTIONS, ...options }, standardKit).campaigns.map(({ scene }) =>
    scene.flatMap((o) => (o.op === 'manifest' ? [/name"?: ?"?(\w+)/.exec(o.text)![1]!] : [])),
  );

describe('what is explored', () => {
  it('all manifests of a folder and those below it, together', () => {
    const json =
      '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "c"}, "spec": {"containers": [{"name": ' +
      '"x", "image": "y"}]}}';
    const root = folderOf({ 'a.yaml': pod('a'), 'b/deep.yml': pod('b'), 'c.json': json, 'notes.txt': 'x' });
    expect(asked([root])).toEqual([['a', 'b', 'c']]);
  });

  it('where a folder holds features, the settings of their scenarios, each with its own manifests', () => {
    const root = folderOf({
      'one/a.yaml': pod('a'),
      'one/a.feature': feature('a.yaml'),
      'two/a.yaml': pod('b'),
      'two/b.feature': feature('a.yaml'),
    });
    expect(asked([root])).toEqual([['a'], ['b']]);
  });

  it('a setting that scenarios share once, and a manifest named beside the features of a folder', () => {
    const root = folderOf({
      'a.yaml': pod('a'),
      'a.feature': feature('a.yaml') + feature('a.yaml').replace('Feature: f\n', ''),
    });
    expect(asked([root, join(root, 'a.yaml')])).toEqual([['a'], ['a']]);
  });

  it('of a scenario that says "any", its own faults and claims, unless others are asked for', () => {
    const any = [
      feature('a.yaml').trimEnd(),
      '    When any 1 to 2 of these faults strike within 3 minutes:',
      '      | fault     | for |',
      '      | NodeDrain | 1m  |',
      '    And 5 minutes pass',
      '    Then pod "a" is ready',
    ].join('\n');
    const root = folderOf({ 'a.yaml': pod('a'), 'a.feature': any });
    const campaign = (options: Partial<ExploreOptions> = {}): Campaign =>
      campaignsOf([root], { ...OPTIONS, ...options }, standardKit).campaigns[0]!;
    const { scene, faults, after, claims } = campaign();
    expect(scene.map((o) => o.op)).toEqual(['cluster', 'manifest', 'pass']);
    expect(faults).toEqual({ min: 1, max: 2, withinMs: 180_000, of: [{ kind: 'NodeDrain', forMs: 60_000 }] });
    expect(after).toEqual([{ op: 'pass', durationMs: 300_000 }]);
    expect(claims.map((o) => o.op === 'assert' && o.claim.claim)).toEqual(['pod']);
    const other = campaign({ faults: 'PodDelete' });
    expect(other.scene.map((o) => o.op)).toEqual(['cluster', 'manifest']);
    expect([other.faults.of, other.after, other.claims]).toEqual([
      ['PodDelete'],
      undefined,
      [invariantsHold],
    ]);
  });

  it('and where its manifests were read: a doc string, a file, one that begins with empty lines', () => {
    const text = pod('a').trimEnd();
    const inDocString =
      `Feature: f\n  Scenario: s\n    Given a cluster with 1 node\n    And the manifest:\n      ` +
      `"""\n${text.replace(/^/gm, '      ')}\n      """\n    When 1 minute passes\n`;
    const root = folderOf({
      'doc.feature': inDocString,
      'file/b.yaml': pod('b'),
      'file/b.feature': feature('b.yaml'),
      'c/c.yaml': `\n\n${pod('c')}`,
    });
    const paths = ['doc.feature', 'file/b.feature', 'c/c.yaml'].map((p) => join(root, p));
    const { sources } = campaignsOf(paths, OPTIONS, standardKit);
    expect([...sources.values()].sort((x, y) => (x.file < y.file ? -1 : 1))).toEqual([
      { file: join(root, 'c/c.yaml'), line: 3, column: 1 },
      { file: join(root, 'doc.feature'), line: 6, column: 7 },
      { file: join(root, 'file/b.yaml'), line: 1, column: 1 },
    ]);
    expect(placedIn('web: STDIN:3:9: spec', sources.get(text)!)).toBe(
      `web: ${join(root, 'doc.feature')}:8:15: spec`,
    );
  });

  it.each<[string, Partial<ExploreOptions>, RegExp]>([
    ['nodes', { nodes: '0' }, /--nodes takes a whole number from 1, not "0"/],
    ['zones', { zones: '4' }, /--zones 4 is more than there are nodes \(3\)/],
    ['nodes past what there may be', { nodes: '10001' }, /--nodes takes at most 10000/],
    ['cpu', { cpu: 'abc' }, /--cpu takes a quantity such as 500m, 2 or 4Gi, not "abc"/],
    ['memory', { memory: '-1' }, /--memory takes a quantity/],
    ['within', { within: 'long' }, /--within takes a duration such as 90s or 5m, not "long"/],
    ['min and max', { min: '4', max: '2' }, /--min 4 is more than --max 2/],
    [
      'faults and voluntary',
      { faults: 'PodDelete', voluntary: true },
      /--faults and --voluntary exclude each other/,
    ],
  ])('refuses a wrong %s', (_, options, message) => {
    const root = folderOf({ 'a.yaml': pod('a') });
    expect(() => asked([root], options)).toThrow(message);
  });
});
