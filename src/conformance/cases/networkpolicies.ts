/** Which of nine Pods reach each other under policies: namespaces x, y, z with Pods a, b, c in each. */
import type { NetworkPolicy } from '../../sim/api/types.ts';
import { deniedBy, type Protocol } from '../../sim/network/policy.ts';
import type { PolicyFacts } from '../../sim/node/world.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

type Labels = Readonly<Record<string, string>>;

const NAMESPACES = ['x', 'y', 'z'];
const NAMES = ['a', 'b', 'c'];
const PODS = NAMESPACES.flatMap((ns) => NAMES.map((name) => `${ns}/${name}`));
const ipOf = (pod: string): string => `10.244.${NAMESPACES.indexOf(pod[0]!) + 1}.${NAMES.indexOf(pod[2]!) + 1}`;
const PORTS = [80, 81].flatMap((port) => (['TCP', 'UDP', 'SCTP'] as const).map((protocol) => ({ name: `serve-${port}-${protocol.toLowerCase()}`, port, protocol })));

interface World {
  readonly policies: readonly object[];
  readonly namespaceLabels?: Readonly<Record<string, Labels>>;
  readonly podLabels?: Readonly<Record<string, Labels>>;
}

function factsOf({ policies, namespaceLabels = {}, podLabels = {} }: World): PolicyFacts {
  return {
    policies: new Map(policies.map((p, i) => [`policy-${i}`, p as NetworkPolicy])),
    namespaces: new Map(NAMESPACES.map((ns) => [ns, { ns, 'kubernetes.io/metadata.name': ns, ...namespaceLabels[ns] }])),
    pods: new Map(PODS.map((pod) => [pod, { labels: { pod: pod[2]!, ...podLabels[pod] }, ports: PORTS }])),
  };
}

const policy = (spec: object, namespace = 'x'): object => ({
  apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'p', namespace }, spec: { podSelector: {}, ...spec },
});
const ingress = (rules: object[], podSelector: object = {}, namespace = 'x'): object => policy({ podSelector, policyTypes: ['Ingress'], ingress: rules }, namespace);
const egress = (rules: object[], podSelector: object = {}, namespace = 'x'): object => policy({ podSelector, policyTypes: ['Egress'], egress: rules }, namespace);
const POD = { a: { matchLabels: { pod: 'a' } }, b: { matchLabels: { pod: 'b' } }, c: { matchLabels: { pod: 'c' } } };
const NS = { x: { matchLabels: { ns: 'x' } }, y: { matchLabels: { ns: 'y' } }, z: { matchLabels: { ns: 'z' } } };
const oneOf = (key: string, ...values: string[]): object => ({ matchExpressions: [{ key, operator: 'In', values }] });
const block = (cidr: string, ...except: string[]): object => ({ ipBlock: { cidr, ...(except.length === 0 ? {} : { except }) } });

const party = (pod: string): { ip: string; pod: string } => ({ ip: ipOf(pod), pod });
const ALL = (own: string): string => PODS.filter((p) => p !== own).join(' ');
const NONE = '';

/** Who else reaches a Pod. */
const reaching = (world: World, own: string, port: number, protocol: Protocol): string =>
  PODS.filter((p) => p !== own && deniedBy(factsOf(world), party(p), party(own), port, protocol) === undefined).join(' ');
/** Whom else a Pod reaches. */
const reached = (world: World, own: string, port: number, protocol: Protocol): string =>
  PODS.filter((p) => p !== own && deniedBy(factsOf(world), party(own), party(p), port, protocol) === undefined).join(' ');

const to = (name: string, world: World | object[], expected: string, port = 80, protocol: Protocol = 'TCP', own = 'x/a'): ConformanceCase => ({
  name: `to ${own}: ${name}`, expected, run: () => reaching(Array.isArray(world) ? { policies: world } : (world as World), own, port, protocol),
});
const from = (name: string, world: World | object[], expected: string, port = 80, protocol: Protocol = 'TCP', own = 'x/a'): ConformanceCase => ({
  name: `from ${own}: ${name}`, expected, run: () => reached(Array.isArray(world) ? { policies: world } : (world as World), own, port, protocol),
});
const outside = (name: string, policies: object[], ip: string, isLet: boolean): ConformanceCase => ({
  name: `from ${ip}: ${name}`, expected: isLet, run: () => deniedBy(factsOf({ policies }), { ip }, party('x/a'), 80) === undefined,
});

const DENY = ingress([]);
const DENY_ALL = policy({ policyTypes: ['Ingress', 'Egress'] });
const named = (port: string, peers?: object[]): object => ingress([{ ports: [{ protocol: 'TCP', port }], ...(peers === undefined ? {} : { from: peers }) }], POD.a);

