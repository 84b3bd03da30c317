/** Inter-pod affinity: which nodes required terms refuse, and how preferred terms score. */
import { interPodAffinity } from '../../sim/controlplane/scheduler/plugins/interpodaffinity.ts';
import { filterAll, makeCache, makeLookups, makeNode, makePod, scoreAll } from '../../sim/controlplane/scheduler/testkit.ts';
import type { Pod } from '../../sim/api/types.ts';
import type { CaseArea } from './area.ts';

type Labels = Record<string, string>;
type Expression = [key: string, operator: string, ...values: string[]];
interface Term { on: Expression[]; key: string; namespaces?: string[]; among?: Expression[]; weight?: number }

const selector = (on: Expression[]): object => ({
  matchExpressions: on.map(([key, operator, ...values]) => ({ key, operator, ...(values.length > 0 ? { values } : {}) })),
});
const term = (t: Term): object => ({
  labelSelector: selector(t.on), topologyKey: t.key, ...(t.namespaces ? { namespaces: t.namespaces } : {}), ...(t.among ? { namespaceSelector: selector(t.among) } : {}),
});
const weighted = (t: Term): object => ({ weight: t.weight ?? 1, podAffinityTerm: term(t) });

interface Rules { with?: Term[]; apart?: Term[]; near?: Term[]; far?: Term[] }

function affinity(rules: Rules): Partial<Pod['spec']> {
  const side = (required?: Term[], preferred?: Term[]): object | undefined => (required === undefined && preferred === undefined ? undefined : {
    ...(required ? { requiredDuringSchedulingIgnoredDuringExecution: required.map(term) } : {}),
    ...(preferred ? { preferredDuringSchedulingIgnoredDuringExecution: preferred.map(weighted) } : {}),
  });
  const podAffinity = side(rules.with, rules.near);
  const podAntiAffinity = side(rules.apart, rules.far);
  return { affinity: { ...(podAffinity ? { podAffinity } : {}), ...(podAntiAffinity ? { podAntiAffinity } : {}) } as Pod['spec']['affinity'] };
}

interface Existing extends Rules { node: string; labels?: Labels; namespace?: string }
interface Row extends Rules { name: string; labels?: Labels; namespace?: string; pods: Existing[]; nodes: Record<string, Labels> }

let serial = 0;
const podOf = (parts: Rules & { labels?: Labels; namespace?: string; node?: string }): Pod => makePod(`p${serial++}`, {
  ...(parts.labels ? { labels: parts.labels } : {}), ...(parts.namespace ? { namespace: parts.namespace } : {}), ...(parts.node ? { node: parts.node } : {}),
  spec: parts.with || parts.apart || parts.near || parts.far ? affinity(parts) : {},
});
const cacheOf = (row: Row): ReturnType<typeof makeCache> =>
  makeCache(Object.entries(row.nodes).map(([name, labels]) => makeNode(name, { labels })), row.pods.map(podOf));
const lookups = makeLookups({ namespaces: {
  'subteam1.team1': { team: 'team1' }, 'subteam2.team1': { team: 'team1' }, 'subteam1.team2': { team: 'team2' }, 'subteam2.team2': { team: 'team2' },
} });

// ---- required

const AFF = "!node(s) didn't match pod affinity rules";
const ANTI = "node(s) didn't match pod anti-affinity rules";
const THEIRS = "node(s) didn't satisfy existing pods anti-affinity rules";
const SCAN: Labels = { service: 'securityscan' };
const S1: Labels = { security: 'S1' };
const ONE = { m: { region: 'r1', zone: 'z11' } };
const scan: Expression = ['service', 'In', 'securityscan', 'value2'];
const virus: Expression = ['service', 'In', 'antivirusscan', 'value2'];
const scanIn = (key: string): Term => ({ on: [scan], key });
const virusIn = (key: string): Term => ({ on: [virus], key });
const has = (label: string, key = 'zone'): Term => ({ on: [[label, 'Exists']], key });
const CHINA = { region: 'China' };
const CHINA_AZ1 = { region: 'China', az: 'az1' };
const INDIA = { region: 'India' };
const THREE = { n1: CHINA, n2: CHINA_AZ1, n3: INDIA };

