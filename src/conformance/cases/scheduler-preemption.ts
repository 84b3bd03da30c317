/** Preemption: who must go, from which node, and what is said when nobody can. */
import type { Pod } from '../../sim/api/types.ts';
import { fitError } from '../../sim/controlplane/scheduler/message.ts';
import { ineligible, pickCandidate, splitByBudgets, type Candidate } from '../../sim/controlplane/scheduler/preemption.ts';
import { newCycle } from '../../sim/controlplane/scheduler/cyclestate.ts';
import { newDiagnosis } from '../../sim/controlplane/scheduler/run.ts';
import { makeCache, makeLookups, makeNode, makePod, tryPreempt, type Others, type PodParts } from '../../sim/controlplane/scheduler/testkit.ts';
import type { CaseArea } from './area.ts';

/** Upstream's sizes: a node holds 500m and 500 bytes of each. */
const SIZES: Record<string, Record<string, string | number>> = {
  none: {}, small: { cpu: '100m', memory: 100 }, medium: { cpu: '200m', memory: 200 }, large: { cpu: '300m', memory: 300 }, huge: { cpu: '500m', memory: 500 },
};
const LOW = 0;
const MID = 100;
const HIGH = 1000;
const VERY_HIGH = 10_000;

type Existing = [name: string, node: string, priority: number, size: string, more?: PodParts];
interface Row { name: string; pod: PodParts; size: string; nodes?: Record<string, Record<string, string>>; pods: Existing[]; others?: Others; expect: unknown }

const NODES = { n1: {}, n2: {} };
const at = (seconds: number): string => `2026-01-05T08:00:0${seconds}Z`;
const podsOf = (list: Existing[]): Pod[] => list.map(([name, node, priority, size, more]) => makePod(name, { node, priority, requests: SIZES[size]!, ...more }));
const cacheOf = (row: Row): ReturnType<typeof makeCache> => makeCache(
  Object.entries(row.nodes ?? NODES).map(([name, labels]) => makeNode(name, { labels, allocatable: { cpu: '500m', memory: 500, pods: 32 } })), podsOf(row.pods));

function outcome(row: Row): unknown {
  const pod = makePod('p', { requests: SIZES[row.size]!, ...row.pod });
  const { fits, result } = tryPreempt(pod, cacheOf(row), makeLookups(row.others));
  if (result === undefined) return { fits };
  if ('message' in result) return result.message;
  const { node, victims, violations } = result.candidate;
  return { node, victims: victims.map((v) => v.metadata.name).sort(), ...(violations > 0 ? { violations } : {}) };
}

const none = (n: number): string => `preemption: 0/${n} nodes are available: ${n} No preemption victims found for incoming pod.`;
const notHelpful = (n: number): string => `preemption: 0/${n} nodes are available: ${n} Preemption is not helpful for scheduling.`;
const foo = { labels: { app: 'foo' } };
const budget = (allowed: number, disrupted: Record<string, string> = {}): Others => ({ budgets: [{ name: 'b', selector: { matchLabels: { app: 'foo' } }, allowed, disrupted }] });
const antiFoo: PodParts = { labels: { foo: '' }, spec: { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: { matchExpressions: [{ key: 'foo', operator: 'Exists' }] }, topologyKey: 'hostname' }] } } } };
const spreadFoo = (topologyKey: string): object => ({ maxSkew: 1, topologyKey, whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchExpressions: [{ key: 'foo', operator: 'Exists' }] } });
const ONE = { n1: {} };
const TWO_MEDIUM: Existing[] = [['p1.1', 'n1', MID, 'medium', foo], ['p1.2', 'n1', MID, 'medium', foo]];