export const networkPolicyCases: CaseArea = {
  area: 'network policies',
  source: 'test/e2e/network/netpol/network_policy.go',
  cases: [
    to('no policy', [], ALL('x/a')),
    to('deny all ingress', [DENY], NONE),
    from('deny all ingress leaves egress to other namespaces', [DENY], 'y/a y/b y/c z/a z/b z/c'),
    to('deny all ingress of another namespace', [ingress([], {}, 'y')], ALL('x/a')),
    to('deny all, both ways', [DENY_ALL], NONE),
    from('deny all, both ways', [DENY_ALL], NONE),
    from('deny all of another Pod', [egress([], POD.b)], ALL('x/a')),
    from('deny all egress', [egress([])], NONE),
    to('deny all egress leaves ingress from other namespaces', [egress([])], 'y/a y/b y/c z/a z/b z/c'),
    to('from Pods of its own namespace by label', [ingress([{ from: [{ podSelector: POD.b }] }], POD.a)], 'x/b'),
    to('from all Pods of its own namespace', [ingress([{ from: [{ podSelector: {} }] }], POD.a)], 'x/b x/c'),
    to('from one namespace', [ingress([{ from: [{ namespaceSelector: NS.y }] }], POD.a)], 'y/a y/b y/c'),
    to('from any namespace', [ingress([{ from: [{ namespaceSelector: {} }] }], POD.a)], ALL('x/a')),
    to('from Pods by an expression', [ingress([{ from: [{ podSelector: oneOf('pod', 'b') }] }], POD.a)], 'x/b'),
    to('from namespaces by an expression', [ingress([{ from: [{ namespaceSelector: oneOf('ns', 'y', 'z') }] }], POD.a)], 'y/a y/b y/c z/a z/b z/c'),
    to('from namespaces that an expression leaves out', [ingress([{ from: [{ namespaceSelector: { matchExpressions: [{ key: 'ns', operator: 'NotIn', values: ['x'] }] } }] }], POD.a)], 'y/a y/b y/c z/a z/b z/c'),
    to('from a namespace or Pods: two peers', [ingress([{ from: [{ podSelector: POD.b }, { namespaceSelector: NS.y }] }], POD.a)], 'x/b y/a y/b y/c'),
    to('from Pods in a namespace: one peer', [ingress([{ from: [{ podSelector: POD.b, namespaceSelector: NS.y }] }], POD.a)], 'y/b'),
    to('from several Pods in several namespaces', [ingress([{ from: [{ podSelector: oneOf('pod', 'b', 'c'), namespaceSelector: oneOf('ns', 'y', 'z') }] }], POD.a)], 'y/b y/c z/b z/c'),
    to('from a Pod in any namespace', [ingress([{ from: [{ podSelector: POD.c, namespaceSelector: {} }] }], POD.a)], 'x/c y/c z/c'),
    to('from a namespace by the name that the API labels it with', [ingress([{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'y' } } }] }], POD.a)], 'y/a y/b y/c'),
    to('from any, on the port', [ingress([{ ports: [{ port: 80, protocol: 'TCP' }] }], POD.a)], ALL('x/a')),
    to('from any, on another port', [ingress([{ ports: [{ port: 81, protocol: 'TCP' }] }], POD.a)], NONE),
    to('from a namespace, on the port', [ingress([{ from: [{ namespaceSelector: NS.y }], ports: [{ port: 81 }] }], POD.a)], 'y/a y/b y/c', 81),
    to('from a namespace, not on another port', [ingress([{ from: [{ namespaceSelector: NS.y }], ports: [{ port: 81 }] }], POD.a)], NONE),
    to('two policies add up', [ingress([{ from: [{ namespaceSelector: NS.y }], ports: [{ port: 80 }] }], POD.a), ingress([{ from: [{ namespaceSelector: NS.z }], ports: [{ port: 80 }] }], POD.a)], 'y/a y/b y/c z/a z/b z/c'),
    to('two policies of one namespace on two ports', [ingress([{ from: [{ namespaceSelector: NS.y }], ports: [{ port: 80 }] }], POD.a), ingress([{ from: [{ namespaceSelector: NS.y }], ports: [{ port: 81 }] }], POD.a)], 'y/a y/b y/c', 81),
    to('allow all', [ingress([{}])], ALL('x/a'), 81),
    to('allow all wins over deny all', [DENY, ingress([{}])], ALL('x/a')),
    to('a policy that selects other Pods does not concern it', [ingress([], POD.b)], ALL('x/a')),
    to('on a named port', [named('serve-80-tcp')], ALL('x/a')),
    to('not on another port than the named one', [named('serve-80-tcp')], NONE, 81),
    to('from a namespace, on a named port', [named('serve-80-tcp', [{ namespaceSelector: NS.y }])], 'y/a y/b y/c'),
    to('on a name that no container has', [named('http')], NONE),
    to('on a name of another protocol', [named('serve-80-udp')], NONE),
    from('to a named port', [egress([{ ports: [{ port: 'serve-80-tcp', protocol: 'TCP' }] }], POD.a)], ALL('x/a')),
    from('not to another port than the named one', [egress([{ ports: [{ port: 'serve-80-tcp', protocol: 'TCP' }] }], POD.a)], NONE, 81),
    to('a namespace that was given the label', { policies: [ingress([{ from: [{ namespaceSelector: { matchLabels: { team: 'two' } } }] }], POD.a)], namespaceLabels: { z: { team: 'two' } } }, 'z/a z/b z/c'),
    to('a namespace that lost the label', { policies: [ingress([{ from: [{ namespaceSelector: NS.y }] }], POD.a)], namespaceLabels: { y: { ns: 'other' } } }, NONE),
    to('a Pod that was given the label', { policies: [ingress([{ from: [{ podSelector: { matchLabels: { role: 'client' } } }] }], POD.a)], podLabels: { 'x/c': { role: 'client' } } }, 'x/c'),
    to('a Pod that was given the label of those that are isolated', { policies: [ingress([], { matchLabels: { target: 'isolated' } })], podLabels: { 'x/a': { target: 'isolated' } } }, NONE),
    to('not from other namespaces', [ingress([{ from: [{ podSelector: {} }] }])], 'x/b x/c'),
    from('deny egress of all Pods of a namespace', [egress([], {}, 'x')], NONE, 81),
    from('to Pods of a namespace', [egress([{ to: [{ namespaceSelector: NS.y, podSelector: POD.a }] }], POD.a)], 'y/a'),
    from('egress and ingress policies, each for itself', [egress([{}], POD.a), ingress([], POD.a)], ALL('x/a')),
    to('egress and ingress policies, each for itself', [egress([{}], POD.a), ingress([], POD.a)], NONE),
    from('the other end denies', [ingress([], POD.b, 'y')], 'x/b x/c y/a y/c z/a z/b z/c'),
    from('it may go out, and the other end lets it in', [egress([{ to: [{ namespaceSelector: NS.y }] }], POD.a), ingress([{ from: [{ namespaceSelector: NS.x }] }], {}, 'y')], 'y/a y/b y/c'),
    from('it may go out, and the other end does not let it in', [egress([{ to: [{ namespaceSelector: NS.y }] }], POD.a), ingress([{ from: [{ namespaceSelector: NS.z }] }], {}, 'y')], NONE),
    from('egress to all wins over egress to one', [egress([{ to: [{ podSelector: POD.b }] }], POD.a), egress([{}], POD.a)], ALL('x/a')),
    from('to a block of one address', [egress([{ to: [block(`${ipOf('y/b')}/32`)] }], POD.a)], 'y/b'),
    from('to a block', [egress([{ to: [block('10.244.2.0/24')] }], POD.a)], 'y/a y/b y/c'),
    from('to a block but for a part of it', [egress([{ to: [block('10.244.2.0/24', `${ipOf('y/b')}/32`)] }], POD.a)], 'y/a y/c'),
    from('what one block leaves out, another lets through', [egress([{ to: [block('10.244.2.0/24', `${ipOf('y/b')}/32`), block(`${ipOf('y/b')}/32`)] }], POD.a)], 'y/a y/b y/c'),
    to('from a block', [ingress([{ from: [block('10.244.3.0/24')] }], POD.a)], 'z/a z/b z/c'),
    outside('deny all', [DENY], '203.0.113.10', false),
    outside('a block lets it in', [ingress([{ from: [block('203.0.113.0/24')] }])], '203.0.113.10', true),
    outside('a namespace selector is no block', [ingress([{ from: [{ namespaceSelector: {} }] }])], '203.0.113.10', false),
    outside('a rule without peers lets anybody in', [ingress([{}])], '203.0.113.10', true),
    to('a range of ports', [ingress([{ ports: [{ port: 80, endPort: 85 }] }], POD.a)], ALL('x/a'), 81),
    to('a range of ports that begins above', [ingress([{ ports: [{ port: 81, endPort: 85 }] }], POD.a)], NONE),
    from('to a range of ports', [egress([{ to: [{ namespaceSelector: NS.y }], ports: [{ port: 80, endPort: 81 }] }], POD.a)], 'y/a y/b y/c', 81),
    to('UDP on the port, asked by UDP', [ingress([{ from: [{ podSelector: POD.b }], ports: [{ port: 81, protocol: 'UDP' }] }], POD.a)], 'x/b', 81, 'UDP'),
    to('UDP on the port, asked by TCP', [ingress([{ from: [{ podSelector: POD.b }], ports: [{ port: 81, protocol: 'UDP' }] }], POD.a)], NONE, 81, 'TCP'),
    to('SCTP is not taken for TCP', [ingress([{ ports: [{ port: 80, protocol: 'SCTP' }] }], POD.a)], NONE),
    to('SCTP on the port, asked by SCTP', [ingress([{ ports: [{ port: 80, protocol: 'SCTP' }] }], POD.a)], ALL('x/a'), 80, 'SCTP'),
    to('any port of one protocol', [ingress([{ ports: [{ protocol: 'UDP' }] }], POD.a)], ALL('x/a'), 81, 'UDP'),
    to('any port of another protocol', [ingress([{ ports: [{ protocol: 'UDP' }] }], POD.a)], NONE, 81),
    { name: 'a Pod reaches itself, whatever it is told', expected: true, run: () => deniedBy(factsOf({ policies: [DENY_ALL] }), party('x/a'), party('x/a'), 80) === undefined },
    to('a policy that is gone', [], ALL('x/a'), 81),
  ],
};
