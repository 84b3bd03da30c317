/** NetworkPolicies. Models pkg/registry/networking/networkpolicy and pkg/apis/networking/{v1,validation}. */
import { fill, into, intoEach, isNil } from '../defaults/fill.ts';
import { selectorText } from '../selector.ts';
import { generationsOnly } from '../strategy/generation.ts';
import { ageOf } from '../table/age.ts';
import { AGE, column, created, NAME } from '../table/column.ts';
import type { NetworkPolicy } from '../types.ts';
import { blockOf, cidrProblems, isStrictlyWithin } from '../validation/cidr.ts';
import {
  forbidden,
  invalidValue,
  problemsAt,
  required,
  unsupported,
  type Causes,
} from '../validation/field.ts';
import { eachAt, ruled } from '../validation/rules.ts';
import { validateSelector } from '../validation/selector.ts';
import { portNameProblems, portNumberProblems } from '../validation/text.ts';
import { defineResource } from './definition.ts';

type Rule = NonNullable<NetworkPolicy['spec']['ingress']>[number];
type Port = NonNullable<Rule['ports']>[number];
type Peer = NonNullable<Rule['from']>[number];

function validatePort({ protocol, port, endPort }: Port, field: string, out: Causes): void {
  const protocols = ['TCP', 'UDP', 'SCTP'];
  if (!isNil(protocol) && !protocols.includes(protocol))
    out.push(unsupported(`${field}.protocol`, protocol, protocols));
  const wrongEnd = (detail: string): unknown => out.push(invalidValue(`${field}.endPort`, endPort, detail));
  if (isNil(port)) {
    if (!isNil(endPort)) wrongEnd('may not be specified when `port` is not specified');
  } else if (typeof port === 'number') {
    problemsAt(`${field}.port`, port, portNumberProblems(port), out);
    if (isNil(endPort)) return;
    if (endPort < port) wrongEnd('must be greater than or equal to `port`');
    problemsAt(`${field}.endPort`, endPort, portNumberProblems(endPort), out);
  } else {
    if (!isNil(endPort)) wrongEnd('may not be specified when `port` is non-numeric');
    problemsAt(`${field}.port`, port, portNameProblems(port), out);
  }
}

function validatePeer({ podSelector, namespaceSelector, ipBlock }: Peer, field: string, out: Causes): void {
  validateSelector(podSelector, `${field}.podSelector`, out);
  validateSelector(namespaceSelector, `${field}.namespaceSelector`, out);
  if (isNil(ipBlock)) {
    if (isNil(podSelector) && isNil(namespaceSelector)) out.push(required(field, 'must specify a peer'));
    return;
  }
  if (!ipBlock.cidr) out.push(required(`${field}.ipBlock.cidr`));
  else {
    problemsAt(`${field}.ipBlock.cidr`, ipBlock.cidr, cidrProblems(ipBlock.cidr), out);
    const whole = blockOf(ipBlock.cidr);
    eachAt(ipBlock.except, `${field}.ipBlock.except`, (text, at) => {
      if (whole === undefined) return;
      problemsAt(at, text, cidrProblems(text), out);
      const except = blockOf(text);
      if (except !== undefined && !isStrictlyWithin(except, whole))
        out.push(invalidValue(at, text, 'must be a strict subset of `cidr`'));
    });
  }
  if (!isNil(podSelector) || !isNil(namespaceSelector))
    out.push(forbidden(field, 'may not specify both ipBlock and another peer'));
}

function validateSpec({ spec }: NetworkPolicy, out: Causes): void {
  validateSelector(spec.podSelector, 'spec.podSelector', out);
  const rules = (list: readonly { ports?: Port[]; peers?: Peer[] }[], field: string, peer: string): void =>
    eachAt(list, field, ({ ports, peers }, at) => {
      eachAt(ports, `${at}.ports`, (port, where) => validatePort(port, where, out));
      eachAt(peers, `${at}.${peer}`, (p, where) => validatePeer(p, where, out));
    });
  const { ingress = [], egress = [], policyTypes = [] } = spec;
  rules(
    ingress.map((r) => ({ ...r, peers: r.from ?? [] })),
    'spec.ingress',
    'from',
  );
  rules(
    egress.map((r) => ({ ...r, peers: r.to ?? [] })),
    'spec.egress',
    'to',
  );
  if (policyTypes.length > 2)
    out.push(invalidValue('spec.policyTypes', policyTypes, 'may not specify more than two policyTypes'));
  else
    eachAt(policyTypes, 'spec.policyTypes', (type, at) => {
      if (type !== 'Ingress' && type !== 'Egress') out.push(unsupported(at, type, ['Ingress', 'Egress']));
    });
}

const withProtocols = <R extends { ports?: Port[] }>(rule: R): R =>
  intoEach(rule, 'ports', ((port: Port) => fill(port, { protocol: 'TCP' })) as never);

export const networkPolicies = defineResource<NetworkPolicy>({
  group: 'networking.k8s.io',
  kind: 'NetworkPolicy',
  plural: 'networkpolicies',
  shortNames: ['netpol'],
  generation: true,
  defaults: (policy) =>
    into(fill(policy, { spec: {} }), 'spec', (given) => {
      const spec = intoEach(intoEach(given, 'ingress', withProtocols), 'egress', withProtocols);
      if ((spec.policyTypes ?? []).length > 0) return fill(spec, { podSelector: {} });
      const policyTypes: NonNullable<typeof spec.policyTypes> = ['Ingress'];
      if ((spec.egress ?? []).length > 0) policyTypes.push('Egress');
      return { ...fill(spec, { podSelector: {} }), policyTypes };
    }),
  strategy: generationsOnly(),
  validation: ruled(validateSpec),
  columns: [NAME, column('Pod-Selector'), AGE],
  row: (p, { now }) => [p.metadata.name, selectorText(p.spec.podSelector), ageOf(created(p), now)],
});