const ROWS: Row[] = [
  { name: 'a pod that fits preempts nobody', pod: { priority: HIGH }, size: 'small', pods: [['p1', 'n1', MID, 'small']], expect: { fits: ['n1', 'n2'] } },
  { name: 'one lower pod on each node: the first', pod: { priority: HIGH }, size: 'large', pods: [['p1', 'n1', MID, 'large'], ['p2', 'n2', MID, 'large']], expect: { node: 'n1', victims: ['p1'] } },
  { name: 'only pods of higher priority', pod: { priority: LOW }, size: 'large', pods: [['p1', 'n1', MID, 'large'], ['p2', 'n2', MID, 'large']], expect: none(2) },
  { name: 'only pods of equal priority', pod: { priority: MID }, size: 'large', pods: [['p1', 'n1', MID, 'large'], ['p2', 'n2', MID, 'large']], expect: none(2) },
  { name: 'the small pod of low priority may stay, the large one goes', pod: { priority: HIGH }, size: 'large', nodes: ONE, pods: [['p1.1', 'n1', LOW, 'small'], ['p1.2', 'n1', MID, 'large']], expect: { node: 'n1', victims: ['p1.2'] } },
  { name: 'as many as needed, the least important', pod: { priority: HIGH }, size: 'large', pods: [['p1.1', 'n1', MID, 'small'], ['p1.2', 'n1', LOW, 'small'], ['p1.3', 'n1', MID, 'medium'], ['p1.4', 'n1', HIGH, 'small'], ['p2', 'n2', HIGH, 'large']], expect: { node: 'n1', victims: ['p1.2', 'p1.3'] } },
  { name: 'of equal priority, who started last', pod: { priority: HIGH }, size: 'large', pods: [['p1.1', 'n1', LOW, 'small', { start: at(5) }], ['p1.2', 'n1', LOW, 'small', { start: at(4) }], ['p1.3', 'n1', MID, 'medium', { start: at(3) }], ['p1.4', 'n1', HIGH, 'small', { start: at(2) }], ['p2', 'n2', HIGH, 'large', { start: at(1) }]], expect: { node: 'n1', victims: ['p1.1', 'p1.3'] } },
  { name: 'a pod whose anti-affinity is in the way', pod: { priority: HIGH, labels: { foo: '' } }, size: 'small', nodes: { n1: { hostname: 'n1' } }, pods: [['p1.1', 'n1', LOW, 'small', antiFoo], ['p1.2', 'n1', MID, 'small'], ['p1.3', 'n1', HIGH, 'small']], expect: { node: 'n1', victims: ['p1.1'] } },
  { name: 'topology spread', pod: { priority: HIGH, labels: { foo: '' }, spec: { topologySpreadConstraints: [spreadFoo('zone'), spreadFoo('hostname')] as never } }, size: 'none', nodes: { a: { hostname: 'a', zone: 'zone1' }, b: { hostname: 'b', zone: 'zone1' }, x: { hostname: 'x', zone: 'zone2' } }, pods: [['a1', 'a', MID, 'none', { labels: { foo: '' } }], ['a2', 'a', LOW, 'none', { labels: { foo: '' } }], ['b1', 'b', LOW, 'none', { labels: { foo: '' } }], ['x1', 'x', HIGH, 'none', { labels: { foo: '' } }], ['x2', 'x', HIGH, 'none', { labels: { foo: '' } }]], expect: { node: 'a', victims: ['a2'] } },
  { name: 'a budget is violated when nothing else helps', pod: { priority: HIGH }, size: 'huge', nodes: ONE, pods: TWO_MEDIUM, others: budget(1), expect: { node: 'n1', victims: ['p1.1', 'p1.2'], violations: 1 } },
  { name: 'a budget with a disruption of somebody else', pod: { priority: HIGH }, size: 'huge', nodes: ONE, pods: TWO_MEDIUM, others: budget(1, { p2: 'x' }), expect: { node: 'n1', victims: ['p1.1', 'p1.2'], violations: 1 } },
  { name: 'a disruption the budget knows of is no violation', pod: { priority: HIGH }, size: 'huge', nodes: ONE, pods: TWO_MEDIUM, others: budget(1, { 'p1.2': 'x' }), expect: { node: 'n1', victims: ['p1.1', 'p1.2'] } },
  { name: 'known disruptions do not use the budget up', pod: { priority: HIGH }, size: 'huge', nodes: ONE, pods: [['p1.1', 'n1', MID, 'small', foo], ['p1.2', 'n1', MID, 'medium', foo], ['p1.3', 'n1', MID, 'medium', foo]], others: budget(1, { 'p1.3': 'x' }), expect: { node: 'n1', victims: ['p1.1', 'p1.2', 'p1.3'], violations: 1 } },
  { name: 'nodes without a violation come first', pod: { priority: HIGH }, size: 'large', nodes: { n1: {}, n2: {}, n3: {} }, pods: [['p1', 'n1', MID, 'large', foo], ['p2', 'n2', MID, 'large', foo], ['p3', 'n3', MID, 'large']], others: budget(0), expect: { node: 'n3', victims: ['p3'] } },
  { name: 'more than a node has: nothing would help', pod: { priority: HIGH, requests: { cpu: '600m' } }, size: 'none', pods: [['p1', 'n1', LOW, 'large']], expect: notHelpful(2) },
  { name: 'a selector nobody meets: nothing would help', pod: { priority: HIGH, spec: { nodeSelector: { disk: 'ssd' } } }, size: 'small', pods: [['p1', 'n1', LOW, 'large']], expect: notHelpful(2) },
  { name: 'preemptionPolicy Never', pod: { priority: HIGH, spec: { preemptionPolicy: 'Never' } }, size: 'large', pods: [['p1', 'n1', LOW, 'large'], ['p2', 'n2', LOW, 'large']], expect: 'preemption: not eligible due to preemptionPolicy=Never.' },
];