const FILTER_ROWS: (Row & { answer: Record<string, string> })[] = [
  { name: 'no rules, no pods', pods: [], nodes: ONE, answer: { m: 'fits' } },
  { name: 'affinity In', labels: S1, with: [scanIn('region')], pods: [{ node: 'm', labels: SCAN }], nodes: ONE, answer: { m: 'fits' } },
  { name: 'affinity NotIn', labels: S1, with: [{ on: [['service', 'NotIn', 'securityscan3', 'value3']], key: 'region' }], pods: [{ node: 'm', labels: SCAN }], nodes: ONE, answer: { m: 'fits' } },
  { name: 'affinity to another namespace', labels: S1, with: [{ on: [scan], key: 'region', namespaces: ['diff'] }], pods: [{ node: 'm', labels: SCAN, namespace: 'ns' }], nodes: ONE, answer: { m: AFF } },
  { name: 'affinity whose selector matches nothing', labels: SCAN, with: [virusIn('region')], pods: [{ node: 'm', labels: SCAN }], nodes: ONE, answer: { m: AFF } },
  { name: 'two affinity terms, both met', labels: S1, with: [{ on: [['service', 'Exists'], ['wrongkey', 'DoesNotExist']], key: 'region' }, { on: [['service', 'In', 'securityscan'], ['service', 'NotIn', 'wrong']], key: 'region' }], pods: [{ node: 'm', labels: SCAN }], nodes: ONE, answer: { m: 'fits' } },
  { name: 'two affinity terms, one met', labels: S1, with: [{ on: [['service', 'Exists'], ['wrongkey', 'DoesNotExist']], key: 'region' }, { on: [['service', 'In', 'securityscan2'], ['service', 'NotIn', 'wrong']], key: 'region' }], pods: [{ node: 'm', labels: SCAN }], nodes: ONE, answer: { m: AFF } },
  { name: 'affinity and anti-affinity, both met', labels: S1, with: [scanIn('region')], apart: [virusIn('node')], pods: [{ node: 'm', labels: SCAN }], nodes: ONE, answer: { m: 'fits' } },
  { name: 'affinity, anti-affinity, and that of the pod there', labels: S1, with: [scanIn('region')], apart: [virusIn('node')], pods: [{ node: 'm', labels: SCAN, apart: [virusIn('node')] }], nodes: ONE, answer: { m: 'fits' } },
  { name: 'affinity met, anti-affinity not', labels: S1, with: [scanIn('region')], apart: [scanIn('zone')], pods: [{ node: 'm', labels: SCAN }], nodes: ONE, answer: { m: ANTI } },
  { name: 'own rules met, anti-affinity of the pod there not', labels: SCAN, with: [scanIn('region')], apart: [virusIn('node')], pods: [{ node: 'm', labels: SCAN, apart: [scanIn('zone')] }], nodes: ONE, answer: { m: THEIRS } },
  { name: 'affinity that the pod itself does not meet, others elsewhere', labels: SCAN, with: [{ on: [['service', 'NotIn', 'securityscan', 'value2']], key: 'region' }], pods: [{ node: 'm2', labels: SCAN }], nodes: ONE, answer: { m: AFF } },
  { name: 'no own rules, anti-affinity of the pod there', labels: SCAN, pods: [{ node: 'm', labels: SCAN, apart: [scanIn('zone')] }], nodes: ONE, answer: { m: THEIRS } },
  { name: 'no own rules, anti-affinity of the pod there is about others', labels: SCAN, pods: [{ node: 'm', labels: SCAN, apart: [{ on: [['service', 'NotIn', 'securityscan', 'value2']], key: 'zone' }] }], nodes: ONE, answer: { m: 'fits' } },
  { name: 'any anti-affinity term that matches refuses', labels: SCAN, apart: [has('service', 'region'), has('security', 'region')], pods: [{ node: 'm', labels: S1, apart: [has('security')] }], nodes: ONE, answer: { m: ANTI } },
  { name: 'symmetry: own term matches the other', labels: SCAN, apart: [has('service'), has('security')], pods: [{ node: 'm', labels: S1, apart: [has('security')] }], nodes: ONE, answer: { m: ANTI } },
  { name: 'symmetry: the other’s term matches', labels: S1, apart: [has('security')], pods: [{ node: 'm', labels: SCAN, apart: [has('service'), has('security')] }], nodes: ONE, answer: { m: THEIRS } },
  { name: 'symmetry: terms cross, own checked first', labels: { abc: '', xyz: '' }, apart: [has('abc'), has('def')], pods: [{ node: 'm', labels: { def: '', xyz: '' }, apart: [has('abc'), has('def')] }], nodes: ONE, answer: { m: ANTI } },
  { name: 'affinity by region takes every node of it', with: [{ on: [['foo', 'In', 'bar']], key: 'region' }], pods: [{ node: 'n1', labels: { foo: 'bar' } }], nodes: THREE, answer: { n1: 'fits', n2: 'fits', n3: AFF } },
  { name: 'the first of a group may go anywhere', labels: { foo: 'bar', service: 'securityscan' }, with: [{ on: [['foo', 'In', 'bar']], key: 'zone' }, { on: [['service', 'In', 'securityscan']], key: 'zone' }], pods: [{ node: 'a', labels: { foo: 'bar' } }], nodes: { a: { zone: 'az1' }, b: { zone: 'az2' } }, answer: { a: 'fits', b: 'fits' } },
  { name: 'the first of a group needs the topology key all the same', labels: { foo: 'bar' }, with: [{ on: [['foo', 'In', 'bar']], key: 'zone' }], pods: [], nodes: { a: { zone: 'az1' }, b: { rack: 'r' } }, answer: { a: 'fits', b: AFF } },
  { name: 'anti-affinity by region refuses every node of it', apart: [{ on: [['foo', 'In', 'abc']], key: 'region' }], pods: [{ node: 'a', labels: { foo: 'abc' } }], nodes: { a: { region: 'r1' }, b: { region: 'r1' } }, answer: { a: ANTI, b: ANTI } },
  { name: 'any of two anti-affinity terms', apart: [{ on: [['foo', 'In', 'abc']], key: 'region' }, { on: [['service', 'In', 'securityscan']], key: 'zone' }], pods: [{ node: 'a', labels: { foo: 'abc', ...SCAN } }], nodes: { a: { region: 'r1', zone: 'z1' }, b: { region: 'r1', zone: 'z2' } }, answer: { a: ANTI, b: ANTI } },
  { name: 'another region is free', apart: [{ on: [['foo', 'In', 'abc']], key: 'region' }], pods: [{ node: 'n1', labels: { foo: 'abc' } }], nodes: THREE, answer: { n1: ANTI, n2: ANTI, n3: 'fits' } },
  { name: 'anti-affinity of a pod in another namespace is not about this one', labels: { foo: '123' }, namespace: 'ns1', apart: [{ on: [['foo', 'In', 'bar']], key: 'region' }], pods: [{ node: 'n1', labels: { foo: 'bar' }, namespace: 'ns1' }, { node: 'n3', namespace: 'ns2', apart: [{ on: [['foo', 'In', '123']], key: 'region' }] }], nodes: THREE, answer: { n1: ANTI, n2: ANTI, n3: 'fits' } },
  { name: 'anti-affinity in a region without the key on one node', apart: [{ on: [['foo', 'In', 'abc']], key: 'zone' }], pods: [{ node: 'a', labels: { foo: 'abc' } }], nodes: { a: { region: 'r1' }, b: { region: 'r1', zone: 'z1' } }, answer: { a: 'fits', b: 'fits' } },
  { name: 'namespaceSelector reaches other namespaces', labels: {}, namespace: 'subteam1.team1', apart: [{ on: [['foo', 'Exists']], key: 'region', among: [['team', 'In', 'team1']] }], pods: [{ node: 'n1', labels: { foo: '' }, namespace: 'subteam2.team1' }, { node: 'n3', labels: { foo: '' }, namespace: 'subteam1.team2' }], nodes: THREE, answer: { n1: ANTI, n2: ANTI, n3: 'fits' } },
  { name: 'namespaceSelector and namespaces together', labels: {}, namespace: 'subteam1.team1', apart: [{ on: [['foo', 'Exists']], key: 'region', namespaces: ['subteam1.team2'], among: [['team', 'In', 'team1']] }], pods: [{ node: 'n3', labels: { foo: '' }, namespace: 'subteam1.team2' }], nodes: THREE, answer: { n1: 'fits', n2: 'fits', n3: ANTI } },
  { name: 'an empty namespaceSelector is every namespace', namespace: 'subteam1.team1', apart: [{ on: [['foo', 'Exists']], key: 'region', among: [] }], pods: [{ node: 'n3', labels: { foo: '' }, namespace: 'subteam1.team2' }], nodes: THREE, answer: { n1: 'fits', n2: 'fits', n3: ANTI } },
  { name: 'affinity through a namespaceSelector', namespace: 'subteam1.team1', with: [{ on: [['foo', 'Exists']], key: 'region', among: [['team', 'In', 'team1']] }], pods: [{ node: 'n1', labels: { foo: '' }, namespace: 'subteam2.team1' }], nodes: THREE, answer: { n1: 'fits', n2: 'fits', n3: AFF } },
  { name: 'the other’s namespaceSelector is about this pod', labels: { foo: '' }, namespace: 'subteam1.team1', pods: [{ node: 'n1', namespace: 'subteam2.team1', apart: [{ on: [['foo', 'Exists']], key: 'region', among: [['team', 'In', 'team1']] }] }], nodes: THREE, answer: { n1: THEIRS, n2: THEIRS, n3: 'fits' } },
];

