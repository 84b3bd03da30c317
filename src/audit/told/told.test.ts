import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import jsonPatch from 'fast-json-patch';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { manifestsOf, yamlOf } from '../../edits/manifests.ts';
import { nameOf } from '../../edits/shapes.ts';
import { freshBeginnings } from '../../explore/freshbeginnings.ts';
import { readManifests, type ManifestObject } from '../../sim/api/manifest/read.ts';
import { audit, groupOf, type Finding } from '../audit.ts';
import { baselineOf, goneSince, readBaseline, regressionsOf, type Baseline } from '../baseline.ts';
import { overlayOf, together } from '../overlay.ts';
import { readWeights, scoresOf, WEIGHTS } from '../score.ts';
import { workloadsOf } from '../subject.ts';
import { headlineOf, likeInWords, toldOf } from './groups.ts';
import { markdownOf } from './markdown.ts';
import { sarifOf } from './sarif.ts';

const shop = (name: string, replicas: number): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers:
      - {name: ${name}, image: shop, ports: [{containerPort: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {selector: {app: ${name}}, ports: [{port: 80}]}
`;
const FILES = ['shop/a.yaml', 'shop/b c.yaml'];
const SOURCES = [shop('a', 1), `# two of it\n---\n${shop('b', 1)}`];

const KINDS = ['nodes are rebooted in turn', 'a pod is deleted', 'a container crashes'];

const manifests = manifestsOf(SOURCES, FILES);
const found = audit(manifests, {
  shape: { nodes: 3, zones: 1 },
  seed: '1',
  beginnings: freshBeginnings(),
  kinds: KINDS,
  more: () => true,
});
const told = toldOf(manifests, found);
const KNOWN = {
  name: 'two-at-once',
  trials: ['nodes are rebooted in turn'],
  lacks: ['ReadinessProbeAdded'],
  beside: [],
  title: { en: 'Two at once', ja: '二つ同時に' },
};
const scores = scoresOf(manifests, found.services, workloadsOf(manifests), found.results, WEIGHTS);

describe('an audit, told', () => {
  it('tells trivial facts once, and alike findings together', () => {
    expect(told.facts[0]).toBe('2 of 2 Services have one replica: default/a, default/b');
    expect(told.groups.map((g) => g.findings.length)).toContain(2);
    expect(told.groups.map((g) => headlineOf(g)).join('\n')).toMatch(/^2 Services: down for /m);
    const like = toldOf(manifests, found, 'ja', [KNOWN]).groups.map((g) => likeInWords(g, 'ja'));
    expect(like.flat()).toEqual(['似た事例: 二つ同時に (seatrial failures two-at-once)']);
    expect(toldOf(manifests, found, 'ja').facts[0]).toMatch(/^2個のService中2個はレプリカが1個しかない/);
  });

  it('counts ready replicas where nobody asks, beside requests where somebody does', () => {
    const [finding] = found.findings;
    const asked = {
      ...finding!,
      effect: { ...finding!.effect, state: 'degrades', failed: 1, missing: 0 } as const,
    };
    const counted = (replicas: number): Finding => ({
      ...asked,
      service: { ...asked.service, as: 'workload' },
      effect: { ...asked.effect, failed: 0, sent: 0, disturbedMs: 8_000, replicas },
    });
    const headline = (...findings: Finding[]): string => headlineOf({ findings, others: 0, like: [] });
    expect(headline(asked, asked)).toBe('2 Services: degrade: at most 1 request failed');
    expect(headline(asked, counted(2), counted(2))).toBe(
      '1 Service and 2 workloads by their ready replicas: degrade: at most 1 request failed, ' +
        'fewer than 2 replicas ready for 8s at most',
    );
    expect(headline(counted(1), counted(1))).toContain('degrade: no replica ready for 8s at most');
    const hung = { ...counted(1), effect: { ...counted(1).effect, disturbedMs: 0, missing: 1 } };
    expect(headline(hung, hung)).toMatch(/: degrade: replicas do not come back$/);
    expect(headline(counted(1), hung)).toMatch(/ready for 8s at most, and replicas do not come back$/);
    expect(headline(counted(1), counted(2))).toContain('fewer replicas than wanted ready');
    expect(headlineOf({ findings: [asked, counted(2)], others: 0, like: [] }, 'ja')).toBe(
      '1個のService、1個のReadyなレプリカで見るワークロード: 低下: 最大1件のリクエストが失敗、' +
        '最大8sの間Readyなレプリカが足りない',
    );
  });

  it('is SARIF 2.1.0 with all that it requires, at the lines of the workloads', () => {
    const sarif = sarifOf(manifests, found, { files: FILES, version: '1.2.3', language: 'en' }) as {
      version: string;
      runs: {
        tool: { driver: { name: string; rules: { id: string }[] } };
        results: {
          ruleId: string;
          ruleIndex: number;
          level: string;
          message: { text: string };
          baselineState?: string;
          locations: {
            physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } };
          }[];
        }[];
      }[];
    };
    expect(sarif.version).toBe('2.1.0');
    const [run] = sarif.runs;
    expect(run!.results.length).toBeGreaterThan(0);
    for (const { ruleId, ruleIndex, level, message, locations } of run!.results) {
      expect(run!.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
      expect(['none', 'note', 'warning', 'error']).toContain(level);
      expect(message.text).toMatch(/^Service default\/[ab] when /);
      const { artifactLocation, region } = locations[0]!.physicalLocation;
      const isA = message.text.includes('default/a');
      expect(artifactLocation.uri).toBe(isA ? 'shop/a.yaml' : 'shop/b%20c.yaml');
      const lines = SOURCES[isA ? 0 : 1]!.split('\n');
      expect(lines.slice(region.startLine - 1, region.startLine + 1).join(' ')).toContain('kind: Deployment');
    }
    const later = sarifOf(manifests, found, {
      files: FILES,
      version: '1',
      language: 'en',
      baseline: baselineOf(found.findings),
    }) as typeof sarif;
    expect(new Set(later.runs[0]!.results.map((r) => r.baselineState))).toEqual(new Set(['unchanged']));
  });

  it('names the failures that findings resemble, in SARIF and in Markdown', () => {
    const options = { files: FILES, version: '1', language: 'en', library: [KNOWN] } as const;
    const sarif = sarifOf(manifests, found, options) as {
      runs: { results: { ruleId: string; message: { text: string } }[] }[];
    };
    const like = sarif.runs[0]!.results.filter((r) => r.message.text.includes('as in: Two at once'));
    expect(new Set(like.map((r) => r.ruleId))).toEqual(new Set(['nodes-are-rebooted-in-turn']));
    const text = markdownOf(found, toldOf(manifests, found, 'en', [KNOWN]), scores, 'en');
    expect(text.match(/^- as in: Two at once \(seatrial failures two-at-once\)$/gm)).toHaveLength(1);
    // Nothing is about these Pods that such a failure needs.
    const budgeted = { ...KNOWN, beside: ['PodDisruptionBudget'] };
    expect(JSON.stringify(sarifOf(manifests, found, { ...options, library: [budgeted] }))).not.toContain(
      'as in',
    );
    const budget = {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'all' },
      spec: { minAvailable: 1, selector: { matchLabels: { app: 'b' } } },
    };
    const besides = { ...manifests, objects: [...manifests.objects, budget] };
    const likeNow = toldOf(besides, found, 'en', [budgeted]).groups.flatMap((g) => g.like);
    expect(likeNow.map((k) => k.name)).toEqual(['two-at-once']);
    const ofNobody = { ...KNOWN, beside: ['PodDisruptionBudget of nobody'] };
    const likeWith = (one: typeof budget): string[] =>
      toldOf({ ...manifests, objects: [...manifests.objects, one] }, found, 'en', [ofNobody])
        .groups.flatMap((g) => g.like)
        .map((k) => k.name);
    const astray = { ...budget, spec: { minAvailable: 1, selector: { matchLabels: { app: 'bb' } } } };
    expect([likeWith(budget), likeWith(astray)]).toEqual([[], ['two-at-once']]);
  });

  it('is Markdown in which nothing of a name is markup', () => {
    const text = markdownOf(found, told, scores, 'en', found.findings.slice(0, 1));
    expect(text).toMatch(/^## What would take it down/);
    expect(text).toContain('**1 new or worse.**');
    expect(text).toContain('| default/deployment/a |');
  });

  it('says nothing in English where Japanese is asked for', () => {
    const spoken = toldOf(manifests, found, 'ja');
    const text = markdownOf(found, spoken, scores, 'ja', found.findings.slice(0, 1));
    expect(text).toMatch(/^## 何があれば停止するか/);
    expect(text).toContain('**新しい、または悪化したもの: 1件**');
    const sarif = JSON.stringify(
      sarifOf(manifests, found, { files: FILES, version: '1', language: 'ja' }),
      (key, value: unknown) => (key === 'ruleId' || key === 'id' || key.startsWith('partial') ? '' : value),
    );
    expect(sarif).toContain('Service default/a、');
    for (const said of [text, sarif])
      expect(
        said.match(/\b(when|down|requests|mended|lessened|Survives|Services|pod is|happens)\b/g),
      ).toBeNull();
  });

  it('is nothing new beside its own baseline, and all of it beside an empty one', () => {
    const baseline = readBaseline(JSON.stringify(baselineOf(found.findings)), 'b.json');
    expect(regressionsOf(found.findings, baseline)).toEqual([]);
    const none = readBaseline('{"version": 1, "findings": {}}', 'b.json');
    expect(regressionsOf(found.findings, none)).toHaveLength(Object.keys(baseline.findings).length);
    expect(goneSince(found, baseline)).toEqual([]);
    expect(() => readBaseline('{"version": 9}', 'b.json')).toThrow(/^b\.json is no baseline/);
    expect(() => readBaseline('{', 'b.json')).toThrow(/cannot be read as JSON/);
  });
});

describe('a comparison with a baseline', () => {
  const CRASH = 'a container crashes default/a';
  const baseline = baselineOf(found.findings);
  const without = (...groups: string[]): Baseline => ({
    ...baseline,
    findings: Object.fromEntries(Object.entries(baseline.findings).filter(([g]) => !groups.includes(g))),
  });
  const statesWith = (compared: Baseline): Record<string, string> => {
    const sarif = sarifOf(manifests, found, {
      files: FILES,
      version: '1',
      language: 'en',
      baseline: compared,
    }) as { runs: { results: { baselineState: string; partialFingerprints: Record<string, string> }[] }[] };
    return Object.fromEntries(
      sarif.runs[0]!.results.map((r) => [Object.values(r.partialFingerprints)[0], r.baselineState]),
    );
  };

  it('tells what is new', () => {
    expect(regressionsOf(found.findings, without(CRASH)).map(groupOf)).toEqual([CRASH]);
    expect(statesWith(without(CRASH))).toMatchObject({
      [CRASH]: 'new',
      'a container crashes default/b': 'unchanged',
    });
  });

  it('tells a grade that is worse, and none that is better', () => {
    const effect = baseline.findings[CRASH]!;
    expect(effect.state).toBe('down');
    const was = (state: 'degrades' | 'down', outageMs: number): Baseline => ({
      ...baseline,
      findings: { ...baseline.findings, [CRASH]: { ...effect, state, outageMs } },
    });
    expect(regressionsOf(found.findings, was('degrades', 0)).map(groupOf)).toEqual([CRASH]);
    expect(statesWith(was('degrades', 0))[CRASH]).toBe('updated');
    expect(regressionsOf(found.findings, was('down', effect.outageMs * 9))).toEqual([]);
  });

  it('tells what is gone, but not what was not tried', () => {
    const DELETED = 'a pod is deleted default/a';
    const mended = { ...found, findings: found.findings.filter((f) => groupOf(f) !== DELETED) };
    expect(goneSince(mended, baseline)).toEqual([DELETED]);
    const others = found.results.filter(([trial]) => trial.kind !== 'a pod is deleted');
    expect(goneSince({ ...mended, results: others }, baseline)).toEqual([]);
  });

  it('has a workload that is renamed go and come', () => {
    const renamed = (name: string): string => name.replace('default/a', 'default/z');
    const services = found.services.map((s) => ({ ...s, name: renamed(s.name) }));
    const findings = found.findings.map((f) => ({
      ...f,
      service: { ...f.service, name: renamed(f.service.name) },
    }));
    const gone = goneSince({ ...found, services, findings }, baseline);
    expect(gone.length).toBeGreaterThan(0);
    for (const group of gone) expect(group).toMatch(/ default\/a$/);
    expect(regressionsOf(findings, baseline).map((f) => f.service.name)).toEqual(gone.map(() => 'default/z'));
  });
});

describe('scores', () => {
  const scoreWith = (weights: object): number | undefined =>
    scoresOf(
      manifests,
      found.services,
      workloadsOf(manifests),
      found.results,
      readWeights(JSON.stringify(weights), 'w'),
    )[0]!.score;

  it('are 100 where nothing lost counts, less the more a loss costs, never out of bounds', () => {
    expect(scoreWith({ loss: { degrades: 0, down: 0, lost: 0 } })).toBe(100);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat({ max: 9 }), (share, weight) => {
        const at = (down: number): number =>
          scoreWith({ loss: { down }, likelihood: { planned: weight + 1 }, kinds: {} })!;
        expect(at(share)).toBeGreaterThanOrEqual(at(1));
        expect(at(share)).toBeLessThanOrEqual(100);
        expect(at(1)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('count a kind of trial for what a file says, in place of its likelihood', () => {
    const none = { planned: 0, common: 0, rare: 0 };
    expect(scoreWith({ likelihood: none })).toBeUndefined();
    expect(scoreWith({ likelihood: none, kinds: { 'a pod is deleted': 2 }, loss: { down: 0.4 } })).toBe(60);
  });

  it.each([
    ['los: {}', 'w.yaml:1:1: there is no "los"'],
    ['kinds:\n  a flood: 1', 'w.yaml:2:3: kinds has "a flood"; there are: a node loses power · '],
    ['loss:\n  degrades: 0\n  down: 2', 'w.yaml:3:9: loss: "down" is a share, 1 at the most'],
    ['likelihood: {rare: -1}', 'w.yaml:1:20: likelihood: "rare" is to be a number from 0 up, not -1'],
    ['likelihood: {rare: .inf}', 'w.yaml:1:20: likelihood: "rare" is to be a number from 0 up'],
    ['likelihood: {rare: often}', 'w.yaml:1:20: likelihood: "rare" is to be a number from 0 up, not "often"'],
    ['# mine\nlikelihood: 3', 'w.yaml:2:13: likelihood is to be numbers by planned, common, rare'],
    ['likelihood: [1', 'w.yaml:1:15: Flow sequence in block collection must be'],
    ['loss: {down: 1, down: 1}', 'w.yaml:1:17: Map keys must be unique'],
    ['[]', 'w.yaml:1:1: weights are an object of likelihood, kinds and loss'],
    ['', 'w.yaml:1:1: weights are an object of likelihood, kinds and loss'],
  ])('refuse %j, and say where', (text, message) => {
    expect(() => readWeights(text, 'w.yaml')).toThrow(message);
  });
});

const hasKubectl = (() => {
  try {
    execFileSync('kubectl', ['version', '--client'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

describe('an overlay', () => {
  const fixes = together(manifests.objects, found.findings);
  const overlay = overlayOf(manifests.objects, fixes, ['base-1.yaml', 'base-2.yaml']);

  it('makes no two changes at one place', () => {
    const at = fixes.changes
      .flatMap((c) => c.steps)
      .map((s) => JSON.stringify(s.do === 'set' ? [s.object, s.path] : s));
    expect(new Set(at).size).toBe(at.length);
    expect(fixes.changes.length).toBeGreaterThan(1);
  });

  /** The manifests as kustomize reads the overlay, as far as it is used here. */
  function built(): ManifestObject[] {
    const kustomization = parse(overlay.get('kustomization.yaml')!) as {
      resources: string[];
      patches: { path: string; target: { kind: string; name: string } }[];
    };
    const patched = manifests.objects.map((object) => {
      const own = kustomization.patches.filter(
        ({ target }) => target.kind === object.kind && target.name === nameOf(object),
      );
      return own.reduce(
        (now, { path }) =>
          jsonPatch.applyPatch(now, parse(overlay.get(path)!) as jsonPatch.Operation[], false, false)
            .newDocument,
        structuredClone(object),
      );
    });
    const added = kustomization.resources.filter((name) => overlay.has(name));
    return [...patched, ...added.flatMap((n) => readManifests(overlay.get(n)!, n).map((d) => d.object))];
  }

  /** What was said to mend or lessen findings does, all of it together. */
  function expectMended(objects: readonly ManifestObject[]): void {
    const texts = [objects.map(yamlOf).join('\n---\n')];
    const again = audit(manifestsOf(texts, ['built']), {
      shape: { nodes: 3, zones: 1 },
      seed: '1',
      beginnings: freshBeginnings(),
      kinds: KINDS,
      more: () => true,
    });
    const made = new Set(fixes.changes.map((c) => c.key));
    const isMade = ({ advice }: Finding): boolean => advice?.every((c) => made.has(c.key)) === true;
    const mended = found.findings.filter(isMade).map(groupOf);
    expect(mended.length).toBeGreaterThan(0);
    const left = again.findings.map(groupOf);
    expect(mended.filter((group) => left.includes(group))).toEqual([]);
    expect(regressionsOf(again.findings, baselineOf(found.findings))).toEqual([]);
    const downIn = ({ findings }: typeof found): number =>
      new Set(findings.filter((f) => f.effect.state === 'down').map(groupOf)).size;
    expect(downIn(again)).toBeLessThan(downIn(found));
  }

  it('mends what it is said to mend', () => {
    expect(built()).toEqual(fixes.objects);
    expectMended(built());
  });

  it.skipIf(!hasKubectl)('is what the real kustomize makes of it, and mends as much', () => {
    const folder = mkdtempSync(join(tmpdir(), 'seatrial-overlay-'));
    SOURCES.forEach((source, i) => writeFileSync(join(folder, `base-${i + 1}.yaml`), source));
    for (const [name, file] of overlay) writeFileSync(join(folder, name), file);
    const text = execFileSync('kubectl', ['kustomize', folder], { encoding: 'utf8' });
    const sorted = (objects: readonly object[]): string[] =>
      objects.map((o) => JSON.stringify(sortedKeys(o))).sort();
    const objects = readManifests(text, 'built').map((d) => d.object);
    expect(sorted(objects)).toEqual(sorted(fixes.objects));
    expectMended(objects);
  });
});

/** Kustomize writes members in an order of its own. */
function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, sortedKeys(v)]),
  );
}