const mixed: Row = {
  name: 'reasons are counted and sorted as text', size: 'large', pod: { priority: LOW }, nodes: { n1: {}, n2: {}, n3: {} },
  pods: [['p1', 'n1', MID, 'large'], ['p2', 'n2', MID, 'large']], expect: '',
};

function message(): string {
  const pod = makePod('p', { requests: SIZES['large']!, priority: LOW });
  const cache = makeCache([
    makeNode('n1', { allocatable: { cpu: '500m', memory: 500, pods: 32 } }), makeNode('n2', { allocatable: { cpu: '500m', memory: '5Gi', pods: 32 } }),
    makeNode('n3', { taints: [{ key: 'node.kubernetes.io/unreachable', effect: 'NoSchedule' }] }),
  ], podsOf(mixed.pods));
  const { diagnosis, result } = tryPreempt(pod, cache);
  return fitError(3, diagnosis, (result as { message: string }).message);
}

// ---- which candidate

const candidate = (node: string, violations: number, ...victims: [priority: number, start: number][]): Candidate =>
  ({ node, violations, victims: victims.map(([priority, start], i) => makePod(`${node}-${i}`, { priority, start: at(start) })) });
const PICKS: [name: string, candidates: Candidate[], node: string][] = [
  ['the only one', [candidate('n1', 0, [MID, 1])], 'n1'],
  ['fewest violations', [candidate('n1', 1, [LOW, 1]), candidate('n2', 0, [MID, 1])], 'n2'],
  ['lowest highest priority', [candidate('n1', 0, [HIGH, 1], [LOW, 1]), candidate('n2', 0, [MID, 1], [MID, 1])], 'n2'],
  ['smallest sum of priorities', [candidate('n1', 0, [MID, 1], [MID, 1]), candidate('n2', 0, [MID, 1], [LOW, 1])], 'n2'],
  ['fewest victims', [candidate('n1', 0, [MID, 1], [LOW, 1]), candidate('n2', 0, [MID, 1])], 'n2'],
  ['negative priorities: fewer victims win', [candidate('n1', 0, [-100, 1], [-100, 1]), candidate('n2', 0, [-100, 1])], 'n2'],
  ['the highest victims that started last', [candidate('n1', 0, [MID, 2], [MID, 5]), candidate('n2', 0, [MID, 3], [MID, 4]), candidate('n3', 0, [MID, 1], [MID, 6])], 'n2'],
  ['start times of lesser victims do not matter', [candidate('n1', 0, [MID, 2], [LOW, 9]), candidate('n2', 0, [MID, 3], [LOW, 1])], 'n2'],
  ['all equal: the first', [candidate('n1', 0, [MID, 1]), candidate('n2', 0, [MID, 1])], 'n1'],
];

// ---- may it preempt again