// ---- preferred

const S2: Labels = { security: 'S2' };
const near1: Term[] = [{ on: [['security', 'In', 'S1']], key: 'region', weight: 5 }];
const near2: Term[] = [{ on: [['security', 'In', 'S2']], key: 'region', weight: 6 }];
const near3: Term[] = [{ on: [['security', 'NotIn', 'S1'], ['security', 'In', 'S2']], key: 'region', weight: 8 }, { on: [['security', 'Exists'], ['wrongkey', 'DoesNotExist']], key: 'region', weight: 2 }];
const hard: Term[] = [{ on: [['security', 'In', 'S1', 'value2']], key: 'region' }, { on: [['security', 'Exists'], ['wrongkey', 'DoesNotExist']], key: 'region' }];
const far1: Term[] = [{ on: [['security', 'In', 'S1']], key: 'az', weight: 5 }];
const far2: Term[] = [{ on: [['security', 'In', 'S2']], key: 'az', weight: 5 }];
const AZ1 = { az: 'az1' };
const AZ2 = { az: 'az2' };
const N3 = { n1: CHINA, n2: INDIA, n3: AZ1 };
const FIVE = { n1: CHINA, n2: INDIA, n3: CHINA, n4: CHINA, n5: INDIA };

const SCORE_ROWS: (Row & { expect: Record<string, number> | 'skip' })[] = [
  { name: 'no affinity anywhere', labels: S1, pods: [], nodes: N3, expect: 'skip' },
  { name: 'topology and pods must both match', labels: S1, near: near1, pods: [{ node: 'n1', labels: S1 }, { node: 'n2', labels: S2 }, { node: 'n3', labels: S1 }], nodes: N3, expect: { n1: 100, n2: 0, n3: 0 } },
  { name: 'every node of the domain scores alike', near: near1, pods: [{ node: 'n1', labels: S1 }], nodes: THREE, expect: { n1: 100, n2: 100, n3: 0 } },
  { name: 'the region with more matching pods', labels: S1, near: near2, pods: ['n1', 'n1', 'n2', 'n3', 'n4', 'n5'].map((node) => ({ node, labels: S2 })), nodes: FIVE, expect: { n1: 100, n2: 0, n3: 100, n4: 100, n5: 0 } },
  { name: 'several terms add up', labels: S1, near: near3, pods: [{ node: 'n1', labels: S1 }, { node: 'n2', labels: S2 }, { node: 'n3', labels: S1 }], nodes: N3, expect: { n1: 20, n2: 100, n3: 0 } },
  { name: 'symmetry: the preferences of pods that are there', labels: S2, pods: [{ node: 'n1', labels: S1, near: near1 }, { node: 'n2', labels: S2, near: near2 }], nodes: N3, expect: { n1: 0, n2: 100, n3: 0 } },
  { name: 'symmetry: required affinity of pods that are there weighs 1 a term', labels: S1, pods: [{ node: 'n1', labels: S1, with: hard }, { node: 'n2', labels: S2, with: hard }], nodes: N3, expect: { n1: 100, n2: 100, n3: 0 } },
  { name: 'anti-affinity: pods to stay away from', labels: S1, far: far1, pods: [{ node: 'n1', labels: S1 }, { node: 'n2', labels: S2 }], nodes: { n1: AZ1, n2: CHINA }, expect: { n1: 0, n2: 100 } },
  { name: 'anti-affinity: one domain matches, one does not', labels: S1, far: far1, pods: [{ node: 'n1', labels: S1 }, { node: 'n2', labels: S1 }], nodes: { n1: AZ1, n2: CHINA }, expect: { n1: 0, n2: 100 } },
  { name: 'anti-affinity: more pods to stay away from', labels: S1, far: far1, pods: [{ node: 'n1', labels: S1 }, { node: 'n1', labels: S1 }, { node: 'n2', labels: S2 }], nodes: { n1: AZ1, n2: AZ2 }, expect: { n1: 0, n2: 100 } },
  { name: 'symmetry: anti-affinity of pods that are there', labels: S2, pods: [{ node: 'n1', labels: S1, far: far2 }, { node: 'n2', labels: S2, far: far1 }], nodes: { n1: AZ1, n2: AZ2 }, expect: { n1: 0, n2: 100 } },
  { name: 'affinity and anti-affinity', labels: S1, near: near1, far: far1, pods: [{ node: 'n1', labels: S1 }, { node: 'n2', labels: S1 }], nodes: { n1: CHINA, n2: AZ1 }, expect: { n1: 100, n2: 0 } },
  { name: 'other namespaces do not count', labels: S1, near: near1, pods: [{ node: 'n1', labels: S1, namespace: 'other' }, { node: 'n2', labels: S1 }], nodes: N3, expect: { n1: 0, n2: 100, n3: 0 } },
  { name: 'a namespaceSelector reaches other namespaces', labels: S1, namespace: 'subteam1.team1', near: [{ ...near1[0]!, namespaces: ['subteam2.team2'], among: [['team', 'In', 'team1']] }], pods: [{ node: 'n1', labels: S1, namespace: 'subteam1.team1' }, { node: 'n2', labels: S1, namespace: 'subteam2.team2' }, { node: 'n3', labels: S1, namespace: 'other' }], nodes: { n1: CHINA, n2: INDIA, n3: { region: 'Chile' } }, expect: { n1: 100, n2: 100, n3: 0 } },
  { name: 'anti-affinity through a namespaceSelector', labels: S1, namespace: 'subteam1.team1', far: [{ ...near1[0]!, namespaces: ['subteam2.team2'], among: [['team', 'In', 'team1']] }], pods: [{ node: 'n1', labels: S1, namespace: 'subteam1.team1' }, { node: 'n3', labels: S1, namespace: 'other' }], nodes: { n1: CHINA, n3: INDIA }, expect: { n1: 0, n3: 100 } },
];

const dir = 'pkg/scheduler/framework/plugins/interpodaffinity';
export const schedulerPodAffinityFilterCases: CaseArea = {
  area: 'inter-pod affinity: filtering', source: `${dir}/filtering_test.go`,
  cases: FILTER_ROWS.map((row) => ({ name: row.name, expected: row.answer, run: () => filterAll(interPodAffinity, podOf(row), cacheOf(row), lookups) })),
};
export const schedulerPodAffinityScoreCases: CaseArea = {
  area: 'inter-pod affinity: scoring', source: `${dir}/scoring_test.go`,
  cases: SCORE_ROWS.map((row) => ({ name: row.name, expected: row.expect, run: () => scoreAll(interPodAffinity, podOf(row), cacheOf(row), lookups) })),
};
