/** Campaigns, exhaustive scopes and planted bugs, on small scenes. */
import { simulate } from '../drivers/simulated.ts';
import { describe, expect, it } from 'vitest';
import { clusterOf } from '../dsl/session.ts';
import { readFeature } from '../dsl/feature.ts';
import { Beginnings } from './beginnings.ts';
import {
  addTallies,
  findingsOf,
  oneOf,
  runBatch,
  scenarioOf,
  type Campaign,
  type Finding,
  type Tallies,
} from './campaign.ts';
import { summary } from './coverage.ts';
import { firstDifference, playedTwice } from './difference.ts';
import { standardFaults } from '../chaos/index.ts';
import { standardKit } from '../dsl/kit.ts';
import { faultsOf } from './draw.ts';
import { callsIn, exhaust, firstSteps, sizeOfScope, type Scope } from './exhaustive.ts';
import { minimal } from './minimal.ts';
import { hunt } from './mutants/find.ts';
import { MUTANTS } from './mutants/index.ts';
import { claimsOf, sceneOf, sceneOfManifests } from './scene.ts';
import { smallerManifests } from '../dsl/smallermanifests.ts';
import { worldOf } from './targets.ts';
import { SERVICE_AVAILABLE, WEB, WEB_SCENE } from './testing.ts';
import { tryOut } from './trial.ts';

const files = { readFile: () => '', list: () => undefined };
const beginnings = (): Beginnings =>
  new Beginnings({ seed: '1', files, kit: standardKit, createDriver: simulate });
const scene = WEB_SCENE;
const campaign = (more: Partial<Campaign> = {}): Campaign => ({
  name: 'web',
  seed: 1,
  scene,
  claims: claimsOf(scene),
  faults: { min: 1, max: 3, withinMs: 120_000, of: ['NodePowerLoss', 'PodDelete', 'KubeletStop'] },
  ...more,
});