const terminating = (reason: string): PodParts => ({ deleting: true, status: { conditions: [{ type: 'DisruptionTarget', status: 'True', reason, lastTransitionTime: at(1) }] as never } });
const WAITS = 'not eligible due to a terminating pod on the nominated node.';
const ELIGIBLE: [name: string, victim: PodParts, unresolvable: boolean, policy: string, answer: string][] = [
  ['nothing terminates on the nominated node', {}, false, 'PreemptLowerPriority', 'yes'],
  ['a victim of preemption terminates there', terminating('PreemptionByScheduler'), false, 'PreemptLowerPriority', WAITS],
  ['somebody else’s victim terminates there', terminating('EvictionByEvictionAPI'), false, 'PreemptLowerPriority', 'yes'],
  ['the nominated node became impossible', terminating('PreemptionByScheduler'), true, 'PreemptLowerPriority', 'yes'],
  ['never preempts', {}, false, 'Never', 'not eligible due to preemptionPolicy=Never.'],
];

const BUDGET_ROWS: [name: string, labels: Record<string, string>[], allowed: number, disrupted: string[], violating: string[]][] = [
  ['a pod without labels matches no budget', [{}], 0, [], []],
  ['no disruption allowed', [{ app: 'foo' }], 0, [], ['p0']],
  ['one allowed, two pods: the second violates', [{ app: 'foo' }, { app: 'foo' }], 1, [], ['p1']],
  ['known disruptions are free', [{ app: 'foo' }, { app: 'foo' }], 1, ['p0'], []],
  ['other labels', [{ app: 'bar' }], 0, [], []],
];

const source = 'pkg/scheduler/framework/plugins/defaultpreemption/default_preemption_test.go';
export const schedulerPreemptionCases: CaseArea = {
  area: 'preemption: victims', source,
  cases: [
    ...ROWS.map((row) => ({ name: row.name, expected: row.expect, run: () => outcome(row) })),
    ...BUDGET_ROWS.map(([name, labels, allowed, disrupted, expected]) => ({
      name: `budgets: ${name}`, expected,
      run: () => splitByBudgets(labels.map((l, i) => makePod(`p${i}`, { labels: l })), makeLookups(budget(allowed, Object.fromEntries(disrupted.map((d) => [d, 'x'])))).budgets() as never)
        .violating.map((p) => p.metadata.name),
    })),
  ],
};
export const schedulerCandidateCases: CaseArea = {
  area: 'preemption: which node', source, cases: PICKS.map(([name, candidates, expected]) => ({ name, expected, run: () => pickCandidate(candidates).node })),
};
export const schedulerEligibilityCases: CaseArea = {
  area: 'preemption: who may', source,
  cases: ELIGIBLE.map(([name, victim, unresolvable, preemptionPolicy, expected]) => ({
    name, expected,
    run: () => {
      const pod = makePod('p', { priority: VERY_HIGH, nominated: 'n1', spec: { preemptionPolicy: preemptionPolicy as 'Never' } });
      const diagnosis = newDiagnosis();
      diagnosis.statuses.set('n1', { unresolvable, reasons: ['x'], plugin: 'x' });
      return ineligible(newCycle(pod, makeCache([makeNode('n1')], [makePod('v', { node: 'n1', priority: LOW, ...victim })]), makeLookups()), diagnosis) ?? 'yes';
    },
  })),
};
export const schedulerMessageCases: CaseArea = {
  area: 'why a pod fits nowhere', source: 'pkg/scheduler/framework/types_test.go',
  cases: [
    {
      name: mixed.name, run: message,
      expected: '0/3 nodes are available: 1 Insufficient memory, 1 node(s) had untolerated taint(s), 2 Insufficient cpu. '
        + 'preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod.',
    },
    {
      name: 'refused before any node was looked at', expected: '0/3 nodes are available: pod affinity terms conflict. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.',
      run: () => fitError(3, { ...newDiagnosis(), preFilter: { unresolvable: true, reasons: ['pod affinity terms conflict'], plugin: 'NodeAffinity' } }, 'preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.'),
    },
    {
      name: 'nodes a pod does not name', expected: "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) didn't satisfy plugin(s) [NodeAffinity].",
      run: () => {
        const spec: Partial<Pod['spec']> = { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n1'] }] }] } } } };
        const small = { cpu: '1', memory: '1Gi', pods: 10 };
        const { diagnosis } = tryPreempt(makePod('p', { requests: { cpu: '2' }, spec }), makeCache(['n1', 'n2', 'n3'].map((n) => makeNode(n, { allocatable: small }))));
        return fitError(3, diagnosis, '');
      },
    },
  ],
};