describe('a campaign', () => {
  it('asks every invariant, and that each service is available', () => {
    expect(claimsOf(scene)).toHaveLength(2);
  });

  it('comes to the same whoever plays it, in whatever batches', () => {
    const once = runBatch(campaign(), 0, 12, beginnings(), { hash: true });
    const b = beginnings();
    const parts = [
      runBatch(campaign(), 8, 12, b, { hash: true }),
      runBatch(campaign(), 0, 8, b, { hash: true }),
    ];
    expect([...parts[1]!.hashes, ...parts[0]!.hashes]).toEqual(once.hashes);
    const causes: Tallies = {};
    for (const part of parts) addTallies(causes, part.causes);
    expect(causes).toEqual(once.causes);
    const firsts = new Map<string, Finding>();
    for (const finding of [...parts[1]!.findings, ...parts[0]!.findings])
      if (!firsts.has(oneOf(finding.cause))) firsts.set(oneOf(finding.cause), finding);
    expect([...firsts.values()]).toEqual(once.findings);
    expect(new Set(once.hashes).size).toBe(12);
  });

  it(
    'finds what takes a service down, shrinks it to what is needed, and tells it as a feature that fails ' +
      'by itself',
    () => {
      const b = beginnings();
      const { findings, coverage } = runBatch(campaign(), 0, 30, b);
      const found = findings.find((f) => f.claim === SERVICE_AVAILABLE)!;
      const smallest = minimal(found, b, ['how it was found'])!;
      expect(smallest.size).toBeLessThanOrEqual(2);
      expect(smallest.feature.startsWith('# how it was found\nFeature: Counterexamples')).toBe(true);
      const [read] = readFeature(smallest.feature, 'x.feature');
      const again = tryOut(
        { seed: read!.tags[0]!.slice('@seed:'.length), operations: read!.operations.map((o) => o.operation) },
        beginnings(),
      );
      expect(again.failures.map((f) => f.error.message)).toEqual([smallest.message]);
      // Nothing can be taken away: with fewer faults the service stays up.
      const { met, all } = summary(coverage, faultsOf(campaign().faults.of, standardFaults));
      expect(met).toBeGreaterThan(2);
      expect(all).toBeGreaterThan(met);
    },
  );

  it('tells the state in which a definition was deleted, not the one that came of it', () => {
    const manifest = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: things, kind: Thing}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]`;
    const scene = sceneOfManifests([manifest], { nodes: 1, zones: 1 });
    const faults = { min: 1, max: 1, withinMs: 1000, of: ['DefinitionDeleted'] };
    const { coverage } = runBatch(campaign({ scene, faults }), 0, 3, beginnings());
    expect(coverage).toEqual({ 'DefinitionDeleted × established': 3 });
  });

  it('says why a run proves nothing', () => {
    const broken = sceneOfManifests([WEB.replace('kind: Deployment', 'kind: Deploymint')], {
      nodes: 2,
      zones: 1,
    });
    const { meaningless, why } = runBatch(
      campaign({ scene: broken, faults: { min: 1, max: 1, withinMs: 1000, of: ['SchedulerDown'] } }),
      0,
      2,
      beginnings(),
    );
    expect(meaningless).toBe(2);
    expect(why).toMatch(/Deploymint/);
  });

  it('names the invariant that was broken, not all of them', () => {
    const scenario = scenarioOf(campaign(), 0, beginnings());
    const trial = tryOut(scenario, beginnings());
    expect(findingsOf(0, scenario, trial, []).every((f) => f.claim !== 'Then all invariants hold')).toBe(
      true,
    );
  });
});

describe('a run played twice', () => {
  it('is the same, to the last change', () => {
    for (const run of [0, 1, 2]) expect(playedTwice(campaign(), run, beginnings)).toBeUndefined();
  });

  it('tells the first change that is not', () => {
    const { session } = tryOut(scenarioOf(campaign(), 0, beginnings()), beginnings());
    const history = clusterOf(session!).history;
    const middle = Math.floor(history.length / 2);
    const other = history.map((e, i) => (i < middle ? e : { ...e, by: 'somebody' }));
    const found = firstDifference(0, history, other)!;
    expect(found.entry).toBe(history[middle]!.id);
    expect(found.again).toMatch(/somebody/);
    expect(firstDifference(0, history, history.slice(0, middle))!.again).toBe('nothing more');
  });
});

describe('an exhaustive search', () => {
  const world = worldOf(scene, standardKit);
  const calls = callsIn(['NodePowerLoss', 'NodeCordon'], world, standardFaults, 60_000);
  const scope: Scope = { calls: calls.slice(0, 3), delaysMs: [0, 10_000], depth: 2 };

  it('aims at what is given, and at every target otherwise', () => {
    const of = [
      'NodeCordon',
      { kind: 'NodeDrain', node: 'node-2' },
      { kind: 'Scale', replicas: 6, forMs: 1 },
    ];
    expect(callsIn(of, world, standardFaults, 60_000)).toEqual([
      { kind: 'NodeCordon', node: 'node-1', forMs: 60_000 },
      { kind: 'NodeCordon', node: 'node-2', forMs: 60_000 },
      { kind: 'NodeDrain', node: 'node-2', forMs: 60_000 },
      { kind: 'Scale', workload: { kind: 'Deployment', name: 'web' }, replicas: 6, forMs: 1 },
    ]);
  });

  it('plays every order with every delay, in shares that add up', () => {
    expect(calls).toHaveLength(4);
    expect(sizeOfScope(scope)).toBe(3 * 2 + 3 * 2 * 2 * 2);
    const all = exhaust(campaign(), scope, beginnings(), { first: firstSteps(scope) });
    expect(all.complete).toBe(true);
    expect(all.schedules).toBe(sizeOfScope(scope));
    const b = beginnings();
    const shares = firstSteps(scope).map((step) => exhaust(campaign(), scope, b, { first: [step] }));
    expect(shares.reduce((n, s) => n + s.schedules, 0)).toBe(all.schedules);
    expect(new Set(shares.flatMap((s) => s.states))).toEqual(new Set(all.states));
  });

  it('finds that both nodes without power are an outage, and says so only with the shortest schedule', () => {
    const found = exhaust(campaign(), scope, beginnings(), { first: firstSteps(scope) }).findings.filter(
      (f) => f.claim === SERVICE_AVAILABLE,
    );
    expect(found).toHaveLength(1);
    expect(tryOut(found[0]!.scenario, beginnings()).failures).not.toEqual([]);
  });

  it('does not claim to have seen all when it was stopped', () => {
    let left = 5;
    expect(
      exhaust(campaign(), scope, beginnings(), { first: firstSteps(scope), more: () => (left -= 1) > 0 })
        .complete,
    ).toBe(false);
  });
});

describe('scenes', () => {
  it('end where something happens', () => {
    expect(
      sceneOf([...scene, { op: 'fault', fault: { kind: 'SchedulerDown' } }, { op: 'everyPodReady' }]),
    ).toEqual(scene);
  });

  it('tell what faults may aim at', () => {
    expect(worldOf(scene, standardKit)).toEqual({
      claims: [],
      nodeGroups: [],
      nodes: ['node-1', 'node-2'],
      controlPlane: [],
      zones: ['zone-a'],
      pods: ['app=web'],
      workloads: [{ kind: 'Deployment', name: 'web' }],
      budgets: [],
      quotas: [],
      configMaps: [],
      secrets: [],
      jobs: [],
      cronJobs: [],
      definitions: [],
      webhooks: [],
      apiServices: [],
      ingresses: [],
      gateways: [],
      policies: [],
      accounts: [],
      bindings: [],
      metrics: [],
    });
  });

  it('get smaller by an object, a replica or a container', () => {
    const smaller = [...smallerManifests(WEB)];
    expect(smaller).toHaveLength(3);
    expect(smaller.some((t) => t.includes('replicas: 1'))).toBe(true);
    expect(smaller.every((t) => t.length < WEB.length + 200)).toBe(true);
  });
});

describe('planted bugs', () => {
  it('are at least thirty, each once', () => {
    expect(MUTANTS.length).toBeGreaterThanOrEqual(30);
    expect(new Set(MUTANTS.map((m) => m.bug)).size).toBe(MUTANTS.length);
  });

  it.each([
    'old-scaled-before-new-ready',
    'budget-rounded-down',
    'anti-affinity-not-counted',
    'stateful-ignores-partition',
    'kubelet-never-restarts',
    'proxy-stays-stale',
  ] as const)(
    '%s is found by a campaign and shrunk to three faults at most',
    (bug) => {
      const mutant = MUTANTS.find((m) => m.bug === bug)!;
      const { found, failsWithout } = hunt(mutant, {
        seed: 1,
        runs: 60,
        limitMs: Number.POSITIVE_INFINITY,
        clock: () => 0,
      });
      expect(found?.size).toBeLessThanOrEqual(3);
      expect(failsWithout).toBe(false);
    },
    60_000,
  );
});
